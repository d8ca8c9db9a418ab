//! A stream of whole views that outlives the connection: it comes back
//! by itself, and the first view after that is again the whole truth.

use std::time::Duration;

use backon::{BackoffBuilder, ExponentialBuilder};
use eventsource_stream::{Event, EventStreamError, Eventsource};
use futures_util::StreamExt;
use queue_api::Ping;
use serde::de::DeserializeOwned;
use tokio::sync::mpsc;

use crate::client::{Client, ClientError};

/// The server pings every five seconds: two missed pings and a little.
const SILENCE_MS_MAX: u64 = 12_000;

/// First and longest pause before connecting again.
const RECONNECT_MS: (u64, u64) = (100, 2_000);

/// Views that may lie unread. A whole view replaces the one before it,
/// so a slow reader loses nothing but time.
const UNREAD_MAX: usize = 16;

/// What a feed brings.
#[derive(Clone, Debug)]
pub enum FeedEvent<V> {
    /// The whole view.
    View(V),
    /// Nothing new; the connection lives.
    Ping(Ping),
    /// The connection is gone; it is being made again. Sent once per
    /// loss, with the cause for the log.
    Lost(String),
}

impl Client {
    /// Follows `GET /feed?{query}` (`view=board`, `view=board&zone=A`)
    /// until the receiver is dropped.
    pub fn feed<V>(&self, query: &str) -> mpsc::Receiver<FeedEvent<V>>
    where
        V: DeserializeOwned + Send + 'static,
    {
        let (sender, receiver) = mpsc::channel(UNREAD_MAX);
        let client = self.clone();
        let path = format!("feed?{query}");
        tokio::spawn(async move { client.follow(&path, &sender).await });
        receiver
    }

    async fn follow<V: DeserializeOwned>(&self, path: &str, to: &mpsc::Sender<FeedEvent<V>>) {
        let pauses = ExponentialBuilder::default()
            .with_min_delay(Duration::from_millis(RECONNECT_MS.0))
            .with_max_delay(Duration::from_millis(RECONNECT_MS.1))
            .with_jitter()
            .without_max_times();
        let mut backoff = pauses.build();
        let mut lost = false;
        loop {
            let mut heard = false;
            let cause = match self.listen(path, to, &mut heard).await {
                Ok(()) => return,
                Err(cause) => cause,
            };
            if heard {
                backoff = pauses.build();
                lost = false;
            }
            if !lost && to.send(FeedEvent::Lost(cause)).await.is_err() {
                return;
            }
            lost = true;
            let pause = backoff.next().unwrap_or(Duration::from_millis(RECONNECT_MS.1));
            tokio::select! {
                () = tokio::time::sleep(pause) => {}
                () = to.closed() => return,
            }
        }
    }

    /// One connection, until it breaks (the cause) or nobody listens.
    async fn listen<V: DeserializeOwned>(
        &self,
        path: &str,
        to: &mpsc::Sender<FeedEvent<V>>,
        heard: &mut bool,
    ) -> Result<(), String> {
        let silence = Duration::from_millis(SILENCE_MS_MAX);
        let connect = async {
            let response =
                self.get(path).send().await.map_err(|source| self.unreachable(source))?;
            self.refusal(response).await
        };
        let response = tokio::time::timeout(silence, connect)
            .await
            .map_err(|_| "the server did not answer".to_owned())?
            .map_err(|error: ClientError| chain(&error))?;
        let mut events = response.bytes_stream().eventsource();
        loop {
            let next = tokio::select! {
                next = tokio::time::timeout(silence, events.next()) => next,
                () = to.closed() => return Ok(()),
            };
            let event = match next {
                Err(_) => return Err("the server fell silent".to_owned()),
                Ok(None) => return Err("the server ended the feed".to_owned()),
                Ok(Some(Err(error))) => return Err(broken(&error)),
                Ok(Some(Ok(event))) => event,
            };
            let Some(event) = read(&event)? else { continue };
            *heard = true;
            if to.send(event).await.is_err() {
                return Ok(());
            }
        }
    }
}

/// An event this version knows; others may come and are passed over.
fn read<V: DeserializeOwned>(event: &Event) -> Result<Option<FeedEvent<V>>, String> {
    let foreign =
        |error: serde_json::Error| format!("a `{}` that cannot be read: {error}", event.event);
    match event.event.as_str() {
        "view" => {
            serde_json::from_str(&event.data).map(|it| Some(FeedEvent::View(it))).map_err(foreign)
        }
        "ping" => {
            serde_json::from_str(&event.data).map(|it| Some(FeedEvent::Ping(it))).map_err(foreign)
        }
        _ => Ok(None),
    }
}

fn broken(error: &EventStreamError<reqwest::Error>) -> String {
    match error {
        EventStreamError::Transport(cause) => chain(cause),
        other => other.to_string(),
    }
}

/// An error with its causes, on one line.
fn chain(error: &dyn std::error::Error) -> String {
    let mut text = error.to_string();
    let mut cause = error.source();
    while let Some(error) = cause {
        text.push_str(": ");
        text.push_str(&error.to_string());
        cause = error.source();
    }
    text
}
