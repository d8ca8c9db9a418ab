//! A queue ticket: the number first, then where and how long.

use crate::text::cells;
use crate::words::{self, Word};
use crate::{Style, TicketSlip};

use super::Page;

pub(super) fn lay_out(page: &mut Page, slip: &TicketSlip) {
    let lang = slip.lang;
    page.reprint(lang, slip.reprint);
    page.text(Style::TITLE, &slip.hall);
    page.rule();
    page.text(number_style(page.columns, &slip.number), &slip.number);
    page.gap(12);
    page.joined(Style::CENTRE, "", " · ", &[&slip.what, slip.department.as_deref().unwrap_or("")]);
    let windows = match slip.windows.as_str() {
        "" => String::new(),
        labels => format!("{} {labels}", Word::Windows.text(lang)),
    };
    page.joined(Style::CENTRE, "", "  ", &[&slip.zone, &windows]);
    let wait = slip.estimate.map(|it| words::wait(lang, it)).unwrap_or_default();
    let ahead = slip.ahead.map(|it| words::ahead(lang, it)).unwrap_or_default();
    page.joined(Style::CENTRE, "", "  ", &[&ahead, &wait]);
    if slip.offline {
        page.text(Style::CENTRE, Word::Offline.text(lang));
    }
    let class = slip.class.as_deref().unwrap_or("");
    page.joined(Style::CENTRE, "", "  ", &[&words::day_and_time(lang, slip.issued), class]);
    if let Some(url) = &slip.url {
        page.gap(12);
        page.qr(url);
        page.gap(12);
        page.text(Style::CENTRE, Word::ScanToFollow.text(lang));
    }
    if let Some(minutes) = slip.rejoin_minutes {
        page.text(Style::CENTRE, &words::rejoin(lang, minutes));
    }
    if let Some(notice) = &slip.notice_number {
        page.text(Style::CENTRE, &words::see_notice(lang, notice));
    }
}

/// Four times the normal size, or as large as the paper allows.
fn number_style(columns: usize, number: &str) -> Style {
    let size = (1..=4_u8).rev().find(|&it| cells(number) * usize::from(it) <= columns);
    let size = size.unwrap_or(1);
    Style { bold: true, ..Style::CENTRE.times(size, size) }
}
