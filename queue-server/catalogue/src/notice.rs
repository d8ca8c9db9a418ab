//! The one-time notice (一次性告知单): everything one visitor must know
//! and bring, once their situation is known. It says what is so; how a
//! screen or a slip words and places it is theirs.

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use crate::situation::{Situation, Truth};
use crate::{
    Answers, Basis, Channels, ClockStart, Contact, Department, Due, Fee, Limit, Material, Matter,
    MatterResult, Need, Period, Redirect, Rejection, Step, Text, Workdays,
};

/// What applies to one visitor in one matter.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Notice {
    /// The matter's id.
    pub matter: String,
    /// The matter's official name.
    pub name: Text,
    /// Its short label.
    pub short: Text,
    /// Day of the matter's last change.
    pub revision: Date,
    /// The authority.
    pub department: Department,
    /// The lane to wait in.
    pub lane: String,
    /// What was answered, in order.
    pub situation: Vec<SituationLine>,
    /// What holds in this situation and leads elsewhere; those that end
    /// the matter come first.
    pub redirects: Vec<Redirect>,
    /// What may hold, as far as an open or unsure answer tells; the
    /// window must look at it.
    pub perhaps: Vec<Redirect>,
    /// The papers; none at all if a redirect ends the matter.
    pub papers: Papers,
    /// What must be paid; nothing (不收费) if empty.
    pub fees: Vec<FeeLine>,
    /// 承诺时限 in this situation.
    pub promised: Limit,
    /// 法定时限 in this situation, where the law sets one.
    pub statutory: Option<Limit>,
    /// What starts the clock.
    pub clock_starts: ClockStart,
    /// Proceedings that are not counted.
    pub excluded: Vec<String>,
    /// What a visitor should know beside the numbers.
    pub time_note: Option<Text>,
    /// When the promised limit ends if everything is handed in today;
    /// none if the matter ends here, or if the clock does not start then.
    pub due: Option<Due>,
    /// Seasons, if it is not taken all year.
    pub periods: Vec<Period>,
    /// What happens, in order.
    pub steps: Vec<Step>,
    /// How often one must come.
    pub visits: u32,
    /// How one may apply.
    pub channels: Channels,
    /// What one gets.
    pub result: MatterResult,
    /// The law.
    pub basis: Vec<Basis>,
    /// Why people are sent back, as far as it concerns the papers above.
    pub rejections: Vec<Rejection>,
    /// Where to go.
    pub contact: Contact,
}

/// A question and the answer that was given.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct SituationLine {
    /// What was asked.
    pub question: Text,
    /// What was said.
    pub answer: Text,
}

/// The papers in the groups of the checklist, each in the file's order.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Papers {
    /// 要带.
    pub bring: Vec<Paper>,
    /// 有的话带上: not required, but of help.
    pub optional: Vec<Paper>,
    /// 可以后补: may follow later against a written promise.
    pub later: Vec<Paper>,
    /// 不用带: the hall looks it up.
    pub not_needed: Vec<Paper>,
}

impl Papers {
    /// Every paper that somebody brings, now or later.
    pub fn to_collect(&self) -> impl Iterator<Item = &Paper> {
        self.bring.iter().chain(&self.optional).chain(&self.later)
    }
}

/// A paper on the list.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Paper {
    /// The paper.
    pub material: Material,
    /// False if it is listed because an answer is open or unsure; the
    /// window then checks whether it is needed.
    pub sure: bool,
}

/// A fee on the list.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct FeeLine {
    /// The fee.
    pub fee: Fee,
    /// False if it is listed because an answer is open or unsure.
    pub sure: bool,
}

impl Notice {
    /// What a visitor with these answers must know. `handed_in` is the
    /// day the due date is counted from, today as a rule. `waive_shared`
    /// is the hall's word that it looks up shared papers itself (免提交).
    pub fn of(
        matter: &Matter,
        answers: &Answers,
        handed_in: Date,
        workdays: &Workdays,
        waive_shared: bool,
    ) -> Notice {
        let situation = Situation::of(matter, answers);
        let ends = matter.ends(&situation);
        let (promised, statutory) = limits(matter, &situation);
        let papers =
            if ends { Papers::default() } else { papers(matter, &situation, waive_shared) };
        let counted = !ends && matter.time.clock_starts != ClockStart::PeriodEnd;
        let answered = matter.answered(answers);
        let lines = answered
            .iter()
            .map(|it| SituationLine { question: it.question.text.clone(), answer: it.words() });
        Notice {
            matter: matter.id.clone(),
            name: matter.name.clone(),
            short: matter.short.clone(),
            revision: matter.revision,
            department: matter.department.clone(),
            lane: matter.lane.clone(),
            situation: lines.collect(),
            redirects: redirects(matter, &situation, Truth::Yes),
            perhaps: redirects(matter, &situation, Truth::Maybe),
            fees: if ends { Vec::new() } else { fees(matter, &situation) },
            promised,
            statutory,
            clock_starts: matter.time.clock_starts,
            excluded: matter.time.excluded.clone(),
            time_note: matter.time.note.clone(),
            due: counted.then(|| workdays.add(handed_in, promised)),
            periods: matter.periods.clone(),
            steps: matter.steps.clone(),
            visits: matter.visits,
            channels: matter.channels,
            result: matter.result.clone(),
            basis: matter.basis.clone(),
            rejections: if ends { Vec::new() } else { rejections(matter, &papers) },
            papers,
            contact: matter.contact.clone(),
        }
    }

    /// The redirect that ends the matter here, if one does.
    pub fn ended_by(&self) -> Option<&Redirect> {
        self.redirects.first().filter(|it| it.stop)
    }
}

/// The redirects of one truth, those that end the matter first.
fn redirects(matter: &Matter, situation: &Situation<'_, '_>, truth: Truth) -> Vec<Redirect> {
    let holding = matter.redirects.iter().filter(|it| situation.truth(Some(&it.when)) == truth);
    let mut holding: Vec<Redirect> = holding.cloned().collect();
    holding.sort_by_key(|it| !it.stop);
    holding
}

fn papers(matter: &Matter, situation: &Situation<'_, '_>, waive_shared: bool) -> Papers {
    let mut papers = Papers::default();
    for material in &matter.materials {
        let truth = situation.truth(material.when.as_ref());
        if truth == Truth::No {
            continue;
        }
        let group = match material.need {
            _ if material.shared && waive_shared => &mut papers.not_needed,
            Need::Required => &mut papers.bring,
            Need::Optional => &mut papers.optional,
            Need::Deferrable => &mut papers.later,
        };
        group.push(Paper { material: material.clone(), sure: truth == Truth::Yes });
    }
    papers
}

fn fees(matter: &Matter, situation: &Situation<'_, '_>) -> Vec<FeeLine> {
    let due = matter.fees.iter().filter_map(|fee| match situation.truth(fee.when.as_ref()) {
        Truth::No => None,
        truth => Some(FeeLine { fee: fee.clone(), sure: truth == Truth::Yes }),
    });
    due.collect()
}

/// The promised and the statutory limit. Where the situation leaves it
/// open which limits hold, the longest that may hold is told.
fn limits(matter: &Matter, situation: &Situation<'_, '_>) -> (Limit, Option<Limit>) {
    let time = &matter.time;
    let mut promised = Vec::new();
    let mut statutory = Vec::new();
    let mut settled = false;
    for other in &time.when {
        let truth = situation.truth(Some(&other.when));
        if truth != Truth::No {
            promised.push(other.promised.unwrap_or(time.promised));
            statutory.extend(other.statutory.or(time.statutory));
        }
        if truth == Truth::Yes {
            settled = true;
            break;
        }
    }
    if !settled {
        promised.push(time.promised);
        statutory.extend(time.statutory);
    }
    let longest = |limits: Vec<Limit>| limits.into_iter().max_by_key(|it| it.rough_length());
    (longest(promised).unwrap_or(time.promised), longest(statutory))
}

fn rejections(matter: &Matter, papers: &Papers) -> Vec<Rejection> {
    let listed = |id: &String| papers.to_collect().any(|paper| &paper.material.id == id);
    let concerned = matter.rejections.iter().filter(|it| it.material.as_ref().is_none_or(listed));
    concerned.cloned().collect()
}

#[cfg(test)]
mod tests;
