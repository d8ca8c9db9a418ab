//! A visitor's situation: what their answers say of each question, in
//! three values. Nothing here is shown to anybody.
//!
//! A question that is skipped makes both `=` and `!=` false. A question
//! that is open, or answered with 不清楚, makes both of them *maybe*;
//! what may be needed is listed, so that nobody is sent back for it.

use std::ops::Not;

use crate::when::Comparison;
use crate::{Answers, Choose, Matter, NONE, Question, UNSURE, When};

/// Whether something holds. `and` is the least, `or` the greatest.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Truth {
    No,
    Maybe,
    Yes,
}

impl Not for Truth {
    type Output = Truth;

    fn not(self) -> Truth {
        match self {
            Truth::No => Truth::Yes,
            Truth::Maybe => Truth::Maybe,
            Truth::Yes => Truth::No,
        }
    }
}

/// What was said to a question.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Said<'a> {
    /// Nothing yet, or nothing that the question offers.
    Open,
    /// 不清楚.
    Unsure,
    /// These options.
    Chosen(&'a [String]),
}

/// A question, whether it concerns this visitor, and what they said.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Standing<'m, 'a> {
    pub(crate) question: &'m Question,
    pub(crate) asked: Truth,
    pub(crate) said: Said<'a>,
}

/// Every question in order.
pub(crate) struct Situation<'m, 'a> {
    pub(crate) standings: Vec<Standing<'m, 'a>>,
}

impl<'m, 'a> Situation<'m, 'a> {
    /// What the answers say of a matter. Answers to questions that the
    /// matter does not have are passed over.
    pub(crate) fn of(matter: &'m Matter, answers: &'a Answers) -> Situation<'m, 'a> {
        let mut situation = Situation { standings: Vec::with_capacity(matter.questions.len()) };
        for question in &matter.questions {
            let asked = situation.truth(question.when.as_ref());
            let said = said(question, answers);
            situation.standings.push(Standing { question, asked, said });
        }
        situation
    }

    /// Whether a condition holds; none always does.
    pub(crate) fn truth(&self, when: Option<&When>) -> Truth {
        when.map_or(Truth::Yes, |when| when.truth(self))
    }

    pub(crate) fn compare(&self, comparison: &Comparison) -> Truth {
        let standing = self.standings.iter().find(|it| it.question.id == comparison.question);
        let Some(standing) = standing else {
            // Not there, or after the question whose condition this is.
            return Truth::No;
        };
        let said = match standing.said {
            Said::Open | Said::Unsure => Truth::Maybe,
            Said::Chosen(chosen) if chosen.contains(&comparison.option) == comparison.differs => {
                Truth::No
            }
            Said::Chosen(_) => Truth::Yes,
        };
        // It may be that the question does not concern this visitor.
        standing.asked.min(said)
    }
}

fn said<'a>(question: &Question, answers: &'a Answers) -> Said<'a> {
    match answers.get(&question.id) {
        Some(chosen) if question.offers(chosen) => {
            if chosen[0] == UNSURE {
                Said::Unsure
            } else {
                Said::Chosen(chosen)
            }
        }
        _ => Said::Open,
    }
}

impl Question {
    /// Whether these options together are an answer to this question.
    pub fn offers(&self, chosen: &[String]) -> bool {
        if let [only] = chosen {
            return only == UNSURE || self.has(only);
        }
        let distinct = chosen.iter().enumerate().all(|(i, id)| !chosen[..i].contains(id));
        self.choose == Choose::Many
            && !chosen.is_empty()
            && distinct
            && chosen.iter().all(|id| id != NONE && self.has(id))
    }

    fn has(&self, option: &str) -> bool {
        self.options.iter().any(|it| it.id == option)
    }
}
