//! Where lines break, by examples.

use expect_test::{Expect, expect};

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
    check("标明功能区、面积和人流物流方向。", 10, &expect!["标明功能|区、面积和|人流物流|方向。"]);
}

#[test]
fn no_line_ends_with_an_opening_mark() {
    check("办理食品经营许可（新办）", 18, &expect!["办理食品经营许可|（新办）"]);
    check("依据《食品安全法》", 6, &expect!["依据|《食品|安全|法》"]);
}

#[test]
fn numbers_dates_and_identifiers_stay_whole() {
    check("电话投诉请打12345热线", 16, &expect!["电话投诉请打|12345热线"]);
    check("最晚在2026年11月27日办好", 16, &expect!["最晚在|2026年11月27日|办好"]);
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
fn a_telephone_number_stays_whole_however_it_is_written() {
    for number in ["010 6500 1234", "+86-10-6500 1234", "+86 10 6500 1234", "(010) 6500 1234"] {
        let lines = wrap(&format!("有疑问请打电话问 {number} 转 801"), 20, "");
        assert!(lines.iter().any(|it| it.contains(number)), "{lines:?}");
    }
    check("numbers 1042 1043 1044 1045", 14, &expect!["numbers|1042 1043 1044|1045"]);
}

#[test]
fn a_date_stays_whole_in_words_too() {
    check("Handed in on 27 November 2026", 18, &expect!["Handed in on|27 November 2026"]);
    check("Handed in November 27, 2026, done", 18, &expect!["Handed in|November 27, 2026,|done"]);
    check("最晚在 2026 年 11 月 27 日办好", 20, &expect!["最晚在|2026 年 11 月 27 日|办好"]);
}

#[test]
fn letters_with_marks_are_letters() {
    check("François Müller’s Łódź", 12, &expect!["François|Müller’s|Łódź"]);
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
    check("http://192.168.1.10:8080/t/abcdef", 16, &expect!["http://192.168.|1.10:8080/t/|abcdef"]);
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

#[test]
fn a_last_word_gets_company() {
    check("只销售预包装食品", 14, &expect!["只销售预包装|食品"]);
    check(
        "Scan to see how many are before you",
        31,
        &expect!["Scan to see how many are|before you"],
    );
    check("原件一份，复印件 1 份", 16, &expect!["原件一份，复印件|1 份"]);
}

#[test]
fn a_short_aside_stays_whole() {
    check("连锁企业总部证明（有就带）", 22, &expect!["连锁企业总部证明|（有就带）"]);
    check("餐饮服务（饭店、奶茶店等）", 14, &expect!["餐饮服务（饭|店、奶茶店等）"]);
}

#[test]
fn lines_in_the_middle_are_even() {
    let even = |text, columns| wrap_evenly(text, columns).join("|");
    expect!["When you come back,|scan this at the kiosk."]
        .assert_eq(&even("When you come back, scan this at the kiosk.", 32));
    expect!["过号后 30 分钟内可在|本机重新排入一次。"]
        .assert_eq(&even("过号后 30 分钟内可在本机重新排入一次。", 32));
}
