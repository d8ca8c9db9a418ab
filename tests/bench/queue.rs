//! Numbers a second through the whole server beside what the disk can do,
//! what years of record change in that, memory, and how soon everybody
//! has a call.

use std::net::Ipv4Addr;
use std::time::Duration;

use anyhow::Context;
use serde_json::json;
use tests::hall::{CLERK, DemoHall, command_id, data};
use tests::program::repository;

use crate::clock::Stopwatch;
use crate::disk;
use crate::figures::Figures;
use crate::lean::Line;
use crate::start::TICKETS as OLD_TICKETS;
use crate::years;

/// Clients at once, and tickets in a commit of the bare disk.
const SIZES: [u64; 4] = [1, 8, 32, 128];

/// Tickets per line of the table, and fewer where the disk needs longer
/// than this for them.
const TICKETS: u64 = 12_000;
const LINE: Duration = Duration::from_secs(6);

/// Clients of a busy hall.
const BUSY: u64 = 32;

/// Turns of an old and a new hall, one after the other.
const TURNS: usize = 7;

/// Tickets of a large hall's day.
const DAY: u64 = 10_000;

/// Everybody who follows the boards.
pub(crate) const SUBSCRIBERS: u64 = 1_000;

/// Subscribers at one address; a share has 512 places.
const AT_ONE_ADDRESS: u64 = 400;

/// Calls timed.
const CALLS: usize = 50;

/// Tickets a second at each size, beside the disk's own.
pub(crate) async fn measure(figures: &mut Figures) -> anyhow::Result<()> {
    let hall = DemoHall::start("bench")?;
    let kiosk = hall.enrol("kiosk", "kiosk-1")?;
    for size in SIZES {
        let raw = disk::commits_a_second(hall.folder(), size)?;
        figures.add(format!("disk alone, commits of {size}"), raw, "/s");
        let commits = LINE.as_nanos() / Duration::from_secs_f64(1.0 / raw).as_nanos();
        let most = u64::try_from(commits)? * size;
        let watch = Stopwatch::start();
        let times = issue(&hall, &kiosk, size, TICKETS.min(most)).await?;
        let rate = count(times.len()) / watch.read().as_secs_f64();
        figures.add(format!("tickets, {size} clients"), rate, "/s");
        let tickets = u32::try_from(size)?;
        let share = rate / (raw * f64::from(tickets)) * 100.0;
        figures.add(format!("tickets, {size} clients, of the disk's rate"), share, "%");
        figures.add_times(&format!("ticket, {size} clients"), times);
    }
    Ok(())
}

/// The same hall with years behind it and with none, in turns.
pub(crate) async fn years(figures: &mut Figures) -> anyhow::Result<()> {
    let folder = repository().join(format!("target/e2e/bench-years-{}", std::process::id()));
    years::copy(OLD_TICKETS, &data(&folder))?;
    let old = DemoHall::start_on(folder, "127.0.0.1:0")?;
    let new = DemoHall::start("bench-new")?;
    let tokens = [old.enrol("kiosk", "kiosk-1")?, new.enrol("kiosk", "kiosk-1")?];
    // After a start it looks through its record, on one of two cores.
    old.looks_back().await?;
    // Once unmeasured.
    let mut times = [Vec::new(), Vec::new()];
    for turn in 0..=TURNS {
        for (nth, hall) in [&old, &new].into_iter().enumerate() {
            let watch = Stopwatch::start();
            issue(hall, &tokens[nth], BUSY, TICKETS / 2).await?;
            if turn > 0 {
                times[nth].push(watch.read());
            }
        }
    }
    let [old_time, new_time] = times.map(|mut it| {
        it.sort_unstable();
        it[TURNS / 2].as_secs_f64()
    });
    let what = format!("time of issuing with {OLD_TICKETS} old tickets, of that with none");
    figures.add(what, old_time / new_time, "times");
    Ok(())
}

/// The most memory a day takes.
pub(crate) async fn memory(figures: &mut Figures) -> anyhow::Result<()> {
    let hall = DemoHall::start("bench-memory")?;
    let kiosk = hall.enrol("kiosk", "kiosk-1")?;
    issue(&hall, &kiosk, BUSY, DAY).await?;
    let peak = hall.memory_kb_peak()?;
    figures.add(format!("memory, {DAY} tickets"), kilobytes(peak) / 1_000.0, "MB");
    Ok(())
}

/// From the clerk's press until the last of many has the call.
pub(crate) async fn feeds(figures: &mut Figures) -> anyhow::Result<()> {
    let hall = DemoHall::start("bench-feeds")?;
    let kiosk = hall.enrol("kiosk", "kiosk-1")?;
    let board = hall.enrol("board", "board-1")?;
    issue(&hall, &kiosk, 1, u64::try_from(CALLS)?).await?;
    let clerk = hall.sign_in(CLERK).await?;
    hall.act("open", json!({})).await?;
    let before = hall.memory_kb_peak()?;
    let mut lines = subscribers(&hall, &board).await?;
    let mut window = Line::open(Ipv4Addr::LOCALHOST, &hall.address, Some(&clerk)).await?;
    let (mut times, mut committed) = (Vec::new(), Vec::new());
    for _ in 0..CALLS {
        let watch = Stopwatch::start();
        let body = json!({ "command_id": command_id() }).to_string();
        let reply = window.post("windows/1/call-next", &body).await?;
        committed.push(watch.read());
        let view: serde_json::Value = serde_json::from_slice(&reply)?;
        let number = view["ticket"]["number"].as_str().context("somebody is called")?.to_owned();
        let all = lines.into_iter().map(|line| tokio::spawn(hears(line, number.clone())));
        let all: Vec<_> = all.collect();
        lines = Vec::new();
        let mut last = Duration::ZERO;
        for one in all {
            let line = one.await.context("a subscriber ended")??;
            last = last.max(watch.read());
            lines.push(line);
        }
        times.push(last);
        let body = json!({ "command_id": command_id() }).to_string();
        window.post("windows/1/finish", &body).await?;
    }
    let each = kilobytes(hall.memory_kb_peak()? - before) / count(lines.len());
    figures.add_times("call, press to the clerk's answer", committed);
    figures.add_times(&format!("call, press to the last of {SUBSCRIBERS} feeds"), times);
    figures.add("memory, a feed", each, "kB");
    Ok(())
}

/// A thousand lines that follow the boards.
pub(crate) async fn subscribers(hall: &DemoHall, board: &str) -> anyhow::Result<Vec<Line>> {
    let mut lines = Vec::new();
    for nth in 0..SUBSCRIBERS {
        let from = Ipv4Addr::new(127, 0, 1, u8::try_from(1 + nth / AT_ONE_ADDRESS)?);
        let mut line = Line::open(from, &hall.address, Some(board)).await?;
        line.follow("view=board").await?;
        lines.push(line);
    }
    Ok(lines)
}

async fn hears(mut line: Line, number: String) -> anyhow::Result<Line> {
    line.hears(&format!("\"number\":\"{number}\"")).await?;
    Ok(line)
}

/// Issues tickets in one lane from so many clients at once.
pub(crate) async fn issue(
    hall: &DemoHall,
    token: &str,
    clients: u64,
    tickets: u64,
) -> anyhow::Result<Vec<Duration>> {
    let mut tasks = Vec::new();
    for _ in 0..clients {
        let line = Line::open(Ipv4Addr::LOCALHOST, &hall.address, Some(token)).await?;
        tasks.push(tokio::spawn(issue_on(line, tickets / clients)));
    }
    let mut times = Vec::new();
    for task in tasks {
        times.append(&mut task.await.context("a client ended")??);
    }
    Ok(times)
}

async fn issue_on(mut line: Line, tickets: u64) -> anyhow::Result<Vec<Duration>> {
    let mut times = Vec::new();
    for _ in 0..tickets {
        let body = json!({
            "command_id": command_id(), "lane": "A", "class": "ordinary", "source": "kiosk",
        });
        let body = body.to_string();
        let watch = Stopwatch::start();
        line.post("tickets", &body).await?;
        times.push(watch.read());
    }
    Ok(times)
}

fn count(n: usize) -> f64 {
    f64::from(u32::try_from(n).unwrap_or(u32::MAX))
}

fn kilobytes(n: u64) -> f64 {
    f64::from(u32::try_from(n).unwrap_or(u32::MAX))
}
