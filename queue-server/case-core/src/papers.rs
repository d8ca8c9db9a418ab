//! The papers of a case: those that the notice listed for these answers,
//! and what became of each.

use catalogue::{Need, Text};
use serde::{Deserialize, Serialize};

/// A paper as the notice listed it. Kept with the case: what was told
/// counts, whatever the catalogue says by then.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ListedPaper {
    /// The material's id in the catalogue.
    pub id: String,
    /// Its official name.
    pub name: Text,
    /// Pieces of the original.
    pub original: u32,
    /// Copies.
    pub copies: u32,
    /// Whether it can be missing.
    pub need: Need,
    /// False if it was listed because an answer was open: the window
    /// decides whether it is needed.
    pub sure: bool,
}

/// What became of a paper at the window.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "mark", rename_all = "snake_case")]
pub enum Mark {
    /// It is here and in form.
    Received,
    /// It is not here.
    Missing,
    /// It is here and not in form.
    Wrong {
        /// What is wrong, and what to bring instead.
        what: String,
    },
    /// A slip that the applicant may put right at the window, and must be
    /// let (行政许可法 32 (3)).
    Correctable {
        /// What is to be put right.
        what: String,
    },
    /// The window found that this applicant does not need it; only of
    /// papers that were not sure.
    NotNeeded,
}

/// A line of a correction notice (补正告知书).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Wanted {
    /// The material's id; none if the paper is on no list of the matter.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub paper: Option<String>,
    /// What to bring.
    pub name: Text,
    /// What is wrong with what was handed in; empty if nothing was.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub what: String,
}
