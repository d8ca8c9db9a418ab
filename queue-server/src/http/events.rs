//! `GET /events`: what happens, as it is written down, for other
//! systems: a city's platform, a data lake. Every entry once and in
//! order, from the place that the reader names; who was away goes on
//! where it stopped.
//!
//! A reader holds one part of the record in memory, however long the
//! record is, and the next is read when there is room for it.

use std::convert::Infallible;
use std::fmt::Write;
use std::sync::Arc;

use axum::Extension;
use axum::body::Body;
use axum::extract::State;
use axum::http::HeaderMap;
use axum::response::IntoResponse;
use bytes::Bytes;
use futures_util::stream::unfold;
use queue_api::ProblemCode;
use schemars::JsonSchema;
use serde::Deserialize;
use tokio::sync::{OwnedSemaphorePermit, watch};
use tokio::time::Instant;

use super::body::Asked;
use super::caller::Caller;
use super::feed::{PING, STREAM_HEADERS, ping};
use super::problem::Refused;
use super::room::Stay;
use super::stop::Stop;
use super::welcome::Welcome;
use crate::journal::Row;
use crate::live::LiveHall;
use crate::meters::Follows;
use crate::retold;

/// Readers at once.
pub(crate) const READERS_MAX: usize = 16;

/// `GET /events?after=`.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct Query {
    /// The last entry that the reader has; `Last-Event-ID` goes before.
    #[serde(default)]
    after: u64,
}

/// `GET /events`.
pub(super) async fn follow(
    State(hall): State<Arc<LiveHall>>,
    State(stop): State<Stop>,
    Extension(stay): Extension<Stay>,
    caller: Caller,
    headers: HeaderMap,
    Asked(query): Asked<Query>,
) -> Result<impl IntoResponse, Refused> {
    if stay == Stay::Short {
        return Err(ProblemCode::Busy.into());
    }
    let after = last_event_id(&headers)?.unwrap_or(query.after);
    let place =
        Arc::clone(&hall.event_readers).try_acquire_owned().map_err(|_| ProblemCode::Busy)?;
    // Subscribed before the first part is read: no entry is missed.
    let changes = hall.engine.published().subscribe();
    let follows = hall.engine.published().meters().follows("events");
    tracing::info!(by = %caller.actor(), after, "reads the events");
    let reader = Reader {
        welcome: Welcome::of(&headers, &hall),
        hall,
        after,
        may_have_more: true,
        changes,
        stop,
        ping_at: Instant::now() + PING,
        _place: place,
        _follows: follows,
    };
    let events = unfold(reader, |mut reader| async move {
        let event = reader.next().await?;
        Some((Ok::<Bytes, Infallible>(event), reader))
    });
    Ok((STREAM_HEADERS, Body::from_stream(events)))
}

fn last_event_id(headers: &HeaderMap) -> Result<Option<u64>, Refused> {
    let Some(id) = headers.get("last-event-id") else { return Ok(None) };
    let id = id.to_str().ok().and_then(|it| it.parse().ok());
    let bad = || Refused::because(ProblemCode::Malformed, "`Last-Event-ID` is no sequence");
    id.map(Some).ok_or_else(bad)
}

/// One connection.
struct Reader {
    hall: Arc<LiveHall>,
    welcome: Welcome,
    /// The last entry that was sent.
    after: u64,
    may_have_more: bool,
    changes: watch::Receiver<u64>,
    stop: Stop,
    ping_at: Instant,
    _place: OwnedSemaphorePermit,
    _follows: Follows,
}

impl Reader {
    /// What is sent next; none when the server stops, the reader is not
    /// welcome any more, or the record cannot be read.
    async fn next(&mut self) -> Option<Bytes> {
        loop {
            if self.may_have_more {
                let part = self.part().await?;
                self.may_have_more = !part.is_empty();
                if !part.is_empty() {
                    return Some(self.tell(&part));
                }
            }
            tokio::select! {
                biased;
                () = self.stop.stopped() => return None,
                changed = self.changes.changed() => {
                    changed.ok()?;
                    self.changes.borrow_and_update();
                    if !self.welcome.holds(&self.hall) {
                        return None;
                    }
                    self.may_have_more = true;
                }
                () = tokio::time::sleep_until(self.ping_at) => {
                    if !self.welcome.is_renewed(&self.hall) {
                        return None;
                    }
                    self.ping_at = Instant::now() + PING;
                    return Some(ping(&self.hall));
                }
            }
        }
    }

    /// What follows, read where blocking is allowed.
    async fn part(&self) -> Option<Vec<Row>> {
        let (hall, after) = (Arc::clone(&self.hall), self.after);
        let read = move || hall.record.part_after(after);
        match tokio::task::spawn_blocking(read).await {
            Ok(Ok(rows)) => Some(rows),
            Ok(Err(error)) => {
                tracing::error!(%error, after, "the events cannot be told");
                None
            }
            Err(_) => None,
        }
    }

    fn tell(&mut self, rows: &[Row]) -> Bytes {
        let mut text = String::new();
        for row in rows {
            let seq = row.entry.seq;
            if seq > self.after + 1 {
                // What is kept no longer: the reader should know.
                let _ = write!(
                    text,
                    "event: gap\ndata: {{\"after\":{},\"next\":{seq}}}\n\n",
                    self.after
                );
            }
            let _ = write!(text, "event: entry\nid: {seq}\ndata: {}\n\n", retold::told(row));
            self.after = seq;
        }
        self.ping_at = Instant::now() + PING;
        text.into()
    }
}
