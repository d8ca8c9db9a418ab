//! What the hall is and what it offers: profile and catalogue.

use std::sync::Arc;

use axum::Json;
use axum::extract::State;
use axum::http::{HeaderMap, StatusCode, header};
use axum::response::{IntoResponse, Response};
use queue_api::HallProfile;

use super::caller::Caller;
use crate::live::LiveHall;

/// `GET /hall`.
pub(super) async fn hall(State(hall): State<Arc<LiveHall>>, _: Caller) -> Json<HallProfile> {
    Json(hall.profile().clone())
}

/// `GET /catalogue`: made once, 304 for whoever has it.
pub(super) async fn catalogue(
    State(hall): State<Arc<LiveHall>>,
    _: Caller,
    headers: HeaderMap,
) -> Response {
    let etag = format!("\"{}\"", hall.profile().catalogue_revision);
    let known =
        headers.get(header::IF_NONE_MATCH).is_some_and(|it| it.as_bytes() == etag.as_bytes());
    if known {
        return (StatusCode::NOT_MODIFIED, [(header::ETAG, etag)]).into_response();
    }
    let headers = [(header::ETAG, etag), (header::CONTENT_TYPE, "application/json".to_owned())];
    (headers, hall.catalogue_json.clone()).into_response()
}
