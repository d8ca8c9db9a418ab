//! The pages and what they load: files in the program itself, nothing
//! from outside.

use axum::extract::Path;
use axum::http::{HeaderValue, header};
use axum::response::{IntoResponse, Redirect, Response};
use queue_api::ProblemCode;

use super::problem::Refused;

/// A file of `web/` or a font, with its type.
macro_rules! file {
    ($name:literal, $kind:literal, $path:literal) => {
        ($name, $kind, include_bytes!($path) as &[u8])
    };
}

/// Everything under `/web/`.
const FILES: &[(&str, &str, &[u8])] = &[
    file!("style.css", "text/css", "../../web/style.css"),
    file!("hall.css", "text/css", "../../web/hall.css"),
    file!("staff.css", "text/css", "../../web/staff.css"),
    file!("console.css", "text/css", "../../web/console.css"),
    file!("desk.css", "text/css", "../../web/desk.css"),
    file!("narrow.css", "text/css", "../../web/narrow.css"),
    file!("phone.css", "text/css", "../../web/phone.css"),
    file!("sheet.css", "text/css", "../../web/sheet.css"),
    file!("papers.css", "text/css", "../../web/papers.css"),
    file!("reports.css", "text/css", "../../web/reports.css"),
    file!("charts.js", "text/javascript", "../../web/charts.js"),
    file!("figures.js", "text/javascript", "../../web/figures.js"),
    file!("reports.js", "text/javascript", "../../web/reports.js"),
    file!("day-sheet.js", "text/javascript", "../../web/day-sheet.js"),
    file!("supervisor.js", "text/javascript", "../../web/supervisor.js"),
    file!("words.json", "application/json", "../../web/words.json"),
    file!("mark.svg", "image/svg+xml", "../../web/mark.svg"),
    file!("actions.js", "text/javascript", "../../web/actions.js"),
    file!("alarm.js", "text/javascript", "../../web/alarm.js"),
    file!("api.js", "text/javascript", "../../web/api.js"),
    file!("console.js", "text/javascript", "../../web/console.js"),
    file!("desk.js", "text/javascript", "../../web/desk.js"),
    file!("desk-booked.js", "text/javascript", "../../web/desk-booked.js"),
    file!("desk-issue.js", "text/javascript", "../../web/desk-issue.js"),
    file!("desk-situation.js", "text/javascript", "../../web/desk-situation.js"),
    file!("sheet-notice.js", "text/javascript", "../../web/sheet-notice.js"),
    file!("dialogs.js", "text/javascript", "../../web/dialogs.js"),
    file!("feed.js", "text/javascript", "../../web/feed.js"),
    file!("hall.js", "text/javascript", "../../web/hall.js"),
    file!("manage.js", "text/javascript", "../../web/manage.js"),
    file!("leaving.js", "text/javascript", "../../web/leaving.js"),
    file!("memory.js", "text/javascript", "../../web/memory.js"),
    file!("notice.js", "text/javascript", "../../web/notice.js"),
    file!("old-phone.js", "text/javascript", "../../web/old-phone.js"),
    file!("rating.js", "text/javascript", "../../web/rating.js"),
    file!("ticks.js", "text/javascript", "../../web/ticks.js"),
    file!("page.js", "text/javascript", "../../web/page.js"),
    file!("papers.js", "text/javascript", "../../web/papers.js"),
    file!("press.js", "text/javascript", "../../web/press.js"),
    file!("setup.js", "text/javascript", "../../web/setup.js"),
    file!("requests.css", "text/css", "../../web/requests.css"),
    file!("boards.js", "text/javascript", "../../web/boards.js"),
    file!("requests.js", "text/javascript", "../../web/requests.js"),
    file!("sheet.js", "text/javascript", "../../web/sheet.js"),
    file!("signin.js", "text/javascript", "../../web/signin.js"),
    file!("small.js", "text/javascript", "../../web/small.js"),
    file!("ticket.js", "text/javascript", "../../web/ticket.js"),
    file!("visit.js", "text/javascript", "../../web/visit.js"),
    file!("words.js", "text/javascript", "../../web/words.js"),
    file!(
        "NotoSansSC-Regular.ttf",
        "font/ttf",
        "../../../assets/fonts/NotoSansSC-Regular-gb2312.ttf"
    ),
    file!("NotoSansSC-Bold.ttf", "font/ttf", "../../../assets/fonts/NotoSansSC-Bold-gb2312.ttf"),
];

/// `GET /web/{file}`.
pub(super) async fn file(Path(name): Path<String>) -> Response {
    let found = FILES.iter().find(|(it, _, _)| *it == name);
    let Some((_, kind, bytes)) = found else {
        return Refused::from(ProblemCode::NotFound).into_response();
    };
    let age = if kind.starts_with("font/") { "max-age=604800" } else { "no-cache" };
    ([(header::CONTENT_TYPE, *kind), (header::CACHE_CONTROL, age)], *bytes).into_response()
}

/// `GET /`.
pub(super) async fn home() -> Redirect {
    Redirect::to("/console")
}

/// `GET /signin`.
pub(super) async fn sign_in() -> Response {
    page(include_str!("../../web/signin.html"))
}

/// `GET /setup`.
pub(super) async fn setup() -> Response {
    page(include_str!("../../web/setup.html"))
}

/// `GET /console`.
pub(super) async fn console() -> Response {
    page(include_str!("../../web/console.html"))
}

/// `GET /hall`.
pub(super) async fn hall() -> Response {
    page(include_str!("../../web/hall.html"))
}

/// `GET /desk`.
pub(super) async fn desk() -> Response {
    page(include_str!("../../web/desk.html"))
}

/// `GET /reports`.
pub(super) async fn reports() -> Response {
    page(include_str!("../../web/reports.html"))
}

/// `GET /reports/sheet`.
pub(super) async fn day_sheet() -> Response {
    page(include_str!("../../web/day-sheet.html"))
}

/// `GET /supervisor`.
pub(super) async fn supervisor() -> Response {
    page(include_str!("../../web/supervisor.html"))
}

/// A page that is one visitor's and made for them: kept nowhere.
pub(super) fn private(html: String) -> Response {
    let mut response = page(html);
    response.headers_mut().insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
    response
}

fn page(html: impl IntoResponse) -> Response {
    let headers =
        [(header::CONTENT_TYPE, "text/html; charset=utf-8"), (header::CACHE_CONTROL, "no-cache")];
    (headers, html).into_response()
}
