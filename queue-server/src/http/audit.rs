//! `GET /audit`: what was noted of who came in and who let whom in.

use std::sync::Arc;

use axum::Json;
use axum::extract::State;
use queue_api::AuditPage;
use schemars::JsonSchema;
use serde::Deserialize;

use super::body::Asked;
use super::problem::Refused;
use crate::live::LiveHall;

/// `GET /audit?before=`.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct Query {
    /// Entries before this one; the newest without it.
    before: Option<u64>,
}

/// `GET /audit`.
pub(super) async fn show(
    State(hall): State<Arc<LiveHall>>,
    Asked(Query { before }): Asked<Query>,
) -> Result<Json<AuditPage>, Refused> {
    Ok(Json(hall.access.noted(before)?))
}
