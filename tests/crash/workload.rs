//! A hall's two days at the real desk, with every call to the disk and
//! every answer written down.

use std::fs;
use std::path::{Path, PathBuf};

use jiff::tz::TimeZone;
use jiff::{SignedDuration, Timestamp};
use queue_core::{
    Class, Command, LaneId, LaneRules, Outcome, Rules, Source, TicketRequest, WindowAct, WindowId,
    WindowRules,
};
use queue_server::actor::Actor;
use queue_server::engine::{Asked, Desk};

use crate::recorder::{Op, Recording};
use chance::Chance;

/// Batches in a record.
const BATCHES: usize = 60;

/// What was done to a disk, and what was promised meanwhile.
pub(crate) struct Record {
    /// Calls in their order.
    pub(crate) ops: Vec<Op>,
    /// The folder is known to have a journal from here on.
    pub(crate) marked_from: usize,
    /// After so many calls, so many events were answered for.
    pub(crate) answered: Vec<(usize, usize)>,
    /// The journal as it ended: `(at, kind, body, chain)`, first to last.
    pub(crate) rows: Vec<Stored>,
}

/// A row as it lies in the file.
pub(crate) type Stored = (String, String, String, Vec<u8>);

/// A new folder in memory: the images are many, and a real disk adds
/// nothing to them.
pub(crate) fn scratch(name: &str) -> PathBuf {
    let shm = Path::new("/dev/shm");
    let top = if shm.is_dir() { shm.to_owned() } else { std::env::temp_dir() };
    let folder = top.join(format!("yimen-crash-{name}-{}", std::process::id()));
    let _ = fs::remove_dir_all(&folder);
    fs::create_dir_all(&folder).unwrap();
    folder
}

/// Lanes A to C, two windows, at any hour.
pub(crate) fn rules() -> Rules {
    let lanes: Vec<LaneId> = ["A", "B", "C"].map(|it| it.parse().unwrap()).into();
    let window = WindowRules { lanes: lanes.clone(), ..WindowRules::default() };
    Rules {
        lanes: lanes.into_iter().map(|it| (it, LaneRules::default())).collect(),
        windows: [1, 2].map(|it| (WindowId(it), window.clone())).into(),
        ..Rules::default()
    }
}

/// Morning of the first day.
pub(crate) fn start() -> Timestamp {
    "2026-11-23T00:30:00Z".parse().unwrap()
}

fn asked(chance: &mut Chance, nth: usize) -> Asked {
    let window = WindowId(if chance.flip() { 1 } else { 2 });
    let act = |act| Command::AtWindow { window, act };
    let command = match chance.place(10) {
        0 => act(WindowAct::Open { staff: "1001".parse().unwrap() }),
        1 | 2 => act(WindowAct::CallNext),
        3 => act(WindowAct::Finish { ticket: None, outcome: Outcome::Accepted }),
        _ => Command::IssueTicket(TicketRequest {
            source: Source::Desk,
            class: if chance.flip() { Class::Ordinary } else { Class::Priority },
            ..TicketRequest::at_kiosk(
                ["A", "B", "C"][chance.place(3)].parse().unwrap(),
                format!("token-{nth}"),
            )
        }),
    };
    let command_id = Some(format!("command-{nth}").parse().unwrap());
    Asked { command_id, by: Actor::Device("kiosk-1".to_owned()), command }
}

/// Records a desk at work. From time to time somebody moves the log into
/// the file, as SQLite does by itself when there is more of it, and the
/// server is started again, once after a night.
pub(crate) fn record(seed: u64) -> Record {
    let mut chance = Chance::new(seed);
    let folder = scratch(&format!("record-{seed}"));
    let recording = Recording::of(&folder);
    let open = || Desk::open(&folder, rules(), TimeZone::UTC).unwrap();
    let mut desk = open();
    let marked_from = recording.n_ops();
    let (mut now, mut nth, mut answered) = (start(), 0, Vec::new());
    for batch in 1..=BATCHES {
        let size = [1, 1, 1, 2, 3, 12][chance.place(6)];
        let batch_asked: Vec<Asked> = (nth..nth + size).map(|it| asked(&mut chance, it)).collect();
        nth += size;
        desk.take(&batch_asked, now).unwrap();
        let seq = usize::try_from(desk.published().hall().seq()).unwrap();
        answered.push((recording.n_ops(), seq));
        now += SignedDuration::from_secs(30);
        if batch % 13 == 0 {
            let other = rusqlite::Connection::open(folder.join("hall.db")).unwrap();
            other.query_row("PRAGMA wal_checkpoint", [], |_| Ok(())).unwrap();
        }
        if batch % 23 == 0 {
            drop(desk);
            desk = open();
        }
        if batch == BATCHES / 2 {
            now += SignedDuration::from_hours(24);
        }
    }
    drop(desk);
    let rows = stored(&folder).unwrap();
    fs::remove_dir_all(&folder).unwrap();
    Record { ops: recording.finish(), marked_from, answered, rows }
}

/// A short day, for whoever wants its rows.
pub(crate) fn fill(desk: &mut Desk) {
    let mut chance = Chance::new(0);
    for nth in 0..200 {
        let now = start() + SignedDuration::from_secs(i64::try_from(nth).unwrap());
        desk.take(&[asked(&mut chance, nth)], now).unwrap();
    }
}

/// Every row of a journal.
pub(crate) fn stored(folder: &Path) -> rusqlite::Result<Vec<Stored>> {
    read(&rusqlite::Connection::open(folder.join("hall.db"))?)
}

/// The same of one that is open.
pub(crate) fn read(connection: &rusqlite::Connection) -> rusqlite::Result<Vec<Stored>> {
    let mut select = connection.prepare("SELECT at, kind, body, chain FROM events ORDER BY seq")?;
    let rows =
        select.query_map([], |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?, row.get(3)?)))?;
    rows.collect()
}
