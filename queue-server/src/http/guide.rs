//! What the hall is and what it offers: profile, catalogue, and what of
//! it is for one visitor.

use std::sync::Arc;

use axum::Json;
use axum::extract::State;
use axum::http::{HeaderMap, StatusCode, header};
use axum::response::{IntoResponse, Response};
use catalogue::{Answers, Notice};
use queue_api::{HallProfile, ProblemCode, TicketId};
use schemars::JsonSchema;
use serde::Deserialize;

use super::body::{Asked, At, check_text};
use super::caller::Caller;
use super::problem::Refused;
use crate::live::LiveHall;

/// Matters that a search gives; who is shown more types on.
const FOUND_MAX: usize = 20;

/// `GET /hall`.
pub(super) async fn hall(State(hall): State<Arc<LiveHall>>, _: Caller) -> Json<HallProfile> {
    Json(hall.profile().clone())
}

/// `GET /catalogue`: made once, 304 for whoever has it.
pub(super) async fn catalogue(
    State(hall): State<Arc<LiveHall>>,
    _: Caller,
    headers: HeaderMap,
) -> Response {
    let etag = format!("\"{}\"", hall.profile().catalogue_revision);
    let known =
        headers.get(header::IF_NONE_MATCH).is_some_and(|it| it.as_bytes() == etag.as_bytes());
    if known {
        return (StatusCode::NOT_MODIFIED, [(header::ETAG, etag)]).into_response();
    }
    let headers = [(header::ETAG, etag), (header::CONTENT_TYPE, "application/json".to_owned())];
    (headers, hall.catalogue_json.clone()).into_response()
}

/// What somebody types.
#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct Typed {
    q: String,
}

/// `GET /catalogue/search?q=`: ids of the matters that fit, best first.
pub(super) async fn search(
    State(hall): State<Arc<LiveHall>>,
    _: Caller,
    Asked(Typed { q }): Asked<Typed>,
) -> Result<Json<Vec<String>>, Refused> {
    check_text("q", &q)?;
    let most_used = &hall.profile().most_used;
    let found = hall.files.catalogue.find(&q, most_used).into_iter().take(FOUND_MAX);
    Ok(Json(found.map(|it| it.id.clone()).collect()))
}

/// `GET /tickets/{id}/papers`: what applies to the visitor in the matter
/// of their ticket, as the kiosk would print it today.
pub(super) async fn papers(
    State(hall): State<Arc<LiveHall>>,
    caller: Caller,
    At(id): At<TicketId>,
) -> Result<Json<Notice>, Refused> {
    caller.sees_tickets()?;
    let (matter, answers, today) = {
        let now = hall.engine.published().hall();
        let ticket = now.ticket(id).ok_or(ProblemCode::UnknownTicket)?;
        let matter = ticket.matter.clone().ok_or(ProblemCode::UnknownMatter)?;
        (matter, ticket.answers.clone().unwrap_or_default(), ticket.day)
    };
    let catalogue = &hall.files.catalogue;
    let matter = catalogue.matter(&matter).ok_or(ProblemCode::UnknownMatter)?;
    let answers: Answers = answers;
    let waives = hall.profile().waive_shared;
    Ok(Json(Notice::of(matter, &answers, today, &catalogue.workdays, waives)))
}
