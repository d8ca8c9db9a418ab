//! A one-time notice, in the order in which it helps: what spares the
//! visitor the trouble first, the papers next, the law's small print
//! last.

use crate::words::{self, Word};
use crate::{NoticeSlip, Paper, Style};

use super::Page;

/// The white space above a heading, in dots.
const ABOVE_HEADING: u8 = 12;
const BULLET: &str = "· ";
const BOX: &str = "□ ";

pub(super) fn lay_out(page: &mut Page, slip: &NoticeSlip) {
    let lang = slip.lang;
    lay_out_head(page, slip);
    lay_out_redirects(page, slip);
    lay_out_answers(page, slip);
    // Who is sent elsewhere must not read this matter's limits and fees.
    if slip.redirects.is_empty() || !slip.bring.is_empty() {
        lay_out_papers(page, slip);
        lay_out_steps(page, slip);
        lay_out_limits(page, slip);
        lay_out_fees(page, slip);
    }
    lay_out_place(page, slip);
    if !slip.rejections.is_empty() {
        heading(page, Word::Rejections.text(lang));
        for reason in &slip.rejections {
            page.hanging(Style::PLAIN, BULLET, reason);
        }
    }
    lay_out_foot(page, slip);
}

fn heading(page: &mut Page, text: &str) {
    page.gap(ABOVE_HEADING);
    page.text(Style::HEADING, text);
}

fn lay_out_head(page: &mut Page, slip: &NoticeSlip) {
    let lang = slip.lang;
    if slip.reprint {
        page.text(Style::TITLE.times(2, 2), Word::Reprint.text(lang));
        page.gap(ABOVE_HEADING);
    }
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

fn lay_out_redirects(page: &mut Page, slip: &NoticeSlip) {
    if slip.redirects.is_empty() {
        return;
    }
    page.text(Style::HEADING, Word::ReadFirst.text(slip.lang));
    for redirect in &slip.redirects {
        page.hanging(Style::HEADING, "→ ", &redirect.text);
        if let Some(instead) = &redirect.instead {
            let text = format!("{}{instead}", Word::Instead.text(slip.lang));
            page.indented(Style::PLAIN, "→ ", &text);
        }
    }
    page.gap(ABOVE_HEADING);
}

fn lay_out_answers(page: &mut Page, slip: &NoticeSlip) {
    if slip.answers.is_empty() {
        return;
    }
    page.text(Style::HEADING, Word::Situation.text(slip.lang));
    for answer in &slip.answers {
        page.hanging(Style::PLAIN, BULLET, &format!("{} {}", answer.question, answer.answer));
    }
}

fn lay_out_papers(page: &mut Page, slip: &NoticeSlip) {
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
            lay_out_paper(page, slip, BOX, paper);
        }
    }
    if !slip.skip.is_empty() {
        heading(page, Word::Skip.text(lang));
        page.text(Style::PLAIN, Word::SkipWhy.text(lang));
        for paper in &slip.skip {
            page.hanging(Style::PLAIN, BULLET, &paper.name);
            if let Some(note) = &paper.note {
                page.indented(Style::PLAIN, BULLET, note);
            }
        }
    }
}

fn lay_out_paper(page: &mut Page, slip: &NoticeSlip, lead: &str, paper: &Paper) {
    let lang = slip.lang;
    let if_any = if paper.optional { Word::IfAny.text(lang) } else { "" };
    page.hanging(Style::PLAIN, lead, &format!("{}{if_any}", paper.name));
    let pieces = words::pieces(lang, paper);
    let source = paper.source.as_deref().unwrap_or("");
    page.joined(Style::PLAIN, lead, " · ", &[&pieces, source]);
    if let Some(check) = &paper.check {
        page.indented(Style::PLAIN, lead, &format!("{}{check}", Word::WindowChecks.text(lang)));
    }
    if let Some(note) = &paper.note {
        page.indented(Style::PLAIN, lead, note);
    }
}

fn lay_out_steps(page: &mut Page, slip: &NoticeSlip) {
    if slip.steps.is_empty() {
        return;
    }
    heading(page, Word::Steps.text(slip.lang));
    for (index, step) in slip.steps.iter().enumerate() {
        let limit = step.limit.as_deref().map(|it| format!("  {it}")).unwrap_or_default();
        page.hanging(Style::PLAIN, &format!("{}. ", index + 1), &format!("{}{limit}", step.name));
    }
}

fn lay_out_limits(page: &mut Page, slip: &NoticeSlip) {
    let lang = slip.lang;
    heading(page, Word::HowLong.text(lang));
    page.labelled(lang, Word::Promised, &slip.promised);
    if let Some(statutory) = &slip.statutory {
        page.labelled(lang, Word::Statutory, statutory);
    }
    page.text(Style::PLAIN, slip.clock_starts.as_deref().unwrap_or(""));
    for excluded in &slip.excluded {
        page.labelled(lang, Word::Excluded, excluded);
    }
    if let Some(due) = slip.due {
        page.text(Style::HEADING, &words::due(lang, due));
        if due.provisional {
            page.text(Style::PLAIN, Word::Provisional.text(lang));
        }
    }
}

fn lay_out_fees(page: &mut Page, slip: &NoticeSlip) {
    let lang = slip.lang;
    heading(page, Word::Fees.text(lang));
    if slip.fees.is_empty() {
        page.text(Style::PLAIN, Word::NoFee.text(lang));
    }
    for fee in &slip.fees {
        page.hanging(Style::PLAIN, BULLET, &format!("{}  {}", fee.item, fee.amount));
        if !fee.basis.is_empty() {
            let basis = format!("{}{}", Word::Basis.text(lang), fee.basis);
            page.indented(Style::PLAIN, BULLET, &basis);
        }
    }
}

fn lay_out_place(page: &mut Page, slip: &NoticeSlip) {
    let place = &slip.place;
    let rows = [
        (Word::Window, &place.window),
        (Word::Address, &place.address),
        (Word::Hours, &place.hours),
        (Word::Phone, &place.phone),
        (Word::Complaint, &place.complaint),
    ];
    if rows.iter().all(|(_, value)| value.is_none()) {
        return;
    }
    heading(page, Word::Where.text(slip.lang));
    for (label, value) in rows {
        if let Some(value) = value {
            page.hanging(Style::PLAIN, label.text(slip.lang), value);
        }
    }
}

fn lay_out_foot(page: &mut Page, slip: &NoticeSlip) {
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
    }
}
