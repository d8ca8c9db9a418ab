//! What visitors are told of their wait, and how the hall learns from
//! what came of it.

use std::fmt::Write as _;

use expect_test::{Expect, expect};
use jiff::Timestamp;
use jiff::civil::time;

use super::{Told, rules, tell, tell_in};
use crate::{Class, LaneId, Rules, SpanRules, accuracy, estimate, estimate_ticket};

fn lane(id: &str) -> LaneId {
    id.parse().unwrap()
}

/// What a newcomer to each of these lanes would be told now.
fn told(told: &Told, lanes: &str) -> String {
    let mut text = String::new();
    for id in lanes.split(' ') {
        let it = estimate(&told.hall, &lane(id), told.now);
        write!(text, "{id} {} ({}-{}) ", it.likely, it.low, it.high).unwrap();
    }
    text.trim_end().to_owned()
}

#[expect(clippy::needless_pass_by_value, reason = "expect! makes a value")]
fn check(scripts: &[&str], lanes: &str, expected: Expect) {
    let mut text = String::new();
    for script in scripts {
        writeln!(text, "{script}: {}", told(&tell(script), lanes)).unwrap();
    }
    expected.assert_eq(&text);
}

#[test]
fn it_grows_with_the_line_and_shrinks_with_windows() {
    check(
        &[
            "day 23; open 3",
            "day 23; open 3; issue C; next 3",
            "day 23; open 3; issue C; next 3; issue C",
            "day 23; open 3; issue C; next 3; issue C; issue C; issue C",
        ],
        "C",
        expect![[r#"
            day 23; open 3: C 0 (0-5)
            day 23; open 3; issue C; next 3: C 10 (0-25)
            day 23; open 3; issue C; next 3; issue C: C 20 (0-40)
            day 23; open 3; issue C; next 3; issue C; issue C; issue C: C 40 (15-65)
        "#]],
    );
    check(
        &[
            "day 23; open 1; issue A; next 1; issue A; issue A",
            "day 23; open 1; open 2; issue A; issue A; next 1; next 2; issue A; issue A",
        ],
        "A",
        expect![[r#"
            day 23; open 1; issue A; next 1; issue A; issue A: A 23 (5-40)
            day 23; open 1; open 2; issue A; issue A; next 1; next 2; issue A; issue A: A 15 (5-25)
        "#]],
    );
}

#[test]
fn who_waits_in_another_lane_of_the_same_window_counts() {
    check(
        &[
            "day 23; open 1; issue A; next 1",
            "day 23; open 1; issue A; next 1; issue B; issue B",
            "day 23; open 1; open 2; issue A; issue A; next 1; next 2; issue B; issue B",
        ],
        "A B C",
        expect![[r#"
            day 23; open 1; issue A; next 1: A 10 (0-25) B 10 (0-25) C 0 (0-5)
            day 23; open 1; issue A; next 1; issue B; issue B: A 10 (0-25) B 23 (5-40) C 0 (0-5)
            day 23; open 1; open 2; issue A; issue A; next 1; next 2; issue B; issue B: A 5 (0-15) B 20 (5-35) C 0 (0-5)
        "#]],
    );
}

#[test]
fn who_goes_first_is_told_so_when_the_number_is_given() {
    let line = "day 23; open 3; issue C; next 3; issue C; issue C; issue C; issue C; wait 2";
    let mut text = String::new();
    for class in ["issue C", "priority C", "green C fire"] {
        let told = tell(&format!("{line}; {class}"));
        let ticket = told.hall.tickets().last().unwrap();
        writeln!(text, "{class}: {:?}", ticket.forecast.unwrap()).unwrap();
    }
    expect![[r#"
        issue C: Estimate { likely: 48, low: 20, high: 75 }
        priority C: Estimate { likely: 8, low: 0, high: 20 }
        green C fire: Estimate { likely: 8, low: 0, high: 20 }
    "#]]
    .assert_eq(&text);
}

/// A day of ten services in lane C of so many minutes each.
fn day(day: u8, minutes: u8) -> String {
    let visit = format!("issue C; next 3; arrive 3; wait {minutes}; finish 3; wait 10; ");
    format!("day {day}; open 3; {} close 3", visit.repeat(10))
}

#[test]
fn services_teach_how_long_they_last_across_days() {
    let mut text = String::new();
    for past in ["", &day(23, 3), &day(23, 20)] {
        let script = format!("{past}; day 24; open 3; issue C; next 3; issue C; issue C");
        let told_now = tell_in(rules(), &script);
        writeln!(text, "{}", told(&told_now, "C")).unwrap();
    }
    expect![[r#"
        C 30 (10-50)
        C 16 (5-30)
        C 50 (25-75)
    "#]]
    .assert_eq(&text);
}

#[test]
fn a_matter_that_takes_longer_makes_the_wait_longer() {
    let visits = |matter: &str, minutes: u8| {
        format!("matter C {matter}; next 3; wait {minutes}; finish 3; wait 5; ").repeat(20)
    };
    let past = format!("day 23; open 3; {} {}", visits("short", 4), visits("long", 16));
    let mut text = String::new();
    for matter in ["short", "long", "unheard-of"] {
        let script = format!("{past}; issue C; next 3; matter C {matter}; matter C {matter}");
        writeln!(text, "{matter}: {}", told(&tell(&script), "C")).unwrap();
    }
    expect![[r#"
        short: C 20 (5-35)
        long: C 40 (15-65)
        unheard-of: C 30 (10-50)
    "#]]
    .assert_eq(&text);
}

/// Open from two to three and from five to six.
fn with_hours() -> Rules {
    let span =
        |from, to| SpanRules { from: time(from, 0, 0, 0), to: time(to, 0, 0, 0), quota: None };
    let mut rules = rules();
    for it in rules.lanes.values_mut() {
        it.spans = vec![span(2, 3), span(5, 6)];
    }
    rules
}

#[test]
fn before_the_opening_and_in_the_break_it_counts_from_when_windows_open() {
    let mut text = String::new();
    for script in [
        "wait 90; day 23; wait 10",
        "wait 90; day 23; wait 10; issue C; issue C",
        "wait 120; day 23; open 3; issue C; next 3; wait 40; issue C; issue C",
        "wait 120; day 23; open 3; wait 60; pause 3",
        "wait 120; day 23; open 3; wait 60; pause 3; issue C; wait 30; issue C",
    ] {
        writeln!(text, "{script}: {}", told(&tell_in(with_hours(), script), "C")).unwrap();
    }
    expect![[r#"
        wait 90; day 23; wait 10: C 20 (15-25)
        wait 90; day 23; wait 10; issue C; issue C: C 40 (25-55)
        wait 120; day 23; open 3; issue C; next 3; wait 40; issue C; issue C: C 146 (125-165)
        wait 120; day 23; open 3; wait 60; pause 3: C 120 (115-125)
        wait 120; day 23; open 3; wait 60; pause 3; issue C; wait 30; issue C: C 110 (95-125)
    "#]]
    .assert_eq(&text);
}

#[test]
fn the_hours_of_windows_are_learned() {
    // Window 3 is open from 2:00 to 3:00 and from 4:30 to 6:00, whatever
    // the rules say.
    let morning = "open 3; wait 60; pause 3; wait 90; open 3; wait 90; close 3; ";
    let days = format!("wait 120; day 23; {morning} wait 1200; day 24; {morning} wait 1140; ");
    let mut text = String::new();
    for today in [
        "day 25; wait 10",
        "day 25; wait 59; open 3; wait 70; pause 3",
        "day 25; wait 59; open 3; wait 40; issue C; next 3; issue C; issue C; issue C",
    ] {
        writeln!(text, "{today}: {}", told(&tell(&format!("{days}{today}")), "C")).unwrap();
    }
    expect![[r#"
        day 25; wait 10: C 50 (45-55)
        day 25; wait 59; open 3; wait 70; pause 3: C 81 (75-85)
        day 25; wait 59; open 3; wait 40; issue C; next 3; issue C; issue C; issue C: C 130 (105-155)
    "#]]
    .assert_eq(&text);
}

#[test]
fn forecasts_are_compared_with_what_happened() {
    let told = tell_in(rules(), &(day(23, 10) + "; " + &day(24, 30)));
    let it = accuracy(&told.hall)[&lane("C")];
    assert_eq!(it.tickets, 20, "nobody had to wait");
    assert_eq!((it.mean_error_s, it.within_percent), (-1, 100));
    // Three are told that windows are quick, and wait for an hour each.
    let slow = "; wait 60; finish 3; next 3".repeat(3);
    let script = format!("day 23; open 3; issue C; next 3; issue C; issue C; issue C{slow}");
    let it = accuracy(&tell(&script).hall)[&lane("C")];
    assert_eq!((it.tickets, it.within_percent), (4, 25), "{it:?}");
    assert!(it.mean_error_s < -60 * 60 && it.mean_absolute_error_s == -it.mean_error_s, "{it:?}");
}

#[test]
fn who_is_called_out_of_turn_or_sent_elsewhere_is_not_compared() {
    let told = tell(
        "day 23; open 1; open 3; issue C; call 1 C001 asked; finish 1; issue A; next 1; transfer 1 C; next 3",
    );
    let lanes: Vec<_> =
        accuracy(&told.hall).into_iter().map(|(id, it)| (id.to_string(), it.tickets)).collect();
    assert_eq!(lanes, [("A".to_owned(), 1), ("C".to_owned(), 0)]);
}

#[test]
fn forecasts_that_miss_make_the_next_ones_longer_and_wider() {
    // Every window works, but nobody looks at the line for an hour.
    let late = "; issue C; wait 60; next 3; wait 10; finish 3";
    let mut text = String::new();
    for days in [0, 1, 5, 30] {
        let busy = "; issue C; next 3; issue C; issue C";
        let told_now = tell(&format!("day 23; open 3; {}{busy}", late.repeat(days)));
        writeln!(text, "{days}: {}", told(&told_now, "C")).unwrap();
    }
    expect![[r#"
        0: C 30 (10-50)
        1: C 31 (10-50)
        5: C 34 (15-55)
        30: C 53 (35-70)
    "#]]
    .assert_eq(&text);
}

#[test]
fn who_does_not_wait_is_told_nothing_to_wait_for() {
    let told = tell("day 23; open 3; issue C; next 3; issue C; void C002");
    for ticket in told.hall.tickets() {
        let it = estimate_ticket(&told.hall, ticket, told.now);
        assert_eq!((it.likely, it.low, it.high), (0, 0, 5), "{}", ticket.number);
    }
    let nobody = tell("day 23");
    let unknown = estimate(&nobody.hall, &lane("Z"), Timestamp::MAX);
    assert_eq!((unknown.low, unknown.high), (0, 5));
    let ticket = told.hall.tickets().next().unwrap();
    assert_eq!(ticket.class, Class::Ordinary);
}
