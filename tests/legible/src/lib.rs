//! Whether every text on a screen can be read: for the tests of the kiosk
//! and of the board, which draw their windows into memory.
//!
//! `texts` finds the texts of a window as Slint sets them, with what is
//! wrong with their places; `contrast` compares each with what is drawn
//! behind it; `Glyphs` knows what the suite's fonts can write.

#![forbid(unsafe_code)]

mod contrast;
mod glyphs;
mod texts;

pub use contrast::{LEAST, contrast, ratio};
pub use glyphs::Glyphs;
pub use texts::{Set, texts};
