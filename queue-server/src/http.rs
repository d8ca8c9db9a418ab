//! The door: paths to handlers (`routes`), limits on what comes in, and
//! the loop that accepts connections. Handlers parse, call and reply;
//! they decide nothing.

mod appointments;
mod audit;
mod body;
mod caller;
mod clear;
mod devices;
mod events;
mod feed;
mod guide;
mod headers;
mod health;
mod identity;
mod manage;
mod metrics;
mod offline;
mod openapi;
mod pages;
mod problem;
mod qr;
mod reports;
mod room;
mod routes;
mod serve;
mod session;
mod setup;
mod situation;
mod status;
mod stop;
mod supervision;
mod tickets;
mod welcome;
mod windows;

use std::sync::Arc;

use axum::Router;
use axum::extract::{DefaultBodyLimit, FromRef};
use axum::middleware::{from_fn, from_fn_with_state, map_response, map_response_with_state};
use queue_api::ProblemCode;

use crate::live::LiveHall;
use problem::Refused;

pub(crate) use devices::{NAME_CHARS_MAX, is_name};
pub(crate) use events::READERS_MAX as EVENT_READERS_MAX;
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
    let shared = Shared { hall, stop };
    routes::build(&shared)
        .fallback(|| async { Refused::from(ProblemCode::NotFound) })
        .method_not_allowed_fallback(|| async { Refused::from(ProblemCode::MethodNotAllowed) })
        .layer(DefaultBodyLimit::max(BODY_BYTES_MAX))
        .layer(from_fn(clear::keep_secrets))
        .layer(from_fn_with_state(shared.clone(), room::end_short_stay))
        .layer(map_response_with_state(shared.clone(), problem::count))
        .layer(map_response(headers::tell_the_browser))
        .with_state(shared)
}
