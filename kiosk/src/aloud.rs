//! The kiosk's voice: what stands on the screen becomes sound, by the clips
//! of a voice pack. What the pack has no words for is left out.

use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, PoisonError};

use anyhow::Context;
use sound::{Loudspeaker, Pack, Sound, default_pack};
use voice::{DigitOne, Guidance, Language, guide};

/// What a hall decided for it.
#[derive(Clone, Debug)]
pub(crate) struct VoiceOptions {
    /// The sound card, as ALSA names it.
    pub(crate) card: String,
    /// The folder of the voice pack; without it, the one that came with the
    /// program.
    pub(crate) pack: Option<PathBuf>,
}

/// A voice pack and a loudspeaker.
#[derive(Debug)]
pub(crate) struct Voice {
    pack: Arc<Mutex<Pack>>,
    loudspeaker: Loudspeaker,
}

impl Voice {
    /// Reads the pack and starts the loudspeaker; `ready` hears from its
    /// thread whether the sound card is there.
    pub(crate) fn start(
        options: &VoiceOptions,
        ready: impl Fn(bool) + Send + 'static,
    ) -> anyhow::Result<Voice> {
        let dir = options.pack.clone().or_else(default_pack);
        let pack = open(&dir.context("there is no voice pack; name one with `--voice-pack DIR`")?)?;
        let told = move |sound| {
            match &sound {
                Sound::Ready => tracing::info!("the sound card is ready"),
                Sound::Gone(why) => tracing::warn!(why, "no sound; it is tried again"),
            }
            ready(sound == Sound::Ready);
        };
        let loudspeaker = Loudspeaker::start(&options.card, told, |_| ())
            .context("cannot start the loudspeaker")?;
        Ok(Voice { pack: Arc::new(Mutex::new(pack)), loudspeaker })
    }

    /// Says this instead of whatever is being said; nothing is silence.
    pub(crate) fn say_instead(&self, all: Vec<Guidance>, language: Language) {
        self.loudspeaker.play_instead(self.speech(all, language));
    }

    /// Says this after what is being said. Where something waits already,
    /// it is left out: the page has gone on.
    pub(crate) fn say_next(&self, all: Vec<Guidance>, language: Language) {
        self.loudspeaker.play(self.speech(all, language));
    }

    /// Makes the sound, when its turn has come.
    fn speech(&self, all: Vec<Guidance>, language: Language) -> impl FnOnce() -> Vec<f32> + use<> {
        let pack = Arc::clone(&self.pack);
        move || {
            let mut pack = pack.lock().unwrap_or_else(PoisonError::into_inner);
            let said = pack.say(|has| guide(&all, language, DigitOne::Yi, has));
            for fault in &said.faults {
                tracing::warn!(%fault, "a clip of the voice pack cannot be used");
            }
            if !said.lacking.is_empty() {
                tracing::debug!(texts = said.lacking.join(" / "), "the voice pack lacks words");
            }
            said.speech.samples
        }
    }
}

fn open(dir: &Path) -> anyhow::Result<Pack> {
    let (pack, faults) = Pack::open(dir)?;
    for fault in faults {
        tracing::warn!(%fault, "a clip of the voice pack cannot be used");
    }
    let n_clips = pack.repertoire().n_clips();
    tracing::info!(pack = %dir.display(), n_clips, "the voice pack is read");
    Ok(pack)
}
