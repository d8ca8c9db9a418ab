//! The network's side of the board, on its own thread: the server's feed
//! becomes messages for the core, and the server is told how the
//! loudspeakers are. It draws nothing and keeps no state of the hall.

use std::path::PathBuf;
use std::time::Duration;

use anyhow::Context;
use board_core::Msg;
use jiff::tz::TimeZone;
use queue_api::{BoardView, DeviceKind, DeviceReport, LoudspeakerReport};
use queue_client::{Client, FeedEvent, Joining};
use tokio::sync::{mpsc, watch};

/// Messages on their way to the screen; a slow screen holds up the feed,
/// which then keeps the newest views.
const MESSAGES_MAX: usize = 16;

/// How long the network's side may take to stop.
const STOP_MS_MAX: u64 = 1_000;

/// A report that does not get through is tried this often, a second
/// apart; then it waits for the next connection.
const TRIES_MAX: u32 = 5;
const PAUSE_MS: u64 = 1_000;

/// What connects the board with its surroundings.
#[derive(Debug)]
pub(crate) struct Wires {
    /// What arrives; it ends when the program is told to stop.
    pub(crate) messages: mpsc::Receiver<Msg>,
    /// For those who have something to tell the board; they do not keep
    /// it from ending.
    pub(crate) to_board: mpsc::WeakSender<Msg>,
    /// What the server is told of the loudspeakers; the newest counts.
    pub(crate) to_server: watch::Sender<Vec<LoudspeakerReport>>,
}

/// The network's side, running.
pub(crate) struct Runtime(tokio::runtime::Runtime);

/// Who the board is when it asks to come in.
#[derive(Clone, Debug)]
pub(crate) struct Identity {
    /// What the hall shall call it.
    pub(crate) name: String,
    /// Where it keeps the token it gets.
    pub(crate) state: Option<PathBuf>,
}

impl Runtime {
    /// Follows this feed of the server, until the program is told to stop.
    pub(crate) fn start(
        client: Client,
        identity: Identity,
        feed: String,
    ) -> anyhow::Result<(Runtime, Wires)> {
        let runtime = tokio::runtime::Builder::new_multi_thread()
            .worker_threads(1)
            .enable_all()
            .build()
            .context("cannot start the network thread")?;
        let (sender, messages) = mpsc::channel(MESSAGES_MAX);
        let (to_server, reports) = watch::channel(Vec::new());
        let to_board = sender.downgrade();
        runtime.spawn(async move {
            let connections = watch::Sender::new(());
            tokio::select! {
                () = follow(&client, &identity, &feed, &sender, &connections) => {}
                () = tell(&client, reports, connections.subscribe()) => {}
                asked = appliance::shutdown() => match asked {
                    Ok(()) => tracing::info!("board stops"),
                    Err(error) => tracing::error!(%error, "cannot listen for signals"),
                },
            }
        });
        Ok((Runtime(runtime), Wires { messages, to_board, to_server }))
    }

    /// Ends it, without waiting for the network.
    pub(crate) fn stop(self) {
        self.0.shutdown_timeout(Duration::from_millis(STOP_MS_MAX));
    }
}

/// Passes the feed on until nobody listens any more.
async fn follow(
    client: &Client,
    identity: &Identity,
    query: &str,
    to: &mpsc::Sender<Msg>,
    connections: &watch::Sender<()>,
) {
    if !client.has_token() {
        join(client, identity, to).await;
    }
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
        // Somebody may have shown it out.
        if !alive && matches!(client.is_known().await, Ok(false)) {
            join(client, identity, to).await;
        }
        if alive && !connected {
            connected = true;
            connections.send_replace(());
            tracing::info!("the feed is here");
        }
        // After each loss the server may be another one: a restarted
        // server may have read a changed profile.
        if alive && !hall_known {
            hall_known = pass_on_hall(client, to).await;
        }
    }
}

/// Tells the server how the loudspeakers are: when that changes, and on
/// each connection, since the server keeps it in memory only.
async fn tell(
    client: &Client,
    mut reports: watch::Receiver<Vec<LoudspeakerReport>>,
    mut connections: watch::Receiver<()>,
) {
    let mut changed = connections.changed().await;
    while changed.is_ok() {
        for _ in 0..TRIES_MAX {
            let loudspeakers = reports.borrow_and_update().clone();
            // A silent board has nothing to tell.
            if loudspeakers.is_empty() {
                break;
            }
            match client.report_device(&DeviceReport { printer: None, loudspeakers }).await {
                Err(error) if error.passes() => {
                    tokio::time::sleep(Duration::from_millis(PAUSE_MS)).await;
                }
                Err(error) => {
                    tracing::warn!(%error, "the loudspeakers' state is not told");
                    break;
                }
                Ok(()) => break,
            }
        }
        changed = tokio::select! {
            changed = reports.changed() => changed,
            changed = connections.changed() => changed,
        };
    }
}

/// Shows a code until somebody has let the board in.
async fn join(client: &Client, identity: &Identity, to: &mpsc::Sender<Msg>) {
    let name = &identity.name;
    let show = |joining| {
        let code = match joining {
            Joining::Code(code) => Some(code),
            Joining::Away => None,
        };
        // A screen that is so far behind will show the next one.
        let _late = to.try_send(Msg::JoinBegan { code, name: name.clone() }).is_err();
    };
    let token = client.join(DeviceKind::Board, name, show).await;
    tracing::info!(name, "let in");
    if let Some(state) = &identity.state {
        if let Err(error) = appliance::keep_token(state, &token) {
            tracing::error!("{error:#}; the next start asks again");
        }
    } else {
        tracing::warn!("without a state folder the next start asks again");
    }
    // Nobody listens any more when the board stops.
    let _closed = to.send(Msg::Joined).await.is_err();
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

/// The feed of a board in this zone, over this window, or of the hall.
pub(crate) fn feed_of(zone: Option<&str>, window: Option<u16>) -> String {
    match (window, zone) {
        (Some(window), _) => format!("view=board&window={window}"),
        (None, Some(zone)) => format!("view=board&zone={}", percent_encoded(zone)),
        (None, None) => "view=board".to_owned(),
    }
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
