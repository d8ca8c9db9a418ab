//! A loudspeaker: a thread that plays one thing at a time, to its end.
//!
//! A sound card may go and come back. That is told once each way; it is
//! tried again after ever longer waits, and looked at now and then while
//! nobody speaks, so that staff hear of it before a visitor does not.

use std::sync::mpsc::{Receiver, RecvTimeoutError, SyncSender, TrySendError, sync_channel};
use std::time::Duration;
use std::{io, thread};

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

/// A loudspeaker; its thread ends with the value, after what it plays.
#[derive(Debug)]
pub struct Loudspeaker {
    jobs: SyncSender<Job>,
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
        let (jobs, received) = sync_channel(1);
        let worker = Worker { card, tell, sound: None, wait: Duration::ZERO };
        thread::Builder::new().name("loudspeaker".to_owned()).spawn(|| worker.work(received))?;
        Ok(Loudspeaker { jobs })
    }

    /// Plays what the function makes; false if it is still busy with what
    /// it was given before.
    pub fn play(&self, job: impl FnOnce() -> Vec<f32> + Send + 'static) -> bool {
        match self.jobs.try_send(Box::new(job)) {
            Ok(()) => true,
            Err(TrySendError::Full(_) | TrySendError::Disconnected(_)) => false,
        }
    }
}

struct Worker {
    card: Box<dyn Card>,
    tell: Tell,
    /// What was told last.
    sound: Option<Sound>,
    /// Until the card is looked at.
    wait: Duration,
}

impl Worker {
    #[expect(clippy::needless_pass_by_value, reason = "the thread has it to its end")]
    fn work(mut self, jobs: Receiver<Job>) {
        loop {
            match jobs.recv_timeout(self.wait) {
                Ok(job) => self.play(job),
                Err(RecvTimeoutError::Timeout) => {
                    let probed = self.card.probe();
                    self.found(probed);
                }
                Err(RecvTimeoutError::Disconnected) => return,
            }
        }
    }

    fn play(&mut self, job: Job) {
        let samples = job();
        let tell = &self.tell;
        let played = self.card.play(&samples, &mut || tell(Told::Played(Played::Began)));
        let outcome = if played.is_ok() { Played::Whole } else { Played::Broken };
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
