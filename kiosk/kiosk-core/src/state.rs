//! What the kiosk remembers: the hall as it is, and one visit.
//!
//! Everything about a visitor lies in `Visit`, and going home replaces
//! it: nothing of one visitor reaches the next. What concerns paper that
//! is still at the printer stays behind, without a word about whose.

mod notices;
mod page;

use std::collections::VecDeque;

use catalogue::{Answers, Catalogue, Inquiry, Lang, Matter};
use jiff::civil::{Date, DateTime};
use jiff::tz::TimeZone;
use jiff::{SignedDuration, Timestamp};
use queue_api::{
    Bilingual, BoardNotice, CommandId, HallProfile, Holder, LaneView, NumberLease, PrinterState,
    Problem, Ticket,
};
use slip::Slip;

pub(crate) use page::{Left, Page, Sought};

use crate::card::{Cards, Stage};
use crate::held::{self, Held};
use crate::number::{Given, TicketRef};
use crate::request::{Claim, Request};
use crate::staff::Staff;
use crate::{Shape, Want, Way};

/// How long nobody has to touch the screen before it asks 还在用吗？,
/// seconds.
pub(crate) const IDLE_S: i64 = 60;

/// How long that question stands before the visit ends, seconds.
pub(crate) const ASK_S: i64 = 30;

/// After how long without an answer the visitor is told what else they
/// can do, seconds. The asking goes on.
pub(crate) const AWAY_AFTER_S: i64 = 8;

/// The same while the feed is broken already.
pub(crate) const AWAY_AFTER_LOST_S: i64 = 3;

/// After how long without an answer the kiosk gives a number by itself,
/// if it has one, ms.
pub(crate) const OFFLINE_AFTER_MS: i64 = 2_000;

/// After how long the page gives way to one that says we wait, ms.
pub(crate) const BUSY_PAGE_MS: i64 = 1_000;

/// How long a page that says what became of an errand takes no press,
/// ms. It comes while the finger of the press before may still be on its
/// way for the second half of a double press, which would hit whatever
/// lies there now: 回到首页, before the number was read.
pub(crate) const SETTLE_MS: i64 = 1_200;

/// Longest text in the search field, characters.
pub(crate) const SEARCH_CHARS_MAX: usize = 24;

/// How often one visitor may have a ticket printed again.
pub(crate) const REPRINTS_MAX: u8 = 2;

/// Presses whose answer was used; a second answer to one is passed over.
const ANSWERED_MAX: usize = 32;

/// Jobs whose end is awaited; the printer takes one at a time.
const JOBS_MAX: usize = 8;

/// The kiosk at one moment.
#[derive(Clone, Debug)]
pub struct State {
    /// The time of the last message.
    pub(crate) now: Timestamp,
    /// While the server does not know this kiosk.
    pub(crate) joining: Option<Joining>,
    pub(crate) hall: Option<Hall>,
    pub(crate) catalogue: Option<Catalogue>,
    /// A newer catalogue that waits for the visitor to leave.
    pub(crate) next_catalogue: Option<Catalogue>,
    pub(crate) queue: Queue,
    pub(crate) offline: Offline,
    pub(crate) cards: Cards,
    pub(crate) printer: Option<PrinterState>,
    pub(crate) printer_since: Timestamp,
    pub(crate) shape: Shape,
    /// Whether anything could be heard here.
    pub(crate) has_sound: bool,
    pub(crate) visit: Visit,
    /// Paper at the printer, oldest first.
    pub(crate) jobs: VecDeque<Job>,
    /// Presses that were answered, oldest first.
    pub(crate) answered: VecDeque<CommandId>,
    pub(crate) staff: Staff,
}

/// A kiosk that asks to come in.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Joining {
    pub(crate) code: Option<String>,
    pub(crate) name: String,
}

/// The hall's profile and its zone.
#[derive(Clone, Debug)]
pub(crate) struct Hall {
    pub(crate) profile: HallProfile,
    pub(crate) zone: TimeZone,
}

/// What the server said last of the queue.
#[derive(Clone, Debug, Default)]
pub(crate) struct Queue {
    pub(crate) connected: bool,
    /// The day whose numbers the server gives now.
    pub(crate) day: Option<Date>,
    pub(crate) lanes: Vec<LaneView>,
    pub(crate) waiting: u32,
    /// The manager's lines, now or later.
    pub(crate) notices: Vec<BoardNotice>,
}

/// What the kiosk can give without the server.
#[derive(Clone, Debug, Default)]
pub(crate) struct Offline {
    /// What is left of them, all of one day.
    pub(crate) leases: Vec<NumberLease>,
    /// When the server was last asked for one.
    pub(crate) asked_at: Option<Timestamp>,
}

/// A print job whose end is awaited.
#[derive(Clone, Debug)]
pub(crate) struct Job {
    pub(crate) id: CommandId,
    pub(crate) ticket: Option<TicketRef>,
}

/// Everything about one visitor.
#[derive(Clone, Debug)]
#[expect(clippy::struct_excessive_bools, reason = "each mode is on or off by itself")]
pub(crate) struct Visit {
    pub(crate) lang: Lang,
    pub(crate) contrast: bool,
    pub(crate) large: bool,
    pub(crate) low: bool,
    /// Pages and what the keyboard is at are read aloud.
    pub(crate) aloud: bool,
    pub(crate) way: Way,
    pub(crate) page: Page,
    /// Pages to go back to, the nearest last.
    pub(crate) behind: Vec<Left>,
    /// Matters whose list was made already; the one below is one more.
    pub(crate) also: Vec<Inquiry>,
    pub(crate) matter: Option<String>,
    pub(crate) answers: Answers,
    /// Options chosen so far under a question that takes several.
    pub(crate) chosen: Vec<String>,
    pub(crate) errand: Option<Errand>,
    /// What they have in the hand already.
    pub(crate) held: Option<Held>,
    /// What the server was asked and the visitor has not had yet.
    pub(crate) asked: Option<Asked>,
    pub(crate) touched_at: Timestamp,
    /// When the errand's present page came.
    pub(crate) told_at: Option<Timestamp>,
}

/// What a visitor asked for and how far it is.
#[derive(Clone, Debug)]
pub(crate) struct Errand {
    pub(crate) want: Want,
    /// What the visitor shows for the number; none if they queue for it.
    pub(crate) claim: Option<Claim>,
    /// Of the press: every try to get the number carries it.
    pub(crate) command_id: CommandId,
    pub(crate) notice_number: String,
    /// The secret of the paper, should the kiosk number it by itself.
    pub(crate) token: String,
    /// The visitor goes on without paper.
    pub(crate) without_paper: bool,
    /// The visitor shows no identity card.
    pub(crate) without_card: bool,
    /// Whose card was shown.
    pub(crate) holder: Option<Holder>,
    /// What was sent to the printer last.
    pub(crate) slip: Option<Slip>,
    /// A slip of it may have come out; every further one is marked.
    pub(crate) on_paper: bool,
    pub(crate) progress: Progress,
}

impl Errand {
    /// A press for a number, with nothing more to it.
    pub(crate) fn new(command_id: CommandId, progress: Progress) -> Errand {
        Errand {
            want: Want::Number,
            claim: None,
            command_id,
            notice_number: String::new(),
            token: String::new(),
            without_paper: false,
            without_card: false,
            holder: None,
            slip: None,
            on_paper: false,
            progress,
        }
    }
}

/// A request for a number whose answer the visitor has not had.
#[derive(Clone, Debug)]
pub(crate) struct Asked {
    /// Sent again as it is: one id never asks for two things.
    pub(crate) request: Request,
    /// The answer, if it came while the visitor was on another page.
    pub(crate) ticket: Option<Ticket>,
}

/// How far an errand is.
#[derive(Clone, Debug)]
pub(crate) enum Progress {
    /// The printer cannot; the visitor is asked before anything happens.
    NoPaper,
    /// The visitor is asked for an identity card.
    Card { stage: Stage, since: Timestamp },
    /// The server is being asked.
    Asking { since: Timestamp },
    /// The kiosk gives a number by itself; it is being kept.
    Keeping { number: Given },
    /// The server has not answered for long; a late answer still counts.
    Away,
    /// The server said no.
    Refused(Box<Problem>),
    /// There is a number.
    Ticket { number: Given, paper: Paper, reprints: u8 },
    /// There is a notice and no number.
    Notice { paper: Paper },
    /// There is a report to write on.
    Report { paper: Paper },
}

/// The paper of an errand.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Paper {
    /// At the printer.
    Coming { job: CommandId },
    /// Out.
    Out,
    /// Not out, and why, in the printer's word.
    NotOut { reason: String },
    /// Begun, and its end was not seen.
    Unknown,
}

impl State {
    /// A kiosk that was just switched on.
    pub fn new(now: Timestamp) -> State {
        State {
            now,
            joining: None,
            hall: None,
            catalogue: None,
            next_catalogue: None,
            queue: Queue::default(),
            offline: Offline::default(),
            cards: Cards::default(),
            printer: None,
            printer_since: now,
            shape: Shape::default(),
            has_sound: false,
            visit: Visit::new(now),
            jobs: VecDeque::new(),
            answered: VecDeque::new(),
            staff: Staff::default(),
        }
    }

    /// The matter the visitor is at.
    pub(crate) fn matter(&self) -> Option<&Matter> {
        self.catalogue.as_ref()?.matter(self.visit.matter.as_deref()?)
    }

    /// Whether the printer is known to be unable.
    pub(crate) fn printer_is_unable(&self) -> bool {
        match self.printer {
            None | Some(PrinterState::Ready | PrinterState::NearEnd) => false,
            Some(
                PrinterState::NoPaper
                | PrinterState::CoverOpen
                | PrinterState::CutterJam
                | PrinterState::PaperJam
                | PrinterState::NotTaken
                | PrinterState::Cooling
                | PrinterState::Fault
                | PrinterState::Away,
            ) => true,
        }
    }

    /// Whether the kiosk has numbers of today to give by itself.
    pub(crate) fn has_own_numbers(&self) -> bool {
        let Some(hall) = &self.hall else { return false };
        let today = hall.civil(self.now).date();
        let of_today = self.offline.leases.iter().filter(|it| it.business_day == today);
        of_today.flat_map(|it| &it.blocks).any(|it| it.count > 0)
    }

    /// Whether an answer to this press was used before; notes it.
    pub(crate) fn answers_again(&mut self, command_id: &CommandId) -> bool {
        if self.answered.contains(command_id) {
            return true;
        }
        if self.answered.len() == ANSWERED_MAX {
            self.answered.pop_front();
        }
        self.answered.push_back(command_id.clone());
        false
    }

    /// Awaits the end of a job.
    pub(crate) fn await_job(&mut self, id: CommandId, ticket: Option<TicketRef>) {
        if self.jobs.len() == JOBS_MAX {
            self.jobs.pop_front();
        }
        self.jobs.push_back(Job { id, ticket });
    }
}

impl Queue {
    /// Whether numbers are given, as far as is known.
    pub(crate) fn gives_numbers(&self) -> bool {
        self.day.is_some() || !self.connected
    }
}

impl Hall {
    /// A moment as the clock in the hall shows it.
    pub(crate) fn civil(&self, at: Timestamp) -> DateTime {
        self.zone.to_datetime(at)
    }

    /// The authority in whose name this lane's windows accept, where they
    /// are not that authority's own.
    pub(crate) fn entrusts(&self, lane: &str) -> Option<&Bilingual> {
        self.profile.lanes.iter().find(|it| it.id.as_str() == lane)?.entrusted_by.as_ref()
    }
}

impl Visit {
    pub(crate) fn new(now: Timestamp) -> Visit {
        Visit {
            lang: Lang::Zh,
            contrast: false,
            large: false,
            low: false,
            aloud: false,
            way: Way::default(),
            page: Page::Home,
            behind: Vec::new(),
            also: Vec::new(),
            matter: None,
            answers: Answers::new(),
            chosen: Vec::new(),
            errand: None,
            held: None,
            asked: None,
            touched_at: now,
            told_at: None,
        }
    }

    /// The clock was set, by this much: what is counted from a moment
    /// goes on from where it was. A visitor is neither thrown out nor
    /// waited for until the old time has come round again.
    pub(crate) fn clock_set(&mut self, step: SignedDuration) {
        let set = |at: &mut Timestamp| {
            *at = at.saturating_add(step).expect("a duration has no calendar units");
        };
        set(&mut self.touched_at);
        self.told_at.iter_mut().for_each(set);
        if let Some(Errand {
            progress: Progress::Asking { since } | Progress::Card { since, .. },
            ..
        }) = &mut self.errand
        {
            set(since);
        }
        if let Some(Held { progress: held::Progress::Asking { since }, .. }) = &mut self.held {
            set(since);
        }
    }

    /// Goes on to a page, and keeps the way back.
    pub(crate) fn go(&mut self, page: Page) {
        let page = std::mem::replace(&mut self.page, page);
        let (matter, answers) = (self.matter.clone(), self.answers.clone());
        self.behind.push(Left { page, matter, answers, also: self.also.len() });
    }

    /// Goes back to the page before, with what it was about.
    pub(crate) fn come_back(&mut self) {
        let Some(Left { page, matter, answers, also }) = self.behind.pop() else { return };
        self.page = page;
        self.matter = matter;
        self.answers = answers;
        self.also.truncate(also);
    }

    /// Whether home is the page behind this one.
    pub(crate) fn goes_home_from_here(&self) -> bool {
        self.behind.last().is_none_or(|left| left.page == Page::Home)
    }

    /// Seconds since the screen was last touched.
    pub(crate) fn untouched_s(&self, now: Timestamp) -> i64 {
        now.duration_since(self.touched_at).as_secs().max(0)
    }

    /// Whether the visit is waiting for the server, so that nobody can
    /// be expected to touch the screen.
    pub(crate) fn is_waiting(&self) -> bool {
        let progress = self.errand.as_ref().map(|it| &it.progress);
        let looks = self.held.as_ref().map(|it| &it.progress);
        matches!(progress, Some(Progress::Asking { .. } | Progress::Keeping { .. }))
            || matches!(looks, Some(held::Progress::Asking { .. }))
    }

    /// Whether a press counts, or may be the second half of the one
    /// before.
    pub(crate) fn listens(&self, now: Timestamp) -> bool {
        let settled = |at| now.duration_since(at).as_millis() >= i128::from(SETTLE_MS);
        self.told_at.is_none_or(settled)
    }

    /// Whether nothing was done yet, not even to the language.
    pub(crate) fn is_untouched(&self) -> bool {
        let plain = !self.contrast && !self.large && !self.low && !self.aloud;
        self.page == Page::Home && self.lang == Lang::Zh && plain
    }
}
