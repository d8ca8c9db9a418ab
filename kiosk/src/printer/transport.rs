//! Bytes to and from a file descriptor that must never block.
//!
//! Serial ports, USB printers and sockets are all one here: opened
//! non-blocking, written piece by piece until a deadline. This file must
//! not know what the bytes mean.

use std::os::fd::OwnedFd;
use std::time::{Duration, Instant};

use rustix::event::{PollFd, PollFlags, Timespec, poll};
use rustix::io::Errno;

use super::line::Broken;

/// What reading nothing means.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum EmptyRead {
    /// The other end closed.
    HungUp,
    /// The USB printer class reads empty packets at leisure.
    Nothing,
}

/// How long an empty packet is waited for, so that they do not spin.
const EMPTY_PACKET: Duration = Duration::from_millis(20);

/// The most bytes that are read at once; a printer says a few.
const READ_BYTES_MAX: usize = 256;

/// An open way to a printer.
#[derive(Debug)]
pub(super) struct Transport {
    fd: OwnedFd,
    empty_read: EmptyRead,
}

impl Transport {
    /// Takes over a non-blocking descriptor.
    pub(super) fn new(fd: OwnedFd, empty_read: EmptyRead) -> Self {
        Self { fd, empty_read }
    }

    /// Sends bytes whole; at the deadline some of them may be gone.
    pub(super) fn send(&self, bytes: &[u8], deadline: Instant) -> Result<(), Broken> {
        let mut rest = bytes;
        while !rest.is_empty() {
            match rustix::io::write(&self.fd, rest) {
                Ok(n) if n > 0 => rest = &rest[n..],
                Ok(_) | Err(Errno::AGAIN) => self.wait(PollFlags::OUT, deadline)?,
                Err(Errno::INTR) => {}
                Err(_) => return Err(Broken::Gone),
            }
        }
        Ok(())
    }

    /// Waits for bytes until the deadline.
    pub(super) fn receive(&self, deadline: Instant) -> Result<Vec<u8>, Broken> {
        let mut buffer = [0; READ_BYTES_MAX];
        loop {
            match self.wait(PollFlags::IN, deadline) {
                Ok(()) => {}
                Err(Broken::TimedOut) => return Ok(Vec::new()),
                Err(Broken::Gone) => return Err(Broken::Gone),
            }
            match rustix::io::read(&self.fd, &mut buffer) {
                Ok(0) if self.empty_read == EmptyRead::HungUp => return Err(Broken::Gone),
                Ok(0) => self.outlast(deadline.min(appliance::monotonic() + EMPTY_PACKET))?,
                Ok(n) => return Ok(buffer[..n].to_vec()),
                Err(Errno::AGAIN | Errno::INTR) => {}
                Err(_) => return Err(Broken::Gone),
            }
            if self.empty_read == EmptyRead::Nothing && appliance::monotonic() >= deadline {
                return Ok(Vec::new());
            }
        }
    }

    /// Waits until the line is ready. A line that is both ready and hung
    /// up counts as ready: the last bytes still come.
    fn wait(&self, flags: PollFlags, deadline: Instant) -> Result<(), Broken> {
        loop {
            let left = deadline.saturating_duration_since(appliance::monotonic());
            let mut fds = [PollFd::new(&self.fd, flags)];
            match poll(&mut fds, Some(&timespec(left))) {
                Ok(0) if left.is_zero() => return Err(Broken::TimedOut),
                Ok(0) | Err(Errno::INTR) => {}
                Ok(_) if fds[0].revents().intersects(flags) => return Ok(()),
                Ok(_) | Err(_) => return Err(Broken::Gone),
            }
        }
    }

    /// Lets the time pass while the other end is there.
    fn outlast(&self, until: Instant) -> Result<(), Broken> {
        let left = until.saturating_duration_since(appliance::monotonic());
        // Nothing is asked for, so only its end is told.
        let mut fds = [PollFd::new(&self.fd, PollFlags::empty())];
        match poll(&mut fds, Some(&timespec(left))) {
            Ok(0) | Err(Errno::INTR) => Ok(()),
            Ok(_) | Err(_) => Err(Broken::Gone),
        }
    }
}

fn timespec(duration: Duration) -> Timespec {
    Timespec::try_from(duration).unwrap_or(Timespec { tv_sec: i64::from(i32::MAX), tv_nsec: 0 })
}
