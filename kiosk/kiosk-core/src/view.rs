//! What the screen shows, complete: the screen only copies it.
//!
//! One rule divides the words. What stands on a page whoever is before
//! it is the page's own and lies in the `.slint` file (`@tr`), chosen
//! there by the closed words below. What comes from the catalogue, the
//! hall or a ticket, and every number with its unit, is written here, in
//! the visitor's language.

mod card;
mod guide;
mod held;
mod home;
mod night;
mod outcome;
mod pages;
mod papers;
mod plan;
mod question;
mod room;
mod staff;

use catalogue::Lang;

use crate::format;
use crate::state::{BUSY_PAGE_MS, Errand, IDLE_S, Joining, Page, Progress, State};
use crate::update::asking_s;
use crate::{Want, Way};

pub use card::{CardPage, CardStand};
pub use guide::{GuideLabel, GuidePage, GuideRow};
pub use held::{
    CodePage, HeldPage, NumberPage, PassPage, ReportDonePage, ReportPage, SorryKind, SorryPage,
    SorryThen, Stand, StandingPage,
};
pub use night::NightPage;
pub use pages::{
    AwayPage, BusyPage, Countdown, Facts, FindPage, GroupKind, GroupView, HomePage, JoiningPage,
    LaneRow, MatterButton, NoPaperPage, NoticePage, OptionView, PageView, Pager, PaperRow,
    PaperState, PapersPage, PrinterTrouble, QuestionPage, RefusedPage, SearchPage, ShelfPage,
    StopKind, StopView, TicketPage, TopicButton, TopicPage,
};
pub use plan::{PlanLane, PlanMark, PlanPage};
pub use staff::{FactLabel, LogPage, PanelPage, PinPage, StaffFact, StaffView, TestStand};

/// The whole screen.
#[derive(Clone, Debug, PartialEq, Eq)]
#[expect(clippy::struct_excessive_bools, reason = "each mode is on or off by itself")]
pub struct View {
    /// The visitor's language.
    pub lang: Lang,
    /// High contrast.
    pub contrast: bool,
    /// Large text.
    pub large: bool,
    /// What is pressed lies in the lower half.
    pub low: bool,
    /// Whether the page and what the keyboard is at are read aloud; none
    /// where nothing can be heard.
    pub aloud: Option<bool>,
    /// The name over the door; empty before the hall is known.
    pub hall: String,
    /// `09:41`; empty before the hall is known.
    pub clock: String,
    /// `11月23日`.
    pub date: String,
    /// `星期一`.
    pub weekday: String,
    /// The page.
    pub page: PageView,
    /// 还在用吗？ stands over the page for so many seconds more.
    pub still_here_s: Option<u32>,
    /// Whether a press counts at this moment.
    pub listens: bool,
}

/// The whole screen at the time of the last message.
pub fn view(state: &State) -> View {
    let lang = state.visit.lang;
    let hall = state.hall.as_ref();
    let civil = hall.map(|hall| hall.civil(state.now));
    View {
        lang,
        contrast: state.visit.contrast || night::is_night(state),
        large: state.visit.large,
        low: state.visit.low,
        aloud: state.has_sound.then_some(state.visit.aloud),
        hall: hall.map_or_else(String::new, |it| format::of(&it.profile.name, lang).to_owned()),
        clock: civil.map_or_else(String::new, format::clock),
        date: civil.map_or_else(String::new, |it| format::date(it.date(), lang)),
        weekday: civil.map_or("", |it| format::weekday(it.date(), lang)).to_owned(),
        page: staff::staff(state)
            .map(PageView::Staff)
            .or_else(|| joining(state))
            .or_else(|| page(state))
            .unwrap_or(PageView::Starting),
        still_here_s: asking_s(state).map(|s| u32::try_from(s).unwrap_or(0)),
        listens: state.visit.listens(state.now),
    }
}

/// Nothing can be had here until somebody has let the kiosk in. Whoever
/// stands before it now finishes what they began.
fn joining(state: &State) -> Option<PageView> {
    let Joining { code, name } = state.joining.as_ref()?;
    if state.visit.errand.is_some() {
        return None;
    }
    let code = code.as_deref().map(|it| match it.split_at_checked(it.len() / 2) {
        Some((first, rest)) => format!("{first} {rest}"),
        None => it.to_owned(),
    });
    Some(PageView::Joining(JoiningPage { code: code.unwrap_or_default(), name: name.clone() }))
}

/// None where what the page needs is not there.
pub(crate) fn page(state: &State) -> Option<PageView> {
    state.hall.as_ref()?;
    state.catalogue.as_ref()?;
    Some(match &state.visit.page {
        Page::Errand => return outcome::errand(state, state.visit.errand.as_ref()?),
        Page::Held => return held::held(state, state.visit.held.as_ref()?),
        page => on_the_way(state, page)?,
    })
}

/// The page that was left for this one.
fn behind(state: &State) -> Option<PageView> {
    match &state.visit.behind.last()?.page {
        Page::Held => held::held(state, state.visit.held.as_ref()?),
        page => on_the_way(state, page),
    }
}

/// A page on which nothing has been asked for, or was just now.
fn on_the_way(state: &State, page: &Page) -> Option<PageView> {
    Some(match page {
        Page::Home if night::is_night(state) => PageView::Night(night::night(state)?),
        Page::Home => PageView::Home(home::home(state)?),
        Page::Find { at } => PageView::Find(home::find(state, *at)?),
        Page::Search { typed, at } => PageView::Search(home::search(state, typed, *at)?),
        Page::Shelves => PageView::Shelves,
        Page::Shelf { shelf, at } => PageView::Shelf(home::shelf(state, *shelf, *at)?),
        Page::Topic { shelf, id, at } => PageView::Topic(home::topic(state, *shelf, id, *at)?),
        Page::Guide { at } => PageView::Guide(guide::guide(state, *at)?),
        Page::Question { at } => PageView::Question(question::question(state, *at)?),
        Page::Papers { at } => PageView::Papers(papers::papers(state, *at)?),
        Page::Have => PageView::Held(HeldPage::Have),
        Page::Code { typed } => PageView::Held(held::code(state, typed)),
        Page::Number { typed, report } => PageView::Held(held::number(state, typed, *report)?),
        Page::Report => PageView::Held(HeldPage::Report(held::report(state))),
        Page::Plan { sought, at } => {
            PageView::Held(HeldPage::Plan(plan::plan(state, sought, *at)?))
        }
        Page::Errand | Page::Held | Page::Staff(_) => return None,
    })
}

/// How many pages the list on the screen has.
pub(crate) fn pages_of(state: &State) -> usize {
    if let Some(StaffView::Log(it)) = staff::staff(state) {
        return it.pager.pages;
    }
    let pager = match page(state) {
        Some(PageView::Find(it)) => it.pager,
        Some(PageView::Search(it)) => it.pager,
        Some(PageView::Shelf(it)) => it.pager,
        Some(PageView::Topic(it)) => it.pager,
        Some(PageView::Guide(it)) => it.pager,
        Some(PageView::Question(it)) => it.pager,
        Some(PageView::Papers(it)) => it.pager,
        Some(PageView::Held(HeldPage::Plan(it))) => it.pager,
        _ => return 1,
    };
    pager.pages
}

/// One page of a list, and which it is; a page beyond the last is the
/// last.
fn part<T>(mut parts: Vec<Vec<T>>, at: usize) -> (Vec<T>, Pager) {
    let pages = parts.len().max(1);
    let at = at.min(pages - 1);
    let part = if parts.is_empty() { Vec::new() } else { parts.swap_remove(at) };
    (part, Pager { page: at + 1, pages })
}

/// What the server is asked for at this moment, if it was asked so
/// recently that the page of the press still stands.
fn just_asked(state: &State) -> Option<Want> {
    match &state.visit.errand {
        Some(Errand { want, progress: Progress::Asking { since }, .. }) => {
            just_now(state, *since).then_some(*want)
        }
        _ => None,
    }
}

/// Whether a page still stands on which something was asked for.
fn just_now(state: &State, since: jiff::Timestamp) -> bool {
    state.now.duration_since(since).as_millis() < i128::from(BUSY_PAGE_MS)
}

/// The seconds until 还在用吗？.
fn countdown(state: &State) -> Countdown {
    let seconds = |s: i64| u32::try_from(s.max(0)).unwrap_or(0);
    Countdown { left_s: seconds(crate::update::until_asked_s(state)), of_s: seconds(IDLE_S) }
}
