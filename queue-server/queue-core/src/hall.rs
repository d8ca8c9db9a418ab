//! The state of the hall, and the one place where it changes.
//!
//! `apply` takes what has happened as given: it never looks at the rules,
//! so that a journal reads the same under any profile. What can't be is
//! a bug and stops the process (the journal is replayed on restart).

use std::collections::{BTreeMap, BTreeSet, VecDeque};

use jiff::Timestamp;
use jiff::civil::Date;

use crate::Answers;
use crate::event::{Entry, Event};
use crate::ids::{
    Class, LaneId, Outcome, PrintOutcome, Source, StaffId, TicketId, TicketNumber, TicketState,
    WindowId,
};
use crate::rules::Rules;

/// How many calls are remembered for boards that come late.
const CALLS_MAX: usize = 32;

/// Everything the queue knows about today.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Hall {
    rules: Rules,
    seq: u64,
    day: Option<Date>,
    latest_day: Option<Date>,
    tickets: BTreeMap<TicketId, Ticket>,
    tokens: BTreeMap<String, TicketId>,
    waiting: BTreeMap<LaneId, BTreeSet<TicketId>>,
    issued: BTreeMap<LaneId, u32>,
    issued_ever: u64,
    windows: BTreeMap<WindowId, Window>,
    calls: VecDeque<Call>,
}

/// A ticket and its history.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Ticket {
    /// Unique over the life of the journal.
    pub id: TicketId,
    /// Unique in its business day.
    pub number: TicketNumber,
    /// Where it waits.
    pub lane: LaneId,
    /// How it queues.
    pub class: Class,
    /// What for.
    pub matter: Option<String>,
    /// The situation.
    pub answers: Option<Answers>,
    /// Where it was asked for.
    pub source: Source,
    /// The secret of its QR.
    pub token: String,
    /// The day of its number.
    pub day: Date,
    /// Where it is in its life.
    pub state: TicketState,
    /// When its number was committed.
    pub issued_at: Timestamp,
    /// The window that called it.
    pub window: Option<WindowId>,
    /// Latest call.
    pub called_at: Option<Timestamp>,
    /// When the visitor was at the window.
    pub arrived_at: Option<Timestamp>,
    /// When the service was over.
    pub finished_at: Option<Timestamp>,
    /// How it ended.
    pub outcome: Option<Outcome>,
    /// What became of the paper, once reported.
    pub print: Option<PrintOutcome>,
}

impl Ticket {
    /// Somebody may still be served on it.
    pub fn is_live(&self) -> bool {
        matches!(self.state, TicketState::Waiting | TicketState::Called | TicketState::Serving)
    }
}

/// A window now.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Window {
    /// Whether it serves.
    pub status: WindowStatus,
    /// Whom it called and has not let go.
    pub ticket: Option<TicketId>,
    /// Services finished here today.
    pub served: u32,
}

/// Whether a window serves.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum WindowStatus {
    /// Nobody sits there.
    #[default]
    Closed,
    /// Serving.
    Open {
        /// Who.
        staff: StaffId,
    },
    /// Away for a while.
    Paused {
        /// Who will be back.
        staff: StaffId,
        /// What the sign says.
        reason: Option<String>,
    },
}

/// A call as boards know it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Call {
    /// Sequence of the call or of its latest recall.
    pub seq: u64,
    /// Who.
    pub ticket: TicketId,
    /// Where to.
    pub window: WindowId,
    /// When.
    pub at: Timestamp,
}

/// A window that nothing has happened at.
const UNTOUCHED: Window = Window { status: WindowStatus::Closed, ticket: None, served: 0 };

impl Hall {
    /// A hall before its first day.
    pub fn new(rules: Rules) -> Hall {
        Hall { rules, ..Hall::default() }
    }

    /// Lanes and windows as configured.
    pub fn rules(&self) -> &Rules {
        &self.rules
    }

    /// The last entry applied; 0 before the first.
    pub fn seq(&self) -> u64 {
        self.seq
    }

    /// The open business day.
    pub fn day(&self) -> Option<Date> {
        self.day
    }

    /// The latest day that was ever open.
    pub fn latest_day(&self) -> Option<Date> {
        self.latest_day
    }

    /// A ticket of today.
    pub fn ticket(&self, id: TicketId) -> Option<&Ticket> {
        self.tickets.get(&id)
    }

    /// The ticket whose paper bears this secret.
    pub fn ticket_by_token(&self, token: &str) -> Option<&Ticket> {
        self.tokens.get(token).and_then(|id| self.ticket(*id))
    }

    /// All tickets of today, as issued.
    pub fn tickets(&self) -> impl Iterator<Item = &Ticket> {
        self.tickets.values()
    }

    /// Who waits in a lane, longest first.
    pub fn waiting_in(&self, lane: &LaneId) -> impl Iterator<Item = TicketId> {
        self.waiting.get(lane).into_iter().flatten().copied()
    }

    /// How many wait in a lane.
    pub fn waiting_count(&self, lane: &LaneId) -> u32 {
        self.waiting.get(lane).map_or(0, |it| u32::try_from(it.len()).unwrap_or(u32::MAX))
    }

    /// How many are called before this ticket if nothing else happens.
    pub fn ahead_of(&self, ticket: &Ticket) -> u32 {
        if ticket.state != TicketState::Waiting {
            return 0;
        }
        let before = self.waiting_in(&ticket.lane).take_while(|id| *id < ticket.id).count();
        u32::try_from(before).unwrap_or(u32::MAX)
    }

    /// How many numbers the lane has given today.
    pub fn issued_in(&self, lane: &LaneId) -> u32 {
        self.issued.get(lane).copied().unwrap_or(0)
    }

    /// The id of the ticket to come.
    pub fn next_ticket(&self) -> TicketId {
        TicketId(self.issued_ever + 1)
    }

    /// A window, touched or not.
    pub fn window(&self, id: WindowId) -> &Window {
        self.windows.get(&id).unwrap_or(&UNTOUCHED)
    }

    /// Every window at which something has happened.
    pub fn windows(&self) -> impl Iterator<Item = (WindowId, &Window)> {
        self.windows.iter().map(|(id, window)| (*id, window))
    }

    /// Calls of today, latest first.
    pub fn calls(&self) -> impl Iterator<Item = &Call> {
        self.calls.iter()
    }

    /// Makes `entry` part of the past.
    ///
    /// # Panics
    ///
    /// If the entry can't follow what is known: a gap in the sequence, a
    /// number issued twice, a ticket in two places.
    pub fn apply(&mut self, entry: &Entry) {
        assert_eq!(entry.seq, self.seq + 1, "the journal has no gap");
        self.seq = entry.seq;
        match &entry.event {
            Event::DayOpened { day } => self.begin_day(*day),
            Event::DayClosed { day } => {
                assert_eq!(self.day, Some(*day), "only the open day is closed");
                self.day = None;
            }
            Event::TicketIssued { .. } => self.issue(entry.at, &entry.event),
            Event::TicketPrinted { ticket, print } => {
                self.known(*ticket).print = Some(print.clone());
            }
            Event::TicketVoided { ticket, .. } => self.void(*ticket, entry.at),
            Event::WindowOpened { window, staff } => {
                self.at(*window).status = WindowStatus::Open { staff: staff.clone() };
            }
            Event::WindowPaused { window, reason } => self.pause(*window, reason.clone()),
            Event::WindowClosed { window } => self.at(*window).status = WindowStatus::Closed,
            Event::TicketCalled { ticket, window, .. } => self.call(*ticket, *window, entry),
            Event::TicketRecalled { ticket, window } => self.recall(*ticket, *window, entry),
            Event::TicketArrived { ticket, .. } => {
                let ticket = self.known(*ticket);
                assert_eq!(ticket.state, TicketState::Called, "only who was called arrives");
                ticket.state = TicketState::Serving;
                ticket.arrived_at = Some(entry.at);
            }
            Event::TicketFinished { ticket, window, outcome } => {
                self.leave(*ticket, *window, TicketState::Finished, entry.at);
                self.known(*ticket).outcome = Some(*outcome);
                self.at(*window).served += 1;
            }
            Event::TicketNoShow { ticket, window } => {
                self.leave(*ticket, *window, TicketState::NoShow, entry.at);
            }
        }
    }

    fn begin_day(&mut self, day: Date) {
        assert!(self.day.is_none(), "one day is open at a time");
        self.day = Some(day);
        self.latest_day = Some(day);
        self.tickets.clear();
        self.tokens.clear();
        self.waiting.clear();
        self.issued.clear();
        self.windows.clear();
        self.calls.clear();
    }

    fn issue(&mut self, at: Timestamp, event: &Event) {
        let Event::TicketIssued { ticket, number, lane, class, matter, answers, source, token } =
            event
        else {
            unreachable!("the caller matched it");
        };
        let day = self.day.expect("numbers are issued on an open day");
        assert_eq!(*ticket, self.next_ticket(), "ticket ids have no gap");
        self.issued_ever = ticket.0;
        let issued = self.issued.entry(number.lane.clone()).or_default();
        assert_eq!(number.count, *issued + 1, "numbers have no gap and no double");
        *issued = number.count;
        self.waiting.entry(lane.clone()).or_default().insert(*ticket);
        self.tokens.insert(token.clone(), *ticket);
        let ticket = Ticket {
            id: *ticket,
            number: number.clone(),
            lane: lane.clone(),
            class: *class,
            matter: matter.clone(),
            answers: answers.clone(),
            source: *source,
            token: token.clone(),
            day,
            state: TicketState::Waiting,
            issued_at: at,
            window: None,
            called_at: None,
            arrived_at: None,
            finished_at: None,
            outcome: None,
            print: None,
        };
        self.tickets.insert(ticket.id, ticket);
    }

    fn void(&mut self, id: TicketId, at: Timestamp) {
        self.leave_lane(id);
        let ticket = self.known(id);
        assert!(ticket.is_live(), "only a live ticket is voided");
        ticket.state = TicketState::Void;
        ticket.finished_at = Some(at);
        if let Some(window) = ticket.window {
            self.at(window).ticket = None;
        }
    }

    fn pause(&mut self, id: WindowId, reason: Option<String>) {
        let window = self.at(id);
        let WindowStatus::Open { staff } = &window.status else {
            panic!("only an open window is paused");
        };
        window.status = WindowStatus::Paused { staff: staff.clone(), reason };
    }

    fn call(&mut self, id: TicketId, window: WindowId, entry: &Entry) {
        assert!(self.leave_lane(id), "only who waits is called");
        let ticket = self.known(id);
        ticket.state = TicketState::Called;
        ticket.window = Some(window);
        ticket.called_at = Some(entry.at);
        let before = self.at(window).ticket.replace(id);
        assert_eq!(before, None, "a window has one visitor at a time");
        self.show(id, window, entry);
    }

    fn recall(&mut self, id: TicketId, window: WindowId, entry: &Entry) {
        let ticket = self.known(id);
        assert_eq!(ticket.state, TicketState::Called, "only who was called is recalled");
        ticket.called_at = Some(entry.at);
        self.show(id, window, entry);
    }

    /// A recall moves the visitor to the top; it doesn't show them twice.
    fn show(&mut self, ticket: TicketId, window: WindowId, entry: &Entry) {
        self.calls.retain(|it| it.ticket != ticket);
        self.calls.push_front(Call { seq: entry.seq, ticket, window, at: entry.at });
        self.calls.truncate(CALLS_MAX);
    }

    fn leave(&mut self, id: TicketId, window: WindowId, state: TicketState, at: Timestamp) {
        let ticket = self.known(id);
        ticket.state = state;
        ticket.finished_at = Some(at);
        let present = self.at(window).ticket.take();
        assert_eq!(present, Some(id), "only the window's own visitor leaves it");
    }

    fn leave_lane(&mut self, id: TicketId) -> bool {
        let lane = self.known(id).lane.clone();
        self.waiting.get_mut(&lane).is_some_and(|it| it.remove(&id))
    }

    fn known(&mut self, id: TicketId) -> &mut Ticket {
        self.tickets.get_mut(&id).expect("the journal speaks of today's tickets")
    }

    fn at(&mut self, id: WindowId) -> &mut Window {
        self.windows.entry(id).or_default()
    }
}
