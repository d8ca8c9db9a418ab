//! Giving a number up, and saying what one thinks of a service.

use expect_test::{Expect, expect};
use jiff::civil::date;

use super::{Told, id_of, rules, tell, tell_in};
use crate::{Command, Hall, RatingLevel, RatingReason, RatingRules, Rules, TicketId, rated_until};

/// `rate A001 1 5 510 517`: ticket, service, level, reasons.
pub(super) fn rated(told: &Told, words: &[&str]) -> Command {
    let number = words[1];
    let earlier = || {
        let of = |id: &u64| told.hall.served(TicketId(*id)).map(|it| it.number.to_string());
        (1..100).find(|id| of(id).as_deref() == Some(number)).map_or(TicketId(999), TicketId)
    };
    let today = id_of(told, number);
    let level: u8 = words[3].parse().unwrap();
    let reason = |code: &&str| RatingReason::try_from(code.parse::<u16>().unwrap()).unwrap();
    Command::RateService {
        ticket: if today == TicketId(999) { earlier() } else { today },
        service: words[2].parse().unwrap(),
        level: level.try_into().unwrap(),
        reasons: words[4..].iter().map(reason).collect(),
    }
}

#[expect(clippy::needless_pass_by_value, reason = "expect! makes a value")]
fn check(script: &str, expected: Expect) {
    expected.assert_eq(&tell(script).text);
}

#[test]
fn who_waits_or_is_called_may_leave_and_who_is_served_may_not() {
    check(
        "day 23; open 1; issue A; issue A; issue A; leave A002; leave A002; next 1; leave A001; \
         next 1; arrive 1; leave A003; finish 1; leave A003",
        expect![[r#"
            day 23
              day opened 2026-11-23
            open 1
              window opened at 1
            issue A
              ticket issued A001
            issue A
              ticket issued A002
            issue A
              ticket issued A003
            leave A002
              ticket voided A002 Left
            leave A002
              no: `A002` is not waiting
            next 1
              ticket called A001 at 1
            leave A001
              ticket voided A001 Left
            next 1
              ticket called A003 at 1
            arrive 1
              ticket arrived A003
            leave A003
              no: `A003` has already arrived
            finish 1
              ticket finished A003
            leave A003
              no: `A003` is not waiting
        "#]],
    );
}

#[test]
fn a_service_is_rated_once_with_reasons_of_its_level() {
    check(
        "day 23; open 1; issue A; rate A001 1 5; next 1; rate A001 1 5; finish 1; \
         rate A001 1 5 408; rate A001 2 5; rate A001 0 5; rate A001 1 5 510 517; rate A001 1 1",
        expect![[r#"
            day 23
              day opened 2026-11-23
            open 1
              window opened at 1
            issue A
              ticket issued A001
            rate A001 1 5
              no: there is no such service
            next 1
              ticket called A001 at 1
            rate A001 1 5
              no: there is no such service
            finish 1
              ticket arrived A001
              ticket finished A001
            rate A001 1 5 408
              no: a reason is not one of that level
            rate A001 2 5
              no: there is no such service
            rate A001 0 5
              no: there is no such service
            rate A001 1 5 510 517
              service rated A001
            rate A001 1 1
              no: the service was rated already
        "#]],
    );
}

#[test]
fn each_of_two_matters_is_a_service_and_a_transfer_is_none() {
    check(
        "day 23; open 1; open 3; both A C; next 1; finish 1; rate A001 2 3; rate A001 1 2 208; \
         next 3; transfer 3 A; rate A001 2 3; next 1; finish 1; rate A001 2 4",
        expect![[r#"
            day 23
              day opened 2026-11-23
            open 1
              window opened at 1
            open 3
              window opened at 3
            both A C
              ticket issued A001
            next 1
              ticket called A001 at 1
            finish 1
              ticket arrived A001
              matter finished A001
            rate A001 2 3
              no: there is no such service
            rate A001 1 2 208
              service rated A001
            next 3
              ticket called A001 at 3
            transfer 3 A
              ticket arrived A001
              ticket transferred A001 to A
            rate A001 2 3
              no: there is no such service
            next 1
              ticket called A001 at 1
            finish 1
              ticket arrived A001
              ticket finished A001
            rate A001 2 4
              service rated A001
        "#]],
    );
}

/// The 21st and 22nd are a weekend.
fn with_a_weekend(working_days: u32) -> Rules {
    let closed_days = [date(2026, 11, 21), date(2026, 11, 22)].into();
    Rules { closed_days, rating: RatingRules { working_days }, ..rules() }
}

const FRIDAY: &str = "day 20; open 1; issue A; issue A; issue A; issue A; next 1; finish 1; \
                      next 1; finish 1; next 1; noshow 1; next 1; finish 1; day 21; day 22; rate A001 1 5; day 23; ";

#[test]
fn a_service_is_rated_until_the_end_of_the_next_working_day() {
    let script =
        format!("{FRIDAY}rate A003 1 5; rate A002 1 4; day 24; rate A002 1 4; rate A004 1 4");
    let told = tell_in(with_a_weekend(1), &script);
    expect![[r#"
          day closed 2026-11-21
          day opened 2026-11-22
        rate A001 1 5
          service rated A001
        day 23
          day closed 2026-11-22
          day opened 2026-11-23
        rate A003 1 5
          no: there is no such service
        rate A002 1 4
          service rated A002
        day 24
          day closed 2026-11-23
          day opened 2026-11-24
        rate A002 1 4
          no: the service was rated already
        rate A004 1 4
          no: the service could be rated until 2026-11-23
    "#]]
    .assert_eq(told.text.split_once("day 22\n").unwrap().1);
}

#[test]
fn a_hall_may_want_to_hear_of_it_on_the_same_day_only() {
    let told = tell_in(with_a_weekend(0), FRIDAY);
    expect![[r#"
          day closed 2026-11-21
          day opened 2026-11-22
        rate A001 1 5
          no: the service could be rated until 2026-11-20
        day 23
          day closed 2026-11-22
          day opened 2026-11-23
    "#]]
    .assert_eq(told.text.split_once("day 22\n").unwrap().1);
}

#[test]
fn services_of_today_and_of_two_earlier_days_are_kept() {
    let visit = "open 1; issue A; next 1; finish 1";
    let told = tell(&format!("day 1; {visit}; day 2; {visit}; day 3; day 4; {visit}; day 9"));
    let kept = |hall: &Hall| [1, 2, 3].map(|id| hall.served(TicketId(id)).is_some());
    assert_eq!(kept(&told.hall), [false, true, true]);
    let papers = |hall: &Hall| {
        ["token-1", "token-2", "token-3"].map(|it| hall.served_by_token(it).is_some())
    };
    assert_eq!(papers(&told.hall), [false, true, true]);
    assert_eq!(told.hall.ticket_by_token("token-3"), None, "it is no ticket of today");
    let morning = told.hall.morning().unwrap();
    let text = serde_json::to_string(&morning).unwrap();
    let again = Hall::on_morning(rules(), serde_json::from_str(&text).unwrap());
    assert_eq!(again, told.hall);
}

#[test]
fn there_are_forty_reasons_eight_for_each_level() {
    let codes = |level: RatingLevel| level.reasons().map(u16::from).collect::<Vec<_>>();
    for level in RatingLevel::ALL {
        let (digit, codes) = (u16::from(u8::from(level)), codes(level));
        assert_eq!(codes.len(), 8);
        assert!(codes.iter().all(|it| it / 100 == digit), "{codes:?}");
    }
    for stranger in [0, 205, 306, 509, 518] {
        assert!(RatingReason::try_from(stranger).is_err(), "{stranger}");
    }
    for stranger in [0, 6] {
        assert!(RatingLevel::try_from(stranger).is_err(), "{stranger}");
    }
}

#[test]
fn the_last_day_is_a_working_day() {
    let until = |day| rated_until(&with_a_weekend(1), date(2026, 11, day)).day();
    assert_eq!([19, 20, 21, 22, 23].map(until), [20, 23, 23, 23, 24]);
}
