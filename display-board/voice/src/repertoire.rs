//! What a voice pack can say.

use std::collections::BTreeMap;

/// The clips a pack has, by name: the folder and the file without its
/// ending (`zh/qing_A`, `common/chime2`), each with what is said in it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Repertoire {
    texts: BTreeMap<String, String>,
}

impl Repertoire {
    /// Whether it has this clip.
    pub fn has(&self, clip: &str) -> bool {
        self.texts.contains_key(clip)
    }

    /// What is said in a clip.
    pub fn text(&self, clip: &str) -> Option<&str> {
        self.texts.get(clip).map(String::as_str)
    }

    /// A clip cannot be used after all; true if it was there.
    pub fn strike(&mut self, clip: &str) -> bool {
        self.texts.remove(clip).is_some()
    }

    /// How many there are.
    pub fn n_clips(&self) -> usize {
        self.texts.len()
    }

    /// Their names, in order.
    pub fn clips(&self) -> impl Iterator<Item = &str> {
        self.texts.keys().map(String::as_str)
    }
}

/// Name and text of each clip.
impl<N: Into<String>, T: Into<String>> FromIterator<(N, T)> for Repertoire {
    fn from_iter<I: IntoIterator<Item = (N, T)>>(clips: I) -> Repertoire {
        let texts = clips.into_iter().map(|(name, text)| (name.into(), text.into()));
        Repertoire { texts: texts.collect() }
    }
}
