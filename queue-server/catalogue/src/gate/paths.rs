//! What is wrong with the ways through a matter: conditions on questions
//! that do not exist, papers nobody is ever asked for, visitors who are
//! told nothing.

use crate::situation::{Situation, Truth};
use crate::{Answers, COMBINATIONS_MAX, Document, Matter, UNSURE, When};

/// A question with fewer is none.
const OPTIONS_MIN: usize = 2;

pub(super) fn check(document: &mut Document<'_>, matter: &Matter) {
    options(document, matter);
    rejections(document, matter);
    if !document.is_sound("questions") {
        return;
    }
    let conditions = conditions(matter);
    let mut named = true;
    for condition in &conditions {
        named &= names(document, matter, condition);
    }
    if !named {
        return;
    }
    let Some(combinations) = matter.combinations() else {
        let message = format!("more than {COMBINATIONS_MAX} combinations of answers");
        document.fault("questions", message);
        return;
    };
    let situations: Vec<_> = combinations.iter().map(|it| Situation::of(matter, it)).collect();
    reachable(document, matter, &conditions, &situations);
    answered(document, matter, &combinations, &situations);
}

fn options(document: &mut Document<'_>, matter: &Matter) {
    for (at, question) in matter.questions.iter().enumerate() {
        if document.is_sound("questions") && question.options.len() < OPTIONS_MIN {
            let message = format!("question `{}` leaves no choice", question.id);
            document.fault(&format!("questions.{at}.options"), message);
        }
        for (place, option) in question.options.iter().enumerate() {
            if option.id == UNSURE {
                let part = format!("questions.{at}.options.{place}.id");
                document
                    .fault(&part, format!("`{UNSURE}` is kept for 不清楚, which is always there"));
            }
        }
    }
}

fn rejections(document: &mut Document<'_>, matter: &Matter) {
    for (at, rejection) in matter.rejections.iter().enumerate() {
        let Some(id) = &rejection.material else { continue };
        if document.is_sound("materials") && matter.materials.iter().all(|it| it.id != *id) {
            document
                .fault(&format!("rejections.{at}.material"), format!("there is no paper `{id}`"));
        }
    }
}

/// A condition, where it stands, and how many questions come before it.
struct Condition<'m> {
    part: String,
    when: &'m When,
    asked_before: usize,
}

impl<'m> Condition<'m> {
    fn new(
        (key, at): (&str, usize),
        when: Option<&'m When>,
        asked_before: usize,
    ) -> Option<Condition<'m>> {
        when.map(|when| Condition { part: format!("{key}.{at}.when"), when, asked_before })
    }
}

fn conditions(matter: &Matter) -> Vec<Condition<'_>> {
    let all = matter.questions.len();
    let questions = matter.questions.iter().enumerate();
    let redirects = matter.redirects.iter().enumerate();
    let materials = matter.materials.iter().enumerate();
    let fees = matter.fees.iter().enumerate();
    let limits = matter.time.when.iter().enumerate();
    questions
        .filter_map(|(at, it)| Condition::new(("questions", at), it.when.as_ref(), at))
        .chain(
            redirects.filter_map(|(at, it)| Condition::new(("redirects", at), Some(&it.when), all)),
        )
        .chain(
            materials
                .filter_map(|(at, it)| Condition::new(("materials", at), it.when.as_ref(), all)),
        )
        .chain(fees.filter_map(|(at, it)| Condition::new(("fees", at), it.when.as_ref(), all)))
        .chain(limits.filter_map(|(at, it)| Condition::new(("time.when", at), Some(&it.when), all)))
        .collect()
}

/// Whether a condition speaks of questions and options that are there.
fn names(document: &mut Document<'_>, matter: &Matter, condition: &Condition<'_>) -> bool {
    let mut sound = true;
    for comparison in condition.when.comparisons() {
        let (question, option) = (&comparison.question, &comparison.option);
        let message = match matter.questions.iter().position(|it| it.id == *question) {
            None => format!("there is no question `{question}`"),
            Some(at) if at >= condition.asked_before => {
                format!("question `{question}` is asked only later")
            }
            Some(at) if matter.questions[at].options.iter().all(|it| it.id != *option) => {
                format!("question `{question}` has no option `{option}`")
            }
            Some(_) => continue,
        };
        document.fault(&condition.part, message);
        sound = false;
    }
    sound
}

/// A condition that no situation meets hides what hangs on it.
fn reachable(
    document: &mut Document<'_>,
    matter: &Matter,
    conditions: &[Condition<'_>],
    situations: &[Situation<'_, '_>],
) {
    // Elsewhere means elsewhere: then no paper is asked for here.
    let (_, stay): (Vec<_>, Vec<_>) = situations.iter().partition(|it| matter.ends(it));
    for condition in conditions {
        let before_redirects =
            condition.part.starts_with("questions.") || condition.part.starts_with("redirects.");
        let holds = |it: &Situation<'_, '_>| condition.when.truth(it) == Truth::Yes;
        let met = if before_redirects {
            situations.iter().any(holds)
        } else {
            stay.iter().any(|it| holds(it))
        };
        if !met {
            let message = format!("`{}` holds in no situation", condition.when);
            document.fault(&condition.part, message);
        }
    }
}

/// Nobody may be left without an answer.
fn answered(
    document: &mut Document<'_>,
    matter: &Matter,
    combinations: &[Answers],
    situations: &[Situation<'_, '_>],
) {
    if !document.is_sound("materials") || !document.is_sound("redirects") {
        return;
    }
    let silent: Vec<&Answers> = combinations
        .iter()
        .zip(situations)
        .filter(|(_, situation)| {
            let holds = |when: Option<&When>| situation.truth(when) == Truth::Yes;
            !matter.redirects.iter().any(|it| holds(Some(&it.when)))
                && !matter.materials.iter().any(|it| holds(it.when.as_ref()))
        })
        .map(|(answers, _)| answers)
        .collect();
    if let Some(first) = silent.first() {
        let said: Vec<String> = first
            .iter()
            .map(|(question, chosen)| format!("{question}={}", chosen.join("+")))
            .collect();
        let message = format!(
            "{} of {} situations lead to no paper and no redirect, for instance `{}`",
            silent.len(),
            combinations.len(),
            said.join(" ")
        );
        document.fault("questions", message);
    }
}
