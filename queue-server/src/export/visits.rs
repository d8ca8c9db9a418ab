//! One line for each ticket, from what the hall knew of it when its day
//! ended.

use jiff::civil::Date;
use queue_core::{
    Class, Event, Hall, LaneId, Morning, Outcome, PriorityReason, Rules, Source, Ticket,
    TicketNumber, TicketState, WindowId,
};
use serde::Serialize;

use super::Line;
use super::Span;
use crate::journal::{Reader, Row};

/// A ticket's visit.
#[derive(Debug, Serialize)]
pub(super) struct Visit {
    day: Date,
    number: TicketNumber,
    lane: LaneId,
    class: Class,
    priority: Option<PriorityReason>,
    matter: Option<String>,
    source: Source,
    issued: String,
    called: Option<String>,
    arrived: Option<String>,
    finished: Option<String>,
    window: Option<WindowId>,
    state: TicketState,
    outcome: Option<Outcome>,
}

impl Line for Visit {
    const NAMES: &'static [&'static str] = &[
        "day", "number", "lane", "class", "priority", "matter", "source", "issued", "called",
        "arrived", "finished", "window", "state", "outcome",
    ];
}

/// The story, and the visits found in it.
pub(super) struct Visits {
    hall: Hall,
    span: Span,
    found: Vec<Visit>,
}

impl Visits {
    pub(super) fn new(span: Span) -> Visits {
        Visits { hall: Hall::new(Rules::default()), span, found: Vec::new() }
    }

    /// All of them, as their tickets were issued.
    pub(super) fn into_lines(mut self) -> Vec<Visit> {
        self.day_ends();
        self.found
    }

    /// Takes what the hall knows of its day, before it forgets it.
    fn day_ends(&mut self) {
        let wanted = |it: &&Ticket| self.span.has(it.day);
        let visits = self.hall.tickets().filter(wanted).map(|it| visit(it, &self.span));
        self.found.extend(visits);
    }
}

impl Reader for Visits {
    fn begin(&mut self, morning: Morning, _whole: bool) {
        self.hall = Hall::on_morning(Rules::default(), morning);
    }

    fn row(&mut self, row: Row) {
        if matches!(row.entry.event, Event::DayOpened { .. }) {
            self.day_ends();
        }
        // The hall of a morning knows already that its day was opened.
        if row.entry.seq > self.hall.seq() {
            self.hall.apply(&row.entry);
        }
    }
}

fn visit(ticket: &Ticket, span: &Span) -> Visit {
    let local = |at| span.local(at);
    Visit {
        day: ticket.day,
        number: ticket.number.clone(),
        lane: ticket.lane.clone(),
        class: ticket.class,
        priority: ticket.priority,
        matter: ticket.matter.clone(),
        source: ticket.source,
        issued: local(ticket.issued_at),
        called: ticket.first_called_at.map(local),
        arrived: ticket.arrived_at.map(local),
        finished: ticket.finished_at.map(local),
        window: ticket.window,
        state: ticket.state,
        outcome: ticket.outcome,
    }
}
