//! `queue-server export`: visits for those who count them, as a table or
//! as JSON. No ticket's secret is in it, and nobody's name.

use std::fs::{self, File};
use std::io::{BufWriter, Write};
use std::path::{Path, PathBuf};

use anyhow::{Context, ensure};
use jiff::Timestamp;
use jiff::civil::Date;
use jiff::tz::TimeZone;
use queue_core::{
    Class, Event, Hall, LaneId, Morning, Outcome, PriorityReason, Rules, Source, Ticket,
    TicketNumber, TicketState, WindowId,
};
use serde::Serialize;

use crate::journal::{Journal, Reader, Row};
use crate::record::WhichRecord;
use crate::{profile, table};

/// What `export` is told.
#[derive(Debug, clap::Args)]
#[command(after_help = "\
One line for each ticket: its number and lane, how it queued and what for, when it was \
issued, called, arrived and finished (the hall's own time), the window it was at last, \
and how it ended.")]
pub(crate) struct Options {
    #[command(flatten)]
    record: WhichRecord,
    /// The hall's profile, for its time zone.
    #[arg(long, default_value = "assets/halls/demo")]
    hall: PathBuf,
    /// The first business day, such as 2026-11-01.
    #[arg(long)]
    from: Date,
    /// The last business day, which is included.
    #[arg(long)]
    to: Date,
    /// How it is written.
    #[arg(long, value_enum, default_value_t = Format::Csv)]
    format: Format,
    /// Where it goes; an earlier file of that name is replaced.
    #[arg(long)]
    out: PathBuf,
}

/// How visits are written.
#[derive(Clone, Copy, Debug, PartialEq, Eq, clap::ValueEnum)]
enum Format {
    /// A table as text, with commas.
    Csv,
    /// An array of objects.
    Json,
    /// A table for a spreadsheet.
    Xlsx,
}

/// A ticket's visit.
#[derive(Debug, Serialize)]
struct Visit {
    day: Date,
    number: TicketNumber,
    lane: LaneId,
    class: Class,
    priority: Option<PriorityReason>,
    matter: Option<String>,
    source: Source,
    issued: String,
    called: Option<String>,
    arrived: Option<String>,
    finished: Option<String>,
    window: Option<WindowId>,
    state: TicketState,
    outcome: Option<Outcome>,
}

/// The fields of a visit, in their order.
const NAMES: [&str; 14] = [
    "day", "number", "lane", "class", "priority", "matter", "source", "issued", "called",
    "arrived", "finished", "window", "state", "outcome",
];

/// Writes the visits, and says in one line how many.
pub(crate) fn export(options: &Options, out: &mut impl Write) -> anyhow::Result<()> {
    ensure!(options.from <= options.to, "the last day is before the first");
    let files = profile::load(&options.hall)
        .map_err(|faults| anyhow::anyhow!("the hall cannot be read, {} fault(s)", faults.len()))?;
    let zone =
        TimeZone::get(&files.profile.time_zone).context("the hall's time zone is not known")?;
    let (from, to) = (options.from, options.to);
    let path = options.record.path()?;
    if let Some(beginning) = Journal::beginning(&path)? {
        let (day, sha256) = (beginning.morning.day(), beginning.archive_sha256);
        ensure!(
            from >= day,
            "the days before {day} are in the archive with SHA-256 {sha256}: write them from \
             there with `--file`, or begin with `--from {day}`"
        );
    }
    let mut visits = Visits { hall: Hall::new(Rules::default()), zone, from, to, found: vec![] };
    Journal::inspect(&path, &mut visits)?;
    visits.day_ends();
    let place = options.out.display();
    write(options.format, &visits.found, &options.out)
        .with_context(|| format!("cannot write `{place}`"))?;
    writeln!(out, "written: {} visits in `{place}`", visits.found.len()).context("cannot write")
}

fn write(format: Format, visits: &[Visit], place: &Path) -> anyhow::Result<()> {
    if format == Format::Xlsx {
        return Ok(fs::write(place, table::xlsx(&NAMES, visits)?)?);
    }
    let mut file = BufWriter::new(File::create(place)?);
    match format {
        Format::Json => serde_json::to_writer_pretty(&mut file, visits)?,
        _ => table::csv(&NAMES, visits, &mut file)?,
    }
    Ok(file.into_inner().map_err(std::io::IntoInnerError::into_error)?.sync_all()?)
}

/// The story, and the visits found in it.
struct Visits {
    hall: Hall,
    zone: TimeZone,
    from: Date,
    to: Date,
    found: Vec<Visit>,
}

impl Visits {
    /// Takes what the hall knows of its day, before it forgets it.
    fn day_ends(&mut self) {
        let wanted = |it: &&Ticket| (self.from..=self.to).contains(&it.day);
        let visits = self.hall.tickets().filter(wanted).map(|it| visit(it, &self.zone));
        self.found.extend(visits);
    }
}

impl Reader for Visits {
    fn begin(&mut self, morning: Morning, _whole: bool) {
        self.hall = Hall::on_morning(Rules::default(), morning);
    }

    fn row(&mut self, row: Row) {
        if matches!(row.entry.event, Event::DayOpened { .. }) {
            self.day_ends();
        }
        // The hall of a morning knows already that its day was opened.
        if row.entry.seq > self.hall.seq() {
            self.hall.apply(&row.entry);
        }
    }
}

fn visit(ticket: &Ticket, zone: &TimeZone) -> Visit {
    // To the second, without the zone: what a spreadsheet reads as a time.
    let local = |at: Timestamp| {
        at.to_zoned(zone.clone()).datetime().strftime("%Y-%m-%d %H:%M:%S").to_string()
    };
    Visit {
        day: ticket.day,
        number: ticket.number.clone(),
        lane: ticket.lane.clone(),
        class: ticket.class,
        priority: ticket.priority,
        matter: ticket.matter.clone(),
        source: ticket.source,
        issued: local(ticket.issued_at),
        called: ticket.first_called_at.map(local),
        arrived: ticket.arrived_at.map(local),
        finished: ticket.finished_at.map(local),
        window: ticket.window,
        state: ticket.state,
        outcome: ticket.outcome,
    }
}

#[cfg(test)]
mod tests;
