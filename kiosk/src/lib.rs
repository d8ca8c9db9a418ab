//! The touch screen of a hall. Read in this order: `options`, `run`,
//! `ui` (what the visitor sees and presses), `runtime` (effects are
//! carried out), `printer`, `readers` (what reads for the kiosk), `aloud` (its voice), `store`,
//! `shots` (every page, for people to look at), `rehearsal` (visitors
//! without a window, for tests), `soak` (thousands of visits at a window
//! in memory, for `bench`).
//!
//! What the kiosk does is decided in `kiosk-core`; this crate carries it
//! out: it draws, asks the server, prints, remembers.

mod aloud;
mod options;
pub mod printer;
pub mod readers;
mod rehearsal;
mod run;
mod runtime;
mod shots;
#[cfg(feature = "layout-file")]
mod soak;
mod staff_pin;
mod store;
mod ui;

pub use options::{Arguments, Cli, Command, IdentityReader, Scanner};
pub use run::{printer_test, run};
pub use shots::draw_shots;
