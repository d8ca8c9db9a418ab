//! Kiosks that give numbers by themselves: a lease beforehand, the
//! tickets afterwards.

use std::sync::Arc;

use axum::Json;
use axum::extract::State;
use axum::http::StatusCode;
use queue_api::{
    CommandId, LeaseRequest, NumberLease, OfflineTicket, ProblemCode, TakeInReply, TakeInRequest,
    TakenIn,
};
use queue_core::Command;

use super::body::Body;
use super::caller::{Caller, is_for_kiosks};
use super::problem::Refused;
use super::tickets::check_answers;
use crate::actor::Actor;
use crate::live::LiveHall;
use crate::{commands, secret, views};

/// Tickets in one request.
const TICKETS_MAX: usize = 64;

/// The longest token of a ticket or a lease, in characters. Ours have 22.
const TOKEN_CHARS: std::ops::RangeInclusive<usize> = 16..=64;

type Hall = State<Arc<LiveHall>>;

/// `POST /leases`: 201 and numbers; the same command has the same.
pub(super) async fn lease(
    State(hall): Hall,
    caller: Caller,
    Body(request): Body<LeaseRequest>,
) -> Result<(StatusCode, Json<NumberLease>), Refused> {
    let device = caller.kiosk()?;
    let command_id = request.command_id.clone();
    let command = commands::lease(request, &device.name, secret::ticket_token());
    let done = hall.engine.submit(Some(command_id), caller.actor(), command).await?;
    let now = hall.engine.published().hall();
    // One of the day before is nobody's any more.
    let lease = now.lease_of(done.seq).ok_or(ProblemCode::NothingToLease)?;
    let business_day = now.day().ok_or(ProblemCode::DayClosed)?;
    let lease = views::number_lease(&now, lease, business_day);
    Ok((if done.repeated { StatusCode::OK } else { StatusCode::CREATED }, Json(lease)))
}

/// `POST /tickets/import`: each is taken in, or refused for itself.
pub(super) async fn import(
    State(hall): Hall,
    caller: Caller,
    Body(request): Body<TakeInRequest>,
) -> Result<Json<TakeInReply>, Refused> {
    caller.kiosk()?;
    if request.tickets.len() > TICKETS_MAX {
        let detail = format!("more than {TICKETS_MAX} tickets");
        return Err(Refused::because(ProblemCode::Malformed, detail));
    }
    for told in &request.tickets {
        if !is_for_kiosks(told.class) {
            return Err(ProblemCode::NotYours.into());
        }
        check_answers(told.answers.as_ref(), told.more.len())?;
        check_secrets(told)?;
    }
    let off_by = appliance::now().duration_since(request.sent_at);
    let by = caller.actor();
    // All are handed over before the first is awaited: one commit takes
    // them together, in this order.
    let submitted = request.tickets.into_iter().map(|told| {
        let command_id = told.command_id.clone();
        let asked = commands::take_in(&hall.files, told, off_by);
        take_in(&hall, by.clone(), command_id, asked)
    });
    let tickets = futures_util::future::join_all(submitted).await;
    Ok(Json(TakeInReply { tickets }))
}

async fn take_in(
    hall: &LiveHall,
    by: Actor,
    told_as: CommandId,
    asked: Result<(CommandId, Command), ProblemCode>,
) -> TakenIn {
    let done = match asked {
        Ok((id, command)) => {
            let done = hall.engine.submit(Some(id), by, command).await;
            done.map_err(|refusal| commands::problem_of(&refusal))
        }
        Err(code) => Err(code),
    };
    let (ticket, problem) = match done {
        Ok(done) => (done.ticket, None),
        Err(code) => {
            tracing::warn!(code = code.code(), command = %told_as, "an offline number is refused");
            (None, Some(code))
        }
    };
    TakenIn { command_id: told_as, ticket, problem }
}

fn check_secrets(told: &OfflineTicket) -> Result<(), Refused> {
    let sound = |it: &str| {
        let plain = |byte: u8| byte.is_ascii_alphanumeric() || byte == b'-' || byte == b'_';
        TOKEN_CHARS.contains(&it.len()) && it.bytes().all(plain)
    };
    if sound(&told.token) && sound(&told.lease) {
        return Ok(());
    }
    let detail = "a token is 16 to 64 letters, digits, hyphens and underscores";
    Err(Refused::because(ProblemCode::Malformed, detail))
}
