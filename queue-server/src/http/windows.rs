//! A clerk's window: look at it, and act at it.
//!
//! Every act answers with the whole window as it is when the answer is
//! made, at the `seq` that the view bears: the act's own or a later one,
//! if somebody acted in between. Not with the window as the act left it:
//! that would be older than what the feed may have shown already, and a
//! screen takes the newest `seq` from wherever it comes. Whether the act
//! itself was done is said by the status, not by the view.

use std::sync::Arc;

use axum::Json;
use axum::extract::State;
use queue_api::{Outcome, ProblemCode, QueueView, WindowCommand, WindowId, WindowView};
use queue_core::{Command, Line, StaffId, WindowAct};
use schemars::JsonSchema;
use serde::Deserialize;

use super::body::{At, Body, check_text};
use super::caller::Caller;
use super::problem::Refused;
use crate::live::LiveHall;
use crate::views;

/// The longest pause that a sign speaks of.
const PAUSE_MINUTES_MAX: u32 = 4 * 60;

/// The last part of `POST /windows/{w}/{verb}`.
#[derive(Clone, Copy, Debug, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub(super) enum Verb {
    Open,
    Pause,
    Close,
    CallNext,
    Recall,
    Arrive,
    NoShow,
    Finish,
    Call,
    Park,
    Resume,
    Transfer,
}

/// `GET /windows/{w}`.
pub(super) async fn show(
    State(hall): State<Arc<LiveHall>>,
    caller: Caller,
    At(window): At<WindowId>,
) -> Result<Json<WindowView>, Refused> {
    caller.staff()?;
    view(&hall, window)
}

/// `POST /windows/{w}/{verb}`.
pub(super) async fn act(
    State(hall): State<Arc<LiveHall>>,
    caller: Caller,
    At((window, verb)): At<(WindowId, Verb)>,
    Body(body): Body<WindowCommand>,
) -> Result<Json<WindowView>, Refused> {
    let staff = caller.serves_at(window)?;
    check_text("reason", body.reason.as_deref().unwrap_or_default())?;
    check_text("note", body.note.as_deref().unwrap_or_default())?;
    let command_id = body.command_id.clone();
    let command = Command::AtWindow { window, act: window_act(verb, body, staff)? };
    hall.engine.submit(Some(command_id), caller.actor(), command).await?;
    view(&hall, window)
}

fn window_act(verb: Verb, body: WindowCommand, staff: StaffId) -> Result<WindowAct, ProblemCode> {
    let ticket = body.ticket;
    let named = || ticket.ok_or(ProblemCode::UnknownTicket);
    Ok(match verb {
        Verb::Open => WindowAct::Open { staff },
        Verb::Pause => {
            // A sign that says tomorrow is a closed window's.
            let minutes = body.minutes.map(|it| it.clamp(1, PAUSE_MINUTES_MAX));
            WindowAct::Pause { reason: body.reason, minutes }
        }
        Verb::Close => WindowAct::Close,
        Verb::CallNext => WindowAct::CallNext,
        Verb::Recall => WindowAct::Recall { ticket },
        Verb::Arrive => WindowAct::Arrive { ticket },
        Verb::NoShow => WindowAct::NoShow { ticket },
        Verb::Finish => {
            WindowAct::Finish { ticket, outcome: body.outcome.unwrap_or(Outcome::DoneNow) }
        }
        Verb::Call => WindowAct::Call { ticket: named()?, why: body.reason.unwrap_or_default() },
        Verb::Park => WindowAct::Park { ticket },
        Verb::Resume => WindowAct::Resume { ticket: named()? },
        Verb::Transfer => {
            let to = match (body.to_lane, body.to_window) {
                (Some(lane), None) => Line::Lane(lane),
                (None, Some(window)) => Line::Window(window),
                _ => return Err(ProblemCode::LaneOrWindow),
            };
            WindowAct::Transfer { ticket, to, note: body.note }
        }
    })
}

fn view(hall: &LiveHall, window: WindowId) -> Result<Json<WindowView>, Refused> {
    let now = hall.engine.published().hall();
    let view = views::window(&now, hall.profile(), window, appliance::now())
        .ok_or(ProblemCode::UnknownWindow)?;
    Ok(Json(view))
}

/// `GET /queue`.
pub(super) async fn queue(
    State(hall): State<Arc<LiveHall>>,
    caller: Caller,
) -> Result<Json<QueueView>, Refused> {
    caller.staff()?;
    let now = hall.engine.published().hall();
    Ok(Json(views::queue(&now, hall.profile(), appliance::now())))
}
