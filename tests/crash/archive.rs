//! Power cuts while the older days are moved to an archive: the journal
//! before or the one after is there and whole, and who finds the one
//! after finds the archive beside it.

use std::fs;
use std::path::Path;

use jiff::civil::date;
use jiff::tz::TimeZone;
use jiff::{SignedDuration, Timestamp};
use queue_core::{Command, Source, TicketRequest};
use queue_server::actor::Actor;
use queue_server::archive::{self, Left};
use queue_server::engine::{Asked, Desk};
use rusqlite::Connection;
use rusqlite::config::DbConfig;

use crate::disk::{self, Cut, Disk};
use crate::recorder::{Change, Op, Recording};
use crate::trial::{Tally, goes_on};
use crate::workload::{Stored, read, rules, scratch, start, stored};
use chance::Chance;

/// Days in the record; it is cut before the third.
const DAYS: i64 = 5;

/// Tickets of a day.
const TICKETS: i64 = 40;

const ARCHIVE: &str = "archive.db";

/// An archive while it is made, call by call.
pub(crate) struct Record {
    ops: Vec<Op>,
    /// From here on `archive` runs; what is before is on the disk.
    begins: usize,
    /// The journal before and after.
    whole: Vec<Stored>,
    left: Vec<Stored>,
}

fn at(day: i64, nth: i64) -> Timestamp {
    start() + SignedDuration::from_hours(24 * day) + SignedDuration::from_mins(nth)
}

fn ticket(day: i64, nth: i64) -> Asked {
    let command = Command::IssueTicket(TicketRequest {
        source: Source::Desk,
        ..TicketRequest::at_kiosk("A".parse().unwrap(), format!("token-{day}-{nth}"))
    });
    Asked { command_id: None, by: Actor::Server, command }
}

/// Fills a journal, ends without bringing its log into it, as a server
/// that was killed, and archives.
pub(crate) fn record(name: &str) -> Record {
    let folder = scratch(&format!("archive-{name}"));
    let recording = Recording::of(&folder);
    let mut desk = Desk::open(&folder, rules(), TimeZone::UTC).unwrap();
    for day in 0..DAYS {
        for nth in 0..TICKETS {
            desk.take(&[ticket(day, nth)], at(day, nth)).unwrap();
        }
        if day == 1 {
            // The log alone does not tell everything.
            let other = Connection::open(folder.join("hall.db")).unwrap();
            other.query_row("PRAGMA wal_checkpoint(TRUNCATE)", [], |_| Ok(())).unwrap();
        }
    }
    // The last to leave, and it leaves the log as it is.
    let last = Connection::open(folder.join("hall.db")).unwrap();
    last.set_db_config(DbConfig::SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, true).unwrap();
    let whole = read(&last).unwrap();
    drop(desk);
    drop(last);
    assert!(fs::metadata(folder.join("hall.db-wal")).unwrap().len() > 0);
    let begins = recording.n_ops();
    let (first, out) = (Left::From(date(2026, 11, 25)), folder.join(ARCHIVE));
    let mut watch = |step: archive::Step<'_>| {
        recording.note(step);
        Ok(())
    };
    archive::cut(&folder, first, &out, at(DAYS, 0), &mut watch).unwrap().unwrap();
    let left = stored(&folder).unwrap();
    assert!(left.len() < whole.len());
    fs::remove_dir_all(&folder).unwrap();
    Record { ops: recording.finish(), begins, whole, left }
}

impl Record {
    /// The same by hands that leave out calls: the last so `many` of a kind
    /// before the new journal has its name.
    pub(crate) fn without(mut self, many: usize, left_out: impl Fn(&Op) -> bool) -> Record {
        let is_named = |it: &Op| matches!(&it.change, Change::Rename { to } if to == "hall.db");
        let named = self.ops.iter().position(is_named).unwrap();
        let kind = (self.begins..named).rev().filter(|at| left_out(&self.ops[*at]));
        for at in kind.take(many).collect::<Vec<_>>() {
            self.ops.remove(at);
        }
        self
    }

    /// How many calls there are once the archive begins.
    pub(crate) fn n_calls(&self) -> usize {
        self.ops.len() - self.begins
    }
}

/// Cuts the power in every way after each of the last `calls` calls, so
/// many `times`.
pub(crate) fn of(record: &Record, calls: usize, times: usize) -> (Tally, [usize; 2]) {
    let folder = scratch(&format!("archive-image-{}-{times}", record.ops.len()));
    let mut chance = Chance::new(11);
    let (mut disk, mut tally, mut found) = (Disk::default(), Tally::default(), [0, 0]);
    for (point, op) in (1..).zip(&record.ops) {
        disk.take(op);
        if point + calls <= record.ops.len() {
            continue;
        }
        for nth in 0..times * Cut::ALL.len() {
            let cut = Cut::ALL[nth % Cut::ALL.len()];
            fs::remove_dir_all(&folder).unwrap();
            fs::create_dir(&folder).unwrap();
            disk::write(&disk.cut(cut, &mut chance), &folder);
            fs::write(folder.join("hall.lock"), "This folder has a journal.\n").unwrap();
            tally.images += 1;
            tally.with_something_cut += usize::from(disk.has_loose());
            match look(&folder, record) {
                Ok(is_cut) => found[usize::from(is_cut)] += 1,
                Err(loss) => tally.losses.push(format!("{cut:?} after {point}, {op:?}: {loss}")),
            }
        }
    }
    fs::remove_dir_all(&folder).unwrap();
    (tally, found)
}

/// Whether an image has the journal after, or what is wrong with it.
fn look(folder: &Path, record: &Record) -> Result<bool, String> {
    let mut desk = Desk::open(folder, rules(), TimeZone::UTC).map_err(|error| error.to_string())?;
    let rows = stored(folder).map_err(|error| error.to_string())?;
    let is_cut = rows == record.left;
    if !is_cut && rows != record.whole {
        return Err(format!("{} events, of neither journal", rows.len()));
    }
    if is_cut {
        let archived = Connection::open(folder.join(ARCHIVE)).and_then(|it| read(&it));
        if archived.map_err(|error| error.to_string())? != record.whole {
            return Err("the archive has not all that was there".to_owned());
        }
    }
    goes_on(&mut desk)?;
    Ok(is_cut)
}
