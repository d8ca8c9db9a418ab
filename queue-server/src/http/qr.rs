//! The QR of a ticket and of a return pass as a picture, for screens and
//! for what a browser prints. The text of it never stands in an address.

use std::fmt::Write as _;
use std::sync::Arc;

use axum::extract::State;
use axum::http::header;
use axum::response::{IntoResponse, Response};
use qrcode::{Color, EcLevel, QrCode};
use queue_api::{ProblemCode, TicketId};

use super::body::At;
use super::caller::Caller;
use super::problem::Refused;
use super::tickets::look_up;
use crate::live::LiveHall;

/// The white border that a reader needs, in modules.
const QUIET_MODULES: usize = 4;

/// `GET /tickets/{id}/qr.svg`: the page of the ticket, for who prints it.
pub(super) async fn ticket(
    State(hall): State<Arc<LiveHall>>,
    caller: Caller,
    At(id): At<TicketId>,
) -> Result<Response, Refused> {
    caller.issues()?;
    picture(&look_up(&hall, id)?.url)
}

/// `GET /tickets/{id}/pass.svg`: the secret of the return pass that was
/// given on it.
pub(super) async fn pass(
    State(hall): State<Arc<LiveHall>>,
    caller: Caller,
    At(id): At<TicketId>,
) -> Result<Response, Refused> {
    caller.reinstates()?;
    let now = hall.engine.published().hall();
    let token = now.pass_on(id).map(|it| it.pass.token.clone());
    drop(now);
    picture(&token.ok_or(ProblemCode::PassInvalid)?)
}

fn picture(text: &str) -> Result<Response, Refused> {
    let svg = svg(text).ok_or(ProblemCode::TextTooLong)?;
    let headers = [(header::CONTENT_TYPE, "image/svg+xml"), (header::CACHE_CONTROL, "no-store")];
    Ok((headers, svg).into_response())
}

/// One unit is one module; level M as on paper.
fn svg(text: &str) -> Option<String> {
    let code = QrCode::with_error_correction_level(text, EcLevel::M).ok()?;
    let width = code.width();
    let side = width + 2 * QUIET_MODULES;
    let mut path = String::new();
    for (at, color) in code.to_colors().into_iter().enumerate() {
        if color == Color::Dark {
            let (x, y) = (at % width + QUIET_MODULES, at / width + QUIET_MODULES);
            write!(path, "M{x} {y}h1v1h-1z").expect("a string takes everything");
        }
    }
    Some(format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {side} {side}\" \
         shape-rendering=\"crispEdges\"><path fill=\"#fff\" d=\"M0 0h{side}v{side}h-{side}z\"/>\
         <path d=\"{path}\"/></svg>"
    ))
}
