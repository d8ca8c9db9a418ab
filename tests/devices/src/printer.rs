//! The printer: bytes in; replies and pieces of paper out.
//!
//! A value without a clock or a port, so that every test of it is a
//! line. It obeys commands as a real one does, also the foolish ones,
//! and notes what was wrong with them.

mod line;
mod qr;

use crate::command::{Align, Command, Parsed, RealTime, parse, real_time};
use crate::fault::{Fault, Moment};
use crate::paper::Look;
use crate::receipt::{PaperCut, Receipt, ReceiptFault};

use self::line::LineBuffer;
use self::qr::QrMemory;

/// The receive buffer: as large as that of a good printer.
const INPUT_BYTES_MAX: usize = 65_536;

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
    width: usize,
    input: Vec<u8>,
    last_bytes: [u8; 3],
    fault: Option<Fault>,
    /// Whether the fault has begun.
    faulty: bool,
    hanzi_mode: bool,
    hanzi_spacing: usize,
    look: Look,
    align: Align,
    line_dots: usize,
    line: LineBuffer,
    qr: QrMemory,
    receipt: Receipt,
    /// Where the head is on the receipt, in dots.
    y: usize,
    output: Vec<Output>,
}

impl Printer {
    /// A printer with paper of so many dots across, just switched on.
    pub fn new(width: usize) -> Self {
        Self {
            width,
            input: Vec::new(),
            last_bytes: [0; 3],
            fault: None,
            faulty: false,
            hanzi_mode: false,
            hanzi_spacing: 0,
            look: Look::PLAIN,
            align: Align::Left,
            line_dots: DEFAULT_LINE_DOTS,
            line: LineBuffer::default(),
            qr: QrMemory::default(),
            receipt: Receipt::new(width),
            y: 0,
            output: Vec::new(),
        }
    }

    /// Begins, changes or ends a fault. The same fault again is no new
    /// one.
    pub fn set_fault(&mut self, fault: Option<Fault>) -> Vec<Output> {
        if fault != self.fault {
            self.fault = fault;
            self.faulty = fault.is_some_and(|it| it.moment() == Moment::Now);
            self.work();
        }
        std::mem::take(&mut self.output)
    }

    /// Takes bytes from the line.
    pub fn receive(&mut self, bytes: &[u8]) -> Vec<Output> {
        for &byte in bytes {
            self.last_bytes = [self.last_bytes[1], self.last_bytes[2], byte];
            self.input.push(byte);
            match real_time(self.last_bytes) {
                Some(RealTime::Ask(question)) => self.reply(&[self.real_time_status(question)]),
                // Clears what an error holds back; else it does nothing.
                Some(RealTime::ClearAfterError) if !self.moves() => {
                    self.input.clear();
                    self.line = LineBuffer::default();
                }
                Some(RealTime::ClearAfterError) | None => {}
            }
        }
        self.work();
        std::mem::take(&mut self.output)
    }

    /// Whether it takes bytes at present.
    pub fn takes_input(&self) -> bool {
        self.input.len() < INPUT_BYTES_MAX && !matches!(self.present(), Some(Fault::Stall(_)))
    }

    /// Whether its cable is out.
    pub fn is_unplugged(&self) -> bool {
        matches!(self.present(), Some(Fault::Unplug(_)))
    }

    /// Switches it off: what is on paper and not cut.
    pub fn switch_off(&mut self) -> Option<Receipt> {
        self.end_line();
        let receipt = self.take_receipt();
        (!receipt.is_blank()).then_some(receipt)
    }

    /// The fault that has begun.
    fn present(&self) -> Option<Fault> {
        self.fault.filter(|_| self.faulty)
    }

    fn real_time_status(&self, question: u8) -> u8 {
        const CALM: u8 = 0x12;
        let (mut printer, mut offline, mut paper) = (CALM, CALM, CALM);
        match self.present() {
            Some(Fault::NoPaper(_)) => {
                (printer, offline, paper) = (CALM | 0x08, CALM | 0x20, CALM | 0x6c);
            }
            Some(Fault::CoverOpen(_)) => (printer, offline) = (CALM | 0x08, CALM | 0x04),
            Some(Fault::PaperNearEnd) => paper = CALM | 0x0c,
            _ => {}
        }
        match question {
            1 => printer,
            2 => offline,
            3 => CALM,
            _ => paper,
        }
    }

    fn reply(&mut self, bytes: &[u8]) {
        let silent = matches!(self.present(), Some(Fault::NoAnswer | Fault::Stall(_)));
        if !silent {
            self.output.push(Output::Reply(bytes.to_vec()));
        }
    }

    /// Obeys whole commands until there is none or a fault stops it.
    fn work(&mut self) {
        while self.moves() {
            match parse(&self.input, self.hanzi_mode) {
                Parsed::Incomplete => return,
                Parsed::Command(n, command) => {
                    if !command.is_question() && self.fault_begins_within(n) {
                        continue;
                    }
                    self.input.drain(..n);
                    let counts = !command.is_question() && command != Command::Nothing;
                    self.obey(command);
                    self.receipt.bytes += if counts { n } else { 0 };
                    self.cut_if_told();
                }
                Parsed::Wrong(n, what) => {
                    self.note(what);
                    self.input.drain(..n);
                    self.receipt.bytes += n;
                }
            }
        }
    }

    /// Whether the mechanism moves.
    fn moves(&self) -> bool {
        !matches!(
            self.present(),
            Some(Fault::NoPaper(_) | Fault::CoverOpen(_) | Fault::Stall(_) | Fault::Unplug(_))
        )
    }

    /// Begins the fault if its byte is among the next `n`.
    fn fault_begins_within(&mut self, n: usize) -> bool {
        let Some(fault) = self.fault.filter(|_| !self.faulty) else { return false };
        let Moment::AtByte(byte) = fault.moment() else { return false };
        if self.receipt.bytes + n <= byte {
            return false;
        }
        self.faulty = true;
        if matches!(fault, Fault::Unplug(_)) {
            // What was to follow never arrives; half a command stays.
            self.input.truncate(byte.saturating_sub(self.receipt.bytes));
        }
        true
    }

    fn note(&mut self, what: String) {
        let offset = self.receipt.bytes;
        self.receipt.faults.push(ReceiptFault { offset, what });
    }

    fn obey(&mut self, command: Command) {
        match command {
            Command::Initialize => self.initialize(),
            Command::Nothing | Command::RealTime => {}
            Command::Character(bytes) => self.type_character(&bytes),
            Command::LineFeed => self.feed_line(),
            Command::LineSpacing(dots) => self.line_dots = usize::from(dots),
            Command::DefaultLineSpacing => self.line_dots = DEFAULT_LINE_DOTS,
            Command::Align(align) => {
                self.only_at_line_start("an alignment");
                self.align = align;
            }
            Command::MoveTo(dots) => self.move_to(usize::from(dots)),
            Command::FeedDots(dots) => {
                self.end_line();
                self.feed(usize::from(dots));
            }
            Command::FeedLines(n) => {
                let done = usize::from(self.end_line());
                self.feed(usize::from(n).saturating_sub(done) * self.line_dots);
            }
            Command::Size { wide, high } => {
                (self.look.wide, self.look.high) = (usize::from(wide), usize::from(high));
            }
            Command::Bold(bold) => self.look.bold = bold,
            Command::HanziMode(on) => self.hanzi_mode = on,
            Command::HanziSpacing { left, right } => {
                self.hanzi_spacing = usize::from(left) + usize::from(right);
            }
            Command::ColumnImage(columns) => self.type_image(columns),
            Command::Raster { twice_wide, twice_high, row_bytes, dots } => {
                let look = Look {
                    wide: 1 + usize::from(twice_wide),
                    high: 1 + usize::from(twice_high),
                    bold: false,
                };
                self.print_raster(usize::from(row_bytes), &dots, look);
            }
            Command::QrModel(model) => self.qr.model = model,
            Command::QrModuleDots(dots) => self.qr.module_dots = usize::from(dots),
            Command::QrLevel(level) => self.qr.level = level,
            Command::QrStore(text) => self.qr.text = Some(text),
            Command::QrPrint => self.print_qr(),
            Command::Cut { full, feed } => self.cut(full, feed),
            Command::AskPaper => {
                let near = self.present() == Some(Fault::PaperNearEnd);
                self.reply(&[if near { 0x03 } else { 0x00 }]);
            }
            Command::AskProcess([a, b, c, d]) => self.reply(&[0x37, 0x22, a, b, c, d, 0x00]),
        }
    }

    fn initialize(&mut self) {
        self.line = LineBuffer::default();
        if !self.receipt.is_blank() {
            let receipt = self.take_receipt();
            self.output.push(Output::Receipt(receipt));
        }
        self.hanzi_mode = false;
        self.hanzi_spacing = 0;
        self.look = Look::PLAIN;
        self.align = Align::Left;
        self.line_dots = DEFAULT_LINE_DOTS;
        self.qr = QrMemory::default();
    }

    fn only_at_line_start(&mut self, what: &str) {
        if !self.line.is_empty() {
            self.note(format!("{what} in the middle of a line"));
        }
    }

    fn feed(&mut self, dots: usize) {
        self.y += dots;
        self.receipt.paper.reach(self.y);
    }

    fn cut(&mut self, full: bool, feed: Option<u8>) {
        self.only_at_line_start("a cut");
        self.end_line();
        match feed {
            Some(dots) => self.feed(usize::from(dots)),
            None => self.note("a cut without feeding cuts through the last lines".into()),
        }
        if self.receipt.lines.is_empty() {
            self.note("a cut of blank paper".into());
        }
        self.receipt.cut = Some(if full { PaperCut::Full } else { PaperCut::Partial });
    }

    /// Lets the receipt go, once its last command was counted.
    fn cut_if_told(&mut self) {
        if self.receipt.cut.is_some() {
            self.receipt.complete = true;
            let receipt = self.take_receipt();
            self.output.push(Output::Receipt(receipt));
        }
    }

    fn take_receipt(&mut self) -> Receipt {
        let mut receipt = std::mem::replace(&mut self.receipt, Receipt::new(self.width));
        receipt.paper.reach(self.y + BELOW_DOTS);
        receipt.height_dots = receipt.paper.height();
        self.y = 0;
        receipt
    }
}

#[cfg(test)]
mod tests;
