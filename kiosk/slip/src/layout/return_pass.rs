//! A return pass: what for and until when, then the code, then how.

use crate::words::{self, Word};
use crate::{ReturnPassSlip, Style};

use super::Page;

pub(super) fn lay_out(page: &mut Page, slip: &ReturnPassSlip) {
    let lang = slip.lang;
    page.reprint(lang, slip.reprint);
    page.hall(&slip.hall);
    page.text(Style::TITLE.times(2, 2), Word::ReturnPassTitle.text(lang));
    page.rule();
    page.hanging(Style::HEADING.times(1, 2), Word::For.text(lang), &slip.what);
    page.gap(12);
    let valid = words::valid(lang, slip.valid_from, slip.valid_to);
    page.hanging(Style::HEADING, Word::Valid.text(lang), &valid);
    page.hanging(Style::PLAIN, Word::Lane.text(lang), &slip.lane);
    page.hanging(Style::PLAIN, Word::FirstTicket.text(lang), &slip.ticket);
    page.gap(12);
    page.qr(&slip.token);
    page.gap(12);
    page.text(Style::CENTRE, Word::PassHow.text(lang));
    page.text(Style { bold: true, ..Style::CENTRE }, Word::PassOnce.text(lang));
    if let Some(notice) = &slip.notice_number {
        page.text(Style::CENTRE, &words::see_notice(lang, notice));
    }
    page.rule();
    page.labelled(lang, Word::PrintedAt, &words::stamp(slip.issued));
}
