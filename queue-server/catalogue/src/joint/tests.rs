//! Which papers several matters share, and how many pieces serve all.

use std::collections::BTreeSet;

use expect_test::{Expect, expect};
use jiff::civil::date;

use super::{JointPaper, JointPapers};
use crate::{Answers, Need, Notice, Paper, Text, demo};

fn notice(id: &str) -> Notice {
    let catalogue = demo::catalogue();
    let matter = catalogue.matter(id).unwrap();
    Notice::of(matter, &Answers::new(), date(2026, 11, 23), &catalogue.workdays, false)
}

/// A notice with these papers and nothing else of its own.
fn with(bring: Vec<Paper>, later: Vec<Paper>, not_needed: Vec<Paper>) -> Notice {
    let mut notice = notice("senior-card");
    notice.papers = crate::Papers { bring, optional: Vec::new(), later, not_needed };
    notice
}

fn paper(id: &str, original: u32, copies: u32, kept: bool) -> Paper {
    let mut paper = notice("senior-card").papers.bring[0].clone();
    paper.material.id = id.to_owned();
    paper.material.original = original;
    paper.material.copies = copies;
    paper.material.kept = kept;
    paper.material.check = None;
    paper.material.note = None;
    paper
}

#[track_caller]
fn check(notices: &[Notice], expected: &Expect) {
    let joint = JointPapers::of(notices);
    let line = |it: &JointPaper| {
        let JointPaper { paper: Paper { material, sure }, matters } = it;
        let mark = if *sure { "" } else { "?" };
        let (original, copies) = (material.original, material.copies);
        format!("{}{mark} {original}+{copies} for {matters:?}", material.id)
    };
    let groups = [
        ("bring", &joint.bring),
        ("optional", &joint.optional),
        ("later", &joint.later),
        ("not needed", &joint.not_needed),
    ];
    let said = groups.into_iter().filter(|(_, papers)| !papers.is_empty());
    let said = said.map(|(group, papers)| {
        let lines: Vec<String> = papers.iter().map(line).collect();
        format!("{group}: {}\n", lines.join(", "))
    });
    expected.assert_eq(&said.collect::<String>());
}

#[test]
fn a_paper_of_two_matters_is_brought_once() {
    let one =
        with(vec![paper("id-card", 1, 1, false), paper("form-a", 1, 0, true)], vec![], vec![]);
    let two =
        with(vec![paper("form-b", 1, 0, true), paper("id-card", 1, 2, false)], vec![], vec![]);
    check(
        &[one, two],
        &expect![[r"
            bring: id-card 1+3 for [0, 1], form-a 1+0 for [0], form-b 1+0 for [1]
        "]],
    );
}

#[test]
fn originals_add_up_where_they_are_kept() {
    let one = with(vec![paper("photo", 2, 0, true), paper("deed", 1, 0, true)], vec![], vec![]);
    let two = with(vec![paper("photo", 1, 0, true), paper("deed", 1, 1, false)], vec![], vec![]);
    check(
        &[one, two],
        &expect![[r"
            bring: photo 3+0 for [0, 1], deed 1+1 for [0, 1]
        "]],
    );
}

#[test]
fn what_one_matter_needs_no_other_spares() {
    let spares =
        with(vec![], vec![paper("report", 1, 0, false)], vec![paper("licence", 1, 5, false)]);
    let needs =
        with(vec![paper("licence", 1, 1, false), paper("report", 1, 0, false)], vec![], vec![]);
    let both = [
        "bring: report 1+0 for [0, 1], licence 1+1 for [1]\n",
        "bring: licence 1+1 for [0], report 1+0 for [0, 1]\n",
    ];
    for (notices, said) in
        [[spares.clone(), needs.clone()], [needs, spares.clone()]].iter().zip(both)
    {
        let joint = JointPapers::of(notices);
        let line = |it: &JointPaper| {
            let material = &it.paper.material;
            format!(
                "{} {}+{} for {:?}",
                material.id, material.original, material.copies, it.matters
            )
        };
        let lines: Vec<String> = joint.bring.iter().map(line).collect();
        assert_eq!(format!("bring: {}\n", lines.join(", ")), said);
        assert!(joint.later.is_empty() && joint.not_needed.is_empty());
    }
    check(
        &[spares.clone(), spares],
        &expect![[r"
            later: report 1+0 for [0, 1]
            not needed: licence 1+5 for [0, 1]
        "]],
    );
}

#[test]
fn a_window_s_checks_are_all_told() {
    let text = |zh: &str, en: &str| Some(Text { zh: zh.to_owned(), en: en.to_owned() });
    let mut one = paper("id-card", 1, 0, false);
    let mut two = one.clone();
    one.material.check = text("在有效期内", "valid");
    one.material.need = Need::Optional;
    one.sure = false;
    two.material.check = text("本人", "of the applicant");
    let same = two.clone();
    let notices = [one, two, same].map(|it| with(vec![it], vec![], vec![]));
    let joint = JointPapers::of(&notices);
    let [JointPaper { paper, matters }] = joint.bring.as_slice() else { panic!("one paper") };
    assert_eq!(paper.material.check, text("在有效期内；本人", "valid; of the applicant"));
    assert!(paper.sure && paper.material.need == Need::Required);
    assert_eq!(*matters, [0, 1, 2]);
}

/// Of any two real matters: nothing twice, nothing lost.
#[test]
fn every_pair_of_real_matters_has_each_paper_once() {
    let catalogue = demo::catalogue();
    let notices: Vec<Notice> = catalogue.matters.iter().map(|it| notice(&it.id)).collect();
    let mut shared = 0;
    for one in &notices {
        for two in notices.iter().filter(|it| it.matter != one.matter) {
            let joint = JointPapers::of(&[one.clone(), two.clone()]);
            let groups = [&joint.bring, &joint.optional, &joint.later, &joint.not_needed];
            let all: Vec<&JointPaper> = groups.into_iter().flatten().collect();
            let ids: BTreeSet<&str> = all.iter().map(|it| it.paper.material.id.as_str()).collect();
            assert_eq!(ids.len(), all.len(), "{} and {}", one.matter, two.matter);
            let wanted = [one, two].into_iter().flat_map(|it| {
                let papers = &it.papers;
                papers.to_collect().chain(&papers.not_needed).map(|it| it.material.id.as_str())
            });
            assert_eq!(ids, wanted.collect());
            shared += all.iter().filter(|it| it.matters.len() == 2).count();
        }
    }
    assert!(shared > 100, "the demo's matters share papers: {shared}");
}
