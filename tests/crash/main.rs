//! Power cuts: what the journal writes is recorded call by call, the disk
//! is rebuilt as a cut may have left it, and the real server's desk opens
//! what is there. Whatever was answered must be in it, as it was written.
//!
//! `YIMEN_CRASH_IMAGES` makes more of them (`cargo xtask crash`). A disk
//! that forgets what it was told to keep is not tried: nothing helps then.

#![allow(clippy::unwrap_used, reason = "a test that cannot go on says so by ending")]
#![expect(clippy::print_stdout, reason = "the long run tells what it has tried")]

mod archive;
mod disk;
mod recorder;
mod sloppy;
mod trial;
mod workload;

use std::thread;

use recorder::{Change, Op};
use trial::Tally;

/// Images in the everyday run, over all seeds.
const IMAGES: usize = 3_000;

/// Hall-days that are recorded, each with its own order of things.
const SEEDS: u64 = 4;

fn images_wanted() -> usize {
    std::env::var("YIMEN_CRASH_IMAGES").map_or(IMAGES, |it| it.parse().unwrap())
}

#[test]
fn no_power_cut_loses_what_was_answered() {
    let wanted = images_wanted();
    let each = wanted.div_ceil(usize::try_from(SEEDS).unwrap());
    let mut tally = Tally::default();
    thread::scope(|scope| {
        let trials = (0..SEEDS)
            .map(|seed| scope.spawn(move || trial::of(&workload::record(seed), each, seed)));
        for trial in trials.collect::<Vec<_>>() {
            tally.add(&trial.join().unwrap());
        }
    });
    println!("{tally}");
    let first = &tally.losses[..tally.losses.len().min(10)];
    assert!(first.is_empty(), "{tally}: {first:#?}");
    assert!(tally.images >= wanted, "{tally}");
    assert!(tally.with_something_cut * 2 > tally.images, "most cuts hit something: {tally}");
}

/// The eyes of this test: the same disk and the same look at it find the
/// losses of a connection that waits less.
#[test]
fn less_care_is_seen_to_lose() {
    for level in ["NORMAL", "OFF"] {
        let record = sloppy::record(level);
        let tally = trial::of(&record, 200, 7);
        println!("synchronous={level}: {tally}");
        assert!(tally.losses.len() > 10, "synchronous={level} must lose: {tally}");
    }
}

#[test]
fn no_power_cut_while_days_are_archived_leaves_neither_journal_whole() {
    let record = archive::record("record");
    let times = images_wanted().div_ceil(IMAGES);
    let (tally, [before, after]) = archive::of(&record, record.n_calls(), times);
    println!("archive: {tally}, {before} before and {after} after");
    let first = &tally.losses[..tally.losses.len().min(10)];
    assert!(first.is_empty(), "{tally}: {first:#?}");
    assert!(before > 0 && after > 0, "{before} before, {after} after");
    assert!(tally.with_something_cut * 2 > tally.images, "most cuts hit something: {tally}");
}

/// The eyes of that test: each file that is not brought to the disk is
/// missed, and so is the end of the old log.
#[test]
fn an_archive_that_waits_less_is_seen_to_lose() {
    let loses = |name: &str, many: usize, times: usize, left_out: &dyn Fn(&Op) -> bool| {
        let record = archive::record(name).without(many, left_out);
        let (tally, _) = archive::of(&record, 10, times);
        println!("without {name}: {tally}");
        assert!(!tally.losses.is_empty(), "{name}: {tally}");
    };
    for of in ["archive.db.part", "hall.cut.db"] {
        loses(of, usize::MAX, 3, &|op| op.file == of && matches!(op.change, Change::Sync));
    }
    loses("the-old-log", usize::MAX, 3, &|op| {
        op.file == "hall.db-wal" && matches!(op.change, Change::Truncate { .. } | Change::Delete)
    });
}
