//! Whatever is asked in whatever order: nothing is issued twice, nobody
//! is in two places, and the journal tells the same story again.

use std::collections::BTreeSet;

use jiff::civil::date;
use proptest::prelude::*;

use super::{Told, rules};
use crate::{
    Class, Command, Hall, Outcome, PrintOutcome, Source, TicketId, TicketRequest, TicketState,
    WindowAct, WindowId,
};

fn any_command() -> impl Strategy<Value = Command> {
    let window = || (0..5_u16).prop_map(WindowId);
    let ticket = || (0..40_u64).prop_map(TicketId);
    let meant = || proptest::option::of((0..40_u64).prop_map(TicketId));
    let act = prop_oneof![
        2 => Just(WindowAct::Open { staff: "1001".parse().unwrap() }),
        1 => Just(WindowAct::Pause { reason: Some("lunch".to_owned()) }),
        1 => Just(WindowAct::Close),
        6 => Just(WindowAct::CallNext),
        1 => meant().prop_map(|ticket| WindowAct::Recall { ticket }),
        2 => meant().prop_map(|ticket| WindowAct::Arrive { ticket }),
        1 => meant().prop_map(|ticket| WindowAct::NoShow { ticket }),
        4 => meant().prop_map(|ticket| WindowAct::Finish { ticket, outcome: Outcome::Consult }),
    ];
    prop_oneof![
        1 => (22..30_i8).prop_map(|day| Command::OpenDay { day: date(2026, 11, day) }),
        12 => "[A-D]".prop_map(|lane| Command::IssueTicket(TicketRequest {
            lane: lane.parse().unwrap(),
            matter: None,
            class: Class::Ordinary,
            answers: None,
            source: Source::Kiosk,
            token: String::new(),
        })),
        1 => ticket().prop_map(|ticket| Command::VoidTicket { ticket }),
        1 => ticket().prop_map(|ticket| Command::ReportPrinted { ticket, print: PrintOutcome::Unknown }),
        20 => (window(), act).prop_map(|(window, act)| Command::AtWindow { window, act }),
    ]
}

/// What must hold in any hall at any time.
fn assert_sound(hall: &Hall) {
    let mut numbers = BTreeSet::new();
    for ticket in hall.tickets() {
        assert!(numbers.insert(ticket.number.clone()), "{} twice", ticket.number);
        let waits = hall.waiting_in(&ticket.lane).filter(|id| *id == ticket.id).count();
        let sits = hall.windows().filter(|(_, it)| it.ticket == Some(ticket.id)).count();
        let places = match ticket.state {
            TicketState::Waiting => (1, 0),
            TicketState::Called | TicketState::Serving => (0, 1),
            TicketState::Finished | TicketState::NoShow | TicketState::Void => (0, 0),
        };
        assert_eq!((waits, sits), places, "{} is {:?}", ticket.number, ticket.state);
    }
    for lane in hall.rules().lanes.keys() {
        let issued = hall.tickets().filter(|it| it.number.lane == *lane).count();
        assert_eq!(u32::try_from(issued).unwrap(), hall.issued_in(lane), "lane {lane} has a gap");
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(200))]

    #[test]
    fn any_order_of_commands_leaves_a_sound_hall(commands in proptest::collection::vec(any_command(), 1..120)) {
        let mut told = Told::new();
        for (at, mut command) in commands.into_iter().enumerate() {
            if let Command::IssueTicket(request) = &mut command {
                request.token = format!("token-{at}");
            }
            if told.submit(&command) {
                assert_sound(&told.hall);
            }
        }
        let mut again = Hall::new(rules());
        for entry in &told.journal {
            again.apply(entry);
        }
        prop_assert_eq!(again, told.hall);
    }
}
