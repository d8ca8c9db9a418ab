//! What the visitor has in the hand: the pads, and what is told of it.

use jiff::SignedDuration;
use queue_api::{LaneId, PassView, Ticket, TicketState};
use slip::{ReportKind, Slip};

use super::card::CardPage;
use super::outcome::trouble;
use super::{PageView, PaperState, PlanPage, PrinterTrouble, just_asked, just_now, on_the_way};
use crate::format;
use crate::held::{Held, Progress, Sorry, Wanted};
use crate::state::{Page, Progress as Errand, State};
use crate::update::{is_complete, may_print, may_rejoin};

/// A page about what the visitor has in the hand.
#[derive(Clone, Debug, PartialEq, Eq)]
#[expect(clippy::large_enum_variant, reason = "one page at a time")]
pub enum HeldPage {
    /// What can be done with it.
    Have,
    /// The pad for an appointment's code.
    Code(CodePage),
    /// The pad for a ticket's number.
    Number(NumberPage),
    /// The server is taking its time.
    Looking,
    /// Where a ticket stands.
    Standing(StandingPage),
    /// A return pass.
    Pass(PassPage),
    /// It leads nowhere.
    Sorry(SorryPage),
    /// What a report is about.
    Report(ReportPage),
    /// A report to write on.
    ReportDone(ReportDonePage),
    /// Where a window is.
    Plan(PlanPage),
    /// An identity card is asked for.
    Card(CardPage),
}

/// What a report is about.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ReportPage {
    /// Where one goes with it.
    pub hand_in: String,
    /// The telephone for complaints.
    pub hotline: String,
    /// What is wrong with the printer, if anything.
    pub trouble: Option<PrinterTrouble>,
}

/// A report to write on.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ReportDonePage {
    /// Where one goes with it.
    pub hand_in: String,
    /// The telephone for complaints.
    pub hotline: String,
    /// What lies at the printer.
    pub slip: Option<Slip>,
    /// The paper.
    pub paper: PaperState,
    /// Whether it may be printed again.
    pub reprint: bool,
}

/// The pad for an appointment's code.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CodePage {
    /// `1234 5678`.
    pub typed: String,
    /// Whether it is long enough.
    pub complete: bool,
    /// The server is being asked.
    pub busy: bool,
}

/// The pad for a ticket's number.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NumberPage {
    /// `A23`.
    pub typed: String,
    /// Whether it is a number.
    pub complete: bool,
    /// The server is being asked.
    pub busy: bool,
    /// The letters that numbers of this hall begin with.
    pub lanes: Vec<LaneId>,
    /// For a report, which needs no number.
    pub report: bool,
}

/// Where a ticket is in its life, for whoever holds it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Stand {
    /// It waits.
    Waiting,
    /// It waits again, since just now.
    Rejoined,
    /// It is called.
    Called,
    /// Its holder is at the window, or was sent off for a while.
    AtWindow,
    /// It was passed over, and may come back.
    PassedOver,
    /// It was passed over too long ago.
    TooLate,
    /// It was passed over again.
    PassedOverAgain,
    /// It is done.
    Done,
    /// It is void.
    Void,
}

/// Where a ticket stands.
#[derive(Clone, Debug, PartialEq, Eq)]
#[expect(clippy::struct_excessive_bools, reason = "each is seen by itself")]
pub struct StandingPage {
    /// `A023`.
    pub number: String,
    /// What for; empty unless the slip was shown.
    pub matter: String,
    /// Where it is in its life.
    pub stand: Stand,
    /// How many are before, while it waits.
    pub ahead: u32,
    /// `20–30` minutes; empty if nobody waits before it.
    pub minutes: String,
    /// `10:01–10:11`; empty if nobody waits before it.
    pub clock: String,
    /// `等候区 A`, as it stands within a sentence.
    pub zone: String,
    /// The windows that may call, or the one that did: `A01–A04`.
    pub windows: String,
    /// Until when it may come back, `10:12`, if it was passed over.
    pub until: String,
    /// Whether the hall has a plan that shows them.
    pub plan: bool,
    /// Whether a slip of it is printed.
    pub slip: bool,
    /// What is wrong with the printer, if anything.
    pub trouble: Option<PrinterTrouble>,
    /// Whether the slip itself was shown, and is printed as it was.
    pub shown: bool,
    /// The server is being asked to put it back.
    pub busy: bool,
}

/// A return pass.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PassPage {
    /// What for: the matter, or the lane.
    pub what: String,
    /// The last day on which it is taken, `11月30日`.
    pub until: String,
    /// `A01–A04`.
    pub windows: String,
    /// The server is being asked.
    pub busy: bool,
}

/// Why it leads nowhere, and what to do.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SorryPage {
    /// Why.
    pub kind: SorryKind,
    /// From when on it would, `11月24日 09:30`; or the server's own words.
    pub words: String,
    /// What the first button does.
    pub then: SorryThen,
}

/// Why something leads nowhere.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SorryKind {
    /// The server cannot be reached.
    Away,
    /// Nor can it by somebody with an appointment.
    AwayBooked,
    /// No such ticket today.
    Ticket,
    /// No such appointment.
    Appointment,
    /// Too early to check in.
    Early,
    /// Too late to check in.
    Missed,
    /// The appointment was given up, or is over.
    NotAwaited,
    /// Wrong codes too often.
    TooManyTries,
    /// No numbers now.
    Closed,
    /// Used, or too old.
    Pass,
    /// Passed over too long ago.
    RejoinLate,
    /// Put back before.
    RejoinedBefore,
    /// Not passed over.
    NotPassedOver,
    /// A one-time notice.
    Notice,
    /// A code of somebody else.
    Unreadable,
    /// Something else.
    Other,
}

/// What the first button of such a page does.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SorryThen {
    /// Asks again.
    TryAgain,
    /// To the page before, to type it again.
    Again,
    /// Takes a number like everybody else.
    TakeNumber,
    /// Home.
    Home,
}

pub(super) fn code(state: &State, typed: &str) -> HeldPage {
    let mut spaced = String::new();
    for (at, digit) in typed.chars().enumerate() {
        if at > 0 && at % 4 == 0 {
            spaced.push(' ');
        }
        spaced.push(digit);
    }
    HeldPage::Code(CodePage {
        typed: spaced,
        complete: is_complete(&Page::Code { typed: typed.to_owned() }),
        busy: just_asked(state).is_some(),
    })
}

pub(super) fn number(state: &State, typed: &str, report: Option<ReportKind>) -> Option<HeldPage> {
    let lanes = &state.hall.as_ref()?.profile.lanes;
    Some(HeldPage::Number(NumberPage {
        typed: typed.to_owned(),
        complete: is_complete(&Page::Number { typed: typed.to_owned(), report }),
        busy: state.visit.is_waiting(),
        lanes: lanes.iter().map(|it| it.id.clone()).collect(),
        report: report.is_some(),
    }))
}

pub(super) fn report(state: &State) -> ReportPage {
    let (hand_in, hotline) = where_to(state);
    ReportPage { hand_in, hotline, trouble: trouble(state) }
}

pub(super) fn report_done(
    state: &State,
    slip: Option<&Slip>,
    paper: PaperState,
    reprint: bool,
) -> HeldPage {
    let (hand_in, hotline) = where_to(state);
    HeldPage::ReportDone(ReportDonePage { hand_in, hotline, slip: slip.cloned(), paper, reprint })
}

/// Where a report is handed in, and whom to call.
fn where_to(state: &State) -> (String, String) {
    let lang = state.visit.lang;
    let Some(hall) = &state.hall else { return Default::default() };
    let desk = hall.profile.stuck_desk.as_ref().map_or("", |it| format::of(it, lang));
    (desk.to_owned(), hall.profile.complaint.clone())
}

pub(super) fn held(state: &State, held: &Held) -> Option<PageView> {
    Some(PageView::Held(match &held.progress {
        // A quick answer must not make the page flicker.
        Progress::Asking { since } if just_now(state, *since) => match &held.asked {
            Wanted::Rejoin(_, ticket) => HeldPage::Standing(StandingPage {
                busy: true,
                ..standing(state, held, ticket, false)?
            }),
            _ => return on_the_way(state, &state.visit.behind.last()?.page),
        },
        Progress::Asking { .. } => HeldPage::Looking,
        Progress::Away => sorry(state, &Sorry::Away),
        Progress::Ticket { ticket, rejoined } => {
            HeldPage::Standing(standing(state, held, ticket, *rejoined)?)
        }
        Progress::Pass(pass) => HeldPage::Pass(self::pass(state, pass)?),
        Progress::Sorry(it) => sorry(state, it),
    }))
}

fn standing(state: &State, held: &Held, ticket: &Ticket, rejoined: bool) -> Option<StandingPage> {
    let hall = state.hall.as_ref()?;
    let lang = state.visit.lang;
    let profile = &hall.profile;
    let window = profile.windows.iter().find(|it| Some(it.id) == ticket.window);
    let stand = stand(state, ticket, rejoined);
    let waits = matches!(stand, Stand::Waiting | Stand::Rejoined);
    let minutes = ticket.estimate_minutes;
    let at = |minutes: u32| {
        format::clock(hall.civil(state.now + SignedDuration::from_mins(minutes.into())))
    };
    let clock = match (minutes.low, minutes.high) {
        (_, 0) => String::new(),
        (low, high) if low == high => at(high),
        (low, high) => format!("{}–{}", at(low), at(high)),
    };
    let matter = ticket.matter.as_deref().filter(|_| held.shown);
    let matter = matter.and_then(|id| state.catalogue.as_ref()?.matter(id));
    let until = ticket.rejoin_until.map(|it| format::clock(hall.civil(it)));
    Some(StandingPage {
        number: ticket.number.to_string(),
        matter: matter.map_or("", |it| it.name.get(lang)).to_owned(),
        stand,
        ahead: ticket.ahead,
        minutes: format::minutes(minutes).filter(|_| waits).unwrap_or_default(),
        clock: if waits { clock } else { String::new() },
        zone: format::within(format::zone(profile, &ticket.lane, lang)),
        windows: match window {
            Some(window) if !waits => window.label.clone(),
            _ => format::windows(profile, &ticket.lane, lang),
        },
        until: until.unwrap_or_default(),
        plan: profile.plan.is_some(),
        slip: may_print(held),
        trouble: trouble(state),
        shown: held.shown,
        busy: false,
    })
}

fn stand(state: &State, ticket: &Ticket, rejoined: bool) -> Stand {
    match ticket.state {
        TicketState::Waiting if rejoined => Stand::Rejoined,
        TicketState::Waiting => Stand::Waiting,
        TicketState::Called => Stand::Called,
        TicketState::Serving | TicketState::Parked => Stand::AtWindow,
        TicketState::Finished => Stand::Done,
        TicketState::Void => Stand::Void,
        TicketState::NoShow if may_rejoin(ticket, state.now) => Stand::PassedOver,
        TicketState::NoShow if ticket.rejoin_until.is_some() => Stand::TooLate,
        TicketState::NoShow => Stand::PassedOverAgain,
    }
}

fn pass(state: &State, pass: &PassView) -> Option<PassPage> {
    let profile = &state.hall.as_ref()?.profile;
    let lang = state.visit.lang;
    let matter = pass.matter.as_deref().and_then(|id| state.catalogue.as_ref()?.matter(id));
    Some(PassPage {
        what: match matter {
            Some(matter) => matter.name.get(lang).to_owned(),
            None => format::lane_name(profile, &pass.lane, lang).to_owned(),
        },
        until: format::date(pass.until, lang),
        windows: format::windows(profile, &pass.lane, lang),
        busy: just_asked(state).is_some(),
    })
}

/// Whether an errand of somebody who showed something ends on a page of
/// this file.
pub(super) fn is_sorry(progress: &Errand) -> bool {
    matches!(progress, Errand::Away | Errand::Refused(_))
}

/// The same for one who showed something for their number.
pub(super) fn sorry_errand(state: &State, progress: &Errand) -> PageView {
    PageView::Held(match progress {
        Errand::Refused(problem) => sorry(state, &Sorry::of(problem)),
        _ => HeldPage::Sorry(SorryPage {
            kind: SorryKind::AwayBooked,
            words: String::new(),
            then: SorryThen::TryAgain,
        }),
    })
}

fn sorry(state: &State, sorry: &Sorry) -> HeldPage {
    let lang = state.visit.lang;
    let typed = !state.visit.goes_home_from_here();
    let again = if typed { SorryThen::Again } else { SorryThen::Home };
    let (kind, then) = match sorry {
        Sorry::Away => (SorryKind::Away, SorryThen::TryAgain),
        Sorry::Ticket => (SorryKind::Ticket, again),
        Sorry::Appointment => (SorryKind::Appointment, again),
        Sorry::Early(_) => (SorryKind::Early, SorryThen::Home),
        Sorry::Missed => (SorryKind::Missed, SorryThen::TakeNumber),
        Sorry::NotAwaited => (SorryKind::NotAwaited, SorryThen::TakeNumber),
        Sorry::TooManyTries => (SorryKind::TooManyTries, SorryThen::Home),
        Sorry::Closed => (SorryKind::Closed, SorryThen::Home),
        Sorry::Pass => (SorryKind::Pass, SorryThen::TakeNumber),
        Sorry::RejoinLate => (SorryKind::RejoinLate, SorryThen::TakeNumber),
        Sorry::RejoinedBefore => (SorryKind::RejoinedBefore, SorryThen::TakeNumber),
        Sorry::NotPassedOver => (SorryKind::NotPassedOver, SorryThen::Home),
        Sorry::Notice => (SorryKind::Notice, SorryThen::TakeNumber),
        Sorry::Unreadable => (SorryKind::Unreadable, again),
        Sorry::Other(_) => (SorryKind::Other, SorryThen::Home),
    };
    let words = match sorry {
        Sorry::Early(Some(from)) => format::moment(*from, lang),
        Sorry::Other(words) => format::of(words, lang).to_owned(),
        _ => String::new(),
    };
    HeldPage::Sorry(SorryPage { kind, words, then })
}
