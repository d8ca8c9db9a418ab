//! Texts of a kiosk, clip by clip.

use expect_test::{Expect, expect};

use super::*;
use crate::tests_pack::{shipped, short};

fn check(guidance: Guidance, language: Language, expected: &Expect) {
    let plan = guide(&[guidance], language, DigitOne::Yi, &shipped());
    expected.assert_eq(&format!("{} | {}", short(&plan.steps), plan.lacking.join(" ")));
}

fn text(text: &str) -> Guidance {
    Guidance::Text(text.to_owned())
}

#[test]
fn a_text_is_said_by_its_phrases() {
    check(text("请您稍候。"), Language::Zh, &expect!["p_qing_denghou | "]);
    check(
        text("请注意，您已过号。请重新取号！"),
        Language::Zh,
        &expect![["p_qing_zhuyi · p_guohao · p_chongxin | "]],
    );
    check(text("Please wait."), Language::En, &expect!["p_pleasewait | "]);
    check(text("到3号窗口办理"), Language::Zh, &expect![" | 到3号窗口办理"]);
}

#[test]
fn a_key_is_spelt_and_so_is_the_letter_of_a_lane() {
    check(text("7"), Language::Zh, &expect!["d_7 | "]);
    check(text("a"), Language::En, &expect!["l_A | "]);
    check(text("A 请您稍候"), Language::Zh, &expect!["l_A · p_qing_denghou | "]);
    check(text("Ab"), Language::En, &expect![" | Ab"]);
}

#[test]
fn the_longest_phrase_wins() {
    check(text("距离下班还有十分钟，请尽快办理。"), Language::Zh, &expect!["p_jijiang | "]);
}

#[test]
fn a_text_that_is_not_all_known_is_not_half_said() {
    check(text("请注意。请选择事项。"), Language::Zh, &expect![" | 请选择事项"]);
    let all = [text("请选择事项"), Guidance::Number("A012".to_owned())];
    let plan = guide(&all, Language::Zh, DigitOne::Yi, &shipped());
    assert_eq!(short(&plan.steps), "l_A n_012", "the rest is said");
}

#[test]
fn a_number_and_the_way_are_said_as_in_a_call() {
    let all = [Guidance::Number("A012".to_owned()), Guidance::Window("3".to_owned())];
    let said = |language| short(&guide(&all, language, DigitOne::Yi, &shipped()).steps);
    assert_eq!(said(Language::Zh), "l_A n_012 · w_3");
    assert_eq!(said(Language::En), "t_A n_01 d_2 · w_3");
}
