//! A voice pack: the folder with the clips, which a hall may replace by
//! its own recording.
//!
//! What is wrong with a clip is said once, and the pack then speaks
//! without it. Decoded clips are kept, up to a limit.

use std::collections::BTreeMap;
use std::fmt;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::{env, fs, io};

use voice::{Clip, Plan, Repertoire, Speech, Step, read_manifest, render};

use crate::decode::{ClipFault, decode, look};

/// The folders of a pack, each with its `MANIFEST.tsv`.
pub(crate) const FOLDERS: [&str; 3] = ["common", "zh", "en"];

/// The list of clips in each.
const MANIFEST: &str = "MANIFEST.tsv";

/// Decoded clips that are kept: two minutes of speech, 12 MB.
const KEPT_SAMPLES_MAX: usize = 24_000 * 120;

/// The pack cannot be used at all.
#[derive(Debug, thiserror::Error)]
pub enum PackError {
    /// No folder of it has a manifest.
    #[error("`{0}` is no voice pack: no folder of it has a `{MANIFEST}`")]
    NoPack(PathBuf),
    /// A manifest is there and cannot be read.
    #[error("cannot read `{0}`")]
    Manifest(PathBuf, #[source] io::Error),
}

/// Something wrong with a pack.
#[derive(Debug)]
pub enum Fault {
    /// A line of a manifest says nothing.
    Line {
        /// Which manifest, from the pack's folder on.
        manifest: String,
        /// Which line, from 1.
        line: usize,
    },
    /// A clip cannot be used.
    Clip {
        /// Its file, from the pack's folder on.
        file: String,
        /// Why.
        fault: ClipFault,
    },
}

impl fmt::Display for Fault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Fault::Line { manifest, line } => {
                write!(f, "{manifest}:{line}: not `file`, tab, `text` of an .ogg or .wav")
            }
            Fault::Clip { file, fault } => write!(f, "{file}: {fault}"),
        }
    }
}

/// What was made of a plan.
#[derive(Debug, Default)]
pub struct Said {
    /// As it will be heard.
    pub speech: Speech,
    /// What could not be said for want of these.
    pub lacking: Vec<String>,
    /// Clips that turned out to be unusable just now.
    pub faults: Vec<Fault>,
}

/// A voice pack, opened.
#[derive(Debug)]
pub struct Pack {
    dir: PathBuf,
    files: BTreeMap<String, String>,
    repertoire: Repertoire,
    kept: Kept,
}

impl Pack {
    /// Reads the manifests and looks at the head of every clip; those
    /// with a fault are not in the repertoire.
    pub fn open(dir: &Path) -> Result<(Pack, Vec<Fault>), PackError> {
        let (mut files, mut texts, mut faults) = (BTreeMap::new(), Vec::new(), Vec::new());
        let mut found = false;
        for folder in FOLDERS {
            let path = dir.join(folder).join(MANIFEST);
            let manifest = match fs::read_to_string(&path) {
                Ok(manifest) => manifest,
                // A pack of one language is a pack.
                Err(error) if error.kind() == io::ErrorKind::NotFound => continue,
                Err(error) => return Err(PackError::Manifest(path, error)),
            };
            found = true;
            let (listed, unread) = read_manifest(folder, &manifest);
            faults.extend(unread.into_iter().map(|line| {
                let manifest = format!("{folder}/{MANIFEST}");
                Fault::Line { manifest, line }
            }));
            for clip in listed {
                match look(&dir.join(&clip.file)) {
                    Ok(()) => {
                        files.insert(clip.name.clone(), clip.file);
                        texts.push((clip.name, clip.text));
                    }
                    Err(fault) => faults.push(Fault::Clip { file: clip.file, fault }),
                }
            }
        }
        if !found {
            return Err(PackError::NoPack(dir.to_owned()));
        }
        let repertoire = texts.into_iter().collect();
        let pack = Pack { dir: dir.to_owned(), files, repertoire, kept: Kept::default() };
        Ok((pack, faults))
    }

    /// What it can say.
    pub fn repertoire(&self) -> &Repertoire {
        &self.repertoire
    }

    /// Renders a plan. A clip that cannot be decoded is struck from the
    /// repertoire, and what it was for is planned anew.
    pub fn say(&mut self, plan: impl Fn(&Repertoire) -> Plan) -> Said {
        let mut faults = Vec::new();
        loop {
            let Plan { steps, lacking } = plan(&self.repertoire);
            let n_faults = faults.len();
            let clips = self.clips(&steps, &mut faults);
            if faults.len() == n_faults {
                let speech = render(&steps, |name| clips.get(name).cloned());
                return Said { speech, lacking, faults };
            }
        }
    }

    /// The clips of these steps, each once.
    fn clips(&mut self, steps: &[Step], faults: &mut Vec<Fault>) -> BTreeMap<String, Arc<Clip>> {
        let mut clips = BTreeMap::new();
        for step in steps {
            let Step::Clip(name) = step else { continue };
            // One that failed a moment ago is not asked again.
            if clips.contains_key(name) || !self.repertoire.has(name) {
                continue;
            }
            match self.clip(name) {
                Ok(clip) => {
                    clips.insert(name.clone(), clip);
                }
                Err(fault) => faults.push(fault),
            }
        }
        clips
    }

    /// One clip; one that cannot be read will not be planned again.
    pub(crate) fn clip(&mut self, name: &str) -> Result<Arc<Clip>, Fault> {
        if let Some(clip) = self.kept.find(name) {
            return Ok(clip);
        }
        let file = self.files.get(name).cloned().unwrap_or_default();
        match decode(&self.dir.join(&file)) {
            Ok(clip) => Ok(self.kept.keep(name, clip)),
            Err(fault) => {
                self.repertoire.strike(name);
                Err(Fault::Clip { file, fault })
            }
        }
    }
}

/// Decoded clips, those used last.
#[derive(Debug, Default)]
struct Kept {
    clips: BTreeMap<String, (u64, Arc<Clip>)>,
    n_samples: usize,
    turn: u64,
}

impl Kept {
    fn find(&mut self, name: &str) -> Option<Arc<Clip>> {
        self.turn += 1;
        let (used, clip) = self.clips.get_mut(name)?;
        *used = self.turn;
        Some(Arc::clone(clip))
    }

    fn keep(&mut self, name: &str, clip: Clip) -> Arc<Clip> {
        let clip = Arc::new(clip);
        self.n_samples += clip.samples().len();
        self.clips.insert(name.to_owned(), (self.turn, Arc::clone(&clip)));
        while self.n_samples > KEPT_SAMPLES_MAX && self.clips.len() > 1 {
            let oldest = self.clips.iter().min_by_key(|(_, (used, _))| *used);
            let oldest = oldest.map(|(name, _)| name.clone()).unwrap_or_default();
            if let Some((_, gone)) = self.clips.remove(&oldest) {
                self.n_samples -= gone.samples().len();
            }
        }
        clip
    }
}

/// Where the suite's own pack lies, if nobody said otherwise: beside the
/// program, where a package puts it, or in the source tree it was built
/// from.
pub fn default_pack() -> Option<PathBuf> {
    let program = env::current_exe().ok()?;
    let beside = program.parent()?;
    let installed = [beside.join("voice"), beside.join("../share/yimen/voice")];
    let sources = beside.ancestors().map(|it| it.join("assets/voice"));
    let here = PathBuf::from("assets/voice");
    installed
        .into_iter()
        .chain(sources)
        .chain([here])
        .find(|it| FOLDERS.iter().any(|folder| it.join(folder).join(MANIFEST).is_file()))
}

#[cfg(test)]
mod tests;
