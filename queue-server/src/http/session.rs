//! Signing in and out.

use std::net::IpAddr;
use std::sync::Arc;

use axum::extract::State;
use axum::http::{HeaderMap, StatusCode, header};
use axum::response::{AppendHeaders, IntoResponse};
use axum::{Extension, Json};
use queue_api::{ProblemCode, SessionReply, SessionRequest};

use super::body::{Body, check_text};
use super::caller::{COOKIE, Caller, bearer, cookie};
use super::problem::Refused;
use super::serve::Peer;
use crate::access::{Session, Tried};
use crate::live::LiveHall;

/// `POST /session`: the cookie for the pages, the token for programs.
pub(super) async fn sign_in(
    State(hall): State<Arc<LiveHall>>,
    Extension(Peer(from)): Extension<Peer>,
    Body(request): Body<SessionRequest>,
) -> Result<impl IntoResponse, Refused> {
    check_text("pin", &request.pin)?;
    match try_pin(&hall, &request, from).await? {
        Tried::Right => {}
        Tried::Wrong => return Err(ProblemCode::WrongPin.into()),
        Tried::Closed => return Err(ProblemCode::TooManyTries.into()),
    }
    let member = hall.staff(&request.staff).ok_or(ProblemCode::WrongPin)?;
    let window = request.window.or(member.window);
    if window.is_some_and(|id| !hall.profile().windows.iter().any(|it| it.id == id)) {
        return Err(ProblemCode::UnknownWindow.into());
    }
    let session = Session { staff: request.staff, window };
    let token = hall.access.begin(&session, appliance::now())?;
    tracing::info!(staff = %session.staff, window = window.map(|it| it.0), "signed in");
    // `Secure` would keep the cookie from a hall that works without TLS.
    let set = format!("{COOKIE}={token}; HttpOnly; SameSite=Strict; Path=/");
    let reply = SessionReply { token, staff: session.staff, role: member.role, window };
    Ok((StatusCode::CREATED, AppendHeaders([(header::SET_COOKIE, set)]), Json(reply)))
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
    let ended = token.map_or(Ok(()), |token| hall.access.end(token));
    let gone = format!("{COOKIE}=; HttpOnly; SameSite=Strict; Path=/; Max-Age=0");
    let reply = ended.map(|()| StatusCode::NO_CONTENT).map_err(Refused::from);
    (AppendHeaders([(header::SET_COOKIE, gone)]), reply)
}
