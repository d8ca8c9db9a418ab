//! A loudspeaker: a thread that plays one thing at a time, to its end or
//! until something else is to be heard instead.
//!
//! A sound card may go and come back. That is told once each way; it is
//! tried again after ever longer waits, and looked at now and then while
//! nobody speaks, so that staff hear of it before a visitor does not.

use std::sync::mpsc::{Receiver, RecvTimeoutError, SyncSender, TrySendError, sync_channel};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;
use std::{fmt, io, thread};

use crate::card::{Card, card};

/// While all is well and nobody speaks, the card is looked at this often.
const LOOK: Duration = Duration::from_secs(30);

/// A card that is gone is tried after this long, then twice that …
const RETRY_MIN: Duration = Duration::from_secs(1);

/// … and at least this often.
const RETRY_MAX: Duration = Duration::from_secs(30);

/// Whether anything can be heard.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Sound {
    /// The card can be opened.
    Ready,
    /// It cannot, for this reason.
    Gone(String),
}

/// What became of something that was to be played.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Played {
    /// Its first sound is out.
    Began,
    /// It was heard to its end.
    Whole,
    /// Something else was to be heard instead.
    Cut,
    /// The card failed before its end.
    Broken,
}

/// What a loudspeaker tells.
type Tell = Box<dyn Fn(Told) + Send>;

/// One thing told.
enum Told {
    Sound(Sound),
    Played(Played),
}

/// Makes the samples, on the loudspeaker's own thread.
type Job = Box<dyn FnOnce() -> Vec<f32> + Send>;

/// What the thread is told.
enum Order {
    /// To play this after what is played, unless something that was put in
    /// place of everything later than this turn comes first.
    Play(Job, u64),
    /// To play what is to be heard instead.
    Instead,
}

/// A loudspeaker; its thread ends with the value, after what it plays.
#[derive(Debug)]
pub struct Loudspeaker {
    orders: SyncSender<Order>,
    instead: Arc<Mutex<Instead>>,
}

/// What is to be heard in place of what is being played.
#[derive(Default)]
struct Instead {
    /// Counts what was put in place of something.
    turn: u64,
    /// The last of it, until the thread takes it.
    job: Option<Job>,
}

impl fmt::Debug for Instead {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Instead").field("turn", &self.turn).finish_non_exhaustive()
    }
}

fn lock(instead: &Mutex<Instead>) -> MutexGuard<'_, Instead> {
    instead.lock().unwrap_or_else(PoisonError::into_inner)
}

impl Loudspeaker {
    /// On the card of this name (`default`, `plughw:1`). Both functions
    /// are called from its thread.
    pub fn start(
        name: &str,
        sound: impl Fn(Sound) + Send + 'static,
        played: impl Fn(Played) + Send + 'static,
    ) -> io::Result<Loudspeaker> {
        Loudspeaker::on(
            card(name.to_owned()),
            Box::new(move |told| match told {
                Told::Sound(it) => sound(it),
                Told::Played(it) => played(it),
            }),
        )
    }

    fn on(card: Box<dyn Card>, tell: Tell) -> io::Result<Loudspeaker> {
        let (orders, received) = sync_channel(1);
        let instead = Arc::<Mutex<Instead>>::default();
        let worker =
            Worker { card, tell, instead: Arc::clone(&instead), sound: None, wait: Duration::ZERO };
        thread::Builder::new().name("loudspeaker".to_owned()).spawn(|| worker.work(received))?;
        Ok(Loudspeaker { orders, instead })
    }

    /// Plays what the function makes; false if it is still busy with what
    /// it was given before.
    pub fn play(&self, job: impl FnOnce() -> Vec<f32> + Send + 'static) -> bool {
        let turn = lock(&self.instead).turn;
        match self.orders.try_send(Order::Play(Box::new(job), turn)) {
            Ok(()) => true,
            Err(TrySendError::Full(_) | TrySendError::Disconnected(_)) => false,
        }
    }

    /// Plays what the function makes instead of whatever is played or
    /// waits; with nothing to play, there is silence.
    pub fn play_instead(&self, job: impl FnOnce() -> Vec<f32> + Send + 'static) {
        let mut instead = lock(&self.instead);
        instead.turn += 1;
        instead.job = Some(Box::new(job));
        drop(instead);
        // Where no more orders are taken, the one that waits ends at once.
        let _ = self.orders.try_send(Order::Instead);
    }
}

struct Worker {
    card: Box<dyn Card>,
    tell: Tell,
    instead: Arc<Mutex<Instead>>,
    /// What was told last.
    sound: Option<Sound>,
    /// Until the card is looked at.
    wait: Duration,
}

impl Worker {
    #[expect(clippy::needless_pass_by_value, reason = "the thread has it to its end")]
    fn work(mut self, orders: Receiver<Order>) {
        loop {
            match orders.recv_timeout(self.wait) {
                Ok(Order::Play(_, turn)) if turn != lock(&self.instead).turn => {
                    (self.tell)(Told::Played(Played::Cut));
                    self.play_instead();
                }
                Ok(Order::Play(job, turn)) => {
                    self.play(job, turn);
                    self.play_instead();
                }
                Ok(Order::Instead) => self.play_instead(),
                Err(RecvTimeoutError::Timeout) => {
                    let probed = self.card.probe();
                    self.found(probed);
                }
                Err(RecvTimeoutError::Disconnected) => return,
            }
        }
    }

    /// Plays what is to be heard instead, until nothing is.
    fn play_instead(&mut self) {
        loop {
            let mut instead = lock(&self.instead);
            let (turn, job) = (instead.turn, instead.job.take());
            drop(instead);
            let Some(job) = job else { return };
            self.play(job, turn);
        }
    }

    /// Plays until a later turn.
    fn play(&mut self, job: Job, turn: u64) {
        let instead = Arc::clone(&self.instead);
        let goes_on = || lock(&instead).turn == turn;
        let samples = job();
        let tell = &self.tell;
        let mut began = || tell(Told::Played(Played::Began));
        let played = self.card.play(&samples, &mut began, &goes_on);
        let outcome = match &played {
            Ok(()) if goes_on() => Played::Whole,
            Ok(()) => Played::Cut,
            Err(_) => Played::Broken,
        };
        self.found(played);
        (self.tell)(Told::Played(outcome));
    }

    /// How the card is now; said if that is news.
    fn found(&mut self, found: Result<(), String>) {
        let well = found.is_ok();
        self.wait = match &self.sound {
            _ if well => LOOK,
            Some(Sound::Gone(_)) => (self.wait * 2).clamp(RETRY_MIN, RETRY_MAX),
            _ => RETRY_MIN,
        };
        let sound = found.map_or_else(Sound::Gone, |()| Sound::Ready);
        let news = match (&self.sound, &sound) {
            (Some(Sound::Gone(_)), Sound::Gone(_)) => false,
            (before, now) => before.as_ref() != Some(now),
        };
        if news {
            self.sound = Some(sound.clone());
            (self.tell)(Told::Sound(sound));
        }
    }
}

#[cfg(test)]
mod tests;
