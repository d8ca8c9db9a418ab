//! Tickets: issue one, look one up, say what became of its paper, give
//! it up. A handler parses, asks the engine, and replies.

use std::sync::Arc;

use axum::Json;
use axum::extract::State;
use axum::http::StatusCode;
use queue_api::{
    IssueRequest, PrintedReport, ProblemCode, Ticket, TicketCommand, TicketId, TicketView,
};
use queue_core::{Command, CommandId};

use super::body::{At, Body};
use super::caller::Caller;
use super::problem::Refused;
use crate::live::LiveHall;
use crate::{commands, secret, views};

type Hall = State<Arc<LiveHall>>;

/// `POST /tickets`: 201 the first time, 200 for the same command again.
pub(super) async fn issue(
    State(hall): Hall,
    caller: Caller,
    Body(request): Body<IssueRequest>,
) -> Result<(StatusCode, Json<Ticket>), Refused> {
    let caller = caller.issues()?;
    let command_id = request.command_id.clone();
    let command = commands::issue(&hall.files, request, secret::ticket_token())?;
    let done = hall.engine.submit(Some(command_id), caller.actor(), command).await?;
    let status = if done.repeated { StatusCode::OK } else { StatusCode::CREATED };
    let ticket = done.ticket.ok_or(ProblemCode::Internal)?;
    Ok((status, Json(look_up(&hall, ticket)?)))
}

/// `GET /tickets/{id}`.
pub(super) async fn show(
    State(hall): Hall,
    _: Caller,
    At(id): At<TicketId>,
) -> Result<Json<Ticket>, Refused> {
    look_up(&hall, id).map(Json)
}

/// `POST /tickets/{id}/printed`.
pub(super) async fn printed(
    State(hall): Hall,
    caller: Caller,
    At(id): At<TicketId>,
    Body(report): Body<PrintedReport>,
) -> Result<Json<Ticket>, Refused> {
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
