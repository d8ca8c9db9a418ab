//! The one thread that owns the hall and the journal.
//!
//! It drains waiting commands into a batch, decides each against the
//! state so far, writes the batch in one commit, and only then publishes
//! and answers. What is published has happened: nothing is shown or
//! answered before it is on the disk.

mod memory;
mod published;

use std::sync::Arc;
use std::thread;

use anyhow::Context;
use jiff::Timestamp;
use jiff::tz::TimeZone;
use queue_core::{Command, CommandId, Entry, Hall, Rejection, Rules, TicketId, decide};
use tokio::sync::{mpsc, oneshot};

use crate::actor::Actor;
use crate::journal::{AppendError, Journal, OpenError, Origin, Row};
pub(crate) use memory::Memory;
pub(crate) use published::Published;

/// Commands that may wait for the engine; more are told to come back.
const WAITING_MAX: usize = 1_024;

/// Commands in one commit.
const BATCH_MAX: usize = 512;

/// The door to the engine, cheap to clone.
#[derive(Clone, Debug)]
pub(crate) struct Engine {
    sender: mpsc::Sender<Knock>,
    published: Arc<Published>,
}

/// What was done, or had been done when the same command first came.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Done {
    /// Sequence of its last event.
    pub(crate) seq: u64,
    /// The ticket it was about.
    pub(crate) ticket: Option<TicketId>,
    /// This is the answer to a command seen before.
    pub(crate) repeated: bool,
}

/// Why it was not done.
#[derive(Debug, thiserror::Error)]
pub(crate) enum Refusal {
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
type Answer = Result<Done, Refusal>;

/// What comes through the door.
enum Knock {
    /// A command, with somebody who waits for the answer.
    Submission(Submission),
    /// Time has passed: a new day may have begun.
    Clock,
}

struct Submission {
    command_id: Option<CommandId>,
    by: Actor,
    command: Command,
    reply: oneshot::Sender<Answer>,
}

impl Engine {
    /// Hands a command to the engine and waits until it is on the disk.
    pub(crate) async fn submit(
        &self,
        command_id: Option<CommandId>,
        by: Actor,
        command: Command,
    ) -> Result<Done, Refusal> {
        let (reply, answer) = oneshot::channel();
        let submission = Submission { command_id, by, command, reply };
        self.sender.try_send(Knock::Submission(submission)).map_err(|error| match error {
            mpsc::error::TrySendError::Full(_) => Refusal::Busy,
            mpsc::error::TrySendError::Closed(_) => Refusal::Ended,
        })?;
        answer.await.map_err(|_| Refusal::Ended)?
    }

    /// Lets the engine see whether a new day has begun. One that is busy
    /// sees it anyway.
    pub(crate) fn look_at_the_clock(&self) {
        let _ = self.sender.try_send(Knock::Clock);
    }

    /// What has happened so far.
    pub(crate) fn published(&self) -> &Arc<Published> {
        &self.published
    }
}

/// Opens the journal in `dir`, replays it and starts the engine's
/// thread. The receiver yields when the thread has ended.
pub(crate) fn start(
    dir: &std::path::Path,
    rules: Rules,
    zone: TimeZone,
) -> anyhow::Result<(Engine, oneshot::Receiver<()>)> {
    let mut hall = Hall::new(rules);
    let mut memory = Memory::default();
    let journal = Journal::open(dir, |row: Row| {
        hall.apply(&row.entry);
        memory.keep(&row);
    })
    .map_err(|error: OpenError| anyhow::Error::new(error))?;
    tracing::info!(journal = %journal.path().display(), seq = journal.head().seq, "replayed");
    let (sender, receiver) = mpsc::channel(WAITING_MAX);
    let published = Arc::new(Published::new(hall.clone()));
    let (ended, when_ended) = oneshot::channel();
    let desk = Desk { hall, memory, journal, zone, published: Arc::clone(&published) };
    thread::Builder::new()
        .name("engine".to_owned())
        .spawn(move || {
            desk.work(receiver);
            // A panic drops `ended` without a word, which says the same.
            let _ = ended.send(());
        })
        .context("cannot start the engine's thread")?;
    Ok((Engine { sender, published }, when_ended))
}

/// Everything the thread owns.
struct Desk {
    /// Ahead of what is published while a batch is under way.
    hall: Hall,
    memory: Memory,
    journal: Journal,
    zone: TimeZone,
    published: Arc<Published>,
}

/// A batch under way: nothing of it is on the disk yet.
#[derive(Default)]
struct Batch {
    rows: Vec<Row>,
    answers: Vec<(oneshot::Sender<Answer>, Answer)>,
}

impl Desk {
    fn work(mut self, mut receiver: mpsc::Receiver<Knock>) {
        let mut waiting = Vec::with_capacity(BATCH_MAX);
        while receiver.blocking_recv_many(&mut waiting, BATCH_MAX) > 0 {
            let batch = self.decide_all(waiting.drain(..));
            match self.commit(batch) {
                Ok(()) => {}
                Err(error @ AppendError::DiskFull(_)) => {
                    tracing::error!(
                        error = format!("{:#}", anyhow::Error::new(error)),
                        "nothing stored"
                    );
                }
                Err(error) => {
                    tracing::error!(error = format!("{:#}", anyhow::Error::new(error)), "stopping");
                    return;
                }
            }
        }
    }

    fn decide_all(&mut self, waiting: impl Iterator<Item = Knock>) -> Batch {
        // Time never runs backwards in the journal, even if the clock does.
        let now = appliance::now().max(self.journal.head().at);
        let mut batch = Batch::default();
        self.turn_the_day(now, &mut batch);
        for knock in waiting {
            let Knock::Submission(Submission { command_id, by, command, reply }) = knock else {
                continue;
            };
            let answer = self.decide_one(command_id, by, &command, now, &mut batch);
            batch.answers.push((reply, answer));
        }
        batch
    }

    /// The first command of a date opens its day.
    fn turn_the_day(&mut self, now: Timestamp, batch: &mut Batch) {
        let today = now.to_zoned(self.zone.clone()).date();
        if self.hall.latest_day().is_none_or(|latest| latest < today) {
            let open = Command::OpenDay { day: today };
            let opened = self.decide_one(None, Actor::Server, &open, now, batch);
            assert!(opened.is_ok(), "a later day can be opened: {opened:?}");
        }
    }

    fn decide_one(
        &mut self,
        command_id: Option<CommandId>,
        by: Actor,
        command: &Command,
        now: Timestamp,
        batch: &mut Batch,
    ) -> Result<Done, Refusal> {
        if let Some(id) = &command_id
            && let Some(answer) = self.memory.answer(id, command)
        {
            return answer;
        }
        let origin = Origin { command_id, by };
        let mut done = Done { seq: self.hall.seq(), ticket: None, repeated: false };
        for event in decide(&self.hall, command)? {
            let entry = Entry { seq: self.hall.seq() + 1, at: now, event };
            self.hall.apply(&entry);
            done.seq = entry.seq;
            done.ticket = entry.event.ticket().or(done.ticket);
            let row = Row { entry, origin: origin.clone() };
            self.memory.keep(&row);
            batch.rows.push(row);
        }
        Ok(done)
    }

    /// Makes the batch durable, then public, then answers. On an error
    /// everybody in it hears so and the state is as it was before.
    fn commit(&mut self, batch: Batch) -> Result<(), AppendError> {
        let expected = self.journal.head().seq;
        if !batch.rows.is_empty()
            && let Err(error) = self.journal.append(expected, &batch.rows)
        {
            for (reply, _) in batch.answers {
                let _ = reply.send(Err(Refusal::NotStored));
            }
            self.hall = self.published.hall().clone();
            self.memory.forget_after(expected);
            return Err(error);
        }
        self.published.publish(&batch.rows);
        for row in &batch.rows {
            log(row, &self.hall);
        }
        for (reply, answer) in batch.answers {
            // Who asked may have gone; what was done stays done.
            let _ = reply.send(answer);
        }
        Ok(())
    }
}

/// The day's diary for an operator: ticket numbers only.
fn log(row: &Row, hall: &Hall) {
    let event = &row.entry.event;
    let number = event.ticket().and_then(|id| hall.ticket(id)).map(|it| it.number.to_string());
    tracing::info!(seq = row.entry.seq, by = %row.origin.by, ticket = number, "{}", event.kind());
}
