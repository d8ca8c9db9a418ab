//! A one-time notice, in the order in which it helps: what spares the
//! visitor the trouble first, the papers next, the law's small print
//! last. Several matters share the papers; the rest each has to itself.

use crate::text::cells;
use crate::words::{self, Word};
use crate::{
    Answer, Fee, Lang, NoticeMatter, NoticeSlip, Paper, Place, Redirect, SharedPaper, Step, Style,
};

use super::Page;

/// The white space above a heading, in dots.
const ABOVE_HEADING: u8 = 12;
const BULLET: &str = "· ";
const BOX: &str = "□ ";

pub(super) fn lay_out(page: &mut Page, slip: &NoticeSlip) {
    page.large = slip.large;
    let lang = slip.lang;
    page.reprint(lang, slip.reprint);
    page.hall(&slip.hall);
    page.text(Style::TITLE.times(2, 2), Word::NoticeTitle.text(lang));
    match slip.matters.as_slice() {
        [matter] => title(page, lang, matter),
        matters => list_of_matters(page, lang, matters),
    }
    page.rule();
    for (lead, matter) in leads(slip, "") {
        redirects(page, lang, &lead, &matter.redirects);
    }
    if slip.matters.iter().any(|it| !it.answers.is_empty()) {
        page.text(Style::HEADING, Word::Situation.text(lang));
    }
    for (lead, matter) in leads(slip, BULLET) {
        answers(page, &lead, &matter.answers);
    }
    if (1..).zip(&slip.matters).any(|(number, matter)| is_done_here(slip, number, matter)) {
        papers(page, slip);
        skipped(page, lang, &slip.skip);
    }
    for (number, (lead, matter)) in (1..).zip(leads(slip, "")) {
        if slip.matters.len() > 1 {
            page.gap(2 * ABOVE_HEADING);
            page.rule();
            page.hanging(Style::HEADING.times(1, 2), &lead, &matter.name);
        }
        if is_done_here(slip, number, matter) {
            steps(page, lang, &matter.steps);
            limits(page, lang, matter);
            fees(page, lang, &matter.fees);
        }
        place(page, lang, &matter.place);
        rejections(page, lang, &matter.rejections);
    }
    foot(page, slip);
}

/// Whether a matter's papers, limits and fees concern the visitor: who
/// is sent elsewhere must not read them.
fn is_done_here(slip: &NoticeSlip, number: u32, matter: &NoticeMatter) -> bool {
    matter.redirects.is_empty() || slip.bring.iter().any(|it| it.matters.contains(&number))
}

/// The matters with what their texts begin with: a number where there
/// are several, else `alone`.
fn leads<'a>(
    slip: &'a NoticeSlip,
    alone: &'static str,
) -> impl Iterator<Item = (String, &'a NoticeMatter)> {
    let several = slip.matters.len() > 1;
    let lead = move |it: u32| if several { format!("{it}. ") } else { alone.to_owned() };
    (1..).map(lead).zip(&slip.matters)
}

fn heading(page: &mut Page, text: &str) {
    page.gap(ABOVE_HEADING);
    page.text(Style::HEADING, text);
}

/// The one matter of a notice, large.
fn title(page: &mut Page, lang: Lang, matter: &NoticeMatter) {
    page.gap(ABOVE_HEADING);
    page.text(Style::TITLE, &matter.name);
    page.gap(ABOVE_HEADING / 2);
    page.joined(Style::CENTRE, "", " · ", &[&matter.department, &matter.category, &matter.kind]);
    if let Some(by) = &matter.entrusted_by {
        page.text(Style::CENTRE, &words::entrusted(lang, by));
    }
}

fn list_of_matters(page: &mut Page, lang: Lang, matters: &[NoticeMatter]) {
    heading(page, Word::JointMatters.text(lang));
    for (number, matter) in (1..).zip(matters) {
        let lead = format!("{number}. ");
        page.hanging(Style::HEADING, &lead, &matter.name);
        let parts = [&matter.department, &matter.category, &matter.kind].map(String::as_str);
        page.joined(Style::PLAIN, &lead, " · ", &parts);
        if let Some(by) = &matter.entrusted_by {
            page.indented(Style::PLAIN, &lead, &words::entrusted(lang, by));
        }
    }
}

/// "Read this first"; `lead` is the matter's number where there are
/// several.
fn redirects(page: &mut Page, lang: Lang, lead: &str, redirects: &[Redirect]) {
    if redirects.is_empty() {
        return;
    }
    page.hanging(Style::HEADING, lead, Word::ReadFirst.text(lang));
    for redirect in redirects {
        page.hanging(Style::HEADING, "→ ", &redirect.text);
        if let Some(instead) = &redirect.instead {
            let text = format!("{}{instead}", Word::Instead.text(lang));
            page.indented(Style::PLAIN, "→ ", &text);
        }
    }
    page.gap(ABOVE_HEADING);
}

/// Questions and what was answered, each behind `lead`.
fn answers(page: &mut Page, lead: &str, answers: &[Answer]) {
    for answer in answers {
        page.hanging(Style::PLAIN, lead, &format!("{} {}", answer.question, answer.answer));
    }
}

/// Papers to bring and papers that may follow, each with a box.
fn papers(page: &mut Page, slip: &NoticeSlip) {
    let lang = slip.lang;
    if slip.bring.is_empty() && slip.later.is_empty() {
        heading(page, Word::BringNothing.text(lang));
    }
    for (word, papers) in [(Word::Bring, &slip.bring), (Word::Later, &slip.later)] {
        if papers.is_empty() {
            continue;
        }
        heading(page, &format!("{}{}", word.text(lang), words::count(lang, papers.len())));
        for paper in papers {
            let several = slip.matters.len() > 1;
            let serves = several.then(|| words::serves(lang, &paper.matters));
            lay_out_paper(page, lang, &paper.paper, &serves.unwrap_or_default());
        }
    }
}

fn lay_out_paper(page: &mut Page, lang: Lang, paper: &Paper, serves: &str) {
    let if_any = if paper.optional { Word::IfAny.text(lang) } else { "" };
    // In large type the name stands out, because it is looked for.
    let style = if page.large { Style::HEADING } else { Style::PLAIN };
    page.hanging(style, BOX, &format!("{}{if_any}", paper.name));
    // What follows stands below the name, however wide that is.
    let lead = BOX.repeat(usize::from(page.fitting(style).wide));
    let mut parts = words::pieces(lang, paper);
    let together = parts.join(words::comma(lang));
    if !page.large && cells(&lead) + cells(&together) <= page.columns {
        parts = vec![together];
    }
    parts.extend(paper.source.clone());
    parts.push(serves.to_owned());
    let parts: Vec<&str> = parts.iter().map(String::as_str).collect();
    page.joined(Style::PLAIN, &lead, " · ", &parts);
    if let Some(check) = &paper.check {
        page.indented(Style::PLAIN, &lead, &format!("{}{check}", Word::WindowChecks.text(lang)));
    }
    if let Some(note) = &paper.note {
        page.indented(Style::PLAIN, &lead, note);
    }
}

/// Papers that the hall looks up by itself; no box to tick.
fn skipped(page: &mut Page, lang: Lang, skip: &[SharedPaper]) {
    if skip.is_empty() {
        return;
    }
    heading(page, Word::Skip.text(lang));
    page.text(Style::PLAIN, Word::SkipWhy.text(lang));
    for SharedPaper { paper, .. } in skip {
        page.hanging(Style::PLAIN, BULLET, &paper.name);
        if let Some(note) = &paper.note {
            page.indented(Style::PLAIN, BULLET, note);
        }
    }
}

/// What happens, in order.
fn steps(page: &mut Page, lang: Lang, steps: &[Step]) {
    if steps.is_empty() {
        return;
    }
    heading(page, Word::Steps.text(lang));
    for (index, step) in steps.iter().enumerate() {
        let limit = step.limit.as_deref().map(|it| format!("  {it}")).unwrap_or_default();
        page.hanging(Style::PLAIN, &format!("{}. ", index + 1), &format!("{}{limit}", step.name));
    }
}

/// How long it takes.
fn limits(page: &mut Page, lang: Lang, matter: &NoticeMatter) {
    heading(page, Word::HowLong.text(lang));
    page.hanging(Style::PLAIN, Word::Promised.text(lang), &matter.promised);
    if let Some(statutory) = &matter.statutory {
        page.hanging(Style::PLAIN, Word::Statutory.text(lang), statutory);
    }
    page.text(Style::PLAIN, matter.clock_starts.as_deref().unwrap_or(""));
    for excluded in &matter.excluded {
        page.hanging(Style::PLAIN, Word::Excluded.text(lang), excluded);
    }
    if let Some(due) = matter.due {
        page.text(Style::HEADING, &words::due(lang, due));
        if due.provisional {
            page.text(Style::PLAIN, Word::Provisional.text(lang));
        }
    }
}

/// What it costs, or that it costs nothing.
fn fees(page: &mut Page, lang: Lang, fees: &[Fee]) {
    heading(page, Word::Fees.text(lang));
    if fees.is_empty() {
        page.text(Style::PLAIN, Word::NoFee.text(lang));
    }
    for fee in fees {
        page.hanging(Style::PLAIN, BULLET, &format!("{}  {}", fee.item, fee.amount));
        if !fee.basis.is_empty() {
            let basis = format!("{}{}", Word::Basis.text(lang), fee.basis);
            page.indented(Style::PLAIN, BULLET, &basis);
        }
    }
}

/// Where to go, under its heading; nothing if nothing is known.
fn place(page: &mut Page, lang: Lang, place: &Place) {
    if *place == Place::default() {
        return;
    }
    heading(page, Word::Where.text(lang));
    place_rows(page, lang, place);
}

/// How to find and reach a place.
pub(super) fn place_rows(page: &mut Page, lang: Lang, place: &Place) {
    let rows = [
        (Word::Window, &place.window),
        (Word::Address, &place.address),
        (Word::Hours, &place.hours),
        (Word::Phone, &place.phone),
        (Word::Complaint, &place.complaint),
    ];
    for (label, value) in rows {
        if let Some(value) = value {
            page.hanging(Style::PLAIN, label.text(lang), value);
        }
    }
}

/// Common reasons for being sent back.
fn rejections(page: &mut Page, lang: Lang, rejections: &[String]) {
    if rejections.is_empty() {
        return;
    }
    heading(page, Word::Rejections.text(lang));
    for reason in rejections {
        page.hanging(Style::PLAIN, BULLET, reason);
    }
}

/// Which notice this is, and what it is not.
fn foot(page: &mut Page, slip: &NoticeSlip) {
    let lang = slip.lang;
    page.rule();
    let number = format!("{}{}", Word::NoticeNumber.text(lang), slip.notice_number);
    let revision = format!("{}{}", Word::Revision.text(lang), slip.catalogue_revision);
    page.joined(Style::PLAIN, "", "  ", &[&number, &revision]);
    page.labelled(lang, Word::PrintedAt, &words::stamp(slip.printed_at));
    page.text(Style::HEADING, Word::NotAcceptance.text(lang));
    if let Some(url) = &slip.url {
        page.gap(ABOVE_HEADING);
        page.qr(url);
        page.gap(ABOVE_HEADING);
        page.text(Style::CENTRE, Word::ScanForList.text(lang));
    }
}
