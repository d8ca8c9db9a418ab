//! Asking for an identity card.

use jiff::Timestamp;

use crate::card::Stage;
use crate::state::State;
use crate::update::may_skip;

/// After how long without a card the visitor is told how to lay it down,
/// seconds.
const LONG_S: i64 = 20;

/// The page that asks for an identity card.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct CardPage {
    /// Where it is.
    pub stand: CardStand,
    /// Whether one may go on without.
    pub may_skip: bool,
}

/// Where asking for a card is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum CardStand {
    /// No card yet.
    Waits,
    /// No card for long.
    WaitsLong,
    /// It is being read.
    Seen,
    /// It was not read.
    Unreadable,
    /// The reader does not answer.
    Away,
}

pub(super) fn card(state: &State, asking: Stage, since: Timestamp) -> CardPage {
    let long = state.now.duration_since(since).as_secs() >= LONG_S;
    let stand = match asking {
        Stage::Waits if long => CardStand::WaitsLong,
        Stage::Waits => CardStand::Waits,
        Stage::Seen => CardStand::Seen,
        Stage::Unreadable => CardStand::Unreadable,
        Stage::Away => CardStand::Away,
    };
    CardPage { stand, may_skip: may_skip(state) }
}
