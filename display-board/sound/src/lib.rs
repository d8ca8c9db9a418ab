//! A voice pack read from its folder, and its clips played on a
//! loudspeaker: what the board and the kiosk share of speaking.
//!
//! It decides nothing about what is said (`voice` does) or when (the
//! cores do). Reading order: `decode` (a file's bytes become samples),
//! `pack` (which clips there are and what is wrong with them), `check`
//! (everything a pack lacks), `loudspeaker` (a thread that plays, and
//! notices that a sound card has gone or come back), `card` (ALSA), `wav`.

#![forbid(unsafe_code)]

mod card;
mod check;
mod decode;
mod loudspeaker;
mod pack;
mod wav;

pub use check::{Report, check};
pub use decode::ClipFault;
pub use loudspeaker::{Loudspeaker, Played, Sound};
pub use pack::{Fault, Pack, PackError, Said, default_pack};
pub use wav::write_wav;
