//! Bytes to and from a file descriptor that must never block.
//!
//! Serial ports, USB printers and sockets are all one here: opened
//! non-blocking, written piece by piece until a deadline, paced if the
//! line is slow. This file must not know what the bytes mean beyond
//! cutting replies.

use std::os::fd::OwnedFd;
use std::time::{Duration, Instant};

use rustix::event::{PollFd, PollFlags, Timespec, poll};
use rustix::io::Errno;
use slip::{Reply, ReplyReader};

/// Why bytes did not pass.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Broken {
    /// The other end is gone.
    Gone,
    /// It took no byte until the deadline.
    TimedOut,
}

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

/// An open line to a printer.
#[derive(Debug)]
pub(super) struct Line {
    fd: OwnedFd,
    replies: ReplyReader,
    empty_read: EmptyRead,
    /// The speed of a line that may be faster than its buffers admit.
    bytes_per_second: Option<u32>,
}

impl Line {
    /// Takes over a non-blocking descriptor.
    pub(super) fn new(fd: OwnedFd, empty_read: EmptyRead, bytes_per_second: Option<u32>) -> Self {
        Self { fd, replies: ReplyReader::default(), empty_read, bytes_per_second }
    }

    /// How long so many bytes are on the way.
    pub(super) fn travel_time(&self, n_bytes: usize) -> Duration {
        let n_bytes = u32::try_from(n_bytes).unwrap_or(u32::MAX);
        match self.bytes_per_second {
            Some(speed) => Duration::from_secs(1) * n_bytes / speed.max(1),
            None => Duration::ZERO,
        }
    }

    /// Sends bytes whole; at the deadline some of them may be gone.
    pub(super) fn send(&mut self, bytes: &[u8], deadline: Instant) -> Result<(), Broken> {
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

    /// Lets bytes that were sent travel, keeping the replies that come
    /// meanwhile.
    pub(super) fn pace(&mut self, n_bytes: usize) -> Result<(), Broken> {
        let arrived = appliance::monotonic() + self.travel_time(n_bytes);
        while appliance::monotonic() < arrived {
            match self.wait(PollFlags::IN, arrived) {
                Ok(()) => self.read(arrived)?,
                Err(Broken::TimedOut) => break,
                Err(Broken::Gone) => return Err(Broken::Gone),
            }
        }
        Ok(())
    }

    /// The next reply, or nothing by the deadline.
    pub(super) fn reply(&mut self, deadline: Instant) -> Result<Option<Reply>, Broken> {
        loop {
            if let Some(reply) = self.replies.next_reply() {
                return Ok(Some(reply));
            }
            match self.wait(PollFlags::IN, deadline) {
                Ok(()) => self.read(deadline)?,
                Err(Broken::TimedOut) => return Ok(None),
                Err(Broken::Gone) => return Err(Broken::Gone),
            }
        }
    }

    /// Throws away what was said before.
    pub(super) fn drain(&mut self) -> Result<(), Broken> {
        self.replies = ReplyReader::default();
        while self.reply(appliance::monotonic())?.is_some() {}
        self.replies = ReplyReader::default();
        Ok(())
    }

    fn read(&mut self, deadline: Instant) -> Result<(), Broken> {
        let mut buffer = [0; 256];
        match rustix::io::read(&self.fd, &mut buffer) {
            Ok(0) if self.empty_read == EmptyRead::HungUp => Err(Broken::Gone),
            Ok(0) => {
                let until = deadline.min(appliance::monotonic() + EMPTY_PACKET);
                self.sleep_until(until);
                Ok(())
            }
            Ok(n) => {
                self.replies.push(&buffer[..n]);
                Ok(())
            }
            Err(Errno::AGAIN | Errno::INTR) => Ok(()),
            Err(_) => Err(Broken::Gone),
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

    fn sleep_until(&self, until: Instant) {
        let left = until.saturating_duration_since(appliance::monotonic());
        // Nothing is asked for, so only the time can end this early.
        let mut fds = [PollFd::new(&self.fd, PollFlags::empty())];
        let _woken = poll(&mut fds, Some(&timespec(left))).is_ok();
    }
}

fn timespec(duration: Duration) -> Timespec {
    Timespec::try_from(duration).unwrap_or(Timespec { tv_sec: i64::from(i32::MAX), tv_nsec: 0 })
}
