//! The clips, in order.

use expect_test::{Expect, expect};

use super::*;

/// One pass in short: clip names, pauses as dots.
fn check(number: &str, window: &str, language: Language, one: DigitOne, expected: &Expect) {
    let announcement = Announcement::new(number, window);
    let steps = plan(&announcement, language, one);
    let passes = match language {
        Language::Zh => zh_pass(&announcement, one),
        Language::En => en_pass(&announcement),
    };
    assert_eq!(steps.len(), 1 + PASSES * passes.len() + PASSES - 1, "chime, passes, pauses");
    let short: Vec<String> = passes
        .iter()
        .map(|step| match step {
            Step::Clip(path) => {
                path.rsplit('/').next().unwrap().trim_end_matches(".ogg").to_owned()
            }
            Step::Pause(_) => "·".to_owned(),
        })
        .collect();
    expected.assert_eq(&short.join(" "));
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
        &expect!["qing_C · n_057 · p_dao l_A d_0 d_2 p_chuangkou p_banli"],
    );
    check("C057", "A-02", Language::En, DigitOne::Yi, &expect!["t_C · n_05 d_7 · l_A d_0 d_2"]);
}

#[test]
fn long_numbers_and_far_windows_fall_back_to_shorter_clips() {
    check(
        "AB1000",
        "112",
        Language::Zh,
        DigitOne::Yi,
        &expect![
            "qing_A l_B · d_10 d_00 p_hao · p_dao d_1 p_bai d_1 p_shi d_2 p_haochuangkou p_banli"
        ],
    );
    check("012", "112", Language::En, DigitOne::Yi, &expect!["p_ticket · n_01 d_2 · n_11 d_2"]);
}

#[test]
fn a_chime_comes_first_and_the_sentence_twice() {
    let steps = plan(&Announcement::new("A012", "3"), Language::Zh, DigitOne::Yi);
    assert_eq!(steps[0], Step::Clip("common/chime2.ogg".to_owned()));
    assert_eq!(steps[1..6], steps[7..12]);
    assert_eq!(steps[6], Step::Pause(PAUSE_BETWEEN_PASSES_MS));
}
