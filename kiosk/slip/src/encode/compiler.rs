//! Commands into memory, one after another, changing a style only when
//! it changes.
//!
//! The `escpos` crate writes what it gets right; what it lacks or gets
//! wrong (hanzi mode, cuts, dots) goes through as custom bytes. Its
//! drivers are never used: nothing here reaches a printer.

use std::cell::RefCell;
use std::rc::Rc;

use escpos::driver::Driver;
use escpos::printer::Printer;
use escpos::utils::{
    Encoder, JustifyMode, Protocol, QRCodeCorrectionLevel, QRCodeModel, QRCodeOption,
};

use crate::Bitmap;
use crate::layout::{Align, Style};
use crate::profile::HanziSize;

use super::LINE_DOTS;
use super::image::{self, Rows};

/// Why no call below can fail: `escpos` refuses only sizes beyond 8 and
/// characters beyond its encoder, and neither gets here.
const IN_MEMORY: &str = "sizes are 1 to 4 and every character was checked";

/// Keeps what is written, command by command.
#[derive(Clone, Default)]
struct Tape(Rc<RefCell<Vec<Vec<u8>>>>);

impl Driver for Tape {
    fn name(&self) -> String {
        "tape".into()
    }

    fn write(&self, data: &[u8]) -> escpos::errors::Result<()> {
        self.0.borrow_mut().push(data.to_vec());
        Ok(())
    }

    fn read(&self, _: &mut [u8]) -> escpos::errors::Result<usize> {
        Ok(0)
    }

    fn flush(&self) -> escpos::errors::Result<()> {
        Ok(())
    }
}

/// Collects the commands of one job.
pub(super) struct Compiler {
    printer: Printer<Tape>,
    tape: Tape,
    style: Style,
    hanzi_size: HanziSize,
}

impl Compiler {
    pub(super) fn new(hanzi_size: HanziSize) -> Self {
        let tape = Tape::default();
        let protocol = Protocol::new(Encoder::new(encoding_rs::GB18030));
        let printer = Printer::new(tape.clone(), protocol, None);
        Self { printer, tape, style: Style::PLAIN, hanzi_size }
    }

    /// Resets the printer and switches it to hanzi mode.
    pub(super) fn begin(&mut self) {
        self.printer.init().expect(IN_MEMORY);
        self.command(&[0x1c, b'&']);
        // No space between hanzi: two cells are 24 dots and no more.
        self.command(&[0x1c, b'S', 0, 0]);
        self.printer.line_spacing(LINE_DOTS).expect(IN_MEMORY);
    }

    /// A command that `escpos` does not know or writes wrongly.
    pub(super) fn command(&mut self, bytes: &[u8]) {
        self.printer.custom(bytes).expect(IN_MEMORY);
    }

    /// Makes the following text look so.
    pub(super) fn style(&mut self, style: Style) {
        let before = std::mem::replace(&mut self.style, style);
        if (style.wide, style.high) != (before.wide, before.high) {
            self.printer.size(style.wide, style.high).expect(IN_MEMORY);
            if self.hanzi_size != HanziSize::Gs {
                let wide = if style.wide > 1 { 0x04 } else { 0 };
                let high = if style.high > 1 { 0x08 } else { 0 };
                self.command(&[0x1c, b'!', wide | high]);
            }
        }
        if style.bold != before.bold {
            self.printer.bold(style.bold).expect(IN_MEMORY);
        }
        if style.align != before.align {
            let mode = match style.align {
                Align::Left => JustifyMode::LEFT,
                Align::Centre => JustifyMode::CENTER,
                Align::Right => JustifyMode::RIGHT,
            };
            self.printer.justify(mode).expect(IN_MEMORY);
        }
    }

    /// Text in the present style; the caller has checked each character.
    pub(super) fn text(&mut self, text: &str) {
        if !text.is_empty() {
            self.printer.write(text).expect(IN_MEMORY);
        }
    }

    pub(super) fn line_feed(&mut self) {
        self.command(b"\n");
    }

    /// A whole line of normal size, keeping the alignment.
    pub(super) fn plain_line(&mut self, text: &str) {
        self.style(Style { align: self.style.align, ..Style::PLAIN });
        self.text(text);
        self.line_feed();
    }

    pub(super) fn feed_dots(&mut self, dots: u8) {
        self.command(&[0x1b, b'J', dots]);
    }

    /// A QR code that the printer draws, in the middle.
    pub(super) fn native_qr(&mut self, text: &str, module_dots: u16) {
        self.style(Style { align: Align::Centre, ..self.style });
        let dots = u8::try_from(module_dots).expect("a module has at most six dots");
        let option = QRCodeOption::new(QRCodeModel::Model2, dots, QRCodeCorrectionLevel::M);
        // In hanzi mode some printers read the code's text as hanzi.
        self.command(&[0x1c, b'.']);
        self.printer.qrcode_option(text, option).expect(IN_MEMORY);
        self.command(&[0x1c, b'&']);
    }

    /// A picture across the paper, its own white at the left included,
    /// and the rest of the line that it stands for.
    pub(super) fn raster(&mut self, picture: &Bitmap, rows_max: u8) {
        // Printers shift a raster as they shift text.
        self.style(Style::PLAIN);
        for band in image::bands(picture, rows_max, Rows::Each) {
            self.command(&band);
        }
    }

    /// A code in the middle of the paper. Its modules are squares of so
    /// many dots: where that is even, each row is sent for two.
    pub(super) fn code(&mut self, picture: &Bitmap, module_dots: u16, rows_max: u8) {
        self.style(Style::CENTRE);
        let rows = if module_dots.is_multiple_of(2) { Rows::ForTwo } else { Rows::Each };
        for band in image::bands(picture, rows_max, rows) {
            self.command(&band);
        }
    }

    /// The commands, each whole.
    pub(super) fn finish(mut self) -> Vec<Vec<u8>> {
        self.printer.print().expect(IN_MEMORY);
        self.tape.0.take()
    }
}
