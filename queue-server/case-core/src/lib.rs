//! The case (件): what was handed in at a window for one matter, what is
//! missing, and by when what is due.
//!
//! Pure as the queue's rules are: commands in, events out, dates as
//! arguments. It does not know the queue; a case begins with a ticket and
//! outlives its day by weeks. Reading order: `ids`, `papers` (the list
//! that was told at the kiosk, and what became of each paper), `command`
//! and `event` (what may be asked, what happened), `decide` (from the one
//! to the other, or a `refusal`), `case` (one of them, and how an event
//! changes it), `clock` (its limits as dates), `register` (all of them),
//! `card` and `watch` (what nobody did in time).

#![forbid(unsafe_code)]

mod card;
mod case;
mod clock;
mod command;
mod decide;
mod event;
mod ids;
mod papers;
mod refusal;
mod register;
#[cfg(test)]
mod tests;
mod watch;

pub use card::{Card, CardKind, Colour};
pub use case::{Assist, Case, Correction, Deferred, Exclusion, Stage};
pub use clock::{Dues, dues, warned_on};
pub use command::{Command, Moment};
pub use decide::decide;
pub use event::{Decline, Event, Opened, Outcome, Withdrawal};
pub use ids::{CardId, CaseId, DocumentKind, DocumentNumber};
pub use papers::{ListedPaper, Mark, Wanted};
pub use refusal::Refusal;
pub use register::Register;
pub use watch::watch;
