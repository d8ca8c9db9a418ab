//! Whoever has an appointment checks in.

use expect_test::expect;

use crate::story::{check, tell};

const TYPED: &str = "have\ncheck-in\ntype 12345678\nenter\n";

fn typed(story: &str) -> String {
    format!("{TYPED}{story}")
}

#[test]
fn a_code_typed_is_a_number_in_one_round_trip() {
    check(
        "have\ncheck-in\ntype 12345678\nshow\nenter\nshow\nchecked-in press-1\nshow\nprinted press-1 done",
        expect![[r#"
            == 09:41 Zh
            code `1234 5678`, complete
            ! check in press-1-: 12345678
            == 09:41 Zh
            code `1234 5678`, complete, asking
            ! print press-1- for ticket 23: ticket A023 Zh
            == 09:41 Zh
            number A023 for 预约 09:30　食品经营许可（新办）
              5 before, 20–30 min, at 10:01–10:11, 等候区 A windows A01–A02、A04
              paper Coming, notice false, reprint false, asked in 60 s
            ! report press-1- as p-press-1-, ticket 23: done
        "#]],
    );
}

#[test]
fn a_code_scanned_at_home_needs_no_press() {
    check(
        "scan 1234 5678\nchecked-in press-1\nshow",
        expect![[r#"
        ! check in press-1-: 12345678
        ! print press-1- for ticket 23: ticket A023 Zh
        == 09:41 Zh
        number A023 for 预约 09:30　食品经营许可（新办）
          5 before, 20–30 min, at 10:01–10:11, 等候区 A windows A01–A02、A04
          paper Coming, notice false, reprint false, asked in 60 s
    "#]],
    );
}

#[test]
fn whoever_comes_late_is_told_that_they_wait_from_now() {
    check(
        &format!("language\n{TYPED}checked-in press-1 late\nshow"),
        expect![[r#"
            ! check in press-1-: 12345678
            ! print press-1- for ticket 23: ticket A023 En
            == 09:41 En
            number A023 for 09:30 is over: you wait from now
              5 before, 20–30 min, at 10:01–10:11, area A windows A01–A02, A04
              paper Coming, notice false, reprint false, asked in 60 s
        "#]],
    );
}

#[test]
fn a_second_check_in_prints_the_same_number_marked() {
    check(
        &typed("checked-in press-1 before\nprinted press-1 done"),
        expect![[r#"
        ! check in press-1-: 12345678
        ! print press-1- for ticket 23: ticket A023 Zh, again
        ! report press-1- as p-press-1-, ticket 23: done
    "#]],
    );
}

#[test]
fn a_check_in_of_somebody_who_was_called_since_tells_where_they_stand() {
    check(
        &typed("checked-in press-1 before passed-over\nshow\nrejoin"),
        expect![[r#"
        ! check in press-1-: 12345678
        == 09:41 Zh
        A023 stands: PassedOver, for 食品经营许可（新办）; until 09:53; 等候区 A  windows A02
        ! put back press-2-: ticket 23
    "#]],
    );
}

#[test]
fn whoever_cannot_check_in_is_told_why_and_what_to_do() {
    for (code, expected) in [
        (
            "check_in_early",
            expect![[r#"
            ! check in press-1-: 12345678
            == 09:41 Zh
            sorry, Early `11月24日 09:30`: then Home
        "#]],
        ),
        (
            "appointment_missed",
            expect![[r#"
            ! check in press-1-: 12345678
            == 09:41 Zh
            sorry, Missed ``: then TakeNumber
        "#]],
        ),
        (
            "not_booked",
            expect![[r#"
            ! check in press-1-: 12345678
            == 09:41 Zh
            sorry, NotAwaited ``: then TakeNumber
        "#]],
        ),
        (
            "unknown_appointment",
            expect![[r#"
            ! check in press-1-: 12345678
            == 09:41 Zh
            sorry, Appointment ``: then Again
        "#]],
        ),
        (
            "too_many_tries",
            expect![[r#"
            ! check in press-1-: 12345678
            == 09:41 Zh
            sorry, TooManyTries ``: then Home
        "#]],
        ),
        (
            "day_closed",
            expect![[r#"
            ! check in press-1-: 12345678
            == 09:41 Zh
            sorry, Closed ``: then Home
        "#]],
        ),
        (
            "unknown_lane",
            expect![[r#"
            ! check in press-1-: 12345678
            == 09:41 Zh
            sorry, Other `没有这个队列`: then Home
        "#]],
        ),
    ] {
        expected.assert_eq(&tell(&typed(&format!("not-checked-in press-1 {code}\nshow"))));
    }
}

#[test]
fn a_wrong_code_is_typed_again() {
    check(
        &typed(
            "not-checked-in press-1 unknown_appointment\nback\nshow\nclear\ntype 87654321\nenter",
        ),
        expect![[r#"
            ! check in press-1-: 12345678
            == 09:41 Zh
            code `1234 5678`, complete
            ! check in press-2-: 87654321
        "#]],
    );
}

#[test]
fn no_number_is_made_up_for_a_booking_while_the_server_is_away() {
    check(
        &typed("leased 23\nwait 9\nshow\ntry-again\nchecked-in press-1\nshow"),
        expect![[r#"
        ! check in press-1-: 12345678
        == 09:41 Zh
        sorry, AwayBooked ``: then TryAgain
        ! check in press-1-: 12345678
        ! print press-1- for ticket 23: ticket A023 Zh
        == 09:41 Zh
        number A023 for 预约 09:30　食品经营许可（新办）
          5 before, 20–30 min, at 10:01–10:11, 等候区 A windows A01–A02、A04
          paper Coming, notice false, reprint false, asked in 60 s
    "#]],
    );
}

#[test]
fn without_paper_the_visitor_is_asked_first() {
    check(
        "printer no_paper\nhave\ncheck-in\ntype 12345678\nenter\nshow\nwithout-paper\nchecked-in press-1\nshow",
        expect![[r#"
            ! report the printer: Some(NoPaper)
            == 09:41 Zh
            no paper: NoPaper, wanted Number
            ! check in press-1-: 12345678
            ! report press-1- as p-press-1-, ticket 23: not started, no_paper
            == 09:41 Zh
            number A023 for 预约 09:30　食品经营许可（新办）
              5 before, 20–30 min, at 10:01–10:11, 等候区 A windows A01–A02、A04
              paper NotOut(NoPaper), notice false, reprint false, asked in 60 s
        "#]],
    );
}

#[test]
fn whoever_misses_their_booking_can_take_a_number_at_once() {
    check(
        &typed(
            "not-checked-in press-1 appointment_missed\nnumber\nmatter food-operation-permit\ntake number\nissued press-2\nshow",
        ),
        expect![[r#"
            ! check in press-1-: 12345678
            ! ask press-2-: food-operation-permit, no answers
            ! print press-2- for ticket 23: ticket A023 Zh
            == 09:41 Zh
            number A023 for 食品经营许可（新办）　市场监督管理局
              5 before, 20–30 min, at 10:01–10:11, 等候区 A windows A01–A02、A04
              paper Coming, notice false, reprint false, asked in 60 s
        "#]],
    );
}
