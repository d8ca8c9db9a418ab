//! QR codes that the printer draws from a text.

use qrcode::{Color, EcLevel, QrCode};

use crate::paper::Look;

use super::Printer;

/// What the printer was told about its QR code.
#[derive(Clone, Debug)]
pub(super) struct QrMemory {
    pub(super) model: u8,
    pub(super) module_dots: usize,
    /// 0 to 3 for L, M, Q and H.
    pub(super) level: u8,
    pub(super) text: Option<Vec<u8>>,
}

impl Default for QrMemory {
    fn default() -> Self {
        Self { model: 2, module_dots: 3, level: 0, text: None }
    }
}

impl Printer {
    pub(super) fn print_qr(&mut self) {
        self.only_at_line_start("a QR code");
        self.end_line();
        let Some(bytes) = self.qr.text.clone() else {
            return self.note("a QR code without a text".into());
        };
        if self.qr.model != 2 {
            self.note("a QR code of model 1, which phones do not read".into());
        }
        let level = [EcLevel::L, EcLevel::M, EcLevel::Q, EcLevel::H][usize::from(self.qr.level)];
        let Ok(code) = QrCode::with_error_correction_level(&bytes, level) else {
            return self.note(format!("a QR code of {} bytes", bytes.len()));
        };
        let Ok(text) = String::from_utf8(bytes) else {
            return self.note("a QR code whose text is not UTF-8".into());
        };
        let (side, dots) = (code.width(), self.qr.module_dots);
        if side * dots > self.model.width_dots {
            return self.note(format!("a QR code of {} dots", side * dots));
        }
        let at = (self.left_of(side * dots), self.y);
        let look = Look { wide: dots, high: dots, bold: false };
        for (index, color) in code.to_colors().into_iter().enumerate() {
            if color == Color::Dark {
                self.receipt.paper.draw_square(index % side, index / side, at, look);
            }
        }
        self.receipt.lines.push(format!("[qr {text}]"));
        self.receipt.qr.push(text);
        self.feed(side * dots);
    }
}
