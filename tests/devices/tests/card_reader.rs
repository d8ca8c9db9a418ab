//! The kiosk's talk with the emulated reader of identity cards, in virtual
//! time: nothing here waits.

#![allow(clippy::unwrap_used, reason = "this is a test program")]

use std::time::Duration;

use devices::{CardFault, CardLine};
use kiosk::printer::{Broken, Line};
use kiosk::readers::dialogue::{Unheard, find, read};

/// The number that a standard gives as its example.
const SAMPLE: &str = "11010519491231002X";

/// The emulated reader on a line whose time passes when it is waited for.
struct Wire {
    reader: CardLine,
    now: Duration,
    arrived: Vec<u8>,
    gone: bool,
}

impl Wire {
    fn new() -> Wire {
        Wire { reader: CardLine::default(), now: Duration::ZERO, arrived: Vec::new(), gone: false }
    }

    fn with_card(fault: Option<CardFault>) -> Wire {
        let mut wire = Wire::new();
        wire.reader.present(SAMPLE);
        wire.reader.set_fault(fault);
        wire
    }
}

impl Line for Wire {
    fn now(&self) -> Duration {
        self.now
    }

    fn open(&mut self, _: Duration) -> Result<(), Broken> {
        Ok(())
    }

    fn close(&mut self) {}

    fn send(&mut self, bytes: &[u8], _: Duration) -> Result<(), Broken> {
        if self.gone {
            return Err(Broken::Gone);
        }
        self.arrived.extend(self.reader.hear(bytes));
        Ok(())
    }

    fn receive(&mut self, deadline: Duration) -> Result<Vec<u8>, Broken> {
        if self.gone {
            return Err(Broken::Gone);
        }
        if self.arrived.is_empty() {
            self.now = self.now.max(deadline);
        }
        let n = self.arrived.len().min(100);
        Ok(self.arrived.drain(..n).collect())
    }

    fn bytes_per_second(&self) -> Option<u32> {
        None
    }

    fn can_be_half_open(&self) -> bool {
        false
    }
}

#[test]
fn a_card_is_found_read_once_and_found_again_when_it_is_put_back() {
    let mut wire = Wire::new();
    assert_eq!(find(&mut wire), Ok(false));
    wire.reader.present(SAMPLE);
    assert_eq!(find(&mut wire), Ok(true));
    assert_eq!(read(&mut wire).unwrap().unwrap().as_str(), SAMPLE);
    assert_eq!(find(&mut wire), Ok(false), "it lies there still");
    wire.reader.present(SAMPLE);
    assert_eq!(find(&mut wire), Ok(true));
}

#[test]
fn a_card_that_cannot_be_read_is_not_read() {
    for fault in [CardFault::WrongSum, CardFault::Half, CardFault::Unreadable] {
        let mut wire = Wire::with_card(Some(fault));
        assert_eq!(find(&mut wire), Ok(true), "{fault:?}");
        assert_eq!(read(&mut wire), Ok(None), "{fault:?}");
        // Half an answer does not become the beginning of the next.
        wire.reader.set_fault(None);
        wire.reader.present(SAMPLE);
        assert_eq!(find(&mut wire), Ok(true), "{fault:?}");
        assert_eq!(read(&mut wire).unwrap().unwrap().as_str(), SAMPLE, "{fault:?}");
    }
}

#[test]
fn a_reader_that_says_nothing_is_not_waited_for_long() {
    let mut wire = Wire::with_card(Some(CardFault::Dead));
    assert_eq!(find(&mut wire), Err(Unheard::Nothing));
    assert!(wire.now <= Duration::from_secs(1), "{:?}", wire.now);
    wire.gone = true;
    assert_eq!(find(&mut wire), Err(Unheard::Gone));
}
