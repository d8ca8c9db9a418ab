//! The printer: bytes and time in; replies and pieces of paper out.
//!
//! A value that is told the time, so that every test of it is a line. It
//! obeys commands as a real one does, also the foolish ones, and notes
//! what was wrong with them.

mod answers;
mod line;
mod mouth;
mod obey;
mod qr;
mod trouble;

use std::collections::BTreeMap;
use std::time::Duration;

use crate::command::{Align, Command, Parsed, RealTime, parse, real_time};
use crate::fault::FaultKind;
use crate::model::{Model, Scanner, WhenFull};
use crate::paper::Look;
use crate::receipt::{Receipt, ReceiptFault};

use self::answers::{Answers, moves_under};
use self::line::LineBuffer;
use self::mouth::Mouth;
use self::qr::QrMemory;
use self::trouble::Trouble;

/// The line spacing of a printer that was told none, in dots.
const DEFAULT_LINE_DOTS: usize = 34;

/// White paper below the last line, so that the cut is seen.
const BELOW_DOTS: usize = 48;

/// Something that comes out of the printer.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Output {
    /// Bytes for whoever asked.
    Reply(Vec<u8>),
    /// A piece of paper.
    Receipt(Receipt),
}

/// An emulated printer.
#[derive(Debug)]
pub struct Printer {
    model: Model,
    now: Duration,
    input: Vec<u8>,
    /// Since when the rest of a command is waited for.
    waiting_since: Option<Duration>,
    last_bytes: [u8; 3],
    /// What a scanner for command starts has of the present command.
    scanned: Vec<u8>,
    scanned_in_hanzi: bool,
    trouble: Option<Trouble>,
    answers: Answers,
    /// Whether changes of the status are told unasked.
    automatic: bool,
    told: Option<[u8; 4]>,
    /// Until when the mechanism is at work.
    busy_until: Duration,
    hanzi_mode: bool,
    hanzi_spacing: usize,
    /// What was defined by `FS 2`, under its second byte.
    user_hanzi: BTreeMap<u8, Vec<u8>>,
    look: Look,
    /// The size of hanzi; that of other characters is in `look`.
    hanzi_look: Look,
    align: Align,
    line_dots: usize,
    line: LineBuffer,
    qr: QrMemory,
    receipt: Receipt,
    /// The bytes of the present receipt.
    document: Vec<u8>,
    /// Where the head is on the receipt, in dots.
    y: usize,
    mouth: Mouth,
    output: Vec<Output>,
}

impl Printer {
    /// A good printer with paper of so many dots across, just switched
    /// on.
    pub fn new(width_dots: usize) -> Self {
        Self::of_model(Model::of_width(width_dots))
    }

    /// A printer of a kind, just switched on.
    pub fn of_model(model: Model) -> Self {
        Self {
            model,
            now: Duration::ZERO,
            input: Vec::new(),
            waiting_since: None,
            last_bytes: [0; 3],
            scanned: Vec::new(),
            scanned_in_hanzi: false,
            trouble: None,
            answers: Answers::default(),
            automatic: false,
            told: None,
            busy_until: Duration::ZERO,
            hanzi_mode: false,
            hanzi_spacing: 0,
            user_hanzi: BTreeMap::new(),
            look: Look::PLAIN,
            hanzi_look: Look::PLAIN,
            align: Align::Left,
            line_dots: DEFAULT_LINE_DOTS,
            line: LineBuffer::default(),
            qr: QrMemory::default(),
            receipt: Receipt::new(model.width_dots),
            document: Vec::new(),
            y: 0,
            mouth: Mouth::default(),
            output: Vec::new(),
        }
    }

    /// Takes bytes from the line.
    pub fn receive(&mut self, bytes: &[u8]) -> Vec<Output> {
        for &byte in bytes {
            self.take_byte(byte);
        }
        self.work();
        std::mem::take(&mut self.output)
    }

    /// Lets the time pass, doing what falls due in between in its order.
    pub fn advance(&mut self, now: Duration) -> Vec<Output> {
        while let Some(next) = self.next_event().filter(|it| *it <= now) {
            self.now = self.now.max(next);
            self.say_what_is_due();
            self.follow_trouble();
            self.let_ticket_be_taken();
            self.drop_late_command();
            self.work();
        }
        self.now = self.now.max(now);
        std::mem::take(&mut self.output)
    }

    /// When it will do something by itself.
    pub fn next_event(&self) -> Option<Duration> {
        let busy = (self.busy_until > self.now).then_some(self.busy_until);
        let gap = self.model.gap_max.and_then(|it| Some(self.waiting_since? + it));
        let events = [self.next_answer(), self.next_trouble(), self.next_taking(), busy, gap];
        events.into_iter().flatten().min()
    }

    /// Whether it takes bytes at present.
    pub fn takes_input(&self) -> bool {
        let has_room =
            self.input.len() < self.model.buffer_bytes || self.model.when_full == WhenFull::Overrun;
        has_room && !self.suffers(FaultKind::Stall)
    }

    /// Whether its cable is out.
    pub fn is_unplugged(&self) -> bool {
        self.suffers(FaultKind::Unplug)
    }

    /// Whether it has no power.
    pub fn is_off(&self) -> bool {
        self.suffers(FaultKind::PowerOff)
    }

    /// Whether the connection that it had is dead without a sign.
    pub fn is_half_open(&self) -> bool {
        self.suffers(FaultKind::HalfOpen)
    }

    /// Switches it off: the ticket in its mouth, and what is on paper
    /// and not cut.
    pub fn switch_off(&mut self) -> Vec<Receipt> {
        self.end_line();
        self.empty_mouth(|_| {});
        self.tear_off();
        let output = std::mem::take(&mut self.output);
        let receipt = |it| match it {
            Output::Receipt(receipt) => Some(receipt),
            Output::Reply(_) => None,
        };
        output.into_iter().filter_map(receipt).collect()
    }

    fn take_byte(&mut self, byte: u8) {
        if self.is_off() {
            return;
        }
        if self.waiting_since.is_some() {
            self.waiting_since = Some(self.now);
        }
        if self.input.len() < self.model.buffer_bytes || self.model.when_full == WhenFull::Stall {
            self.input.push(byte);
        } else {
            self.note("the receive buffer overran".into());
        }
        match self.model.scanner {
            Scanner::EveryByte => {
                self.last_bytes = [self.last_bytes[1], self.last_bytes[2], byte];
                if let Some(command) = real_time(self.last_bytes) {
                    self.obey_at_once(command);
                }
            }
            Scanner::CommandStart => self.scan(byte),
        }
        if self.suffers(FaultKind::NoPaperDiscard) {
            self.input.clear();
        }
    }

    /// Follows the commands as they arrive, to know where one begins.
    fn scan(&mut self, byte: u8) {
        self.scanned.push(byte);
        match parse(&self.scanned, self.scanned_in_hanzi) {
            Parsed::Incomplete => return,
            Parsed::Command(_, Command::RealTime) => {
                let command: Option<[u8; 3]> = self.scanned[..].try_into().ok();
                if let Some(command) = command.and_then(real_time) {
                    self.obey_at_once(command);
                }
            }
            Parsed::Command(_, Command::HanziMode(on)) => self.scanned_in_hanzi = on,
            Parsed::Command(_, Command::Initialize) => self.scanned_in_hanzi = false,
            Parsed::Command(..) | Parsed::Wrong(..) => {}
        }
        self.scanned.clear();
    }

    fn obey_at_once(&mut self, command: RealTime) {
        match command {
            RealTime::Ask(question) => self.reply(&[self.real_time_status(question)]),
            RealTime::AskAll if self.model.taken_after.is_some() => self.reply(&self.full_status()),
            // Clears what an error holds back; else it does nothing.
            RealTime::ClearAfterError if !self.moves() => {
                self.input.clear();
                self.line = LineBuffer::default();
            }
            RealTime::AskAll | RealTime::ClearAfterError => {}
        }
    }

    /// Obeys whole commands until there is none, the mechanism is at
    /// work or a fault stops it.
    fn work(&mut self) {
        while self.moves() && self.busy_until <= self.now {
            match self.next_command() {
                Parsed::Incomplete => {
                    let waits = !self.input.is_empty();
                    self.waiting_since = waits.then(|| self.waiting_since.unwrap_or(self.now));
                    return;
                }
                Parsed::Command(n, command) => {
                    if !command.is_apart() && self.trouble_begins_within(n) {
                        continue;
                    }
                    let bytes: Vec<u8> = self.input.drain(..n).collect();
                    let counts = !command.is_apart() && command != Command::Nothing;
                    self.obey(command);
                    if counts {
                        self.receipt.bytes += n;
                        self.document.extend(bytes);
                    }
                    self.let_go_if_told();
                }
                Parsed::Wrong(n, what) => {
                    self.note(what);
                    self.input.drain(..n);
                    self.receipt.bytes += n;
                }
            }
            self.waiting_since = None;
        }
        self.waiting_since = None;
    }

    /// What stands first in the input, as far as this printer knows it.
    fn next_command(&self) -> Parsed {
        const DEFINE_HANZI: &[u8] = &[0x1c, b'2'];
        if !self.model.user_hanzi && self.input.starts_with(DEFINE_HANZI) {
            return Parsed::Wrong(DEFINE_HANZI.len(), "FS 2, which it does not know".into());
        }
        parse(&self.input, self.hanzi_mode)
    }

    /// Drops a command whose rest was waited for too long.
    fn drop_late_command(&mut self) {
        let late = |since| Some(self.now >= since + self.model.gap_max?);
        if self.waiting_since.and_then(late) == Some(true) {
            self.waiting_since = None;
            self.note(format!("a pause within {:02x?}", &self.input[..self.input.len().min(8)]));
            self.input.clear();
            self.scanned.clear();
        }
    }

    /// Whether the mechanism moves.
    fn moves(&self) -> bool {
        moves_under(self.present())
    }

    fn note(&mut self, what: String) {
        let offset = self.receipt.bytes;
        self.receipt.faults.push(ReceiptFault { offset, what });
    }

    /// Lets the receipt go, once its last command was counted: when it
    /// is cut, or handed out by a presenter.
    fn let_go_if_told(&mut self) {
        let presents = self.mouth.is_told();
        let has_presenter = self.model.taken_after.is_some();
        if self.receipt.cut.is_none() || (has_presenter && !presents) {
            return;
        }
        self.receipt.complete = true;
        let receipt = self.take_receipt();
        if has_presenter {
            self.hand_out(receipt);
        } else {
            self.output.push(Output::Receipt(receipt));
        }
    }

    /// Lets go what is on paper and was not cut.
    fn tear_off(&mut self) {
        if !self.receipt.is_blank() {
            let receipt = self.take_receipt();
            self.output.push(Output::Receipt(receipt));
        }
    }

    fn take_receipt(&mut self) -> Receipt {
        let next = Receipt::new(self.model.width_dots);
        let mut receipt = std::mem::replace(&mut self.receipt, next);
        receipt.paper.reach(self.y + BELOW_DOTS);
        receipt.height_dots = receipt.paper.height();
        self.document.clear();
        self.y = 0;
        receipt
    }
}

#[cfg(test)]
mod tests;
