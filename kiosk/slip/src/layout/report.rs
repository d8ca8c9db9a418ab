//! A report: what is known of the visit, lines to write on, where to.

use jiff::civil::DateTime;

use crate::words::{self, Word};
use crate::{ReportKind, ReportSlip, Style};

use super::Page;

/// Room for a line of handwriting, in dots: 8 mm.
const WRITTEN_DOTS: u8 = 64;

/// Lines for what happened, what is wished, and how to be reached.
const HAPPENED: usize = 6;
const WISHED: usize = 3;

/// What stands where something is to be written.
const BLANK: &str = "__________";

pub(super) fn lay_out(page: &mut Page, slip: &ReportSlip) {
    let lang = slip.lang;
    page.hall(&slip.hall);
    let title = match slip.kind {
        ReportKind::Stuck => Word::StuckTitle,
        ReportKind::Complaint => Word::ComplaintTitle,
    };
    page.text(Style::TITLE.times(2, 2), title.text(lang));
    page.gap(12);
    page.text(Style::CENTRE, Word::NoNames.text(lang));
    page.rule();
    let number = slip.number.as_deref().unwrap_or(BLANK);
    page.hanging(Style::HEADING.times(1, 2), Word::TicketNumber.text(lang), number);
    page.gap(12);
    let at = |it: Option<DateTime>| it.map(words::stamp);
    for (label, value) in [
        (Word::Lane, slip.lane.clone()),
        (Word::Window, slip.window.clone()),
        (Word::TakenAt, at(slip.issued)),
        (Word::CalledAt, at(slip.called)),
    ] {
        page.hanging(Style::PLAIN, label.text(lang), value.as_deref().unwrap_or(BLANK));
    }
    page.rule();
    written(page, Word::Happened.text(lang), HAPPENED);
    written(page, Word::Wished.text(lang), WISHED);
    written(page, Word::Reached.text(lang), 1);
    page.gap(12);
    page.hanging(Style::HEADING, Word::HandIn.text(lang), &slip.hand_in);
    page.hanging(Style::PLAIN, Word::OrCall.text(lang), &slip.hotline);
    page.rule();
    page.text(Style::PLAIN, Word::ForStaff.text(lang));
    page.hanging(Style::PLAIN, Word::Received.text(lang), BLANK);
    page.hanging(Style::PLAIN, Word::AnswerBy.text(lang), BLANK);
    page.labelled(lang, Word::PrintedAt, &words::stamp(slip.printed_at));
}

/// A heading over lines to write on.
fn written(page: &mut Page, heading: &str, lines: usize) {
    page.text(Style::HEADING, heading);
    for _ in 0..lines {
        page.gap(WRITTEN_DOTS);
        page.rule();
    }
    page.gap(12);
}
