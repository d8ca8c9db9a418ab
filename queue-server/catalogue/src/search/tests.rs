//! What visitors type and what they find.

use expect_test::{Expect, expect};

use crate::demo;

#[track_caller]
fn check(typed: &str, expected: &Expect) {
    let catalogue = demo::catalogue();
    let found: Vec<&str> = catalogue.find(typed).iter().map(|it| it.short.zh.as_str()).collect();
    expected.assert_eq(&found.join(" "));
}

#[test]
fn characters_are_found() {
    check("身份证", &expect!["身份证"]);
    check("护照", &expect!["护照"]);
    check("上户口", &expect!["新生儿落户"]);
    check("税务局", &expect!["发票"]);
}

#[test]
fn pinyin_is_found_whole_in_part_and_by_initials() {
    check("shenfenzheng", &expect!["身份证"]);
    check("shen fen zheng", &expect!["身份证"]);
    check("sfz", &expect!["身份证"]);
    check("shenfen", &expect!["身份证"]);
    check("shenf", &expect!["身份证"]);
    check("身fz", &expect!["身份证"]);
    check("gszc", &expect!["公司开办"]);
}

#[test]
fn a_character_with_two_readings_is_found_by_both() {
    check("canyin", &expect![[r#""#]]);
    check("xingshi", &expect![[r#""#]]);
}

#[test]
fn english_is_found_at_the_beginning_of_words() {
    check("passport", &expect!["护照"]);
    check("Driving lic", &expect!["驾驶证"]);
    check("port", &expect![[r#""#]]);
}

#[test]
fn nothing_typed_finds_nothing() {
    check("", &expect![[r#""#]]);
    check("  ", &expect![[r#""#]]);
    check("zzzz", &expect![[r#""#]]);
}
