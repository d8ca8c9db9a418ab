//! When numbers are given, and what a refusal says.

use expect_test::expect;
use jiff::civil::{date, time};
use jiff::tz::TimeZone;

use super::{Told, read, rules};
use crate::{Advice, LastTicket, Rules, SpanRules, WindowId, advice, numbers_left};

/// Lane A is open nine to twelve and half past one to five.
fn with_hours(last_ticket: LastTicket, quota: Option<u32>, morning: Option<u32>) -> Rules {
    let mut rules = rules();
    let lane = rules.lanes.get_mut(&"A".parse().unwrap()).unwrap();
    lane.spans = vec![
        SpanRules { from: time(9, 0, 0, 0), to: time(12, 0, 0, 0), quota: morning },
        SpanRules { from: time(13, 30, 0, 0), to: time(17, 0, 0, 0), quota: None },
    ];
    lane.last_ticket = last_ticket;
    lane.quota = quota;
    rules.zone = TimeZone::fixed(jiff::tz::offset(8));
    rules
}

/// What a script says at times of the day: `08:29 issue A`.
fn at_times(rules: Rules, script: &str) -> Told {
    let zone = rules.zone.clone();
    let mut told = Told::new(rules);
    for line in script.split(';').map(str::trim) {
        let (clock, command) = line.split_once(' ').unwrap();
        let day = told.hall.day().unwrap_or(date(2026, 11, 23));
        let at = day.to_datetime(clock.parse().unwrap());
        told.now = at.to_zoned(zone.clone()).unwrap().timestamp();
        told.text.push_str(&format!("{line}\n"));
        let command = read(&told, command);
        told.submit(&command);
    }
    told
}

#[test]
fn numbers_are_given_from_half_an_hour_before_until_the_last_ticket() {
    let rules = with_hours(LastTicket::At(time(16, 45, 0, 0)), None, None);
    let script = "08:00 day 23; 08:29 issue A; 08:30 issue A; 12:30 issue A; 16:44 issue A; 16:45 issue A; 16:50 desk A; 17:00 issue A";
    expect![[r#"
        08:00 day 23
          day opened 2026-11-23
        08:29 issue A
          no: lane `A` gives no numbers now
        08:30 issue A
          ticket issued A001
        12:30 issue A
          ticket issued A002
        16:44 issue A
          ticket issued A003
        16:45 issue A
          no: lane `A` gives no more numbers today
        16:50 desk A
          ticket issued A004
        17:00 issue A
          no: lane `A` gives no numbers now
    "#]]
    .assert_eq(&at_times(rules, script).text);
}

#[test]
fn a_holiday_gives_no_numbers() {
    let mut rules = with_hours(LastTicket::AtTheEnd, None, None);
    rules.closed_days.insert(date(2026, 11, 23));
    let told = at_times(rules, "08:00 day 23; 10:00 issue A; 10:00 issue B");
    expect![[r#"
        08:00 day 23
          day opened 2026-11-23
        10:00 issue A
          no: lane `A` gives no numbers now
        10:00 issue B
          no: lane `B` gives no numbers now
    "#]]
    .assert_eq(&told.text);
}

#[test]
fn quotas_say_when_there_are_numbers_again() {
    let rules = with_hours(LastTicket::AtTheEnd, Some(4), Some(2));
    let script = "08:00 day 23; 09:00 issue A; 10:00 issue A; 11:00 issue A; 12:00 issue A; 13:00 issue A; 14:00 issue A";
    let told = at_times(rules, script);
    expect![[r#"
        08:00 day 23
          day opened 2026-11-23
        09:00 issue A
          ticket issued A001
        10:00 issue A
          ticket issued A002
        11:00 issue A
          no: lane `A` has given its 2 numbers
        12:00 issue A
          ticket issued A003
        13:00 issue A
          ticket issued A004
        14:00 issue A
          no: lane `A` has given its 4 numbers
    "#]]
    .assert_eq(&told.text);
    assert_eq!(numbers_left(&told.hall, &"A".parse().unwrap()), Some(0));
    assert_eq!(numbers_left(&told.hall, &"B".parse().unwrap()), None);
}

#[test]
fn the_last_ticket_is_the_last_that_can_be_served() {
    let rules = with_hours(LastTicket::WhenFull { overtime_minutes: 10 }, None, None);
    // Ten minutes a service; one window of two is open.
    let script = "08:00 day 23; 16:00 open 1; 16:30 issue A; 16:30 issue A; 16:30 issue A; 16:30 issue A; 16:30 issue A; 16:31 open 2; 16:31 issue A";
    expect![[r#"
        08:00 day 23
          day opened 2026-11-23
        16:00 open 1
          window opened at 1
        16:30 issue A
          ticket issued A001
        16:30 issue A
          ticket issued A002
        16:30 issue A
          ticket issued A003
        16:30 issue A
          no: lane `A` gives no more numbers today
        16:30 issue A
          no: lane `A` gives no more numbers today
        16:31 open 2
          window opened at 2
        16:31 issue A
          ticket issued A004
    "#]]
    .assert_eq(&at_times(rules, script).text);
}

#[test]
fn windows_are_advised_to_open_and_to_close() {
    let waits = "08:00 day 23; 09:00 issue C; 09:00 issue C; 09:00 issue A; 09:00 open 1";
    let advised = |script: &str| advice(&at_times(rules(), script).hall);
    let lane = "C".parse().unwrap();
    let open = Advice::Open { window: WindowId(3), lane, wait_minutes: 20 };
    assert_eq!(advised(waits), [open]);
    let served = "08:00 day 23; 09:00 open 3; 09:00 open 1";
    assert_eq!(advised(served), [Advice::Close { window: WindowId(3) }]);
}
