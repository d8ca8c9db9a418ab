//! What devices say of themselves.

use std::sync::Arc;

use axum::Json;
use axum::extract::State;
use axum::http::StatusCode;
use queue_api::{DeviceKind, DeviceReport, DeviceView, ProblemCode};

use super::body::Body;
use super::caller::Caller;
use super::problem::Refused;
use crate::live::LiveHall;

/// `GET /devices/me`.
pub(super) async fn me(
    State(hall): State<Arc<LiveHall>>,
    caller: Caller,
) -> Result<Json<DeviceView>, Refused> {
    let device = caller.device()?.clone();
    Ok(Json(hall.devices.views(vec![device]).remove(0)))
}

/// `POST /devices/me/report`.
pub(super) async fn report(
    State(hall): State<Arc<LiveHall>>,
    caller: Caller,
    Body(report): Body<DeviceReport>,
) -> Result<StatusCode, Refused> {
    let device = caller.device()?;
    if device.kind != DeviceKind::Kiosk && report.printer.is_some() {
        return Err(ProblemCode::NotYours.into());
    }
    if hall.devices.printer(&device.name, report.printer.clone()) {
        if let Some(printer) = report.printer {
            tracing::info!(device = device.name, printer = ?printer.state, "printer changed");
        }
        hall.engine.published().ring();
    }
    Ok(StatusCode::NO_CONTENT)
}
