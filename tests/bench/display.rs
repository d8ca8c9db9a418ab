//! A finger and an eye on an X display: presses through `XTest`, frames as
//! the server reports damage, without a process in between.

use std::time::Duration;

use anyhow::{Context, bail};
use x11rb::connection::Connection;
use x11rb::protocol::Event;
use x11rb::protocol::damage::{ConnectionExt as _, ReportLevel};
use x11rb::protocol::xproto::{
    BUTTON_PRESS_EVENT, BUTTON_RELEASE_EVENT, ConnectionExt as _, ImageFormat, MOTION_NOTIFY_EVENT,
    Window,
};
use x11rb::protocol::xtest::ConnectionExt as _;
use x11rb::rust_connection::RustConnection;

use crate::clock::{Stopwatch, pause};

/// How long a frame is waited for, and how often it is looked for.
const PATIENCE: Duration = Duration::from_secs(20);
const GLANCE: Duration = Duration::from_micros(200);

/// A place in the lintel, which every page has and nothing covers.
const LINTEL: Place = Place { x: 4, y: 20, width: 1, height: 1 };

/// A part of the display, in pixels.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Place {
    pub(crate) x: i16,
    pub(crate) y: i16,
    pub(crate) width: u16,
    pub(crate) height: u16,
}

/// A connection to the display.
pub(crate) struct Display {
    connection: RustConnection,
    root: Window,
    damage: u32,
}

impl Display {
    /// Connects and begins to look.
    pub(crate) fn open(name: &str) -> anyhow::Result<Display> {
        let (connection, screen) = x11rb::connect(Some(name)).context("no display")?;
        let root = connection.setup().roots[screen].root;
        connection.damage_query_version(1, 1)?.reply()?;
        connection.xtest_get_version(2, 2)?.reply()?;
        let damage = connection.generate_id()?;
        connection.damage_create(damage, root, ReportLevel::NON_EMPTY)?.check()?;
        Ok(Display { connection, root, damage })
    }

    /// Makes the display bare, so that a window's first frame is seen.
    pub(crate) fn clear(&self) -> anyhow::Result<()> {
        let watch = Stopwatch::start();
        while self.lintel()? != 0 {
            if watch.read() > PATIENCE {
                bail!("a window stays on the display");
            }
            pause(GLANCE);
        }
        self.forget()
    }

    /// Waits until a window shows its lintel.
    pub(crate) fn first_frame(&self) -> anyhow::Result<()> {
        let watch = Stopwatch::start();
        while self.lintel()? == 0 {
            if watch.read() > PATIENCE {
                bail!("no window comes");
            }
            pause(GLANCE);
        }
        Ok(())
    }

    /// Lays the finger over a place.
    pub(crate) fn point_at(&self, (x, y): (f32, f32)) -> anyhow::Result<()> {
        #[expect(clippy::cast_possible_truncation, reason = "a place on a screen")]
        let (x, y) = (x.round() as i16, y.round() as i16);
        self.fake(MOTION_NOTIFY_EVENT, 0, x, y)
    }

    /// Puts the finger down, or lifts it.
    pub(crate) fn press(&self, down: bool) -> anyhow::Result<()> {
        let what = if down { BUTTON_PRESS_EVENT } else { BUTTON_RELEASE_EVENT };
        self.fake(what, 1, 0, 0)
    }

    /// Forgets what was drawn until now.
    pub(crate) fn forget(&self) -> anyhow::Result<()> {
        self.connection.damage_subtract(self.damage, x11rb::NONE, x11rb::NONE)?.check()?;
        while self.connection.poll_for_event()?.is_some() {}
        Ok(())
    }

    /// Waits until something is drawn.
    pub(crate) fn next_frame(&self) -> anyhow::Result<()> {
        let watch = Stopwatch::start();
        loop {
            if let Some(Event::DamageNotify(_)) = self.connection.poll_for_event()? {
                return Ok(());
            }
            if watch.read() > PATIENCE {
                bail!("nothing is drawn");
            }
            pause(GLANCE);
        }
    }

    /// What is drawn in a place.
    pub(crate) fn pixels(&self, place: Place) -> anyhow::Result<Vec<u8>> {
        let Place { x, y, width, height } = place;
        let format = ImageFormat::Z_PIXMAP;
        let image = self.connection.get_image(format, self.root, x, y, width, height, u32::MAX)?;
        Ok(image.reply()?.data)
    }

    /// Waits until a place looks other than `before`: at each thing drawn
    /// anywhere it is looked at.
    pub(crate) fn differs(&self, place: Place, before: &[u8]) -> anyhow::Result<()> {
        while self.pixels(place)? == before {
            self.next_frame()?;
            self.forget()?;
        }
        Ok(())
    }

    /// The colour in the lintel; 0 where no window is.
    fn lintel(&self) -> anyhow::Result<u32> {
        let pixels = self.pixels(LINTEL)?;
        let pixel = pixels.get(..3).context("a pixel")?;
        Ok(pixel.iter().fold(0, |sum, it| sum << 8 | u32::from(*it)))
    }

    fn fake(&self, what: u8, detail: u8, x: i16, y: i16) -> anyhow::Result<()> {
        self.connection.xtest_fake_input(what, detail, 0, self.root, x, y, 0)?;
        Ok(self.connection.flush()?)
    }
}
