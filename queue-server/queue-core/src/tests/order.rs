//! Who goes before whom, under each discipline.

use std::fmt::Write as _;

use expect_test::expect;

use super::{Told, rules, tell_in};
use crate::{Discipline, Rates, Rules, ahead, before, waiting_for};
use crate::{TicketState, WindowId};

fn with(discipline: Discipline, cap_minutes: Option<u32>) -> Rules {
    Rules { discipline, cap_minutes, ..rules() }
}

/// The order at window 1, with how many are ahead of each in its lane.
fn order(told: &Told) -> String {
    let numbers = waiting_for(&told.hall, WindowId(1), told.now).into_iter().map(|id| {
        let ticket = told.hall.ticket(id).unwrap();
        format!("{} after {}", ticket.number, ahead(&told.hall, ticket, told.now))
    });
    numbers.collect::<Vec<_>>().join(", ")
}

fn lines<T: std::fmt::Display>(of: &[T]) -> String {
    let mut text = String::new();
    for it in of {
        writeln!(text, "{it}").unwrap();
    }
    text
}

#[test]
fn a_minute_of_some_counts_more_until_the_cap() {
    let accumulating = || with(Discipline::Accumulating(Rates::default()), Some(30));
    let come = "day 23; open 1; issue A; wait 10; priority A; wait 2; green A fire; issue A";
    let told = |wait: &str| tell_in(accumulating(), &format!("{come}; wait {wait}"));
    let seen: Vec<String> = ["0", "4", "14", "18", "40"].map(|it| order(&told(it))).into();
    expect![[r#"
        A001 after 0, A002 after 1, A003 after 2, A004 after 3
        A003 after 0, A002 after 1, A001 after 2, A004 after 3
        A003 after 0, A002 after 1, A001 after 2, A004 after 3
        A001 after 0, A003 after 1, A002 after 2, A004 after 3
        A001 after 0, A002 after 1, A003 after 2, A004 after 3
    "#]]
    .assert_eq(&lines(&seen));
}

#[test]
fn every_call_says_why() {
    let script = "day 23; open 1; issue A; wait 10; priority A; wait 6; next 1; finish 1; priority A; wait 15; next 1; finish 1; next 1";
    let rules = with(Discipline::Accumulating(Rates::default()), Some(30));
    expect![[r#"
        day 23
          day opened 2026-11-23
        open 1
          window opened at 1
        issue A
          ticket issued A001
        wait 10
        priority A
          ticket issued A002
        wait 6
        next 1
          ticket called A002 at 1: 300×361 s over A001's 100×962 s
        finish 1
          ticket arrived A002
          ticket finished A002
        priority A
          ticket issued A003
        wait 15
        next 1
          ticket called A001 at 1: past 30 min, not A003
        finish 1
          ticket arrived A001
          ticket finished A001
        next 1
          ticket called A003 at 1
    "#]]
    .assert_eq(&tell_in(rules, script).text);
}

#[test]
fn strict_classes_go_one_after_the_other() {
    let script =
        "day 23; open 1; issue A; appointment A; priority A; green A fire; issue A; next 1";
    let told = tell_in(with(Discipline::Strict, None), script);
    expect![[r#"
        A003 after 0, A002 after 1, A001 after 2, A005 after 3
    "#]]
    .assert_eq(&lines(&[order(&told)]));
    assert!(told.text.ends_with("called A004 at 1: class over A001\n"), "{}", told.text);
}

#[test]
fn classes_can_alternate() {
    let script = "day 23; open 1; issue A; issue A; priority A; priority A; priority A; priority A; priority A";
    let rules = || with(Discipline::Alternating { of: 2 }, None);
    expect![[r#"
        A003 after 0, A004 after 1, A001 after 2, A005 after 3, A006 after 4, A002 after 5, A007 after 6
    "#]].assert_eq(&lines(&[order(&tell_in(rules(), script))]));
    let calls = "; next 1; finish 1".repeat(7);
    let told = tell_in(rules(), &format!("{script}{calls}"));
    let called: Vec<&str> =
        told.text.lines().map(str::trim).filter(|it| it.contains("called")).collect();
    expect![[r#"
        ticket called A003 at 1: 1 of 2 before A001
        ticket called A004 at 1: 2 of 2 before A001
        ticket called A001 at 1
        ticket called A005 at 1: 1 of 2 before A002
        ticket called A006 at 1: 2 of 2 before A002
        ticket called A002 at 1
        ticket called A007 at 1
    "#]]
    .assert_eq(&lines(&called));
}

#[test]
fn who_is_before_me_and_why() {
    let script = "day 23; issue A; issue A; wait 5; priority A; wait 5; issue A";
    let rules = with(Discipline::Accumulating(Rates::default()), Some(30));
    let told = tell_in(rules, script);
    let second = told.hall.tickets().nth(1).unwrap();
    assert_eq!(second.state, TicketState::Waiting);
    let seen: Vec<String> = before(&told.hall, second, told.now)
        .into_iter()
        .map(|(id, why)| format!("{} {why:?}", told.number(id)))
        .collect();
    expect![[r#"
        A003 ByClass(Priority)
        A001 CameEarlier
    "#]]
    .assert_eq(&lines(&seen));
}
