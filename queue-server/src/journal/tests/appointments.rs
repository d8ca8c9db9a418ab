//! What becomes of an appointment, one row of each kind.

use jiff::civil::date;
use queue_core::{Appointment, AppointmentId, Class, Event, Issued};

use super::{issued, row};
use crate::journal::Row;

/// Made, with and without what may be left out; and what becomes of one.
pub(super) fn appointments(from: u64) -> Vec<Row> {
    let made = Appointment {
        id: AppointmentId(1),
        code: "10000000".parse().unwrap(),
        lane: "A".parse().unwrap(),
        matter: None,
        day: date(2026, 11, 24),
        time: jiff::civil::time(10, 30, 0, 0),
        starts: "2026-11-24T02:30:00Z".parse().unwrap(),
        reference: None,
    };
    let imported = Appointment {
        id: AppointmentId(2),
        code: "10000001".parse().unwrap(),
        matter: Some("id-card-renewal".to_owned()),
        reference: Some("P-1".to_owned()),
        ..made.clone()
    };
    let appointment = AppointmentId(1);
    let Event::TicketIssued(issued) = issued(from + 5, 11).entry.event else { unreachable!() };
    let events = [
        Event::AppointmentMade { appointment: made },
        Event::AppointmentMade { appointment: imported },
        Event::AppointmentsImported { file: "e3b0".to_owned(), made: 1, known: 2 },
        Event::AppointmentCancelled { appointment },
        Event::AppointmentMissed { appointment },
        Event::TicketIssued(Issued {
            class: Class::Appointment,
            appointment: Some(AppointmentId(2)),
            ..issued
        }),
    ];
    (from..).zip(events).map(|(seq, event)| row(seq, event)).collect()
}
