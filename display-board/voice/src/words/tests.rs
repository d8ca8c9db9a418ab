//! The sentences, word by word.

use expect_test::{Expect, expect};

use super::*;

fn check(number: &str, window: &str, expected: &Expect) {
    let announcement = Announcement::new(number, window);
    let lines = [
        words(&announcement, Language::Zh, DigitOne::Yi),
        words(&announcement, Language::Zh, DigitOne::Yao),
        words(&announcement, Language::En, DigitOne::Yi),
    ];
    expected.assert_eq(&lines.join("\n"));
}

#[test]
fn a_number_is_read_digit_by_digit_and_a_window_as_an_ordinal() {
    check(
        "A012",
        "12",
        &expect![[r"
            请A零一二号到十二号窗口办理
            请A零幺二号到十二号窗口办理
            ticket A zero one two, please go to counter one two"]],
    );
}

#[test]
fn a_labelled_window_is_read_as_painted() {
    check(
        "C057",
        "A02",
        &expect![[r"
            请C零五七号到A零二窗口办理
            请C零五七号到A零二窗口办理
            ticket C zero five seven, please go to counter A zero two"]],
    );
}

#[test]
fn a_window_is_never_yao() {
    check(
        "AB1101",
        "01",
        &expect![[r"
            请AB一一零一号到一号窗口办理
            请AB幺幺零幺号到一号窗口办理
            ticket A B one one zero one, please go to counter one"]],
    );
}

#[test]
fn cardinals_below_a_thousand() {
    let numbers = [1, 9, 10, 12, 20, 21, 99, 100, 101, 110, 112, 120, 999];
    let spoken: Vec<String> = numbers.iter().map(|it| zh_number(*it)).collect();
    expect![
        "一 九 十 十二 二十 二十一 九十九 一百 一百零一 一百一十 一百一十二 一百二十 九百九十九"
    ]
    .assert_eq(&spoken.join(" "));
}
