//! Pictures without a display: the software renderer into memory. For
//! people to look at and for tests; a hall's kiosk has a screen.

use std::cell::RefCell;
use std::rc::Rc;

use anyhow::Context;
use slint::platform::software_renderer::{MinimalSoftwareWindow, RepaintBufferType};
use slint::platform::{Platform, WindowAdapter, update_timers_and_animations};
use slint::{PhysicalSize, PlatformError, Rgb8Pixel, SharedPixelBuffer};

/// Frames that an animation is waited for.
const LOOKS_MAX: u32 = 10_000;

/// What windows of this thread are drawn on.
pub(crate) struct Canvas {
    window: Rc<MinimalSoftwareWindow>,
    pixels: RefCell<SharedPixelBuffer<Rgb8Pixel>>,
}

struct Display(Rc<MinimalSoftwareWindow>);

impl Platform for Display {
    fn create_window_adapter(&self) -> Result<Rc<dyn WindowAdapter>, PlatformError> {
        Ok(self.0.clone())
    }
}

impl Canvas {
    /// Makes a canvas this thread's display; at most once in a thread.
    pub(crate) fn install() -> anyhow::Result<Canvas> {
        let window = MinimalSoftwareWindow::new(RepaintBufferType::ReusedBuffer);
        slint::platform::set_platform(Box::new(Display(Rc::clone(&window))))
            .context("there is a display already")?;
        Ok(Canvas { window, pixels: RefCell::new(SharedPixelBuffer::new(0, 0)) })
    }

    /// Gives the canvas another size.
    pub(crate) fn resize(&self, size: PhysicalSize) {
        self.window.set_size(size);
    }

    /// Draws what has changed.
    pub(crate) fn draw(&self) {
        update_timers_and_animations();
        let size = self.window.size();
        let mut pixels = self.pixels.borrow_mut();
        if (pixels.width(), pixels.height()) != (size.width, size.height) {
            *pixels = SharedPixelBuffer::new(size.width, size.height);
            self.window.request_redraw();
        }
        self.window.draw_if_needed(|renderer| {
            let stride = usize::try_from(size.width).expect("a width fits");
            renderer.render(pixels.make_mut_slice(), stride);
        });
    }

    /// Draws until nothing moves any more.
    pub(crate) fn settle(&self) {
        self.draw();
        // A page that was just built may still place its parts.
        for _ in 0..LOOKS_MAX {
            if !self.window.has_active_animations() {
                break;
            }
            self.draw();
        }
    }

    /// The picture as it is.
    #[cfg(all(test, feature = "layout-file"))]
    pub(crate) fn pixels(&self) -> SharedPixelBuffer<Rgb8Pixel> {
        self.pixels.borrow().clone()
    }

    /// The picture as PNG bytes.
    pub(crate) fn png(&self) -> anyhow::Result<Vec<u8>> {
        let pixels = self.pixels.borrow();
        let mut bytes = Vec::new();
        let mut encoder = png::Encoder::new(&mut bytes, pixels.width(), pixels.height());
        encoder.set_color(png::ColorType::Rgb);
        encoder.set_compression(png::Compression::Fast);
        let mut writer = encoder.write_header()?;
        writer.write_image_data(pixels.as_bytes())?;
        writer.finish()?;
        Ok(bytes)
    }
}
