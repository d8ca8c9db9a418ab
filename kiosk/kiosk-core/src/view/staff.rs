//! The staff panel: how the machine is, in words for whoever looks after
//! it.

use catalogue::Lang;
use jiff::Timestamp;
use queue_api::PrinterState;

use super::{Pager, part};
use crate::format::{self, pick};
use crate::staff::{Checked, Ending, Machine, StaffPage, TestPage};
use crate::state::{Page, State};
use crate::update::is_complete_pin;
use crate::view::home::chunks;

/// Lines of the log on one page, and characters of each.
const LOG_LINES: usize = 10;
const LOG_CHARS_MAX: usize = 150;

/// A page of the panel.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum StaffView {
    /// The pad for the PIN.
    Pin(PinPage),
    /// How the machine is.
    Panel(PanelPage),
    /// The last lines of the log, the newest first.
    Log(LogPage),
    /// "Really?"
    Sure(Ending),
}

/// The pad for the PIN; what was typed is never shown.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PinPage {
    /// A dot for each digit.
    pub dots: String,
    /// Whether it can be a PIN.
    pub complete: bool,
    /// Whether it is being looked at.
    pub checking: bool,
    /// Whether the one before was wrong.
    pub wrong: bool,
    /// No PIN is looked at for so many minutes; 0 if it is.
    pub closed_minutes: u32,
}

/// How the machine is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PanelPage {
    /// What is known of it, in order.
    pub facts: Vec<StaffFact>,
    /// What became of the test page.
    pub test: TestStand,
}

/// Something known of the machine.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StaffFact {
    /// What about.
    pub label: FactLabel,
    /// What is known.
    pub text: String,
}

/// What is known of the machine.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum FactLabel {
    /// The printer's state.
    Printer,
    /// Paper since the roll was changed.
    Roll,
    /// The server and since when it answers or does not.
    Server,
    /// Numbers to give without it.
    Numbers,
    /// The machine's own addresses.
    Addresses,
    /// The program.
    Version,
}

/// What became of the test page.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum TestStand {
    /// Nobody asked for one.
    None,
    /// It is at the printer.
    Coming,
    /// It is out.
    Out,
    /// It is not.
    NotOut,
}

/// The last lines of the log.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LogPage {
    /// Of this page.
    pub lines: Vec<String>,
    /// Which page.
    pub pager: Pager,
}

/// The panel, if it stands; it needs neither hall nor catalogue.
pub(super) fn staff(state: &State) -> Option<StaffView> {
    let Page::Staff(page) = &state.visit.page else { return None };
    Some(match page {
        StaffPage::Pin { typed, checked } => StaffView::Pin(PinPage {
            dots: "●".repeat(typed.len()),
            complete: is_complete_pin(typed),
            checking: *checked == Checked::Checking,
            wrong: *checked == Checked::Wrong,
            closed_minutes: state
                .staff
                .closed_minutes(state.now)
                .map_or(0, |it| u32::try_from(it).unwrap_or(0)),
        }),
        StaffPage::Panel => StaffView::Panel(PanelPage { facts: facts(state), test: test(state) }),
        StaffPage::Log { at } => {
            let newest = state.staff.machine.lines.iter().rev();
            let lines = newest.map(|it| it.chars().take(LOG_CHARS_MAX).collect()).collect();
            let (lines, pager) = part(chunks(lines, LOG_LINES), *at);
            StaffView::Log(LogPage { lines, pager })
        }
        StaffPage::Sure(ending) => StaffView::Sure(*ending),
    })
}

fn test(state: &State) -> TestStand {
    match state.staff.test {
        None => TestStand::None,
        Some(TestPage::Coming(_)) => TestStand::Coming,
        Some(TestPage::Out) => TestStand::Out,
        Some(TestPage::NotOut) => TestStand::NotOut,
    }
}

fn facts(state: &State) -> Vec<StaffFact> {
    let lang = state.visit.lang;
    let machine = &state.staff.machine;
    let none = || pick(lang, "没有", "None").to_owned();
    let fact = |label, text| StaffFact { label, text };
    vec![
        fact(FactLabel::Printer, printer(state, lang)),
        fact(FactLabel::Roll, roll(state, machine, lang)),
        fact(FactLabel::Server, server(state, machine, lang)),
        fact(FactLabel::Numbers, numbers(state, lang)),
        fact(
            FactLabel::Addresses,
            if machine.addresses.is_empty() { none() } else { machine.addresses.join("　") },
        ),
        fact(FactLabel::Version, machine.version.clone()),
    ]
}

fn printer(state: &State, lang: Lang) -> String {
    let word = match state.printer {
        None => pick(lang, "还不知道", "Not known yet"),
        Some(PrinterState::Ready) => pick(lang, "正常", "Ready"),
        Some(PrinterState::NearEnd) => pick(lang, "纸快用完", "Paper low"),
        Some(PrinterState::NoPaper) => pick(lang, "没有纸", "No paper"),
        Some(PrinterState::CoverOpen) => pick(lang, "盖子开着", "Cover open"),
        Some(PrinterState::CutterJam) => pick(lang, "切刀卡住", "Cutter stuck"),
        Some(PrinterState::PaperJam) => pick(lang, "卡纸", "Paper stuck"),
        Some(PrinterState::NotTaken) => pick(lang, "小票没有取走", "Slip not taken"),
        Some(PrinterState::Cooling) => pick(lang, "过热，正在降温", "Cooling down"),
        Some(PrinterState::Fault) => pick(lang, "有故障", "Faulty"),
        Some(PrinterState::Away) => pick(lang, "连不上", "Not connected"),
    };
    since(state, word, Some(state.printer_since), lang)
}

/// `共 12 张，约 1.9 米，11月23日 09:41 换纸`.
fn roll(state: &State, machine: &Machine, lang: Lang) -> String {
    let roll = &machine.roll;
    let metres = format!("{}.{}", roll.mm / 1_000, roll.mm % 1_000 / 100);
    let used = match lang {
        Lang::Zh => format!("{} 张，约 {metres} 米", roll.slips),
        Lang::En => format!("{} slips, about {metres} m", roll.slips),
    };
    match roll.since.map(|at| moment(state, at, lang)) {
        Some(at) if !at.is_empty() => match lang {
            Lang::Zh => format!("{used}，{at} 换纸"),
            Lang::En => format!("{used}, new roll {at}"),
        },
        _ => used,
    }
}

fn server(state: &State, machine: &Machine, lang: Lang) -> String {
    let word = if state.queue.connected {
        pick(lang, "已连接", "Connected")
    } else {
        pick(lang, "连不上", "Away")
    };
    let stand = since(state, word, state.staff.server_since, lang);
    let heard = state.staff.heard_at.map(|at| moment(state, at, lang)).unwrap_or_default();
    let last = match lang {
        _ if heard.is_empty() => String::new(),
        Lang::Zh => format!("，最近一次回答 {heard}"),
        Lang::En => format!(", last answer {heard}"),
    };
    format!("{stand}{last}　{}", machine.server)
}

fn numbers(state: &State, lang: Lang) -> String {
    let blocks = state.offline.leases.iter().flat_map(|it| &it.blocks);
    let count: u32 = blocks.map(|it| it.count).sum();
    match lang {
        Lang::Zh => format!("{count} 个"),
        Lang::En => format!("{count} left"),
    }
}

/// `正常，11月23日 09:41 起`.
fn since(state: &State, word: &str, at: Option<Timestamp>, lang: Lang) -> String {
    let at = at.map(|at| moment(state, at, lang)).unwrap_or_default();
    match lang {
        _ if at.is_empty() => word.to_owned(),
        Lang::Zh => format!("{word}，{at} 起"),
        Lang::En => format!("{word} since {at}"),
    }
}

/// `11月23日 09:41`; empty before the hall is known.
fn moment(state: &State, at: Timestamp, lang: Lang) -> String {
    let Some(hall) = &state.hall else { return String::new() };
    let civil = hall.civil(at);
    format!("{} {}", format::date(civil.date(), lang), format::clock(civil))
}
