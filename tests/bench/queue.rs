//! Numbers a second through the whole server, and how soon a board hears
//! of a call.

use std::time::Duration;

use anyhow::{Context, bail};
use queue_api::{BoardView, Class, IssueRequest, Source};
use queue_client::{Client, FeedEvent};
use serde_json::json;
use tests::hall::{DemoHall, command_id};

use crate::clock::Stopwatch;
use crate::figures::Figures;

/// Tickets per line of the table.
const TICKETS: usize = 3_000;

/// Calls timed.
const CALLS: usize = 200;

/// No answer takes this long.
const PATIENCE: Duration = Duration::from_secs(30);

/// Measures a new hall.
pub(crate) async fn measure(figures: &mut Figures) -> anyhow::Result<()> {
    let hall = DemoHall::start("bench")?;
    let kiosk = Client::new(&hall.address, Some(hall.enrol("kiosk", "kiosk-1")?))?;
    for clients in [1, 16, 64] {
        let watch = Stopwatch::start();
        let each = TICKETS / clients;
        let tasks: Vec<_> =
            (0..clients).map(|_| tokio::spawn(issue(kiosk.clone(), each))).collect();
        let mut times = Vec::with_capacity(TICKETS);
        for task in tasks {
            times.append(&mut task.await.context("a client ended")??);
        }
        let rate = f64::from(u32::try_from(times.len())?) / watch.read().as_secs_f64();
        figures.add(format!("tickets issued, {clients} clients"), rate, "/s");
        figures.add_times(&format!("ticket issued, {clients} clients"), times);
    }
    let board = Client::new(&hall.address, Some(hall.enrol("board", "board-1")?))?;
    figures.add_times("call to board", calls(&hall, &board).await?);
    Ok(())
}

async fn issue(client: Client, count: usize) -> anyhow::Result<Vec<Duration>> {
    let mut times = Vec::with_capacity(count);
    for _ in 0..count {
        let request = IssueRequest {
            command_id: command_id().parse()?,
            lane: Some("A".parse()?),
            matter: None,
            class: Class::Ordinary,
            answers: None,
            source: Source::Kiosk,
            more: Vec::new(),
            priority: None,
            grant: None,
            pass: None,
        };
        let watch = Stopwatch::start();
        client.issue_ticket(&request, PATIENCE).await?;
        times.push(watch.read());
    }
    Ok(times)
}

/// From the clerk's press until the board has the view with that call.
async fn calls(hall: &DemoHall, board: &Client) -> anyhow::Result<Vec<Duration>> {
    let clerk = hall.sign_in(tests::hall::CLERK).await?;
    let mut feed = board.feed::<BoardView>("view=board");
    hall.act("open", json!({})).await?;
    let mut times = Vec::with_capacity(CALLS);
    for _ in 0..CALLS {
        let watch = Stopwatch::start();
        let next = json!({ "command_id": command_id() });
        let reply = hall.post(&clerk, "windows/1/call-next", &next).await?;
        let called: queue_api::WindowView = reply.error_for_status()?.json().await?;
        let number = called.ticket.context("somebody waits")?.number;
        loop {
            match tokio::time::timeout(PATIENCE, feed.recv()).await?.context("the feed goes on")? {
                FeedEvent::View(view)
                    if view.calls.first().is_some_and(|it| it.number == number) =>
                {
                    break;
                }
                FeedEvent::View(_) | FeedEvent::Ping(_) => {}
                FeedEvent::Lost(cause) => bail!("the feed broke: {cause}"),
            }
        }
        times.push(watch.read());
        let finish = json!({ "command_id": command_id() });
        hall.post(&clerk, "windows/1/finish", &finish).await?.error_for_status()?;
    }
    Ok(times)
}
