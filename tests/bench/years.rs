//! A journal that is years old: so many tickets, a few thousand a day.
//! Made once by the real desk and kept for the next run.

use std::fs;
use std::path::{Path, PathBuf};
use std::time::{Duration, SystemTime};

use anyhow::{Context, ensure};
use jiff::tz::TimeZone;
use jiff::{SignedDuration, Timestamp};
use queue_core::{Command, LaneId, LaneRules, Rules, Source, TicketRequest};
use queue_server::actor::Actor;
use queue_server::engine::{Asked, Desk};
use tests::program::repository;

/// Tickets of a day. Each leaves two events: nobody serves them, so the
/// next day ends them.
const DAILY: u64 = 2_500;

/// How long one is kept.
const FRESH: Duration = Duration::from_hours(24 * 30);

/// Tickets in a commit.
const BATCH: u64 = 500;

/// The record ends a few days ago, or the server would not believe its
/// clock; made so long ago, it is made anew.
const ENDS_DAYS_AGO: i64 = 3;

/// A data folder with `tickets` old tickets, ready to be copied.
pub(crate) fn of(tickets: u64) -> anyhow::Result<PathBuf> {
    let folder = repository().join(format!("target/bench/{tickets}-old-tickets"));
    let made = fs::metadata(folder.join("made")).and_then(|it| it.modified());
    let is_fresh = |made: SystemTime| made.elapsed().is_ok_and(|it| it < FRESH);
    if !made.is_ok_and(is_fresh) {
        let _ = fs::remove_dir_all(&folder);
        make(&folder, tickets)?;
        fs::write(folder.join("made"), "")?;
    }
    Ok(folder)
}

/// Puts a copy of it into an empty data folder.
pub(crate) fn copy(tickets: u64, data: &Path) -> anyhow::Result<()> {
    let from = of(tickets)?;
    fs::create_dir_all(data)?;
    for file in ["hall.db", "hall.lock"] {
        fs::copy(from.join(file), data.join(file))
            .with_context(|| format!("cannot copy {file}"))?;
    }
    Ok(())
}

fn make(folder: &Path, tickets: u64) -> anyhow::Result<()> {
    let lanes: Vec<LaneId> =
        (b'A'..=b'L').map(|it| char::from(it).to_string().parse()).collect::<Result<_, _>>()?;
    let rules = Rules {
        lanes: lanes.iter().map(|it| (it.clone(), LaneRules::default())).collect(),
        ..Rules::default()
    };
    let mut desk = Desk::open(folder, rules, TimeZone::UTC)?;
    let days = i64::try_from(tickets.div_ceil(DAILY))?;
    let today = Timestamp::try_from(fs::metadata(folder.join("hall.db"))?.modified()?)?;
    let last = today - SignedDuration::from_hours(24 * ENDS_DAYS_AGO);
    for batch in 0..tickets / BATCH {
        let day = i64::try_from(batch * BATCH / DAILY)?;
        let now = last - SignedDuration::from_hours(24 * (days - day));
        let asked: Vec<Asked> =
            (batch * BATCH..(batch + 1) * BATCH).map(|nth| ticket(nth, &lanes)).collect();
        let answers = desk.take(&asked, now)?;
        ensure!(answers.iter().all(Result::is_ok), "every ticket is issued");
    }
    Ok(())
}

fn ticket(nth: u64, lanes: &[LaneId]) -> Asked {
    let lane = lanes[usize::try_from(nth).unwrap_or_default() % lanes.len()].clone();
    let request = TicketRequest {
        source: Source::Desk,
        ..TicketRequest::at_kiosk(lane, format!("{nth:022}"))
    };
    Asked {
        command_id: tests::hall::command_id().parse().ok(),
        by: Actor::Device("kiosk-1".to_owned()),
        command: Command::IssueTicket(request),
    }
}
