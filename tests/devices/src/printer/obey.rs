//! What the commands do.

use std::time::Duration;

use crate::command::{Align, Command};
use crate::paper::Look;
use crate::receipt::PaperCut;

use super::line::LineBuffer;
use super::qr::QrMemory;
use super::{DEFAULT_LINE_DOTS, Printer};

/// How many dots are a millimetre.
const DOTS_PER_MM: u32 = 8;

/// How long a cut takes in a printer whose paper takes time.
const CUT_TIME: Duration = Duration::from_millis(300);

/// How the printer calls itself.
const NAME: &[u8] = b"_virtual-printer\0";

impl Printer {
    pub(super) fn obey(&mut self, command: Command) {
        match command {
            Command::Initialize => self.initialize(),
            Command::Nothing | Command::RealTime => {}
            Command::Ejector(command) => self.obey_ejector(command),
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
                self.hanzi_look = self.look;
            }
            Command::HanziSize { wide, high } => {
                self.hanzi_look.wide = 1 + usize::from(wide);
                self.hanzi_look.high = 1 + usize::from(high);
            }
            Command::Bold(bold) => (self.look.bold, self.hanzi_look.bold) = (bold, bold),
            Command::HanziMode(on) => self.hanzi_mode = on,
            Command::HanziSpacing { left, right } => {
                self.hanzi_spacing = usize::from(left) + usize::from(right);
            }
            Command::DefineHanzi(code, columns) => {
                self.user_hanzi.insert(code, columns);
            }
            Command::ForgetHanzi(code) => {
                self.user_hanzi.remove(&code);
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
            Command::AskPaper => self.reply(&[self.paper_status()]),
            Command::AskModel(question) => match question {
                1..=3 => self.reply(&[0x20 + question]),
                _ => self.reply(NAME),
            },
            Command::TellChanges(on) => {
                (self.automatic, self.told) = (on, None);
                self.tell_change();
            }
            Command::AskProcess([a, b, c, d]) => self.reply(&[0x37, 0x22, a, b, c, d, 0x00]),
        }
    }

    fn initialize(&mut self) {
        self.line = LineBuffer::default();
        self.tear_off();
        // Whatever came before it on blank paper is no part of it.
        self.receipt.bytes = 0;
        self.document.clear();
        self.reset();
        self.automatic = false;
    }

    /// The settings of a printer that was just switched on.
    pub(super) fn reset(&mut self) {
        self.line = LineBuffer::default();
        self.hanzi_mode = false;
        self.hanzi_spacing = 0;
        self.user_hanzi.clear();
        (self.look, self.hanzi_look) = (Look::PLAIN, Look::PLAIN);
        self.align = Align::Left;
        self.line_dots = DEFAULT_LINE_DOTS;
        self.qr = QrMemory::default();
    }

    pub(super) fn only_at_line_start(&mut self, what: &str) {
        if !self.line.is_empty() {
            self.note(format!("{what} in the middle of a line"));
        }
    }

    pub(super) fn feed(&mut self, dots: usize) {
        self.y += dots;
        self.receipt.paper.reach(self.y);
        if let Some(speed) = self.model.mm_per_second {
            let dots = u32::try_from(dots).unwrap_or(u32::MAX);
            self.work_for(Duration::from_secs(1) * dots / (speed * DOTS_PER_MM).max(1));
        }
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
        if self.model.mm_per_second.is_some() {
            self.work_for(CUT_TIME);
        }
        self.receipt.cut = Some(if full { PaperCut::Full } else { PaperCut::Partial });
    }

    fn work_for(&mut self, time: Duration) {
        self.busy_until = self.busy_until.max(self.now) + time;
    }
}
