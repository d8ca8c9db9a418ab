//! How soon a report is there when years lie behind the hall: five
//! million visits in the read tables, asked for through the real server.

use std::path::Path;

use anyhow::{Context, ensure};
use chance::Chance;
use jiff::civil::Date;
use jiff::{Span, Timestamp};
use queue_api::Class;
use queue_core::{Estimate, LaneId, Source, TicketId, TicketNumber, WindowId};
use queue_server::visits::{Ended, OUTCOMES, Visit, day_tallies};
use rusqlite::{Connection, params};
use tests::hall::{DemoHall, data};
use tests::past;
use tests::program::repository;

use crate::clock::Stopwatch;
use crate::figures::Figures;

/// Days behind the hall, and visits on each.
const DAYS: i64 = 2_000;
const DAILY: u64 = 2_500;

/// How often each is asked; the slowest counts.
const ASKED: usize = 5;

/// What is asked of all those years.
const QUESTIONS: [(&str, &str); 6] = [
    ("all years", "per=all&by=all"),
    ("by month and lane", "per=month&by=lane"),
    ("by week and window", "per=week&by=window"),
    ("by month and matter", "per=month&by=matter"),
    ("by clerk", "per=all&by=clerk"),
    ("by hour", "per=all&by=hour"),
];

/// Fills the tables, asks, and takes it all away again.
pub(crate) async fn measure(figures: &mut Figures) -> anyhow::Result<()> {
    let folder = repository().join(format!("target/e2e/bench-reports-{}", std::process::id()));
    let yesterday = past::live(&data(&folder), 1, 1)?;
    let first = fill(&data(&folder).join("hall.db"), yesterday)?;
    let hall = DemoHall::start_on(folder, "127.0.0.1:0")?;
    let manager = hall.sign_in("3001").await?;
    let visits = u64::try_from(DAYS)? * DAILY;
    for (what, asked) in QUESTIONS {
        let mut times = Vec::new();
        for _ in 0..ASKED {
            let path = format!("reports/figures?from={first}&to={yesterday}&{asked}&limit=500");
            let watch = Stopwatch::start();
            let reply = hall.get(&manager, &path).await?.error_for_status()?;
            let report: queue_api::FiguresReport = reply.json().await?;
            times.push(watch.read());
            ensure!(report.total.called > visits / 2, "all the years are counted");
        }
        let worst = times.iter().max().context("it was asked")?;
        let what = format!("report of {visits} visits, {what}, slowest of {ASKED}");
        figures.add(what, worst.as_secs_f64() * 1_000.0, "ms");
    }
    // The open day is read visit by visit.
    let path = format!("reports/figures?from={yesterday}&to={yesterday}&by=lane");
    let watch = Stopwatch::start();
    hall.get(&manager, &path).await?.error_for_status()?.bytes().await?;
    figures.add("report of one day, by lane", watch.read().as_secs_f64() * 1_000.0, "ms");
    Ok(())
}

/// Years of visits before this day; gives their first day.
fn fill(record: &Path, before: Date) -> anyhow::Result<Date> {
    let mut connection = Connection::open(record)?;
    connection.pragma_update(None, "synchronous", "OFF")?;
    let first = before.checked_sub(Span::new().days(DAYS))?;
    let mut chance = Chance::new(1);
    let transaction = connection.transaction()?;
    for nth in 0..DAYS {
        let day = first.checked_add(Span::new().days(nth))?;
        let visits: Vec<Visit> =
            (0..DAILY).map(|it| visit(day, it, &mut chance)).collect::<anyhow::Result<_>>()?;
        transaction
            .prepare_cached("INSERT INTO days (day, first_seq) VALUES (?1, ?2)")?
            .execute(params![day.to_string(), nth - DAYS])?;
        let mut insert = transaction.prepare_cached(
            "INSERT INTO visits (day, ticket, nth, number, lane, class, matter, source, issued,
                since, called, calls, arrived, parked_s, finished, window_id, clerk, outcome, ended,
                wait_s, service_s)
             VALUES (?1, ?2, 1, ?3, ?4, 'ordinary', ?5, 'kiosk', ?6, ?6, ?7, 1, ?7, 0, ?8, ?9, ?10,
                'done_now', 'finished', ?11, ?12)",
        )?;
        for it in &visits {
            insert.execute(params![
                day.to_string(),
                it.ticket.0,
                it.number.to_string(),
                it.lane.as_str(),
                it.matter,
                it.issued,
                it.called,
                it.finished,
                it.window.map(|it| it.0),
                it.clerk.as_ref().map(queue_api::StaffId::as_str),
                it.wait_s(),
                it.service_s(),
            ])?;
        }
        let mut insert = transaction.prepare_cached(
            "INSERT INTO tallies (facet, day, key, tally) VALUES (?1, ?2, ?3, ?4)",
        )?;
        for ((facet, key), tally) in day_tallies(&visits) {
            insert.execute(params![facet.name(), day.to_string(), key, tally.to_bytes()])?;
        }
    }
    transaction.commit()?;
    Ok(first)
}

/// Twelve lanes, thirty matters, twenty windows with a clerk each.
fn visit(day: Date, nth: u64, chance: &mut Chance) -> anyhow::Result<Visit> {
    let lane: LaneId = char::from(b'A' + u8::try_from(chance.below(12))?).to_string().parse()?;
    let morning: Timestamp = day.at(1, 0, 0, 0).in_tz("UTC")?.timestamp();
    let issued = morning.as_second() + i64::try_from(chance.below(8 * 3_600))?;
    let called = issued + i64::try_from(chance.below(60) * chance.below(60))?;
    let finished = called + 60 + i64::try_from(chance.below(40) * chance.below(50))?;
    let window = WindowId(u16::try_from(1 + chance.below(20))?);
    Ok(Visit {
        day,
        ticket: TicketId(nth + 1),
        nth: 1,
        number: TicketNumber { lane: lane.clone(), count: u32::try_from(nth + 1)? },
        lane,
        class: Class::Ordinary,
        priority: None,
        matter: Some(format!("matter-{}", chance.below(30))),
        source: Source::Kiosk,
        issued,
        since: issued,
        called: Some(called),
        calls: 1,
        arrived: Some(called),
        parked: None,
        parked_s: 0,
        finished: Some(finished),
        window: Some(window),
        clerk: Some(format!("10{:02}", window.0).parse()?),
        outcome: Some(*chance.pick(&OUTCOMES)),
        ended: Some(Ended::Finished),
        forecast: Some(Estimate { likely: 12, low: 5, high: 25 }),
    })
}
