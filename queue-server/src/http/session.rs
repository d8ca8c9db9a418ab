//! Signing in and out.

use std::sync::Arc;

use axum::Json;
use axum::extract::State;
use axum::http::{HeaderMap, StatusCode, header};
use axum::response::{AppendHeaders, IntoResponse};
use queue_api::{ProblemCode, SessionReply, SessionRequest};
use tokio::task::spawn_blocking;

use super::body::Body;
use super::caller::{COOKIE, Caller, bearer, cookie};
use super::problem::Refused;
use crate::access::{Session, Tried};
use crate::live::LiveHall;

/// `POST /session`: the cookie for the pages, the token for programs.
pub(super) async fn sign_in(
    State(hall): State<Arc<LiveHall>>,
    Body(request): Body<SessionRequest>,
) -> Result<impl IntoResponse, Refused> {
    let tried = {
        let hall = Arc::clone(&hall);
        let SessionRequest { staff, pin, .. } = request.clone();
        spawn_blocking(move || {
            let hash = hall.staff(&staff).map(|it| it.pin_hash.as_str());
            hall.pins.try_pin(&staff, &pin, hash, appliance::now())
        })
    };
    match tried.await.map_err(|_| ProblemCode::Internal)? {
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

/// `DELETE /session`.
pub(super) async fn sign_out(
    State(hall): State<Arc<LiveHall>>,
    headers: HeaderMap,
) -> Result<impl IntoResponse, Refused> {
    if let Some(token) = bearer(&headers).or_else(|| cookie(&headers)) {
        hall.access.end(token)?;
    }
    let gone = format!("{COOKIE}=; HttpOnly; SameSite=Strict; Path=/; Max-Age=0");
    Ok((StatusCode::NO_CONTENT, AppendHeaders([(header::SET_COOKIE, gone)])))
}
