//! The pages, and the way to each.

pub(super) mod card;
pub(super) mod held;
pub(super) mod staff;

use catalogue::Shelf;
use jiff::Timestamp;
use jiff::civil::date;
use jiff::tz::Offset;
use kiosk_core::{IssueFailure, Msg, Want, Way};
use queue_api::{
    Bilingual, BoardNotice, Class, CommandId, EstimateMinutes, NumberBlock, NumberLease,
    PrintOutcome, PrinterState, Problem, ProblemCode, Ticket, TicketId, TicketState,
};

use super::demo::{board, now};
use super::{Player, Scene};

macro_rules! scenes {
    ($($name:literal $play:expr;)*) => {
        /// Every scene.
        pub(super) const ALL: &[Scene] = &[$(Scene { name: $name, play: $play }),*];
    };
}

scenes! {
    "starting" |_| {};
    "joining" |it| it.receive(joining(Some("481526")));
    "joining-away" |it| it.receive(joining(None));
    "home" |_| {};
    "home-away" |it| it.receive(Msg::ServerLost);
    "home-away-with-numbers" |it| { leased(it); it.receive(Msg::ServerLost); };
    "home-closed" |it| it.receive(Msg::BoardViewArrived { view: board(false) });
    "night" night;
    "home-no-paper" |it| it.receive(Msg::PrinterChanged { state: PrinterState::NoPaper });
    "find" find;
    "search" |it| { find(it); it.receive(Msg::SearchPressed); };
    "search-found" |it| { find(it); type_text(it, "gs"); };
    "search-nothing" |it| { find(it); type_text(it, "qqq"); };
    "shelves" |it| { find(it); it.receive(Msg::ShelvesPressed); };
    "life" |it| shelf(it, Shelf::Life);
    "business" |it| shelf(it, Shelf::Business);
    "departments" |it| shelf(it, Shelf::Department);
    "department" |it| { shelf(it, Shelf::Department); it.receive(Msg::TopicPressed { id: "scjg".to_owned() }); };
    "guide" |it| guide(it, "food-operation-permit");
    "guide-papers-first" |it| matter(it, Way::Papers, "passport-ordinary");
    "guide-long" |it| guide(it, "private-nonenterprise-registration");
    "guide-page-2" |it| { guide(it, "teacher-qualification"); it.receive(Msg::NextPagePressed); };
    "question-2" |it| questions(it, "food-operation-permit", &[]);
    "question-5" |it| questions(it, "food-operation-permit", &["self"]);
    "question-6" |it| questions(it, "hukou-migration", &["unsure"]);
    "question-8" |it| questions(it, "public-place-hygiene-permit", &["unsure"]);
    "question-9" |it| questions(it, "housing-fund-withdrawal", &["unsure"]);
    "question-long" |it| questions(it, "individual-business-registration", &["unsure", "unsure", "unsure"]);
    "question-many" |it| { questions(it, "realty-transfer", MANY); press_option(it, 2); };
    "papers" |it| questions(it, "food-operation-permit", &["agent", "catering", "no"]);
    "papers-page-2" |it| { questions(it, "construction-permit", UNSURE); it.receive(Msg::NextPagePressed); };
    "papers-unsure" |it| questions(it, "food-operation-permit", UNSURE);
    "papers-long-names" |it| questions(it, "realty-transfer", UNSURE);
    "papers-stop" |it| questions(it, "food-operation-permit", &["self", "farm"]);
    "papers-stop-other" |it| questions(it, "food-operation-permit", &["self", "prepackaged"]);
    "papers-closed" |it| { questions(it, "food-operation-permit", &["agent", "catering", "no"]); it.receive(Msg::BoardViewArrived { view: board(false) }); };
    "papers-several" several;
    "papers-six" six;
    "find-another" |it| { several(it); it.receive(Msg::AnotherPressed); };
    "papers-asking" |it| take(it, Want::Both);
    "no-paper" |it| { it.receive(Msg::PrinterChanged { state: PrinterState::NoPaper }); take(it, Want::Both); };
    "not-taken" |it| { it.receive(Msg::PrinterChanged { state: PrinterState::NotTaken }); take(it, Want::Both); };
    "cooling" |it| { it.receive(Msg::PrinterChanged { state: PrinterState::Cooling }); take(it, Want::Notice); };
    "no-paper-notice" |it| { it.receive(Msg::PrinterChanged { state: PrinterState::CoverOpen }); take(it, Want::Notice); };
    "busy" |it| { take(it, Want::Both); it.wait_ms(1_500); };
    "away" |it| { take(it, Want::Both); it.wait_ms(9_000); };
    "refused" refused;
    "ticket-coming" |it| issued(it, Want::Number);
    "ticket" |it| { issued(it, Want::Both); printed(it, PrintOutcome::Done); it.wait_ms(10_000); };
    "ticket-no-paper" |it| { it.receive(Msg::PrinterChanged { state: PrinterState::NoPaper }); take(it, Want::Number); it.wait_ms(1_500); it.receive(Msg::WithoutPaperPressed); answer(it); };
    "ticket-not-printed" |it| { issued(it, Want::Both); printed(it, PrintOutcome::NotStarted { reason: "cover_open".to_owned() }); };
    "ticket-unknown" |it| { issued(it, Want::Both); printed(it, PrintOutcome::Unknown); };
    "ticket-offline" |it| { offline(it); printed(it, PrintOutcome::Done); };
    "notice-coming" |it| take(it, Want::Notice);
    "notice" |it| { take(it, Want::Notice); printed(it, PrintOutcome::Done); };
    "notice-not-printed" |it| { take(it, Want::Notice); not_printed(it); };
    "still-here" |it| { issued(it, Want::Number); printed(it, PrintOutcome::Done); it.wait_ms(65_000); };
}

/// Not sure of anything.
const UNSURE: &[&str] = &["unsure", "unsure", "unsure", "unsure", "unsure", "unsure"];

/// Up to the question that takes several answers.
const MANY: &[&str] = &["unsure", "unsure", "unsure"];

/// A matter's guide, its questions and its fullest list: each page of them.
#[cfg(test)]
pub(super) fn through(
    it: &mut Player,
    matter: &catalogue::Matter,
    mut see: impl FnMut(kiosk_core::View),
) {
    guide(it, &matter.id);
    pages(it, &mut see);
    it.receive(Msg::QuestionsPressed);
    for _ in &matter.questions {
        if matches!(kiosk_core::view(&it.state).page, kiosk_core::PageView::Question(_)) {
            pages(it, &mut see);
        }
        it.receive(Msg::UnsurePressed);
    }
    pages(it, &mut see);
}

/// Turns the pages of a list to its end.
#[cfg(test)]
fn pages(it: &mut Player, see: &mut impl FnMut(kiosk_core::View)) {
    let mut seen = None;
    while seen.as_ref() != Some(&kiosk_core::view(&it.state)) {
        let view = kiosk_core::view(&it.state);
        see(view.clone());
        seen = Some(view);
        it.receive(Msg::NextPagePressed);
    }
}

/// Two matters on one list.
fn several(it: &mut Player) {
    questions(it, "senior-card", &["self", "local", "65"]);
    it.receive(Msg::AnotherPressed);
    it.receive(Msg::MatterPressed { id: "residence-permit".to_owned() });
    it.receive(Msg::QuestionsPressed);
    for answer in ["renew", "self"] {
        it.receive(Msg::OptionPressed { id: answer.to_owned() });
    }
}

/// As many matters as a list takes, those with the longest names.
fn six(it: &mut Player) {
    let longest = ["private-nonenterprise-registration", "id-card-renewal", "realty-transfer"];
    let others = ["flexible-employment-insurance", "drainage-permit", "passport-ordinary"];
    questions(it, longest[0], UNSURE);
    for id in longest[1..].iter().chain(&others) {
        it.receive(Msg::AnotherPressed);
        it.receive(Msg::MatterPressed { id: (*id).to_owned() });
        it.receive(Msg::QuestionsPressed);
        for _ in UNSURE {
            it.receive(Msg::UnsurePressed);
        }
    }
}

fn find(it: &mut Player) {
    it.receive(Msg::WayPressed { way: Way::Number });
}

fn type_text(it: &mut Player, text: &str) {
    it.receive(Msg::SearchPressed);
    for key in text.chars() {
        it.receive(Msg::KeyPressed { key });
    }
}

fn night(it: &mut Player) {
    let zh = "本周六上午加开房产、社保窗口，可以提前三天预约；停车场施工，请从东门进。";
    let en = "Saturday morning property and pension windows are open, bookings from three days before. The car park is being mended: please come in by the east gate.";
    let text = Bilingual { zh: zh.to_owned(), en: en.to_owned() };
    let mut view = board(false);
    view.notices = vec![BoardNotice { id: 1, text, zone: None, from: view.now, until: None }];
    it.receive(Msg::BoardViewArrived { view });
    it.wait_ms(301_000);
}

fn shelf(it: &mut Player, shelf: Shelf) {
    find(it);
    it.receive(Msg::ShelvesPressed);
    it.receive(Msg::ShelfPressed { shelf });
}

fn guide(it: &mut Player, id: &str) {
    matter(it, Way::Number, id);
}

fn matter(it: &mut Player, way: Way, id: &str) {
    it.receive(Msg::WayPressed { way });
    it.receive(Msg::MatterPressed { id: id.to_owned() });
}

/// Answers the first questions of a matter: an option's id, or `unsure`.
pub(super) fn questions(it: &mut Player, id: &str, answers: &[&str]) {
    guide(it, id);
    it.receive(Msg::QuestionsPressed);
    for answer in answers {
        it.receive(match *answer {
            "unsure" => Msg::UnsurePressed,
            id => Msg::OptionPressed { id: id.to_owned() },
        });
    }
}

/// Presses the option of that place on the screen.
fn press_option(it: &mut Player, at: usize) {
    if let kiosk_core::PageView::Question(page) = kiosk_core::view(&it.state).page
        && let Some(option) = page.options.get(at)
    {
        it.receive(Msg::OptionPressed { id: option.id.clone() });
    }
}

pub(super) fn press() -> CommandId {
    "11111111-2222-3333-4444-555555555555".parse().expect("a command id")
}

pub(super) fn take(it: &mut Player, want: Want) {
    questions(it, "food-operation-permit", &["agent", "catering", "no"]);
    let notice_number = "N-1042".to_owned();
    it.receive(Msg::TakePressed { want, command_id: press(), notice_number, token: String::new() });
}

fn refused(it: &mut Player) {
    take(it, Want::Number);
    let problem = Box::new(Problem::new(ProblemCode::DayClosed));
    let failure = IssueFailure::Refused(problem);
    it.receive(Msg::IssueFailed { command_id: press(), failure });
}

pub(super) fn issued(it: &mut Player, want: Want) {
    take(it, want);
    answer(it);
}

fn answer(it: &mut Player) {
    it.receive(Msg::TicketIssued { command_id: press(), ticket: ticket() });
}

/// The matter of most scenes.
const MATTER: &str = "food-operation-permit";

fn ticket() -> Ticket {
    ticket_for(now(), Some(MATTER.to_owned()))
}

/// A number that was given at this moment.
pub(crate) fn ticket_for(at: Timestamp, matter: Option<String>) -> Ticket {
    Ticket {
        id: TicketId(23),
        number: "A023".parse().expect("a ticket number"),
        lane: "A".parse().expect("a lane"),
        class: Class::Ordinary,
        matter,
        answers: None,
        more: Vec::new(),
        priority: None,
        note: None,
        business_day: date(2026, 11, 23),
        issued_at: at,
        state: TicketState::Waiting,
        window: None,
        called_at: None,
        arrived_at: None,
        ahead: 5,
        estimate_minutes: EstimateMinutes { low: 20, high: 30 },
        token: "k7Qd2mV9xN4pR8sT1uW6yZ".to_owned(),
        url: "http://192.168.1.10:8080/t/k7Qd2mV9xN4pR8sT1uW6yZ".to_owned(),
        on_paper: false,
        booked: None,
        rejoin_until: None,
    }
}

/// The server does not answer, and the kiosk has numbers of its own.
fn offline(it: &mut Player) {
    leased(it);
    take(it, Want::Number);
    it.wait_ms(3_000);
    it.receive(Msg::OfflineKept { command_id: press() });
}

fn leased(it: &mut Player) {
    it.receive(Msg::LeaseArrived { lease: lease(it.now) });
}

/// Numbers of the day of this moment, of one lane.
pub(crate) fn lease(at: Timestamp) -> NumberLease {
    let block = NumberBlock {
        lane: "A".parse().expect("a lane"),
        first: 501,
        count: 40,
        gives_from: None,
        gives_until: None,
    };
    let business_day = Offset::constant(8).to_datetime(at).date();
    NumberLease { token: "lease".to_owned(), business_day, blocks: vec![block] }
}

fn printed(it: &mut Player, outcome: PrintOutcome) {
    it.receive(Msg::Printed { job: press(), outcome });
}

/// The paper ran out before the slip was begun.
fn not_printed(it: &mut Player) {
    printed(it, PrintOutcome::NotStarted { reason: "no_paper".to_owned() });
}

/// The slip was begun, and nobody knows whether it came out whole.
pub(super) fn perhaps_printed(it: &mut Player) {
    printed(it, PrintOutcome::Unknown);
}

fn joining(code: Option<&str>) -> Msg {
    Msg::JoinBegan { code: code.map(str::to_owned), name: "取号机-1".to_owned() }
}
