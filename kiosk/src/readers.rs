//! What reads something for the kiosk at a serial line: a code scanner,
//! and a reader of identity cards.
//!
//! Each has a thread of its own, finds its device again by itself, and
//! tells the screen what was read. What it means is decided in
//! `kiosk-core`.

mod address;
mod card;
pub mod dialogue;
mod holder;
mod lines;
mod presence;
mod scanner;
pub mod sdt;

pub use self::address::{BadSerialAddress, SerialAddress};
pub(crate) use self::card::CardReader;
pub use self::holder::HolderKey;
pub use self::lines::Lines;

pub(crate) use self::scanner::start as start_scanner;

/// The readers of one kiosk.
#[derive(Clone, Debug, Default)]
pub(crate) struct Readers {
    /// The code scanner, if it is at a serial line.
    pub(crate) scanner: Option<SerialAddress>,
    /// The reader of identity cards, if there is one.
    pub(crate) identity: Option<SerialAddress>,
}
