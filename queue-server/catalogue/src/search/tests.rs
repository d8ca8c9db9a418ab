//! What visitors type and what they find.

use std::collections::BTreeMap;

use expect_test::{Expect, expect};

use super::exact::{self, Place};
use super::index::{Part, Phrase};
use crate::demo;

/// How people ask: matter, kind of asking, what is typed.
const QUERIES: &str = include_str!("../../tests/queries.tsv");

/// Pairs of signs that one search may compare: a few milliseconds.
const COMPARED_MAX: usize = 750_000;

/// Where a matter that one looks for may stand.
const FIRST: usize = 3;

struct Asked {
    matter: &'static str,
    kind: &'static str,
    typed: &'static str,
}

fn asked() -> impl Iterator<Item = Asked> {
    QUERIES.lines().filter(|line| !line.starts_with('#')).map(|line| {
        let mut parts = line.split('\t');
        let mut part = || parts.next().expect("matter, kind, query");
        Asked { matter: part(), kind: part(), typed: part() }
    })
}

fn is_among_the_first(matter: &str, typed: &str) -> bool {
    demo::catalogue().find(typed, &[]).iter().take(FIRST).any(|it| it.id == matter)
}

#[track_caller]
fn check(typed: &str, expected: &Expect) {
    let catalogue = demo::catalogue();
    let found: Vec<&str> =
        catalogue.find(typed, &[]).iter().map(|it| it.short.zh.as_str()).collect();
    expected.assert_eq(&found.join(" "));
}

fn holds(text: &str, typed: &str) -> Option<Place> {
    let typed: Vec<char> = typed.chars().collect();
    exact::holds(&Phrase::of(Part::Keyword, text).signs, &typed)
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
    check("shenf", &expect!["身份证 卫生许可 预包装备案"]);
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
            "生育登记 民非登记 首次登记 失业登记 新生儿落户 公司开办 灵活就业参保 个体户开办 房产过户 特种设备 发票 居住证"
        ],
    );
    check("公安局", &expect!["新生儿落户 驾驶证 户口迁移 身份证 护照 居住证"]);
    check("gtgsh", &expect!["个体户开办"]);
    check("医保", &expect!["灵活就业参保 异地就医"]);
    check("certificate", &expect!["残疾人证 新生儿落户 护士注册 房产过户 教师资格"]);
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
    check("port", &expect![""]);
}

#[test]
fn nothing_typed_finds_nothing() {
    check("", &expect![[r#""#]]);
    check("  ", &expect![[r#""#]]);
    check("zzzz", &expect![[r#""#]]);
}

#[test]
fn every_matter_is_found_however_it_is_asked_for() {
    let lost: Vec<&str> =
        asked().filter(|it| !is_among_the_first(it.matter, it.typed)).map(|it| it.typed).collect();
    assert_eq!(lost, Vec::<&str>::new());
}

#[test]
fn every_matter_is_asked_for_in_every_way() {
    let mut kinds: BTreeMap<&str, BTreeMap<&str, usize>> = BTreeMap::new();
    for it in asked() {
        *kinds.entry(it.matter).or_default().entry(it.kind).or_default() += 1;
    }
    let matters: Vec<&str> = demo::catalogue().matters.iter().map(|it| it.id.as_str()).collect();
    assert_eq!(kinds.keys().copied().collect::<Vec<_>>(), matters);
    for (matter, kinds) in kinds {
        let all = ["english", "initials", "pinyin", "sentence", "typo", "words"];
        assert_eq!(kinds.keys().copied().collect::<Vec<_>>(), all, "{matter}");
        assert!(kinds.values().sum::<usize>() >= 12, "{matter}");
    }
}

/// One typing error, in every fifth way, in everything that is typed in
/// letters: one left out, pressed twice, swapped with the next, or its neighbour pressed.
#[test]
fn one_typing_error_is_forgiven() {
    let (mut n_typed, mut n_found) = (0, 0);
    for it in asked().filter(|it| matches!(it.kind, "pinyin" | "english") && it.typed.len() >= 6) {
        for typed in misspelt(it.typed).into_iter().step_by(5) {
            n_typed += 1;
            n_found += usize::from(is_among_the_first(it.matter, &typed));
        }
    }
    assert!(n_typed > 1_000, "{n_typed}");
    assert!(n_found * 100 >= n_typed * 97, "{n_found} of {n_typed}");
}

fn misspelt(typed: &str) -> Vec<String> {
    let mut all = Vec::new();
    for at in 0..typed.len() {
        let (before, letter, after) = (&typed[..at], &typed[at..=at], &typed[at + 1..]);
        all.push(format!("{before}{after}"));
        all.push(format!("{before}{letter}{letter}{after}"));
        if let Some(next) = after.get(..1) {
            all.push(format!("{before}{next}{letter}{}", &after[1..]));
        }
        for row in ["qwertyuiop", "asdfghjkl", "zxcvbnm"] {
            if let Some(key) = row.find(letter) {
                let beside = row.get(key + 1..key + 2).unwrap_or_else(|| &row[key - 1..key]);
                all.push(format!("{before}{beside}{after}"));
            }
        }
    }
    all
}

#[test]
fn speakers_of_the_south_are_understood() {
    check("senfenzen", &expect!["身份证 灵活就业参保 个体户开办"]);
    check("fuzao", &expect!["护照"]);
    check("laolianzen", &expect!["老年证 驾驶证 教师资格"]);
    check("lvguan", &expect!["卫生许可"]);
    check("luguan", &expect!["卫生许可"]);
}

#[test]
fn whole_sentences_are_understood() {
    check("我要办身份证", &expect!["身份证"]);
    check("怎么换驾照？", &expect!["驾驶证"]);
    check("woyaobanhuzhao", &expect!["护照"]);
    check("How do I renew my driver's license?", &expect!["驾驶证"]);
    check("permit for food", &expect!["食品许可"]);
    check("户照", &expect!["护照 个体户开办"]);
}

#[test]
fn of_equal_fit_the_most_used_comes_first() {
    let catalogue = demo::catalogue();
    let first = |most_used: &[String]| catalogue.find("营业执照", most_used)[0].id.clone();
    assert_eq!(first(&[]), "company-registration");
    let used = ["id-card-renewal", "individual-business-registration"].map(str::to_owned);
    assert_eq!(first(&used), "individual-business-registration");
}

#[test]
fn what_means_nothing_finds_nothing() {
    for typed in
        ["qqq", "abc", "abcd", "qwerty", "asdfgh", "hello", "1234", "xxxxx", "你好", "，。！"]
    {
        check(typed, &expect![[r#""#]]);
    }
}

#[test]
fn a_search_compares_little() {
    let catalogue = demo::catalogue();
    let long = "woyaobanyingyezhizhaohaiyaobanshenfenzhenghehuzhaohaiyoujiazhao";
    let most = asked().map(|it| it.typed).chain([long]).map(|it| catalogue.find_counted(it, &[]).1);
    let most = most.max().unwrap_or_default();
    assert!((1..COMPARED_MAX).contains(&most), "{most}");
}
