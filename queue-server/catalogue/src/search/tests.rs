//! What visitors type and what they find.

use expect_test::{Expect, expect};

use super::{Place, holds};
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
    assert_eq!(holds("银行", "yinhang"), Some(Place::Whole));
    assert_eq!(holds("银行", "yinxing"), Some(Place::Whole));
    assert_eq!(holds("银行", "yh"), Some(Place::Whole));
    assert_eq!(holds("银行", "yhx"), None);
    assert_eq!(holds("建设银行", "yinh"), Some(Place::Inside));
    assert_eq!(holds("建设银行", "js银"), Some(Place::Start));
}

#[test]
fn the_best_fit_comes_first() {
    check(
        "登记",
        &expect![
            "生育登记 民非登记 首次登记 失业登记 新生儿落户 公司开办 灵活就业参保 个体户开办 房产过户 特种设备"
        ],
    );
    check("公安局", &expect!["新生儿落户 驾驶证 户口迁移 身份证 护照 居住证"]);
    check("gtgsh", &expect!["个体户开办"]);
    check("医保", &expect!["灵活就业参保 异地就医"]);
    check("certificate", &expect!["残疾人证"]);
}

#[test]
fn a_long_query_is_cut_and_answered_at_once() {
    check(&"a".repeat(100_000), &expect![[r#""#]]);
    check(&"登".repeat(100_000), &expect![[r#""#]]);
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
