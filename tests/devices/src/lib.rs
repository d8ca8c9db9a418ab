//! Emulated hardware with faults: a thermal printer that shows its paper,
//! and what reads something for a kiosk.
//!
//! Read in this order: what the bytes mean, the printer that obeys them,
//! the paper it prints on, the receipts it leaves, and the port it hangs
//! on; then the scanner and the card reader. It is an independent judge: it must share nothing with the code
//! that makes the bytes but the font.
#![forbid(unsafe_code)]

mod command;
mod font_model;
mod model;
mod printer;

mod paper;
mod receipt;

mod cable;
mod fault;
mod folder;
mod port;
mod service;

mod card_reader;
mod scanner;

pub use crate::cable::{Cable, CableKind, HungUp};
pub use crate::card_reader::{CARD_ADDRESS, CARD_NAME, CardFault, CardLine, VirtualCardReader};
pub use crate::fault::{BadFault, Fault, FaultKind, Moment};
pub use crate::folder::Folder;
pub use crate::model::{FontLevel, Model, Scanner, WhenFull};
pub use crate::port::{BadListen, Listen};
pub use crate::printer::{Output, Printer};
pub use crate::receipt::{PaperCut, Receipt, ReceiptFault};
pub use crate::scanner::VirtualScanner;
pub use crate::service::VirtualPrinter;
