//! `queue-server export`: visits, or appointments, for those who count
//! them, as a table or as JSON. No secret of a ticket, no code of an
//! appointment is in it, and nobody's name.

mod appointments;
mod visits;

use std::fs::File;
use std::io::{BufWriter, Write};
use std::path::PathBuf;

use anyhow::{Context, ensure};
use jiff::Timestamp;
use jiff::civil::Date;
use jiff::tz::TimeZone;
use serde::Serialize;

use crate::journal::{Journal, Reader};
use crate::record::WhichRecord;
use crate::{profile, table};
use appointments::Appointments;
use visits::Visits;

/// What `export` is told.
#[derive(Debug, clap::Args)]
#[command(after_help = "\
Visits: one line for each ticket: its number and lane, how it queued and what for, when it was \
issued, called, arrived and finished (the hall's own time), the window it was at last, \
and how it ended.\n
Appointments: one line for each: its slot and lane, what it was for, what the program that \
booked it calls it, when it was made, whether somebody came (with which number), cancelled it, \
or missed it, and when that was; a missed one is written down when the next day opens.")]
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
    /// What is written.
    #[arg(long, value_enum, default_value_t = What::Visits)]
    what: What,
    /// How it is written.
    #[arg(long, value_enum, default_value_t = Format::Csv)]
    format: Format,
    /// Where it goes; an earlier file of that name is replaced. Without
    /// it, to standard output, unless it is a spreadsheet.
    #[arg(long)]
    out: Option<PathBuf>,
}

/// What is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq, clap::ValueEnum)]
enum What {
    /// Who had a ticket.
    Visits,
    /// Who had an appointment, whether they came or not.
    Appointments,
}

/// How it is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq, clap::ValueEnum)]
enum Format {
    /// A table as text, with commas.
    Csv,
    /// An array of objects.
    Json,
    /// A table for a spreadsheet.
    Xlsx,
}

/// A line of a table.
trait Line: Serialize {
    /// The fields, in their order.
    const NAMES: &'static [&'static str];
}

/// The business days that are wanted, and how the hall tells the time.
struct Span {
    from: Date,
    to: Date,
    zone: TimeZone,
}

impl Span {
    fn has(&self, day: Date) -> bool {
        (self.from..=self.to).contains(&day)
    }

    /// To the second, without the zone: what a spreadsheet reads as a
    /// time.
    fn local(&self, at: Timestamp) -> String {
        self.zone.to_datetime(at).strftime("%Y-%m-%d %H:%M:%S").to_string()
    }
}

/// Writes what is wanted: to `out`, or to a file, and then says to `out`
/// in one line how many there are.
pub(crate) fn export(options: &Options, out: &mut impl Write) -> anyhow::Result<()> {
    ensure!(options.from <= options.to, "the last day is before the first");
    let to_file = options.out.is_some();
    ensure!(to_file || options.format != Format::Xlsx, "a spreadsheet needs `--out FILE`");
    let files = profile::load(&options.hall)
        .map_err(|faults| anyhow::anyhow!("the hall cannot be read, {} fault(s)", faults.len()))?;
    let zone =
        TimeZone::get(&files.profile.time_zone).context("the hall's time zone is not known")?;
    let span = Span { from: options.from, to: options.to, zone };
    match options.what {
        What::Visits => {
            let mut visits = Visits::new(span);
            read(options, &mut visits)?;
            write(options, &visits.into_lines(), "visits", out)
        }
        What::Appointments => {
            let mut appointments = Appointments::new(span);
            read(options, &mut appointments)?;
            write(options, &appointments.into_lines(), "appointments", out)
        }
    }
}

fn read(options: &Options, reader: &mut impl Reader) -> anyhow::Result<()> {
    let path = options.record.path()?;
    if let Some(beginning) = Journal::beginning(&path)? {
        let (day, sha256) = (beginning.morning.day(), beginning.archive_sha256);
        ensure!(
            options.from >= day,
            "the days before {day} are in the archive with SHA-256 {sha256}: write them from \
             there with `--file`, or begin with `--from {day}`"
        );
    }
    Journal::inspect(&path, reader)?;
    Ok(())
}

fn write<T: Line>(
    options: &Options,
    lines: &[T],
    name: &str,
    out: &mut impl Write,
) -> anyhow::Result<()> {
    let Some(place) = &options.out else {
        put(options.format, lines, out).context("cannot write")?;
        return out.flush().context("cannot write");
    };
    let kept = || -> anyhow::Result<()> {
        let mut file = BufWriter::new(File::create(place)?);
        put(options.format, lines, &mut file)?;
        Ok(file.into_inner().map_err(std::io::IntoInnerError::into_error)?.sync_all()?)
    };
    kept().with_context(|| format!("cannot write `{}`", place.display()))?;
    writeln!(out, "written: {} {name} in `{}`", lines.len(), place.display())
        .context("cannot write")
}

fn put<T: Line>(format: Format, lines: &[T], out: &mut impl Write) -> anyhow::Result<()> {
    match format {
        Format::Csv => table::csv(T::NAMES, lines, out)?,
        Format::Json => {
            serde_json::to_writer_pretty(&mut *out, lines)?;
            writeln!(out)?;
        }
        Format::Xlsx => out.write_all(&table::xlsx(T::NAMES, lines)?)?,
    }
    Ok(())
}

#[cfg(test)]
mod tests;
