//! The one who decides and writes. Deciding a batch, storing it and
//! publishing it is one step here, without a thread or a clock: the
//! engine's thread calls it, and so do the stories.

use std::borrow::Cow;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use jiff::Timestamp;
use jiff::tz::TimeZone;
use queue_api::Alert;
use queue_core::{
    AppointmentId, Command, CommandId, Entry, Hall, Morning, OfflineTicket, Rejection, Rules,
    TicketId, decide,
};

use super::{Memory, Published, Replay, clock};
use crate::actor::Actor;
use crate::journal::{AppendError, Head, Journal, OpenError, Origin, ReadError, Record, Row};

/// What was done, or had been done when the same command first came.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Done {
    /// Sequence of its last event.
    pub seq: u64,
    /// The ticket it was about.
    pub ticket: Option<TicketId>,
    /// The appointment it was about.
    pub appointment: Option<AppointmentId>,
    /// This is the answer to a command seen before.
    pub repeated: bool,
}

/// Why it was not done.
#[derive(Debug, thiserror::Error)]
pub enum Refusal {
    /// The rules say no.
    #[error(transparent)]
    Rejected(#[from] Rejection),
    /// The id belongs to another command.
    #[error("the command id was used for another command")]
    CommandReused,
    /// Too many are waiting.
    #[error("the engine is busy")]
    Busy,
    /// The disk refused; nothing was changed.
    #[error("the command could not be stored")]
    NotStored,
    /// The engine has ended; the process is about to.
    #[error("the engine has ended")]
    Ended,
}

/// What became of a command.
pub type Answer = Result<Done, Refusal>;

/// A command with who wants it.
#[derive(Clone, Debug)]
pub struct Asked {
    /// Names the command where it may come again.
    pub command_id: Option<CommandId>,
    /// Who asks.
    pub by: Actor,
    /// What is to be done.
    pub command: Command,
}

/// The hall, its record, and nobody else near them.
#[derive(Debug)]
pub struct Desk<R = Journal> {
    /// Ahead of what is published while a batch is under way.
    hall: Hall,
    memory: Memory,
    journal: R,
    zone: TimeZone,
    published: Arc<Published>,
    /// Whether all of the record was looked at when it was opened.
    seen_whole: bool,
    /// Somebody said that the clock is right, however late it shows.
    trusts_clock: bool,
    /// What is wrong with the clock, and in words.
    clock: Option<(Alert, String)>,
}

impl Desk<Journal> {
    /// Opens the journal in `dir` and replays it.
    pub fn open(dir: &Path, rules: Rules, zone: TimeZone) -> Result<Desk, OpenError> {
        let mut replay = Replay::new(rules);
        let mut journal = Journal::open(dir, &mut replay)?;
        for morning in &replay.mornings {
            journal.keep_morning(morning);
        }
        tracing::info!(journal = %journal.path().display(), seq = journal.head().seq, "replayed");
        Ok(Desk::with(replay, journal, zone))
    }

    /// The file whose older days were not looked at yet, if that is so.
    pub(super) fn unseen(&self) -> Option<PathBuf> {
        (!self.seen_whole).then(|| self.journal.path().to_owned())
    }

    /// The last row of the record.
    pub(super) fn head(&self) -> &Head {
        self.journal.head()
    }

    /// From now on a start looks at all of the record.
    pub(super) fn suspect(&self, cause: &str) {
        self.journal.suspect(cause);
    }

    /// Sees to the reserve of room; whether it is in use.
    pub(super) fn look_at_the_reserve(&mut self) -> bool {
        self.journal.reserve().look();
        self.uses_reserve()
    }

    /// Whether the disk is full and the reserve was opened.
    pub(super) fn uses_reserve(&mut self) -> bool {
        self.journal.reserve().is_used()
    }

    /// Whether the disk takes what a batch needs. Writes and takes it away
    /// again, so this is for when it has said no before.
    pub(super) fn has_room(&self) -> bool {
        self.journal.has_room()
    }

    /// From now on the disk is full, as far as the journal goes.
    #[cfg(test)]
    pub(super) fn fill_disk(&self) {
        self.journal.fill_disk();
    }

    /// The record after `seq`.
    pub fn rows_after(&self, seq: u64) -> Result<Vec<Row>, ReadError> {
        self.journal.rows_after(seq)
    }
}

impl<R: Record> Desk<R> {
    /// A desk on another record than the journal of a folder, which holds
    /// `rows` already.
    pub fn on<'r>(
        record: R,
        rows: impl IntoIterator<Item = &'r Row>,
        rules: Rules,
        zone: TimeZone,
    ) -> Desk<R> {
        let mut replay = Replay::new(rules);
        for row in rows {
            replay.tell(row);
        }
        Desk::with(replay, record, zone)
    }

    fn with(replay: Replay, journal: R, zone: TimeZone) -> Desk<R> {
        let Replay { hall, memory, mornings: _, is_whole: seen_whole } = replay;
        let published = Arc::new(Published::new(hall.clone()));
        Desk {
            hall,
            memory,
            journal,
            zone,
            published,
            seen_whole,
            trusts_clock: false,
            clock: None,
        }
    }

    /// What has happened so far.
    pub fn published(&self) -> &Arc<Published> {
        &self.published
    }

    /// Sequence of the last thing that happened.
    pub(super) fn seq(&self) -> u64 {
        self.journal.head().0
    }

    /// Does what was asked, in this order, as one commit. The answers are
    /// true when this returns; after an error nothing of it has happened.
    pub fn take(&mut self, asked: &[Asked], now: Timestamp) -> Result<Vec<Answer>, AppendError> {
        let now = self.believed(now);
        let mut rows = Vec::new();
        let morning = self.turn_the_day(now, &mut rows);
        self.skip_what_a_copy_lacks(now, &mut rows);
        let answers = asked.iter().map(|it| self.decide(it, now, &mut rows)).collect();
        self.store(&rows)?;
        if let Some(morning) = morning {
            self.journal.keep_morning(&morning);
        }
        self.published.publish(&rows);
        // Believed once: what comes after is near to what is stored now.
        self.trusts_clock &= rows.is_empty();
        for row in &rows {
            log(row, &self.hall);
        }
        Ok(answers)
    }

    /// The first step may come long after the last entry of the record.
    pub(super) fn trust_clock(&mut self) {
        self.trusts_clock = true;
    }

    /// What is wrong with the clock that was read last.
    pub(super) fn clock(&self) -> Option<&(Alert, String)> {
        self.clock.as_ref()
    }

    /// Time never runs backwards in the journal, even if the clock does,
    /// and it does not leap.
    fn believed(&mut self, now: Timestamp) -> Timestamp {
        let (seq, last) = self.journal.head();
        let ahead_is_right = self.trusts_clock || seq == 0;
        let doubt =
            clock::doubt(last, now).filter(|it| !(ahead_is_right && *it == Alert::ClockAhead));
        self.clock = doubt.map(|it| (it, clock::cause(it, last, now)));
        if doubt.is_some() { last } else { now.max(last) }
    }

    /// The first command of a date opens its day. Tells what is known
    /// then.
    fn turn_the_day(&mut self, now: Timestamp, rows: &mut Vec<Row>) -> Option<Morning> {
        let today = now.to_zoned(self.zone.clone()).date();
        if self.hall.latest_day().is_some_and(|latest| latest >= today) {
            return None;
        }
        let command = Command::OpenDay { day: today };
        let open = Asked { command_id: None, by: Actor::Server, command };
        let opened = self.decide(&open, now, rows);
        assert!(opened.is_ok(), "a later day can be opened: {opened:?}");
        self.hall.morning()
    }

    /// The first thing that happens in a record which is a copy: numbers
    /// given after it was made are on paper.
    fn skip_what_a_copy_lacks(&mut self, now: Timestamp, rows: &mut Vec<Row>) {
        if self.journal.is_copy() {
            let command = Command::SkipNumbers;
            let skipped =
                self.decide(&Asked { command_id: None, by: Actor::Server, command }, now, rows);
            tracing::warn!(
                done = skipped.is_ok(),
                "this record is a copy from another time or place; today's numbers go on higher up"
            );
        }
    }

    fn decide(&mut self, asked: &Asked, now: Timestamp, rows: &mut Vec<Row>) -> Answer {
        if let Some(id) = &asked.command_id
            && let Some(answer) = self.memory.answer(id, &asked.command)
        {
            return answer;
        }
        let origin = Origin { command_id: asked.command_id.clone(), by: asked.by.clone() };
        let seq = self.hall.seq();
        let mut done = Done { seq, ticket: None, appointment: None, repeated: false };
        for event in decide(&self.hall, &self.completed(&asked.command), now)? {
            let entry = Entry { seq: self.hall.seq() + 1, at: now, event };
            self.hall.apply(&entry);
            done.seq = entry.seq;
            done.ticket = entry.event.ticket();
            done.appointment = entry.event.appointment();
            let row = Row { entry, origin: origin.clone() };
            self.memory.keep(&row);
            rows.push(row);
        }
        Ok(done)
    }

    /// A number that a kiosk gave replaces the one that it asked for and
    /// never heard of.
    fn completed<'a>(&self, command: &'a Command) -> Cow<'a, Command> {
        match command {
            Command::TakeIn(told) => {
                let instead_of = self.memory.ticket_of(&told.asked_as);
                Cow::Owned(Command::TakeIn(OfflineTicket { instead_of, ..told.clone() }))
            }
            other => Cow::Borrowed(other),
        }
    }

    /// Makes the rows durable, or everything as it was before them.
    fn store(&mut self, rows: &[Row]) -> Result<(), AppendError> {
        let expected = self.seq();
        if rows.is_empty() {
            return Ok(());
        }
        self.journal.append(expected, rows).inspect_err(|_| {
            self.hall = self.published.hall().clone();
            self.memory.forget_after(expected);
        })?;
        self.memory.prune();
        Ok(())
    }
}

/// The day's diary for an operator: ticket numbers only.
fn log(row: &Row, hall: &Hall) {
    let event = &row.entry.event;
    let number = event.ticket().and_then(|id| hall.ticket(id)).map(|it| it.number.to_string());
    tracing::info!(seq = row.entry.seq, by = %row.origin.by, ticket = number, "{}", event.kind());
}

#[cfg(test)]
mod tests;
