//! A request as the command it asks for, and a refusal as the problem
//! that the client is told. Pure: the hall's files in, a command out.

use catalogue::{Limit, Unit};
use jiff::SignedDuration;
use jiff::civil::Date;
use queue_api::{
    Answers, AppointmentCode, AppointmentRequest, CommandId, IssueRequest, LaneId, LeaseRequest,
    OfflineTicket, ProblemCode, Source, TicketId,
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
    ticket_request(files, request, token, by).map(Command::IssueTicket)
}

fn ticket_request(
    files: &HallFiles,
    request: IssueRequest,
    token: String,
    by: &Actor,
) -> Result<TicketRequest, ProblemCode> {
    let (lane, answers) = place(files, &request)?;
    let answers_of = request.more_answers.into_iter().map(Some).chain(std::iter::repeat(None));
    let more = request.more.iter().zip(answers_of);
    let more = more.map(|(id, said)| errand(files, id, said)).collect::<Result<_, _>>()?;
    let grant = match (request.grant, by) {
        (Some(reason), Actor::Staff(by)) => Some(Grant { by: by.clone(), reason }),
        _ => None,
    };
    Ok(TicketRequest {
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
        holder: request.holder,
    })
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

fn errand(files: &HallFiles, id: &str, said: Option<Answers>) -> Result<Errand, ProblemCode> {
    let matter = files.catalogue.matter(id).ok_or(ProblemCode::UnknownMatter)?;
    let lane = matter.lane.parse().map_err(|_| ProblemCode::UnknownLane)?;
    let answers = said.map(|it| matter.concerning(&it)).filter(|it| !it.is_empty());
    Ok(Errand { lane, matter: id.to_owned(), answers })
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

/// Numbers for a kiosk; `token` is what the lease is known by.
pub fn lease(request: LeaseRequest, device: &str, token: String) -> Command {
    Command::LeaseNumbers { device: device.to_owned(), token, lanes: request.lanes }
}

/// What a kiosk did by itself, under the command id that telling it has:
/// however often it is told, it is one ticket. `off_by` is how far the
/// kiosk's clock is behind.
pub fn take_in(
    files: &HallFiles,
    told: OfflineTicket,
    off_by: SignedDuration,
) -> Result<(CommandId, Command), ProblemCode> {
    let asked_as = told.command_id;
    let request = IssueRequest {
        command_id: asked_as.clone(),
        lane: Some(told.number.lane.clone()),
        matter: told.matter,
        class: told.class,
        answers: told.answers,
        source: Source::Kiosk,
        more: told.more,
        more_answers: told.more_answers,
        priority: told.priority,
        grant: None,
        pass: None,
        holder: told.holder,
    };
    let request = ticket_request(files, request, told.token, &Actor::Server)?;
    let ticket = queue_core::OfflineTicket {
        lease: told.lease,
        day: told.business_day,
        number: told.number,
        issued_at: told.issued_at.saturating_add(off_by).unwrap_or(told.issued_at),
        request,
        instead_of: None,
        asked_as: asked_as.clone(),
    };
    Ok((asked_as.prefixed("o"), Command::TakeIn(ticket)))
}

/// The lane asked for, or the matter's own.
pub(crate) fn lane_of(
    files: &HallFiles,
    lane: Option<&LaneId>,
    matter: Option<&str>,
) -> Result<LaneId, ProblemCode> {
    let Some(id) = matter else { return lane.cloned().ok_or(ProblemCode::LaneOrMatter) };
    let own = errand(files, id, None)?.lane;
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
        Rejection::DayNotOpen => ProblemCode::DayClosed,
        Rejection::DayAlreadyOpen => ProblemCode::DayOpen,
        Rejection::NumbersStopped(_) => ProblemCode::NumbersStopped,
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
        Rejection::HasTicket(_) => ProblemCode::HasTicket,
        Rejection::GrantMissing => ProblemCode::GrantMissing,
        Rejection::NotNoShow(_) => ProblemCode::NotNoShow,
        Rejection::ReinstatedBefore(_) => ProblemCode::ReinstatedBefore,
        Rejection::TooLate { .. } => ProblemCode::TooLate,
        Rejection::TooSoon { .. } => ProblemCode::TooSoon,
        Rejection::NotParkedHere(_) => ProblemCode::NotParkedHere,
        Rejection::ReasonMissing => ProblemCode::ReasonMissing,
        Rejection::PassGivenBefore(_) => ProblemCode::PassGivenBefore,
        Rejection::NothingToLease => ProblemCode::NothingToLease,
        Rejection::NumberTaken(_) => ProblemCode::NumberTaken,
        Rejection::NothingToRate => ProblemCode::NothingToRate,
        Rejection::RatedBefore => ProblemCode::RatedBefore,
        Rejection::RatingOver { .. } => ProblemCode::RatingOver,
        Rejection::ReasonOfOtherLevel => ProblemCode::ReasonOfOtherLevel,
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
        Rejection::NothingToChange => ProblemCode::NothingToChange,
        Rejection::NoticeUnfit { .. } => ProblemCode::NoticeUnfit,
        Rejection::NoticesFull { .. } => ProblemCode::NoticesFull,
        Rejection::UnknownNotice(_) => ProblemCode::UnknownNotice,
        Rejection::StandInUnfit { .. } => ProblemCode::StandInUnfit,
        Rejection::StandInClash(_) => ProblemCode::StandInClash,
        Rejection::UnknownStandIn(_) => ProblemCode::UnknownStandIn,
    }
}
