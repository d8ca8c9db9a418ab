//! How long a start takes when the journal is years old.

use std::path::Path;
use std::time::Duration;

use anyhow::{Context, ensure};
use tests::hall::{DemoHall, data};
use tests::program::repository;

use crate::clock::Stopwatch;
use crate::figures::Figures;
use crate::years;

/// Old tickets; there are two events to each.
pub(crate) const TICKETS: u64 = 1_000_000;

/// Starts that are timed.
const STARTS: usize = 5;

/// Measures the start after a kill, from nothing to the open door.
pub(crate) fn measure(figures: &mut Figures) -> anyhow::Result<()> {
    let folder = repository().join(format!("target/e2e/bench-start-{}", std::process::id()));
    years::copy(TICKETS, &data(&folder))?;
    let mut hall = DemoHall::start_on(folder, "127.0.0.1:0")?;
    let mut times: Vec<Duration> = Vec::new();
    for _ in 0..STARTS {
        hall.kill()?;
        let watch = Stopwatch::start();
        hall.restart()?;
        times.push(watch.read());
    }
    ensure!(times.len() == STARTS, "every start is timed");
    let worst = times.iter().max().context("there were starts")?;
    let events = n_events(&data(hall.folder()))?;
    figures.add(
        format!("start with {events} events, slowest of {STARTS}"),
        worst.as_secs_f64(),
        "s",
    );
    Ok(())
}

fn n_events(data: &Path) -> anyhow::Result<u64> {
    let connection = rusqlite::Connection::open(data.join("hall.db"))?;
    Ok(connection.query_row("SELECT max(seq) FROM events", [], |row| row.get(0))?)
}
