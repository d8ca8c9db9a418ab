//! What a printer can do, as far as a slip must know.
//!
//! A profile is plain values, written as TOML; those of known printers
//! lie in `assets/printers` and are built in. It must not hold an
//! address or a speed: how the bytes travel is the shell's business.

mod read;

use std::borrow::Cow;

use serde::Deserialize;

pub use self::read::ProfileError;

/// The width of one cell in dots.
pub const CELL_DOTS: u16 = 12;

/// One kind of printer.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Profile {
    /// The name, as an installer chooses it.
    #[serde(deserialize_with = "read::name")]
    pub name: Cow<'static, str>,
    /// The dots across the paper.
    #[serde(deserialize_with = "read::width_dots")]
    pub width_dots: u16,
    /// Which characters the printer's own font has.
    pub font: PrinterFont,
    /// Which command makes hanzi larger.
    pub hanzi_size: HanziSize,
    /// How a character is drawn that the font lacks.
    pub rare: Rare,
    /// Who draws QR codes.
    pub qr: QrDrawing,
    /// The rows of one raster command. Few are safe with a small receive
    /// buffer, many print faster.
    #[serde(deserialize_with = "read::band_rows")]
    pub raster_band_rows: u8,
    /// How the paper is cut.
    pub cut: Cut,
    /// How far the paper is fed before the cut, in dots. A cutter's own
    /// distance from the head comes on top; without a cutter this is all.
    pub feed_before_cut_dots: u8,
    /// Which questions the printer answers.
    pub abilities: Abilities,
    /// The mouth that holds a slip until it is taken, where there is one.
    #[serde(default)]
    pub presenter: Option<Presenter>,
}

/// The characters of a printer's own font.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum PrinterFont {
    /// GB 2312: 6,763 hanzi.
    Gb2312,
    /// GBK: the two-byte part of GB18030.
    Gbk,
    /// GB18030 with its four-byte part, as far as the Basic Multilingual
    /// Plane. Only for printers that were seen to print it.
    Gb18030,
}

/// Which command makes hanzi larger.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum HanziSize {
    /// `GS !`, which ASCII obeys too; any size up to four.
    Gs,
    /// `FS !` for hanzi and `GS !` for ASCII; hanzi of size three and
    /// four then go as dots, because `FS !` only doubles.
    Fs,
    /// Both, for a family of printers that obey one or the other.
    Both,
}

/// How a character is drawn that the printer's font lacks.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Rare {
    /// As an image within its line (`ESC * 33`), where the line's height
    /// allows it.
    Inline,
    /// The whole line as raster, for printers whose column images are
    /// not to be trusted.
    Line,
}

/// Who draws QR codes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum QrDrawing {
    /// The printer, from the text (`GS ( k`).
    Native,
    /// We, as dots (`GS v 0`): 2.5 kB instead of 100 bytes.
    Raster,
}

/// How the paper is cut.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Cut {
    /// All but a small bridge, after feeding to the cutter.
    Partial,
    /// All through, after feeding to the cutter.
    Full,
    /// There is no cutter: the paper is fed so that it can be torn.
    None,
}

/// Which questions a printer answers.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
#[expect(clippy::struct_excessive_bools, reason = "each question is answered or not")]
pub struct Abilities {
    /// `DLE EOT 1…4`, at once, whatever it is doing.
    #[serde(rename = "dle_eot")]
    pub real_time: bool,
    /// `GS r 1`, when it comes to it in the queue.
    #[serde(rename = "gs_r")]
    pub paper: bool,
    /// `GS ( H`, when everything before it is on paper.
    #[serde(rename = "gs_h")]
    pub process_id: bool,
    /// `GS a`: four bytes by itself whenever something changed.
    #[serde(rename = "asb")]
    pub automatic: bool,
}

/// How a presenter is asked and told; the bytes differ from maker to
/// maker, so all of them are the profile's.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Presenter {
    /// Hands the slip out, at the end of a job; empty where the cut does
    /// so by itself.
    #[serde(deserialize_with = "read::bytes")]
    pub present: Vec<u8>,
    /// Asks for the full status.
    #[serde(deserialize_with = "read::bytes")]
    pub query: Vec<u8>,
    /// The bytes with which the full status begins.
    #[serde(deserialize_with = "read::bytes")]
    pub reply_head: Vec<u8>,
    /// The length of the full status with its head.
    pub reply_bytes: u8,
    /// Set while a slip hangs in the mouth.
    #[serde(deserialize_with = "read::bit")]
    pub ticket_present: StatusBit,
    /// Set when paper is stuck.
    #[serde(deserialize_with = "read::bit")]
    pub jam: StatusBit,
    /// Drops a slip that nobody took out of the mouth.
    #[serde(deserialize_with = "read::bytes")]
    pub eject: Vec<u8>,
    /// Draws a slip that nobody took back in; empty where it cannot.
    #[serde(deserialize_with = "read::bytes")]
    pub retract: Vec<u8>,
    /// How long a slip hangs in the mouth before nobody is expected to
    /// take it any more, in seconds.
    pub take_secs: u8,
    /// What is done with it then.
    pub not_taken: NotTaken,
}

/// What is done with a slip that nobody takes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum NotTaken {
    /// It is dropped out of the mouth.
    Eject,
    /// It is drawn back in.
    Retract,
    /// Nothing: no slip is printed before somebody takes it.
    Wait,
}

impl Presenter {
    /// The bytes that free the mouth of a slip that nobody takes, if
    /// that is wanted.
    pub fn clear(&self) -> Option<&[u8]> {
        match self.not_taken {
            NotTaken::Eject => Some(&self.eject),
            NotTaken::Retract => Some(&self.retract),
            NotTaken::Wait => None,
        }
    }
}

/// One bit of a status of several bytes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct StatusBit {
    /// The byte, counted from 0 with the head.
    pub byte: u8,
    /// The bit within it.
    pub mask: u8,
}

impl StatusBit {
    /// Whether the bit is set; a status that is too short has none.
    pub fn is_set(self, status: &[u8]) -> bool {
        status.get(usize::from(self.byte)).is_some_and(|it| it & self.mask != 0)
    }
}

impl Profile {
    /// Any 80 mm printer: 576 dots, 48 cells; as `generic-80.toml`.
    pub const GENERIC_80: Self = Self {
        name: Cow::Borrowed("generic-80"),
        width_dots: 576,
        font: PrinterFont::Gbk,
        hanzi_size: HanziSize::Gs,
        rare: Rare::Inline,
        qr: QrDrawing::Native,
        raster_band_rows: 24,
        cut: Cut::Partial,
        feed_before_cut_dots: 0,
        abilities: Abilities { real_time: true, paper: true, process_id: false, automatic: false },
        presenter: None,
    };

    /// Any 58 mm printer: 384 dots, 32 cells; as `generic-58.toml`.
    pub const GENERIC_58: Self =
        Self { name: Cow::Borrowed("generic-58"), width_dots: 384, ..Self::GENERIC_80 };

    /// The most bytes of one command of a job, a band of raster if it
    /// has several rows: an interrupted command lacks no more.
    pub fn longest_command(&self) -> usize {
        const RASTER_HEAD: usize = 8;
        let row_bytes = usize::from(self.width_dots.div_ceil(8));
        let band = RASTER_HEAD + row_bytes * usize::from(self.raster_band_rows);
        band.max(crate::CHUNK_BYTES_MAX)
    }

    /// How many cells fit across the paper.
    pub fn columns(&self) -> usize {
        usize::from(self.width_dots / CELL_DOTS)
    }
}

#[cfg(test)]
mod tests;
