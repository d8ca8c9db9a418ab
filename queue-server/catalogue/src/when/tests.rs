//! Facts about conditions.

use expect_test::{Expect, expect};

use super::{DEPTH_MAX, When};
use crate::situation::{Situation, Truth};
use crate::{Answers, Matter, SourceFile, UNSURE};

fn when(text: &str) -> When {
    When::try_from(text.to_owned()).unwrap()
}

/// A shop: premises (own, rent), then, if rented, the lease (yes, no),
/// then the trades (food, drink, none).
fn shop() -> Matter {
    let text = format!(
        "{}\n{}",
        include_str!("../read/spare-matter.toml"),
        r#"
[[questions]]
id = "place"
text = { zh = "场所", en = "Place" }
choose = "one"
options = [{ id = "own", zh = "自有", en = "Own" }, { id = "rent", zh = "租", en = "Rent" }]

[[questions]]
id = "lease"
text = { zh = "租约", en = "Lease" }
choose = "one"
when = "place=rent"
options = [{ id = "yes", zh = "有", en = "Yes" }, { id = "no", zh = "没有", en = "No" }]

[[questions]]
id = "trade"
text = { zh = "经营", en = "Trade" }
choose = "many"
options = [{ id = "food", zh = "食品", en = "Food" }, { id = "drink", zh = "饮料", en = "Drink" }, { id = "none", zh = "没有", en = "None" }]
"#
    );
    let file = SourceFile { name: "shop.toml".to_owned(), text };
    let mut document = crate::Document::parse(&file);
    let matter = document.read("").unwrap();
    assert_eq!(document.into_faults(), []);
    matter
}

fn answers(said: &[(&str, &[&str])]) -> Answers {
    let owned = |ids: &[&str]| ids.iter().map(|&id| id.to_owned()).collect();
    said.iter().map(|&(question, ids)| (question.to_owned(), owned(ids))).collect()
}

#[track_caller]
fn check(text: &str, said: &[(&str, &[&str])], expected: Truth) {
    let (shop, answers) = (shop(), answers(said));
    assert_eq!(when(text).truth(&Situation::of(&shop, &answers)), expected, "{text}");
}

#[test]
fn and_binds_closer_than_or_and_not_closest() {
    let own: &[(&str, &[&str])] = &[("place", &["own"]), ("trade", &["food"])];
    check("place=own or trade=none and trade=drink", own, Truth::Yes);
    check("(place=own or trade=none) and trade=drink", own, Truth::No);
    check("not place=rent and trade=food", own, Truth::Yes);
    check("not (place=own and trade=food)", own, Truth::No);
    check("not not place=own", own, Truth::Yes);
    check(" place = own and(trade!=drink)", own, Truth::Yes);
}

#[test]
fn a_many_question_matches_each_chosen_option() {
    let both: &[(&str, &[&str])] = &[("trade", &["food", "drink"])];
    check("trade=food and trade=drink", both, Truth::Yes);
    check("trade=none", both, Truth::No);
    check("trade!=food", both, Truth::No);
    check("trade!=none", both, Truth::Yes);
}

#[test]
fn a_question_that_is_not_asked_is_neither_equal_nor_different() {
    let own: &[(&str, &[&str])] = &[("place", &["own"]), ("lease", &["yes"])];
    check("lease=yes", own, Truth::No);
    check("lease!=yes", own, Truth::No);
    check("not lease=yes", own, Truth::Yes);
}

#[test]
fn an_open_or_unsure_answer_may_be_anything() {
    check("place=own", &[], Truth::Maybe);
    check("place!=own", &[("place", &[UNSURE])], Truth::Maybe);
    check("not place=own", &[("place", &[UNSURE])], Truth::Maybe);
    check("place=own or trade=food", &[("trade", &["food"])], Truth::Yes);
    check("place=own and trade=food", &[("trade", &["drink"])], Truth::No);
    // The lease is asked because the place may be rented.
    check("lease=yes", &[("place", &[UNSURE]), ("lease", &["yes"])], Truth::Maybe);
    check("lease=no", &[("place", &[UNSURE]), ("lease", &["yes"])], Truth::No);
}

#[test]
fn answers_that_the_question_does_not_offer_count_as_open() {
    check("place=own", &[("place", &["moon"])], Truth::Maybe);
    check("place=own", &[("place", &["own", "rent"])], Truth::Maybe);
    check("trade=food", &[("trade", &["food", "none"])], Truth::Maybe);
    check("trade=food", &[("trade", &["food", UNSURE])], Truth::Maybe);
    check("trade=food", &[("trade", &["food", "food"])], Truth::Maybe);
    check("trade=food", &[("trade", &[])], Truth::Maybe);
}

#[track_caller]
fn check_bad(text: &str, expected: &Expect) {
    let bad = When::try_from(text.to_owned()).unwrap_err();
    expected.assert_eq(&bad.to_string());
}

#[test]
fn a_text_that_is_no_condition_says_where() {
    check_bad("", &expect!["expected a question at character 1 of ``"]);
    check_bad("place", &expect!["expected `=` or `!=` at character 6 of `place`"]);
    check_bad("place=", &expect!["expected an option at character 7 of `place=`"]);
    check_bad("place==own", &expect!["expected an option at character 7 of `place==own`"]);
    check_bad(
        "place=own trade=food",
        &expect!["expected `and`, `or` or the end at character 11 of `place=own trade=food`"],
    );
    check_bad("(place=own", &expect!["expected `)` at character 11 of `(place=own`"]);
    check_bad(
        "place=own)",
        &expect!["expected `and`, `or` or the end at character 10 of `place=own)`"],
    );
    check_bad("or place=own", &expect!["expected a question at character 1 of `or place=own`"]);
    check_bad(
        "place=own and not",
        &expect!["expected a question at character 18 of `place=own and not`"],
    );
    check_bad("场所=own", &expect!["expected a question at character 1 of `场所=own`"]);
    check_bad(
        "place=own，trade=food",
        &expect!["expected `and`, `or` or the end at character 10 of `place=own，trade=food`"],
    );
    check_bad("place!own", &expect!["expected `=` or `!=` at character 6 of `place!own`"]);
}

#[test]
fn brackets_end_somewhere() {
    let deep = |n: usize| format!("{}a=b{}", "(".repeat(n), ")".repeat(n));
    assert!(When::try_from(deep(DEPTH_MAX - 1)).is_ok());
    assert!(When::try_from(deep(DEPTH_MAX)).is_err());
    assert!(When::try_from("(".repeat(100_000)).is_err());
    assert!(When::try_from("not ".repeat(100_000)).is_err());
}

#[test]
fn a_condition_travels_as_its_text() {
    let text = "place=own  or not(trade=food)";
    let json = serde_json::to_string(&when(text)).unwrap();
    assert_eq!(json, format!("{text:?}"));
    assert_eq!(serde_json::from_str::<When>(&json).unwrap(), when(text));
    assert!(serde_json::from_str::<When>("\"a\"").is_err());
}
