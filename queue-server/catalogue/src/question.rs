//! What a visitor is asked of their situation (办理情形), and where a
//! situation leads that needs no papers here.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use crate::text::pick;
use crate::{Lang, Text, When};

/// Answers to a matter's questions: question id → chosen option ids.
/// `[UNSURE]` is the answer 不清楚. The same words travel to the server.
pub type Answers = BTreeMap<String, Vec<String>>;

/// The option id of 不清楚, which every question has and no file may
/// define: everything that may apply is then listed.
pub const UNSURE: &str = "unsure";

/// The option id that excludes the others of a many-question.
pub const NONE: &str = "none";

/// A question.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Question {
    /// Unique in its matter.
    pub id: String,
    /// What is asked.
    pub text: Text,
    /// Whether several options may be chosen.
    pub choose: Choose,
    /// What may be answered, in the order shown; 不清楚 is not among
    /// them, a screen adds it.
    pub options: Vec<Choice>,
    /// Asked only if this holds.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub when: Option<When>,
}

/// How many options may be chosen.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Choose {
    /// Exactly one.
    One,
    /// One or more.
    Many,
}

/// An option of a question.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Choice {
    /// Unique in its question.
    pub id: String,
    /// Simplified Chinese.
    pub zh: String,
    /// English.
    pub en: String,
}

impl Choice {
    /// What the button says.
    pub fn get(&self, lang: Lang) -> &str {
        pick(lang, &self.zh, &self.en)
    }
}

/// Where a situation leads (行政许可法 32: what needs no permit, or not
/// from this authority, is said at once).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Redirect {
    /// The situation.
    pub when: When,
    /// What becomes of it.
    pub outcome: RedirectOutcome,
    /// Another matter's id, if it is in this catalogue.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub to: Option<String>,
    /// What the visitor is told.
    pub text: Text,
    /// Whether the matter ends here; otherwise the text is told and the
    /// papers are listed all the same.
    #[serde(default = "yes", skip_serializing_if = "is_yes")]
    pub stop: bool,
}

/// What becomes of a visitor who is redirected.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum RedirectOutcome {
    /// 不用办.
    NotRequired,
    /// A filing (备案) is enough.
    Filing,
    /// It is another matter.
    OtherMatter,
    /// It is another authority's.
    OtherAuthority,
    /// It is done online only.
    Online,
    /// It is reviewed here and decided above (上报).
    Upward,
}

const fn yes() -> bool {
    true
}

#[expect(clippy::trivially_copy_pass_by_ref, reason = "serde calls it with a reference")]
const fn is_yes(value: &bool) -> bool {
    *value
}
