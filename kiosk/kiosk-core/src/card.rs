//! The identity card that a hall may ask for. Of the card there is only a
//! keyed hash here, in the errand that it was shown for.

use jiff::Timestamp;
use jiff::civil::Date;
use queue_api::Holder;

/// What the reader says.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum CardHeard {
    /// It is there, and no card is on it.
    Waits,
    /// A card lies on it.
    Seen,
    /// Whose card it is, under the key of the day.
    Read(Holder),
    /// A card that cannot be read, or was moved.
    Unreadable,
    /// The reader does not answer.
    Away,
}

/// What the kiosk knows of its reader.
#[derive(Clone, Debug, Default)]
pub(crate) struct Cards {
    /// There is one.
    pub(crate) reader: bool,
    /// The day whose key is here.
    pub(crate) key_day: Option<Date>,
    /// When the server was last asked for it.
    pub(crate) asked_at: Option<Timestamp>,
}

/// Where asking for a card is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Stage {
    /// No card lies there.
    Waits,
    /// It is being read.
    Seen,
    /// It was not read.
    Unreadable,
    /// There is no reader that answers.
    Away,
}
