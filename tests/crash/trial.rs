//! Opens what a cut has left, and compares it with what was promised.

use std::fmt;
use std::fs;
use std::path::Path;

use jiff::tz::TimeZone;
use jiff::{SignedDuration, Timestamp};
use queue_core::{Command, Source, TicketRequest};
use queue_server::actor::Actor;
use queue_server::engine::{Asked, Desk};

use crate::disk::{self, Cut, Disk};
use crate::workload::{Record, rules, scratch, stored};
use chance::Chance;

/// What came of many images.
#[derive(Debug, Default)]
pub(crate) struct Tally {
    pub(crate) images: usize,
    /// Images in which something was not on the disk yet.
    pub(crate) with_something_cut: usize,
    /// What was missing or wrong, with what it takes to see it again.
    pub(crate) losses: Vec<String>,
}

impl Tally {
    pub(crate) fn add(&mut self, other: &Tally) {
        self.images += other.images;
        self.with_something_cut += other.with_something_cut;
        self.losses.extend(other.losses.iter().cloned());
    }
}

impl fmt::Display for Tally {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(
            f,
            "{} images, {} with something cut, {} lost",
            self.images,
            self.with_something_cut,
            self.losses.len()
        )
    }
}

/// Cuts the power `images` times or a little more, evenly over the calls
/// and over the ways to cut.
pub(crate) fn of(record: &Record, images: usize, seed: u64) -> Tally {
    let folder = scratch(&format!("image-{}-{seed}", record.ops.len()));
    let mut chance = Chance::new(seed);
    let (mut disk, mut tally) = (Disk::default(), Tally::default());
    let n_points = record.ops.len();
    for (point, op) in (1..).zip(&record.ops) {
        disk.take(op);
        while tally.images * n_points < images * point {
            let cut = Cut::ALL[tally.images % Cut::ALL.len()];
            let files = disk.cut(cut, &mut chance);
            fs::remove_dir_all(&folder).unwrap();
            fs::create_dir(&folder).unwrap();
            disk::write(&files, &folder);
            if point >= record.marked_from {
                fs::write(folder.join("hall.lock"), "This folder has a journal.\n").unwrap();
            }
            tally.images += 1;
            tally.with_something_cut += usize::from(disk.has_loose());
            if let Err(loss) = look(&folder, record, point) {
                let image = tally.images;
                tally.losses.push(format!("seed {seed} image {image} {cut:?} {point}: {loss}"));
            }
        }
    }
    fs::remove_dir_all(&folder).unwrap();
    tally
}

/// What is wrong with an image of the time after `point` calls.
fn look(folder: &Path, record: &Record, point: usize) -> Result<(), String> {
    let answered = record.answered.iter().take_while(|it| it.0 <= point).last();
    let promised = answered.map_or(0, |it| it.1);
    let mut desk = Desk::open(folder, rules(), TimeZone::UTC).map_err(|error| error.to_string())?;
    let found = stored(folder).map_err(|error| error.to_string())?;
    if found.len() < promised {
        return Err(format!("{} events of {promised}", found.len()));
    }
    if found[..] != record.rows[..found.len().min(record.rows.len())] {
        return Err("other events than were written".to_owned());
    }
    goes_on(&mut desk)
}

/// The hall gives the next number.
pub(crate) fn goes_on(desk: &mut Desk) -> Result<(), String> {
    let last: Timestamp = "2026-11-24T12:00:00Z".parse().unwrap();
    let request = TicketRequest {
        source: Source::Desk,
        ..TicketRequest::at_kiosk("A".parse().unwrap(), "after".to_owned())
    };
    let command = Command::IssueTicket(request);
    let asked = Asked { command_id: None, by: Actor::Server, command };
    let now = last + SignedDuration::from_hours(1);
    let answers = desk.take(&[asked], now).map_err(|error| error.to_string())?;
    answers.into_iter().try_for_each(|it| it.map(drop).map_err(|error| error.to_string()))
}
