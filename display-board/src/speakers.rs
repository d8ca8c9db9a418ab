//! The board's voice: what the core says becomes samples, and what
//! becomes of them a message for the core.
//!
//! One voice pack for all loudspeakers, one thread for each. A call is
//! rendered whole before any of it is played.

use std::path::PathBuf;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, PoisonError};

use board_core::{LoudspeakerPlace, Msg, Spoken};
use jiff::Timestamp;
use queue_api::LoudspeakerState;
use sound::{Loudspeaker, Pack, Played, Said, Sound};
use tokio::sync::mpsc;
use voice::{Announcement, Manner, plan, words};

/// What the hall decided for this board's voice.
#[derive(Clone, Debug)]
pub(crate) struct Voice {
    /// The folder of the voice pack; none if there is none anywhere.
    pub(crate) pack: Option<PathBuf>,
    /// How calls are spoken.
    pub(crate) manner: Manner,
    /// The sound cards, each with its place.
    pub(crate) loudspeakers: Vec<(String, LoudspeakerPlace)>,
}

/// The loudspeakers, running.
#[derive(Debug)]
pub(crate) struct Speakers {
    pack: Option<Arc<Mutex<Pack>>>,
    manner: Manner,
    channels: Vec<Channel>,
}

#[derive(Debug)]
struct Channel {
    name: String,
    loudspeaker: Loudspeaker,
    /// Whether what is being spoken lacks something.
    lacking: Arc<AtomicBool>,
}

impl Speakers {
    /// Reads the pack and starts the loudspeakers; what they tell goes to
    /// the core.
    pub(crate) fn start(
        voice: &Voice,
        messages: &mpsc::WeakSender<Msg>,
    ) -> std::io::Result<Speakers> {
        let pack = if voice.loudspeakers.is_empty() { None } else { open(voice) };
        let channels = voice.loudspeakers.iter().enumerate().map(|(loudspeaker, (card, place))| {
            Channel::start(loudspeaker, card, place.name.clone(), pack.is_some(), messages.clone())
        });
        let channels = channels.collect::<std::io::Result<_>>()?;
        let pack = pack.map(|it| Arc::new(Mutex::new(it)));
        Ok(Speakers { pack, manner: voice.manner.clone(), channels })
    }

    /// Speaks a call; the core has seen to it that the loudspeaker is
    /// silent.
    pub(crate) fn say(
        &self,
        loudspeaker: usize,
        announcement: Announcement,
        volume_percent: u8,
        called: Timestamp,
    ) {
        let Some(channel) = self.channels.get(loudspeaker) else { return };
        let (pack, manner) = (self.pack.clone(), self.manner.clone());
        let (lacking, name) = (Arc::clone(&channel.lacking), channel.name.clone());
        let taken = channel.loudspeaker.play(move || {
            let age_ms = appliance::now().duration_since(called).as_millis();
            let language = manner.languages.first().copied().unwrap_or_default();
            let words = words(&announcement, language, manner.one);
            tracing::info!(loudspeaker = name, words, age_ms, "speaks");
            let said = pack.map_or_else(Said::default, |pack| {
                let mut pack = pack.lock().unwrap_or_else(PoisonError::into_inner);
                pack.say(|has| plan(&announcement, &manner, has))
            });
            for fault in &said.faults {
                tracing::warn!(%fault, "a clip of the voice pack cannot be used");
            }
            if !said.lacking.is_empty() {
                tracing::warn!(words, clips = said.lacking.join(" "), "the voice pack lacks clips");
            }
            let whole = said.lacking.is_empty() && !said.speech.samples.is_empty();
            lacking.store(!whole, Ordering::Relaxed);
            let volume = f32::from(volume_percent.min(100)) / 100.0;
            said.speech.samples.into_iter().map(|it| it * volume).collect()
        });
        if !taken {
            tracing::error!(loudspeaker = channel.name, "a call came to a busy loudspeaker");
        }
    }
}

/// The pack, if there is one that can be used at all.
fn open(voice: &Voice) -> Option<Pack> {
    let Some(dir) = &voice.pack else {
        tracing::error!("there is no voice pack; name one with `--voice-pack DIR`");
        return None;
    };
    let (pack, faults) = match Pack::open(dir) {
        Ok(opened) => opened,
        Err(error) => {
            tracing::error!(error = format!("{:#}", anyhow::Error::from(error)), "no voice");
            return None;
        }
    };
    for fault in faults {
        tracing::warn!(%fault, "a clip of the voice pack cannot be used");
    }
    let n_clips = pack.repertoire().n_clips();
    tracing::info!(pack = %dir.display(), n_clips, "the voice pack is read");
    Some(pack)
}

impl Channel {
    fn start(
        loudspeaker: usize,
        card: &str,
        name: String,
        has_pack: bool,
        messages: mpsc::WeakSender<Msg>,
    ) -> std::io::Result<Channel> {
        let lacking = Arc::new(AtomicBool::new(false));
        let sound = {
            let (name, messages) = (name.clone(), messages.clone());
            move |sound| {
                let state = match sound {
                    Sound::Ready if has_pack => LoudspeakerState::Ready,
                    Sound::Ready => LoudspeakerState::NoClips,
                    Sound::Gone(_) => LoudspeakerState::NoDevice,
                };
                match sound {
                    Sound::Ready => tracing::info!(loudspeaker = name, "the loudspeaker is ready"),
                    Sound::Gone(why) => {
                        tracing::warn!(loudspeaker = name, why, "no sound; it is tried again");
                    }
                }
                tell(&messages, Msg::SoundChanged { loudspeaker, state });
            }
        };
        let played = {
            let lacking = Arc::clone(&lacking);
            move |played| {
                let spoken = match played {
                    Played::Began => return,
                    Played::Broken | Played::Cut => Spoken::Broken,
                    Played::Whole if lacking.load(Ordering::Relaxed) => Spoken::Lacking,
                    Played::Whole => Spoken::Whole,
                };
                tell(&messages, Msg::SpeakingEnded { loudspeaker, spoken });
            }
        };
        let loudspeaker = Loudspeaker::start(card, sound, played)?;
        Ok(Channel { name, loudspeaker, lacking })
    }
}

/// A board that stops listens no longer.
fn tell(messages: &mpsc::WeakSender<Msg>, msg: Msg) {
    let told = messages.upgrade().map(|it| it.blocking_send(msg));
    if !matches!(told, Some(Ok(()))) {
        tracing::debug!("the board stops");
    }
}
