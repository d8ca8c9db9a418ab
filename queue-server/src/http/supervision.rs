//! The record, for a supervisor, who reads everything and changes
//! nothing. The manager may read it, too.

use std::sync::Arc;

use axum::Json;
use axum::extract::State;
use axum::http::StatusCode;
use jiff::civil::Date;
use queue_api::{Look, ProblemCode, RecordReport, TicketHistory, TicketNumber, ToldPage};
use schemars::JsonSchema;
use serde::Deserialize;

use super::body::{Asked, At};
use super::caller::Caller;
use super::problem::Refused;
use crate::live::LiveHall;
use crate::supervision;

/// The largest page.
const EVENTS_MAX: usize = 200;

/// A page, unless another size is asked for.
const EVENTS: usize = 50;

type Hall = State<Arc<LiveHall>>;

/// Which events.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct Asking {
    day: Date,
    look: Look,
    before: Option<u64>,
    limit: Option<usize>,
}

/// Which day.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct OfDay {
    day: Date,
}

/// `GET /supervision/events`.
pub(super) async fn events(
    State(hall): Hall,
    caller: Caller,
    Asked(asking): Asked<Asking>,
) -> Result<Json<ToldPage>, Refused> {
    caller.reads_reports()?;
    let Asking { day, look, before, limit } = asking;
    let limit = limit.unwrap_or(EVENTS).clamp(1, EVENTS_MAX);
    let page = hall.reading.ask(move |it| supervision::page(it, day, look, before, limit)).await?;
    // A day on which nothing happened has an empty page.
    Ok(Json(page.unwrap_or(ToldPage { day, events: Vec::new(), before: None })))
}

/// `GET /supervision/tickets/{number}`.
pub(super) async fn ticket(
    State(hall): Hall,
    caller: Caller,
    At(number): At<TicketNumber>,
    Asked(OfDay { day }): Asked<OfDay>,
) -> Result<Json<TicketHistory>, Refused> {
    caller.reads_reports()?;
    let found = hall.reading.ask(move |it| supervision::ticket(it, day, &number)).await?;
    found.map(Json).ok_or_else(|| ProblemCode::UnknownTicket.into())
}

/// `GET /supervision/record`.
pub(super) async fn record(
    State(hall): Hall,
    caller: Caller,
) -> Result<Json<RecordReport>, Refused> {
    caller.reads_reports()?;
    Ok(Json(report(&hall)))
}

/// `POST /supervision/record/walk`: walks through all of it. Nothing in
/// the hall is changed by that; while one goes on there is no second.
pub(super) async fn walk(
    State(hall): Hall,
    caller: Caller,
) -> Result<(StatusCode, Json<RecordReport>), Refused> {
    caller.reads_reports()?;
    if let Err(error) = hall.engine.walks().walk(hall.reading.path().to_owned()) {
        tracing::error!(%error, "cannot start a thread");
        return Err(ProblemCode::Internal.into());
    }
    Ok((StatusCode::ACCEPTED, Json(report(&hall))))
}

fn report(hall: &LiveHall) -> RecordReport {
    let seq = hall.engine.published().hall().seq();
    hall.engine.walks().report(seq)
}
