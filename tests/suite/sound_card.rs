//! A sound card that writes down what would be heard: ALSA's `file`
//! plug-in stands where the loudspeaker is.

use std::fs;
use std::path::{Path, PathBuf};
use std::time::Duration;

/// How often what was heard is looked at, and how many times.
pub(crate) const LOOK: Duration = Duration::from_millis(200);
pub(crate) const LOOKS_MAX: usize = 600;

/// A WAV file's samples come after this.
const WAV_HEAD: usize = 44;

/// A sound card that writes down what would be heard.
pub(crate) struct SoundCard {
    /// The setting by which ALSA finds it, under the name `heard`.
    pub(crate) setting: PathBuf,
    /// What was heard.
    pub(crate) heard: PathBuf,
}

impl SoundCard {
    /// One whose setting lies in this folder.
    pub(crate) fn new(folder: &Path) -> SoundCard {
        let (setting, heard) = (folder.join("asound.conf"), folder.join("heard.raw"));
        let card = SoundCard { setting, heard };
        card.plug_in();
        card
    }

    pub(crate) fn plug_in(&self) {
        let setting = format!(
            "pcm.heard {{\n type file\n slave.pcm {{ type null }}\n file \"|cat >> {}\"\n \
             format raw\n}}\n",
            self.heard.display()
        );
        self.set(&setting);
    }

    pub(crate) fn pull_out(&self) {
        self.set("# no card\n");
    }

    /// Another file under the same name: ALSA tells a new setting by its inode
    /// and by whole seconds, so a file written twice in a second looks the same.
    fn set(&self, setting: &str) {
        let new = self.setting.with_extension("new");
        fs::write(&new, setting).unwrap();
        fs::rename(&new, &self.setting).unwrap();
    }

    /// Waits until this was heard last, and gives all that was.
    pub(crate) async fn hears_last(&self, expected: &[u8]) -> Vec<u8> {
        let mut heard = Vec::new();
        for _ in 0..LOOKS_MAX {
            heard = fs::read(&self.heard).unwrap_or_default();
            if heard.ends_with(expected) {
                return heard;
            }
            tokio::time::sleep(LOOK).await;
        }
        panic!("of {} bytes the last {} are something else", heard.len(), expected.len());
    }

    /// Waits until exactly this was heard.
    pub(crate) async fn hears(&self, expected: &[u8]) {
        let mut heard = Vec::new();
        for _ in 0..LOOKS_MAX {
            heard = fs::read(&self.heard).unwrap_or_default();
            if heard.len() >= expected.len() {
                break;
            }
            tokio::time::sleep(LOOK).await;
        }
        assert_eq!(heard.len(), expected.len(), "bytes heard");
        assert!(heard == expected, "something else was heard");
    }
}

/// Samples as the card takes them.
pub(crate) fn as_played(folder: &Path, samples: &[f32]) -> Vec<u8> {
    let wav = folder.join("expected.wav");
    sound::write_wav(&wav, samples).unwrap();
    fs::read(wav).unwrap().split_off(WAV_HEAD)
}
