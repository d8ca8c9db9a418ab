//! A notice for several matters: the papers once for all, then each
//! matter by itself.

use crate::words::{self, Word};
use crate::{JointMatter, JointNoticeSlip, SharedPaper, Style};

use super::Page;
use super::notice::{self, Foot, Limits, Listed};

pub(super) fn lay_out(page: &mut Page, slip: &JointNoticeSlip) {
    page.large = slip.large;
    let lang = slip.lang;
    page.reprint(lang, slip.reprint);
    page.text(Style::CENTRE, &slip.hall);
    page.text(Style::TITLE.times(2, 2), Word::NoticeTitle.text(lang));
    notice::heading(page, Word::JointMatters.text(lang));
    for (lead, matter) in numbered(slip) {
        page.hanging(Style::HEADING, &lead, &matter.matter);
        let parts = [&matter.department, &matter.category, &matter.kind].map(String::as_str);
        page.joined(Style::PLAIN, &lead, " · ", &parts);
        if let Some(by) = &matter.entrusted_by {
            page.indented(Style::PLAIN, &lead, &words::entrusted(lang, by));
        }
    }
    page.rule();
    for (lead, matter) in numbered(slip) {
        notice::redirects(page, lang, &lead, &matter.redirects);
    }
    let said: Vec<&JointMatter> = slip.matters.iter().filter(|it| !it.answers.is_empty()).collect();
    if !said.is_empty() {
        page.text(Style::HEADING, Word::Situation.text(lang));
    }
    for (lead, matter) in numbered(slip) {
        notice::answers(page, &lead, &matter.answers);
    }
    notice::papers(page, lang, &listed(slip, &slip.bring), &listed(slip, &slip.later));
    notice::skipped(page, lang, &listed(slip, &slip.skip));
    for (number, (lead, matter)) in (1..).zip(numbered(slip)) {
        page.gap(24);
        page.rule();
        page.hanging(Style::HEADING.times(1, 2), &lead, &matter.matter);
        lay_out_matter(page, slip, number, matter);
    }
    notice::foot(
        page,
        lang,
        &Foot {
            notice_number: &slip.notice_number,
            catalogue_revision: &slip.catalogue_revision,
            printed_at: slip.printed_at,
            url: slip.url.as_deref(),
        },
    );
}

fn lay_out_matter(page: &mut Page, slip: &JointNoticeSlip, number: u32, matter: &JointMatter) {
    let lang = slip.lang;
    let needs_papers = slip.bring.iter().any(|it| it.matters.contains(&number));
    // Who is sent elsewhere must not read this matter's limits and fees.
    if matter.redirects.is_empty() || needs_papers {
        notice::steps(page, lang, &matter.steps);
        let limits = Limits {
            promised: &matter.promised,
            statutory: matter.statutory.as_deref(),
            clock_starts: matter.clock_starts.as_deref(),
            excluded: &matter.excluded,
            due: matter.due,
        };
        notice::limits(page, lang, &limits);
        notice::fees(page, lang, &matter.fees);
    }
    notice::place(page, lang, &matter.place);
    notice::rejections(page, lang, &matter.rejections);
}

/// The matters, each with the number that it begins with.
fn numbered(slip: &JointNoticeSlip) -> impl Iterator<Item = (String, &JointMatter)> {
    (1..).map(|it: u32| format!("{it}. ")).zip(&slip.matters)
}

/// Papers with the matters they serve, where there is a choice.
fn listed<'a>(slip: &JointNoticeSlip, papers: &'a [SharedPaper]) -> Vec<Listed<'a>> {
    let several = slip.matters.len() > 1;
    let serves = |it: &SharedPaper| several.then(|| words::serves(slip.lang, &it.matters));
    papers.iter().map(|it| Listed { paper: &it.paper, serves: serves(it) }).collect()
}
