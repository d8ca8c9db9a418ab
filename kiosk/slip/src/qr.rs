//! QR codes as modules, and how large they may be printed.
//!
//! Level M throughout: a quarter of a receipt's wear is survived, and
//! the code stays small. This file must not draw or encode.

use qrcode::{EcLevel, QrCode};

/// The white border a reader needs, in modules.
pub(crate) const QUIET_MODULES: u16 = 4;

/// The most dots a module gets: 0.75 mm at 203 dpi.
const MODULE_DOTS_MAX: u16 = 6;

/// The fewest dots a phone still reads from thermal paper: 0.38 mm.
const MODULE_DOTS_MIN: u16 = 3;

/// A QR code, module by module.
pub(crate) struct Modules {
    /// Modules along one side, without the border.
    pub(crate) side: u16,
    /// How many dots each module gets.
    pub(crate) dots: u16,
    dark: Vec<bool>,
}

impl Modules {
    /// Dots along one side, without the border.
    pub(crate) fn side_dots(&self) -> u16 {
        self.side * self.dots
    }

    pub(crate) fn is_dark(&self, x: u16, y: u16) -> bool {
        self.dark[usize::from(y) * usize::from(self.side) + usize::from(x)]
    }
}

/// The modules of a text, or nothing if it is too long for the paper.
pub(crate) fn modules(text: &str, width_dots: u16) -> Option<Modules> {
    let code = QrCode::with_error_correction_level(text, EcLevel::M).ok()?;
    let side = u16::try_from(code.width()).ok()?;
    let dots = (width_dots / (side + 2 * QUIET_MODULES)).min(MODULE_DOTS_MAX);
    if dots < MODULE_DOTS_MIN {
        return None;
    }
    let dark = code.to_colors().into_iter().map(|it| it == qrcode::Color::Dark).collect();
    Some(Modules { side, dots, dark })
}
