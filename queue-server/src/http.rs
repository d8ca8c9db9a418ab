//! The door: paths to handlers, limits on what comes in, and the loop
//! that accepts connections. Handlers parse, call and reply; they decide
//! nothing.

mod appointments;
mod body;
mod caller;
mod devices;
mod feed;
mod guide;
mod manage;
mod offline;
mod pages;
mod problem;
mod qr;
mod reports;
mod room;
mod serve;
mod session;
mod status;
mod stop;
mod supervision;
mod tickets;
mod windows;

use std::sync::Arc;

use axum::extract::{DefaultBodyLimit, FromRef, State};
use axum::http::{HeaderValue, header};
use axum::middleware::from_fn_with_state;
use axum::response::IntoResponse;
use axum::routing::{get, post};
use axum::{Json, Router};
use queue_api::ProblemCode;
use tower_http::set_header::SetResponseHeaderLayer;

use crate::live::LiveHall;
use problem::Refused;

pub(crate) use feed::Boards;
pub(crate) use serve::serve;
pub(crate) use stop::Stop;

/// The largest body any request needs, with room.
const BODY_BYTES_MAX: usize = 64 * 1024;

/// What every handler can ask for.
#[derive(Clone, Debug)]
struct Shared {
    hall: Arc<LiveHall>,
    stop: Stop,
}

impl FromRef<Shared> for Arc<LiveHall> {
    fn from_ref(shared: &Shared) -> Arc<LiveHall> {
        Arc::clone(&shared.hall)
    }
}

impl FromRef<Shared> for Stop {
    fn from_ref(shared: &Shared) -> Stop {
        shared.stop.clone()
    }
}

/// Every path of the server.
pub(crate) fn router(hall: Arc<LiveHall>, stop: Stop) -> Router {
    let api = Router::new()
        .route("/hall", get(guide::hall))
        .route("/catalogue", get(guide::catalogue))
        .route("/catalogue/search", get(guide::search))
        .route("/tickets", get(tickets::find).post(tickets::issue))
        .route("/tickets/import", post(offline::import))
        .route("/leases", post(offline::lease))
        .route("/tickets/{id}", get(tickets::show))
        .route("/tickets/{id}/printed", post(tickets::printed))
        .route("/tickets/{id}/void", post(tickets::void))
        .route("/tickets/{id}/reinstate", post(tickets::reinstate))
        .route("/tickets/{id}/pass", get(tickets::pass_given).post(tickets::pass))
        .route("/tickets/{id}/pass.svg", get(qr::pass))
        .route("/tickets/{id}/qr.svg", get(qr::ticket))
        .route("/tickets/{id}/papers", get(guide::papers))
        .route("/tickets/{id}/before", get(tickets::before))
        .route("/appointments", get(appointments::list).post(appointments::make))
        .route("/appointments/slots", get(appointments::slots))
        .route("/appointments/check-in", post(appointments::check_in))
        .route("/appointments/import", post(appointments::import))
        .route("/appointments/{id}/cancel", post(appointments::cancel))
        .route("/status/{token}", get(status::show))
        .route("/status/{token}/leave", post(status::leave))
        .route("/status/{token}/rate", post(status::rate))
        .route("/session", get(session::show).post(session::sign_in).delete(session::sign_out))
        .route("/queue", get(windows::queue))
        .route("/windows/{window}", get(windows::show))
        .route("/windows/{window}/{verb}", post(windows::act))
        .route("/windows/{window}/lanes", post(manage::assign))
        .route("/day/close", post(manage::close_day))
        .route("/day/reopen", post(manage::reopen_day))
        .route("/day/stop-numbers", post(manage::stop_numbers))
        .route("/day/resume-numbers", post(manage::resume_numbers))
        .route("/notices", post(manage::post_notice))
        .route("/notices/{id}/remove", post(manage::remove_notice))
        .route("/stand-ins", post(manage::file_stand_in))
        .route("/stand-ins/{id}/withdraw", post(manage::withdraw_stand_in))
        .route("/staff", get(manage::staff))
        .route("/reports/forecasts", get(reports::forecasts))
        .route("/reports/figures", get(reports::figures))
        .route("/supervision/events", get(supervision::events))
        .route("/supervision/tickets/{number}", get(supervision::ticket))
        .route("/supervision/record", get(supervision::record))
        .route("/supervision/record/walk", post(supervision::walk))
        .route("/devices/me", get(devices::me))
        .route("/devices/me/report", post(devices::report))
        .route("/feed", get(feed::feed));
    let shared = Shared { hall, stop };
    Router::new()
        .nest("/api/v1", api)
        .route("/", get(pages::home))
        .route("/signin", get(pages::sign_in))
        .route("/console", get(pages::console))
        .route("/hall", get(pages::hall))
        .route("/desk", get(pages::desk))
        .route("/reports", get(pages::reports))
        .route("/reports/sheet", get(pages::day_sheet))
        .route("/supervisor", get(pages::supervisor))
        .route("/t/{token}", get(status::page))
        .route("/t/{token}/notice", get(status::notice))
        .route("/web/{file}", get(pages::file))
        .route("/healthz", get(|| async { "ok\n" }))
        .route("/readyz", get(ready))
        .fallback(|| async { Refused::from(ProblemCode::NotFound) })
        .method_not_allowed_fallback(|| async { Refused::from(ProblemCode::MethodNotAllowed) })
        .layer(DefaultBodyLimit::max(BODY_BYTES_MAX))
        .layer(SetResponseHeaderLayer::if_not_present(
            header::X_CONTENT_TYPE_OPTIONS,
            HeaderValue::from_static("nosniff"),
        ))
        .layer(from_fn_with_state(shared.clone(), room::end_short_stay))
        .with_state(shared)
}

/// `GET /readyz`: the journal is replayed and takes what is done. While
/// the disk is full or the clock is not believed the answer is no, with
/// the cause, whatever goes on all the same.
async fn ready(State(hall): State<Arc<LiveHall>>) -> Result<impl IntoResponse, Refused> {
    if let Some(cause) = hall.engine.trouble() {
        return Err(Refused::because(ProblemCode::Attention, cause));
    }
    Ok(Json(serde_json::json!({ "seq": hall.engine.published().hall().seq() })))
}
