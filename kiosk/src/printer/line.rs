//! What the rules of printing need: a line to a printer, and a clock.
//!
//! The rules see nothing else of the world, so that the same code runs
//! on ports and on a line of a test where a minute passes at once.

use std::time::Duration;

/// Why bytes did not pass.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Broken {
    /// The other end is gone.
    Gone,
    /// It took no byte, or gave none, until the deadline.
    TimedOut,
}

/// A line to a printer, and the clock by which it is waited for. No call
/// may last longer than its deadline, whatever the printer does.
pub trait Line {
    /// The time since some beginning; it never goes back.
    fn now(&self) -> Duration;

    /// Opens the line anew. What was on the way over the old one may be
    /// lost.
    fn open(&mut self, deadline: Duration) -> Result<(), Broken>;

    /// Closes the line; what the system still holds for it is dropped.
    fn close(&mut self);

    /// Sends bytes whole; at the deadline some of them may be gone.
    fn send(&mut self, bytes: &[u8], deadline: Duration) -> Result<(), Broken>;

    /// Waits for bytes and gives those that came; none came by the
    /// deadline if it gives none. Takes what is there even if the
    /// deadline is over.
    fn receive(&mut self, deadline: Duration) -> Result<Vec<u8>, Broken>;

    /// The speed of a line that may be slower than it takes bytes.
    fn bytes_per_second(&self) -> Option<u32>;

    /// Whether the other end may vanish without a sign, so that only a
    /// new connection shows whether it is back.
    fn can_be_half_open(&self) -> bool;
}
