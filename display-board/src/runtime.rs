//! The network's side of the board, on its own thread: the server's feed
//! becomes messages for the core. It draws nothing and keeps no state of
//! the hall.

use std::time::Duration;

use anyhow::Context;
use board_core::Msg;
use jiff::tz::TimeZone;
use queue_api::BoardView;
use queue_client::{Client, FeedEvent};
use tokio::sync::mpsc;

/// Messages on their way to the screen; a slow screen holds up the feed,
/// which then keeps the newest views.
const MESSAGES_MAX: usize = 16;

/// How long the network's side may take to stop.
const STOP_MS_MAX: u64 = 1_000;

/// The network's side, running.
pub(crate) struct Runtime(tokio::runtime::Runtime);

impl Runtime {
    /// Follows the feed of the server; what it brings comes out of the
    /// receiver, which ends when the program is told to stop.
    pub(crate) fn start(
        client: Client,
        zone: Option<&str>,
    ) -> anyhow::Result<(Runtime, mpsc::Receiver<Msg>)> {
        let runtime = tokio::runtime::Builder::new_multi_thread()
            .worker_threads(1)
            .enable_all()
            .build()
            .context("cannot start the network thread")?;
        let (sender, messages) = mpsc::channel(MESSAGES_MAX);
        let query = match zone {
            Some(zone) => format!("view=board&zone={}", percent_encoded(zone)),
            None => "view=board".to_owned(),
        };
        runtime.spawn(async move {
            tokio::select! {
                () = follow(&client, &query, &sender) => {}
                asked = appliance::shutdown() => match asked {
                    Ok(()) => tracing::info!("board stops"),
                    Err(error) => tracing::error!(%error, "cannot listen for signals"),
                },
            }
        });
        Ok((Runtime(runtime), messages))
    }

    /// Ends it, without waiting for the network.
    pub(crate) fn stop(self) {
        self.0.shutdown_timeout(Duration::from_millis(STOP_MS_MAX));
    }
}

/// Passes the feed on until nobody listens any more.
async fn follow(client: &Client, query: &str, to: &mpsc::Sender<Msg>) {
    let mut feed = client.feed::<BoardView>(query);
    let mut connected = false;
    let mut hall_known = false;
    while let Some(event) = feed.recv().await {
        let msg = match event {
            FeedEvent::View(board) => Msg::ViewArrived(Box::new(board)),
            FeedEvent::Ping(_) => Msg::FeedAlive,
            FeedEvent::Lost(reason) => {
                tracing::warn!(reason, "the feed is lost; connecting again");
                (connected, hall_known) = (false, false);
                Msg::FeedLost
            }
        };
        let alive = !matches!(msg, Msg::FeedLost);
        if to.send(msg).await.is_err() {
            return;
        }
        if alive && !connected {
            connected = true;
            tracing::info!("the feed is here");
        }
        // After each loss the server may be another one: a restarted
        // server may have read a changed profile.
        if alive && !hall_known {
            hall_known = pass_on_hall(client, to).await;
        }
    }
}

/// Fetches the hall's profile; false if it has to be asked for again.
async fn pass_on_hall(client: &Client, to: &mpsc::Sender<Msg>) -> bool {
    let hall = match client.hall().await {
        Ok(hall) => hall,
        Err(error) => {
            tracing::warn!(%error, "the hall's profile is not here yet");
            return false;
        }
    };
    let time_zone = TimeZone::get(&hall.time_zone).unwrap_or_else(|error| {
        tracing::warn!(%error, "the hall's time zone is unknown; the machine's is used");
        TimeZone::system()
    });
    to.send(Msg::HallArrived { hall: Box::new(hall), time_zone }).await.is_ok()
}

/// A zone's id as part of a query.
fn percent_encoded(text: &str) -> String {
    let mut encoded = String::new();
    for byte in text.bytes() {
        if byte.is_ascii_alphanumeric() || b"-._~".contains(&byte) {
            encoded.push(char::from(byte));
        } else {
            encoded.push_str(&format!("%{byte:02X}"));
        }
    }
    encoded
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_zone_s_id_may_be_any_text() {
        assert_eq!(percent_encoded("A"), "A");
        assert_eq!(percent_encoded("东 1&x"), "%E4%B8%9C%201%26x");
    }
}
