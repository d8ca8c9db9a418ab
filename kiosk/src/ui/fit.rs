//! One scale for the whole picture: layouts are drawn for 1080 × 1920 and
//! 1920 × 1080, and the window's scale factor does the rest.

use kiosk_core::Shape;
use slint::platform::WindowEvent;
use slint::{ComponentHandle, LogicalSize, PhysicalSize};

use super::generated::{Frame, KioskWindow};

/// The longer and the shorter side of the design.
const LONG: f32 = 1920.0;
const SHORT: f32 = 1080.0;

/// A difference of scale that nobody sees.
const SAME: f32 = 0.001;

/// Fits the picture into the window as it is now, and says its shape.
pub(crate) fn fit(window: &KioskWindow) -> Shape {
    let size = window.window().size();
    let (shape, scale) = shape_and_scale(size);
    window.global::<Frame>().set_landscape(shape == Shape::Landscape);
    if (window.window().scale_factor() - scale).abs() > SAME {
        window.window().dispatch_event(WindowEvent::ScaleFactorChanged { scale_factor: scale });
        let size = LogicalSize::new(px(size.width) / scale, px(size.height) / scale);
        window.window().dispatch_event(WindowEvent::Resized { size });
    }
    shape
}

fn shape_and_scale(size: PhysicalSize) -> (Shape, f32) {
    let (width, height) = (px(size.width.max(1)), px(size.height.max(1)));
    if width > height {
        (Shape::Landscape, (width / LONG).min(height / SHORT))
    } else {
        (Shape::Portrait, (width / SHORT).min(height / LONG))
    }
}

#[expect(clippy::cast_precision_loss, reason = "no screen has 16 million pixels on a side")]
fn px(side: u32) -> f32 {
    side as f32
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_screen_shows_the_whole_design() {
        let fit = |width, height| shape_and_scale(PhysicalSize::new(width, height));
        assert_eq!(fit(1080, 1920), (Shape::Portrait, 1.0));
        assert_eq!(fit(2160, 3840), (Shape::Portrait, 2.0));
        assert_eq!(fit(540, 1080), (Shape::Portrait, 0.5));
        assert_eq!(fit(1920, 1080), (Shape::Landscape, 1.0));
        assert_eq!(fit(1280, 1024), (Shape::Landscape, 2.0 / 3.0));
        assert_eq!(fit(0, 0).0, Shape::Portrait);
    }
}
