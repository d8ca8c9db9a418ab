//! Tickets: issue one, look one up, say what became of its paper, give
//! it up. A handler parses, asks the engine, and replies with the ticket
//! as it is then, which may have been called already.

use std::sync::Arc;

use axum::Json;
use axum::extract::State;
use axum::http::StatusCode;
use queue_api::{
    Answers, BeforeYou, IssueRequest, PassReply, PassView, PrintOutcome, PrintedReport,
    ProblemCode, Ticket, TicketCommand, TicketId, TicketNumber,
};
use queue_core::{Command, CommandId};
use schemars::JsonSchema;
use serde::Deserialize;

use super::body::{Asked, At, Body, check_text};
use super::caller::Caller;
use super::problem::Refused;
use crate::live::LiveHall;
use crate::{commands, secret, views};

/// Questions that are answered at once, and options chosen in one.
const ANSWERS_MAX: usize = 64;

/// Further matters on one ticket.
const MATTERS_MAX: usize = 8;

type Hall = State<Arc<LiveHall>>;

/// `POST /tickets`: 201 the first time, 200 for the same command again.
pub(super) async fn issue(
    State(hall): Hall,
    caller: Caller,
    Body(request): Body<IssueRequest>,
) -> Result<(StatusCode, Json<Ticket>), Refused> {
    let caller = caller.issues_this(&request)?;
    check_answers(request.answers.as_ref(), request.more.len())?;
    check_text("grant", request.grant.as_deref().unwrap_or_default())?;
    let (command_id, by) = (request.command_id.clone(), caller.actor());
    let command = commands::issue(&hall.files, request, secret::ticket_token(), &by)?;
    let done = hall.engine.submit(Some(command_id), by, command).await?;
    let status = if done.repeated { StatusCode::OK } else { StatusCode::CREATED };
    let ticket = done.ticket.ok_or(ProblemCode::Internal)?;
    Ok((status, Json(look_up(&hall, ticket)?)))
}

/// More answers than any matter asks for, and more options than any
/// question offers, are not read.
pub(super) fn check_answers(answers: Option<&Answers>, matters: usize) -> Result<(), Refused> {
    let few = answers.is_none_or(|it| it.len() <= ANSWERS_MAX);
    let mut answers = answers.into_iter().flatten();
    if matters > MATTERS_MAX {
        return Err(Refused::because(ProblemCode::Malformed, "too many matters on one ticket"));
    }
    if few && answers.all(|(_, chosen)| chosen.len() <= ANSWERS_MAX) {
        return Ok(());
    }
    Err(Refused::because(ProblemCode::Malformed, format!("more than {ANSWERS_MAX} answers")))
}

/// Which ticket: by its number, or by the secret that a scanner read off
/// its paper.
#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct Wanted {
    number: Option<TicketNumber>,
    token: Option<String>,
}

/// `GET /tickets?number=…` or `?token=…`: a ticket of today.
pub(super) async fn find(
    State(hall): Hall,
    caller: Caller,
    Asked(Wanted { number, token }): Asked<Wanted>,
) -> Result<Json<Ticket>, Refused> {
    let secret = caller.sees_tickets()?;
    let id = {
        let now = hall.engine.published().hall();
        let found = match (&number, &token) {
            (Some(number), None) => now.tickets().find(|it| it.number == *number),
            (None, Some(token)) => now.ticket_by_token(token),
            _ => return Err(Refused::because(ProblemCode::Malformed, "a number or a token")),
        };
        found.ok_or(ProblemCode::UnknownTicket)?.id
    };
    look_up(&hall, id).map(|it| Json(secret.keeps(it)))
}

/// `GET /tickets/{id}`.
pub(super) async fn show(
    State(hall): Hall,
    caller: Caller,
    At(id): At<TicketId>,
) -> Result<Json<Ticket>, Refused> {
    let secret = caller.sees_tickets()?;
    look_up(&hall, id).map(|it| Json(secret.keeps(it)))
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

/// `POST /tickets/{id}/reinstate`.
pub(super) async fn reinstate(
    State(hall): Hall,
    caller: Caller,
    At(id): At<TicketId>,
    Body(body): Body<TicketCommand>,
) -> Result<Json<Ticket>, Refused> {
    let caller = caller.reinstates()?;
    let command = Command::Reinstate { ticket: id };
    hall.engine.submit(Some(body.command_id), caller.actor(), command).await?;
    look_up(&hall, id).map(Json)
}

/// `POST /tickets/{id}/pass`: a return pass, for the same command the
/// same one.
pub(super) async fn pass(
    State(hall): Hall,
    caller: Caller,
    At(id): At<TicketId>,
    Body(body): Body<TicketCommand>,
) -> Result<Json<PassReply>, Refused> {
    let caller = caller.reinstates()?;
    let today = hall.engine.published().hall().day().ok_or(ProblemCode::DayClosed)?;
    let command = commands::give_pass(&hall.files, id, secret::ticket_token(), today);
    hall.engine.submit(Some(body.command_id), caller.actor(), command).await?;
    // There is one on a ticket, whichever request it was made for.
    pass_on(&hall, id)
}

/// `GET /tickets/{id}/pass`: the one that was given, to print it again.
pub(super) async fn pass_given(
    State(hall): Hall,
    caller: Caller,
    At(id): At<TicketId>,
) -> Result<Json<PassReply>, Refused> {
    caller.reinstates()?;
    pass_on(&hall, id)
}

fn pass_on(hall: &LiveHall, id: TicketId) -> Result<Json<PassReply>, Refused> {
    let now = hall.engine.published().hall();
    let pass = now.pass_on(id).ok_or(ProblemCode::PassInvalid)?.pass.clone();
    Ok(Json(PassReply { token: pass.token, lane: pass.lane, until: pass.until }))
}

/// The secret of a pass.
#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct Held {
    token: String,
}

/// `GET /passes?token=…`: what a return pass is worth, for who takes it.
/// The paper of somebody who waited in vain is one.
pub(super) async fn pass_held(
    State(hall): Hall,
    caller: Caller,
    Asked(Held { token }): Asked<Held>,
) -> Result<Json<PassView>, Refused> {
    caller.issues()?;
    let now = hall.engine.published().hall();
    let held = now.pass(&token).ok_or(ProblemCode::PassInvalid)?;
    if now.day().is_some_and(|today| held.pass.until < today) {
        return Err(ProblemCode::PassInvalid.into());
    }
    Ok(Json(views::pass(&now, hall.profile(), held, appliance::now())))
}

/// `GET /tickets/{id}/before`: who is called earlier, and why.
pub(super) async fn before(
    State(hall): Hall,
    caller: Caller,
    At(id): At<TicketId>,
) -> Result<Json<Vec<BeforeYou>>, Refused> {
    caller.sees_tickets()?;
    let now = hall.engine.published().hall();
    let ticket = now.ticket(id).ok_or(ProblemCode::UnknownTicket)?;
    Ok(Json(views::before(&now, ticket, appliance::now())))
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

pub(super) fn look_up(hall: &LiveHall, id: TicketId) -> Result<Ticket, Refused> {
    let now = hall.engine.published().hall();
    let ticket = now.ticket(id).ok_or(ProblemCode::UnknownTicket)?;
    Ok(views::ticket(&now, hall.profile(), ticket, appliance::now()))
}
