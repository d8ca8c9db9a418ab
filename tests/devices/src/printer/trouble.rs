//! The beginning and the end of a fault, and what it does to what the
//! printer holds.

use std::time::Duration;

use crate::fault::{Fault, FaultKind, Moment};

use super::{LineBuffer, Output, Printer};

/// What somebody else writes.
const FOREIGN: &[u8] = b"FOREIGN\n";

/// A fault and how far it is.
#[derive(Clone, Copy, Debug)]
pub(super) enum Trouble {
    /// It was announced at this time and has not begun.
    Announced(Fault, Duration),
    /// It began at this time.
    Present(Fault, Duration),
    /// It is over and stays so until another is announced.
    Over(Fault),
}

impl Trouble {
    fn fault(self) -> Fault {
        match self {
            Self::Announced(fault, _) | Self::Present(fault, _) | Self::Over(fault) => fault,
        }
    }
}

impl Printer {
    /// Begins, changes or ends a fault. The same fault again is no new
    /// one.
    pub fn set_fault(&mut self, fault: Option<Fault>) -> Vec<Output> {
        if fault != self.trouble.map(Trouble::fault) {
            self.end_trouble();
            self.trouble = fault.map(|it| Trouble::Announced(it, self.now));
            if fault.is_some_and(|it| it.begins == Moment::Now) {
                self.begin_trouble();
            }
            self.tell_change();
            self.work();
        }
        std::mem::take(&mut self.output)
    }

    /// The fault that has begun.
    pub(super) fn present(&self) -> Option<Fault> {
        match self.trouble {
            Some(Trouble::Present(fault, _)) => Some(fault),
            _ => None,
        }
    }

    /// Whether this fault has begun.
    pub(super) fn suffers(&self, kind: FaultKind) -> bool {
        self.present().is_some_and(|it| it.kind == kind)
    }

    /// What goes wrong at present.
    pub fn fault(&self) -> Option<FaultKind> {
        self.present().map(|it| it.kind)
    }

    /// Whether the announced fault has begun and is over, or was none.
    pub fn is_well(&self) -> bool {
        matches!(self.trouble, None | Some(Trouble::Over(_)))
    }

    /// When the fault begins or ends by itself.
    pub(super) fn next_trouble(&self) -> Option<Duration> {
        match self.trouble? {
            Trouble::Announced(Fault { begins: Moment::After(wait), .. }, since) => {
                Some(since + wait)
            }
            Trouble::Present(Fault { lasts: Some(lasts), .. }, since) => Some(since + lasts),
            _ => None,
        }
    }

    /// Lets the fault begin or end if its time has come.
    pub(super) fn follow_trouble(&mut self) {
        if self.next_trouble().is_none_or(|it| it > self.now) {
            return;
        }
        match self.trouble {
            Some(Trouble::Announced(..)) => self.begin_trouble(),
            Some(Trouble::Present(fault, _)) => {
                self.end_trouble();
                self.trouble = Some(Trouble::Over(fault));
            }
            _ => {}
        }
        self.tell_change();
        self.work();
    }

    /// Begins the fault if its byte or line is among the next `n` bytes;
    /// says whether it did.
    pub(super) fn trouble_begins_within(&mut self, n: usize) -> bool {
        let Some(Trouble::Announced(fault, _)) = self.trouble else { return false };
        let due = match fault.begins {
            Moment::AtByte(byte) => self.receipt.bytes + n > byte,
            Moment::AtLine(line) => self.receipt.lines.len() >= line,
            Moment::Now | Moment::After(_) => false,
        };
        if due {
            if let (FaultKind::Unplug | FaultKind::HalfOpen, Moment::AtByte(byte)) =
                (fault.kind, fault.begins)
            {
                // What was to follow never arrives; half a command stays.
                self.input.truncate(byte.saturating_sub(self.receipt.bytes));
            }
            self.begin_trouble();
            self.tell_change();
        }
        due
    }

    fn begin_trouble(&mut self) {
        let Some(Trouble::Announced(fault, _)) = self.trouble else { return };
        self.trouble = Some(Trouble::Present(fault, self.now));
        match fault.kind {
            FaultKind::PowerOff => self.lose_power(),
            FaultKind::NoPaperDiscard => self.input.clear(),
            FaultKind::SecondWriter => {
                self.input.extend(FOREIGN);
                // The answer that they asked for comes to us.
                self.reply(&[self.real_time_status(4)]);
            }
            _ => {}
        }
    }

    fn end_trouble(&mut self) {
        match self.present().map(|it| it.kind) {
            Some(FaultKind::NoPaperReprint) if !self.receipt.is_blank() => {
                let document = std::mem::take(&mut self.document);
                self.line = LineBuffer::default();
                self.tear_off();
                self.input.splice(0..0, document);
            }
            Some(FaultKind::NoPaperDiscard) => {
                self.line = LineBuffer::default();
                self.tear_off();
            }
            _ => {}
        }
        self.trouble = None;
    }

    fn lose_power(&mut self) {
        self.input.clear();
        self.scanned.clear();
        self.answers.clear();
        self.busy_until = self.now;
        self.automatic = false;
        self.told = None;
        self.reset();
        self.tear_off();
    }
}
