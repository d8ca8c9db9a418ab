//! The same id and the same wish give the same answer; the same id and
//! another wish are refused.

use jiff::Timestamp;
use jiff::civil::date;
use queue_core::{
    CallReason, Class, Entry, LaneId, Outcome, PrintOutcome, Source, TicketNumber, VoidReason,
};

use super::*;
use crate::actor::Actor;
use crate::journal::Origin;

fn lane(name: &str) -> LaneId {
    name.parse().unwrap()
}

fn request(of: &str, token: &str) -> TicketRequest {
    TicketRequest {
        lane: lane(of),
        matter: None,
        class: Class::Ordinary,
        answers: None,
        source: Source::Kiosk,
        token: token.to_owned(),
    }
}

fn issued(of: &str) -> Event {
    let request = request(of, "first");
    Event::TicketIssued {
        ticket: TicketId(7),
        number: TicketNumber { lane: request.lane.clone(), count: 1 },
        lane: request.lane,
        class: request.class,
        matter: request.matter,
        answers: request.answers,
        source: request.source,
        token: request.token,
    }
}

fn at(window: u16, act: WindowAct) -> Command {
    Command::AtWindow { window: WindowId(window), act }
}

/// Each command with the last event that it led to. No two are the same
/// wish.
fn wishes() -> Vec<(Command, Event)> {
    let (ticket, window) = (TicketId(7), WindowId(1));
    let meant = Some(ticket);
    let staff: queue_core::StaffId = "1001".parse().unwrap();
    let printed = |print: PrintOutcome| {
        let command = Command::ReportPrinted { ticket, print: print.clone() };
        (command, Event::TicketPrinted { ticket, print })
    };
    let finished = |outcome| {
        let act = WindowAct::Finish { ticket: meant, outcome };
        (at(1, act), Event::TicketFinished { ticket, window, outcome })
    };
    let called = |window: u16| Event::TicketCalled {
        ticket,
        window: WindowId(window),
        reason: CallReason::LongestWaiting,
    };
    vec![
        (
            Command::OpenDay { day: date(2026, 11, 23) },
            Event::DayOpened { day: date(2026, 11, 23) },
        ),
        (Command::IssueTicket(request("A", "second")), issued("A")),
        (Command::IssueTicket(request("B", "second")), issued("B")),
        printed(PrintOutcome::Done),
        printed(PrintOutcome::Unknown),
        (
            Command::VoidTicket { ticket },
            Event::TicketVoided { ticket, reason: VoidReason::Cancelled },
        ),
        (
            at(1, WindowAct::Open { staff: staff.clone() }),
            Event::WindowOpened { window, staff: staff.clone() },
        ),
        (
            at(2, WindowAct::Open { staff: staff.clone() }),
            Event::WindowOpened { window: WindowId(2), staff },
        ),
        (at(1, WindowAct::Pause { reason: None }), Event::WindowPaused { window, reason: None }),
        (at(1, WindowAct::Close), Event::WindowClosed { window }),
        (at(1, WindowAct::CallNext), called(1)),
        (at(2, WindowAct::CallNext), called(2)),
        (at(1, WindowAct::Recall { ticket: meant }), Event::TicketRecalled { ticket, window }),
        (at(1, WindowAct::Arrive { ticket: meant }), Event::TicketArrived { ticket, window }),
        (at(1, WindowAct::NoShow { ticket: meant }), Event::TicketNoShow { ticket, window }),
        finished(Outcome::DoneNow),
        finished(Outcome::Consult),
    ]
}

#[test]
fn an_id_answers_for_its_own_wish_only() {
    let id: CommandId = "command-1".parse().unwrap();
    for (asked, (_, event)) in wishes().into_iter().enumerate() {
        let mut memory = Memory::default();
        let origin = Origin { command_id: Some(id.clone()), by: Actor::Server };
        let ticket = event.ticket();
        memory.keep(&Row { entry: Entry { seq: 4, at: Timestamp::UNIX_EPOCH, event }, origin });
        for (again, (command, _)) in wishes().into_iter().enumerate() {
            let answer = memory.answer(&id, &command).unwrap();
            if again == asked {
                assert_eq!(answer.unwrap(), Done { seq: 4, ticket, repeated: true });
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
