//! What the holder of a ticket's paper sees and may do: look, give the
//! number up, rate a service. The secret of the paper is all it takes;
//! it says nothing of any other ticket, and no log has it.

use std::net::IpAddr;
use std::sync::Arc;

use axum::extract::State;
use axum::http::{HeaderMap, HeaderName, StatusCode, header};
use axum::response::{IntoResponse, Response};
use axum::{Extension, Json};
use catalogue::Lang;
use queue_api::{ProblemCode, RateRequest, TicketCommand, TicketView};
use queue_core::{Command, TicketId};
use schemars::JsonSchema;
use serde::Deserialize;

use super::body::{Asked, At, Body};
use super::pages;
use super::problem::Refused;
use super::serve::Peer;
use crate::actor::Actor;
use crate::live::LiveHall;
use crate::phone::{Origin, Unknown};
use crate::{phone, views};

type Hall = State<Arc<LiveHall>>;

/// The ticket as it is then; nobody on the way keeps it.
type Answer = Result<([(HeaderName, &'static str); 1], Json<TicketView>), Refused>;

/// `?lang=` of the pages.
#[derive(Debug, Deserialize, JsonSchema)]
pub(super) struct Asks {
    lang: Option<String>,
}

/// `GET /status/{token}`.
pub(super) async fn show(
    State(hall): Hall,
    Extension(Peer(from)): Extension<Peer>,
    At(token): At<String>,
) -> Answer {
    answer(&hall, from, &token)
}

/// `POST /status/{token}/leave`.
pub(super) async fn leave(
    State(hall): Hall,
    Extension(Peer(from)): Extension<Peer>,
    At(token): At<String>,
    Body(body): Body<TicketCommand>,
) -> Answer {
    let ticket = holders(&hall, from, &token)?;
    let command = Command::LeaveQueue { ticket };
    hall.engine.submit(Some(body.command_id), Actor::Visitor, command).await?;
    answer(&hall, from, &token)
}

/// `POST /status/{token}/rate`.
pub(super) async fn rate(
    State(hall): Hall,
    Extension(Peer(from)): Extension<Peer>,
    At(token): At<String>,
    Body(body): Body<RateRequest>,
) -> Answer {
    let ticket = holders(&hall, from, &token)?;
    let RateRequest { command_id, service, level, reasons } = body;
    let command = Command::RateService { ticket, service, level, reasons };
    hall.engine.submit(Some(command_id), Actor::Visitor, command).await?;
    answer(&hall, from, &token)
}

/// `GET /t/{token}`: 404 for a secret that no paper bears which the hall
/// still knows.
pub(super) async fn page(
    State(hall): Hall,
    Extension(Peer(from)): Extension<Peer>,
    At(token): At<String>,
    Asked(Asks { lang }): Asked<Asks>,
    headers: HeaderMap,
) -> Response {
    let lang = language(lang.as_deref(), &headers);
    let Some(view) = view(&hall, &token) else { return unknown_page(&hall, from, lang) };
    let (notices, rejoin) = {
        let now = hall.engine.published().hall();
        (phone::notices(&now, &hall.files, &token), now.rules().reinstate.within_minutes)
    };
    let now = appliance::now();
    pages::private(phone::ticket_page(&hall.files, &view, &notices, &token, rejoin, now, lang))
}

/// `GET /t/{token}/notice`.
pub(super) async fn notice(
    State(hall): Hall,
    Extension(Peer(from)): Extension<Peer>,
    At(token): At<String>,
    Asked(Asks { lang }): Asked<Asks>,
    headers: HeaderMap,
) -> Response {
    let lang = language(lang.as_deref(), &headers);
    let Some(view) = view(&hall, &token) else { return unknown_page(&hall, from, lang) };
    let notices = phone::notices(&hall.engine.published().hall(), &hall.files, &token);
    let number = view.number.to_string();
    let origin = Origin::Ticket { number: &number, token: &token };
    pages::private(phone::notice_page(&hall.files, &notices, origin, lang))
}

/// `GET /n/{list}`: what a visitor was told at a kiosk, from the code on
/// the screen or on the paper. Nothing of it is kept.
pub(super) async fn list(
    State(hall): Hall,
    At(list): At<String>,
    Asked(Asks { lang }): Asked<Asks>,
    headers: HeaderMap,
) -> Response {
    let lang = language(lang.as_deref(), &headers);
    let today = hall.files.rules.zone.to_datetime(appliance::now()).date();
    let Some(notices) = phone::asked_about(&hall.files, &list, today) else {
        let page = phone::unknown_page(&hall.files, Unknown::List, lang);
        return (StatusCode::NOT_FOUND, pages::private(page)).into_response();
    };
    pages::private(phone::notice_page(&hall.files, &notices, Origin::List, lang))
}

/// What is told of a secret that no paper bears: no such ticket, or that
/// there were too many tries from there.
pub(super) fn unknown(hall: &LiveHall, from: IpAddr) -> ProblemCode {
    if hall.papers.was_wrong(from, appliance::now()) {
        ProblemCode::TooManyTries
    } else {
        ProblemCode::UnknownTicket
    }
}

fn unknown_page(hall: &LiveHall, from: IpAddr, lang: Lang) -> Response {
    let code = unknown(hall, from);
    let too_many = code == ProblemCode::TooManyTries;
    let unknown = if too_many { Unknown::TooMany } else { Unknown::Ticket };
    let status = StatusCode::from_u16(code.status()).unwrap_or(StatusCode::NOT_FOUND);
    (status, pages::private(phone::unknown_page(&hall.files, unknown, lang))).into_response()
}

fn answer(hall: &LiveHall, from: IpAddr, token: &str) -> Answer {
    let view = view(hall, token).ok_or_else(|| unknown(hall, from))?;
    Ok(([(header::CACHE_CONTROL, "no-store")], Json(view)))
}

fn view(hall: &LiveHall, token: &str) -> Option<TicketView> {
    let now = appliance::now();
    views::status(&hall.engine.published().hall(), &hall.files, token, now)
}

/// The ticket whose paper bears the secret, of today or of a day on which
/// somebody was served on it.
fn holders(hall: &LiveHall, from: IpAddr, token: &str) -> Result<TicketId, ProblemCode> {
    let now = hall.engine.published().hall();
    let today = now.ticket_by_token(token).map(|it| it.id);
    let found = today.or_else(|| now.served_by_token(token).map(|(id, _)| id));
    found.ok_or_else(|| unknown(hall, from))
}

fn language(asked: Option<&str>, headers: &HeaderMap) -> Lang {
    let accepts = headers.get(header::ACCEPT_LANGUAGE).and_then(|it| it.to_str().ok());
    phone::language(asked, accepts)
}
