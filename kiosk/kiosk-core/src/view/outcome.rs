//! What became of an errand: asked, refused, a number, a notice.

use catalogue::Lang;
use queue_api::{PrinterState, Problem};

use super::{
    AwayPage, BusyPage, HeldPage, NoPaperPage, NoticePage, PageView, PaperState, PrinterTrouble,
    RefusedPage, TicketPage, behind, card, countdown, held, just_asked,
};
use crate::format;
use crate::measure::{Type, width};
use crate::number::Given;
use crate::state::{Errand, Hall, Paper, Progress, REPRINTS_MAX, State};

/// Type and width of the line above the number, px.
const HEAD: Type = Type::regular(36);
const HEAD_WIDTH: usize = 784;

pub(super) fn errand(state: &State, errand: &Errand) -> Option<PageView> {
    let want = errand.want;
    Some(match &errand.progress {
        Progress::NoPaper => PageView::NoPaper(NoPaperPage {
            trouble: trouble(state).unwrap_or(PrinterTrouble::Unable),
            want,
        }),
        Progress::Card { stage, since } => {
            PageView::Held(HeldPage::Card(card::card(state, *stage, *since)))
        }
        // A quick answer must not make the page flicker.
        Progress::Asking { .. } if just_asked(state).is_some() => behind(state)?,
        progress if errand.claim.is_some() && held::is_sorry(progress) => {
            held::sorry_errand(state, progress)
        }
        Progress::Asking { .. } | Progress::Keeping { .. } => PageView::Busy(BusyPage { want }),
        Progress::Away => PageView::Away(AwayPage { want }),
        Progress::Refused(problem) => PageView::Refused(refused(problem, state.visit.lang)),
        Progress::Ticket { number, paper, reprints } => {
            let reprint = *reprints < REPRINTS_MAX && may_print(state, paper);
            PageView::Ticket(ticket_page(state, errand, number, paper, reprint)?)
        }
        Progress::Report { paper } => {
            let reprint = matches!(paper, Paper::NotOut { .. } | Paper::Unknown);
            let reprint = reprint && may_print(state, paper);
            let paper = paper_state(state, paper);
            PageView::Held(held::report_done(state, errand.slip.as_ref(), paper, reprint))
        }
        Progress::Notice { paper } => PageView::Notice(NoticePage {
            number: errand.notice_number.clone(),
            matter: asked_about(state)?,
            slip: errand.slip.clone(),
            paper: paper_state(state, paper),
            reprint: matches!(paper, Paper::NotOut { .. } | Paper::Unknown)
                && may_print(state, paper),
            countdown: countdown(state),
        }),
    })
}

/// Why there is no number, and which one they have instead.
fn refused(problem: &Problem, lang: Lang) -> RefusedPage {
    let text = match (&problem.number, lang) {
        (Some(number), Lang::Zh) => format!("您办这件事已经有号：{number}"),
        (Some(number), Lang::En) => format!("You have a number for this: {number}"),
        (None, _) => format::of(&problem.titles, lang).to_owned(),
    };
    RefusedPage { text, has_number: problem.number.is_some() }
}

fn ticket_page(
    state: &State,
    errand: &Errand,
    ticket: &Given,
    paper: &Paper,
    reprint: bool,
) -> Option<TicketPage> {
    let hall = state.hall.as_ref()?;
    let lang = state.visit.lang;
    let called_at = |minutes: u32| {
        let at = ticket.issued_at + jiff::SignedDuration::from_mins(minutes.into());
        format::clock(hall.civil(at))
    };
    let clock = match ticket.wait.map(|it| (it.minutes.low, it.minutes.high)) {
        None | Some((_, 0)) => String::new(),
        Some((low, high)) if low == high => called_at(high),
        Some((low, high)) => format!("{}–{}", called_at(low), called_at(high)),
    };
    let zone = format::zone(&hall.profile, &ticket.lane, lang).to_owned();
    Some(TicketPage {
        number: ticket.number.to_string(),
        matter: headline(state, ticket, lang),
        offline: ticket.wait.is_none(),
        ahead: ticket.wait.map_or(0, |it| it.ahead),
        minutes: ticket.wait.and_then(|it| format::minutes(it.minutes)).unwrap_or_default(),
        clock,
        zone_within: format::within(&zone),
        zone,
        windows: format::windows(&hall.profile, &ticket.lane, lang),
        plan: hall.profile.plan.is_some(),
        url: ticket.url.clone(),
        slip: errand.slip.clone(),
        with_notice: errand.want.notice() && !errand.without_paper,
        paper: paper_state(state, paper),
        reprint,
        countdown: countdown(state),
    })
}

/// The appointment, the matter and its authority in one line, as far as
/// they fit; of a ticket without a matter its lane.
fn headline(state: &State, ticket: &Given, lang: Lang) -> String {
    let matter = ticket.matter.as_deref().and_then(|id| state.catalogue.as_ref()?.matter(id));
    let named = |hall: &Hall| format::lane_name(&hall.profile, &ticket.lane, lang).to_owned();
    let named = state.hall.as_ref().map(named);
    let parts = [
        ticket.booked.map(|it| format::booked(it, lang)),
        matter.map(|it| format::and_more(it.name.get(lang), ticket.more, lang)).or(named),
        matter.map(|it| it.department.get(lang).to_owned()),
    ];
    let mut line = String::new();
    for part in parts.into_iter().flatten() {
        let longer = if line.is_empty() { part } else { format!("{line}　{part}") };
        if !line.is_empty() && width(&longer, HEAD) > HEAD_WIDTH {
            break;
        }
        line = longer;
    }
    line
}

/// The matter of a notice, or the first of several.
fn asked_about(state: &State) -> Option<String> {
    let (lang, notices) = (state.visit.lang, state.notices()?);
    let (matter, _) = notices.first()?;
    Some(format::and_more(matter.name.get(lang), notices.len() - 1, lang))
}

fn paper_state(state: &State, paper: &Paper) -> PaperState {
    match paper {
        Paper::Coming { .. } => PaperState::Coming,
        Paper::Out => PaperState::Out,
        Paper::Unknown => PaperState::Unknown,
        Paper::NotOut { reason } => PaperState::NotOut(match reason.as_str() {
            "no_paper" => PrinterTrouble::NoPaper,
            "cover_open" => PrinterTrouble::CoverOpen,
            "cutter_jam" | "paper_jam" => PrinterTrouble::Jammed,
            "not_taken" => PrinterTrouble::NotTaken,
            "cooling" => PrinterTrouble::Cooling,
            _ => trouble(state).unwrap_or(PrinterTrouble::Unable),
        }),
    }
}

fn may_print(state: &State, paper: &Paper) -> bool {
    !matches!(paper, Paper::Coming { .. }) && !state.printer_is_unable()
}

/// What is wrong with the printer, as far as is known.
pub(super) fn trouble(state: &State) -> Option<PrinterTrouble> {
    match state.printer? {
        PrinterState::Ready | PrinterState::NearEnd => None,
        PrinterState::NoPaper => Some(PrinterTrouble::NoPaper),
        PrinterState::CoverOpen => Some(PrinterTrouble::CoverOpen),
        PrinterState::CutterJam | PrinterState::PaperJam => Some(PrinterTrouble::Jammed),
        PrinterState::NotTaken => Some(PrinterTrouble::NotTaken),
        PrinterState::Cooling => Some(PrinterTrouble::Cooling),
        PrinterState::Fault | PrinterState::Away => Some(PrinterTrouble::Unable),
    }
}
