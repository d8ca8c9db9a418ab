//! The rules, one script each.

use expect_test::{Expect, expect};
use jiff::Timestamp;

use super::tell;
use crate::{TicketState, WindowId, ahead, waiting_for};

#[expect(clippy::needless_pass_by_value, reason = "expect! makes a value")]
fn check(script: &str, expected: Expect) {
    expected.assert_eq(&tell(script).text);
}

#[test]
fn a_visit_from_number_to_finish() {
    check(
        "day 23; issue A; open 1; next 1; recall 1; arrive 1; finish 1",
        expect![[r#"
            day 23
              day opened 2026-11-23
            issue A
              ticket issued A001
            open 1
              window opened at 1
            next 1
              ticket called A001 at 1
            recall 1
              ticket recalled A001
            arrive 1
              ticket arrived A001
            finish 1
              ticket finished A001
        "#]],
    );
}

#[test]
fn a_window_of_several_lanes_calls_who_has_waited_longest() {
    check(
        "day 23; open 1; issue B; issue A; issue B; next 1; finish 1; next 1; finish 1; next 1",
        expect![[r#"
            day 23
              day opened 2026-11-23
            open 1
              window opened at 1
            issue B
              ticket issued B001
            issue A
              ticket issued A001
            issue B
              ticket issued B002
            next 1
              ticket called B001 at 1
            finish 1
              ticket arrived B001
              ticket finished B001
            next 1
              ticket called A001 at 1
            finish 1
              ticket arrived A001
              ticket finished A001
            next 1
              ticket called B002 at 1
        "#]],
    );
}

#[test]
fn nobody_is_called_to_two_windows() {
    check(
        "day 23; open 1; open 2; issue A; next 1; next 2; next 1",
        expect![[r#"
            day 23
              day opened 2026-11-23
            open 1
              window opened at 1
            open 2
              window opened at 2
            issue A
              ticket issued A001
            next 1
              ticket called A001 at 1
            next 2
              no: nobody is waiting
            next 1
              no: the window still has `A001`
        "#]],
    );
}

#[test]
fn a_press_for_a_visitor_who_has_left_harms_nobody() {
    check(
        "day 23; open 1; issue A; issue A; next 1; noshow 1 A001; next 1; noshow 1 A001; finish 1 A001; finish 1 A002; finish 1 A002",
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
            noshow 1 A001
              ticket no show A001
            next 1
              ticket called A002 at 1
            noshow 1 A001
              no: the window has `A002` now
            finish 1 A001
              no: the window has `A002` now
            finish 1 A002
              ticket arrived A002
              ticket finished A002
            finish 1 A002
              no: the window has not called anybody
        "#]],
    );
}

#[test]
fn who_has_arrived_is_not_recalled_and_not_a_no_show() {
    check(
        "day 23; open 1; issue A; next 1; arrive 1; recall 1; noshow 1; arrive 1",
        expect![[r#"
            day 23
              day opened 2026-11-23
            open 1
              window opened at 1
            issue A
              ticket issued A001
            next 1
              ticket called A001 at 1
            arrive 1
              ticket arrived A001
            recall 1
              no: `A001` has already arrived
            noshow 1
              no: `A001` has already arrived
            arrive 1
              no: `A001` has already arrived
        "#]],
    );
}

#[test]
fn a_paused_or_closed_window_calls_nobody_and_keeps_its_visitor() {
    check(
        "day 23; next 1; open 1; open 1; issue A; next 1; pause 1; close 1; finish 1; pause 1; next 1; open 1; close 1; close 1; pause 1",
        expect![[r#"
            day 23
              day opened 2026-11-23
            next 1
              no: the window is not open
            open 1
              window opened at 1
            open 1
              no: the window is already open
            issue A
              ticket issued A001
            next 1
              ticket called A001 at 1
            pause 1
              no: the window still has `A001`
            close 1
              no: the window still has `A001`
            finish 1
              ticket arrived A001
              ticket finished A001
            pause 1
              window paused at 1
            next 1
              no: the window is not open
            open 1
              window opened at 1
            close 1
              window closed at 1
            close 1
              no: the window is not open
            pause 1
              no: the window is not open
        "#]],
    );
}

#[test]
fn a_ticket_given_up_is_not_called() {
    check(
        "day 23; open 1; issue A; issue A; void A001; next 1; void A002; void A001; void A099; printed A002",
        expect![[r#"
            day 23
              day opened 2026-11-23
            open 1
              window opened at 1
            issue A
              ticket issued A001
            issue A
              ticket issued A002
            void A001
              ticket voided A001 Cancelled
            next 1
              ticket called A002 at 1
            void A002
              no: `A002` is not waiting
            void A001
              no: `A001` is not waiting
            void A099
              no: there is no ticket `999` today
            printed A002
              ticket printed A002
        "#]],
    );
}

#[test]
fn a_new_day_ends_the_old_one_and_counts_from_one() {
    check(
        "issue A; day 23; open 1; issue A; issue A; next 1; day 24; issue A; next 1; day 24; day 23",
        expect![[r#"
            issue A
              no: no business day is open
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
            day 24
              pass given A001
              ticket voided A001 DayEnded
              pass given A002
              ticket voided A002 DayEnded
              window closed at 1
              day closed 2026-11-23
              day opened 2026-11-24
            issue A
              ticket issued A001
            next 1
              no: the window is not open
            day 24
              no: the business day is already open
            day 23
              no: the business day is already open
        "#]],
    );
}

#[test]
fn what_the_hall_does_not_have_is_refused() {
    check(
        "day 23; issue Z; next 9",
        expect![[r#"
            day 23
              day opened 2026-11-23
            issue Z
              no: there is no lane `Z`
            next 9
              no: there is no window `9`
        "#]],
    );
}

#[test]
fn a_recall_moves_the_call_up_and_never_doubles_it() {
    let told = tell("day 23; open 1; open 3; issue A; issue C; next 1; next 3; recall 1");
    let calls: Vec<String> = told
        .hall
        .calls()
        .map(|it| format!("{} seq {}", told.hall.ticket(it.ticket).unwrap().number, it.seq))
        .collect();
    expect![[r#"
        [
            "A001 seq 8",
            "C001 seq 7",
        ]
    "#]]
    .assert_debug_eq(&calls);
}

#[test]
fn the_last_call_of_a_quiet_window_is_remembered_however_busy_the_others() {
    let busy = "; issue A; next 2; finish 2".repeat(50);
    let told = tell(&format!(
        "day 23; open 1; open 2; open 3; issue C; next 3; issue B; next 1; finish 1; issue B; next 1{busy}"
    ));
    let to = |window| told.hall.calls().filter(move |it| it.window == WindowId(window)).count();
    assert_eq!((to(1), to(2), to(3)), (1, 32, 1), "its last; the newest; its last");
}

#[test]
fn ahead_counts_the_lane_and_falls_with_every_call() {
    let mut seen = Vec::new();
    for calls in [
        "",
        "; next 1",
        "; next 1; finish 1; next 1",
        "; next 1; finish 1; next 1; finish 1; next 1",
    ] {
        let told = tell(&format!("day 23; open 1; issue A; issue A; issue A{calls}"));
        let third = told.hall.tickets().nth(2).unwrap();
        seen.push((ahead(&told.hall, third, told.now), third.state));
    }
    let waiting = TicketState::Waiting;
    assert_eq!(seen, [(2, waiting), (1, waiting), (0, waiting), (0, TicketState::Called)]);
}

#[test]
fn who_waits_for_a_window_is_listed_as_they_will_be_called() {
    let told = tell("day 23; issue B; issue C; issue A; issue B");
    let numbers: Vec<String> = waiting_for(&told.hall, WindowId(1), told.now)
        .iter()
        .map(|id| told.hall.ticket(*id).unwrap().number.to_string())
        .collect();
    assert_eq!(numbers, ["B001", "A001", "B002"]);
}

#[test]
fn a_ticket_is_found_by_the_secret_of_its_paper_only() {
    let told = tell("day 23; issue A; issue A");
    assert_eq!(told.hall.ticket_by_token("token-2").unwrap().number.to_string(), "A002");
    assert_eq!(told.hall.ticket_by_token("token-3"), None);
    assert_eq!(
        told.hall.ticket_by_token("token-1").unwrap().issued_at,
        Timestamp::from_second(2).unwrap()
    );
}
