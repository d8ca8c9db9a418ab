//! What takes turns on a board before and after the hall's day: when the
//! hall is open, how one goes about it, the manager's notices, where what
//! is. Only where there is no call to show: a call is never waited for.

use jiff::Timestamp;
use queue_api::{BoardNotice, HallProfile, MarkKind, PlanRect};
use voice::Language;

use crate::state::State;
use crate::view::{in_language, span};

/// How long one page stands: a guide of sixty characters is read twice.
pub const IDLE_SECS: i64 = 15;

/// A page of the time without calls.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum IdlePage {
    /// When the hall is open, and where it is.
    Hours {
        /// Of a working day, each `09:00–12:00`.
        opening: Vec<String>,
        /// In the board's language; empty if the hall does not say it.
        address: String,
        /// Enquiry telephone; empty if the hall does not say it.
        phone: String,
    },
    /// How one takes a number, waits, and is called.
    Guide,
    /// One of the manager's notices.
    Notice(String),
    /// The hall from above.
    Plan(Plan),
}

/// The hall from above, in cells.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Plan {
    /// Cells across.
    pub across: u16,
    /// Cells down.
    pub down: u16,
    /// What is drawn, in that order.
    pub marks: Vec<PlanMark>,
}

/// A rectangle of the plan.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PlanMark {
    /// What it is.
    pub kind: MarkKind,
    /// In the board's language; empty where the screen has a word for its
    /// kind.
    pub name: String,
    /// Where it is.
    pub at: PlanRect,
}

/// The page whose turn it is; none until the hall is known.
pub(crate) fn idle_page(state: &State, now: Timestamp) -> Option<IdlePage> {
    let hall = state.hall.as_ref()?;
    let language = state.settings.language;
    let posted = state.board.iter().flat_map(|it| &it.notices).filter(|it| it.is_shown(now));
    let mut pages = vec![hours(hall, language), IdlePage::Guide];
    pages.extend(posted.map(|it: &BoardNotice| {
        IdlePage::Notice(in_language(&it.text, language).trim().to_owned())
    }));
    pages.extend(plan(hall, language).map(IdlePage::Plan));
    let turn = usize::try_from(now.as_second().div_euclid(IDLE_SECS)).unwrap_or(0);
    Some(pages.swap_remove(turn % pages.len()))
}

fn hours(hall: &HallProfile, language: Language) -> IdlePage {
    IdlePage::Hours {
        opening: hall.opening.iter().map(span).collect(),
        address: in_language(&hall.address, language).to_owned(),
        phone: hall.phone.clone(),
    }
}

fn plan(hall: &HallProfile, language: Language) -> Option<Plan> {
    let plan = hall.plan.as_ref()?;
    let name = |kind, name: &str| {
        let mut zones = hall.zones.iter().filter(|it| kind == MarkKind::Zone && it.id == name);
        zones.next().map_or(name, |it| in_language(&it.name, language)).to_owned()
    };
    let marks = plan.marks().map(|(kind, it, at)| PlanMark { kind, name: name(kind, it), at });
    Some(Plan { across: plan.width, down: plan.height, marks: marks.collect() })
}
