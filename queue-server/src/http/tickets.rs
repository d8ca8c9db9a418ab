//! Tickets: issue one, look one up, say what became of its paper, give
//! it up. A handler parses, asks the engine, and replies with the ticket
//! as it is then, which may have been called already.

use std::sync::Arc;

use axum::Json;
use axum::extract::State;
use axum::http::StatusCode;
use queue_api::{
    IssueRequest, PrintOutcome, PrintedReport, ProblemCode, Ticket, TicketCommand, TicketId,
    TicketView,
};
use queue_core::{Command, CommandId};

use super::body::{At, Body, check_text};
use super::caller::{Caller, Secret};
use super::problem::Refused;
use crate::live::LiveHall;
use crate::{commands, secret, views};

/// Questions that are answered at once, and options chosen in one.
const ANSWERS_MAX: usize = 64;

type Hall = State<Arc<LiveHall>>;

/// `POST /tickets`: 201 the first time, 200 for the same command again.
pub(super) async fn issue(
    State(hall): Hall,
    caller: Caller,
    Body(request): Body<IssueRequest>,
) -> Result<(StatusCode, Json<Ticket>), Refused> {
    let caller = caller.issues_this(&request)?;
    check_answers(&request)?;
    let command_id = request.command_id.clone();
    let command = commands::issue(&hall.files, request, secret::ticket_token())?;
    let done = hall.engine.submit(Some(command_id), caller.actor(), command).await?;
    let status = if done.repeated { StatusCode::OK } else { StatusCode::CREATED };
    let ticket = done.ticket.ok_or(ProblemCode::Internal)?;
    Ok((status, Json(look_up(&hall, ticket)?)))
}

/// More answers than any matter asks for, and more options than any
/// question offers, are not read.
fn check_answers(request: &IssueRequest) -> Result<(), Refused> {
    let mut answers = request.answers.iter().flatten();
    let few = request.answers.as_ref().is_none_or(|it| it.len() <= ANSWERS_MAX);
    if few && answers.all(|(_, chosen)| chosen.len() <= ANSWERS_MAX) {
        return Ok(());
    }
    Err(Refused::because(ProblemCode::Malformed, format!("more than {ANSWERS_MAX} answers")))
}

/// `GET /tickets/{id}`.
pub(super) async fn show(
    State(hall): Hall,
    caller: Caller,
    At(id): At<TicketId>,
) -> Result<Json<Ticket>, Refused> {
    let secret = caller.sees_tickets()?;
    let ticket = look_up(&hall, id)?;
    Ok(Json(match secret {
        Secret::Shown => ticket,
        Secret::Hidden => views::without_secret(ticket),
    }))
}

/// `POST /tickets/{id}/printed`.
pub(super) async fn printed(
    State(hall): Hall,
    caller: Caller,
    At(id): At<TicketId>,
    Body(report): Body<PrintedReport>,
) -> Result<Json<Ticket>, Refused> {
    if let PrintOutcome::NotStarted { reason } = &report.outcome {
        check_text("reason", reason)?;
    }
    let command = Command::ReportPrinted { ticket: id, print: report.outcome };
    act(&hall, caller, id, report.command_id, command).await
}

/// `POST /tickets/{id}/void`.
pub(super) async fn void(
    State(hall): Hall,
    caller: Caller,
    At(id): At<TicketId>,
    Body(body): Body<TicketCommand>,
) -> Result<Json<Ticket>, Refused> {
    act(&hall, caller, id, body.command_id, Command::VoidTicket { ticket: id }).await
}

async fn act(
    hall: &LiveHall,
    caller: Caller,
    ticket: TicketId,
    command_id: CommandId,
    command: Command,
) -> Result<Json<Ticket>, Refused> {
    let caller = caller.issues()?;
    hall.engine.submit(Some(command_id), caller.actor(), command).await?;
    look_up(hall, ticket).map(Json)
}

fn look_up(hall: &LiveHall, id: TicketId) -> Result<Ticket, Refused> {
    let now = hall.engine.published().hall();
    let ticket = now.ticket(id).ok_or(ProblemCode::UnknownTicket)?;
    Ok(views::ticket(&now, hall.profile(), ticket))
}

/// `GET /status/{token}`: for whoever holds the paper.
pub(super) async fn status(
    State(hall): Hall,
    At(token): At<String>,
) -> Result<Json<TicketView>, Refused> {
    let now = hall.engine.published().hall();
    let ticket = now.ticket_by_token(&token).ok_or(ProblemCode::UnknownTicket)?;
    Ok(Json(views::status(&now, hall.profile(), ticket)))
}
