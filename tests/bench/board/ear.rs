//! Who listens at the loudspeaker: ALSA's `file` plug-in hands whatever a
//! program plays to a pipe at once, and here its first sound is noticed.
//!
//! What a real card needs to be opened and to sound is not in it: that is
//! the card's own.

use std::fs::{self, File};
use std::io::Read;
use std::path::{Path, PathBuf};
use std::sync::mpsc::{Receiver, RecvTimeoutError, Sender, channel};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use anyhow::bail;
use rustix::fs::{CWD, FileType, Mode, mknodat};
use voice::RATE;

use crate::clock::Stopwatch;

/// The card's name.
pub(super) const CARD: &str = "ear";

/// How long a sound is waited for. Reached only on failure.
const PATIENCE: Duration = Duration::from_secs(20);

/// A sound louder than this is heard: 60 dB below full scale.
const AUDIBLE: i16 = 32;

/// A sample is sixteen bits, the lower eight first.
const SAMPLE_BYTES: usize = 2;

/// An ear at the card.
#[derive(Debug)]
pub(super) struct Ear {
    setting: PathBuf,
    listening: Arc<Mutex<Option<Listening>>>,
    heard: Receiver<Duration>,
}

/// What has come since somebody listens.
#[derive(Clone, Copy, Debug)]
struct Listening {
    watch: Stopwatch,
    n_silent: u32,
}

impl Ear {
    /// One whose card is set in this folder.
    pub(super) fn open(folder: &Path) -> anyhow::Result<Ear> {
        let (setting, pipe) = (folder.join("asound.conf"), folder.join("ear.pipe"));
        let text = format!(
            "pcm.{CARD} {{\n type file\n slave.pcm {{ type null }}\n file \"{}\"\n format raw\n}}\n",
            pipe.display()
        );
        fs::write(&setting, text)?;
        mknodat(CWD, &pipe, FileType::Fifo, Mode::RUSR | Mode::WUSR, 0)?;
        // Open at both ends, so that it never comes to an end.
        let sound = File::options().read(true).write(true).open(&pipe)?;
        let listening: Arc<Mutex<Option<Listening>>> = Arc::default();
        let (tell, heard) = channel();
        let shared = Arc::clone(&listening);
        std::thread::spawn(move || listen(sound, &shared, &tell));
        Ok(Ear { setting, listening, heard })
    }

    /// For `ALSA_CONFIG_PATH`.
    pub(super) fn setting(&self) -> &Path {
        &self.setting
    }

    /// Begins to listen, in silence.
    pub(super) fn listen(&self, watch: Stopwatch) {
        let mut listening = self.listening.lock().unwrap_or_else(PoisonError::into_inner);
        *listening = Some(Listening { watch, n_silent: 0 });
    }

    /// When the first sound since then was to be heard, once it is there.
    pub(super) fn heard(&self) -> anyhow::Result<Duration> {
        match self.heard.recv_timeout(PATIENCE) {
            Ok(at) => Ok(at),
            Err(RecvTimeoutError::Timeout) => bail!("nothing is heard"),
            Err(RecvTimeoutError::Disconnected) => bail!("the pipe is broken"),
        }
    }
}

/// Takes all that is played, until the pipe breaks or nobody wants to
/// know.
fn listen(mut sound: File, listening: &Mutex<Option<Listening>>, tell: &Sender<Duration>) {
    let mut bytes = [0; 16 * 1024];
    let mut odd = 0;
    while let Ok(n) = sound.read(&mut bytes[odd..]) {
        let n_samples = (odd + n) / SAMPLE_BYTES;
        let mut listening = listening.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(it) = listening.as_mut() {
            match first_sound(&bytes[..n_samples * SAMPLE_BYTES]) {
                Some(at) => {
                    let at = it.watch.read() + silence(it.n_silent + at);
                    *listening = None;
                    if tell.send(at).is_err() {
                        return;
                    }
                }
                None => it.n_silent += u32::try_from(n_samples).unwrap_or(u32::MAX),
            }
        }
        // Half a sample may have come.
        let whole = n_samples * SAMPLE_BYTES;
        bytes.copy_within(whole..odd + n, 0);
        odd = odd + n - whole;
    }
}

/// Which sample is the first to be heard.
fn first_sound(bytes: &[u8]) -> Option<u32> {
    let mut samples = bytes.chunks_exact(SAMPLE_BYTES).map(|it| i16::from_le_bytes([it[0], it[1]]));
    samples
        .position(|it| it.unsigned_abs() > AUDIBLE.unsigned_abs())
        .and_then(|at| at.try_into().ok())
}

/// How long so many samples last: a sound that comes after them is heard
/// so much later.
fn silence(n_samples: u32) -> Duration {
    Duration::from_secs_f64(f64::from(n_samples) / f64::from(RATE))
}
