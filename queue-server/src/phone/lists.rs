//! Papers as lists with boxes to tick, in the groups of the checklist:
//! short on the ticket's page, with everything on the notice.

use catalogue::{JointPaper, JointPapers, Material, MaterialSource, Media, Notice, Paper, Text};
use maud::{Markup, html};

use super::joined;
use super::words::{both, filled, same, say, text};

/// How much a list says of each paper.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Detail {
    /// Its name, and whether the original or a copy.
    Short,
    /// Also where to get it and what the window looks at.
    Full,
}

/// The papers of these matters, each once.
pub(super) fn papers(notices: &[Notice], detail: Detail) -> Markup {
    let papers = JointPapers::of(notices);
    let nothing = papers.bring.is_empty() && papers.optional.is_empty() && papers.later.is_empty();
    let group = |key, papers| group(key, papers, notices, detail);
    html! {
        @if nothing { p class="second" { (say("notice.bring_nothing")) } }
        (group("notice.bring", &papers.bring))
        (group("notice.optional", &papers.optional))
        (group("notice.later", &papers.later))
        @if detail == Detail::Full && !papers.not_needed.is_empty() {
            section class="group outline" {
                (head("notice.not_needed", papers.not_needed.len()))
                p class="second" { (say("notice.not_needed.why")) }
                // No box: nobody collects them.
                ul { @for it in &papers.not_needed { li { (both(&it.paper.material.name)) } } }
            }
        }
    }
}

fn group(key: &str, papers: &[JointPaper], notices: &[Notice], detail: Detail) -> Markup {
    html! {
        @if !papers.is_empty() {
            section class="group" {
                (head(key, papers.len()))
                ul { @for paper in papers { (row(paper, notices, detail)) } }
            }
        }
    }
}

fn head(key: &str, n: usize) -> Markup {
    html! { h3 { (say(key)) span { (both(&filled("notice.count", &[("n", &same(&n))]))) } } }
}

/// A box that the phone remembers, by the paper's id, which is the same
/// in every matter.
fn row(joint: &JointPaper, notices: &[Notice], detail: Detail) -> Markup {
    let Paper { material, sure } = &joint.paper;
    html! {
        li {
            label {
                input type="checkbox" data-tick=(material.id);
                span class="name" {
                    (both(&material.name))
                    @if !sure { small { (say("notice.perhaps")) } }
                }
                @if detail == Detail::Short { span class="pieces" { (both(&short(material))) } }
            }
            @if detail == Detail::Full {
                @if let Some(served) = served(joint, notices) {
                    p { (both(&filled("notice.serves", &[("matters", &served)]))) }
                }
                p { (both(&joined(&[pieces(material), source(material)], " · "))) }
                @if let Some(check) = &material.check {
                    p { (both(&joined(&[text("notice.checks").clone(), check.clone()], ""))) }
                }
                @if let Some(note) = &material.note { p { (both(note)) } }
            }
        }
    }
}

/// The matters that a paper is for, where not all of them want it.
fn served(joint: &JointPaper, notices: &[Notice]) -> Option<Text> {
    let names: Vec<Text> = joint.matters.iter().map(|&at| notices[at].short.clone()).collect();
    (names.len() < notices.len()).then(|| joined(&names, " · "))
}

/// 原件＋复印件.
fn short(material: &Material) -> Text {
    match (material.original, material.copies) {
        (1.., 1..) => text("notice.original_and_copy").clone(),
        (1.., 0) => text("notice.original").clone(),
        (0, 1..) => text("notice.copy").clone(),
        (0, 0) if material.media == Media::Electronic => text("notice.electronic").clone(),
        (0, 0) => Text::default(),
    }
}

/// How many originals, and whether they come back; how many copies.
fn pieces(material: &Material) -> Text {
    let mut parts = Vec::new();
    if material.original > 0 {
        let key = if material.kept { "notice.originals.kept" } else { "notice.originals.returned" };
        parts.push(filled(key, &[("n", &same(&material.original))]));
    }
    if material.copies > 0 {
        parts.push(filled("notice.copies", &[("n", &same(&material.copies))]));
    }
    if material.media == Media::Electronic {
        parts.push(text("notice.electronic").clone());
    }
    joined(&parts, " · ")
}

fn source(material: &Material) -> Text {
    let key = match material.source {
        MaterialSource::Applicant => "notice.source.own",
        MaterialSource::Government => "notice.source.government",
        MaterialSource::ThirdParty => "notice.source.third_party",
        MaterialSource::Onsite => "notice.source.onsite",
    };
    text(key).clone()
}
