//! The clips, in order.

use expect_test::{Expect, expect};

use super::*;
use crate::tests_pack::{only, shipped, short};

/// One pass without its chime.
fn one_pass(number: &str, window: &str, language: Language, one: DigitOne) -> String {
    let manner = Manner { languages: vec![language], passes: 1, one };
    let plan = plan(&Announcement::new(number, window), &manner, &shipped());
    assert_eq!(plan.lacking, [""; 0]);
    short(&plan.steps[1..])
}

fn check(number: &str, window: &str, language: Language, one: DigitOne, expected: &Expect) {
    expected.assert_eq(&one_pass(number, window, language, one));
}

#[test]
fn three_chunks_say_an_ordinary_call() {
    check("A012", "3", Language::Zh, DigitOne::Yi, &expect!["qing_A · n_012 · w_3"]);
    check("A012", "3", Language::En, DigitOne::Yi, &expect!["t_A · n_01 d_2 · w_3"]);
}

#[test]
fn yao_is_spelled_only_where_there_is_a_one() {
    check(
        "A012",
        "11",
        Language::Zh,
        DigitOne::Yao,
        &expect!["qing_A · d_0 p_yao d_2 p_hao · w_11"],
    );
    check("A022", "11", Language::Zh, DigitOne::Yao, &expect!["qing_A · n_022 · w_11"]);
}

#[test]
fn a_labelled_window_is_spelled() {
    check(
        "C057",
        "A02",
        Language::Zh,
        DigitOne::Yi,
        &expect!["qing_C · n_057 · p_dao l_A d_02 p_chuangkou p_banli"],
    );
    check("C057", "A-02", Language::En, DigitOne::Yi, &expect!["t_C · n_05 d_7 · l_A n_02"]);
}

#[test]
fn long_numbers_and_far_windows_are_built_from_parts() {
    check(
        "AB1000",
        "112",
        Language::Zh,
        DigitOne::Yi,
        &expect![
            "qing_A l_B · d_10 d_00 p_hao · p_dao d_1 p_bai d_1 p_shi d_2 p_haochuangkou p_banli"
        ],
    );
    check("012", "112", Language::En, DigitOne::Yi, &expect!["p_ticket · n_01 d_2 · w_1 n_12"]);
    check("A1234", "105", Language::En, DigitOne::Yi, &expect!["t_A · n_12 n_34 · w_1 n_05"]);
}

#[test]
fn leading_zeros_are_spoken() {
    for (number, clips) in [("A1", "n_1"), ("A01", "n_01"), ("A001", "n_001"), ("A000", "n_000")] {
        let said = one_pass(number, "3", Language::Zh, DigitOne::Yi);
        assert_eq!(said, format!("qing_A · {clips} · w_3"));
    }
}

#[test]
fn a_chime_comes_first_then_the_sentence_twice_and_the_other_language_once() {
    let manner = Manner { languages: vec![Language::Zh, Language::En], ..Manner::default() };
    let plan = plan(&Announcement::new("A012", "3"), &manner, &shipped());
    expect!["chime2 qing_A · n_012 · w_3 · qing_A · n_012 · w_3 · t_A · n_01 d_2 · w_3"]
        .assert_eq(&short(&plan.steps));
    assert_eq!(plan.steps[6], Step::Pause(PAUSE_BETWEEN_PASSES_MS));
    assert_eq!(plan.steps[12], Step::Pause(PAUSE_BETWEEN_PASSES_MS));
}

#[test]
fn a_hall_s_own_pack_of_letters_and_digits_says_everything() {
    let own = only(
        "zh/p_qing zh/l_A zh/d_0 zh/d_1 zh/d_2 zh/d_3 zh/p_hao zh/p_dao zh/p_shi zh/p_chuangkou \
         zh/p_banli",
    );
    let plan = plan(&Announcement::new("A0123", "12"), &Manner::default(), &own);
    assert_eq!(plan.lacking, [""; 0]);
    let expected =
        "p_qing l_A · d_0 d_1 d_2 d_3 p_hao · p_dao p_shi d_2 p_hao p_chuangkou p_banli ·";
    assert!(short(&plan.steps).starts_with(expected));
}

#[test]
fn a_sentence_with_a_digit_missing_is_not_spoken_at_all() {
    let own = only("common/chime2 zh/p_qing zh/l_A zh/d_0 zh/p_hao zh/w_3");
    let manner = Manner { languages: vec![Language::Zh, Language::En], ..Manner::default() };
    let plan = plan(&Announcement::new("A07", "3"), &manner, &own);
    assert_eq!(short(&plan.steps), "chime2");
    assert_eq!(plan.lacking, ["zh/d_7", "en/l_A", "en/d_0", "en/d_7", "en/d_3"]);
}

#[test]
fn the_shipped_pack_lacks_nothing_for_any_number_and_window() {
    let has = shipped();
    for one in [DigitOne::Yi, DigitOne::Yao] {
        let manner = Manner { languages: vec![Language::Zh, Language::En], passes: 1, one };
        for n in 0..10_000 {
            let letter = char::from(b'A' + u8::try_from(n % 26).unwrap());
            let width = 1 + n / 7 % 4;
            let number = format!("{letter}{n:0width$}");
            let plan = plan(&Announcement::new(&number, &(1 + n % 999).to_string()), &manner, &has);
            assert_eq!(plan.lacking, [""; 0], "{number}");
        }
    }
}
