//! A case's limits as dates. Counted from the facts when they are wanted:
//! a date that was counted before next year's calendar appeared is counted
//! again with it.

use catalogue::{Correcting, Due, Limit, Unit, Workdays};
use jiff::civil::Date;

use crate::case::{Case, Exclusion};

/// Five working days to say what is missing (行政许可法 32 (4)).
pub(crate) const TELLING: Limit = Limit { value: 5, unit: Unit::Workday };

/// When an accepted case is due.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Dues {
    /// As promised; never after the law's.
    pub promised: Due,
    /// By law, where the law sets a limit.
    pub statutory: Option<Due>,
}

/// When the case is due; none before it is accepted.
pub fn dues(case: &Case, workdays: &Workdays) -> Option<Dues> {
    let from = case.clock_from?;
    let excluded = excluded(case, workdays);
    let due = |limit: Limit| {
        let due = workdays.add_without(from, limit, &excluded);
        // The extension goes on where the days before it end.
        case.extended.map_or(due, |it| {
            let more = workdays.add_without(due.date, it, &excluded);
            Due { provisional: due.provisional || more.provisional, ..more }
        })
    };
    let statutory = case.opened.statutory.map(due);
    let promised = due(case.opened.promised);
    let earlier = statutory.filter(|it| it.date < promised.date).unwrap_or(promised);
    Some(Dues { promised: earlier, statutory })
}

/// First and last days of the proceedings whose days do not count.
fn excluded(case: &Case, workdays: &Workdays) -> Vec<(Date, Date)> {
    case.exclusions.iter().map(|it| (it.from, last_day(it, workdays))).collect()
}

/// The last day of a proceeding: told, until it is known. One that takes
/// longer than was told does not stop the clock any further.
fn last_day(it: &Exclusion, workdays: &Workdays) -> Date {
    // Its own first day is one of its days.
    let told = it.from.yesterday().map_or(it.from, |before| workdays.add(before, it.takes).date);
    it.ended.map_or(told, |ended| ended.min(told))
}

/// Until when the applicant has to be told what is missing; at the end of
/// that day silence is acceptance.
pub(crate) fn told_by(received: Date, correcting: Correcting, workdays: &Workdays) -> Due {
    match correcting {
        Correcting::WithinFiveDays => workdays.add(received, TELLING),
        Correcting::AtOnce => Due { date: received, provisional: false },
    }
}

/// The day from which on a promised limit is near its end: four fifths of
/// it are over, or one working day is left, whichever comes first. None
/// where it is settled on the spot.
pub fn warned_on(case: &Case, workdays: &Workdays) -> Option<Date> {
    let from = case.clock_from?;
    let due = dues(case, workdays)?.promised.date;
    if due == from {
        return None;
    }
    let limit = case.opened.promised;
    let days = limit.value + case.extended.map_or(0, |it| it.value);
    let most = Limit { value: (days * 4).div_ceil(5), ..limit };
    let most = workdays.add_without(from, most, &excluded(case, workdays)).date;
    let mut before = due.yesterday().unwrap_or(due);
    while !workdays.is_workday(before) && before > from {
        before = before.yesterday().unwrap_or(before);
    }
    Some(most.min(before).max(from))
}
