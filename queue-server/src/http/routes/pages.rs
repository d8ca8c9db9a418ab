//! The part of the table that browsers and those who look after the
//! server see.

use queue_api::ProblemCode as Code;
use serde_json::Value;

use super::super::{health, metrics, openapi, pages, status};
use super::Role::{Admin, Manager, Program, Supervisor};
use super::Who::{Anybody, Holder, Only};
use super::{Content, Route, Who};

/// Who watches over the server.
const WATCH: Who = Only(&[Manager, Supervisor, Admin, Program]);

/// Pages for browsers, and what looks after the server.
pub(super) fn pages() -> Vec<Route> {
    let html = "text/html";
    vec![
        Route::get("/", Anybody, pages::home).says("To the console.").nothing(303),
        Route::get("/signin", Anybody, pages::sign_in).says("Where staff sign in.").text(html),
        Route::get("/setup", Anybody, pages::setup)
            .says("Where the first administrator makes an account.")
            .text(html),
        Route::get("/console", Anybody, pages::console).says("A clerk's window.").text(html),
        Route::get("/desk", Anybody, pages::desk).says("The guide desk.").text(html),
        Route::get("/hall", Anybody, pages::hall).says("The hall on one page.").text(html),
        Route::get("/reports", Anybody, pages::reports).says("Figures of the hall.").text(html),
        Route::get("/reports/sheet", Anybody, pages::day_sheet).says("A day on paper.").text(html),
        Route::get("/supervisor", Anybody, pages::supervisor).says("The record.").text(html),
        Route::get("/t/{token}", Holder, status::page)
            .says("The page of a ticket, which its paper leads to.")
            .query::<status::Asks>()
            .text(html)
            .answers(404, Some(Content::Text(html)))
            .answers(429, Some(Content::Text(html))),
        Route::get("/t/{token}/notice", Holder, status::notice)
            .says("The notices of a ticket.")
            .query::<status::Asks>()
            .text(html)
            .answers(404, Some(Content::Text(html)))
            .answers(429, Some(Content::Text(html))),
        Route::get("/n/{list}", Anybody, status::list)
            .says("The notices that a list's code asks about. Nothing of it is kept.")
            .query::<status::Asks>()
            .text(html)
            .answers(404, Some(Content::Text(html))),
        Route::get("/web/{file}", Anybody, pages::file)
            .says("What the pages load.")
            .text("*/*")
            .refuses(&[Code::NotFound]),
        Route::get("/healthz", Anybody, health::healthy)
            .says("The server runs.")
            .text("text/plain"),
        Route::get("/readyz", Anybody, health::ready)
            .says("The journal is replayed and takes what is done.")
            .gives::<health::Ready>(200)
            .refuses(&[Code::Attention]),
        Route::get("/metrics", WATCH, metrics::show)
            .says("Hall and server as numbers, in the text that Prometheus reads.")
            .text("application/openmetrics-text"),
        Route::get("/api/v1/openapi.json", Anybody, openapi::show)
            .says("This description.")
            .gives::<Value>(200),
    ]
}
