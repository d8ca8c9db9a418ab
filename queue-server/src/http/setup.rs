//! The first administrator of a hall makes their account, with the code
//! that the server's log tells.

use std::net::IpAddr;
use std::sync::Arc;

use axum::extract::State;
use axum::http::StatusCode;
use axum::{Extension, Json};
use queue_api::{AuditFact, ProblemCode, SetupRequest, SetupView};

use super::body::{Body, check_text};
use super::problem::Refused;
use super::serve::Peer;
use crate::access::{CodeTried, admin_with};
use crate::live::LiveHall;

/// `GET /setup`: whether somebody may.
pub(super) async fn show(State(hall): State<Arc<LiveHall>>) -> Json<SetupView> {
    Json(SetupView { open: hall.setup.is_open() })
}

/// `POST /setup`.
pub(super) async fn make(
    State(hall): State<Arc<LiveHall>>,
    Extension(Peer(from)): Extension<Peer>,
    Body(request): Body<SetupRequest>,
) -> Result<StatusCode, Refused> {
    check_text("pin", &request.pin)?;
    check_text("code", &request.code)?;
    if !hall.setup.is_open() {
        return Err(ProblemCode::SetupOver.into());
    }
    if hall.staff(&request.staff).is_some() {
        return Err(ProblemCode::StaffKnown.into());
    }
    make_admin(&hall, request, from).await.map(|()| StatusCode::CREATED)
}

async fn make_admin(hall: &LiveHall, request: SetupRequest, from: IpAddr) -> Result<(), Refused> {
    let SetupRequest { code, staff, pin } = request;
    // Hashing is slow on purpose, so it stands in the line of the PINs.
    let turn = hall.line.turn(from).await.ok_or(ProblemCode::Busy)?;
    let admin = turn.check(move || admin_with(staff, &pin)).await.ok_or(ProblemCode::Internal)?;
    // A PIN that is no good must not use the code up.
    let admin = admin.ok_or(ProblemCode::WeakPin)?;
    match hall.setup.try_code(code.trim()) {
        CodeTried::Over => return Err(ProblemCode::SetupOver.into()),
        CodeTried::Wrong => return Err(ProblemCode::WrongCode.into()),
        CodeTried::Right => {}
    }
    let now = appliance::now();
    hall.access.make_admin(&admin, now)?;
    tracing::info!(staff = %admin.id, %from, "the first administrator has an account");
    let fact = AuditFact::AdminMade { staff: admin.id.clone(), from: from.to_string() };
    hall.access.note(&fact, now);
    // Nobody else can have been first: the code is used up.
    let _ = hall.first_admin.set(admin);
    Ok(())
}
