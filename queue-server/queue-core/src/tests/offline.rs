//! Numbers that kiosks give by themselves: each exists once, and whoever
//! has one stands where they came.

use expect_test::expect;
use jiff::SignedDuration;
use jiff::civil::date;

use super::{Told, id_of, rules, tell_in};
use crate::rules::{OfflineRules, Rules};
use crate::{OfflineTicket, TicketNumber, TicketRequest};

/// Three numbers of each lane at a time, from 5 on.
fn with_leases() -> Rules {
    Rules { offline: OfflineRules { first: 5, numbers: 3 }, ..rules() }
}

/// `told one A005 23 2`: of the lease `one` on the 23rd, two minutes ago;
/// `told one A005 23 2 A001` where the server had given A001.
pub(super) fn told(so_far: &Told, words: &[&str]) -> OfflineTicket {
    let number: TicketNumber = words[2].parse().unwrap();
    let ago = SignedDuration::from_mins(words[4].parse().unwrap());
    OfflineTicket {
        lease: words[1].to_owned(),
        day: date(2026, 11, words[3].parse().unwrap()),
        issued_at: so_far.now - ago,
        request: TicketRequest::at_kiosk(number.lane.clone(), format!("secret-of-{number}")),
        number,
        asked_as: "press-of-the-visitor".parse().unwrap(),
        instead_of: words.get(5).map(|number| id_of(so_far, number)),
    }
}

#[test]
fn numbers_set_apart_are_not_given_in_turn() {
    let script = "lease kiosk one; day 23; lease k1 one A; lease k2 two A; lease k2 two A; lease k1 three X; \
                  issue A; issue A; issue A; issue A; issue A; told one A005 23 0; told one A005 23 0; \
                  told one A008 23 0; told two A008 23 0; told two A011 23 0; issue A";
    let told = tell_in(with_leases(), script);
    expect![[r#"
        lease kiosk one
          no: no business day is open
        day 23
          day opened 2026-11-23
        lease k1 one A
          numbers leased A5+3
        lease k2 two A
          numbers leased A8+3
        lease k2 two A
          no: there are no numbers to lease
        lease k1 three X
          no: there is no lane `X`
        issue A
          ticket issued A001
        issue A
          ticket issued A002
        issue A
          ticket issued A003
        issue A
          ticket issued A004
        issue A
          ticket issued A011
        told one A005 23 0
          ticket issued A005
        told one A005 23 0
          no: `A005` is somebody else's
        told one A008 23 0
          no: `A008` is somebody else's
        told two A008 23 0
          ticket issued A008
        told two A011 23 0
          no: `A011` is somebody else's
        issue A
          ticket issued A012
    "#]]
    .assert_eq(&told.text);
}

#[test]
fn who_took_a_number_offline_stands_where_they_came() {
    let script = "day 23; lease k1 one A; open 1; wait 1; issue A; wait 10; issue A; told one A005 23 5; \
                  next 1; finish 1; next 1; finish 1; next 1";
    let told = tell_in(with_leases(), script);
    expect![[r#"
        day 23
          day opened 2026-11-23
        lease k1 one A
          numbers leased A5+3
        open 1
          window opened at 1
        wait 1
        issue A
          ticket issued A001
        wait 10
        issue A
          ticket issued A002
        told one A005 23 5
          ticket issued A005
        next 1
          ticket called A001 at 1
        finish 1
          ticket arrived A001
          ticket finished A001
        next 1
          ticket called A005 at 1
        finish 1
          ticket arrived A005
          ticket finished A005
        next 1
          ticket called A002 at 1
    "#]]
    .assert_eq(&told.text);
}

#[test]
fn a_number_given_twice_over_is_the_visitors_one() {
    let script = "day 23; lease k1 one A; open 1; issue A; told one A005 23 0 A001; \
                  issue A; next 1; told one A006 23 0 A002; arrive 1; issue A; \
                  told one A007 23 0 A005; finish 1; next 1; finish 1";
    let told = tell_in(with_leases(), script);
    expect![[r#"
        day 23
          day opened 2026-11-23
        lease k1 one A
          numbers leased A5+3
        open 1
          window opened at 1
        issue A
          ticket issued A001
        told one A005 23 0 A001
          ticket voided A001 Replaced
          ticket issued A005
        issue A
          ticket issued A002
        next 1
          ticket called A005 at 1
        told one A006 23 0 A002
          ticket voided A002 Replaced
          ticket issued A006
        arrive 1
          ticket arrived A005
        issue A
          ticket issued A003
        told one A007 23 0 A005
          ticket issued A007
        finish 1
          ticket finished A005
        next 1
          ticket called A006 at 1
        finish 1
          ticket arrived A006
          ticket finished A006
    "#]]
    .assert_eq(&told.text);
}

#[test]
fn no_window_waits_for_a_number_that_nobody_has_seen() {
    let script = "day 23; lease k1 one A; open 1; issue A; next 1; told one A005 23 0 A001; next 1";
    let told = tell_in(with_leases(), script);
    expect![[r#"
        day 23
          day opened 2026-11-23
        lease k1 one A
          numbers leased A5+3
        open 1
          window opened at 1
        issue A
          ticket issued A001
        next 1
          ticket called A001 at 1
        told one A005 23 0 A001
          ticket voided A001 Replaced
          ticket issued A005
        next 1
          ticket called A005 at 1
    "#]]
    .assert_eq(&told.text);
}

#[test]
fn yesterdays_numbers_are_heard_and_nobody_is_called_for_them() {
    let script = "day 23; lease k1 one A; day 24; told one A005 23 60; told one A005 25 0; \
                  lease k1 two A; told two A005 24 0; told one A006 24 0";
    let told = tell_in(with_leases(), script);
    expect![[r#"
        day 23
          day opened 2026-11-23
        lease k1 one A
          numbers leased A5+3
        day 24
          day closed 2026-11-23
          day opened 2026-11-24
        told one A005 23 60
          number told late A005 of 2026-11-23
        told one A005 25 0
          no: no business day is open
        lease k1 two A
          numbers leased A5+3
        told two A005 24 0
          ticket issued A005
        told one A006 24 0
          no: `A006` is somebody else's
    "#]]
    .assert_eq(&told.text);
}

#[test]
fn after_a_return_to_an_old_copy_no_number_comes_twice() {
    let script = "day 23; issue A; lease k1 one A; skip; issue A; lease k1 two A; \
                  told lost A011 23 1; told lost A011 23 1; told one A005 23 1; told lost A006 23 1; day 24; issue A";
    let told = tell_in(with_leases(), script);
    expect![[r#"
        day 23
          day opened 2026-11-23
        issue A
          ticket issued A001
        lease k1 one A
          numbers leased A5+3
        skip
          numbers skipped A2+300 A302+300 B1+300 B301+300 C1+300 C301+300
        issue A
          ticket issued A602
        lease k1 two A
          numbers leased A603+3
        told lost A011 23 1
          ticket issued A011
        told lost A011 23 1
          no: `A011` is somebody else's
        told one A005 23 1
          ticket issued A005
        told lost A006 23 1
          no: `A006` is somebody else's
        day 24
          pass given A001
          ticket voided A001 DayEnded
          pass given A602
          ticket voided A602 DayEnded
          pass given A011
          ticket voided A011 DayEnded
          pass given A005
          ticket voided A005 DayEnded
          day closed 2026-11-23
          day opened 2026-11-24
        issue A
          ticket issued A001
    "#]]
    .assert_eq(&told.text);
}

#[test]
fn a_clock_that_is_wrong_does_not_send_anybody_to_the_front() {
    let script = "day 23; issue A; wait 5; lease k1 one A; told one A005 23 600; open 1; next 1; \
                  told one A006 23 -600; issue A; finish 1; next 1; finish 1; next 1";
    let told = tell_in(with_leases(), script);
    expect![[r#"
        day 23
          day opened 2026-11-23
        issue A
          ticket issued A001
        wait 5
        lease k1 one A
          numbers leased A5+3
        told one A005 23 600
          ticket issued A005
        open 1
          window opened at 1
        next 1
          ticket called A001 at 1
        told one A006 23 -600
          ticket issued A006
        issue A
          ticket issued A002
        finish 1
          ticket arrived A001
          ticket finished A001
        next 1
          ticket called A005 at 1
        finish 1
          ticket arrived A005
          ticket finished A005
        next 1
          ticket called A006 at 1
    "#]]
    .assert_eq(&told.text);
}
