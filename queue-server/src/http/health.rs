//! What whoever looks after the server asks: does it run, is it ready.

use std::sync::Arc;

use axum::Json;
use axum::extract::State;
use queue_api::ProblemCode;
use schemars::JsonSchema;
use serde::Serialize;

use super::problem::Refused;
use crate::live::LiveHall;

/// `GET /readyz`.
#[derive(Debug, Serialize, JsonSchema)]
pub(super) struct Ready {
    /// Head of the journal.
    seq: u64,
}

/// `GET /healthz`.
pub(super) async fn healthy() -> &'static str {
    "ok\n"
}

/// `GET /readyz`: the journal is replayed and takes what is done. While
/// the disk is full or the clock is not believed the answer is no, with
/// the cause, whatever goes on all the same.
pub(super) async fn ready(State(hall): State<Arc<LiveHall>>) -> Result<Json<Ready>, Refused> {
    if let Some(cause) = hall.engine.trouble() {
        return Err(Refused::because(ProblemCode::Attention, cause));
    }
    Ok(Json(Ready { seq: hall.engine.published().hall().seq() }))
}
