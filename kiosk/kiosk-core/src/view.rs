//! What the screen shows, complete: the screen only copies it.
//!
//! One rule divides the words. What stands on a page whoever is before
//! it is the page's own and lies in the `.slint` file (`@tr`), chosen
//! there by the closed words below. What comes from the catalogue, the
//! hall or a ticket, and every number with its unit, is written here, in
//! the visitor's language.

mod guide;
mod home;
mod outcome;
mod papers;
mod question;

use catalogue::Lang;

use crate::format;
use crate::state::{BUSY_PAGE_MS, Errand, IDLE_S, Page, Progress, State};
use crate::update::asking_s;
use crate::{Want, Way};

/// The whole screen.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct View {
    /// The visitor's language.
    pub lang: Lang,
    /// High contrast.
    pub contrast: bool,
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
}

/// The page and what is on it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum PageView {
    /// Hall or catalogue are not there yet.
    Starting,
    /// The beginning of every visit.
    Home(HomePage),
    /// Most used matters and the ways to the others.
    Find(FindPage),
    /// The keyboard and what it found.
    Search(SearchPage),
    /// All departments.
    Departments(DepartmentsPage),
    /// The matters of one.
    Department(DepartmentPage),
    /// What a matter is.
    Guide(GuidePage),
    /// One question.
    Question(QuestionPage),
    /// The exact list.
    Papers(PapersPage),
    /// The printer cannot; nothing has happened yet.
    NoPaper(NoPaperPage),
    /// The server is taking its time.
    Busy(BusyPage),
    /// The server cannot be reached.
    Away(AwayPage),
    /// The server said no.
    Refused(RefusedPage),
    /// A number, with or without its paper.
    Ticket(TicketPage),
    /// A notice without a number.
    Notice(NoticePage),
}

/// Which page of a long list, 1 and up.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Pager {
    /// This one.
    pub page: usize,
    /// Of so many.
    pub pages: usize,
}

/// A way down that is shown step by step.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Countdown {
    /// Seconds left.
    pub left_s: u32,
    /// Of so many.
    pub of_s: u32,
}

/// Home.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct HomePage {
    /// Who waits where; empty while the server is away.
    pub lanes: Vec<LaneRow>,
    /// Everybody who waits.
    pub waiting: u32,
    /// When the last number of the day is given, `16:45`.
    pub last_ticket: String,
    /// Whether the server answers.
    pub connected: bool,
    /// Whether numbers are given now; told only while connected.
    pub numbers: bool,
    /// What is wrong with the printer, if anything.
    pub trouble: Option<PrinterTrouble>,
}

/// A row of the lane table.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LaneRow {
    /// `A`.
    pub letter: String,
    /// Its name.
    pub name: String,
    /// `5 人`; empty if nobody waits.
    pub people: String,
    /// `20–30 分`; empty if no window serves it now.
    pub wait: String,
    /// Whether an open window serves it.
    pub served: bool,
}

/// What keeps a printer from printing.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PrinterTrouble {
    /// No paper.
    NoPaper,
    /// The cover is open.
    CoverOpen,
    /// Anything else.
    Unable,
}

/// Find.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FindPage {
    /// The hall's own choice of the most used.
    pub most_used: Vec<MatterButton>,
    /// Some departments by name, and how many there are.
    pub departments: String,
    /// How many departments there are.
    pub department_count: usize,
}

/// A button that opens a matter.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct MatterButton {
    /// The matter's id.
    pub id: String,
    /// Its short name.
    pub name: String,
    /// Its lane's name; empty where there is no room beside the name.
    pub tag: String,
}

/// Search.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SearchPage {
    /// What was typed.
    pub typed: String,
    /// What it found; the most used ones while nothing is typed.
    pub found: Vec<MatterButton>,
    /// Which part of it.
    pub pager: Pager,
}

/// All departments.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DepartmentsPage {
    /// By their order in the catalogue.
    pub departments: Vec<DepartmentButton>,
    /// Which part of them.
    pub pager: Pager,
}

/// A button that opens a department.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DepartmentButton {
    /// The department's id.
    pub id: String,
    /// Its name.
    pub name: String,
}

/// The matters of one department.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DepartmentPage {
    /// The department.
    pub name: String,
    /// Its matters.
    pub matters: Vec<MatterButton>,
    /// Which part of them.
    pub pager: Pager,
}

/// A matter's guide.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct GuidePage {
    /// The official name.
    pub name: String,
    /// The authority.
    pub department: String,
    /// What there is to know.
    pub rows: Vec<GuideRow>,
    /// Which part of it.
    pub pager: Pager,
    /// What the visitor came for: that button comes first.
    pub way: Way,
    /// Whether the server gives numbers now.
    pub numbers: bool,
    /// The server is being asked: the button says so, the others rest.
    pub busy: bool,
}

/// One thing to know about a matter.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct GuideRow {
    /// What it is about.
    pub label: GuideLabel,
    /// What there is to say.
    pub text: String,
    /// Lines that the text takes.
    pub lines: usize,
}

/// What a row of the guide is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum GuideLabel {
    /// 发给您.
    Result,
    /// 谁可以办.
    Who,
    /// 办理类型.
    Kind,
    /// 多久办好.
    Time,
    /// 费用.
    Fee,
    /// 在哪里办.
    Where,
    /// 办理时间.
    Hours,
    /// 咨询电话.
    Phone,
    /// 还可以怎么办.
    Channels,
    /// 受理期.
    Season,
    /// 依据.
    Basis,
}

/// A question.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct QuestionPage {
    /// The matter's official name.
    pub matter: String,
    /// What is asked.
    pub question: String,
    /// Lines that the question takes in the title's type.
    pub lines: usize,
    /// What was answered so far; empty at the first question.
    pub so_far: String,
    /// Which question, 1 and up.
    pub number: usize,
    /// Of so many, as far as can be known.
    pub of: usize,
    /// What may be answered.
    pub options: Vec<OptionView>,
    /// Which part of it.
    pub pager: Pager,
    /// Whether several may be chosen.
    pub many: bool,
    /// Whether something is chosen, where several may be.
    pub chosen: bool,
}

/// An option.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OptionView {
    /// Its id.
    pub id: String,
    /// The digit in its ring, the same on a number pad.
    pub digit: String,
    /// What it says.
    pub text: String,
    /// Whether it is chosen already.
    pub chosen: bool,
}

/// The checklist, or where the situation leads instead.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PapersPage {
    /// The matter's official name.
    pub matter: String,
    /// How many papers to bring.
    pub count: usize,
    /// What was answered.
    pub so_far: String,
    /// Things that must be said before the papers.
    pub told: Vec<String>,
    /// Set if the matter ends here; then there are no groups.
    pub stop: Option<StopView>,
    /// The papers of this page.
    pub groups: Vec<GroupView>,
    /// Limits, fee, visits.
    pub facts: Facts,
    /// Which part of the list.
    pub pager: Pager,
    /// Whether the server gives numbers now.
    pub numbers: bool,
    /// The server is being asked for this: its button says so.
    pub busy: Option<Want>,
}

/// The matter ends here, and why.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StopView {
    /// What sort of end it is.
    pub kind: StopKind,
    /// What the visitor is told.
    pub text: String,
    /// Where to go instead, if it is a matter of this hall.
    pub to: Option<MatterButton>,
}

/// What sort of end.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum StopKind {
    /// 这件事不用办.
    NotRequired,
    /// 办另一件事.
    OtherMatter,
    /// 到别的地方办.
    OtherPlace,
    /// 网上办.
    Online,
}

/// A group of papers.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct GroupView {
    /// Which.
    pub kind: GroupKind,
    /// Whether it began on the page before.
    pub continued: bool,
    /// Its papers; of `NotNeeded` one row with all names.
    pub rows: Vec<PaperRow>,
}

/// The groups of the checklist, in their order.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum GroupKind {
    /// 要带.
    Bring,
    /// 有的话带上.
    Optional,
    /// 可以后补.
    Later,
    /// 不用带.
    NotNeeded,
}

/// A paper.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PaperRow {
    /// Its official name.
    pub name: String,
    /// Lines that the name takes.
    pub name_lines: usize,
    /// Where to get it and what the clerk checks.
    pub note: String,
    /// Lines that the note takes; none if there is no note.
    pub note_lines: usize,
    /// `原件 1`, and below it `复印件 1`.
    pub counts: String,
}

/// The four facts under the list; empty where there is nothing to say.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Facts {
    /// 承诺几天办好.
    pub promised: String,
    /// 法定最长几天.
    pub statutory: String,
    /// 费用; empty if it is free.
    pub fee: String,
    /// 到窗口 so many times.
    pub visits: u32,
}

/// The printer cannot.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct NoPaperPage {
    /// Why.
    pub trouble: PrinterTrouble,
    /// What the visitor wanted.
    pub want: Want,
}

/// The server is taking its time.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct BusyPage {
    /// What the visitor wanted.
    pub want: Want,
}

/// The server cannot be reached.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct AwayPage {
    /// What the visitor wanted.
    pub want: Want,
}

/// The server said no.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RefusedPage {
    /// Why, in its own words.
    pub text: String,
}

/// A number.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TicketPage {
    /// `A023`.
    pub number: String,
    /// The hall, as on the slip.
    pub hall: String,
    /// The matter's official name.
    pub matter: String,
    /// Its short name, as on the slip.
    pub short: String,
    /// The authority.
    pub department: String,
    /// How many are before.
    pub ahead: u32,
    /// `20–30` minutes; empty if nobody waits.
    pub minutes: String,
    /// `10:01–10:11`; empty if nobody waits.
    pub clock: String,
    /// `等候区 A`.
    pub zone: String,
    /// `A01–A04`.
    pub windows: String,
    /// The page of this ticket, for the QR.
    pub url: String,
    /// Whether the notice is on the same paper.
    pub with_notice: bool,
    /// The paper.
    pub paper: PaperState,
    /// Whether it may be printed again.
    pub reprint: bool,
    /// Until the visitor is asked whether they are still here.
    pub countdown: Countdown,
}

/// What became of the paper.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PaperState {
    /// At the printer.
    Coming,
    /// Out.
    Out,
    /// Not out.
    NotOut(PrinterTrouble),
    /// Begun, and nobody knows whether it came out whole.
    Unknown,
}

/// A notice without a number.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NoticePage {
    /// `N-1042`.
    pub number: String,
    /// The matter's official name.
    pub matter: String,
    /// The paper.
    pub paper: PaperState,
    /// Whether it may be printed again.
    pub reprint: bool,
    /// Until the visitor is asked whether they are still here.
    pub countdown: Countdown,
}

/// The whole screen at the time of the last message.
pub fn view(state: &State) -> View {
    let lang = state.visit.lang;
    let hall = state.hall.as_ref();
    let civil = hall.map(|hall| hall.civil(state.now));
    View {
        lang,
        contrast: state.visit.contrast,
        hall: hall.map_or_else(String::new, |it| format::of(&it.profile.name, lang).to_owned()),
        clock: civil.map_or_else(String::new, format::clock),
        date: civil.map_or_else(String::new, |it| format::date(it.date(), lang)),
        weekday: civil.map_or("", |it| format::weekday(it.date(), lang)).to_owned(),
        page: page(state).unwrap_or(PageView::Starting),
        still_here_s: asking_s(state).map(|s| u32::try_from(s).unwrap_or(0)),
    }
}

/// None where what the page needs is not there.
fn page(state: &State) -> Option<PageView> {
    state.hall.as_ref()?;
    state.catalogue.as_ref()?;
    Some(match &state.visit.page {
        Page::Errand => return outcome::errand(state, state.visit.errand.as_ref()?),
        page => on_the_way(state, page)?,
    })
}

/// A page on which nothing has been asked for, or was just now.
fn on_the_way(state: &State, page: &Page) -> Option<PageView> {
    Some(match page {
        Page::Home => PageView::Home(home::home(state)?),
        Page::Find => PageView::Find(home::find(state)?),
        Page::Search { typed, at } => PageView::Search(home::search(state, typed, *at)?),
        Page::Departments { at } => PageView::Departments(home::departments(state, *at)?),
        Page::Department { id, at } => PageView::Department(home::department(state, id, *at)?),
        Page::Guide { at } => PageView::Guide(guide::guide(state, *at)?),
        Page::Question { at } => PageView::Question(question::question(state, *at)?),
        Page::Papers { at } => PageView::Papers(papers::papers(state, *at)?),
        Page::Errand => return None,
    })
}

/// How many pages the list on the screen has.
pub(crate) fn pages_of(state: &State) -> usize {
    let pager = match page(state) {
        Some(PageView::Search(it)) => it.pager,
        Some(PageView::Departments(it)) => it.pager,
        Some(PageView::Department(it)) => it.pager,
        Some(PageView::Guide(it)) => it.pager,
        Some(PageView::Question(it)) => it.pager,
        Some(PageView::Papers(it)) => it.pager,
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
            let asked_ms = state.now.duration_since(*since).as_millis();
            (asked_ms < i128::from(BUSY_PAGE_MS)).then_some(*want)
        }
        _ => None,
    }
}

/// The seconds until 还在用吗？.
fn countdown(state: &State) -> Countdown {
    let seconds = |s: i64| u32::try_from(s.max(0)).unwrap_or(0);
    Countdown { left_s: seconds(crate::update::until_asked_s(state)), of_s: seconds(IDLE_S) }
}
