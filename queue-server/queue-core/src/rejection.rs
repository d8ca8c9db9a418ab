//! What a person asked for that can't be had, in words.

use crate::ids::{LaneId, TicketId, TicketNumber, WindowId};

/// Why a command was not done. Nothing changed.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Rejection {
    /// No business day is open.
    #[error("no business day is open")]
    DayNotOpen,
    /// That day is already open, or lies behind us.
    #[error("the business day is already open")]
    DayAlreadyOpen,
    /// The profile has no such lane.
    #[error("there is no lane `{0}`")]
    UnknownLane(LaneId),
    /// The profile has no such window.
    #[error("there is no window `{0}`")]
    UnknownWindow(WindowId),
    /// Not a ticket of this business day.
    #[error("there is no ticket `{0}` today")]
    UnknownTicket(TicketId),
    /// Only who waits can be made not to.
    #[error("`{0}` is not waiting")]
    NotWaiting(TicketNumber),
    /// Nobody sits there, or they are away.
    #[error("the window is not open")]
    WindowNotOpen,
    /// Somebody already sits there.
    #[error("the window is already open")]
    WindowAlreadyOpen,
    /// First finish whom you have.
    #[error("the window still has `{0}`")]
    WindowBusy(TicketNumber),
    /// Nobody was called to it.
    #[error("the window has not called anybody")]
    WindowIdle,
    /// The press was meant for a visitor who is no longer there.
    #[error("the window has `{0}` now")]
    OtherTicket(TicketNumber),
    /// The visitor came; it is too late to call again or to give up.
    #[error("`{0}` has already arrived")]
    AlreadyArrived(TicketNumber),
    /// The lanes of this window are empty.
    #[error("nobody is waiting")]
    NobodyWaiting,
}
