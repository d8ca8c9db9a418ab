//! The one-time notice as a page: what spares the visitor the trouble
//! first, the papers next, then steps, times, fee and place.

use catalogue::{
    Amount, ClockStart, Contact, Due, FeeLine, Lang, Limit, Notice, Redirect, Step, Text, Unit,
};
use maud::{DOCTYPE, Markup, PreEscaped, html};

use super::lists::{Detail, papers};
use super::page::{head, lintel, plain};
use super::words::{both, code, filled, of, same, say, tag, text};
use crate::profile::HallFiles;

/// Where a notice's page was come to from.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Origin<'a> {
    /// A ticket, by what is on its paper.
    Ticket {
        /// Its number.
        number: &'a str,
        /// The secret of its page.
        token: &'a str,
    },
    /// The code of a list.
    List,
}

/// The page of a ticket's notices, or of those that a list's code asks
/// about. Of several matters every paper is listed once.
pub(crate) fn notice_page(
    files: &HallFiles,
    notices: &[Notice],
    origin: Origin<'_>,
    lang: Lang,
) -> String {
    let several = notices.len() > 1;
    let page: PreEscaped<String> = html! {
        (DOCTYPE)
        html lang=(tag(lang)) {
            (head(text("notice.title").get(lang), "notice.js"))
            body class="ticket sheet" data-title="notice.title" {
                header class="head" {
                    (lintel(&of(&files.profile.name)))
                    p class="under" {
                        @if let Origin::Ticket { number, token } = origin {
                            a class="back" href=(format!("/t/{token}?lang={}", code(lang))) { (say("notice.back")) " " (number) }
                        }
                        button type="button" id="print" class="quiet" hidden {
                            (say("notice.print"))
                        }
                    }
                    h1 { (say("notice.title")) }
                }
                main {
                    @if notices.is_empty() { p class="second" { (say("notice.none")) } }
                    @if several {
                        article {
                            h2 { (both(&filled("notice.several", &[("n", &same(&notices.len()))]))) }
                            (papers(notices, Detail::Full))
                        }
                    }
                    @for notice in notices { (matter(files, notice, !several)) }
                    p class="foot" {
                        (both(&filled("notice.revision", &[
                            ("revision", &same(&files.profile.catalogue_revision)),
                        ])))
                        " · " (say("notice.no_voucher"))
                    }
                    (plain(lang))
                }
            }
        }
    };
    page.into_string()
}

/// One matter, with its papers unless they are listed with others.
fn matter(files: &HallFiles, notice: &Notice, listed: bool) -> Markup {
    let ends = notice.ended_by().is_some();
    html! {
        article {
            h2 { (both(&notice.name)) }
            p class="second" {
                (both(&Text {
                    zh: notice.department.zh.clone(),
                    en: notice.department.en.clone(),
                }))
            }
            (redirects(files, notice))
            @if !notice.situation.is_empty() {
                section class="part" {
                    h3 { (say("notice.situation")) }
                    ul { @for line in &notice.situation {
                        li { (both(&line.question)) " " b { (both(&line.answer)) } }
                    } }
                }
            }
            @if !ends {
                @if listed { (papers(std::slice::from_ref(notice), Detail::Full)) }
                (steps(&notice.steps))
                (times(notice))
                (fees(&notice.fees))
            }
            (place(&notice.contact))
            @if !notice.rejections.is_empty() {
                section class="part" {
                    h3 { (say("notice.rejections")) }
                    ul class="dots" { @for it in &notice.rejections { li { (both(&it.text)) } } }
                }
            }
        }
    }
}

/// First of all, what makes the trouble needless.
pub(super) fn redirects(files: &HallFiles, notice: &Notice) -> Markup {
    html! {
        @if !notice.redirects.is_empty() {
            div class="notice" {
                b { (say("notice.read_first")) }
                @for it in &notice.redirects { (redirect(files, it)) }
            }
        }
        @if !notice.perhaps.is_empty() {
            div class="notice" {
                b { (say("notice.ask_first")) }
                @for it in &notice.perhaps { (redirect(files, it)) }
            }
        }
    }
}

fn redirect(files: &HallFiles, redirect: &Redirect) -> Markup {
    let other = redirect.to.as_ref().and_then(|id| files.catalogue.matter(id));
    html! {
        p { (both(&redirect.text)) }
        @if let Some(other) = other {
            p { (both(&filled("notice.instead", &[("matter", &other.name)]))) }
        }
    }
}

fn steps(steps: &[Step]) -> Markup {
    html! {
        @if !steps.is_empty() {
            section class="part" {
                h3 { (say("notice.steps")) }
                ol {
                    @for step in steps {
                        li {
                            (both(&step.name))
                            @if let Some(promised) = step.promised {
                                span class="second" { " · " (both(&limit(promised))) }
                            }
                        }
                    }
                }
            }
        }
    }
}

fn times(notice: &Notice) -> Markup {
    html! {
        section class="part" {
            h3 { (say("notice.how_long")) }
            dl {
                dt { (say("notice.promised")) }
                dd { b { (both(&limit(notice.promised))) } }
                @if let Some(statutory) = notice.statutory {
                    dt { (say("notice.statutory")) }
                    dd { (both(&limit(statutory))) }
                }
                dt { (say("notice.counts")) }
                dd { (say(clock_start(notice.clock_starts))) }
                @if !notice.excluded.is_empty() {
                    dt { (say("notice.excluded")) }
                    dd lang="zh-CN" { (notice.excluded.join("、")) }
                }
            }
            @if let Some(it) = notice.due { p { (both(&due(it))) } }
            @if let Some(note) = &notice.time_note { p { (both(note)) } }
            @for period in &notice.periods {
                p { (both(&period.name)) @if let Some(note) = &period.note { " " (both(note)) } }
            }
        }
    }
}

fn fees(fees: &[FeeLine]) -> Markup {
    html! {
        section class="part" {
            h3 { (say("notice.fees")) }
            @if fees.is_empty() { p { b { (say("notice.no_fee")) } } }
            @for line in fees {
                p {
                    (both(&line.fee.item)) " " b { (both(&amount(line))) }
                    @if !line.sure { small { (say("notice.perhaps")) } }
                    @if !line.fee.basis.is_empty() {
                        small { (say("notice.basis")) span lang="zh-CN" { (line.fee.basis) } }
                    }
                }
            }
        }
    }
}

fn place(contact: &Contact) -> Markup {
    let call = |number: &str| {
        html! { a href=(format!("tel:{}", number.replace(' ', ""))) { (number) } }
    };
    html! {
        section class="part" {
            h3 { (say("notice.where")) }
            dl {
                dt { (say("notice.window")) } dd { b { (contact.window) } }
                dt { (say("notice.address")) } dd { (both(&contact.address)) }
                dt { (say("notice.hours")) } dd { (both(&contact.hours)) }
                dt { (say("notice.phone")) } dd { (call(&contact.phone)) }
                dt { (say("notice.complaint")) } dd { (call(&contact.complaint)) }
            }
        }
    }
}

fn limit(limit: Limit) -> Text {
    let key = match (limit.value, limit.unit) {
        (0, _) => "notice.on_the_spot",
        (1, Unit::Workday) => "notice.workday",
        (1, Unit::Day) => "notice.day",
        (_, Unit::Workday) => "notice.workdays",
        (_, Unit::Day) => "notice.days",
    };
    filled(key, &[("n", &same(&limit.value))])
}

fn clock_start(start: ClockStart) -> &'static str {
    match start {
        ClockStart::Accepted => "notice.counts.accepted",
        ClockStart::SubmittedComplete => "notice.counts.complete",
        ClockStart::PeriodEnd => "notice.counts.period",
    }
}

fn due(due: Due) -> Text {
    let key = if due.provisional { "notice.due.provisional" } else { "notice.due" };
    let date = Text {
        zh: due.date.strftime("%Y 年 %-m 月 %-d 日").to_string(),
        en: due.date.strftime("%-d %b %Y").to_string(),
    };
    filled(key, &[("date", &date)])
}

fn amount(line: &FeeLine) -> Text {
    match line.fee.amount {
        Amount::Fen(_) => {
            let unit = &line.fee.unit;
            let yuan = line.fee.amount;
            Text { zh: format!("{yuan} {}", unit.zh), en: format!("{yuan} {}", unit.en) }
        }
        Amount::Local => text("notice.fee.local").clone(),
        Amount::ByTaxOffice => text("notice.fee.tax_office").clone(),
    }
}
