//! The lobby display: the numbers being called, on a screen over the seats.
//!
//! A shell round `board-core`: it follows the server's feed, draws what
//! the core says and asks the clock; it decides nothing about calls.
//! Reading order: `options`, `runtime` (the feed becomes messages), `ui`
//! (messages become pictures), `speakers` (what is to be said becomes
//! sound), `shots` (every picture, for people to look at), `say` (a call
//! for people to listen to), `soak` (a day of calls, for the bench).

mod options;
mod run;
mod runtime;
mod say;
mod shots;
mod soak;
mod speakers;
mod ui;

pub use options::{Arguments, Cli, LoudspeakerOption, One, SayOptions, Theme, VolumeOption};
pub use run::run;
pub use shots::{Painter, Picture, draw_shots};
