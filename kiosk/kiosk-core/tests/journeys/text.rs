//! The screen and the effects as text, for people to read in a snapshot.

use std::fmt::Write;

use kiosk_core::{
    Effect, GroupView, HomePage, MatterButton, PageView, Pager, PapersPage, TicketPage, TicketRef,
    View,
};
use queue_api::{Answers, PrintOutcome};
use slip::Slip;

use crate::{hand, staff};

/// What the shell is told, one line.
pub(crate) fn effect(effect: &Effect) -> String {
    match effect {
        Effect::Ask(request) => {
            let matter = request.matter.as_deref().unwrap_or("-");
            let answers = said(request.answers.as_ref());
            let holder = if request.holder.is_some() { ", of a holder" } else { "" };
            format!("! ask {}: {matter}, {answers}{holder}\n", request.command_id)
        }
        Effect::Print { job, ticket, slip } => {
            let ticket = match ticket {
                None => String::new(),
                Some(TicketRef::Known(id)) => format!(" for ticket {id}"),
                Some(TicketRef::Offline(press)) => format!(" for the number of {press}"),
            };
            format!("! print {job}{ticket}: {}\n", paper(slip))
        }
        Effect::ReportPrinted { ticket, job, report } => {
            let outcome = match &report.outcome {
                PrintOutcome::Done => "done".to_owned(),
                PrintOutcome::NotStarted { reason } => format!("not started, {reason}"),
                PrintOutcome::Unknown => "unknown".to_owned(),
            };
            format!("! report {job} as {}, ticket {ticket}: {outcome}\n", report.command_id)
        }
        Effect::ReportDevice(report) => {
            let state = report.printer.as_ref().map(|it| it.state);
            format!("! report the printer: {state:?}\n")
        }
        Effect::Lease { lanes } => {
            let lanes: Vec<&str> = lanes.iter().map(queue_api::LaneId::as_str).collect();
            format!(
                "! ask for numbers of {}\n",
                if lanes.is_empty() { "all".to_owned() } else { lanes.join(" ") }
            )
        }
        Effect::KeepOffline { ticket, lease } => {
            let left: Vec<String> =
                lease.blocks.iter().map(|it| format!("{} {}", it.lane, it.count)).collect();
            let holder = if ticket.holder.is_some() { " of a holder" } else { "" };
            format!(
                "! keep {} of {} for {}{holder}; left {}\n",
                ticket.number,
                ticket.lease,
                ticket.command_id,
                left.join(", ")
            )
        }
        Effect::ReadCard { press } => format!("! read a card for {press}\n"),
        Effect::LetCardGo => "! let the card go\n".to_owned(),
        Effect::FetchIdentityKey => "! fetch the key of the day\n".to_owned(),
        Effect::ForgetIdentityKey => "! forget the key of the day\n".to_owned(),
        Effect::TellOffline => "! tell the numbers given\n".to_owned(),
        Effect::FetchHall => "! fetch the hall\n".to_owned(),
        held @ (Effect::CheckIn(_)
        | Effect::FindByNumber { .. }
        | Effect::FindBySecret { .. }
        | Effect::FindPass { .. }
        | Effect::Reinstate { .. }) => hand::effect(held).unwrap(),
        Effect::SayNoPin
        | Effect::CheckPin { .. }
        | Effect::TellMachine
        | Effect::NewRoll
        | Effect::End(_) => staff::effect(effect).unwrap(),
        Effect::FetchCatalogue => "! fetch the catalogue\n".to_owned(),
    }
}

/// What the questions were answered with.
fn said(answers: Option<&Answers>) -> String {
    let Some(answers) = answers else { return "no answers".to_owned() };
    let each = answers.iter().map(|(it, chosen)| format!("{it}={}", chosen.join("+")));
    each.collect::<Vec<_>>().join(" ")
}

/// A slip in a few words.
fn paper(slip: &Slip) -> String {
    let again = |reprint| if reprint { ", again" } else { "" };
    match slip {
        Slip::Ticket(it) => {
            let offline = if it.offline { ", offline" } else { "" };
            format!("ticket {} {:?}{offline}{}", it.number, it.lang, again(it.reprint))
        }
        Slip::Notice(it) => {
            format!("notice {} {:?}{}", it.notice_number, it.lang, again(it.reprint))
        }
        Slip::TicketAndNotice(ticket, notice) => format!(
            "ticket {} and notice {} {:?}{}",
            ticket.number,
            notice.notice_number,
            ticket.lang,
            again(ticket.reprint)
        ),
        Slip::ReturnPass(it) => format!("return pass {:?}{}", it.lang, again(it.reprint)),
        Slip::Report(it) => hand::report(it),
        Slip::Elsewhere(it) => format!("not in this hall {:?}", it.lang),
        Slip::Test(_) => "test page".to_owned(),
    }
}

/// The whole screen.
pub(crate) fn page(view: &View) -> String {
    let mut text = String::new();
    let over = view.still_here_s.map_or_else(String::new, |s| format!(" — still here? {s} s"));
    let modes = [
        (view.contrast, ", contrast"),
        (view.large, ", large"),
        (view.low, ", low"),
        (view.aloud == Some(true), ", aloud"),
    ];
    let modes: String = modes.into_iter().filter(|(on, _)| *on).map(|(_, word)| word).collect();
    writeln!(text, "== {} {:?}{modes}{over}", view.clock, view.lang).unwrap();
    text.push_str(&body(&view.page));
    text
}

fn home(it: &HomePage) -> String {
    let mut text = format!(
        "home: {} waiting, last {}, connected {}, numbers {}{}, printer {:?}\n",
        it.waiting,
        it.last_ticket,
        it.connected,
        it.numbers,
        if it.own_numbers { " of its own" } else { "" },
        it.trouble
    );
    for lane in &it.lanes {
        let (letter, name) = (&lane.letter, &lane.name);
        writeln!(text, "  {letter} {name} [{}] [{}]", lane.people, lane.wait).unwrap();
    }
    text
}

fn body(page: &PageView) -> String {
    match page {
        PageView::Joining(it) => format!("asks to come in as {}: {}\n", it.name, it.code),
        PageView::Home(it) => home(it),
        PageView::Night(it) => format!(
            "night {}: {}, open {}; {} / {}\n",
            it.place, it.hall_en, it.hours, it.notice_zh, it.notice_en
        ),
        PageView::Find(it) => format!("find{}\n{}", pager(it.pager), buttons(&it.most_used)),
        PageView::Search(it) => {
            format!("search `{}`{}\n{}", it.typed, pager(it.pager), buttons(&it.found))
        }
        PageView::Shelves => "shelves\n".to_owned(),
        PageView::Shelf(it) => {
            let mut text = format!("shelf {:?}{}\n", it.shelf, pager(it.pager));
            for topic in &it.topics {
                writeln!(text, "  [{}]", topic.name).unwrap();
            }
            text
        }
        PageView::Topic(it) => {
            format!("topic {}{}\n{}", it.name, pager(it.pager), buttons(&it.matters))
        }
        PageView::Guide(it) => {
            let mut text = format!(
                "guide: {} ({}), {:?} first{}{}\n",
                it.name,
                it.department,
                it.way,
                pager(it.pager),
                if it.busy { ", asking" } else { "" }
            );
            for row in &it.rows {
                writeln!(text, "  {:?}: {}", row.label, row.text).unwrap();
            }
            text
        }
        PageView::Question(it) => {
            let mut text = format!("question {} of {}: {}\n", it.number, it.of, it.question);
            if !it.so_far.is_empty() {
                writeln!(text, "  so far: {}", it.so_far).unwrap();
            }
            for option in &it.options {
                let mark = if option.chosen { "x" } else { " " };
                writeln!(text, "  [{mark}] {} {}", option.digit, option.text).unwrap();
            }
            text
        }
        PageView::Held(it) => hand::page(it),
        PageView::Staff(it) => staff::page(it),
        PageView::Papers(it) => papers(it),
        PageView::Ticket(it) => ticket(it),
        PageView::Refused(it) => format!("refused: {}\n", it.text),
        PageView::NoPaper(it) => format!("no paper: {:?}, wanted {:?}\n", it.trouble, it.want),
        PageView::Notice(it) => format!(
            "notice {}: {}, paper {:?}, reprint {}\n",
            it.number, it.matter, it.paper, it.reprint
        ),
        other => format!("{other:?}\n"),
    }
}

fn buttons(buttons: &[MatterButton]) -> String {
    buttons.iter().fold(String::new(), |text, it| format!("{text}  [{}] {}\n", it.name, it.tag))
}

fn pager(pager: Pager) -> String {
    if pager.pages == 1 { String::new() } else { format!(", page {}/{}", pager.page, pager.pages) }
}

fn papers(page: &PapersPage) -> String {
    let mut text = format!("bring {} for {}", page.count, page.matter);
    writeln!(text, "{}", pager(page.pager)).unwrap();
    writeln!(text, "  so far: {}", page.so_far).unwrap();
    for told in &page.told {
        writeln!(text, "  told: {told}").unwrap();
    }
    if let Some(stop) = &page.stop {
        writeln!(text, "  stop, {:?}: {}", stop.kind, stop.text).unwrap();
        text.push_str(&buttons(stop.to.as_slice()));
    }
    for group in &page.groups {
        text.push_str(&rows(group));
    }
    let facts = &page.facts;
    writeln!(
        text,
        "  promised {} | by law {} | fee {} | visits {}",
        facts.promised,
        facts.statutory,
        if facts.fee.is_empty() { "none" } else { &facts.fee },
        facts.visits
    )
    .unwrap();
    text
}

fn rows(group: &GroupView) -> String {
    let mut text = format!("  {:?}{}\n", group.kind, if group.continued { " (more)" } else { "" });
    for row in &group.rows {
        let counts = row.counts.replace('\n', ", ");
        writeln!(text, "    {} | {} | {counts}", row.name, row.note).unwrap();
    }
    text
}

fn ticket(page: &TicketPage) -> String {
    let wait = if page.offline {
        "how long is not known".to_owned()
    } else {
        format!("{} before, {} min, at {}", page.ahead, page.minutes, page.clock)
    };
    format!(
        "number {} for {}\n  {wait}, {} windows {}\n  paper {:?}, notice {}, reprint {}, asked in {} s\n",
        page.number,
        page.matter,
        page.zone,
        page.windows,
        page.paper,
        page.with_notice,
        page.reprint,
        page.countdown.left_s
    )
}
