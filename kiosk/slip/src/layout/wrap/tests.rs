//! Where lines break.

use expect_test::{Expect, expect};
use proptest::prelude::*;

use super::*;

fn check(text: &str, columns: usize, expect: &Expect) {
    let lines = wrap(text, columns, "");
    for line in &lines {
        assert!(cells(line) <= columns, "{line:?} is wider than {columns}");
    }
    expect.assert_eq(&(lines.join("|")));
}

#[test]
fn chinese_breaks_anywhere_but_before_a_closing_mark() {
    check("标明功能区、面积和人流物流方向。", 10, &expect!["标明功能|区、面积和|人流物流方|向。"]);
}

#[test]
fn no_line_ends_with_an_opening_mark() {
    check("办理食品经营许可（新办）", 18, &expect!["办理食品经营许可|（新办）"]);
    check("依据《食品安全法》", 6, &expect!["依据|《食品|安全|法》"]);
}

#[test]
fn numbers_dates_and_identifiers_stay_whole() {
    check("电话投诉请打12345热线", 16, &expect!["电话投诉请打|12345热线"]);
    check("最晚在2026年11月27日办好", 16, &expect!["最晚在|2026年11月27日办|好"]);
    check("今天交齐，最晚 2026-11-27 办好", 20, &expect!["今天交齐，最晚|2026-11-27 办好"]);
    check("告知单号是 N-1042 请带好", 14, &expect!["告知单号是|N-1042 请带好"]);
}

#[test]
fn a_number_keeps_its_unit() {
    check("前面还有很多人约 25 分钟", 17, &expect!["前面还有很多人|约 25 分钟"]);
    check("办理时限是 5 个工作日", 12, &expect!["办理时限是|5 个工作日"]);
    check("工本费￥20元", 8, &expect!["工本费|￥20元"]);
}

#[test]
fn english_breaks_by_word() {
    check(
        "Everything handed in today: done by 2026-11-27",
        18,
        &expect!["Everything handed|in today: done by|2026-11-27"],
    );
}

#[test]
fn only_what_is_wider_than_a_line_is_cut() {
    check("http://192.168.1.10:8080/t/abcdef", 16, &expect!["http://192.168.1|.10:8080/t/abcde|f"]);
}

#[test]
fn a_box_hangs_out() {
    let lines = wrap("主要设备设施、经营布局、操作流程等文件", 20, "□ ");
    expect![[r#"
        □ 主要设备设施、经
           营布局、操作流程
           等文件"#]]
    .assert_eq(&lines.join("\n"));
}

#[test]
fn spaces_that_separate_are_kept_within_a_line() {
    check("等候区 A  窗口 A01", 40, &expect!["等候区 A  窗口 A01"]);
    check("  ", 40, &expect![""]);
}

proptest! {
    #[test]
    fn no_line_is_too_wide_and_no_character_is_lost(
        text in "[ a-z0-9一二三（）《》，。：￥…—·、\\-/]{0,80}",
        columns in 8_usize..60,
        boxed in any::<bool>(),
    ) {
        let lead = if boxed { "□ " } else { "" };
        let lines = wrap(&text, columns, lead);
        for line in &lines {
            prop_assert!(cells(line) <= columns, "{:?}", line);
        }
        let got: String = lines.concat().replace([' ', '□'], "");
        prop_assert_eq!(got, text.replace(' ', ""));
    }
}
