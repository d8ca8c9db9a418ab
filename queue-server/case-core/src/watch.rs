//! What nobody did in time. Looked at when a day begins; each finding
//! bears the first day on which it was so, also when nobody looked then.

use std::borrow::Cow;

use catalogue::Workdays;
use jiff::civil::Date;

use crate::card::CardKind;
use crate::case::{Case, Stage};
use crate::clock::{dues, told_by, warned_on};
use crate::event::{Event, Withdrawal};
use crate::ids::CardId;
use crate::register::Register;

/// What follows from the days that are over when `today` begins. Applied,
/// nothing more follows from the same day.
pub fn watch(register: &Register, today: Date, workdays: &Workdays) -> Vec<Event> {
    let mut events = Vec::new();
    let mut next_card = register.next_card();
    for case in register.open_cases() {
        // Silence makes an accepted case, whose limits then count.
        let mut case = Cow::Borrowed(case);
        if let Some(event) = silence(&case, today, workdays) {
            case.to_mut().apply(&event);
            events.push(event);
        }
        let mut found = findings(&case, workdays);
        found.retain(|(on, what)| *on <= today && !case.found.contains(what));
        found.sort();
        for (on, what) in found {
            let card = CardId(next_card);
            next_card += 1;
            events.push(Event::CardShown { card, case: case.id, on, what });
        }
    }
    events
}

/// What the law makes of it that nobody spoke.
fn silence(case: &Case, today: Date, workdays: &Workdays) -> Option<Event> {
    match case.stage {
        // The law accepts from the day of receipt (32 (4)).
        Stage::Received { on } => {
            let by = told_by(on, case.opened.correcting, workdays);
            (by.date < today).then_some(Event::DeemedAccepted { case: case.id, on })
        }
        Stage::Correcting { until } => (until < today).then(|| Event::Withdrawn {
            case: case.id,
            on: after(until),
            by: Withdrawal::NotCorrected,
        }),
        _ => None,
    }
}

/// What can be said against the case as it stands, and since when.
fn findings(case: &Case, workdays: &Workdays) -> Vec<(Date, CardKind)> {
    let mut found = Vec::new();
    if let Stage::Accepted { on, deemed: true } = case.stage {
        found.push((after(told_by(on, case.opened.correcting, workdays).date), CardKind::Silence));
    }
    if !case.is_running() {
        return found;
    }
    if let Some(dues) = dues(case, workdays) {
        found.extend(warned_on(case, workdays).map(|on| (on, CardKind::DueSoon)));
        found.push((after(dues.promised.date), CardKind::PromisePassed));
        found.extend(dues.statutory.map(|it| (after(it.date), CardKind::LawPassed)));
    }
    for it in case.assists.iter().filter(|it| it.opinion.is_none()) {
        let by = workdays.add(it.asked, it.within).date;
        found.push((after(by), CardKind::OpinionLate { department: it.department.clone() }));
    }
    for it in case.deferred.iter().filter(|it| it.came.is_none()) {
        found.push((after(it.by), CardKind::PromisedPaperLate { paper: it.paper.clone() }));
    }
    found
}

fn after(day: Date) -> Date {
    day.tomorrow().unwrap_or(day)
}
