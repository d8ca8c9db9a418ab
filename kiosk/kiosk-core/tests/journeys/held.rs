//! What the visitor has already: a number, a slip, a return pass.

use expect_test::expect;

use crate::story::{check, tell};

/// The code of a slip, and of a return pass.
const SLIP: &str = "scan http://hall/t/k7Qd2mV9xN4pR8sT1uW6yZ";
const PASS: &str = "scan k7Qd2mV9xN4pR8sT1uW6yZ";

const TYPED: &str = "have\nhave-number\nlane A\ntype 23\nenter\n";

fn typed(story: &str) -> String {
    format!("{TYPED}{story}")
}

#[test]
fn a_number_is_typed_and_its_place_is_told_without_the_matter() {
    check(
        "have\nshow\nhave-number\nshow\ntype 23\nshow\nlane C\nlane A\nshow\nenter\nshow\nwait 1\nshow\nis press-1 waiting\nshow\nback\nshow",
        expect![[r#"
            == 09:41 Zh
            what is in the hand
            == 09:41 Zh
            number `` of A C E
            == 09:41 Zh
            number `23` of A C E
            == 09:41 Zh
            number `A23` of A C E, complete
            ! find press-1-: A023
            == 09:41 Zh
            number `A23` of A C E, complete, asking
            == 09:41 Zh
            looking
            == 09:41 Zh
            A023 stands: Waiting; 5 before, 20–30 min, at 10:01–10:11; 等候区 A  windows A01–A02、A04, slip
            == 09:41 Zh
            number `A23` of A C E, complete
        "#]],
    );
}

#[test]
fn a_pad_takes_what_a_number_can_be() {
    check(
        "have\nhave-number\nenter\ntype 0\nlane A\nshow\ntype a-1234567\nshow\nerase\nshow\nclear\nshow\nback\ncheck-in\ntype 12345x678901234567890\nshow\nclear\ntype 1234567\nenter\nshow",
        expect![[r#"
            == 09:41 Zh
            number `A0` of A C E
            == 09:41 Zh
            number `A01234` of A C E, complete
            == 09:41 Zh
            number `A0123` of A C E, complete
            == 09:41 Zh
            number `` of A C E
            == 09:41 Zh
            code `1234 5678 9012 3456`, complete
            == 09:41 Zh
            code `1234 567`
        "#]],
    );
}

#[test]
fn a_slip_shown_at_home_tells_the_matter_too() {
    check(
        &format!("{SLIP}\nis press-1 waiting\nshow\nback\nshow"),
        expect![[r#"
        ! find press-1- by its paper: k7Qd2mV9xN4pR8sT1uW6yZ
        == 09:41 Zh
        A023 stands: Waiting, for 食品经营许可（新办）; 5 before, 20–30 min, at 10:01–10:11; 等候区 A  windows A01–A02、A04, slip
        == 09:41 Zh
        home: 8 waiting, last 16:45, connected true, numbers true, printer None
          A 市场监管 [5 人] [20–30 分]
          C 公安户政 [] [不用等]
          E 不动产登记 [3 人] []
    "#]],
    );
}

#[test]
fn where_a_ticket_stands_says_what_to_do() {
    for (what, expected) in [
        (
            "called",
            expect![[r#"
            ! find press-1-: A023
            == 09:41 Zh
            A023 stands: Called; 等候区 A  windows A02, slip
        "#]],
        ),
        (
            "serving",
            expect![[r#"
            ! find press-1-: A023
            == 09:41 Zh
            A023 stands: AtWindow; 等候区 A  windows A02
        "#]],
        ),
        (
            "passed-over",
            expect![[r#"
            ! find press-1-: A023
            == 09:41 Zh
            A023 stands: PassedOver; until 09:53; 等候区 A  windows A02
        "#]],
        ),
        (
            "passed-over-long-ago",
            expect![[r#"
            ! find press-1-: A023
            == 09:41 Zh
            A023 stands: TooLate; until 09:40; 等候区 A  windows A02
        "#]],
        ),
        (
            "passed-over-again",
            expect![[r#"
            ! find press-1-: A023
            == 09:41 Zh
            A023 stands: PassedOverAgain; 等候区 A  windows A02
        "#]],
        ),
        (
            "done",
            expect![[r#"
            ! find press-1-: A023
            == 09:41 Zh
            A023 stands: Done; 等候区 A  windows A02
        "#]],
        ),
        (
            "void",
            expect![[r#"
            ! find press-1-: A023
            == 09:41 Zh
            A023 stands: Void; 等候区 A  windows A02
        "#]],
        ),
    ] {
        expected.assert_eq(&tell(&typed(&format!("is press-1 {what}\nshow"))));
    }
}

#[test]
fn who_was_passed_over_is_put_back_once() {
    check(
        &typed("is press-1 passed-over\nrejoin\nrejoin\nshow\nis press-2 waiting\nshow\nrejoin"),
        expect![[r#"
            ! find press-1-: A023
            ! put back press-2-: ticket 23
            == 09:41 Zh
            looking
            == 09:41 Zh
            A023 stands: Rejoined; 5 before, 20–30 min, at 10:01–10:11; 等候区 A  windows A01–A02、A04, slip
        "#]],
    );
}

#[test]
fn a_place_that_is_gone_is_told_and_not_asked_for() {
    check(
        &typed(
            "is press-1 passed-over-long-ago\nrejoin\nhome\nhave\nhave-number\nlane A\ntype 23\nenter\nis press-2 passed-over\nrejoin\nno press-3 too_late\nshow\nnumber\nshow",
        ),
        expect![[r#"
            ! find press-1-: A023
            ! find press-3-: A023
            == 09:41 Zh
            sorry, RejoinLate ``: then TakeNumber
            == 09:41 Zh
            find
              [食品许可] 市场监管
              [身份证] 公安户政
        "#]],
    );
}

#[test]
fn a_slip_is_printed_again_and_says_so() {
    check(
        &format!(
            "{SLIP}\nis press-1 waiting\nslip\nshow\nprinted press-2 done\nback\nslip\nprinted press-3 done\nback\nshow\nslip"
        ),
        expect![[r#"
            ! find press-1- by its paper: k7Qd2mV9xN4pR8sT1uW6yZ
            ! print press-2- for ticket 23: ticket A023 Zh, again
            == 09:41 Zh
            number A023 for 食品经营许可（新办）　市场监督管理局
              5 before, 20–30 min, at 10:01–10:11, 等候区 A windows A01–A02、A04
              paper Coming, notice false, reprint false, asked in 60 s
            ! report press-2- as p-press-2-, ticket 23: done
            ! print press-3- for ticket 23: ticket A023 Zh, again
            ! report press-3- as p-press-3-, ticket 23: done
            == 09:41 Zh
            A023 stands: Waiting, for 食品经营许可（新办）; 5 before, 20–30 min, at 10:01–10:11; 等候区 A  windows A01–A02、A04
        "#]],
    );
}

#[test]
fn a_number_alone_gets_a_slip_without_matter_and_secret() {
    check(
        &typed("is press-1 waiting-unprinted\nslip\nshow\nprinted press-2 done\nreprint"),
        expect![[r#"
            ! find press-1-: A023
            ! print press-2- for ticket 23: ticket A023 Zh
            == 09:41 Zh
            number A023 for 市场监管
              5 before, 20–30 min, at 10:01–10:11, 等候区 A windows A01–A02、A04
              paper Coming, notice false, reprint false, asked in 60 s
            ! report press-2- as p-press-2-, ticket 23: done
            ! print press-3- for ticket 23: ticket A023 Zh, again
        "#]],
    );
}

#[test]
fn a_printer_that_cannot_prints_no_slip() {
    check(
        &typed("is press-1 waiting\nprinter no_paper\nslip\nshow"),
        expect![[r#"
        ! find press-1-: A023
        ! report the printer: Some(NoPaper)
        == 09:41 Zh
        A023 stands: Waiting; 5 before, 20–30 min, at 10:01–10:11; 等候区 A  windows A01–A02、A04, slip
    "#]],
    );
}

#[test]
fn a_return_pass_becomes_a_number_when_its_holder_says_so() {
    check(
        &format!(
            "{PASS}\npass press-1\nshow\ncome-back\nissued press-2\nshow\nprinted press-2 done"
        ),
        expect![[r#"
            ! find pass press-1-: k7Qd2mV9xN4pR8sT1uW6yZ
            == 09:41 Zh
            return pass for 食品经营许可（新办）, until 11月30日, windows A01–A02、A04
            ! ask press-2-: food-operation-permit, no answers
            ! print press-2- for ticket 23: ticket A023 Zh
            == 09:41 Zh
            number A023 for 食品经营许可（新办）　市场监督管理局
              5 before, 20–30 min, at 10:01–10:11, 等候区 A windows A01–A02、A04
              paper Coming, notice false, reprint false, asked in 60 s
            ! report press-2- as p-press-2-, ticket 23: done
        "#]],
    );
}

#[test]
fn a_pass_shown_again_leads_to_its_ticket() {
    check(
        &format!("{PASS}\npass press-1 used\nshow"),
        expect![[r#"
        ! find pass press-1-: k7Qd2mV9xN4pR8sT1uW6yZ
        == 09:41 Zh
        A023 stands: Waiting, for 食品经营许可（新办）; 5 before, 20–30 min, at 10:01–10:11; 等候区 A  windows A01–A02、A04, slip
    "#]],
    );
}

#[test]
fn the_slip_of_who_waited_in_vain_is_a_pass() {
    check(
        &format!(
            "{SLIP}\nno press-1 unknown_ticket\npass press-1\nshow\nhome\n{SLIP}\nno press-2 unknown_ticket\nno press-2 pass_invalid\nshow"
        ),
        expect![[r#"
            ! find press-1- by its paper: k7Qd2mV9xN4pR8sT1uW6yZ
            ! find pass press-1-: k7Qd2mV9xN4pR8sT1uW6yZ
            == 09:41 Zh
            return pass for 食品经营许可（新办）, until 11月30日, windows A01–A02、A04
            ! find press-2- by its paper: k7Qd2mV9xN4pR8sT1uW6yZ
            ! find pass press-2-: k7Qd2mV9xN4pR8sT1uW6yZ
            == 09:41 Zh
            sorry, Pass ``: then TakeNumber
        "#]],
    );
}

#[test]
fn no_number_is_made_up_for_a_pass_while_the_server_is_away() {
    check(
        &format!(
            "leased 23\n{PASS}\npass press-1\ncome-back\nwait 9\nshow\ntry-again\nissued press-2\nshow"
        ),
        expect![[r#"
            ! find pass press-1-: k7Qd2mV9xN4pR8sT1uW6yZ
            ! ask press-2-: food-operation-permit, no answers
            == 09:41 Zh
            sorry, AwayBooked ``: then TryAgain
            ! ask press-2-: food-operation-permit, no answers
            ! print press-2- for ticket 23: ticket A023 Zh
            == 09:41 Zh
            number A023 for 食品经营许可（新办）　市场监督管理局
              5 before, 20–30 min, at 10:01–10:11, 等候区 A windows A01–A02、A04
              paper Coming, notice false, reprint false, asked in 60 s
        "#]],
    );
}

#[test]
fn an_absent_server_is_told_and_asked_again_with_the_same_id() {
    check(
        &typed("lost\nwait 4\nshow\ntry-again\nis press-1 waiting\nshow\nis press-1 done\nshow"),
        expect![[r#"
            ! find press-1-: A023
            == 09:41 Zh
            sorry, Away ``: then TryAgain
            ! find press-1-: A023
            == 09:41 Zh
            A023 stands: Waiting; 5 before, 20–30 min, at 10:01–10:11; 等候区 A  windows A01–A02、A04, slip
            == 09:41 Zh
            A023 stands: Waiting; 5 before, 20–30 min, at 10:01–10:11; 等候区 A  windows A01–A02、A04, slip
        "#]],
    );
}

#[test]
fn codes_that_are_none_of_ours_say_so() {
    check(
        "scan https://www.example.com/\nshow\nscan N-1042\nshow\nback\nshow",
        expect![[r#"
        == 09:41 Zh
        sorry, Unreadable ``: then Home
        == 09:41 Zh
        sorry, Notice ``: then TakeNumber
        == 09:41 Zh
        home: 8 waiting, last 16:45, connected true, numbers true, printer None
          A 市场监管 [5 人] [20–30 分]
          C 公安户政 [] [不用等]
          E 不动产登记 [3 人] []
    "#]],
    );
}

#[test]
fn a_scan_amid_another_errand_changes_nothing() {
    check(
        &format!("number\n{SLIP}\nshow"),
        expect![[r#"
            == 09:41 Zh
            find
              [食品许可] 市场监管
              [身份证] 公安户政
        "#]],
    );
}

#[test]
fn the_second_half_of_a_double_press_does_nothing_on_the_page_that_came() {
    check(
        &typed("is press-1 passed-over\nat-once rejoin\nshow"),
        expect![[r#"
        ! find press-1-: A023
        == 09:41 Zh
        A023 stands: PassedOver; until 09:53; 等候区 A  windows A02
    "#]],
    );
}

#[test]
fn nothing_of_it_is_left_for_the_next_visitor() {
    check(
        &format!(
            "{SLIP}\nis press-1 waiting\nwait 91\nshow\nhave\nhave-number\nshow\nis press-1 waiting\nshow"
        ),
        expect![[r#"
            ! find press-1- by its paper: k7Qd2mV9xN4pR8sT1uW6yZ
            == 09:42 Zh
            home: 8 waiting, last 16:45, connected true, numbers true, printer None
              A 市场监管 [5 人] [20–30 分]
              C 公安户政 [] [不用等]
              E 不动产登记 [3 人] []
            == 09:42 Zh
            number `` of A C E
            == 09:42 Zh
            number `` of A C E
        "#]],
    );
}
