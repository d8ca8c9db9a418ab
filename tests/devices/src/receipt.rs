//! A piece of paper that came out, and everything known about it.

use serde::{Deserialize, Serialize};

use crate::paper::Paper;

/// A piece of paper. Its picture lies beside it as `NNNN.png`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Receipt {
    /// Its number in the folder; 0 until it is there.
    pub number: u32,
    /// The lines of text; a QR code is `[qr …]`, an image `[image WxH]`.
    pub lines: Vec<String>,
    /// What the QR codes say.
    pub qr: Vec<String>,
    /// The bytes it took, without questions about the printer's state.
    pub bytes: usize,
    /// What a real printer would have printed wrongly.
    pub faults: Vec<ReceiptFault>,
    /// How it was cut.
    pub cut: Option<PaperCut>,
    /// Whether it ended with a cut.
    pub complete: bool,
    /// Whether the presenter took it back before anybody could take it.
    #[serde(default)]
    pub retracted: bool,
    /// The width of the paper in dots.
    pub width_dots: usize,
    /// Its length in dots, 8 to a millimetre.
    pub height_dots: usize,
    #[serde(skip, default = "no_paper")]
    pub(crate) paper: Paper,
}

/// Something that is wrong with the bytes.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ReceiptFault {
    /// Where, in bytes from the beginning of the receipt.
    pub offset: usize,
    /// What.
    pub what: String,
}

/// How a receipt was cut.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum PaperCut {
    /// All but a bridge.
    Partial,
    /// All through.
    Full,
}

impl Receipt {
    /// A receipt that has just begun.
    pub(crate) fn new(width_dots: usize) -> Self {
        Self {
            number: 0,
            lines: Vec::new(),
            qr: Vec::new(),
            bytes: 0,
            faults: Vec::new(),
            cut: None,
            complete: false,
            retracted: false,
            width_dots,
            height_dots: 0,
            paper: Paper::new(width_dots),
        }
    }

    /// Whether anything is on it.
    pub(crate) fn is_blank(&self) -> bool {
        self.lines.is_empty() && self.faults.is_empty()
    }

    /// The text, a line each.
    pub fn text(&self) -> String {
        let mut text = self.lines.join("\n");
        text.push('\n');
        text
    }
}

fn no_paper() -> Paper {
    Paper::new(1)
}
