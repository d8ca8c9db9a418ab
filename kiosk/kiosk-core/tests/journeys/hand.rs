//! Words of the stories about what a visitor has in the hand.

use std::fmt::Write;

use jiff::civil::{date, time};
use kiosk_core::{CardHeard, Effect, HeldPage, IssueFailure, Msg, PlanPage, StandingPage};
use queue_api::{
    Booked, Class, CommandId, MarkKind, PassView, Problem, ProblemCode, Ticket, TicketState,
    WindowId,
};
use slip::{ReportKind, ReportSlip};

use crate::demo;

/// What somebody presses or shows; `command_id` makes the id of a press.
pub(crate) fn press(verb: &str, rest: &str, command_id: impl FnOnce() -> CommandId) -> Option<Msg> {
    Some(match verb {
        "have" => Msg::HavePressed,
        "check-in" => Msg::CheckInPressed,
        "have-number" => Msg::NumberPressed,
        "lane" => Msg::LanePressed { lane: rest.parse().unwrap() },
        "enter" => Msg::EnterPressed { command_id: command_id() },
        "scan" => Msg::Scanned { text: rest.to_owned(), command_id: command_id() },
        "rejoin" => Msg::RejoinPressed { command_id: command_id() },
        "slip" => Msg::SlipPressed { command_id: command_id() },
        "reports" => Msg::ReportsPressed,
        "report" => Msg::ReportPressed {
            kind: if rest == "stuck" { ReportKind::Stuck } else { ReportKind::Complaint },
        },
        "blank" => Msg::BlankPressed { command_id: command_id() },
        "plan" => Msg::PlanPressed,
        "without-card" => Msg::WithoutCardPressed,
        "come-back" => Msg::ComeBackPressed { command_id: command_id() },
        _ => return None,
    })
}

/// What the server says: `is press-1 waiting`, `pass press-1`,
/// `no press-1 unknown_ticket`, `checked-in press-1 late`,
/// `not-checked-in press-1 check_in_early`.
pub(crate) fn news(verb: &str, rest: &str) -> Option<Msg> {
    let (press, what) = rest.split_once(' ').unwrap_or((rest, ""));
    let id = || format!("{press:-<8}").parse::<CommandId>().unwrap();
    Some(match verb {
        "is" => Msg::TicketFound { command_id: id(), ticket: ticket(what) },
        "pass" => Msg::PassFound { command_id: id(), pass: pass(what) },
        "no" => Msg::LookFailed { command_id: id(), failure: failure(what) },
        "checked-in" => {
            let on_paper = what.contains("before");
            let booked = Some(Booked { time: time(9, 30, 0, 0), late: what.contains("late") });
            let class = Class::Appointment;
            let known =
                ticket(if what.contains("passed-over") { "passed-over" } else { "waiting" });
            let ticket = Ticket { class, booked, on_paper, ..known };
            Msg::TicketIssued { command_id: id(), ticket }
        }
        "card" => Msg::Card { press: id(), heard: card(what) },
        "not-checked-in" => Msg::IssueFailed { command_id: id(), failure: failure(what) },
        _ => return None,
    })
}

/// `card press-1 seen`: what the reader says.
fn card(what: &str) -> CardHeard {
    match what {
        "waits" => CardHeard::Waits,
        "seen" => CardHeard::Seen,
        "unreadable" => CardHeard::Unreadable,
        "away" => CardHeard::Away,
        "read" => CardHeard::Read("0123456789abcdef".repeat(4).parse().unwrap()),
        _ => panic!("no reader says `{what}`"),
    }
}

fn failure(what: &str) -> IssueFailure {
    if what == "unreachable" {
        return IssueFailure::Unreachable;
    }
    let code = ProblemCode::ALL.iter().find(|it| it.code() == what);
    let problem = Problem::new(*code.unwrap_or_else(|| panic!("`{what}` is no problem")));
    let from = (what == "check_in_early").then(|| date(2026, 11, 24).at(9, 30, 0, 0));
    let number = (what == "has_ticket").then(|| "A007".parse().unwrap());
    IssueFailure::Refused(Box::new(Problem { from, number, ..problem }))
}

/// A ticket of today, and a time of ours by which it may come back.
fn ticket(what: &str) -> Ticket {
    let known = demo::ticket();
    let at = |state| Ticket { state, window: Some(WindowId(2)), ahead: 0, ..demo::ticket() };
    let until = |minutes| Some(demo::morning() + jiff::SignedDuration::from_mins(minutes));
    match what {
        "waiting" => Ticket { on_paper: true, ..known },
        "waiting-unprinted" => known,
        "called" => at(TicketState::Called),
        "serving" => at(TicketState::Serving),
        "done" => at(TicketState::Finished),
        "void" => at(TicketState::Void),
        "passed-over" => Ticket { rejoin_until: until(12), ..at(TicketState::NoShow) },
        "passed-over-long-ago" => Ticket { rejoin_until: until(-1), ..at(TicketState::NoShow) },
        "passed-over-again" => at(TicketState::NoShow),
        _ => panic!("no ticket is `{what}`"),
    }
}

fn pass(what: &str) -> PassView {
    PassView {
        lane: "A".parse().unwrap(),
        matter: Some("food-operation-permit".to_owned()),
        until: date(2026, 11, 30),
        ticket: (what == "used").then(demo::ticket),
    }
}

/// What the shell is told, if it is about this.
pub(crate) fn effect(effect: &Effect) -> Option<String> {
    Some(match effect {
        Effect::CheckIn(it) => format!("! check in {}: {}\n", it.command_id, it.code),
        Effect::FindByNumber { command_id, number } => format!("! find {command_id}: {number}\n"),
        Effect::FindBySecret { command_id, token } => {
            format!("! find {command_id} by its paper: {token}\n")
        }
        Effect::FindPass { command_id, token } => format!("! find pass {command_id}: {token}\n"),
        Effect::Reinstate { command_id, ticket } => {
            format!("! put back {command_id}: ticket {ticket}\n")
        }
        _ => return None,
    })
}

/// The page.
pub(crate) fn page(page: &HeldPage) -> String {
    match page {
        HeldPage::Have => "what is in the hand\n".to_owned(),
        HeldPage::Code(it) => format!(
            "code `{}`{}{}\n",
            it.typed,
            if it.complete { ", complete" } else { "" },
            if it.busy { ", asking" } else { "" }
        ),
        HeldPage::Number(it) => {
            let lanes: Vec<&str> = it.lanes.iter().map(queue_api::LaneId::as_str).collect();
            format!(
                "number `{}` of {}{}{}\n",
                it.typed,
                lanes.join(" "),
                if it.complete { ", complete" } else { "" },
                if it.busy { ", asking" } else { "" }
            )
        }
        HeldPage::Looking => "looking\n".to_owned(),
        HeldPage::Standing(it) => standing(it),
        HeldPage::Pass(it) => {
            format!("return pass for {}, until {}, windows {}\n", it.what, it.until, it.windows)
        }
        HeldPage::Report(it) => format!(
            "what is it about? printer {:?}; to `{}` or {}\n",
            it.trouble, it.hand_in, it.hotline
        ),
        HeldPage::ReportDone(it) => {
            format!("report, paper {:?}, reprint {}; to `{}`\n", it.paper, it.reprint, it.hand_in)
        }
        HeldPage::Plan(it) => plan(it),
        HeldPage::Card(it) => {
            let skip = if it.may_skip { ", may go on without" } else { "" };
            format!("your card please: {:?}{skip}\n", it.stand)
        }
        HeldPage::Sorry(it) => format!("sorry, {:?} `{}`: then {:?}\n", it.kind, it.words, it.then),
    }
}

fn standing(it: &StandingPage) -> String {
    let mut text = format!("{} stands: {:?}", it.number, it.stand);
    if !it.matter.is_empty() {
        write!(text, ", for {}", it.matter).unwrap();
    }
    if !it.minutes.is_empty() {
        write!(text, "; {} before, {} min, at {}", it.ahead, it.minutes, it.clock).unwrap();
    }
    if !it.until.is_empty() {
        write!(text, "; until {}", it.until).unwrap();
    }
    write!(text, "; {} windows {}", it.zone, it.windows).unwrap();
    let more = [(it.slip, ", slip"), (it.busy, ", asking")];
    more.iter().filter(|it| it.0).for_each(|it| text.push_str(it.1));
    text.push('\n');
    text
}

fn plan(it: &PlanPage) -> String {
    let lit = |kind| {
        let lit = it.marks.iter().filter(|it| it.lit && it.kind == kind);
        lit.map(|it| it.name.as_str()).collect::<Vec<_>>().join(" ")
    };
    let mut text = format!(
        "plan of {} by {}: windows `{}`{}, lit {} in {}\n",
        it.cells.0,
        it.cells.1,
        it.windows,
        if it.called { " called" } else { "" },
        lit(MarkKind::Window),
        lit(MarkKind::Zone)
    );
    for lane in &it.lanes {
        writeln!(text, "  [{}] {}", if lane.chosen { "x" } else { " " }, lane.name).unwrap();
    }
    text
}

/// A report in a few words.
pub(crate) fn report(it: &ReportSlip) -> String {
    let known = |it: &Option<String>| it.clone().unwrap_or_else(|| "-".to_owned());
    let at = |it: Option<jiff::civil::DateTime>| it.map(|it| it.to_string());
    format!(
        "report {:?} {:?} on {}: lane {}, window {}, taken {}, called {}; to {} or {}",
        it.kind,
        it.lang,
        known(&it.number),
        known(&it.lane),
        known(&it.window),
        known(&at(it.issued)),
        known(&at(it.called)),
        it.hand_in,
        it.hotline
    )
}
