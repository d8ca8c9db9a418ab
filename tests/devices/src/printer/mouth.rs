//! The mouth of a presenter: it holds a ticket until somebody takes it.

use std::time::Duration;

use crate::command::Ejector;
use crate::fault::FaultKind;
use crate::receipt::{Receipt, ReceiptFault};

use super::{Output, Printer};

/// The bits of the ejector's own status.
const TICKET_PRESENT: u8 = 0x08;
const JAM: u8 = 0x80;

/// The mouth.
#[derive(Debug, Default)]
pub(super) struct Mouth {
    /// Whether it was told to hand the present receipt out.
    told: bool,
    hanging: Option<Hanging>,
}

/// A ticket that hangs in it.
#[derive(Debug)]
struct Hanging {
    ticket: Receipt,
    since: Duration,
}

impl Mouth {
    /// Whether it was just told to hand the receipt out.
    pub(super) fn is_told(&mut self) -> bool {
        std::mem::take(&mut self.told)
    }
}

impl Printer {
    pub(super) fn obey_ejector(&mut self, command: Ejector) {
        if self.model.taken_after.is_none() {
            self.note("a command for a presenter, and there is none".into());
            return;
        }
        match command {
            // It is handed out when its bytes were counted.
            Ejector::Present if self.receipt.cut.is_some() => self.mouth.told = true,
            Ejector::Present => self.note("a ticket that is not cut is handed out".into()),
            Ejector::Eject => self.empty_mouth(|_| {}),
            Ejector::Retract => self.empty_mouth(|it| it.retracted = true),
            Ejector::Ask => {
                let jam = if self.suffers(FaultKind::PaperJam) { JAM } else { 0 };
                let present = if self.holds_ticket() { TICKET_PRESENT } else { 0 };
                self.reply(&[jam | present]);
            }
        }
    }

    /// Whether a ticket hangs in the mouth.
    pub fn holds_ticket(&self) -> bool {
        self.mouth.hanging.is_some()
    }

    /// Hands a finished ticket out.
    pub(super) fn hand_out(&mut self, ticket: Receipt) {
        // Real ones push the old ticket out, and often jam.
        self.empty_mouth(|old| {
            let what = "pushed out by the next ticket".to_owned();
            old.faults.push(ReceiptFault { offset: old.bytes, what });
        });
        self.mouth.hanging = Some(Hanging { ticket, since: self.now });
        if self.suffers(FaultKind::Retract) {
            self.empty_mouth(|it| it.retracted = true);
        }
        self.let_ticket_be_taken();
    }

    /// When somebody takes the ticket.
    pub(super) fn next_taking(&self) -> Option<Duration> {
        let hanging = self.mouth.hanging.as_ref().filter(|_| !self.suffers(FaultKind::NotTaken))?;
        Some(hanging.since + self.model.taken_after?)
    }

    pub(super) fn let_ticket_be_taken(&mut self) {
        if self.next_taking().is_some_and(|it| it <= self.now) {
            self.empty_mouth(|_| {});
        }
    }

    pub(super) fn empty_mouth(&mut self, mark: impl FnOnce(&mut Receipt)) {
        if let Some(Hanging { mut ticket, .. }) = self.mouth.hanging.take() {
            mark(&mut ticket);
            self.output.push(Output::Receipt(ticket));
        }
    }
}
