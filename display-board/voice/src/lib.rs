//! An announcement in words and in clips: what a board says when a number
//! is called.
//!
//! Pure text in, text out: no sound, no file and no clock. Which clips a
//! pack holds is written in `MANIFEST.tsv` beside them; the names here are
//! the ones every pack has.

#![forbid(unsafe_code)]

mod announcement;
mod plan;
mod words;

pub use announcement::{Announcement, DigitOne, Language, WindowName};
pub use plan::{
    PASSES, PAUSE_BETWEEN_PASSES_MS, PAUSE_IN_NUMBER_MS, PAUSE_TO_WINDOW_MS, Step, plan,
};
pub use words::words;
