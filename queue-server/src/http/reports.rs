//! Figures about the hall.

use std::sync::Arc;

use axum::Json;
use axum::extract::State;
use queue_api::ForecastReport;

use super::caller::Caller;
use super::problem::Refused;
use crate::live::LiveHall;
use crate::views;

/// `GET /reports/forecasts`.
pub(super) async fn forecasts(
    State(hall): State<Arc<LiveHall>>,
    caller: Caller,
) -> Result<Json<Vec<ForecastReport>>, Refused> {
    caller.reads_reports()?;
    Ok(Json(views::forecasts(&hall.engine.published().hall(), hall.profile())))
}
