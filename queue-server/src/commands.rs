//! A request as the command it asks for, and a refusal as the problem
//! that the client is told. Pure: the hall's files in, a command out.

use queue_api::{Answers, IssueRequest, LaneId, ProblemCode};
use queue_core::{Command, Rejection, TicketRequest};

use crate::engine::Refusal;
use crate::profile::HallFiles;

/// A number for a matter or a lane; `token` is the secret of its paper.
pub fn issue(
    files: &HallFiles,
    request: IssueRequest,
    token: String,
) -> Result<Command, ProblemCode> {
    let (lane, answers) = place(files, &request)?;
    Ok(Command::IssueTicket(TicketRequest {
        lane,
        matter: request.matter,
        class: request.class,
        answers,
        source: request.source,
        token,
    }))
}

/// The lane asked for, or the matter's own, which are the same where both
/// are named; and of the answers those that the matter asks for.
fn place(
    files: &HallFiles,
    request: &IssueRequest,
) -> Result<(LaneId, Option<Answers>), ProblemCode> {
    let Some(id) = &request.matter else {
        let lane = request.lane.clone().ok_or(ProblemCode::LaneOrMatter)?;
        return Ok((lane, None));
    };
    let matter = files.catalogue.matter(id).ok_or(ProblemCode::UnknownMatter)?;
    let lane = matter.lane.parse().map_err(|_| ProblemCode::UnknownLane)?;
    if request.lane.as_ref().is_some_and(|named| *named != lane) {
        return Err(ProblemCode::LaneNotOfMatter);
    }
    Ok((lane, request.answers.as_ref().map(|answers| matter.concerning(answers))))
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
    }
}
