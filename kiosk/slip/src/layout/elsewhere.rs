//! "Not in this hall": why, and where instead.

use crate::words::{self, Word};
use crate::{ElsewhereSlip, Style};

use super::{Page, notice};

pub(super) fn lay_out(page: &mut Page, slip: &ElsewhereSlip) {
    let lang = slip.lang;
    page.hall(&slip.hall);
    page.text(Style::TITLE.times(2, 2), Word::ElsewhereTitle.text(lang));
    page.gap(12);
    page.text(Style::TITLE, &slip.matter);
    page.rule();
    page.text(Style::PLAIN, &slip.why);
    page.gap(12);
    page.text(Style::HEADING, Word::GoTo.text(lang));
    page.text(Style::HEADING.times(1, 2), &slip.go_to);
    page.gap(12);
    notice::place_rows(page, lang, &slip.place);
    page.rule();
    page.labelled(lang, Word::PrintedAt, &words::stamp(slip.printed_at));
}
