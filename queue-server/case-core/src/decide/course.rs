//! From acceptance to the decision and its delivery.

use catalogue::{Kind, Limit};

use super::{Asked, Decided, ensure, ensure_said, ensure_stage, is_before_acceptance};
use crate::case::{Assist, Case, Stage};
use crate::clock::dues;
use crate::command::Moment;
use crate::event::{Event, Outcome};
use crate::ids::DocumentKind;
use crate::refusal::Refusal;

pub(super) fn keep_promise(asked: Asked<'_>, paper: &str) -> Decided {
    let case = asked.case;
    ensure_stage(case.is_running())?;
    let open = case.deferred.iter().any(|it| it.paper == paper && it.came.is_none());
    ensure(open, || Refusal::UnknownPaper(paper.to_owned()))?;
    Ok(Event::PromiseKept { case: case.id, on: asked.on(), paper: paper.to_owned() })
}

pub(super) fn extend(asked: Asked<'_>, by: Limit, approver: &String, reason: &String) -> Decided {
    extendable(asked.case, by, asked.moment)?;
    ensure_said(&[approver, reason])?;
    Ok(Event::Extended {
        case: asked.case.id,
        on: asked.on(),
        number: asked.number(DocumentKind::Extension),
        by,
        approver: approver.clone(),
        reason: reason.clone(),
    })
}

/// Once, as long as the matter knows, and before the limit is over
/// (行政许可法 42).
fn extendable(case: &Case, by: Limit, moment: Moment<'_>) -> Result<(), Refusal> {
    ensure_stage(case.is_running())?;
    let most = case.opened.extension.ok_or(Refusal::NoExtension)?;
    let fits = by.unit == most.unit && (1..=most.value).contains(&by.value);
    let dues = dues(case, moment.workdays).ok_or(Refusal::WrongStage)?;
    let last = dues.statutory.unwrap_or(dues.promised);
    let in_time = moment.today <= last.date;
    ensure(fits && in_time && case.extended.is_none(), || Refusal::NoExtension)
}

pub(super) fn exclude(asked: Asked<'_>, what: &String, takes: Limit) -> Decided {
    ensure_stage(asked.case.is_running())?;
    ensure_said(&[what])?;
    ensure(!is_excluded(asked.case), || Refusal::ExclusionRunning)?;
    let number = asked.number(DocumentKind::Exclusion);
    let (case, on, what) = (asked.case.id, asked.on(), what.clone());
    Ok(Event::ExclusionBegan { case, on, number, what, takes })
}

pub(super) fn end_exclusion(asked: Asked<'_>) -> Decided {
    ensure(is_excluded(asked.case), || Refusal::NoExclusion)?;
    Ok(Event::ExclusionEnded { case: asked.case.id, on: asked.on() })
}

fn is_excluded(case: &Case) -> bool {
    case.exclusions.last().is_some_and(|it| it.ended.is_none())
}

pub(super) fn ask_opinion(asked: Asked<'_>, department: &String, within: Limit) -> Decided {
    let case = asked.case;
    ensure_stage(case.is_running())?;
    let is_asked = case.assists.iter().any(|it| it.department == *department);
    let is_partner = case.opened.partners.contains(department);
    ensure(is_partner && !is_asked, || Refusal::NotAsked(department.clone()))?;
    let department = department.clone();
    Ok(Event::OpinionAsked { case: case.id, on: asked.on(), department, within })
}

pub(super) fn give_opinion(
    asked: Asked<'_>,
    department: &str,
    agrees: bool,
    text: &str,
) -> Decided {
    let awaited = |it: &Assist| it.department == department && it.opinion.is_none();
    let is_awaited = asked.case.assists.iter().any(awaited);
    ensure(is_awaited, || Refusal::NotAsked(department.to_owned()))?;
    ensure(agrees || !text.trim().is_empty(), || Refusal::TextMissing)?;
    let (case, on, department) = (asked.case.id, asked.on(), department.to_owned());
    Ok(Event::OpinionGiven { case, on, department, agrees, text: text.to_owned() })
}

pub(super) fn hand_up(asked: Asked<'_>, to: &String) -> Decided {
    let case = asked.case;
    ensure_stage(case.is_running() && case.opened.flow == Kind::Upward)?;
    ensure_said(&[to])?;
    ensure(case.handed_up.is_none(), || Refusal::HandedUp)?;
    Ok(Event::HandedUp { case: case.id, on: asked.on(), to: to.clone() })
}

pub(super) fn take_back(asked: Asked<'_>) -> Decided {
    ensure(asked.case.handed_up.is_some(), || Refusal::HandedUp)?;
    Ok(Event::TakenBack { case: asked.case.id, on: asked.on() })
}

pub(super) fn settle(asked: Asked<'_>, outcome: &Outcome) -> Decided {
    settleable(asked.case, outcome, asked.moment)?;
    Ok(Event::Settled { case: asked.case.id, on: asked.on(), outcome: outcome.clone() })
}

/// Everything that had to come has come, and whoever settles it may.
fn settleable(case: &Case, outcome: &Outcome, moment: Moment<'_>) -> Result<(), Refusal> {
    // What is settled on the spot needs no acceptance (安阳条例 36).
    let on_the_spot = case.opened.flow == Kind::Instant;
    ensure_stage(case.is_running() || (on_the_spot && is_before_acceptance(case)))?;
    ensure(!on_the_spot || moment.is_chief, || Refusal::NotTheChief)?;
    ensure(case.handed_up.is_none(), || Refusal::HandedUp)?;
    // One window leads; nobody who assists is passed over (办法 12).
    let answered = |it: &&String| {
        case.assists.iter().any(|asked| asked.department == **it && asked.opinion.is_some())
    };
    if let Some(partner) = case.opened.partners.iter().find(|it| !answered(it)) {
        return Err(Refusal::OpinionMissing(partner.clone()));
    }
    if let Outcome::Refused { reasons } = outcome {
        return ensure_said(&[reasons]);
    }
    if let Some(it) = case.deferred.iter().find(|it| it.came.is_none()) {
        return Err(Refusal::PromiseOpen(it.paper.clone()));
    }
    match case.left_over().next() {
        Some(it) if !case.is_running() => Err(Refusal::PaperMissing(it.id.clone())),
        _ => Ok(()),
    }
}

pub(super) fn deliver(asked: Asked<'_>, how: &String) -> Decided {
    ensure_stage(matches!(asked.case.stage, Stage::Settled { .. }))?;
    ensure_said(&[how])?;
    let number = asked.number(DocumentKind::Delivery);
    Ok(Event::Delivered { case: asked.case.id, on: asked.on(), number, how: how.clone() })
}
