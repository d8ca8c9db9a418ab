//! Draws without a display: the software renderer into memory, and from
//! there into PNG files. For pictures and for tests; a hall's board has a
//! screen.

use std::cell::RefCell;
use std::fs;
use std::path::{Path, PathBuf};
use std::rc::Rc;
use std::sync::mpsc::{Receiver, RecvTimeoutError, Sender, channel};

use anyhow::Context;
use slint::platform::software_renderer::{MinimalSoftwareWindow, RepaintBufferType};
use slint::platform::{
    EventLoopProxy, Platform, WindowAdapter, duration_until_next_timer_update,
    update_timers_and_animations,
};
use slint::{EventLoopError, PlatformError, Rgb8Pixel, SharedPixelBuffer};

/// What a window is drawn on where there is no display.
pub(crate) struct Canvas {
    window: Rc<MinimalSoftwareWindow>,
    pixels: RefCell<SharedPixelBuffer<Rgb8Pixel>>,
}

impl Canvas {
    /// Makes the canvas this thread's display; windows opened from now on
    /// are drawn on it. With a file, each change is written there while
    /// the event loop runs.
    pub(crate) fn install(file: Option<PathBuf>) -> anyhow::Result<Rc<Canvas>> {
        let canvas = Rc::new(Canvas {
            window: MinimalSoftwareWindow::new(RepaintBufferType::ReusedBuffer),
            pixels: RefCell::new(SharedPixelBuffer::new(0, 0)),
        });
        let (sender, events) = channel();
        let display = Display { canvas: Rc::clone(&canvas), file, sender, events };
        slint::platform::set_platform(Box::new(display)).context("there is a display already")?;
        Ok(canvas)
    }

    /// Draws what has changed; false if nothing has.
    pub(crate) fn draw(&self) -> bool {
        update_timers_and_animations();
        let size = self.window.size();
        let mut pixels = self.pixels.borrow_mut();
        if (pixels.width(), pixels.height()) != (size.width, size.height) {
            *pixels = SharedPixelBuffer::new(size.width, size.height);
        }
        self.window.draw_if_needed(|renderer| {
            let stride = pixels.width() as usize;
            renderer.render(pixels.make_mut_slice(), stride);
        })
    }

    /// The picture: width and height, and red, green and blue of each
    /// pixel.
    pub(crate) fn pixels(&self) -> ((u32, u32), Vec<u8>) {
        let pixels = self.pixels.borrow();
        ((pixels.width(), pixels.height()), pixels.as_bytes().to_vec())
    }

    /// Writes the picture so that nobody ever sees half of it.
    pub(crate) fn write(&self, path: &Path) -> anyhow::Result<()> {
        let draft = path.with_extension("png.new");
        let (size, pixels) = self.pixels();
        fs::write(&draft, png_file(size, &pixels)?)
            .and_then(|()| fs::rename(&draft, path))
            .with_context(|| format!("cannot write `{}`", path.display()))
    }
}

/// A picture of that width and height as a PNG file.
pub(crate) fn png_file((width, height): (u32, u32), pixels: &[u8]) -> anyhow::Result<Vec<u8>> {
    let mut bytes = Vec::new();
    let mut encoder = png::Encoder::new(&mut bytes, width, height);
    encoder.set_color(png::ColorType::Rgb);
    let mut writer = encoder.write_header()?;
    writer.write_image_data(pixels)?;
    writer.finish()?;
    Ok(bytes)
}

/// Slint's display for the canvas.
struct Display {
    canvas: Rc<Canvas>,
    file: Option<PathBuf>,
    sender: Sender<Event>,
    events: Receiver<Event>,
}

enum Event {
    Invoke(Box<dyn FnOnce() + Send>),
    Quit,
}

impl Platform for Display {
    fn create_window_adapter(&self) -> Result<Rc<dyn WindowAdapter>, PlatformError> {
        Ok(self.canvas.window.clone())
    }

    fn run_event_loop(&self) -> Result<(), PlatformError> {
        loop {
            if self.canvas.draw()
                && let Some(file) = &self.file
            {
                self.canvas
                    .write(file)
                    .map_err(|error| PlatformError::Other(format!("{error:#}")))?;
            }
            let event = match duration_until_next_timer_update() {
                Some(wait) => self.events.recv_timeout(wait),
                None => self.events.recv().map_err(|_| RecvTimeoutError::Disconnected),
            };
            match event {
                Ok(Event::Invoke(run)) => run(),
                Err(RecvTimeoutError::Timeout) => {}
                Ok(Event::Quit) | Err(RecvTimeoutError::Disconnected) => return Ok(()),
            }
        }
    }

    fn new_event_loop_proxy(&self) -> Option<Box<dyn EventLoopProxy>> {
        Some(Box::new(Proxy(self.sender.clone())))
    }
}

struct Proxy(Sender<Event>);

impl Proxy {
    fn send(&self, event: Event) -> Result<(), EventLoopError> {
        self.0.send(event).map_err(|_| EventLoopError::EventLoopTerminated)
    }
}

impl EventLoopProxy for Proxy {
    fn quit_event_loop(&self) -> Result<(), EventLoopError> {
        self.send(Event::Quit)
    }

    fn invoke_from_event_loop(
        &self,
        event: Box<dyn FnOnce() + Send>,
    ) -> Result<(), EventLoopError> {
        self.send(Event::Invoke(event))
    }
}
