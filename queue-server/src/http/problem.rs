//! Refusals and failures as problem+json.

use std::sync::Arc;

use axum::Json;
use axum::extract::State;
use axum::http::{HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use jiff::civil::DateTime;
use queue_api::{Problem, ProblemCode, TicketNumber};
use queue_core::Rejection;
use rusqlite::ErrorCode;

use crate::access::CLOSED_SECS;
use crate::commands::problem_of;
use crate::engine::Refusal;
use crate::live::LiveHall;
use crate::reading::ReadingError;

/// A reply that is not a success.
#[derive(Debug)]
pub(crate) struct Refused {
    code: ProblemCode,
    detail: Option<String>,
    from: Option<DateTime>,
    /// The ticket that somebody has already.
    number: Option<TicketNumber>,
}

impl Refused {
    /// With more to say than the title.
    pub(crate) fn because(code: ProblemCode, detail: impl Into<String>) -> Refused {
        Refused { detail: Some(detail.into()), ..code.into() }
    }
}

impl From<ProblemCode> for Refused {
    fn from(code: ProblemCode) -> Refused {
        Refused { code, detail: None, from: None, number: None }
    }
}

impl From<Refusal> for Refused {
    fn from(refusal: Refusal) -> Refused {
        let code = problem_of(&refusal);
        match refusal {
            Refusal::Rejected(Rejection::LinesRefused(lines)) => {
                Refused::because(code, refused_lines(lines))
            }
            Refusal::Rejected(rejection) => {
                let (from, number) = (from(&rejection), number(&rejection));
                Refused { from, number, ..Refused::because(code, rejection.to_string()) }
            }
            _ => code.into(),
        }
    }
}

/// From when on it could be met, where that is a time of the clock.
fn from(rejection: &Rejection) -> Option<DateTime> {
    match rejection {
        Rejection::CheckInEarly { day, opens } => Some(day.to_datetime(*opens)),
        _ => None,
    }
}

/// The number that they have, where that is why.
fn number(rejection: &Rejection) -> Option<TicketNumber> {
    match rejection {
        Rejection::HasTicket(number) => Some(number.clone()),
        _ => None,
    }
}

/// `line: message`, one below the other.
fn refused_lines(lines: Vec<(u64, Rejection)>) -> String {
    let lines = lines.into_iter().map(|(line, why)| format!("{line}: {why}"));
    lines.collect::<Vec<_>>().join("\n")
}

impl From<ReadingError> for Refused {
    fn from(error: ReadingError) -> Refused {
        if matches!(error, ReadingError::Busy) {
            return ProblemCode::Busy.into();
        }
        let error = format!("{:#}", anyhow::Error::new(error));
        tracing::error!(error, "what was asked of the record was not answered");
        ProblemCode::Internal.into()
    }
}

impl From<rusqlite::Error> for Refused {
    fn from(error: rusqlite::Error) -> Refused {
        tracing::error!(%error, "access.db cannot be used");
        match error.sqlite_error_code() {
            Some(ErrorCode::DiskFull) => ProblemCode::NotStored.into(),
            // `enrol` writes to it beside us, for longer than we wait.
            Some(ErrorCode::DatabaseBusy | ErrorCode::DatabaseLocked) => ProblemCode::Busy.into(),
            _ => ProblemCode::Internal.into(),
        }
    }
}

/// Counts a refusal on its way out.
pub(super) async fn count(State(hall): State<Arc<LiveHall>>, response: Response) -> Response {
    if let Some(code) = response.extensions().get::<ProblemCode>() {
        hall.engine.published().meters().refused(code.code());
    }
    response
}

impl IntoResponse for Refused {
    fn into_response(self) -> Response {
        let Refused { code, detail, from, number } = self;
        let problem = Problem { detail, from, number, ..Problem::new(code) };
        let status =
            StatusCode::from_u16(problem.status).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
        let mut response = (status, Json(problem)).into_response();
        response.extensions_mut().insert(code);
        let headers = response.headers_mut();
        headers.insert(header::CONTENT_TYPE, HeaderValue::from_static("application/problem+json"));
        let again_secs = match status {
            StatusCode::SERVICE_UNAVAILABLE => Some(1),
            StatusCode::TOO_MANY_REQUESTS => Some(CLOSED_SECS),
            _ => None,
        };
        if let Some(secs) = again_secs {
            headers.insert(header::RETRY_AFTER, HeaderValue::from(secs));
        }
        response
    }
}
