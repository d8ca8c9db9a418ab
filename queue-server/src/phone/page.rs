//! The ticket's page: the number, who is ahead, where to go, what to
//! bring. `ticket.js` repaints what bears an id, in the same words.

use catalogue::{Lang, Notice, Text};
use jiff::Timestamp;
use jiff::tz::TimeZone;
use maud::{DOCTYPE, Markup, html};
use queue_api::{EstimateMinutes, TicketState, TicketView};

use super::lists::{Detail, papers};
use super::notice::redirects;
use super::words::{both, code, filled, of, same, say, tag, text};
use crate::profile::HallFiles;

/// Without scripts a page asks for itself again so often, in seconds.
const REFRESH_SECS: u32 = 20;

/// What of a door's label fits beside a sentence.
const DOOR_CHARS_MAX: usize = 9;

/// The page of one ticket at `now`.
pub(crate) fn ticket_page(
    files: &HallFiles,
    view: &TicketView,
    notices: &[Notice],
    token: &str,
    rejoin_minutes: u32,
    now: Timestamp,
    lang: Lang,
) -> String {
    let word = |key: &str| text(key).get(lang);
    let is_next = view.state == TicketState::Waiting && view.ahead == 0;
    let waits = view.state == TicketState::Waiting && !is_next;
    let (state, what_to_do) = state(files, view, now);
    let updated = filled("ticket.updated", &[("time", &same(&clock(files, now)))]);
    let page = html! {
        (DOCTYPE)
        html lang=(tag(lang)) {
            (head(&format!("{} {}", view.number, word("ticket.title")), "ticket.js"))
            body class="ticket" data-state=(name_of(view.state))
                data-time-zone=(files.profile.time_zone) {
                header class="head" {
                    (lintel(&of(&files.profile.name)))
                    p class="under" {
                        span id="lane" { (of(&view.lane_name).get(lang)) }
                        span id="updated" { (updated.get(lang)) }
                    }
                    h1 class="plate" {
                        span class="unseen" { (say("ticket.number")) }
                        span id="plate" { (view.number) }
                    }
                }
                main {
                    p id="notice" class="notice" role="status" hidden {}
                    dl id="facts" class="facts" hidden[!waits] {
                        div {
                            dt { (say("ticket.ahead")) }
                            dd { b id="ahead" { (view.ahead) } " " small { (say("people_unit")) } }
                        }
                        div {
                            dt { (say("ticket.estimate")) }
                            dd {
                                b id="estimate" { (range(view.estimate_minutes)) } " "
                                small { (say("time.minutes_unit")) }
                            }
                        }
                    }
                    div id="where" class="where" aria-live="assertive" {
                        (door(view))
                        p { b id="state" { (state.get(lang)) } span id="do" { (what_to_do.get(lang)) } }
                    }
                    p id="touch" class="second" hidden { (say("ticket.touch")) }
                    section id="rating" class="rating" hidden {}
                    @for notice in notices { (short_list(files, notice)) }
                    @if !notices.is_empty() {
                        p { a id="whole-notice" class="press" href=(format!("/t/{token}/notice?lang={}", code(lang))) {
                            (say("ticket.whole_notice"))
                        } }
                    }
                    section id="leaving" hidden {}
                    (plain(lang))
                }
                footer {
                    p { (both(&filled("ticket.rejoin", &[("n", &same(&rejoin_minutes))]))) }
                    p { (say("ticket.privacy")) }
                }
            }
        }
    };
    page.into_string()
}

/// What a page was not found for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Unknown {
    /// No paper bears the secret.
    Ticket,
    /// Nor those that were tried before, from the same address.
    TooMany,
    /// The code of a list that cannot be made any more.
    List,
}

/// The page of a secret that no paper bears which the hall still knows,
/// or of a list that it cannot make any more.
pub(crate) fn unknown_page(files: &HallFiles, unknown: Unknown, lang: Lang) -> String {
    let (title, key) = match unknown {
        Unknown::Ticket => ("ticket.title", "ticket.unknown"),
        Unknown::TooMany => ("ticket.title", "ticket.too_many"),
        Unknown::List => ("notice.title", "list.unknown"),
    };
    let page = html! {
        (DOCTYPE)
        html lang=(tag(lang)) {
            (head(text(title).get(lang), "notice.js"))
            body class="ticket" data-title=(title) {
                header class="head" { (lintel(&of(&files.profile.name))) }
                main {
                    h1 class="unseen" { (say(title)) }
                    div class="where" {
                        p { b id="state" { (say(key)) } span id="do" { (say(&format!("{key}.do"))) } }
                    }
                    (plain(lang))
                }
                footer { p { (say("ticket.privacy")) } }
            }
        }
    };
    page.into_string()
}

/// What stands in every page's head. Phones that know no modules are
/// given a script that loads the page again.
pub(super) fn head(title: &str, script: &str) -> Markup {
    html! {
        head {
            meta charset="utf-8";
            meta name="viewport" content="width=device-width, initial-scale=1";
            meta name="robots" content="noindex";
            meta name="referrer" content="no-referrer";
            meta name="format-detection" content="telephone=no";
            title { (title) }
            link rel="icon" href="/web/mark.svg";
            link rel="stylesheet" href="/web/style.css";
            link rel="stylesheet" href="/web/phone.css";
            link rel="stylesheet" href="/web/papers.css";
            @if script == "ticket.js" {
                noscript { meta http-equiv="refresh" content=(REFRESH_SECS); }
                script nomodule defer src="/web/old-phone.js" data-seconds=(REFRESH_SECS) {}
            }
            script type="module" src=(format!("/web/{script}")) {}
        }
    }
}

/// Whose page it is, and the other language.
pub(super) fn lintel(hall: &Text) -> Markup {
    html! {
        div class="top" {
            svg class="mark" viewBox="0 0 96 96" aria-hidden="true" {
                path d="M20 74V18H76V74M6 88H90" {}
            }
            b { (both(hall)) }
            button type="button" id="language" class="quiet" data-words="language.other" hidden {}
        }
    }
}

/// What a script does where there is one: the page again, and the other
/// language.
pub(super) fn plain(lang: Lang) -> Markup {
    let other = match lang {
        Lang::Zh => Lang::En,
        Lang::En => Lang::Zh,
    };
    let address = |lang| format!("?lang={}", code(lang));
    html! {
        p id="plain" class="plain" {
            a class="press" href=(address(lang)) { (text("ticket.refresh").get(lang)) }
            a class="press" href=(address(other)) { (text("language.other").get(lang)) }
        }
    }
}

/// How things stand, and what to do: the words that `ticket.js` finds.
fn state(files: &HallFiles, view: &TicketView, now: Timestamp) -> (Text, Text) {
    let may_rejoin = view.rejoin_until.is_some_and(|it| now <= it);
    let key = match view.state {
        TicketState::Waiting if view.ahead == 0 => "next",
        TicketState::NoShow if !may_rejoin => "missed",
        state => name_of(state),
    };
    let window = same(view.window_label.as_deref().unwrap_or_default());
    let time = same(&view.rejoin_until.map(|it| clock(files, it)).unwrap_or_default());
    let values = [("window", &window), ("zone", &same(&view.zone)), ("time", &time)];
    let key = format!("ticket.{key}");
    (filled(&key, &values), filled(&format!("{key}.do"), &values))
}

/// The window in its door: the one that called, or those that may.
fn door(view: &TicketView) -> Markup {
    use TicketState::{Called, Parked, Serving, Waiting};
    let label = match view.state {
        Waiting => view.windows.as_str(),
        Called | Serving | Parked => view.window_label.as_deref().unwrap_or_default(),
        TicketState::Finished | TicketState::NoShow | TicketState::Void => "",
    };
    let label = if label.chars().count() > DOOR_CHARS_MAX { "" } else { label };
    html! { span id="door" class="door" aria-hidden="true" hidden[label.is_empty()] { (label) } }
}

fn short_list(files: &HallFiles, notice: &Notice) -> Markup {
    html! {
        section class="papers" {
            h2 { (both(&notice.name)) }
            (redirects(files, notice))
            @if notice.ended_by().is_none() { (papers(std::slice::from_ref(notice), Detail::Short)) }
        }
    }
}

/// `20–30`, or one number where the range is none.
fn range(minutes: EstimateMinutes) -> String {
    let EstimateMinutes { low, high } = minutes;
    if low == high { low.to_string() } else { format!("{low}–{high}") }
}

/// `09:41` in the hall.
fn clock(files: &HallFiles, at: Timestamp) -> String {
    let zone = TimeZone::get(&files.profile.time_zone).unwrap_or(TimeZone::UTC);
    at.to_zoned(zone).strftime("%H:%M").to_string()
}

/// The state as it is on the wire and in the words.
fn name_of(state: TicketState) -> &'static str {
    match state {
        TicketState::Waiting => "waiting",
        TicketState::Called => "called",
        TicketState::Serving => "serving",
        TicketState::Parked => "parked",
        TicketState::Finished => "finished",
        TicketState::NoShow => "no_show",
        TicketState::Void => "void",
    }
}
