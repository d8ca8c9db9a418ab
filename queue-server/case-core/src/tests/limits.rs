//! Limits as dates: extended, interrupted, provisional.

use super::*;

/// A permit that was accepted on that day.
fn accepted(on: Date) -> Office {
    let mut office = Office::with(permit());
    office.today = on;
    office.hands_in(&["form", "plan", "lease"]);
    office.does(&accept());
    office.told.clear();
    office
}

#[track_caller]
fn check_dues(office: &Office, promised: Date, statutory: Date) {
    let dues = dues(office.case(), &office.workdays).unwrap();
    assert_eq!((dues.promised.date, dues.statutory.unwrap().date), (promised, statutory));
}

fn extend(value: u32) -> Command {
    Command::Extend {
        case: CASE,
        by: workdays(value),
        approver: "局长".to_owned(),
        reason: "需要专家评审".to_owned(),
    }
}

#[test]
fn promised_and_statutory_stand_side_by_side() {
    let office = accepted(date(2026, 9, 18));
    // The vector of the domain notes, over the October holidays.
    check_dues(&office, date(2026, 9, 29), date(2026, 10, 22));
    let office = accepted(date(2026, 12, 18));
    let dues = dues(office.case(), &office.workdays).unwrap();
    assert!(!dues.promised.provisional, "{dues:?}");
    assert!(dues.statutory.unwrap().provisional, "2027 is not published");
}

#[test]
fn a_promise_is_never_later_than_the_law() {
    let office = {
        let mut opened = permit();
        opened.statutory = Some(Limit { value: 7, unit: Unit::Day });
        let mut office = Office::with(opened);
        office.hands_in(&["form", "plan", "lease"]);
        office.does(&accept());
        office
    };
    check_dues(&office, date(2026, 11, 30), date(2026, 11, 30));
}

#[test]
fn the_clock_of_a_season_starts_at_its_end() {
    let mut office = Office::with(Opened { clock_starts: ClockStart::PeriodEnd, ..permit() });
    office.hands_in(&["form", "plan", "lease"]);
    office.does(&Command::Accept {
        case: CASE,
        deferred: Vec::new(),
        clock_from: Some(date(2026, 11, 27)),
    });
    check_dues(&office, date(2026, 12, 8), date(2026, 12, 25));
}

#[test]
fn an_extension_is_in_time_once_and_no_longer_than_the_law() {
    let mut office = accepted(date(2026, 9, 18));
    office.may_not(&extend(11), &Refusal::NoExtension);
    office.may_not(&extend(0), &Refusal::NoExtension);
    office.until(date(2026, 10, 22));
    office.does(&extend(10));
    check_dues(&office, date(2026, 10, 19), date(2026, 11, 5));
    office.may_not(&extend(1), &Refusal::NoExtension);

    let mut late = accepted(date(2026, 9, 18));
    late.until(date(2026, 10, 23));
    late.may_not(&extend(10), &Refusal::NoExtension);

    let mut without = Office::with(Opened { extension: None, ..permit() });
    without.hands_in(&["form", "plan", "lease"]);
    without.does(&accept());
    without.may_not(&extend(1), &Refusal::NoExtension);
}

#[test]
fn the_days_of_a_proceeding_do_not_count() {
    let mut office = accepted(MONDAY);
    check_dues(&office, date(2026, 12, 2), date(2026, 12, 21));
    office.until(date(2026, 11, 25));
    let exclude = |takes| Command::Exclude { case: CASE, what: "听证".to_owned(), takes };
    office.does(&exclude(workdays(3)));
    office.may_not(&exclude(workdays(1)), &Refusal::ExclusionRunning);
    // Wednesday to Friday.
    check_dues(&office, date(2026, 12, 7), date(2026, 12, 24));
    // It was over sooner.
    office.until(date(2026, 11, 26));
    office.does(&Command::EndExclusion { case: CASE });
    office.may_not(&Command::EndExclusion { case: CASE }, &Refusal::NoExclusion);
    check_dues(&office, date(2026, 12, 4), date(2026, 12, 23));
}

#[test]
fn a_proceeding_that_takes_longer_than_was_told_costs_the_hall() {
    let mut office = accepted(MONDAY);
    office.does(&Command::Exclude { case: CASE, what: "检验".to_owned(), takes: workdays(2) });
    office.until(date(2026, 12, 1));
    office.does(&Command::EndExclusion { case: CASE });
    // The 23rd was no day of the limit; the 24th is the only one left out.
    check_dues(&office, date(2026, 12, 3), date(2026, 12, 22));
}

#[test]
fn a_year_whose_calendar_appears_is_counted_again() {
    let office = accepted(date(2026, 12, 18));
    let before = dues(office.case(), &office.workdays).unwrap().statutory.unwrap();
    let mut published = office.workdays.clone();
    published.years.insert(2027);
    published.off.insert(date(2027, 1, 1));
    let after = dues(office.case(), &published).unwrap().statutory.unwrap();
    assert!(before.provisional && !after.provisional);
    assert_eq!((before.date, after.date), (date(2027, 1, 15), date(2027, 1, 18)));
}
