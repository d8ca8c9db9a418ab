//! Every way to answer a matter's questions, so that the publishing gate
//! can say of all of them that somebody is told something.

use std::collections::BTreeSet;

use crate::situation::{Situation, Truth};
use crate::{Answers, Choose, Matter, NONE, Question};

/// A matter with more combinations than this cannot be checked, nor
/// answered by anybody.
pub const COMBINATIONS_MAX: usize = 20_000;

impl Matter {
    /// Every complete set of answers, without 不清楚 and without stopping
    /// at redirects. None if there are more than [`COMBINATIONS_MAX`].
    pub fn combinations(&self) -> Option<Vec<Answers>> {
        let mut all = vec![Answers::new()];
        for question in &self.questions {
            let mut longer = Vec::new();
            for answers in all {
                let situation = Situation::of(self, &answers);
                if situation.truth(question.when.as_ref()) == Truth::No {
                    longer.push(answers);
                    continue;
                }
                for chosen in choices(question)? {
                    let mut answers = answers.clone();
                    answers.insert(question.id.clone(), chosen);
                    longer.push(answers);
                }
                if longer.len() > COMBINATIONS_MAX {
                    return None;
                }
            }
            all = longer;
        }
        Some(all)
    }

    /// The different lists of papers that answers can lead to, as the
    /// places of the papers in the file; situations that are sent
    /// elsewhere have none.
    pub fn paper_lists(&self) -> Option<BTreeSet<Vec<usize>>> {
        let mut lists = BTreeSet::new();
        for answers in self.combinations()? {
            let situation = Situation::of(self, &answers);
            if !self.ends(&situation) {
                let listed = self.materials.iter().enumerate();
                let listed =
                    listed.filter(|(_, it)| situation.truth(it.when.as_ref()) != Truth::No);
                lists.insert(listed.map(|(at, _)| at).collect());
            }
        }
        Some(lists)
    }
}

/// Every answer to one question; none if there are too many.
fn choices(question: &Question) -> Option<Vec<Vec<String>>> {
    let ids: Vec<&String> = question.options.iter().map(|it| &it.id).collect();
    if question.choose == Choose::One {
        return Some(ids.into_iter().map(|id| vec![id.clone()]).collect());
    }
    let (alone, together): (Vec<&String>, Vec<&String>) =
        ids.into_iter().partition(|id| *id == NONE);
    let sets = 1_usize.checked_shl(u32::try_from(together.len()).ok()?)?;
    if sets > COMBINATIONS_MAX {
        return None;
    }
    let subset = |bits: usize| -> Vec<String> {
        let chosen = together.iter().enumerate().filter(|(at, _)| bits >> at & 1 == 1);
        chosen.map(|(_, id)| (*id).clone()).collect()
    };
    let mut choices: Vec<Vec<String>> = (1..sets).map(subset).collect();
    choices.extend(alone.into_iter().map(|id| vec![id.clone()]));
    Some(choices)
}
