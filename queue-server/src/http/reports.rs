//! Figures about the hall, for its manager and its supervisor. As JSON a
//! page at a time, as a table all at once.

use std::sync::Arc;

use axum::Json;
use axum::extract::State;
use axum::http::{HeaderMap, header};
use axum::response::{IntoResponse, Response};
use jiff::civil::Date;
use jiff::tz::TimeZone;
use queue_api::{By, FiguresReport, ForecastReport, Per, ProblemCode};
use schemars::JsonSchema;
use serde::Deserialize;

use super::body::Asked;
use super::caller::Caller;
use super::problem::Refused;
use crate::live::LiveHall;
use crate::reports::{self, Question};
use crate::{table, views};

/// The largest page.
const ROWS_MAX: usize = 500;

/// A page, unless another size is asked for.
const ROWS: usize = 200;

/// The longest wait that can be a target: to an hour the share within it
/// is right to half a minute.
const TARGET_MINUTES_MAX: u32 = 60;

/// What a report is asked for with.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct Asking {
    from: Date,
    to: Date,
    #[serde(default)]
    per: Per,
    #[serde(default)]
    by: By,
    target_minutes: Option<u32>,
    #[serde(default)]
    after: usize,
    limit: Option<usize>,
    format: Option<Format>,
}

/// How a report is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
enum Format {
    Json,
    Csv,
    Xlsx,
}

const CSV: &str = "text/csv; charset=utf-8";
const XLSX: &str = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";

/// `GET /reports/forecasts`.
pub(super) async fn forecasts(
    State(hall): State<Arc<LiveHall>>,
    caller: Caller,
) -> Result<Json<Vec<ForecastReport>>, Refused> {
    caller.reads_reports()?;
    Ok(Json(views::forecasts(&hall.engine.published().hall(), hall.profile())))
}

/// `GET /reports/figures`.
pub(super) async fn figures(
    State(hall): State<Arc<LiveHall>>,
    caller: Caller,
    headers: HeaderMap,
    Asked(asking): Asked<Asking>,
) -> Result<Response, Refused> {
    caller.reads_reports()?;
    let format = asking.format.unwrap_or_else(|| accepted(&headers));
    let limit = (format == Format::Json).then(|| asking.limit.unwrap_or(ROWS).clamp(1, ROWS_MAX));
    let after = if format == Format::Json { asking.after } else { 0 };
    let target = asking.target_minutes.unwrap_or(hall.files.rules.wait_target_minutes);
    let Asking { from, to, per, by, .. } = asking;
    let target_minutes = target.clamp(1, TARGET_MINUTES_MAX);
    let question = Question { from, to, per, by, target_minutes };
    if let Some(why) = question.refused() {
        return Err(Refused::because(ProblemCode::Malformed, why));
    }
    let zone = TimeZone::get(&hall.profile().time_zone).map_err(|_| ProblemCode::Internal)?;
    let asked = question.clone();
    let answer = hall.reading.ask(move |record| asked.answer(record, &zone)).await?;
    let report = question.page(&answer, &hall.files, after, limit);
    match format {
        Format::Json => Ok(Json(report).into_response()),
        Format::Csv | Format::Xlsx => as_table(format, &report).map_err(|error| {
            tracing::error!("{error:#}");
            ProblemCode::Internal.into()
        }),
    }
}

/// What a program asks for that names no format.
fn accepted(headers: &HeaderMap) -> Format {
    let accept = headers.get(header::ACCEPT).and_then(|it| it.to_str().ok()).unwrap_or_default();
    if accept.contains("text/csv") {
        Format::Csv
    } else if accept.contains(XLSX) {
        Format::Xlsx
    } else {
        Format::Json
    }
}

fn as_table(format: Format, report: &FiguresReport) -> anyhow::Result<Response> {
    let lines = reports::lines(report)?;
    let (bytes, kind, ending) = if format == Format::Xlsx {
        (table::xlsx(&reports::COLUMNS, &lines)?, XLSX, "xlsx")
    } else {
        let mut bytes = Vec::new();
        table::csv(&reports::COLUMNS, &lines, &mut bytes)?;
        (bytes, CSV, "csv")
    };
    let name = format!("yimen-{}-{}.{ending}", report.from, report.to);
    let headers = [
        (header::CONTENT_TYPE, kind.to_owned()),
        (header::CONTENT_DISPOSITION, format!("attachment; filename=\"{name}\"")),
        (header::CACHE_CONTROL, "no-store".to_owned()),
    ];
    Ok((headers, bytes).into_response())
}
