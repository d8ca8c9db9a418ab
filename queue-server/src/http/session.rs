//! Signing in and out.

use std::net::IpAddr;
use std::sync::Arc;

use axum::extract::State;
use axum::http::{HeaderMap, StatusCode, header};
use axum::response::{AppendHeaders, IntoResponse};
use axum::{Extension, Json};
use queue_api::{AuditFact, ProblemCode, SessionReply, SessionRequest, StaffId, StaffRole};
use schemars::JsonSchema;
use serde::Deserialize;

use super::body::{Asked, Body, check_text};
use super::caller::{COOKIE, Caller, bearer, cookie, from_elsewhere};
use super::clear::Way;
use super::problem::Refused;
use super::serve::Peer;
use crate::access::{Session, Tried};
use crate::live::LiveHall;

/// `POST /session`: the cookie for the pages, the token for programs.
pub(super) async fn sign_in(
    State(hall): State<Arc<LiveHall>>,
    Extension(Peer(from)): Extension<Peer>,
    Extension(way): Extension<Way>,
    headers: HeaderMap,
    Body(request): Body<SessionRequest>,
) -> Result<impl IntoResponse, Refused> {
    if from_elsewhere(&headers) {
        return Err(ProblemCode::NotYours.into());
    }
    check_text("pin", &request.pin)?;
    match try_pin(&hall, &request, from).await? {
        Tried::Right => {}
        Tried::Wrong => {
            note_wrong(&hall, &request.staff, from);
            return Err(ProblemCode::WrongPin.into());
        }
        Tried::Closed => return Err(ProblemCode::TooManyTries.into()),
    }
    let member = hall.staff(&request.staff).ok_or(ProblemCode::WrongPin)?;
    let window = request.window.or(member.window);
    if window.is_some_and(|id| !hall.profile().windows.iter().any(|it| it.id == id)) {
        return Err(ProblemCode::UnknownWindow.into());
    }
    let session = Session { staff: request.staff, window };
    let token = hall.access.begin(&session, appliance::now())?;
    // A browser has one session: what it brought along ends here.
    if let Some(before) = cookie(&headers) {
        hall.access.end(before)?;
    }
    let fact = AuditFact::SignedIn { staff: session.staff.clone(), from: from.to_string() };
    hall.access.note(&fact, appliance::now());
    tracing::info!(staff = %session.staff, window = window.map(|it| it.0), "signed in");
    // It would keep the cookie from a hall that works without TLS.
    let secure = if way == Way::Secret { "; Secure" } else { "" };
    let set = format!("{COOKIE}={token}; HttpOnly; SameSite=Strict; Path=/{secure}");
    let reply = SessionReply { token, staff: session.staff, role: member.role, window };
    Ok((StatusCode::CREATED, AppendHeaders([(header::SET_COOKIE, set)]), Json(reply)))
}

/// Notes a wrong PIN, and that it closed the door if it did. A door that
/// was closed before is not noted again: that would be without end.
fn note_wrong(hall: &LiveHall, staff: &StaffId, from: IpAddr) {
    let (now, place) = (appliance::now(), from.to_string());
    if hall.staff(staff).is_none() {
        if let Some(times) = hall.strangers.came(now) {
            hall.access.note(&AuditFact::UnknownNumber { from: place, times }, now);
        }
        return;
    }
    let staff = staff.clone();
    let closed = hall.pins.is_closed(&staff, from, now);
    hall.access.note(&AuditFact::WrongPin { staff: staff.clone(), from: place.clone() }, now);
    if closed {
        hall.access.note(&AuditFact::Locked { staff, from: place }, now);
    }
}

/// Looks at the PIN when it is this address's turn.
async fn try_pin(
    hall: &LiveHall,
    request: &SessionRequest,
    from: IpAddr,
) -> Result<Tried, Refused> {
    let SessionRequest { staff, pin, .. } = request.clone();
    // A closed door needs no check: nobody waits to hear of it.
    if hall.pins.is_closed(&staff, from, appliance::now()) {
        return Ok(Tried::Closed);
    }
    let turn = hall.line.turn(from).await.ok_or(ProblemCode::Busy)?;
    let hash = hall.staff(&staff).map(|it| it.pin_hash.clone());
    let pins = Arc::clone(&hall.pins);
    let check = move || pins.try_pin(&staff, &pin, hash.as_deref(), from, appliance::now());
    turn.check(check).await.ok_or_else(|| ProblemCode::Internal.into())
}

/// `GET /session`: who am I. The token stays where it is.
pub(super) async fn show(caller: Caller) -> Result<Json<SessionReply>, Refused> {
    match caller {
        Caller::Staff { session, role } => Ok(Json(SessionReply {
            token: String::new(),
            staff: session.staff,
            role,
            window: session.window,
        })),
        Caller::Device(_) => Err(ProblemCode::NotYours.into()),
    }
}

/// `DELETE /session`. The browser loses its cookie even if the disk is
/// full: who has left a shared machine must not stay signed in there.
pub(super) async fn sign_out(
    State(hall): State<Arc<LiveHall>>,
    headers: HeaderMap,
) -> impl IntoResponse {
    let token = bearer(&headers).or_else(|| cookie(&headers));
    let ended = token.map_or(Ok(()), |token| end(&hall, token));
    let gone = format!("{COOKIE}=; HttpOnly; SameSite=Strict; Path=/; Max-Age=0");
    let reply = ended.map(|()| StatusCode::NO_CONTENT).map_err(Refused::from);
    (AppendHeaders([(header::SET_COOKIE, gone)]), reply)
}

fn end(hall: &LiveHall, token: &str) -> rusqlite::Result<()> {
    let now = appliance::now();
    let session = hall.access.session(token, now)?;
    hall.access.end(token)?;
    if let Some(Session { staff, .. }) = session {
        hall.access.note(&AuditFact::SignedOut { staff }, now);
    }
    Ok(())
}

/// Whose sessions.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct Whose {
    /// One's own without it; another's for manager and administrator.
    staff: Option<StaffId>,
}

/// `DELETE /sessions`: ends every session of a number, wherever it is
/// signed in, and with them what their pages follow.
pub(super) async fn sign_out_everywhere(
    State(hall): State<Arc<LiveHall>>,
    caller: Caller,
    Asked(Whose { staff }): Asked<Whose>,
) -> Result<StatusCode, Refused> {
    let Caller::Staff { session, role } = caller else { return Err(ProblemCode::NotYours.into()) };
    let by = session.staff;
    let staff = staff.unwrap_or_else(|| by.clone());
    if staff != by && !matches!(role, StaffRole::Manager | StaffRole::Admin) {
        return Err(ProblemCode::NotYours.into());
    }
    hall.access.end_all(&staff)?;
    tracing::info!(%staff, %by, "signed out everywhere");
    hall.access.note(&AuditFact::SignedOutEverywhere { staff, by }, appliance::now());
    hall.engine.published().ring();
    Ok(StatusCode::NO_CONTENT)
}
