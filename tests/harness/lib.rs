//! What the end-to-end tests and the demo share: the real programs, run
//! the way a hall runs them, and the people who use them.
//!
//! Reading order: `program` (a process that ends with its value), `hall`
//! (the server, its staff and devices), `cable` (that can be pulled), `paper` (the printer), `screen`
//! (a display, and a finger), `visitor` (before the kiosk), `lobby`
//! (before the board), `browser` (a clerk's screen), `tour` (all its
//! pages). `story` and
//! `notices` are another world: the cores alone, and time that passes
//! when a text says so. `sim` is a third: the cores for days on end, with
//! everything failing that can fail. `past` leaves days behind a hall.

pub mod browser;
pub mod cable;
pub mod hall;
pub mod lobby;
pub mod notices;
pub mod paper;
pub mod past;
pub mod program;
pub mod screen;
pub mod sim;
pub mod story;
pub mod tour;
pub mod visitor;
