//! The same id and the same wish give the same answer; the same id and
//! another wish are refused.

use std::collections::BTreeSet;

use jiff::Timestamp;
use jiff::civil::{Time, date, time};
use queue_core::{
    Appointment, AppointmentId, Block, Booking, CallReason, Entry, LaneId, Lease, Line, Offline,
    Outcome, Pass, PrintOutcome, Rating, RatingLevel, Source, TicketNumber, VoidReason,
};

use super::*;
use crate::actor::Actor;
use crate::journal::Origin;

fn lane(name: &str) -> LaneId {
    name.parse().unwrap()
}

fn request(of: &str, token: &str) -> TicketRequest {
    TicketRequest::at_kiosk(lane(of), token.to_owned())
}

fn issued(of: &str) -> Event {
    let request = request(of, "first");
    Event::TicketIssued(Issued {
        ticket: TicketId(7),
        number: TicketNumber { lane: request.lane.clone(), count: 1 },
        lane: request.lane,
        class: request.class,
        matter: request.matter,
        answers: request.answers,
        source: request.source,
        token: request.token,
        more: request.more,
        priority: request.priority,
        grant: request.grant,
        waits_from: None,
        pass: request.pass,
        appointment: None,
        forecast: None,
        offline: None,
        holder: None,
    })
}

fn at(window: u16, act: WindowAct) -> Command {
    Command::AtWindow { window: WindowId(window), act }
}

/// Each command with the last event that it led to. No two are the same
/// wish.
fn wishes() -> Vec<(Command, Event)> {
    let straight = [of_the_hall(), of_appointments(), at_the_window()].concat();
    [straight, beyond_the_straight_way(), without_the_server()].concat()
}

fn of_the_hall() -> Vec<(Command, Event)> {
    let ticket = TicketId(7);
    let printed = |print: PrintOutcome| {
        let command = Command::ReportPrinted { ticket, print: print.clone() };
        (command, Event::TicketPrinted { ticket, print })
    };
    let day = date(2026, 11, 23);
    let reason = VoidReason::Cancelled;
    vec![
        (Command::OpenDay { day }, Event::DayOpened { day }),
        (Command::IssueTicket(request("A", "second")), issued("A")),
        (Command::IssueTicket(request("B", "second")), issued("B")),
        printed(PrintOutcome::Done),
        printed(PrintOutcome::Unknown),
        (Command::VoidTicket { ticket }, Event::TicketVoided { ticket, reason }),
        (Command::LeaveQueue { ticket }, Event::TicketVoided { ticket, reason: VoidReason::Left }),
        rated(1, 5),
        rated(2, 5),
        rated(1, 4),
    ]
}

fn rated(service: u32, level: u8) -> (Command, Event) {
    let (ticket, level) = (TicketId(7), RatingLevel::try_from(level).unwrap());
    let reasons: BTreeSet<_> = level.reasons().take(2).collect();
    let (window, day, matter) = (WindowId(1), date(2026, 11, 23), None);
    let rating = Rating { ticket, service, day, window, matter, level, reasons: reasons.clone() };
    (Command::RateService { ticket, service, level, reasons }, Event::ServiceRated(rating))
}

fn of_appointments() -> Vec<(Command, Event)> {
    let (first, second) = (AppointmentId(1), AppointmentId(2));
    let made = |of: &str, time: Time| {
        let code = |digits: &str| digits.parse().unwrap();
        let (day, matter, reference) = (date(2026, 11, 24), None, None);
        let appointment = Appointment {
            id: first,
            code: code("10000000"),
            lane: lane(of),
            matter: matter.clone(),
            day,
            time,
            starts: Timestamp::UNIX_EPOCH,
            reference: reference.clone(),
        };
        // The code is chosen anew by each request.
        let code = code("20000000");
        let booking = Booking { code, lane: lane(of), matter, day, time, reference };
        (Command::MakeAppointment(booking), Event::AppointmentMade { appointment })
    };
    let imported = |file: &str| {
        let file = file.to_owned();
        let command = Command::ImportAppointments { file: file.clone(), lines: Vec::new() };
        (command, Event::AppointmentsImported { file, made: 1, known: 0 })
    };
    let cancelled = |appointment| {
        let event = Event::AppointmentCancelled { appointment };
        (Command::CancelAppointment { appointment }, event)
    };
    let came = |appointment| {
        let Event::TicketIssued(issued) = issued("A") else { unreachable!() };
        let event = Event::TicketIssued(Issued { appointment: Some(appointment), ..issued });
        let (token, source) = ("second".to_owned(), Source::Kiosk);
        (Command::CheckIn { appointment, token, source }, event)
    };
    vec![
        made("A", time(9, 0, 0, 0)),
        made("A", time(9, 30, 0, 0)),
        made("B", time(9, 0, 0, 0)),
        imported("one"),
        imported("another"),
        cancelled(first),
        cancelled(second),
        came(first),
        came(second),
    ]
}

fn at_the_window() -> Vec<(Command, Event)> {
    let (ticket, window) = (TicketId(7), WindowId(1));
    let meant = Some(ticket);
    let opened = |nth: u16| {
        let staff: queue_core::StaffId = "1001".parse().unwrap();
        let act = WindowAct::Open { staff: staff.clone() };
        (at(nth, act), Event::WindowOpened { window: WindowId(nth), staff })
    };
    let finished = |outcome| {
        let act = WindowAct::Finish { ticket: meant, outcome };
        (at(1, act), Event::TicketFinished { ticket, window, outcome })
    };
    let called = |nth: u16| {
        let (window, reason) = (WindowId(nth), CallReason::LongestWaiting);
        let event = Event::TicketCalled { ticket, window, reason, helping: false };
        (at(nth, WindowAct::CallNext), event)
    };
    vec![
        opened(1),
        opened(2),
        (
            at(1, WindowAct::Pause { reason: None, minutes: Some(10) }),
            Event::WindowPaused { window, reason: None, minutes: Some(10) },
        ),
        (at(1, WindowAct::Close), Event::WindowClosed { window }),
        called(1),
        called(2),
        (at(1, WindowAct::Recall { ticket: meant }), Event::TicketRecalled { ticket, window }),
        (at(1, WindowAct::Arrive { ticket: meant }), Event::TicketArrived { ticket, window }),
        (at(1, WindowAct::NoShow { ticket: meant }), Event::TicketNoShow { ticket, window }),
        finished(Outcome::DoneNow),
        finished(Outcome::Consult),
    ]
}

fn beyond_the_straight_way() -> Vec<(Command, Event)> {
    let (ticket, window) = (TicketId(7), WindowId(1));
    let meant = Some(ticket);
    let by_number = |why: &str| {
        let reason = CallReason::ByNumber { why: why.to_owned() };
        let act = WindowAct::Call { ticket, why: why.to_owned() };
        (at(1, act), Event::TicketCalled { ticket, window, reason, helping: false })
    };
    let sent = |to: Line| {
        let act = WindowAct::Transfer { ticket: meant, to: to.clone(), note: None };
        let window = Some(window);
        (at(1, act), Event::TicketTransferred { ticket, window, to, note: None })
    };
    let until = date(2026, 11, 30);
    let pass = Pass { token: "pass".to_owned(), lane: lane("A"), matter: None, until };
    let waits_from = Timestamp::UNIX_EPOCH;
    vec![
        (at(1, WindowAct::Park { ticket: meant }), Event::TicketParked { ticket, window }),
        (at(1, WindowAct::Resume { ticket }), Event::TicketResumed { ticket, window }),
        by_number("has a train to catch"),
        by_number("was forgotten"),
        sent(Line::Lane(lane("B"))),
        sent(Line::Window(WindowId(2))),
        (Command::Reinstate { ticket }, Event::TicketReinstated { ticket, waits_from }),
        (
            Command::GivePass { ticket, token: "other".to_owned(), until },
            Event::PassGiven { ticket, pass },
        ),
    ]
}

/// What a kiosk told of number 501 of lane A.
fn told(secret: &str) -> OfflineTicket {
    OfflineTicket {
        lease: "lease".to_owned(),
        day: date(2026, 11, 23),
        number: TicketNumber { lane: lane("A"), count: 501 },
        issued_at: Timestamp::UNIX_EPOCH,
        request: request("A", secret),
        asked_as: "asked-in-vain".parse().unwrap(),
        instead_of: None,
    }
}

fn taken_in(secret: &str) -> Event {
    let OfflineTicket { number, lease, asked_as, .. } = told(secret);
    let Event::TicketIssued(issued) = issued("A") else { unreachable!() };
    let (token, offline) = (secret.to_owned(), Some(Offline { lease, asked_as }));
    Event::TicketIssued(Issued { number, token, offline, ..issued })
}

fn without_the_server() -> Vec<(Command, Event)> {
    let leased = |device: &str, of: &str| {
        let (token, device, lanes) = ("other".to_owned(), device.to_owned(), vec![lane(of)]);
        let blocks = vec![Block { lane: lane(of), first: 501, count: 40 }];
        let lease = Lease { token: "lease".to_owned(), device: device.clone(), blocks };
        (Command::LeaseNumbers { device, token, lanes }, Event::NumbersLeased(lease))
    };
    let late = OfflineTicket { day: date(2026, 11, 22), ..told("first") };
    let OfflineTicket { day, number, issued_at, .. } = late.clone();
    vec![
        leased("kiosk-1", "A"),
        leased("kiosk-2", "A"),
        leased("kiosk-2", "B"),
        (Command::TakeIn(told("paper-one")), taken_in("paper-one")),
        (Command::TakeIn(told("paper-two")), taken_in("paper-two")),
        (Command::TakeIn(late), Event::NumberToldLate { day, number, issued_at }),
        (
            Command::SkipNumbers,
            Event::NumbersSkipped { blocks: Vec::new(), tickets: 9, appointments: None },
        ),
    ]
}

#[test]
fn a_request_that_was_given_up_is_answered_with_the_number_given_instead() {
    let asked_in_vain: CommandId = "asked-in-vain".parse().unwrap();
    let row = |seq, command_id, event| Row {
        entry: Entry { seq, at: Timestamp::UNIX_EPOCH, event },
        origin: Origin { command_id, by: Actor::Server },
    };
    let issue = Command::IssueTicket(request("A", "another"));
    let mut memory = Memory::default();
    memory.keep(&row(4, Some("o-asked-in-vain".parse().unwrap()), taken_in("paper")));
    let done = memory.answer(&asked_in_vain, &issue).unwrap().unwrap();
    assert_eq!(done, Done { seq: 4, ticket: Some(TicketId(7)), appointment: None, repeated: true });
    // Unless it had been answered before: the same answer, for ever.
    let mut memory = Memory::default();
    memory.keep(&row(3, Some(asked_in_vain.clone()), issued("A")));
    memory.keep(&row(4, Some("o-asked-in-vain".parse().unwrap()), taken_in("paper")));
    assert_eq!(memory.answer(&asked_in_vain, &issue).unwrap().unwrap().seq, 3);
    assert_eq!(memory.ticket_of(&asked_in_vain), Some(TicketId(7)));
}

#[test]
fn an_id_answers_for_its_own_wish_only() {
    let id: CommandId = "command-1".parse().unwrap();
    for (asked, (_, event)) in wishes().into_iter().enumerate() {
        let mut memory = Memory::default();
        let origin = Origin { command_id: Some(id.clone()), by: Actor::Server };
        let (ticket, appointment) = (event.ticket(), event.appointment());
        memory.keep(&Row { entry: Entry { seq: 4, at: Timestamp::UNIX_EPOCH, event }, origin });
        for (again, (command, _)) in wishes().into_iter().enumerate() {
            let answer = memory.answer(&id, &command).unwrap();
            if again == asked {
                assert_eq!(answer.unwrap(), Done { seq: 4, ticket, appointment, repeated: true });
            } else {
                assert!(matches!(answer, Err(Refusal::CommandReused)), "{asked} {command:?}");
            }
        }
    }
}

#[test]
fn a_press_that_names_no_ticket_means_whoever_was_there() {
    let event = Event::TicketNoShow { ticket: TicketId(7), window: WindowId(1) };
    assert!(leads_to(&at(1, WindowAct::NoShow { ticket: None }), &event));
    assert!(!leads_to(&at(1, WindowAct::NoShow { ticket: Some(TicketId(8)) }), &event));
}

#[test]
fn a_day_that_was_not_stored_ends_nothing() {
    let row = |seq: u64, id: Option<&str>, event: Event| {
        let command_id = id.map(|it| it.parse().unwrap());
        let origin = Origin { command_id, by: Actor::Server };
        Row { entry: Entry { seq, at: Timestamp::UNIX_EPOCH, event }, origin }
    };
    let opened = |seq, day| row(seq, None, Event::DayOpened { day: date(2026, 11, day) });
    let closed = |seq, id| row(seq, Some(id), Event::WindowClosed { window: WindowId(1) });
    let knows = |memory: &Memory, id: &str| {
        memory.answer(&id.parse().unwrap(), &at(1, WindowAct::Close)).is_some()
    };
    let mut memory = Memory::default();
    for stored in [opened(1, 23), closed(2, "yesterday"), opened(3, 24), closed(4, "today-it-is")] {
        memory.keep(&stored);
        memory.prune();
    }
    memory.keep(&opened(5, 25));
    memory.keep(&closed(6, "not-stored"));
    memory.forget_after(4);
    assert!(knows(&memory, "yesterday") && knows(&memory, "today-it-is"));
    assert!(!knows(&memory, "not-stored"));
    memory.keep(&opened(5, 25));
    memory.prune();
    assert!(!knows(&memory, "yesterday") && knows(&memory, "today-it-is"));
}
