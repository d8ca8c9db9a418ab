//! Devices: what they say of themselves, how they come in, and who lets
//! them.
//!
//! A device asks and shows a code. Who stands before its screen types
//! the code in on a staff page, and the device, which has been waiting
//! for that, fetches its token with a secret that only it was given.

use std::sync::Arc;
use std::time::Duration;

use axum::extract::State;
use axum::http::StatusCode;
use axum::{Extension, Json};
use queue_api::{
    ApproveRequest, AuditFact, DeviceAsked, DeviceId, DeviceKind, DeviceReport, DeviceRequest,
    DeviceView, DevicesView, LoudspeakerState, PlaceRequest, ProblemCode, StaffId, TokenReply,
    TokenRequest,
};

use super::body::{At, Body, check_text};
use super::caller::Caller;
use super::problem::Refused;
use super::room::Stay;
use super::serve::Peer;
use super::stop::Stop;
use crate::access::{Approval, Asked, Device, GOOD_SECS, Standing};
use crate::live::LiveHall;

/// How long a device that waits is held; a client gives up later.
const HELD: Duration = Duration::from_secs(25);

/// The longest name a device may have, in characters.
pub(crate) const NAME_CHARS_MAX: usize = 40;

type Hall = State<Arc<LiveHall>>;

/// The most loudspeakers that a board has.
const LOUDSPEAKERS_MAX: usize = 8;

/// `GET /devices/me`.
pub(super) async fn me(State(hall): Hall, caller: Caller) -> Result<Json<DeviceView>, Refused> {
    let device = caller.device()?.clone();
    Ok(Json(hall.devices.views(vec![device]).remove(0)))
}

/// `POST /devices/me/report`.
pub(super) async fn report(
    State(hall): Hall,
    caller: Caller,
    Body(report): Body<DeviceReport>,
) -> Result<StatusCode, Refused> {
    let device = caller.device()?;
    let DeviceReport { printer, loudspeakers } = &report;
    let theirs = match device.kind {
        DeviceKind::Kiosk => loudspeakers.is_empty(),
        DeviceKind::Board => printer.is_none(),
        DeviceKind::Program => printer.is_none() && loudspeakers.is_empty(),
    };
    if !theirs {
        return Err(ProblemCode::NotYours.into());
    }
    if loudspeakers.len() > LOUDSPEAKERS_MAX || !loudspeakers.iter().all(|it| is_name(&it.name)) {
        let detail = format!("a board has up to {LOUDSPEAKERS_MAX} loudspeakers, each with a name");
        return Err(Refused::because(ProblemCode::Malformed, detail));
    }
    let printer = printer.as_ref().map(|it| it.state);
    let silent = loudspeakers.iter().any(|it| it.state != LoudspeakerState::Ready);
    if hall.devices.told(&device.name, report) {
        if let Some(printer) = printer {
            tracing::info!(device = device.name, ?printer, "printer changed");
        } else if silent {
            tracing::warn!(device = device.name, "the board is not heard");
        }
        hall.engine.published().ring();
    }
    Ok(StatusCode::NO_CONTENT)
}

/// `GET /devices`: those that are in, and those that ask.
pub(super) async fn list(State(hall): Hall) -> Result<Json<DevicesView>, Refused> {
    let devices = hall.devices.views(hall.access.devices()?);
    Ok(Json(DevicesView { devices, requests: hall.requests.views(appliance::now()) }))
}

/// `POST /devices`: a device asks to come in.
pub(super) async fn ask(
    State(hall): Hall,
    Extension(Peer(from)): Extension<Peer>,
    Body(DeviceRequest { kind, name }): Body<DeviceRequest>,
) -> Result<(StatusCode, Json<DeviceAsked>), Refused> {
    check_text("name", &name)?;
    if !is_name(&name) || kind == DeviceKind::Program {
        let detail = format!("a kiosk or a board has a name of 1 to {NAME_CHARS_MAX} characters");
        return Err(Refused::because(ProblemCode::Malformed, detail));
    }
    let asked = hall.requests.ask(name.clone(), kind, from, appliance::now());
    let Asked { id, code, claim } = asked.ok_or(ProblemCode::TooManyRequests)?;
    tracing::info!(device = name, %from, "a device asks to come in");
    hall.engine.published().ring();
    let reply = DeviceAsked { id, code, claim, good_secs: GOOD_SECS };
    Ok((StatusCode::CREATED, Json(reply)))
}

/// Whether a device may be called so: it is shown on pages and written
/// into logs.
pub(crate) fn is_name(name: &str) -> bool {
    (1..=NAME_CHARS_MAX).contains(&name.chars().count()) && !name.chars().any(char::is_control)
}

/// `POST /devices/{id}/token`: waits for somebody to decide. An answer
/// that was lost is given again with another token, as long as the
/// request is good; the one before is void.
pub(super) async fn token(
    State(hall): Hall,
    State(mut stop): State<Stop>,
    Extension(stay): Extension<Stay>,
    At(id): At<DeviceId>,
    Body(TokenRequest { claim }): Body<TokenRequest>,
) -> Result<Json<TokenReply>, Refused> {
    let mut decided = hall.requests.decided();
    let late = tokio::time::sleep(if stay == Stay::Short { Duration::ZERO } else { HELD });
    tokio::pin!(late);
    loop {
        let now = appliance::now();
        match hall.requests.standing(id, &claim, now) {
            Standing::Gone => return Err(ProblemCode::UnknownDevice.into()),
            Standing::Approved { name, kind } => {
                let token = hall.access.enrol_as(id, &name, kind, now)?;
                hall.engine.published().ring();
                return Ok(Json(TokenReply::Approved { token }));
            }
            Standing::Waits => {}
        }
        tokio::select! {
            _ = decided.changed() => {}
            () = &mut late => return Ok(Json(TokenReply::Waiting)),
            () = stop.stopped() => return Ok(Json(TokenReply::Waiting)),
        }
    }
}

/// `POST /devices/{id}/approve`: the device whose screen shows the code
/// may come in.
pub(super) async fn approve(
    State(hall): Hall,
    caller: Caller,
    At(id): At<DeviceId>,
    Body(ApproveRequest { code }): Body<ApproveRequest>,
) -> Result<StatusCode, Refused> {
    let by = staff(&caller)?;
    let now = appliance::now();
    match hall.requests.approve(id, code.trim(), now) {
        Approval::Unknown => Err(ProblemCode::UnknownDevice.into()),
        Approval::WrongCode => Err(ProblemCode::WrongCode.into()),
        Approval::Done { name, kind } => {
            tracing::info!(device = name, %by, "a device is let in");
            hall.access
                .note(&AuditFact::DeviceApproved { device: name, device_kind: kind, by }, now);
            hall.engine.published().ring();
            Ok(StatusCode::NO_CONTENT)
        }
    }
}

/// `POST /devices/{id}/place`: what a board is to show.
pub(super) async fn place(
    State(hall): Hall,
    caller: Caller,
    At(id): At<DeviceId>,
    Body(PlaceRequest { place }): Body<PlaceRequest>,
) -> Result<StatusCode, Refused> {
    let by = staff(&caller)?;
    if !place.as_ref().is_none_or(|it| hall.has_place(it)) {
        return Err(Refused::because(ProblemCode::Malformed, "the hall has no such place"));
    }
    let board = hall.access.place(id, place.as_ref())?.ok_or(ProblemCode::UnknownDevice)?;
    let fact = AuditFact::BoardPlaced { device: board.name, place, by };
    tracing::info!(?fact, "a board is put elsewhere");
    hall.access.note(&fact, appliance::now());
    // Its feed ends now.
    hall.engine.published().ring();
    Ok(StatusCode::NO_CONTENT)
}

/// `POST /devices/{id}/revoke`: the device's token is void, or its
/// request is turned away.
pub(super) async fn revoke(
    State(hall): Hall,
    caller: Caller,
    At(id): At<DeviceId>,
) -> Result<StatusCode, Refused> {
    let by = staff(&caller)?;
    let now = appliance::now();
    let asked = hall.requests.turn_away(id, now);
    let fact = match (hall.access.revoke(id)?, asked) {
        (Some(Device { name: device, .. }), _) => AuditFact::DeviceRevoked { device, by },
        (None, Some(device)) => AuditFact::DeviceTurnedAway { device, by },
        (None, None) => return Err(ProblemCode::UnknownDevice.into()),
    };
    tracing::info!(?fact, "a device is shown out");
    hall.access.note(&fact, now);
    // Its feeds end now.
    hall.engine.published().ring();
    Ok(StatusCode::NO_CONTENT)
}

fn staff(caller: &Caller) -> Result<StaffId, Refused> {
    match caller {
        Caller::Staff { session, .. } => Ok(session.staff.clone()),
        Caller::Device(_) => Err(ProblemCode::NotYours.into()),
    }
}
