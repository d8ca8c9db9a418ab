//! A ticket's life beyond the straight way: set aside, sent on, put back,
//! given up, several matters, and coming back another day.

use expect_test::{Expect, expect};

use super::{rules, tell, tell_in};
use crate::{Outcome, WindowId};

#[expect(clippy::needless_pass_by_value, reason = "expect! makes a value")]
fn check(script: &str, expected: Expect) {
    expected.assert_eq(&tell(script).text);
}

#[test]
fn a_window_helps_a_lane_when_nobody_waits_in_its_own() {
    check(
        "day 23; open 2; issue B; issue A; next 2; finish 2; next 2; finish 2; next 2",
        expect![[r#"
        day 23
          day opened 2026-11-23
        open 2
          window opened at 2
        issue B
          ticket issued B001
        issue A
          ticket issued A001
        next 2
          ticket called A001 at 2
        finish 2
          ticket arrived A001
          ticket finished A001
        next 2
          ticket called B001 at 2, helping
        finish 2
          ticket arrived B001
          ticket finished B001
        next 2
          no: nobody is waiting
    "#]],
    );
}

#[test]
fn who_is_set_aside_frees_the_window_and_is_resumed_there() {
    check(
        "day 23; open 1; open 2; issue A; issue A; next 1; park 1; next 1; resume 1 A001; finish 1; resume 2 A001; resume 1 A001; finish 1",
        expect![[r#"
            day 23
              day opened 2026-11-23
            open 1
              window opened at 1
            open 2
              window opened at 2
            issue A
              ticket issued A001
            issue A
              ticket issued A002
            next 1
              ticket called A001 at 1
            park 1
              ticket arrived A001
              ticket parked A001
            next 1
              ticket called A002 at 1
            resume 1 A001
              no: the window still has `A002`
            finish 1
              ticket arrived A002
              ticket finished A002
            resume 2 A001
              no: `A001` was not set aside here
            resume 1 A001
              ticket resumed A001
            finish 1
              ticket finished A001
        "#]],
    );
}

#[test]
fn who_is_sent_on_keeps_the_place_they_came_with() {
    check(
        "day 23; open 1; open 3; issue A; wait 5; issue C; next 1; transfer 1 C; next 3; finish 3; next 3",
        expect![[r#"
            day 23
              day opened 2026-11-23
            open 1
              window opened at 1
            open 3
              window opened at 3
            issue A
              ticket issued A001
            wait 5
            issue C
              ticket issued C001
            next 1
              ticket called A001 at 1
            transfer 1 C
              ticket arrived A001
              ticket transferred A001 to C
            next 3
              ticket called A001 at 3
            finish 3
              ticket arrived A001
              ticket finished A001
            next 3
              ticket called C001 at 3
        "#]],
    );
}

#[test]
fn who_is_sent_to_a_window_is_called_there_and_nowhere_else() {
    check(
        "day 23; open 1; issue A; issue A; next 1; transfer 1 2; open 2; transfer 1 2; next 1; finish 1; next 1; next 2",
        expect![[r#"
            day 23
              day opened 2026-11-23
            open 1
              window opened at 1
            issue A
              ticket issued A001
            issue A
              ticket issued A002
            next 1
              ticket called A001 at 1
            transfer 1 2
              no: the window is not open
            open 2
              window opened at 2
            transfer 1 2
              ticket arrived A001
              ticket transferred A001 to window 2
            next 1
              ticket called A002 at 1
            finish 1
              ticket arrived A002
              ticket finished A002
            next 1
              no: nobody is waiting
            next 2
              ticket called A001 at 2
        "#]],
    );
}

#[test]
fn a_window_that_closes_gives_back_who_was_left_with_it() {
    check(
        "day 23; open 1; open 2; issue A; issue A; next 1; transfer 1 2; next 2; park 2; close 2; next 1; finish 1",
        expect![[r#"
            day 23
              day opened 2026-11-23
            open 1
              window opened at 1
            open 2
              window opened at 2
            issue A
              ticket issued A001
            issue A
              ticket issued A002
            next 1
              ticket called A001 at 1
            transfer 1 2
              ticket arrived A001
              ticket transferred A001 to window 2
            next 2
              ticket called A001 at 2
            park 2
              ticket arrived A001
              ticket parked A001
            close 2
              ticket transferred A001 to A
              window closed at 2
            next 1
              ticket called A001 at 1
            finish 1
              ticket arrived A001
              ticket finished A001
        "#]],
    );
}

#[test]
fn several_matters_are_done_in_turn_on_one_ticket() {
    check(
        "day 23; open 1; open 3; both A B; both A C; issue C; next 1; finish 1; finish 1; next 1; finish 1; next 3; finish 3; next 3",
        expect![[r#"
            day 23
              day opened 2026-11-23
            open 1
              window opened at 1
            open 3
              window opened at 3
            both A B
              ticket issued A001
            both A C
              ticket issued A002
            issue C
              ticket issued C001
            next 1
              ticket called A001 at 1
            finish 1
              ticket arrived A001
              matter finished A001, stays
            finish 1
              ticket finished A001
            next 1
              ticket called A002 at 1
            finish 1
              ticket arrived A002
              matter finished A002
            next 3
              ticket called A002 at 3
            finish 3
              ticket arrived A002
              ticket finished A002
            next 3
              ticket called C001 at 3
        "#]],
    );
}

#[test]
fn who_did_not_come_is_put_back_once_behind_three() {
    check(
        "day 23; open 1; issue A; issue A; issue A; issue A; issue A; next 1; reinstate A001; noshow 1; reinstate A001; next 1; finish 1; next 1; finish 1; next 1; finish 1; next 1; noshow 1; reinstate A001",
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
            issue A
              ticket issued A004
            issue A
              ticket issued A005
            next 1
              ticket called A001 at 1
            reinstate A001
              no: `A001` was not passed over
            noshow 1
              ticket no show A001
            reinstate A001
              ticket reinstated A001
            next 1
              ticket called A002 at 1
            finish 1
              ticket arrived A002
              ticket finished A002
            next 1
              ticket called A003 at 1
            finish 1
              ticket arrived A003
              ticket finished A003
            next 1
              ticket called A004 at 1
            finish 1
              ticket arrived A004
              ticket finished A004
            next 1
              ticket called A001 at 1
            noshow 1
              ticket no show A001
            reinstate A001
              no: `A001` was put back once already
        "#]],
    );
}

#[test]
fn a_place_is_kept_for_half_an_hour() {
    check(
        "day 23; open 1; issue A; next 1; noshow 1; wait 31; reinstate A001",
        expect![[r#"
        day 23
          day opened 2026-11-23
        open 1
          window opened at 1
        issue A
          ticket issued A001
        next 1
          ticket called A001 at 1
        noshow 1
          ticket no show A001
        wait 31
        reinstate A001
          no: `A001` was passed over more than 30 minutes ago
    "#]],
    );
}

#[test]
fn calling_one_by_number_wants_a_reason() {
    check(
        "day 23; open 1; issue A; issue A; call 1 A002; call 1 A002 has a train to catch",
        expect![[r#"
        day 23
          day opened 2026-11-23
        open 1
          window opened at 1
        issue A
          ticket issued A001
        issue A
          ticket issued A002
        call 1 A002
          no: a reason is missing
        call 1 A002 has a train to catch
          ticket called A002 at 1: because has a train to catch
    "#]],
    );
}

#[test]
fn a_number_that_nobody_has_seen_is_given_up() {
    check(
        "day 23; issue A; open 1; unseen A001; next 1; issue A; next 1; unseen A002",
        expect![[r#"
        day 23
          day opened 2026-11-23
        issue A
          ticket issued A001
        open 1
          window opened at 1
        unseen A001
          ticket voided A001 Unseen
          ticket printed A001
        next 1
          no: nobody is waiting
        issue A
          ticket issued A002
        next 1
          ticket called A002 at 1
        unseen A002
          ticket printed A002
    "#]],
    );
}

#[test]
fn the_green_channel_wants_a_name_and_a_reason() {
    check(
        "day 23; green A; green A project-7",
        expect![[r#"
        day 23
          day opened 2026-11-23
        green A
          no: a green ticket needs who grants it and why
        green A project-7
          ticket issued A001
    "#]],
    );
}

#[test]
fn a_return_pass_is_taken_once_and_until_its_last_day() {
    check(
        "day 23; open 1; issue A; next 1; pass A001 25; finish 1; day 24; open 1; issue A; wait 5; back B A001; back A A001; back A A001; next 1; noshow 1; pass A001 24; day 25; back A A001",
        expect![[r#"
            day 23
              day opened 2026-11-23
            open 1
              window opened at 1
            issue A
              ticket issued A001
            next 1
              ticket called A001 at 1
            pass A001 25
              pass given A001
            finish 1
              ticket arrived A001
              ticket finished A001
            day 24
              window closed at 1
              day closed 2026-11-23
              day opened 2026-11-24
            open 1
              window opened at 1
            issue A
              ticket issued A001
            wait 5
            back B A001
              no: the return pass is not valid
            back A A001
              ticket issued A002
            back A A001
              no: the return pass is not valid
            next 1
              ticket called A002 at 1
            noshow 1
              ticket no show A002
            pass A001 24
              no: the return pass is not valid
            day 25
              pass given A001
              ticket voided A001 DayEnded
              window closed at 1
              day closed 2026-11-24
              day opened 2026-11-25
            back A A001
              no: the return pass is not valid
        "#]],
    );
}

#[test]
fn a_hall_may_want_two_calls_and_a_minute_and_a_half_before_a_no_show() {
    let mut rules = rules();
    rules.no_show.enforced = true;
    let script = "day 23; open 1; issue A; next 1; noshow 1; wait 2; noshow 1; recall 1; noshow 1";
    expect![[r#"
        day 23
          day opened 2026-11-23
        open 1
          window opened at 1
        issue A
          ticket issued A001
        next 1
          ticket called A001 at 1
        noshow 1
          no: `A001` is passed over after 2 calls and 90 seconds
        wait 2
        noshow 1
          no: `A001` is passed over after 2 calls and 90 seconds
        recall 1
          ticket recalled A001
        noshow 1
          ticket no show A001
    "#]]
    .assert_eq(&tell_in(rules, script).text);
}

#[test]
fn a_windows_figures_hold_the_time_with_visitors_without_what_was_set_aside() {
    let told = tell(
        "day 23; open 1; issue A; issue A; next 1; arrive 1; wait 4; park 1; wait 30; next 1; arrive 1; wait 2; finish 1; resume 1 A001; wait 6; finish 1; issue A; next 1; noshow 1",
    );
    let window = told.hall.window(WindowId(1));
    // A second passes with each command.
    assert_eq!((window.served, window.serving_ms), (2, (4 + 2 + 6) * 60_000 + 3_000));
    assert_eq!(window.service_ms_mean(), Some(361_500));
    assert_eq!(window.outcomes.iter().collect::<Vec<_>>(), [(&Outcome::DoneNow, &2)]);
    assert_eq!(window.serving_since, None, "nobody is there");
}
