//! What stands on each page, as plain values: the words a screen copies,
//! closed choices where the screen has its own words.

use catalogue::Shelf;
use slip::Slip;

use super::{GuidePage, HeldPage, NightPage, StaffView, Want};

/// The page and what is on it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum PageView {
    /// Hall or catalogue are not there yet.
    Starting,
    /// The server does not know this kiosk.
    Joining(JoiningPage),
    /// The beginning of every visit.
    Home(HomePage),
    /// A dark screen in a closed hall.
    Night(NightPage),
    /// Most used matters and the ways to the others.
    Find(FindPage),
    /// The keyboard and what it found.
    Search(SearchPage),
    /// The ways to a matter for who cannot name it.
    Shelves,
    /// One of them.
    Shelf(ShelfPage),
    /// The matters of a topic.
    Topic(TopicPage),
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
    /// About what the visitor has in the hand.
    Held(HeldPage),
    /// For staff.
    Staff(StaffView),
}

/// For whoever sets the kiosk up, in both languages at once.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct JoiningPage {
    /// `123 456`; empty while the server is away.
    pub code: String,
    /// What the kiosk calls itself.
    pub name: String,
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
#[expect(clippy::struct_excessive_bools, reason = "each is so or not by itself")]
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
    /// Whether the kiosk gives them by itself, without the server.
    pub own_numbers: bool,
    /// What is wrong with the printer, if anything.
    pub trouble: Option<PrinterTrouble>,
    /// Whether the hall asks for identity cards.
    pub asks_card: bool,
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
    /// Paper or cutter is stuck.
    Jammed,
    /// The slip before this one still lies in the mouth.
    NotTaken,
    /// Too hot; it goes on by itself.
    Cooling,
    /// Anything else.
    Unable,
}

/// Find.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FindPage {
    /// Whether it is one more beside what was asked about before.
    pub another: bool,
    /// The hall's own choice of the most used.
    pub most_used: Vec<MatterButton>,
    /// Which part of them.
    pub pager: Pager,
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

/// What a shelf holds.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ShelfPage {
    /// How its matters are sorted.
    pub shelf: Shelf,
    /// Its topics.
    pub topics: Vec<TopicButton>,
    /// Which part of them.
    pub pager: Pager,
}

/// A button that opens a topic.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TopicButton {
    /// The topic's id.
    pub id: String,
    /// Its name.
    pub name: String,
}

/// The matters of a department, or of something in a life.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TopicPage {
    /// Its name.
    pub name: String,
    /// Its matters.
    pub matters: Vec<MatterButton>,
    /// Which part of them.
    pub pager: Pager,
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
    /// Lines that it takes in large text, else 1.
    pub lines: usize,
    /// Whether it is chosen already.
    pub chosen: bool,
}

/// The checklist, or where the situation leads instead.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PapersPage {
    /// The matter's official name; of several, that they are several.
    pub matter: String,
    /// How many papers to bring.
    pub count: usize,
    /// What was answered; of several matters, which they are.
    pub so_far: String,
    /// Where a phone finds the list; empty where the hall has no pages.
    pub url: String,
    /// Whether one more matter may be put on the list.
    pub another: bool,
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
    /// The visitor has a number for it already, and keeps it.
    pub has_number: bool,
}

/// A number.
#[derive(Clone, Debug, PartialEq, Eq)]
#[expect(clippy::struct_excessive_bools, reason = "each is seen by itself")]
pub struct TicketPage {
    /// `A023`.
    pub number: String,
    /// The matter's official name, and the authority where there is room.
    pub matter: String,
    /// Whether the kiosk gave it by itself: how long it will take is not
    /// known then.
    pub offline: bool,
    /// How many are before.
    pub ahead: u32,
    /// `20–30` minutes; empty if nobody waits.
    pub minutes: String,
    /// `10:01–10:11`; empty if nobody waits.
    pub clock: String,
    /// `等候区 A`.
    pub zone: String,
    /// The same as it stands within a sentence: Han text keeps a space
    /// off a letter before it.
    pub zone_within: String,
    /// `A01–A04`.
    pub windows: String,
    /// Whether the hall has a plan that shows them.
    pub plan: bool,
    /// The page of this ticket, for the QR.
    pub url: String,
    /// What lies at the printer; none without paper.
    pub slip: Option<Slip>,
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
    /// What lies at the printer.
    pub slip: Option<Slip>,
    /// The paper.
    pub paper: PaperState,
    /// Whether it may be printed again.
    pub reprint: bool,
    /// Until the visitor is asked whether they are still here.
    pub countdown: Countdown,
}
