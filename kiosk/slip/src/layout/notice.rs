//! A one-time notice, in the order in which it helps: what spares the
//! visitor the trouble first, the papers next, the law's small print
//! last.

use jiff::civil::DateTime;

use crate::words::{self, Word};
use crate::{Answer, Due, Fee, Lang, NoticeSlip, Paper, Place, Redirect, Step, Style};

use super::Page;

/// The white space above a heading, in dots.
const ABOVE_HEADING: u8 = 12;
const BULLET: &str = "· ";
const BOX: &str = "□ ";

/// A paper as it is listed.
pub(super) struct Listed<'a> {
    pub(super) paper: &'a Paper,
    /// Which matters need it, where a slip has several.
    pub(super) serves: Option<String>,
}

/// How long a matter takes.
pub(super) struct Limits<'a> {
    pub(super) promised: &'a str,
    pub(super) statutory: Option<&'a str>,
    pub(super) clock_starts: Option<&'a str>,
    pub(super) excluded: &'a [String],
    pub(super) due: Option<Due>,
}

/// What a notice ends with.
pub(super) struct Foot<'a> {
    pub(super) notice_number: &'a str,
    pub(super) catalogue_revision: &'a str,
    pub(super) printed_at: DateTime,
    pub(super) url: Option<&'a str>,
}

pub(super) fn lay_out(page: &mut Page, slip: &NoticeSlip) {
    page.large = slip.large;
    let lang = slip.lang;
    lay_out_head(page, slip);
    redirects(page, lang, "", &slip.redirects);
    if !slip.answers.is_empty() {
        page.text(Style::HEADING, Word::Situation.text(lang));
        answers(page, BULLET, &slip.answers);
    }
    // Who is sent elsewhere must not read this matter's limits and fees.
    if slip.redirects.is_empty() || !slip.bring.is_empty() {
        papers(page, lang, &listed(&slip.bring), &listed(&slip.later));
        skipped(page, lang, &listed(&slip.skip));
        steps(page, lang, &slip.steps);
        let times = Limits {
            promised: &slip.promised,
            statutory: slip.statutory.as_deref(),
            clock_starts: slip.clock_starts.as_deref(),
            excluded: &slip.excluded,
            due: slip.due,
        };
        limits(page, lang, &times);
        fees(page, lang, &slip.fees);
    }
    place(page, lang, &slip.place);
    rejections(page, lang, &slip.rejections);
    let end = Foot {
        notice_number: &slip.notice_number,
        catalogue_revision: &slip.catalogue_revision,
        printed_at: slip.printed_at,
        url: slip.url.as_deref(),
    };
    foot(page, lang, &end);
}

pub(super) fn heading(page: &mut Page, text: &str) {
    page.gap(ABOVE_HEADING);
    page.text(Style::HEADING, text);
}

fn lay_out_head(page: &mut Page, slip: &NoticeSlip) {
    let lang = slip.lang;
    page.reprint(lang, slip.reprint);
    page.text(Style::CENTRE, &slip.hall);
    page.text(Style::TITLE.times(2, 2), Word::NoticeTitle.text(lang));
    page.gap(ABOVE_HEADING);
    page.text(Style::TITLE, &slip.matter);
    page.gap(ABOVE_HEADING / 2);
    page.joined(Style::CENTRE, "", " · ", &[&slip.department, &slip.category, &slip.kind]);
    if let Some(by) = &slip.entrusted_by {
        page.text(Style::CENTRE, &words::entrusted(lang, by));
    }
    page.rule();
}

/// "Read this first"; `lead` is the matter's number where there are
/// several.
pub(super) fn redirects(page: &mut Page, lang: Lang, lead: &str, redirects: &[Redirect]) {
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
pub(super) fn answers(page: &mut Page, lead: &str, answers: &[Answer]) {
    for answer in answers {
        page.hanging(Style::PLAIN, lead, &format!("{} {}", answer.question, answer.answer));
    }
}

fn listed(papers: &[Paper]) -> Vec<Listed<'_>> {
    papers.iter().map(|paper| Listed { paper, serves: None }).collect()
}

/// Papers to bring and papers that may follow, each with a box.
pub(super) fn papers(page: &mut Page, lang: Lang, bring: &[Listed], later: &[Listed]) {
    if bring.is_empty() && later.is_empty() {
        heading(page, Word::BringNothing.text(lang));
    }
    for (word, papers) in [(Word::Bring, bring), (Word::Later, later)] {
        if papers.is_empty() {
            continue;
        }
        heading(page, &format!("{}{}", word.text(lang), words::count(lang, papers.len())));
        for paper in papers {
            lay_out_paper(page, lang, paper);
        }
    }
}

/// Papers that the hall looks up by itself; no box to tick.
pub(super) fn skipped(page: &mut Page, lang: Lang, skip: &[Listed]) {
    if skip.is_empty() {
        return;
    }
    heading(page, Word::Skip.text(lang));
    page.text(Style::PLAIN, Word::SkipWhy.text(lang));
    for Listed { paper, .. } in skip {
        page.hanging(Style::PLAIN, BULLET, &paper.name);
        if let Some(note) = &paper.note {
            page.indented(Style::PLAIN, BULLET, note);
        }
    }
}

fn lay_out_paper(page: &mut Page, lang: Lang, Listed { paper, serves }: &Listed) {
    let if_any = if paper.optional { Word::IfAny.text(lang) } else { "" };
    // In large type the name stands out, because it is looked for.
    let style = if page.large { Style::HEADING } else { Style::PLAIN };
    page.hanging(style, BOX, &format!("{}{if_any}", paper.name));
    let pieces = words::pieces(lang, paper);
    let source = paper.source.as_deref().unwrap_or("");
    page.joined(Style::PLAIN, BOX, " · ", &[&pieces, source, serves.as_deref().unwrap_or("")]);
    if let Some(check) = &paper.check {
        page.indented(Style::PLAIN, BOX, &format!("{}{check}", Word::WindowChecks.text(lang)));
    }
    if let Some(note) = &paper.note {
        page.indented(Style::PLAIN, BOX, note);
    }
}

/// What happens, in order.
pub(super) fn steps(page: &mut Page, lang: Lang, steps: &[Step]) {
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
pub(super) fn limits(page: &mut Page, lang: Lang, limits: &Limits) {
    heading(page, Word::HowLong.text(lang));
    page.labelled(lang, Word::Promised, limits.promised);
    if let Some(statutory) = limits.statutory {
        page.labelled(lang, Word::Statutory, statutory);
    }
    page.text(Style::PLAIN, limits.clock_starts.unwrap_or(""));
    for excluded in limits.excluded {
        page.labelled(lang, Word::Excluded, excluded);
    }
    if let Some(due) = limits.due {
        page.text(Style::HEADING, &words::due(lang, due));
        if due.provisional {
            page.text(Style::PLAIN, Word::Provisional.text(lang));
        }
    }
}

/// What it costs, or that it costs nothing.
pub(super) fn fees(page: &mut Page, lang: Lang, fees: &[Fee]) {
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
pub(super) fn place(page: &mut Page, lang: Lang, place: &Place) {
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
pub(super) fn rejections(page: &mut Page, lang: Lang, rejections: &[String]) {
    if rejections.is_empty() {
        return;
    }
    heading(page, Word::Rejections.text(lang));
    for reason in rejections {
        page.hanging(Style::PLAIN, BULLET, reason);
    }
}

/// Which notice this is, and what it is not.
pub(super) fn foot(page: &mut Page, lang: Lang, foot: &Foot) {
    page.rule();
    let number = format!("{}{}", Word::NoticeNumber.text(lang), foot.notice_number);
    let revision = format!("{}{}", Word::Revision.text(lang), foot.catalogue_revision);
    page.joined(Style::PLAIN, "", "  ", &[&number, &revision]);
    page.labelled(lang, Word::PrintedAt, &words::stamp(foot.printed_at));
    page.text(Style::HEADING, Word::NotAcceptance.text(lang));
    if let Some(url) = foot.url {
        page.gap(ABOVE_HEADING);
        page.qr(url);
    }
}
