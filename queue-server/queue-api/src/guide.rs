//! A matter's situation, asked one question at a time by whoever helps a
//! visitor.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::{Answers, Bilingual};

/// `POST /matters/{id}/situation`: what was said so far.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct SituationRequest {
    /// Question id → chosen option ids; `unsure` for who does not know.
    #[serde(default)]
    pub answers: Answers,
}

/// What was said, and what is asked next.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct SituationView {
    /// Of the answers those that count.
    pub answers: Answers,
    /// They in words, in the order they were asked.
    pub said: Vec<SaidView>,
    /// The next question; none if all is said.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub question: Option<QuestionView>,
    /// How many of the questions are answered.
    pub answered: usize,
    /// How many there are, as far as can be known.
    pub of: usize,
}

/// An answer in words.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct SaidView {
    /// What was asked.
    pub question: Bilingual,
    /// What was chosen; nothing for who does not know.
    pub chosen: Vec<Bilingual>,
}

/// A question of a matter.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct QuestionView {
    /// Its id in `answers`.
    pub id: String,
    /// What is asked.
    pub text: Bilingual,
    /// Whether several options may be chosen.
    pub many: bool,
    /// What may be answered, in the order shown.
    pub options: Vec<OptionView>,
}

/// An option of a question.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct OptionView {
    /// Its id in `answers`.
    pub id: String,
    /// What it says.
    pub text: Bilingual,
}
