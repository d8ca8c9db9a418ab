//! Until the application is accepted, or is not.

use catalogue::{Need, Text};
use jiff::civil::Date;

use super::{Asked, Decided, ensure, ensure_said, ensure_stage, is_before_acceptance};
use crate::card::CardKind;
use crate::case::{Case, Stage};
use crate::event::{Decline, Event, Withdrawal};
use crate::ids::{CardId, DocumentKind};
use crate::papers::{Mark, Wanted};
use crate::refusal::Refusal;

pub(super) fn mark(asked: Asked<'_>, paper: &str, mark: &Mark) -> Decided {
    let case = asked.case;
    ensure_stage(is_before_acceptance(case))?;
    let listed = case.paper(paper).ok_or_else(|| Refusal::UnknownPaper(paper.to_owned()))?;
    match mark {
        Mark::NotNeeded => {
            ensure(!listed.sure, || Refusal::Needed(paper.to_owned()))?;
        }
        Mark::Wrong { what } | Mark::Correctable { what } => ensure_said(&[what])?,
        Mark::Received | Mark::Missing => {}
    }
    Ok(Event::Marked { case: case.id, paper: paper.to_owned(), mark: mark.clone() })
}

pub(super) fn receive(asked: Asked<'_>) -> Decided {
    ensure_stage(matches!(asked.case.stage, Stage::Open | Stage::Correcting { .. }))?;
    let number = asked.number(DocumentKind::Receipt);
    Ok(Event::Received { case: asked.case.id, on: asked.on(), number })
}

/// All that is left over, at once (18, 行政许可法 32 (4)).
pub(super) fn correct(
    asked: Asked<'_>,
    until: Date,
    beyond: &[Text],
    reason: &str,
) -> Result<Vec<Event>, Refusal> {
    let Asked { register, case, .. } = asked;
    let on = asked.on();
    ensure_stage(matches!(case.stage, Stage::Open | Stage::Received { .. }))?;
    ensure(until > on, || Refusal::DayOver(until))?;
    beyond.iter().try_for_each(|it| ensure_said(&[&it.zh]))?;
    for (paper, mark) in &case.marks {
        let here = matches!(mark, Mark::Correctable { .. });
        ensure(!here, || Refusal::CorrectHere(paper.clone()))?;
    }
    let mut wanted = case.wanted();
    wanted.extend(beyond.iter().map(|name| Wanted {
        paper: None,
        name: name.clone(),
        what: String::new(),
    }));
    ensure(!wanted.is_empty(), || Refusal::NothingMissing)?;
    let time = u32::try_from(case.corrections.len()).unwrap_or(u32::MAX).saturating_add(1);
    ensure(time == 1 || !reason.trim().is_empty(), || Refusal::ReasonWanted)?;
    let number = asked.number(DocumentKind::Correction);
    let mut events = vec![Event::CorrectionIssued {
        case: case.id,
        on,
        number,
        wanted,
        until,
        reason: reason.to_owned(),
    }];
    let again = (time > 1).then_some(CardKind::CorrectedAgain { time });
    let beyond = beyond.iter().map(|it| CardKind::BeyondTheList { time, name: it.zh.clone() });
    for (card, what) in (register.next_card()..).zip(again.into_iter().chain(beyond)) {
        events.push(Event::CardShown { card: CardId(card), case: case.id, on, what });
    }
    Ok(events)
}

pub(super) fn accept(
    asked: Asked<'_>,
    deferred: &[(String, Date)],
    clock_from: Option<Date>,
) -> Decided {
    let on = asked.on();
    acceptable(asked.case, deferred, on)?;
    let promise = (!deferred.is_empty()).then(|| asked.number(DocumentKind::Promise));
    Ok(Event::Accepted {
        case: asked.case.id,
        on,
        number: asked.number(DocumentKind::Acceptance),
        clock_from: clock_from.unwrap_or(on),
        deferred: deferred.to_vec(),
        promise,
    })
}

/// Everything is here, or is promised by a day and may be.
fn acceptable(case: &Case, deferred: &[(String, Date)], on: Date) -> Result<(), Refusal> {
    ensure_stage(is_before_acceptance(case))?;
    for (paper, by) in deferred {
        let listed = case.paper(paper).ok_or_else(|| Refusal::UnknownPaper(paper.clone()))?;
        let may = listed.need == Need::Deferrable;
        ensure(may, || Refusal::NotDeferrable(paper.clone()))?;
        ensure(*by > on, || Refusal::DayOver(*by))?;
    }
    let promised = |id: &str| deferred.iter().any(|(paper, _)| paper == id);
    match case.left_over().find(|it| !promised(&it.id)) {
        Some(it) => Err(Refusal::PaperMissing(it.id.clone())),
        None => Ok(()),
    }
}

pub(super) fn decline(asked: Asked<'_>, why: &Decline) -> Decided {
    ensure_stage(is_before_acceptance(asked.case))?;
    said_of(why)?;
    let number = asked.number(DocumentKind::Decline);
    Ok(Event::Declined { case: asked.case.id, on: asked.on(), number, why: why.clone() })
}

fn said_of(why: &Decline) -> Result<(), Refusal> {
    match why {
        Decline::NotNeeded { reason } => ensure_said(&[reason]),
        // 32 (2): whom to turn to is part of it.
        Decline::OtherAuthority { reason, authority, address: _ } => {
            ensure_said(&[reason, authority])
        }
    }
}

pub(super) fn withdraw(asked: Asked<'_>) -> Decided {
    ensure_stage(is_before_acceptance(asked.case) || asked.case.is_running())?;
    let by = Withdrawal::Applicant;
    Ok(Event::Withdrawn { case: asked.case.id, on: asked.on(), by })
}
