//! A slip of paper, from its meaning to the printer's bytes.
//!
//! Read in this order: a typed document and its fixed words; its lines
//! on a width of paper; those lines as a printer's bytes or as a
//! picture; and what a printer says back. This crate must never do I/O,
//! look at a clock, or decide what a slip says about a matter: what
//! comes from the catalogue is handed in ready.
#![forbid(unsafe_code)]

mod document;
mod words;

mod text;

mod layout;

mod profile;

mod encode;

mod status;

mod bitmap;
mod font;
mod preview;
mod qr;

pub use crate::bitmap::Bitmap;
pub use crate::document::{
    Answer, Due, ElsewhereSlip, Fee, Lang, Minutes, NoticeMatter, NoticeSlip, Paper, Place,
    Redirect, ReportKind, ReportSlip, ReturnPassSlip, SharedPaper, Slip, Step, TestSlip,
    TicketSlip,
};
pub use crate::encode::{
    CHUNK_BYTES_MAX, Chunk, Completion, Job, JobMark, Warning, encode, prepare,
};
pub use crate::font::{GLYPH_HEIGHT, Glyph, MISSING, glyph, unprintable};
pub use crate::layout::{Align, Line, Style, TextLine, layout, plain_text};
pub use crate::preview::preview;
pub use crate::profile::{
    Abilities, CELL_DOTS, Cut, HanziSize, NotTaken, Presenter, PrinterFont, Profile, ProfileError,
    QrDrawing, Rare, StatusBit,
};
pub use crate::status::{
    Mouth, PrintOutcome, PrinterStatus, Query, RealTimeReplies, Reply, ReplyReader,
};
pub use crate::text::{cells, normalise};
pub use crate::words::Word;
