//! Reading a request's JSON body, path and query; what can't be read is
//! told as a problem, not in the framework's words.

use std::time::Duration;

use axum::Json;
use axum::extract::rejection::JsonRejection;
use axum::extract::{FromRequest, FromRequestParts, Path, Query, Request};
use axum::http::StatusCode;
use axum::http::request::Parts;
use queue_api::ProblemCode;
use serde::de::DeserializeOwned;

use super::problem::Refused;

/// From the end of a request's head to the end of its body. A limit on
/// the pauses alone would let a body drip for ever.
const BODY_MAX: Duration = Duration::from_secs(5);

/// The longest text that a person writes into a request, in characters:
/// the sign over a window holds no more.
const TEXT_CHARS_MAX: usize = 60;

/// A JSON body.
pub(crate) struct Body<T>(pub(crate) T);

impl<S: Send + Sync, T: DeserializeOwned> FromRequest<S> for Body<T> {
    type Rejection = Refused;

    async fn from_request(request: Request, state: &S) -> Result<Body<T>, Refused> {
        match tokio::time::timeout(BODY_MAX, Json::<T>::from_request(request, state)).await {
            Ok(Ok(Json(body))) => Ok(Body(body)),
            Ok(Err(rejection)) => Err(unreadable(&rejection)),
            Err(_) => Err(ProblemCode::TooSlow.into()),
        }
    }
}

fn unreadable(rejection: &JsonRejection) -> Refused {
    match rejection.status() {
        StatusCode::PAYLOAD_TOO_LARGE => ProblemCode::TooLarge.into(),
        _ => Refused::because(ProblemCode::Malformed, rejection.body_text()),
    }
}

/// Refuses a text that is too long to keep, by the name of its field.
pub(crate) fn check_text(field: &str, text: &str) -> Result<(), Refused> {
    // Bytes first: a long text is not counted through.
    if text.len() <= TEXT_CHARS_MAX || text.chars().nth(TEXT_CHARS_MAX).is_none() {
        return Ok(());
    }
    let detail = format!("`{field}` has more than {TEXT_CHARS_MAX} characters");
    Err(Refused::because(ProblemCode::TextTooLong, detail))
}

/// The variable parts of the path.
pub(crate) struct At<T>(pub(crate) T);

impl<S: Send + Sync, T: DeserializeOwned + Send> FromRequestParts<S> for At<T> {
    type Rejection = Refused;

    async fn from_request_parts(parts: &mut Parts, state: &S) -> Result<At<T>, Refused> {
        match Path::<T>::from_request_parts(parts, state).await {
            Ok(Path(path)) => Ok(At(path)),
            Err(rejection) => Err(Refused::because(ProblemCode::Malformed, rejection.body_text())),
        }
    }
}

/// The query string.
pub(crate) struct Asked<T>(pub(crate) T);

impl<S: Send + Sync, T: DeserializeOwned> FromRequestParts<S> for Asked<T> {
    type Rejection = Refused;

    async fn from_request_parts(parts: &mut Parts, state: &S) -> Result<Asked<T>, Refused> {
        match Query::<T>::from_request_parts(parts, state).await {
            Ok(Query(query)) => Ok(Asked(query)),
            Err(rejection) => Err(Refused::because(ProblemCode::Malformed, rejection.body_text())),
        }
    }
}
