//! What the publishing gate refuses, each in the words of a person who
//! keeps the files.

use std::fmt::Write as _;

use expect_test::{Expect, expect};

use crate::{SourceFile, Workdays, demo, read};

const FOOD: &str = "food-operation-permit";

/// Puts other words in demo matters (`file`, `old`, `new`) and shows
/// what the gate says then.
#[track_caller]
fn check(changes: &[(&str, &str, &str)], expected: &Expect) {
    let mut files = demo::files("matters");
    for &(name, old, new) in changes {
        let file = files.iter_mut().find(|it| it.name.contains(name)).unwrap();
        assert!(file.text.contains(old), "`{old}` is not in {name}");
        file.text = file.text.replacen(old, new, 1);
    }
    show(&files, expected);
}

#[track_caller]
fn show(files: &[SourceFile], expected: &Expect) {
    let (catalogue, faults) = read(files, Workdays::default(), &demo::terms());
    let mut seen = String::new();
    for fault in &faults {
        writeln!(seen, "{fault}").unwrap();
    }
    // A matter with a fault is not published.
    let broken = files.iter().filter(|file| faults.iter().any(|it| it.file == file.name));
    assert_eq!(catalogue.matters.len() + broken.count(), files.len());
    expected.assert_eq(&seen);
}

#[test]
fn names_that_name_no_paper() {
    check(
        &[
            (FOOD, r#"zh = "食品经营许可申请书""#, r#"zh = "申请书及其他材料""#),
            ("senior-card", "[[materials]]", CATCH_ALL_EN),
        ],
        &expect![[r#"
            matters/food-operation-permit.toml:123: `其他材料` names no paper; name each one
            matters/senior-card.toml:87: `other documents` names no paper; name each one
        "#]],
    );
}

const CATCH_ALL_EN: &str = r#"
[[materials]]
id = "more"
name = { zh = "登记表", en = "Form and Other Documents" }
class = "other"
source = "self"
media = "paper"
original = 1
copies = 0
need = "required"

[[materials]]"#;

#[test]
fn conditions_on_what_is_not_asked() {
    check(
        &[
            (FOOD, r#"when = "scope=prepackaged""#, r#"when = "scope=packaged""#),
            (FOOD, r#"when = "scope=farm""#, r#"when = "area=farm""#),
            ("realty-first", r#"choose = "one""#, "choose = \"one\"\nwhen = \"mortgage=yes\""),
        ],
        &expect![[r#"
            matters/food-operation-permit.toml:111: question `scope` has no option `packaged`
            matters/food-operation-permit.toml:117: there is no question `area`
            matters/realty-first.toml:99: there is no question `mortgage`
        "#]],
    );
}

#[test]
fn a_paper_that_nobody_is_ever_asked_for() {
    check(
        &[("birth-registration", r#"when = "born=here""#, r#"when = "born=home""#)],
        &expect![[r#"
            matters/birth-registration.toml:123: `born=home` holds in no situation
        "#]],
    );
}

#[test]
fn a_situation_in_which_nobody_is_told_anything() {
    let file = SourceFile {
        name: "matters/spare.toml".to_owned(),
        text: format!("{}{}", include_str!("../read/spare-matter.toml"), SILENT),
    };
    show(
        &[file],
        &expect![[r#"
        matters/spare.toml:29: 2 of 4 situations lead to no paper and no redirect, for instance `who=agent`
    "#]],
    );
}

const SILENT: &str = r#"
[[basis]]
law = "行政许可法"
article = "第三十二条"
verified = "text"

[[steps]]
id = "apply"
name = { zh = "申请", en = "Apply" }

[[questions]]
id = "who"
text = { zh = "谁来办？", en = "Who?" }
choose = "many"
options = [
  { id = "self", zh = "本人", en = "Self" },
  { id = "agent", zh = "代办人", en = "Agent" },
  { id = "none", zh = "没有人", en = "Nobody" },
]

[[materials]]
id = "id-card"
name = { zh = "身份证", en = "Identity card" }
class = "certificate"
source = "government"
media = "either"
original = 1
copies = 0
need = "required"
when = "who=self"
"#;

#[test]
fn one_paper_with_two_meanings() {
    check(
        &[
            ("senior-card", r#"id = "id-card""#, r#"id = "hukou-book""#),
            ("senior-card", r#"zh = "民政局""#, r#"zh = "民政厅""#),
        ],
        &expect![[r#"
            matters/senior-card.toml:17: department `mzj` is `民政局 / Civil Affairs Bureau` in matters/minimum-living-allowance.toml:17
            matters/senior-card.toml:86: paper `hukou-book` is `居民户口簿 / Household register (hukou book)` in matters/birth-plan-registration.toml:113
        "#]],
    );
}

#[test]
fn what_the_guide_must_have() {
    check(
        &[
            (
                "senior-card",
                "[[basis]]",
                "[[fees]]\nitem = { zh = \"卡\", en = \"Card\" }\namount = 1.234\nunit = { zh = \"元\", en = \"CNY\" }\nbasis = \"\"\n\n[[basis]]",
            ),
            ("passport", "basis = \"发改价格〔2019〕914号\"", "basis = \"\""),
            ("nurse-registration", "promised = { value = 5", "promised = { value = 50"),
            ("teacher-qualification", "promised = { value = 20, unit = \"workday\" }\n", ""),
            ("unemployment", "[[basis]]\nlaw", "[[grounds]]\nlaw"),
            ("pension-claim", "material = \"", "material = \"no-"),
            ("road-freight", "[contact]", "[contacts]"),
        ],
        &expect![[r#"
            matters/nurse-registration.toml:26: promised limit is longer than the statutory
            matters/passport-ordinary.toml:67: fee without basis
            matters/pension-claim.toml:234: there is no paper `no-personnel-file`
            matters/road-freight-permit.toml:1: missing field `contact`
            matters/road-freight-permit.toml:229: unknown field `contacts`, expected one of `schema`, `id`, `revision`, `name`, `short`, `keywords`, `department`, `category`, `kind`, `audience`, `events`, `lane`, `service_minutes`, `visits`, `partners`, `time`, `periods`, `channels`, `result`, `basis`, `fees`, `steps`, `questions`, `redirects`, `materials`, `rejections`, `contact`
            matters/senior-card.toml:45: a fee is a number of yuan with at most two decimals
            matters/teacher-qualification.toml:25: missing field `promised`
            matters/unemployment-registration.toml:43: unknown field `grounds`, expected one of `schema`, `id`, `revision`, `name`, `short`, `keywords`, `department`, `category`, `kind`, `audience`, `events`, `lane`, `service_minutes`, `visits`, `partners`, `time`, `periods`, `channels`, `result`, `basis`, `fees`, `steps`, `questions`, `redirects`, `materials`, `rejections`, `contact`
        "#]],
    );
}

#[test]
fn ids_that_do_not_stand_for_one_thing() {
    check(
        &[
            ("senior-card", r#"id = "senior-card""#, r#"id = "passport-ordinary""#),
            (FOOD, r#"id = "prepackaged""#, r#"id = "unsure""#),
            ("invoice", r#"id = "paper""#, r#"id = "digital""#),
            ("realty-first", r#"id = "realty-form""#, r#"id = "id-card""#),
            ("hygiene", r#"to = "food-operation-permit""#, r#"to = "food""#),
            ("residence-permit", r#"lane = "C""#, r#"lane = "M""#),
        ],
        &expect![[r#"
            matters/food-operation-permit.toml:93: `unsure` is kept for 不清楚, which is always there
            matters/food-operation-permit.toml:111: question `scope` has no option `prepackaged`
            matters/invoice-issuance.toml:68: `digital` is there twice
            matters/invoice-issuance.toml:136: question `form` has no option `paper`
            matters/public-place-hygiene-permit.toml:139: there is no matter `food`
            matters/realty-first.toml:133: paper `id-card` is `申请人居民身份证 / Applicant's resident identity card` in matters/birth-plan-registration.toml:102
            matters/residence-permit.toml:21: the hall has no lane `M`
            matters/senior-card.toml:4: id `passport-ordinary` is not the name of the file
            matters/senior-card.toml:4: matter `passport-ordinary` is in matters/passport-ordinary.toml:4 too
        "#]],
    );
}

#[test]
fn words_that_cannot_be_shown() {
    check(
        &[
            (FOOD, r#"short = { zh = ""#, r#"short = { zh = "新办的非常长的"#),
            ("senior-card", r#"en = "Senior"#, r#"en = "老"#),
            ("invoice", r#"text = { zh = ""#, r#"text = { zh = "" , en = "" } # "#),
        ],
        &expect![[r#"
            matters/food-operation-permit.toml:7: short label of 11 characters, at most 8 fit on a ticket
            matters/invoice-issuance.toml:64: `questions.0.text.en` is blank
            matters/invoice-issuance.toml:64: `questions.0.text.zh` is blank
            matters/senior-card.toml:6: `name.en` is not English
        "#]],
    );
}

#[test]
fn a_broken_part_does_not_hide_the_other_faults_nor_make_new_ones() {
    check(
        &[
            (FOOD, "schema = 1", "schema = 2"),
            (FOOD, r#"kind = "promise""#, r#"kind = "promised""#),
            (FOOD, "visits = 1", "visits = \"once\""),
            (FOOD, r#"choose = "one""#, r#"choose = "two""#),
            (FOOD, r#"class = "form""#, r#"class = "paper""#),
            (FOOD, r#"when = "scope=farm""#, r#"when = "scope=farm and""#),
            (FOOD, "complaint = ", "complaints = "),
        ],
        &expect![[r#"
            matters/food-operation-permit.toml:3: schema 2 is not 1
            matters/food-operation-permit.toml:20: unknown variant `promised`, expected one of `instant`, `promise`, `upward`, `joint`
            matters/food-operation-permit.toml:25: invalid type: string "once", expected u32
            matters/food-operation-permit.toml:82: unknown variant `two`, expected `one` or `many`
            matters/food-operation-permit.toml:117: expected a question at character 15 of `scope=farm and`
            matters/food-operation-permit.toml:124: unknown variant `paper`, expected one of `certificate`, `form`, `other`
            matters/food-operation-permit.toml:228: missing field `complaint`
            matters/food-operation-permit.toml:231: unknown field `complaints`, expected one of `window`, `phone`, `complaint`, `address`, `hours`
        "#]],
    );
}

#[test]
fn a_service_that_no_day_has_room_for() {
    check(
        &[
            (FOOD, "service_minutes = 20", "service_minutes = 4294967295"),
            ("senior-card", "service_minutes = 5", "service_minutes = 0"),
        ],
        &expect![[r#"
            matters/food-operation-permit.toml:24: a service of 4294967295 minutes is not between 1 and 480
            matters/senior-card.toml:23: a service of 0 minutes is not between 1 and 480
        "#]],
    );
}
