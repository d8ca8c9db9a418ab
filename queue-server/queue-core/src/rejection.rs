//! What a person asked for that can't be had, in words.

use jiff::civil::{Date, DateTime, Time};

use crate::appointment::{AppointmentCode, AppointmentId};
use crate::ids::{LaneId, TicketId, TicketNumber, WindowId};
use crate::manage::{NoticeId, StandInId};

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
    /// The lane gives no numbers now.
    #[error("lane `{lane}` gives no numbers now")]
    LaneClosed {
        /// Which.
        lane: LaneId,
        /// When it begins today, if it still does.
        opens: Option<Time>,
    },
    /// The manager stopped its numbers.
    #[error("numbers of lane `{0}` are stopped")]
    NumbersStopped(LaneId),
    /// Numbers have stopped, so that everybody is served before the hall
    /// closes.
    #[error("lane `{0}` gives no more numbers today")]
    LastTicketGiven(LaneId),
    /// As many were given as there may be.
    #[error("lane `{lane}` has given its {quota} numbers")]
    QuotaReached {
        /// Which.
        lane: LaneId,
        /// Numbers for the day, or for this span of it.
        quota: u32,
        /// When the next span begins, if one does today.
        next: Option<Time>,
    },
    /// The green channel wants a name and a reason.
    #[error("a green ticket needs who grants it and why")]
    GrantMissing,
    /// One live ticket for a matter: they have this one.
    #[error("the visitor has `{0}` for this already")]
    HasTicket(TicketNumber),
    /// Only who did not come is put back.
    #[error("`{0}` was not passed over")]
    NotNoShow(TicketNumber),
    /// The place was given back once already.
    #[error("`{0}` was put back once already")]
    ReinstatedBefore(TicketNumber),
    /// Too long ago.
    #[error("`{number}` was passed over more than {minutes} minutes ago")]
    TooLate {
        /// Who.
        number: TicketNumber,
        /// For how long a place is kept.
        minutes: u32,
    },
    /// The visitor was called too little or too shortly to be passed over.
    #[error("`{number}` is passed over after {calls} calls and {seconds} seconds")]
    TooSoon {
        /// Who.
        number: TicketNumber,
        /// Calls there must be.
        calls: u32,
        /// Seconds since the first of them.
        seconds: u32,
    },
    /// This window did not set them aside.
    #[error("`{0}` was not set aside here")]
    NotParkedHere(TicketNumber),
    /// Calling out of turn, or a pass, wants a reason.
    #[error("a reason is missing")]
    ReasonMissing,
    /// One pass for a ticket.
    #[error("a return pass was given on `{0}` already")]
    PassGivenBefore(TicketNumber),
    /// There are no numbers that a kiosk could give by itself.
    #[error("there are no numbers to lease")]
    NothingToLease,
    /// A kiosk says that it gave this number, and it is not the kiosk's.
    #[error("`{0}` is somebody else's")]
    NumberTaken(TicketNumber),
    /// Nothing was done on the ticket, or not so much, or it is long ago.
    #[error("there is no such service")]
    NothingToRate,
    /// A service is rated once.
    #[error("the service was rated already")]
    RatedBefore,
    /// Too late.
    #[error("the service could be rated until {until}")]
    RatingOver {
        /// The last day.
        until: Date,
    },
    /// Each level has reasons of its own.
    #[error("a reason is not one of that level")]
    ReasonOfOtherLevel,
    /// No such pass, or it was used, or its last day is over.
    #[error("the return pass is not valid")]
    PassInvalid,
    /// Not an appointment that the hall knows.
    #[error("there is no appointment `{0}`")]
    UnknownAppointment(AppointmentId),
    /// Too soon, too late, or the hall makes no appointments.
    #[error("appointments are made from {first} to {last}")]
    DayNotBookable {
        /// First day.
        first: Date,
        /// Last day.
        last: Date,
    },
    /// No slot begins there, or it has begun.
    #[error("lane `{lane}` has no slot at {at}{}", next_free(*.next))]
    NoSlot {
        /// Which.
        lane: LaneId,
        /// Day and time that were asked for.
        at: DateTime,
        /// The next with a free place.
        next: Option<(Date, Time)>,
    },
    /// As many were booked as the windows can take.
    #[error("lane `{lane}` is booked up at {at}{}", next_free(*.next))]
    SlotFull {
        /// Which.
        lane: LaneId,
        /// Day and time that were asked for.
        at: DateTime,
        /// The next with a free place.
        next: Option<(Date, Time)>,
    },
    /// Another appointment has this code.
    #[error("another appointment has the code `{0}`")]
    CodeTaken(AppointmentCode),
    /// The same reference, and another wish.
    #[error("`{0}` is booked for something else; cancel that first")]
    ReferenceTaken(String),
    /// Lines of a file can't be had; nothing of it was done.
    #[error("{} line(s) cannot be booked", .0.len())]
    LinesRefused(Vec<(u64, Rejection)>),
    /// It was cancelled, checked in or missed already.
    #[error("appointment `{0}` is not awaited any more")]
    NotBooked(AppointmentId),
    /// Others could not take the place any more.
    #[error("an appointment is given up {minutes} minutes before at the latest")]
    CancelTooLate {
        /// How long before.
        minutes: u32,
    },
    /// The visitor has a ticket.
    #[error("the appointment became ticket `{0}` already")]
    CheckedInBefore(TicketId),
    /// One checks in on the day, and not hours before.
    #[error("one checks in on {day} from {opens}")]
    CheckInEarly {
        /// The appointment's day.
        day: Date,
        /// From when.
        opens: Time,
    },
    /// The visitor came too late, and may take an ordinary number.
    #[error("the appointment was missed")]
    AppointmentMissed,
    /// It is so already.
    #[error("it is so already")]
    NothingToChange,
    /// A line on the boards without text, too long, or over before it
    /// begins.
    #[error("a notice has 1 to {chars_max} characters in both languages, and ends after it begins")]
    NoticeUnfit {
        /// The most characters.
        chars_max: usize,
    },
    /// Boards would not show each often enough.
    #[error("there are {notices_max} notices already")]
    NoticesFull {
        /// The most there can be.
        notices_max: usize,
    },
    /// Removed, or never posted.
    #[error("there is no notice `{0}`")]
    UnknownNotice(NoticeId),
    /// Over already, or too long.
    #[error("a stand-in is filed for 1 to {days_max} days that are not over")]
    StandInUnfit {
        /// The longest.
        days_max: i32,
    },
    /// Somebody else sits there then, or this one sits elsewhere.
    #[error("filing `{0}` is for the same days")]
    StandInClash(StandInId),
    /// Withdrawn, over, or never filed.
    #[error("there is no filing `{0}`")]
    UnknownStandIn(StandInId),
}

fn next_free(next: Option<(Date, Time)>) -> String {
    next.map_or_else(String::new, |(day, time)| {
        format!("; the next free slot is {day} {}", time.strftime("%H:%M"))
    })
}
