//! A printer at the USB printer class (`/dev/usb/lp0`).

use std::io;
use std::path::Path;

use rustix::fs::{Mode, OFlags};

use super::transport::{EmptyRead, Transport};

pub(super) fn open(path: &Path) -> io::Result<Transport> {
    let flags = OFlags::RDWR | OFlags::NOCTTY | OFlags::NONBLOCK | OFlags::CLOEXEC;
    let device = rustix::fs::open(path, flags, Mode::empty())?;
    Ok(Transport::new(device, EmptyRead::Nothing))
}
