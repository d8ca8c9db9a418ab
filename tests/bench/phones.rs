//! From a clerk's press until a board shows the call and the phone of
//! whoever is called, while a thousand phones follow their tickets: at
//! each call all of them hear that they have moved up.

use std::net::Ipv4Addr;
use std::time::Duration;

use anyhow::Context;
use queue_api::Ticket;
use serde_json::json;
use tests::hall::{CLERK, DemoHall, command_id};
use tokio::task::JoinHandle;

use crate::clock::Stopwatch;
use crate::figures::Figures;
use crate::lean::Line;

/// Phones that wait, whoever is called.
const PHONES: usize = 1_000;

/// Calls timed.
const CALLS: usize = 100;

/// Phones at one address; a share has 512 places.
const AT_ONE_ADDRESS: usize = 400;

/// Ends when its ticket is called.
type Phone = JoinHandle<anyhow::Result<Line>>;

/// Calls one after the other.
pub(crate) async fn measure(figures: &mut Figures) -> anyhow::Result<()> {
    let hall = DemoHall::start("bench-phones")?;
    let tickets = issue(&hall).await?;
    let mut phones = Vec::new();
    for (nth, ticket) in tickets.iter().enumerate() {
        phones.push(phone(&hall, nth, ticket).await?);
    }
    let board = hall.enrol("board", "board-1")?;
    let mut board = Line::open(Ipv4Addr::LOCALHOST, &hall.address, Some(&board)).await?;
    board.follow("view=board").await?;
    let clerk = hall.sign_in(CLERK).await?;
    hall.act("open", json!({})).await?;
    let mut window = Line::open(Ipv4Addr::LOCALHOST, &hall.address, Some(&clerk)).await?;
    let (mut on_board, mut on_phone) = (Vec::new(), Vec::new());
    for (ticket, phone) in tickets.iter().zip(phones).take(CALLS) {
        let number = format!("\"number\":\"{}\"", ticket.number);
        let watch = Stopwatch::start();
        let shows = tokio::spawn(async move {
            board.hears(&number).await?;
            anyhow::Ok((board, watch.read()))
        });
        let shakes = tokio::spawn(async move {
            phone.await.context("a phone ended")??;
            anyhow::Ok(watch.read())
        });
        press(&mut window, "call-next").await?;
        let took: Duration;
        (board, took) = shows.await.context("the board ended")??;
        on_board.push(took);
        on_phone.push(shakes.await.context("a phone ended")??);
        press(&mut window, "finish").await?;
    }
    figures.add_times(&format!("press to the board, {PHONES} phones"), on_board);
    figures.add_times(&format!("press to the own page, {PHONES} phones"), on_phone);
    Ok(())
}

/// One ticket for each phone, in the order in which they are called.
async fn issue(hall: &DemoHall) -> anyhow::Result<Vec<Ticket>> {
    let kiosk = hall.enrol("kiosk", "kiosk-1")?;
    let mut line = Line::open(Ipv4Addr::LOCALHOST, &hall.address, Some(&kiosk)).await?;
    let mut tickets = Vec::new();
    for _ in 0..PHONES + CALLS {
        let body = json!({
            "command_id": command_id(), "lane": "A", "class": "ordinary", "source": "kiosk",
        });
        tickets.push(serde_json::from_slice(&line.post("tickets", &body.to_string()).await?)?);
    }
    Ok(tickets)
}

async fn phone(hall: &DemoHall, nth: usize, ticket: &Ticket) -> anyhow::Result<Phone> {
    let from = Ipv4Addr::new(127, 0, 1, u8::try_from(1 + nth / AT_ONE_ADDRESS)?);
    let (_, token) = ticket.url.rsplit_once('/').context("an address ends with the secret")?;
    let mut line = Line::open(from, &hall.address, None).await?;
    line.follow(&format!("view=ticket&token={token}")).await?;
    Ok(tokio::spawn(async move {
        line.hears("\"state\":\"called\"").await?;
        Ok(line)
    }))
}

async fn press(window: &mut Line, verb: &str) -> anyhow::Result<()> {
    let body = json!({ "command_id": command_id() }).to_string();
    window.post(&format!("windows/1/{verb}"), &body).await.map(drop)
}
