//! The one thread that owns the hall and the journal.
//!
//! It drains waiting commands into a batch, hands it to the desk, which
//! writes it in one commit, and only then answers. What is published has
//! happened: nothing is shown or answered before it is on the disk.

mod desk;
mod memory;
mod published;
mod trouble;

use std::path::Path;
use std::sync::Arc;
use std::thread;

use anyhow::Context;
use jiff::tz::TimeZone;
use queue_core::{Command, CommandId, Rules};
use tokio::sync::{mpsc, oneshot};

use crate::actor::Actor;
use crate::journal::AppendError;

pub use desk::{Answer, Asked, Desk, Done, Refusal};
use memory::Memory;
pub use published::Published;
use trouble::Trouble;

/// Commands that may wait for the engine; more are told to come back.
const WAITING_MAX: usize = 1_024;

/// Commands in one commit.
const BATCH_MAX: usize = 512;

/// The door to the engine, cheap to clone.
#[derive(Clone, Debug)]
pub(crate) struct Engine {
    sender: mpsc::Sender<Knock>,
    published: Arc<Published>,
    trouble: Arc<Trouble>,
}

/// What comes through the door.
enum Knock {
    /// A command, with somebody who waits for the answer.
    Submission(Box<Asked>, oneshot::Sender<Answer>),
    /// Time has passed: a new day may have begun.
    Clock,
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

    /// Why nothing can be stored now; none while all is well.
    pub(crate) fn trouble(&self) -> Option<String> {
        self.trouble.cause()
    }

    /// What has happened so far.
    pub(crate) fn published(&self) -> &Arc<Published> {
        &self.published
    }
}

/// Opens the journal in `dir`, replays it and starts the engine's
/// thread. The receiver yields when the thread has ended.
pub(crate) fn start(
    dir: &Path,
    rules: Rules,
    zone: TimeZone,
) -> anyhow::Result<(Engine, oneshot::Receiver<()>)> {
    run(Desk::open(dir, rules, zone)?)
}

/// Gives a desk a thread of its own and a door.
fn run(desk: Desk) -> anyhow::Result<(Engine, oneshot::Receiver<()>)> {
    let (sender, receiver) = mpsc::channel(WAITING_MAX);
    let trouble = Arc::<Trouble>::default();
    let engine =
        Engine { sender, published: Arc::clone(desk.published()), trouble: Arc::clone(&trouble) };
    let (ended, when_ended) = oneshot::channel();
    thread::Builder::new()
        .name("engine".to_owned())
        .spawn(move || {
            work(desk, receiver, &trouble);
            // A panic drops `ended` without a word, which says the same.
            let _ = ended.send(());
        })
        .context("cannot start the engine's thread")?;
    Ok((engine, when_ended))
}

fn work(mut desk: Desk, mut receiver: mpsc::Receiver<Knock>, trouble: &Trouble) {
    let mut waiting = Vec::with_capacity(BATCH_MAX);
    while receiver.blocking_recv_many(&mut waiting, BATCH_MAX) > 0 {
        let looks = waiting.iter().any(|knock| matches!(knock, Knock::Clock));
        let before = desk.seq();
        let (asked, replies): (Vec<Asked>, Vec<_>) = waiting
            .drain(..)
            .filter_map(|knock| match knock {
                Knock::Submission(asked, reply) => Some((*asked, reply)),
                Knock::Clock => None,
            })
            .unzip();
        let answers = match desk.take(&asked, appliance::now()) {
            Ok(answers) => {
                // A batch of refusals alone has tried nothing.
                if trouble.is_there() && (desk.seq() > before || (looks && desk.has_room())) {
                    trouble.ends();
                }
                answers
            }
            Err(error) => {
                let goes_on = matches!(error, AppendError::DiskFull(_));
                let error = format!("{:#}", anyhow::Error::new(error));
                tracing::error!(error, goes_on, "nothing was stored");
                if !goes_on {
                    return;
                }
                trouble.begins(error);
                asked.iter().map(|_| Err(Refusal::NotStored)).collect()
            }
        };
        for (reply, answer) in replies.into_iter().zip(answers) {
            // Who asked may have gone; what was done stays done.
            let _ = reply.send(answer);
        }
    }
}

#[cfg(test)]
mod tests;
