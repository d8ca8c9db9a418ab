//! The state of the hall: what can be asked of it. `apply` is the one
//! place where it changes.

mod apply;
mod morning;
mod numbers;
mod ticket;

use std::collections::{BTreeMap, BTreeSet, HashMap, VecDeque};
use std::hash::{BuildHasherDefault, DefaultHasher};

use jiff::civil::Date;

pub use morning::Morning;
pub(crate) use numbers::Numbers;
use ticket::UNTOUCHED;
pub use ticket::{Call, HeldPass, Ticket, Window, WindowStatus};

use crate::appointment::{AppointmentCode, AppointmentId, Book, HeldAppointment};
use crate::estimate::{Learned, Reach};
use crate::event::{Lease, Line};
use crate::ids::{LaneId, TicketId, WindowId};
use crate::manage::{Notice, Office, StandIn};
use crate::queue::Queue;
use crate::rating::Served;
use crate::rules::{Rules, WindowRules};

/// Tickets by the secrets of their papers. In a tree a wrong secret
/// would be found wrong the later, the more of it is right.
type Tokens = HashMap<String, TicketId, BuildHasherDefault<DefaultHasher>>;

/// Everything the queue knows about today.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Hall {
    rules: Rules,
    seq: u64,
    day: Option<Date>,
    latest_day: Option<Date>,
    /// Sequence of the entry that opened it.
    opened_seq: u64,
    tickets: BTreeMap<TicketId, Ticket>,
    tokens: Tokens,
    /// Who was served, of today and of the days before that are kept.
    served: BTreeMap<TicketId, Served>,
    lines: BTreeMap<Line, Queue>,
    numbers: Numbers,
    issued_ever: u64,
    windows: BTreeMap<WindowId, Window>,
    calls: VecDeque<Call>,
    passes: BTreeMap<String, HeldPass>,
    /// Lanes whose numbers are stopped today.
    stopped: BTreeSet<LaneId>,
    /// What the profile says of the windows that serve other lanes today.
    reassigned: BTreeMap<WindowId, WindowRules>,
    office: Office,
    book: Book,
    learned: Learned,
    reach: Reach,
}

impl Hall {
    /// A hall before its first day.
    pub fn new(rules: Rules) -> Hall {
        let reach = Reach::of(&rules);
        Hall { rules, reach, ..Hall::default() }
    }

    /// Lanes and windows as configured, and as the manager changed it for
    /// today.
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

    /// The services on a ticket, of today or of a day not long before.
    pub fn served(&self, id: TicketId) -> Option<&Served> {
        self.served.get(&id)
    }

    /// The ticket whose paper bears this secret and on which somebody was
    /// served, of today or of a day not long before.
    pub fn served_by_token(&self, token: &str) -> Option<(TicketId, &Served)> {
        let id = *self.tokens.get(token)?;
        Some((id, self.served(id)?))
    }

    /// All tickets of today, as issued.
    pub fn tickets(&self) -> impl Iterator<Item = &Ticket> {
        self.tickets.values()
    }

    /// How many wait in a lane.
    pub fn waiting_count(&self, lane: &LaneId) -> u32 {
        count(self.line(&Line::Lane(lane.clone())).map_or(0, Queue::len))
    }

    /// How many wait in the hall.
    pub fn waiting_total(&self) -> u32 {
        count(self.lines.values().map(Queue::len).sum())
    }

    /// Who was set aside at a window, longest first.
    pub fn parked_at(&self, window: WindowId) -> impl Iterator<Item = &Ticket> {
        let parked = self.windows.get(&window).into_iter().flat_map(|it| &it.parked);
        parked.filter_map(|id| self.ticket(*id))
    }

    /// How many numbers the lane has given today.
    pub fn issued_in(&self, lane: &LaneId) -> u32 {
        self.numbers.given(lane)
    }

    /// The lease of today that an entry of the journal granted.
    pub fn lease_of(&self, seq: u64) -> Option<&Lease> {
        self.numbers.lease_of(seq)
    }

    /// The numbers of today.
    pub(crate) fn numbers(&self) -> &Numbers {
        &self.numbers
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

    /// A return pass by its secret.
    pub fn pass(&self, token: &str) -> Option<&HeldPass> {
        self.passes.get(token)
    }

    /// The return pass that was given on a ticket.
    pub fn pass_on(&self, ticket: TicketId) -> Option<&HeldPass> {
        self.passes.values().find(|it| it.ticket == ticket)
    }

    /// The appointments to come and of the last day, as they were made.
    pub fn appointments(&self) -> impl Iterator<Item = &HeldAppointment> {
        self.book.all()
    }

    /// An appointment.
    pub fn appointment(&self, id: AppointmentId) -> Option<&HeldAppointment> {
        self.book.get(id)
    }

    /// The appointment with this code.
    pub fn appointment_by_code(&self, code: &AppointmentCode) -> Option<&HeldAppointment> {
        self.book.by_code(code)
    }

    /// The appointment that was booked elsewhere under this reference.
    pub fn appointment_by_reference(&self, reference: &str) -> Option<&HeldAppointment> {
        self.book.by_reference(reference)
    }

    /// Whether the manager stopped this lane's numbers today.
    pub fn is_stopped(&self, lane: &LaneId) -> bool {
        self.stopped.contains(lane)
    }

    /// The manager's lines for boards, for now or later.
    pub fn notices(&self) -> impl Iterator<Item = &Notice> {
        self.office.notices()
    }

    /// Who sits at another's window, today or later.
    pub fn stand_ins(&self) -> impl Iterator<Item = &StandIn> {
        self.office.stand_ins()
    }

    pub(crate) fn office(&self) -> &Office {
        &self.office
    }

    pub(crate) fn book(&self) -> &Book {
        &self.book
    }

    /// What it learned of itself on this and earlier days.
    pub(crate) fn learned(&self) -> &Learned {
        &self.learned
    }

    /// Which windows serve which lanes.
    pub(crate) fn reach(&self) -> &Reach {
        &self.reach
    }

    pub(crate) fn line(&self, line: &Line) -> Option<&Queue> {
        self.lines.get(line)
    }

    /// The windows that serve a lane as their own, as configured.
    pub(crate) fn windows_of(&self, lane: &LaneId) -> impl Iterator<Item = WindowId> {
        let serve = self.rules.windows.iter().filter(|(_, it)| it.lanes.contains(lane));
        serve.map(|(id, _)| *id)
    }
}

pub(crate) fn count(n: usize) -> u32 {
    u32::try_from(n).unwrap_or(u32::MAX)
}
