//! An announcement in words, in clips and in samples: what a board says
//! when a number is called, and what a kiosk says to guide a visitor.
//!
//! Pure: no file, no sound card and no clock. Which clips a pack has is
//! written in the `MANIFEST.tsv` of its folders; whoever reads it gives
//! it in as a [`Repertoire`], and the clips as samples.

#![forbid(unsafe_code)]

mod announcement;
mod guidance;
mod manifest;
mod plan;
mod render;
mod repertoire;
mod samples;
mod sentence;
mod words;

pub use announcement::{Announcement, DigitOne, Language, WindowName};
pub use guidance::{Guidance, guide};
pub use manifest::{Listed, read_manifest};
pub use plan::{
    CHIME, Manner, PASSES, PASSES_MAX, PAUSE_BETWEEN_PASSES_MS, PAUSE_IN_NUMBER_MS,
    PAUSE_TO_WINDOW_MS, Plan, Step, plan,
};
pub use render::{JOIN_MS, Speech, render};
pub use repertoire::Repertoire;
pub use samples::{
    CLIP_SECS_MAX, Clip, GAIN_DB_MAX, LEVEL_DBFS, LEVEL_TOLERANCE_DB, PEAK_MAX, RATE, Silent,
    active_level,
};
pub use words::words;

#[cfg(test)]
mod tests_pack;
