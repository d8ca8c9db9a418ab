//! A year of cases: every day somebody is accepted under each of the
//! limits that matters have, and every card comes on its day. What is
//! expected is counted another way: on a list of the year's working days.

use super::*;

/// The working days of 2025 and 2026, oldest first.
fn worked(workdays: &Workdays) -> Vec<Date> {
    let mut days = Vec::new();
    let mut day = date(2025, 1, 1);
    while day <= date(2026, 12, 31) {
        if workdays.is_workday(day) {
            days.push(day);
        }
        day = day.tomorrow().unwrap();
    }
    days
}

/// The nth working day after `from`.
fn nth_after(worked: &[Date], from: Date, n: u32) -> Date {
    let first = worked.partition_point(|it| *it <= from);
    worked[first + n as usize - 1]
}

/// The last day of a limit.
fn last_day(worked: &[Date], from: Date, limit: Limit) -> Date {
    match limit.unit {
        Unit::Workday => nth_after(worked, from, limit.value),
        Unit::Day => {
            let last = from.checked_add(jiff::Span::new().days(i64::from(limit.value))).unwrap();
            worked[worked.partition_point(|it| *it < last)]
        }
    }
}

/// Promised and statutory, as the thirty matters have them.
const LIMITS: [(Limit, Option<Limit>); 6] = [
    (Limit { value: 1, unit: Unit::Workday }, Some(Limit { value: 3, unit: Unit::Workday })),
    (Limit { value: 3, unit: Unit::Workday }, Some(Limit { value: 30, unit: Unit::Workday })),
    (Limit { value: 7, unit: Unit::Workday }, Some(Limit { value: 20, unit: Unit::Workday })),
    (Limit { value: 20, unit: Unit::Workday }, Some(Limit { value: 60, unit: Unit::Day })),
    (Limit { value: 10, unit: Unit::Day }, Some(Limit { value: 15, unit: Unit::Day })),
    (Limit { value: 30, unit: Unit::Workday }, None),
];

/// A matter of these limits that needs no paper.
fn of(promised: Limit, statutory: Option<Limit>) -> Opened {
    let papers = Vec::new();
    Opened { papers, promised, statutory, ..permit() }
}

/// The cards of a case that nobody works on: what, and its day.
fn expected(
    worked: &[Date],
    from: Date,
    promised: Limit,
    law: Option<Limit>,
) -> Vec<(Date, String)> {
    let mut due = last_day(worked, from, promised);
    let by_law = law.map(|it| last_day(worked, from, it));
    due = due.min(by_law.unwrap_or(due));
    let fifths = Limit { value: (promised.value * 4).div_ceil(5), ..promised };
    let before = worked[worked.partition_point(|it| *it < due) - 1];
    let warned = last_day(worked, from, fifths).min(before).max(from);
    let mut cards =
        vec![(warned, "DueSoon".to_owned()), (due.tomorrow().unwrap(), "PromisePassed".to_owned())];
    cards.extend(by_law.map(|it| (it.tomorrow().unwrap(), "LawPassed".to_owned())));
    cards
}

/// The cards that are shown now.
fn cards_of(office: &mut Office) -> Vec<(Date, CaseId, String)> {
    let events = watch(&office.register, office.today, &office.workdays);
    let card = |event: &Event| {
        let Event::CardShown { case, on, what, .. } = event else { panic!("{event:?}") };
        assert_eq!(*on, office.today, "shown on its day");
        (*on, *case, format!("{what:?}"))
    };
    let cards: Vec<(Date, CaseId, String)> = events.iter().map(card).collect();
    office.apply(events);
    // Nothing more can be found of a case after this: it is taken back.
    for (_, case, what) in &cards {
        let statutory = office.register.case(*case).unwrap().opened.statutory;
        if what == if statutory.is_some() { "LawPassed" } else { "PromisePassed" } {
            office.does(&Command::Withdraw { case: *case });
        }
    }
    cards
}

#[test]
fn every_card_comes_on_its_day_and_none_before() {
    let mut office = Office::new();
    let worked = worked(&office.workdays);
    let (first, last) = (date(2025, 1, 2), date(2025, 12, 31));
    let mut awaited: Vec<(Date, CaseId, String)> = Vec::new();
    let mut came: Vec<(Date, CaseId, String)> = Vec::new();
    let mut n_cases = 0;
    office.today = first;
    while office.today <= date(2026, 6, 30) {
        let today = office.today;
        came.extend(cards_of(&mut office));
        if today <= last && office.workdays.is_workday(today) {
            for (promised, statutory) in LIMITS {
                n_cases += 1;
                let id = CaseId(n_cases);
                office.does(&Command::Open(Box::new(of(promised, statutory))));
                office.does(&Command::Accept { case: id, deferred: Vec::new(), clock_from: None });
                let cards = expected(&worked, today, promised, statutory);
                awaited.extend(cards.into_iter().map(|(on, what)| (on, id, what)));
            }
            // A limit of one day is near its end when it begins.
            came.extend(cards_of(&mut office));
        }
        office.told.clear();
        office.today = today.tomorrow().unwrap();
    }
    awaited.sort();
    came.sort();
    assert_eq!(n_cases, 248 * 6);
    assert_eq!(came.len(), awaited.len());
    assert_eq!(came, awaited);
}

#[test]
fn what_is_done_in_time_has_no_card() {
    for (promised, statutory) in LIMITS {
        let mut office = Office::with(of(promised, statutory));
        office.does(&accept());
        let due = dues(office.case(), &office.workdays).unwrap().promised.date;
        office.until(due);
        office.does(&settle());
        office.until(date(2027, 3, 1));
        let cards: Vec<_> = office.register.cards().map(|it| it.what.colour()).collect();
        assert_eq!(cards, [Colour::Warning], "of {promised:?}");
    }
}

#[test]
fn days_when_nobody_looked_are_made_up_for() {
    let mut office = Office::with(permit());
    office.hands_in(&["form", "plan", "lease"]);
    office.does(&accept());
    office.told.clear();
    // The server was off for six weeks.
    office.today = date(2027, 1, 4);
    let events = watch(&office.register, office.today, &office.workdays);
    office.apply(events);
    office.check(&expect![[r#"
        {"kind":"card_shown","card":1,"case":1,"on":"2026-12-01","what":"due_soon"}
        {"kind":"card_shown","card":2,"case":1,"on":"2026-12-03","what":"promise_passed"}
        {"kind":"card_shown","card":3,"case":1,"on":"2026-12-22","what":"law_passed"}"#]]);
}
