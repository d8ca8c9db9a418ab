//! The key with which kiosks make what is kept of an identity card today.

use std::sync::Arc;

use axum::Json;
use axum::extract::State;
use queue_api::{IdentityKey, ProblemCode};

use super::caller::Caller;
use super::problem::Refused;
use crate::live::LiveHall;

/// `GET /identity-key`: kiosks only, and only where the hall asks for
/// cards.
pub(super) async fn key(
    State(hall): State<Arc<LiveHall>>,
    caller: Caller,
) -> Result<Json<IdentityKey>, Refused> {
    caller.kiosk()?;
    if hall.profile().identity.is_none() {
        return Err(ProblemCode::NotFound.into());
    }
    let day = hall.engine.published().hall().day().ok_or(ProblemCode::DayClosed)?;
    // A few bytes, once a day and kiosk.
    let key = hall.identity.of(day).map_err(|error| {
        tracing::error!(%error, "the identity key of the day cannot be kept");
        ProblemCode::NotStored
    })?;
    Ok(Json(key))
}
