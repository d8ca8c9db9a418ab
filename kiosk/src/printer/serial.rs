//! A printer at a serial port.
//!
//! Opened by hand because the port must not block: the usual crate
//! clears that flag again, and a write to a stuck printer then hangs
//! for good.

use std::io;
use std::path::Path;

use rustix::fs::{Mode, OFlags};
use rustix::termios::{
    ControlModes, OptionalActions, QueueSelector, ioctl_tiocexcl, tcflush, tcgetattr, tcsetattr,
};

use super::transport::{EmptyRead, Transport};

pub(super) fn open(path: &Path, baud: u32) -> io::Result<Transport> {
    let flags = OFlags::RDWR | OFlags::NOCTTY | OFlags::NONBLOCK | OFlags::CLOEXEC;
    let port = rustix::fs::open(path, flags, Mode::empty())?;
    let mut settings = tcgetattr(&port)?;
    settings.make_raw();
    settings.control_modes |= ControlModes::CREAD | ControlModes::CLOCAL;
    settings.control_modes &= !(ControlModes::CSTOPB | ControlModes::CRTSCTS);
    settings.set_speed(baud)?;
    tcsetattr(&port, OptionalActions::Now, &settings)?;
    ioctl_tiocexcl(&port)?;
    // What a program before us left in the buffers is not our slip.
    tcflush(&port, QueueSelector::IOFlush)?;
    Ok(Transport::new(port, EmptyRead::HungUp))
}
