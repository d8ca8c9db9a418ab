//! A report of whoever was not helped, and the plan of the hall.

use expect_test::expect;

use crate::story::check;

const ABOUT: &str = "have\nreports\nreport stuck\n";

fn about(story: &str) -> String {
    format!("{ABOUT}{story}")
}

#[test]
fn a_report_has_what_is_known_of_the_visit() {
    check(
        &about(
            "lane A\ntype 23\nenter\nis press-1 serving\nshow\nprinted press-1 done\nshow\nback\nshow",
        ),
        expect![[r#"
            ! find press-1-: A023
            ! print press-1-: report Stuck Zh on A023: lane 市场监管, window A02, taken 2026-11-23T09:41:00, called -; to 咨询台 or 12345
            == 09:41 Zh
            report, paper Coming, reprint false; to ``
            == 09:41 Zh
            report, paper Out, reprint false; to ``
            == 09:41 Zh
            number `A23` of A C E, complete
        "#]],
    );
}

#[test]
fn a_report_needs_no_number() {
    check(
        &about("back\nreport complaint\nshow\nlanguage\nblank\nshow"),
        expect![[r#"
        == 09:41 Zh
        number `` of A C E
        ! print press-1-: report Complaint En on -: lane -, window -, taken -, called -; to the guide desk or 12345
        == 09:41 En
        report, paper Coming, reprint false; to ``
    "#]],
    );
}

#[test]
fn a_report_needs_no_server() {
    check(
        &about("lost\nlane C\ntype 7\nenter\nwait 4\nshow\nis press-1 serving"),
        expect![[r#"
        ! find press-1-: C007
        ! print press-1-: report Stuck Zh on C007: lane 公安户政, window -, taken -, called -; to 咨询台 or 12345
        == 09:41 Zh
        report, paper Coming, reprint false; to ``
    "#]],
    );
    check(
        &about("lane C\ntype 7\nenter\nno press-1 unreachable"),
        expect![[r#"
        ! find press-1-: C007
        ! print press-1-: report Stuck Zh on C007: lane 公安户政, window -, taken -, called -; to 咨询台 or 12345
    "#]],
    );
}

#[test]
fn a_number_that_is_none_of_today_is_typed_again() {
    check(
        &about("lane C\ntype 7\nenter\nno press-1 unknown_ticket\nshow\nback\nshow"),
        expect![[r#"
            ! find press-1-: C007
            == 09:41 Zh
            sorry, Ticket ``: then Again
            == 09:41 Zh
            number `C7` of A C E, complete
        "#]],
    );
}

#[test]
fn a_report_that_did_not_come_out_is_printed_again() {
    check(
        &about("blank\nprinted press-1 no_paper\nshow\nreprint\nprinted press-2 done\nreprint"),
        expect![[r#"
            ! print press-1-: report Stuck Zh on -: lane -, window -, taken -, called -; to 咨询台 or 12345
            == 09:41 Zh
            report, paper NotOut(NoPaper), reprint true; to ``
            ! print press-2-: report Stuck Zh on -: lane -, window -, taken -, called -; to 咨询台 or 12345
        "#]],
    );
}

#[test]
fn without_a_printer_the_visitor_is_told_before() {
    check(
        "printer no_paper\nhave\nreports\nshow\nreport stuck\nshow",
        expect![[r#"
        ! report the printer: Some(NoPaper)
        == 09:41 Zh
        what is it about? printer Some(NoPaper); to `` or 12345
        == 09:41 Zh
        what is it about? printer Some(NoPaper); to `` or 12345
    "#]],
    );
}

#[test]
fn the_plan_lights_the_windows_of_a_lane() {
    check(
        "have\nplan\nshow\nlane E\nshow\nlane C\nshow\nback\nshow",
        expect![[r#"
        == 09:41 Zh
        plan of 15 by 10: windows ``, lit  in 
          [ ] A 市场监管
          [ ] C 公安户政
          [ ] E 不动产登记
        == 09:41 Zh
        plan of 15 by 10: windows `A02–A03`, lit A02 A03 in 等候区 A
          [ ] A 市场监管
          [ ] C 公安户政
          [x] E 不动产登记
        == 09:41 Zh
        plan of 15 by 10: windows `B01`, lit B01 in 等候区 B
          [ ] A 市场监管
          [x] C 公安户政
          [ ] E 不动产登记
        == 09:41 Zh
        what is in the hand
    "#]],
    );
}

#[test]
fn the_plan_lights_the_windows_of_a_ticket() {
    check(
        "number\nmatter food-operation-permit\ntake number\nissued press-1\nplan\nlane C\nshow\nback\nshow",
        expect![[r#"
            ! ask press-1-: food-operation-permit, no answers
            ! print press-1- for ticket 23: ticket A023 Zh
            == 09:41 Zh
            plan of 15 by 10: windows `A01–A02、A04`, lit A01 A02 A04 in 等候区 A
            == 09:41 Zh
            number A023 for 食品经营许可（新办）　市场监督管理局
              5 before, 20–30 min, at 10:01–10:11, 等候区 A windows A01–A02、A04
              paper Coming, notice false, reprint false, asked in 60 s
        "#]],
    );
}

#[test]
fn the_plan_lights_the_window_that_called() {
    check(
        "have\nhave-number\nlane A\ntype 23\nenter\nis press-1 called\nplan\nshow",
        expect![[r#"
            ! find press-1-: A023
            == 09:41 Zh
            plan of 15 by 10: windows `A02` called, lit A02 in 等候区 A
        "#]],
    );
}
