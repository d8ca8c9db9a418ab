//! What a voice pack can say.

use std::collections::BTreeMap;

use crate::Language;

/// The clips a pack has, by name: the folder and the file without its
/// ending (`zh/qing_A`, `common/chime2`), each with what is said in it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Repertoire {
    texts: BTreeMap<String, String>,
    /// Whole phrases by folder and bare text.
    phrases: BTreeMap<(String, String), String>,
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
        self.phrases.retain(|_, it| it != clip);
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

    /// The clip in which a phrase is said whole. Punctuation, spaces and
    /// capital letters make no difference.
    pub fn phrase(&self, text: &str, language: Language) -> Option<&str> {
        let key = (language.folder().to_owned(), bare(text));
        self.phrases.get(&key).map(String::as_str)
    }
}

/// Name and text of each clip.
impl<N: Into<String>, T: Into<String>> FromIterator<(N, T)> for Repertoire {
    fn from_iter<I: IntoIterator<Item = (N, T)>>(clips: I) -> Repertoire {
        let mut repertoire = Repertoire::default();
        for (name, text) in clips {
            let (name, text) = (name.into(), text.into());
            if let Some((folder, file)) = name.split_once('/')
                && is_phrase(file)
            {
                let key = (folder.to_owned(), bare(&text));
                repertoire.phrases.entry(key).or_insert_with(|| name.clone());
            }
            repertoire.texts.insert(name, text);
        }
        repertoire
    }
}

/// Phrases of a call (`p_…`), windows (`w_…`) and what a kiosk says
/// (`g_…`) are said as they are written; the other clips are parts of
/// numbers.
fn is_phrase(file: &str) -> bool {
    ["p_", "w_", "g_"].iter().any(|it| file.starts_with(it))
}

fn bare(text: &str) -> String {
    text.chars().filter(|it| it.is_alphanumeric()).flat_map(char::to_lowercase).collect()
}
