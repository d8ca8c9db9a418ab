//! Asking: which question comes next, what was said so far, and what an
//! answer changes in the answers before it.

use crate::situation::{Said, Situation, Truth};
use crate::{Answers, Choice, Choose, Matter, NONE, Question, Text, UNSURE};

/// A question and what was said to it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Answered<'a> {
    /// The question.
    pub question: &'a Question,
    /// The chosen options in the question's order; none if 不清楚.
    pub chosen: Vec<&'a Choice>,
}

impl Answered<'_> {
    /// The answer in words.
    pub fn words(&self) -> Text {
        if self.chosen.is_empty() {
            return Text { zh: "不清楚".to_owned(), en: "Not sure".to_owned() };
        }
        let zh: Vec<&str> = self.chosen.iter().map(|it| it.zh.as_str()).collect();
        let en: Vec<&str> = self.chosen.iter().map(|it| it.en.as_str()).collect();
        Text { zh: zh.join("、"), en: en.join(", ") }
    }
}

/// Why an answer cannot be taken.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum BadAnswer {
    /// The matter does not ask this.
    #[error("matter `{matter}` has no question `{question}`")]
    NoQuestion {
        /// The matter's id.
        matter: String,
        /// What was answered.
        question: String,
    },
    /// The options do not make an answer to the question.
    #[error("`{}` is no answer to question `{question}`", chosen.join(", "))]
    NoAnswer {
        /// The question's id.
        question: String,
        /// What was chosen.
        chosen: Vec<String>,
    },
}

impl Matter {
    /// The question to ask next: the first one that concerns the visitor
    /// and is open. None if all is said, and none as soon as the answers
    /// lead elsewhere for certain (that is to be said at once).
    pub fn next_question(&self, answers: &Answers) -> Option<&Question> {
        let situation = Situation::of(self, answers);
        if self.ends(&situation) {
            return None;
        }
        let mut concerned = situation.standings.iter().filter(|it| it.asked != Truth::No);
        concerned.find(|it| it.said == Said::Open).map(|it| it.question)
    }

    /// What was said so far, in the order of the questions.
    pub fn answered<'a>(&'a self, answers: &'a Answers) -> Vec<Answered<'a>> {
        let situation = Situation::of(self, answers);
        let concerned = situation.standings.iter().filter(|it| it.asked != Truth::No);
        let spoken = concerned.filter_map(|it| {
            let chosen = match it.said {
                Said::Open => return None,
                Said::Unsure => Vec::new(),
                Said::Chosen(ids) => {
                    it.question.options.iter().filter(|option| ids.contains(&option.id)).collect()
                }
            };
            Some(Answered { question: it.question, chosen })
        });
        spoken.collect()
    }

    /// How many questions concern the visitor as far as can be known,
    /// and how many of them are answered: 第 2 问，共 5 问 is `(1, 5)`.
    pub fn progress(&self, answers: &Answers) -> (usize, usize) {
        let situation = Situation::of(self, answers);
        let concerned = situation.standings.iter().filter(|it| it.asked != Truth::No);
        (self.answered(answers).len(), concerned.count())
    }

    /// The answers with one more, or with another in place of an old
    /// one. Later answers that no longer concern the visitor are dropped.
    pub fn answer(
        &self,
        answers: &Answers,
        question: &str,
        chosen: &[&str],
    ) -> Result<Answers, BadAnswer> {
        let Some(asked) = self.questions.iter().find(|it| it.id == question) else {
            let (matter, question) = (self.id.clone(), question.to_owned());
            return Err(BadAnswer::NoQuestion { matter, question });
        };
        let chosen: Vec<String> = chosen.iter().map(|&id| id.to_owned()).collect();
        if !asked.offers(&chosen) {
            return Err(BadAnswer::NoAnswer { question: question.to_owned(), chosen });
        }
        let mut answers = answers.clone();
        answers.insert(question.to_owned(), chosen);
        Ok(self.concerning(&answers))
    }

    /// The answers without the last one (上一问).
    pub fn step_back(&self, answers: &Answers) -> Answers {
        let mut kept = self.concerning(answers);
        let last = self.questions.iter().rev().find(|it| kept.contains_key(&it.id));
        if let Some(last) = last {
            kept.remove(&last.id);
        }
        kept
    }

    /// Those answers that concern the visitor: to questions of this
    /// matter, that are asked, with options that they offer.
    pub fn concerning(&self, answers: &Answers) -> Answers {
        let mut kept = Answers::new();
        for question in &self.questions {
            let situation = Situation::of(self, &kept);
            if self.ends(&situation) {
                break;
            }
            let asked = situation.truth(question.when.as_ref()) != Truth::No;
            if let Some(chosen) = answers.get(&question.id)
                && asked
                && question.offers(chosen)
            {
                kept.insert(question.id.clone(), chosen.clone());
            }
        }
        kept
    }

    /// Whether a redirect that stops holds for certain.
    pub(crate) fn ends(&self, situation: &Situation<'_, '_>) -> bool {
        self.redirects.iter().any(|it| it.stop && situation.truth(Some(&it.when)) == Truth::Yes)
    }
}

impl Question {
    /// What is chosen after somebody presses an option of a
    /// many-question: pressed again it goes, `none` and 不清楚 stand
    /// alone. Of a one-question the pressed option is chosen.
    pub fn toggle(&self, chosen: &[String], pressed: &str) -> Vec<String> {
        let alone = |id: &str| id == NONE || id == UNSURE;
        if self.choose == Choose::One || alone(pressed) {
            let again = self.choose == Choose::Many && chosen == [pressed];
            return if again { Vec::new() } else { vec![pressed.to_owned()] };
        }
        let mut now: Vec<String> = chosen.iter().filter(|id| !alone(id)).cloned().collect();
        match now.iter().position(|id| id == pressed) {
            Some(at) => drop(now.remove(at)),
            None => now.push(pressed.to_owned()),
        }
        now
    }
}

#[cfg(test)]
mod tests;
