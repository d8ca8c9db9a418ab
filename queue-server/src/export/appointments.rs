//! One line for each appointment, also of those that nobody kept. Its
//! code is a secret of whoever has it, and is not in it.

use std::collections::BTreeMap;

use jiff::Timestamp;
use jiff::civil::Date;
use queue_core::{
    Appointment, AppointmentId, AppointmentState, Event, Hall, LaneId, Morning, Rules, TicketNumber,
};
use serde::Serialize;

use super::Line;
use super::Span;
use crate::journal::{Reader, Row};

/// What became of an appointment.
#[derive(Debug, Serialize)]
pub(super) struct Kept {
    day: Date,
    /// Hours and minutes of its slot.
    time: String,
    appointment: AppointmentId,
    lane: LaneId,
    matter: Option<String>,
    /// What the program that booked it elsewhere calls it.
    reference: Option<String>,
    /// Not told by a record whose older days are in an archive.
    made: Option<String>,
    state: AppointmentState,
    /// When it was checked in, cancelled, or written down as missed.
    ended: Option<String>,
    /// Of the ticket it became.
    number: Option<TicketNumber>,
}

impl Line for Kept {
    const NAMES: &'static [&'static str] = &[
        "day",
        "time",
        "appointment",
        "lane",
        "matter",
        "reference",
        "made",
        "state",
        "ended",
        "number",
    ];
}

/// The appointments found in the story.
pub(super) struct Appointments {
    span: Span,
    found: BTreeMap<AppointmentId, Kept>,
}

impl Appointments {
    pub(super) fn new(span: Span) -> Appointments {
        Appointments { span, found: BTreeMap::new() }
    }

    /// All of them, by their slots.
    pub(super) fn into_lines(self) -> Vec<Kept> {
        let mut lines: Vec<Kept> = self.found.into_values().collect();
        lines.sort_by(|a, b| (a.day, &a.time, a.appointment).cmp(&(b.day, &b.time, b.appointment)));
        lines
    }

    fn add(&mut self, it: &Appointment, state: AppointmentState, made: Option<Timestamp>) {
        if !self.span.has(it.day) {
            return;
        }
        let kept = Kept {
            day: it.day,
            time: it.time.strftime("%H:%M").to_string(),
            appointment: it.id,
            lane: it.lane.clone(),
            matter: it.matter.clone(),
            reference: it.reference.clone(),
            made: made.map(|at| self.span.local(at)),
            state,
            ended: None,
            number: None,
        };
        self.found.insert(it.id, kept);
    }

    fn ends(
        &mut self,
        id: AppointmentId,
        state: AppointmentState,
        number: Option<TicketNumber>,
        at: Timestamp,
    ) {
        let ended = Some(self.span.local(at));
        // Those of other days are not looked for.
        if let Some(it) = self.found.get_mut(&id) {
            (it.state, it.ended, it.number) = (state, ended, number);
        }
    }
}

impl Reader for Appointments {
    /// Those that were made in the archive, and not yet kept.
    fn begin(&mut self, morning: Morning, _whole: bool) {
        for held in Hall::on_morning(Rules::default(), morning).appointments() {
            self.add(&held.appointment, held.state, None);
        }
    }

    fn row(&mut self, row: Row) {
        let at = row.entry.at;
        match row.entry.event {
            Event::AppointmentMade { appointment } => {
                self.add(&appointment, AppointmentState::Booked, Some(at));
            }
            Event::AppointmentCancelled { appointment } => {
                self.ends(appointment, AppointmentState::Cancelled, None, at);
            }
            Event::AppointmentMissed { appointment } => {
                self.ends(appointment, AppointmentState::Missed, None, at);
            }
            Event::TicketIssued(issued) => {
                if let Some(id) = issued.appointment {
                    self.ends(id, AppointmentState::CheckedIn, Some(issued.number), at);
                }
            }
            _ => {}
        }
    }
}
