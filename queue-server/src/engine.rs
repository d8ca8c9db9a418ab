//! The one thread that owns the hall and the journal.
//!
//! It drains waiting commands into a batch, hands it to the desk, which
//! writes it in one commit, and only then answers. What is published has
//! happened: nothing is shown or answered before it is on the disk.

mod clock;
mod desk;
mod gather;
mod memory;
mod published;
mod pulse;
mod replay;
mod trouble;

use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::thread;

use anyhow::Context;
use jiff::tz::TimeZone;
use queue_api::Alert;
use queue_core::{Command, CommandId, Rules};
use tokio::sync::{mpsc, oneshot};

use crate::actor::Actor;
use crate::journal::{AppendError, OpenError, suspect};
use crate::supervision::Walks;
use crate::verify;

pub(crate) use clock::believed;
pub use desk::{Answer, Asked, Desk, Done, Refusal};
use gather::Gather;
use memory::Memory;
pub use published::Published;
use pulse::Pulse;
use replay::Replay;
use trouble::Trouble;

/// Commands that may wait for the engine; more are told to come back.
const WAITING_MAX: usize = 1_024;

/// How much looking back gives way; the most there is.
const LOOKING_BACK_NICE: i32 = 19;

/// Commands in one commit.
const BATCH_MAX: usize = 512;

/// The door to the engine, cheap to clone.
#[derive(Clone, Debug)]
pub(crate) struct Engine {
    sender: mpsc::Sender<Knock>,
    published: Arc<Published>,
    trouble: Arc<Trouble>,
    walks: Walks,
}

/// What comes through the door.
enum Knock {
    /// A command, with somebody who waits for the answer.
    Submission(Box<Asked>, oneshot::Sender<Answer>),
    /// Time has passed: a new day may have begun.
    Clock,
    /// The older part of the record is not what was written.
    Damaged(String),
}

impl Knock {
    fn damage(&self) -> Option<&str> {
        match self {
            Knock::Damaged(cause) => Some(cause),
            Knock::Submission(..) | Knock::Clock => None,
        }
    }
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
        let asked = Box::new(Asked { command_id, by, command });
        self.sender.try_send(Knock::Submission(asked, reply)).map_err(|error| match error {
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

    /// What somebody should look at, in words; none while all is well.
    pub(crate) fn trouble(&self) -> Option<String> {
        self.trouble.cause()
    }

    /// The same for the staff's page.
    pub(crate) fn alerts(&self) -> Vec<Alert> {
        self.trouble.alerts()
    }

    /// Walks through all of the record.
    pub(crate) fn walks(&self) -> &Walks {
        &self.walks
    }

    /// What has happened so far.
    pub(crate) fn published(&self) -> &Arc<Published> {
        &self.published
    }
}

/// Opens the journal in `dir`, replays its last days and starts the
/// engine's thread; meanwhile another looks at the older ones. The receiver yields when the thread has ended.
pub(crate) fn start(
    dir: &Path,
    rules: Rules,
    zone: TimeZone,
    trusts_clock: bool,
) -> anyhow::Result<(Engine, oneshot::Receiver<()>)> {
    let mut desk = Desk::open(dir, rules, zone)?;
    desk.look_at_the_reserve();
    if trusts_clock {
        desk.trust_clock();
    }
    let (unseen, head) = (desk.unseen(), desk.head().clone());
    let (engine, ended) = run(desk)?;
    if let Some(path) = unseen {
        look_back(path, engine.sender.downgrade(), engine.walks.clone())?;
    } else if head.seq > 0 {
        engine.walks.end(Ok(&head), appliance::now());
    }
    Ok((engine, ended))
}

/// Looks at all of the record, as a guest who gives way to everybody.
fn look_back(path: PathBuf, door: mpsc::WeakSender<Knock>, walks: Walks) -> anyhow::Result<()> {
    walks.begin(appliance::now());
    let look = move || {
        // Where it is not allowed, the others wait a little.
        let _ = rustix::process::nice(LOOKING_BACK_NICE);
        let found = verify::look_through(&path);
        walks.end(
            found.as_ref().map(|it| &it.head).map_err(|error| format!("{error:#}")),
            appliance::now(),
        );
        match found {
            Ok(looked) => tracing::info!(seq = looked.head.seq, "the whole record is sound"),
            Err(error) if matches!(error.downcast_ref(), Some(OpenError::Reports { .. })) => {
                tracing::error!("{error:#}");
                if let Err(error) = suspect(&path, &format!("{error:#}")) {
                    tracing::error!(%error, "that something looked wrong could not be noted");
                }
            }
            Err(error) => {
                if let Some(door) = door.upgrade() {
                    let _ = door.blocking_send(Knock::Damaged(format!("{error:#}")));
                }
            }
        }
    };
    thread::Builder::new()
        .name("look-back".to_owned())
        .spawn(look)
        .map(drop)
        .context("cannot start a thread")
}

/// Gives a desk a thread of its own and a door.
fn run(desk: Desk) -> anyhow::Result<(Engine, oneshot::Receiver<()>)> {
    let (sender, receiver) = mpsc::channel(WAITING_MAX);
    let trouble = Arc::<Trouble>::default();
    let engine = Engine {
        sender,
        published: Arc::clone(desk.published()),
        trouble: Arc::clone(&trouble),
        walks: Walks::default(),
    };
    let (ended, when_ended) = oneshot::channel();
    let gather = Gather::new().context("cannot begin the engine's clock")?;
    thread::Builder::new()
        .name("engine".to_owned())
        .spawn(move || {
            work(desk, receiver, gather, &trouble);
            // A panic drops `ended` without a word, which says the same.
            let _ = ended.send(());
        })
        .context("cannot start the engine's thread")?;
    Ok((engine, when_ended))
}

fn work(
    mut desk: Desk,
    mut receiver: mpsc::Receiver<Knock>,
    mut gather: Gather,
    trouble: &Trouble,
) {
    let mut waiting = Vec::with_capacity(BATCH_MAX);
    let mut pulse = Pulse::default();
    while receiver.blocking_recv_many(&mut waiting, BATCH_MAX) > 0 {
        gather.wait(&mut receiver, &mut waiting, BATCH_MAX);
        if let Some(cause) = waiting.iter().find_map(Knock::damage) {
            tracing::error!(cause, "the record is damaged; nothing is added to it");
            return desk.suspect(cause);
        }
        let looks = waiting.iter().any(|knock| matches!(knock, Knock::Clock));
        let before = desk.seq();
        let (asked, replies): (Vec<Asked>, Vec<_>) = waiting
            .drain(..)
            .filter_map(|knock| match knock {
                Knock::Submission(asked, reply) => Some((*asked, reply)),
                Knock::Clock | Knock::Damaged(_) => None,
            })
            .unzip();
        let begun = appliance::monotonic();
        let answers = match desk.take(&asked, appliance::now()) {
            Ok(answers) => {
                let stored = desk.seq() > before;
                if stored {
                    desk.published().meters().stored(asked.len(), begun.elapsed());
                }
                if attend(&mut desk, trouble, stored, looks) {
                    desk.published().ring();
                }
                answers
            }
            Err(error) => {
                let goes_on = matches!(error, AppendError::DiskFull(_));
                let error = format!("{:#}", anyhow::Error::new(error));
                tracing::error!(error, goes_on, "nothing was stored");
                if !goes_on {
                    return desk.suspect(&error);
                }
                if trouble.begins(Alert::DiskFull, error) {
                    desk.published().ring();
                }
                asked.iter().map(|_| Err(Refusal::NotStored)).collect()
            }
        };
        gather.answers(replies.len(), receiver.len(), begun.elapsed(), appliance::monotonic());
        for (reply, answer) in replies.into_iter().zip(answers) {
            // Who asked may have gone; what was done stays done.
            let _ = reply.send(answer);
        }
        pulse.beat(appliance::monotonic());
    }
}

/// Tells what is wrong with disk and clock after a step in which
/// something was `stored` or not; true if that is news.
fn attend(desk: &mut Desk, trouble: &Trouble, stored: bool, looks: bool) -> bool {
    let uses_reserve = (looks || desk.uses_reserve()) && desk.look_at_the_reserve();
    let mut news = if uses_reserve {
        trouble.begins(Alert::DiskFull, "the disk is full; its reserve is in use".to_owned())
    } else {
        // A batch of refusals alone has tried nothing.
        trouble.is_there(Alert::DiskFull)
            && (stored || (looks && desk.has_room()))
            && trouble.ends(Alert::DiskFull)
    };
    for alert in [Alert::ClockAhead, Alert::ClockBehind] {
        news |= match desk.clock() {
            Some((doubt, cause)) if *doubt == alert => trouble.begins(alert, cause.clone()),
            _ => trouble.ends(alert),
        };
    }
    news
}

#[cfg(test)]
mod tests;
