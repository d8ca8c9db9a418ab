//! What one visitor is told.

use std::collections::BTreeSet;
use std::fmt::Write as _;

use expect_test::{Expect, expect};
use jiff::civil::{Date, date};

use super::{Notice, Paper};
use crate::{Answers, Matter, Need, UNSURE, Workdays, demo};

const TODAY: Date = date(2026, 11, 23);

fn answers(said: &str) -> Answers {
    let one = |it: &str| {
        let (question, options) = it.split_once('=').unwrap();
        (question.to_owned(), options.split('+').map(str::to_owned).collect())
    };
    said.split_whitespace().map(one).collect()
}

fn notice(id: &str, said: &str, waive: bool) -> Notice {
    let catalogue = demo::catalogue();
    Notice::of(catalogue.matter(id).unwrap(), &answers(said), TODAY, &catalogue.workdays, waive)
}

#[track_caller]
fn check(id: &str, said: &str, waive: bool, expected: &Expect) {
    let notice = notice(id, said, waive);
    let mut seen = String::new();
    for line in &notice.situation {
        writeln!(seen, "{} {}", line.question.zh, line.answer.zh).unwrap();
    }
    for redirect in &notice.redirects {
        writeln!(seen, "{:?}: {}", redirect.outcome, redirect.text.zh).unwrap();
    }
    for redirect in &notice.perhaps {
        writeln!(seen, "perhaps {:?}", redirect.outcome).unwrap();
    }
    let papers = &notice.papers;
    for (group, papers) in [
        ("bring", &papers.bring),
        ("optional", &papers.optional),
        ("later", &papers.later),
        ("not needed", &papers.not_needed),
    ] {
        let names = papers.iter().map(|Paper { material, sure }| {
            let mark = if *sure { "" } else { "?" };
            format!("{}{mark}", material.id)
        });
        writeln!(seen, "{group}: {}", names.collect::<Vec<_>>().join(" ")).unwrap();
    }
    for line in &notice.fees {
        writeln!(seen, "fee {} {} {}", line.fee.item.zh, line.fee.amount, line.sure).unwrap();
    }
    let days = |limit: crate::Limit| format!("{} {:?}", limit.value, limit.unit);
    writeln!(seen, "promised {}, by law {:?}", days(notice.promised), notice.statutory.map(days))
        .unwrap();
    writeln!(seen, "due {:?}", notice.due.map(|due| (due.date.to_string(), due.provisional)))
        .unwrap();
    let reasons: Vec<_> =
        notice.rejections.iter().map(|it| it.material.as_deref().unwrap_or("-")).collect();
    writeln!(seen, "sent back for {}", reasons.join(" ")).unwrap();
    expected.assert_eq(&seen);
}

#[test]
fn a_situation_lists_its_own_papers() {
    check(
        "birth-registration",
        "parents=unmarried follow=father born=here",
        false,
        &expect![[r#"
            父母是否登记结婚？ 未登记结婚
            随谁落户？ 随父
            在哪里出生？ 境内医院
            bring: birth-report-form birth-cert parents-id hukou-book nonmarital-statement paternity-test
            optional: 
            later: 
            not needed: 
            promised 0 Workday, by law Some("0 Workday")
            due Some(("2026-11-23", false))
            sent back for birth-cert hukou-book birth-report-form
        "#]],
    );
}

#[test]
fn a_hall_that_looks_papers_up_moves_them_to_not_needed() {
    check(
        "birth-registration",
        "parents=married follow=mother born=here",
        true,
        &expect![[r#"
        父母是否登记结婚？ 已登记结婚
        随谁落户？ 随母
        在哪里出生？ 境内医院
        bring: birth-report-form birth-cert parents-id hukou-book
        optional: 
        later: 
        not needed: marriage-cert
        promised 0 Workday, by law Some("0 Workday")
        due Some(("2026-11-23", false))
        sent back for birth-cert hukou-book birth-report-form
    "#]],
    );
}

#[test]
fn papers_that_may_follow_have_their_own_group() {
    let catalogue = demo::catalogue();
    let later = |matter: &&Matter| matter.materials.iter().any(|it| it.need == Need::Deferrable);
    let matter = catalogue.matters.iter().find(later).unwrap();
    check(
        &matter.id,
        "",
        false,
        &expect![[r#"
        perhaps NotRequired
        bring: construction-form land-approval? planning-permit? site-right? bid-notice? work-contract supervise-contract? drawing-review safety-measures fund-commitment power-of-attorney? agent-id-card?
        optional: 
        later: wage-account injury-insurance
        not needed: 
        promised 3 Workday, by law Some("7 Day")
        due Some(("2026-11-26", false))
        sent back for work-contract - planning-permit
    "#]],
    );
}

#[test]
fn a_redirect_comes_instead_of_papers() {
    check(
        "food-operation-permit",
        "scope=farm",
        false,
        &expect![[r#"
            主要经营什么？ 只销售食用农产品
            NotRequired: 销售食用农产品不需要许可（食品安全法第三十五条）
            bring: 
            optional: 
            later: 
            not needed: 
            promised 5 Workday, by law Some("10 Workday")
            due None
            sent back for 
        "#]],
    );
    assert!(notice("food-operation-permit", "scope=farm", false).ended_by().is_some());
}

#[test]
fn a_redirect_that_does_not_stop_comes_with_papers() {
    check(
        "teacher-qualification",
        "level=senior",
        false,
        &expect![[r#"
        申请哪一学段？ 高级中学、中职
        Upward: 高级中学和中职由县级审查后报上一级教育行政部门认定
        bring: teacher-form id-card diploma? degree-evaluation? exam-proof mandarin designated-health-check conduct hukou-book? residence-permit-card? enrolment-proof?
        optional: 
        later: 
        not needed: 
        promised 20 Workday, by law Some("30 Day")
        due None
        sent back for - mandarin designated-health-check
    "#]],
    );
    assert!(notice("teacher-qualification", "level=senior", false).ended_by().is_none());
}

#[test]
fn limits_change_with_the_situation_and_the_longest_is_told_when_unsure() {
    let limits = |said: &str| {
        let notice = notice("nurse-registration", said, false);
        (notice.promised.value, notice.statutory.unwrap().value)
    };
    assert_eq!(limits("kind=change"), (3, 7));
    assert_eq!(limits("kind=first"), (5, 20));
    assert_eq!(limits("kind=unsure"), (5, 20));
    assert_eq!(limits(""), (5, 20));
}

#[test]
fn fees_follow_the_situation() {
    check(
        "id-card-renewal",
        "reason=lost temp=yes",
        false,
        &expect![[r#"
        因为什么办理？ 丢失补领
        急用，同时办临时身份证吗？ 需要
        bring: hukou-book? guardian-id-card? photo-onsite
        optional: 
        later: 
        not needed: 
        fee 丢失、损坏补换工本费 40 true
        fee 临时身份证工本费 10 true
        promised 20 Workday, by law Some("60 Day")
        due Some(("2026-12-21", false))
        sent back for photo-onsite
    "#]],
    );
}

#[test]
fn whoever_is_unsure_gets_every_list_that_may_be_theirs() {
    for matter in &demo::catalogue().matters {
        let told = |answers: &Answers| {
            let notice = Notice::of(matter, answers, TODAY, &Workdays::default(), false);
            let papers = notice.papers.to_collect().map(|it| it.material.id.clone());
            (notice.ended_by().is_some(), papers.collect::<BTreeSet<_>>())
        };
        for whole in matter.combinations().unwrap() {
            let (_, known) = told(&whole);
            for unsure in whole.keys() {
                let mut said = whole.clone();
                said.insert(unsure.clone(), vec![UNSURE.to_owned()]);
                let (ended, fullest) = told(&said);
                assert!(ended || known.is_subset(&fullest), "{} {said:?}", matter.id);
            }
        }
    }
}

#[test]
fn a_due_date_in_a_year_without_calendar_is_provisional() {
    let catalogue = demo::catalogue();
    let matter = catalogue.matter("id-card-renewal").unwrap();
    let late = date(2026, 12, 10);
    let due =
        |day| Notice::of(matter, &Answers::new(), day, &catalogue.workdays, false).due.unwrap();
    assert!(due(late).provisional);
    assert!(!due(TODAY).provisional);
}

#[test]
fn a_notice_comes_back_from_json_as_it_was() {
    let notice = notice("passport-ordinary", "kind=renew", true);
    let json = serde_json::to_string(&notice).unwrap();
    assert_eq!(serde_json::from_str::<Notice>(&json).unwrap(), notice);
}
