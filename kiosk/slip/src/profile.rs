//! What a printer can do, as far as a slip must know.
//!
//! A profile is plain values. It must not hold an address or a speed:
//! how the bytes travel is the shell's business.

use std::borrow::Cow;

/// The width of one cell in dots.
pub const CELL_DOTS: u16 = 12;

/// One kind of printer.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Profile {
    /// The name, as an installer chooses it.
    pub name: Cow<'static, str>,
    /// The dots across the paper.
    pub width_dots: u16,
    /// Which characters the printer's own font has.
    pub font: PrinterFont,
    /// Who draws QR codes.
    pub qr: QrDrawing,
    /// How the paper is cut.
    pub cut: Cut,
    /// Which questions the printer answers.
    pub abilities: Abilities,
}

/// The characters of a printer's own font.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PrinterFont {
    /// GB 2312: 6,763 hanzi.
    Gb2312,
    /// GBK: the two-byte part of GB18030.
    Gbk,
}

/// Who draws QR codes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum QrDrawing {
    /// The printer, from the text (`GS ( k`).
    Native,
    /// We, as dots (`GS v 0`): 6 kB instead of 100 bytes.
    Raster,
}

/// How the paper is cut.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Cut {
    /// All but a small bridge, after feeding to the cutter.
    Partial,
    /// All through, after feeding to the cutter.
    Full,
    /// There is no cutter: feed so that the paper can be torn.
    TearOff,
}

/// Which questions a printer answers.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Abilities {
    /// `DLE EOT 1…4`, at once, whatever it is doing.
    pub real_time: bool,
    /// `GS r 1`, when it comes to it in the queue.
    pub paper: bool,
    /// `GS ( H`, when everything before it is on paper.
    pub process_id: bool,
}

impl Profile {
    /// Any 80 mm printer: 576 dots, 48 cells.
    pub const GENERIC_80: Self = Self {
        name: Cow::Borrowed("generic-80"),
        width_dots: 576,
        font: PrinterFont::Gbk,
        qr: QrDrawing::Native,
        cut: Cut::Partial,
        abilities: Abilities { real_time: true, paper: true, process_id: false },
    };

    /// Any 58 mm printer: 384 dots, 32 cells.
    pub const GENERIC_58: Self = Self {
        name: Cow::Borrowed("generic-58"),
        width_dots: 384,
        font: PrinterFont::Gbk,
        qr: QrDrawing::Native,
        cut: Cut::Partial,
        abilities: Abilities { real_time: true, paper: true, process_id: false },
    };

    /// How many cells fit across the paper.
    pub fn columns(&self) -> usize {
        usize::from(self.width_dots / CELL_DOTS)
    }
}
