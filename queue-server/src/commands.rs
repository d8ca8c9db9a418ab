//! A request as the command it asks for, and a refusal as the problem
//! that the client is told. Pure: the hall's files in, a command out.

use catalogue::{Limit, Unit};
use jiff::civil::Date;
use queue_api::{
    Answers, AppointmentCode, AppointmentRequest, IssueRequest, LaneId, ProblemCode, TicketId,
};
use queue_core::{Booking, Command, Errand, Grant, Rejection, TicketRequest};

use crate::actor::Actor;
use crate::engine::Refusal;
use crate::profile::HallFiles;

/// A number for a matter or a lane; `token` is the secret of its paper,
/// `by` answers for a green one.
pub fn issue(
    files: &HallFiles,
    request: IssueRequest,
    token: String,
    by: &Actor,
) -> Result<Command, ProblemCode> {
    let (lane, answers) = place(files, &request)?;
    let more = request.more.iter().map(|id| errand(files, id)).collect::<Result<_, _>>()?;
    let grant = match (request.grant, by) {
        (Some(reason), Actor::Staff(by)) => Some(Grant { by: by.clone(), reason }),
        _ => None,
    };
    Ok(Command::IssueTicket(TicketRequest {
        lane,
        matter: request.matter,
        class: request.class,
        answers,
        source: request.source,
        token,
        more,
        priority: request.priority,
        grant,
        pass: request.pass,
    }))
}

/// An appointment for a matter or a lane; `code` was chosen for it.
pub fn make_appointment(
    files: &HallFiles,
    request: AppointmentRequest,
    code: AppointmentCode,
) -> Result<Command, ProblemCode> {
    let AppointmentRequest { command_id: _, lane, matter, day, time } = request;
    let lane = lane_of(files, lane.as_ref(), matter.as_deref())?;
    Ok(Command::MakeAppointment(Booking { code, lane, matter, day, time, reference: None }))
}

fn errand(files: &HallFiles, id: &str) -> Result<Errand, ProblemCode> {
    let matter = files.catalogue.matter(id).ok_or(ProblemCode::UnknownMatter)?;
    let lane = matter.lane.parse().map_err(|_| ProblemCode::UnknownLane)?;
    Ok(Errand { lane, matter: id.to_owned() })
}

/// The lane asked for, or the matter's own, which are the same where both
/// are named; and of the answers those that the matter asks for.
fn place(
    files: &HallFiles,
    request: &IssueRequest,
) -> Result<(LaneId, Option<Answers>), ProblemCode> {
    let lane = lane_of(files, request.lane.as_ref(), request.matter.as_deref())?;
    let Some(id) = &request.matter else { return Ok((lane, None)) };
    let matter = files.catalogue.matter(id).ok_or(ProblemCode::UnknownMatter)?;
    Ok((lane, request.answers.as_ref().map(|answers| matter.concerning(answers))))
}

/// The lane asked for, or the matter's own.
pub(crate) fn lane_of(
    files: &HallFiles,
    lane: Option<&LaneId>,
    matter: Option<&str>,
) -> Result<LaneId, ProblemCode> {
    let Some(id) = matter else { return lane.cloned().ok_or(ProblemCode::LaneOrMatter) };
    let own = errand(files, id)?.lane;
    if lane.is_some_and(|named| *named != own) {
        return Err(ProblemCode::LaneNotOfMatter);
    }
    Ok(own)
}

/// A return pass from today for as many working days as the hall gives.
pub fn give_pass(files: &HallFiles, ticket: TicketId, token: String, today: Date) -> Command {
    let days = Limit { value: files.pass_days, unit: Unit::Workday };
    let until = files.catalogue.workdays.add(today, days).date;
    Command::GivePass { ticket, token, until }
}

/// What a client is told that was refused.
pub fn problem_of(refusal: &Refusal) -> ProblemCode {
    match refusal {
        Refusal::Rejected(rejection) => problem_of_rejection(rejection),
        Refusal::CommandReused => ProblemCode::CommandReused,
        Refusal::Busy => ProblemCode::Busy,
        Refusal::NotStored | Refusal::Ended => ProblemCode::NotStored,
    }
}

fn problem_of_rejection(rejection: &Rejection) -> ProblemCode {
    match rejection {
        Rejection::DayNotOpen | Rejection::DayAlreadyOpen => ProblemCode::DayClosed,
        Rejection::UnknownLane(_) => ProblemCode::UnknownLane,
        Rejection::UnknownWindow(_) => ProblemCode::UnknownWindow,
        Rejection::UnknownTicket(_) => ProblemCode::UnknownTicket,
        Rejection::NotWaiting(_) => ProblemCode::NotWaiting,
        Rejection::WindowNotOpen => ProblemCode::WindowNotOpen,
        Rejection::WindowAlreadyOpen => ProblemCode::WindowAlreadyOpen,
        Rejection::WindowBusy(_) => ProblemCode::WindowBusy,
        Rejection::WindowIdle => ProblemCode::WindowIdle,
        Rejection::OtherTicket(_) => ProblemCode::OtherTicket,
        Rejection::AlreadyArrived(_) => ProblemCode::AlreadyArrived,
        Rejection::NobodyWaiting => ProblemCode::NobodyWaiting,
        Rejection::LaneClosed { .. } => ProblemCode::LaneClosed,
        Rejection::LastTicketGiven(_) => ProblemCode::LastTicketGiven,
        Rejection::QuotaReached { .. } => ProblemCode::QuotaReached,
        Rejection::GrantMissing => ProblemCode::GrantMissing,
        Rejection::NotNoShow(_) => ProblemCode::NotNoShow,
        Rejection::ReinstatedBefore(_) => ProblemCode::ReinstatedBefore,
        Rejection::TooLate { .. } => ProblemCode::TooLate,
        Rejection::TooSoon { .. } => ProblemCode::TooSoon,
        Rejection::NotParkedHere(_) => ProblemCode::NotParkedHere,
        Rejection::ReasonMissing => ProblemCode::ReasonMissing,
        Rejection::PassGivenBefore(_) => ProblemCode::PassGivenBefore,
        Rejection::PassInvalid => ProblemCode::PassInvalid,
        Rejection::UnknownAppointment(_) => ProblemCode::UnknownAppointment,
        Rejection::DayNotBookable { .. } => ProblemCode::DayNotBookable,
        Rejection::NoSlot { .. } => ProblemCode::NoSlot,
        Rejection::SlotFull { .. } => ProblemCode::SlotFull,
        Rejection::CodeTaken(_) => ProblemCode::CodeTaken,
        Rejection::ReferenceTaken(_) => ProblemCode::ReferenceTaken,
        Rejection::LinesRefused(_) => ProblemCode::ImportRefused,
        Rejection::NotBooked(_) => ProblemCode::NotBooked,
        Rejection::CancelTooLate { .. } => ProblemCode::CancelTooLate,
        Rejection::CheckedInBefore(_) => ProblemCode::CheckedInBefore,
        Rejection::CheckInEarly { .. } => ProblemCode::CheckInEarly,
        Rejection::AppointmentMissed => ProblemCode::AppointmentMissed,
    }
}
