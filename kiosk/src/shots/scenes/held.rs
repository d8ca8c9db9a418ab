//! What a visitor has in the hand: the pads, and what is told of it.

use jiff::civil::{date, time};
use kiosk_core::{IssueFailure, Msg};
use queue_api::{
    Booked, Class, PassView, PrintOutcome, PrinterState, Problem, ProblemCode, Ticket, TicketState,
    WindowId,
};

use slip::ReportKind;

use super::super::demo::hall_without_plan;
use super::super::{Player, Scene};
use super::{now, press, printed, ticket};

macro_rules! scenes {
    ($($name:literal $play:expr;)*) => {
        /// Every scene.
        pub(in crate::shots) const ALL: &[Scene] = &[$(Scene { name: $name, play: $play }),*];
    };
}

scenes! {
    "have" |it| it.receive(Msg::HavePressed);
    "code" code;
    "code-typed" |it| { code(it); type_digits(it, "12345678"); };
    "number" number;
    "number-typed" |it| type_number(it, "23");
    "number-busy" |it| enter(it, "23");
    "looking" |it| { enter(it, "23"); it.wait_ms(1_500); };
    "held-away" |it| { enter(it, "23"); it.wait_ms(9_000); };
    "standing" |it| { enter(it, "23"); found(it, ticket()); };
    "standing-slip" |it| { scan(it, SLIP); found(it, ticket()); };
    "standing-no-paper" |it| { it.receive(Msg::PrinterChanged { state: PrinterState::NoPaper }); enter(it, "23"); found(it, ticket()); };
    "standing-called" |it| { enter(it, "23"); found(it, at_window(TicketState::Called)); };
    "standing-serving" |it| { enter(it, "23"); found(it, at_window(TicketState::Serving)); };
    "standing-passed-over" |it| { enter(it, "23"); found(it, passed_over(20)); };
    "standing-rejoining" |it| { enter(it, "23"); found(it, passed_over(20)); it.wait_ms(2_000); it.receive(Msg::RejoinPressed { command_id: press() }); };
    "standing-rejoined" |it| { enter(it, "23"); found(it, passed_over(20)); it.wait_ms(2_000); it.receive(Msg::RejoinPressed { command_id: press() }); found(it, ticket()); };
    "standing-too-late" |it| { enter(it, "23"); found(it, passed_over(-5)); };
    "standing-passed-over-again" |it| { enter(it, "23"); found(it, Ticket { state: TicketState::NoShow, ..ticket() }); };
    "standing-done" |it| { enter(it, "23"); found(it, Ticket { state: TicketState::Finished, ..ticket() }); };
    "standing-void" |it| { enter(it, "23"); found(it, Ticket { state: TicketState::Void, ..ticket() }); };
    "slip-again" |it| { scan(it, SLIP); found(it, ticket()); it.wait_ms(2_000); it.receive(Msg::SlipPressed { command_id: press() }); printed(it, PrintOutcome::Done); };
    "slip-of-number" |it| { slip_of_number(it); printed(it, PrintOutcome::Done); };
    "slip-of-number-not-printed" |it| { slip_of_number(it); printed(it, PrintOutcome::NotStarted { reason: "no_paper".to_owned() }); };
    "pass" pass;
    "pass-asking" |it| { pass(it); it.wait_ms(2_000); it.receive(Msg::ComeBackPressed { command_id: press() }); };
    "checked-in" |it| checked_in(it, false);
    "checked-in-late" |it| checked_in(it, true);
    "check-in-away" |it| { scan(it, "12345678"); it.wait_ms(9_000); };
    "report" |it| { it.receive(Msg::HavePressed); it.receive(Msg::ReportsPressed); };
    "report-no-paper" |it| { it.receive(Msg::PrinterChanged { state: PrinterState::NoPaper }); it.receive(Msg::HavePressed); it.receive(Msg::ReportsPressed); };
    "report-number" report_number;
    "report-coming" report;
    "report-done" |it| { report(it); printed(it, PrintOutcome::Done); };
    "report-not-printed" |it| { report(it); printed(it, PrintOutcome::NotStarted { reason: "cover_open".to_owned() }); };
    "plan" |it| { it.receive(Msg::HavePressed); it.receive(Msg::PlanPressed); };
    "plan-lane" |it| { it.receive(Msg::HavePressed); it.receive(Msg::PlanPressed); it.receive(Msg::LanePressed { lane: "A".parse().expect("a lane") }); };
    "plan-ticket" |it| { scan(it, SLIP); found(it, ticket()); it.wait_ms(2_000); it.receive(Msg::PlanPressed); };
    "plan-called" |it| { scan(it, SLIP); found(it, at_window(TicketState::Called)); it.wait_ms(2_000); it.receive(Msg::PlanPressed); };
    "plan-none" |it| { hall_without_plan(it); it.receive(Msg::HavePressed); it.receive(Msg::PlanPressed); it.receive(Msg::LanePressed { lane: "A".parse().expect("a lane") }); };
    "sorry-early" |it| {
        let from = Some(date(2026, 11, 24).at(9, 30, 0, 0));
        refused(it, Problem { from, ..Problem::new(ProblemCode::CheckInEarly) });
    };
    "sorry-missed" |it| refused(it, Problem::new(ProblemCode::AppointmentMissed));
    "sorry-not-awaited" |it| refused(it, Problem::new(ProblemCode::NotBooked));
    "sorry-appointment" |it| refused(it, Problem::new(ProblemCode::UnknownAppointment));
    "sorry-too-many-tries" |it| refused(it, Problem::new(ProblemCode::TooManyTries));
    "sorry-closed" |it| refused(it, Problem::new(ProblemCode::DayClosed));
    "sorry-other" |it| refused(it, Problem::new(ProblemCode::UnknownLane));
    "sorry-ticket" |it| { enter(it, "23"); failed(it, ProblemCode::UnknownTicket); };
    "sorry-pass" |it| { scan(it, PASS); failed(it, ProblemCode::PassInvalid); };
    "sorry-rejoin-late" |it| not_rejoined(it, ProblemCode::TooLate);
    "sorry-rejoined-before" |it| not_rejoined(it, ProblemCode::ReinstatedBefore);
    "sorry-not-passed-over" |it| not_rejoined(it, ProblemCode::NotNoShow);
    "sorry-notice" |it| scan(it, "N-1042");
    "sorry-unreadable" |it| scan(it, "https://www.example.com/");
}

/// What the codes of papers say.
const SLIP: &str = "http://192.168.1.10:8080/t/k7Qd2mV9xN4pR8sT1uW6yZ";
const PASS: &str = "k7Qd2mV9xN4pR8sT1uW6yZ";

fn code(it: &mut Player) {
    it.receive(Msg::HavePressed);
    it.receive(Msg::CheckInPressed);
}

fn number(it: &mut Player) {
    it.receive(Msg::HavePressed);
    it.receive(Msg::NumberPressed);
}

fn type_digits(it: &mut Player, digits: &str) {
    for key in digits.chars() {
        it.receive(Msg::KeyPressed { key });
    }
}

fn type_number(it: &mut Player, digits: &str) {
    number(it);
    it.receive(Msg::LanePressed { lane: "A".parse().expect("a lane") });
    type_digits(it, digits);
}

fn enter(it: &mut Player, digits: &str) {
    type_number(it, digits);
    it.receive(Msg::EnterPressed { command_id: press() });
}

fn scan(it: &mut Player, text: &str) {
    it.receive(Msg::Scanned { text: text.to_owned(), command_id: press() });
}

fn found(it: &mut Player, ticket: Ticket) {
    it.receive(Msg::TicketFound { command_id: press(), ticket });
}

fn failed(it: &mut Player, code: ProblemCode) {
    let failure = IssueFailure::Refused(Box::new(Problem::new(code)));
    it.receive(Msg::LookFailed { command_id: press(), failure });
}

fn at_window(state: TicketState) -> Ticket {
    Ticket { state, window: Some(WindowId(3)), ahead: 0, ..ticket() }
}

/// Passed over, with so many minutes left to come back.
fn passed_over(minutes: i64) -> Ticket {
    let until = now() + jiff::SignedDuration::from_mins(minutes);
    Ticket { state: TicketState::NoShow, rejoin_until: Some(until), ..ticket() }
}

fn not_rejoined(it: &mut Player, code: ProblemCode) {
    enter(it, "23");
    found(it, passed_over(20));
    it.wait_ms(2_000);
    it.receive(Msg::RejoinPressed { command_id: press() });
    failed(it, code);
}

fn report_number(it: &mut Player) {
    it.receive(Msg::HavePressed);
    it.receive(Msg::ReportsPressed);
    it.receive(Msg::ReportPressed { kind: ReportKind::Stuck });
}

fn report(it: &mut Player) {
    report_number(it);
    it.receive(Msg::LanePressed { lane: "A".parse().expect("a lane") });
    type_digits(it, "23");
    it.receive(Msg::EnterPressed { command_id: press() });
    found(it, at_window(TicketState::Finished));
}

fn slip_of_number(it: &mut Player) {
    enter(it, "23");
    found(it, ticket());
    it.wait_ms(2_000);
    it.receive(Msg::SlipPressed { command_id: press() });
}

fn pass(it: &mut Player) {
    scan(it, PASS);
    let pass = PassView {
        lane: "A".parse().expect("a lane"),
        matter: Some("food-operation-permit".to_owned()),
        until: date(2026, 11, 30),
        ticket: None,
    };
    it.receive(Msg::PassFound { command_id: press(), pass });
}

fn checked_in(it: &mut Player, late: bool) {
    scan(it, "12345678");
    let booked = Some(Booked { time: time(9, 30, 0, 0), late });
    let ticket = Ticket { class: Class::Appointment, booked, ..ticket() };
    it.receive(Msg::TicketIssued { command_id: press(), ticket });
    printed(it, PrintOutcome::Done);
}

/// The code was typed, and the server says no.
fn refused(it: &mut Player, problem: Problem) {
    code(it);
    type_digits(it, "12345678");
    it.receive(Msg::EnterPressed { command_id: press() });
    let failure = IssueFailure::Refused(Box::new(problem));
    it.receive(Msg::IssueFailed { command_id: press(), failure });
}
