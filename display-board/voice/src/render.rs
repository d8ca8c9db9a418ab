//! From clips and pauses to one stretch of samples.
//!
//! The whole call is rendered before any of it is played, so nothing can
//! cut it off in the middle, and a test can look at it.

use std::ops::Range;
use std::sync::Arc;

use crate::samples::n_samples;
use crate::{Clip, Step};

/// Silence between two clips that follow each other, in milliseconds.
pub const JOIN_MS: u32 = 10;

/// A call or sentence as it will be heard.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Speech {
    /// One channel at [`crate::RATE`], full scale 1.0.
    pub samples: Vec<f32>,
    /// Where each clip lies in them, in order; between them is silence.
    pub pieces: Vec<(String, Range<usize>)>,
}

/// Renders the steps with the clips given; a clip that is not given is
/// the caller's to know of before, and is left out.
pub fn render(steps: &[Step], clip: impl Fn(&str) -> Option<Arc<Clip>>) -> Speech {
    let mut speech = Speech::default();
    let mut joins = false;
    for step in steps {
        match step {
            Step::Pause(ms) => {
                speech.silence(*ms);
                joins = false;
            }
            Step::Clip(name) => {
                let Some(clip) = clip(name) else { continue };
                if joins {
                    speech.silence(JOIN_MS);
                }
                let from = speech.samples.len();
                speech.samples.extend_from_slice(clip.samples());
                speech.pieces.push((name.clone(), from..speech.samples.len()));
                joins = true;
            }
        }
    }
    speech
}

impl Speech {
    fn silence(&mut self, ms: u32) {
        self.samples.resize(self.samples.len() + n_samples(ms), 0.0);
    }

    /// How long it lasts, in milliseconds.
    pub fn millis(&self) -> u64 {
        self.samples.len() as u64 * 1_000 / u64::from(crate::RATE)
    }
}

#[cfg(test)]
mod tests;
