//! What happened, made part of the state.
//!
//! It is taken as given: the rules are never looked at, so that a journal
//! reads the same under any profile. What can't be is a bug and stops
//! the process (the journal is replayed on restart).

use std::collections::BTreeSet;

use jiff::civil::Date;
use jiff::{SignedDuration, Timestamp};

use super::{Call, Hall, HeldPass, Numbers, Ticket, Tokens, Window, WindowStatus};
use crate::appointment::AppointmentState::{Cancelled, CheckedIn, Missed};
use crate::estimate::Reach;
use crate::event::{Entry, Event, Issued, Line, Pass, Rating};
use crate::ids::{Class, LaneId, Outcome, TicketId, TicketState, WindowId};
use crate::rating::{self, Served, Service};

/// How many calls are remembered for boards that come late, beside the
/// last of each window.
const CALLS_MAX: usize = 32;

impl Hall {
    /// Makes `entry` part of the past.
    ///
    /// # Panics
    ///
    /// If the entry can't follow what is known: a gap in the sequence, a
    /// number issued twice, a ticket in two places.
    pub fn apply(&mut self, entry: &Entry) {
        assert_eq!(entry.seq, self.seq + 1, "the journal has no gap");
        self.seq = entry.seq;
        self.learned.see(entry, &self.tickets);
        match &entry.event {
            Event::DayOpened { day } => self.begin_day(*day, entry.at),
            Event::DayClosed { day } => {
                assert_eq!(self.day, Some(*day), "only the open day is closed");
                self.day = None;
            }
            Event::WindowOpened { window, staff } => {
                self.at(*window).status = WindowStatus::Open { staff: staff.clone() };
            }
            Event::WindowPaused { window, reason, minutes } => {
                let back = |it| entry.at.checked_add(SignedDuration::from_mins(i64::from(it))).ok();
                self.pause(*window, reason.clone(), minutes.and_then(back));
            }
            Event::WindowClosed { window } => self.at(*window).status = WindowStatus::Closed,
            Event::TicketIssued(issued) => self.issue(entry.at, issued),
            Event::TicketPrinted { ticket, print } => {
                self.known(*ticket).print = Some(print.clone());
            }
            Event::TicketVoided { ticket, .. } => self.void(*ticket, entry.at),
            Event::PassGiven { ticket, pass } => self.give_pass(*ticket, pass),
            Event::ServiceRated(rating) => self.rate(rating),
            Event::NumbersLeased(lease) => self.numbers.lease(lease.clone(), entry.at, entry.seq),
            Event::NumbersSkipped { blocks, tickets, appointments } => {
                self.numbers.set_apart(blocks);
                self.issued_ever += tickets;
                self.book.skip(appointments.unwrap_or(0));
            }
            Event::AppointmentMade { appointment } => self.book.add(appointment.clone()),
            Event::AppointmentCancelled { appointment } => {
                self.book.ends(*appointment, Cancelled, None);
            }
            Event::AppointmentMissed { appointment } => {
                self.book.ends(*appointment, Missed, None);
            }
            // What lies where changes nothing of what is known.
            Event::AppointmentsImported { .. }
            | Event::NumberToldLate { .. }
            | Event::RecordArchived(_) => {}
            event => self.manage(event, entry),
        }
    }

    /// What the manager does.
    fn manage(&mut self, event: &Event, entry: &Entry) {
        match event {
            Event::DayReopened { day } => {
                assert_eq!((self.day, self.latest_day), (None, Some(*day)), "the last day goes on");
                self.day = Some(*day);
            }
            Event::NumbersStopped { lanes } => self.stopped.extend(lanes.iter().cloned()),
            Event::NumbersResumed { lanes } => self.stopped.retain(|it| !lanes.contains(it)),
            Event::WindowAssigned { window, lanes, helps } => self.assign(*window, lanes, helps),
            Event::NoticePosted { notice } => self.office.post(notice.clone()),
            Event::NoticeRemoved { notice } => self.office.remove(*notice),
            Event::StandInFiled { stand_in } => self.office.file(stand_in.clone()),
            Event::StandInWithdrawn { stand_in } => self.office.withdraw(*stand_in),
            event => self.serve(event, entry),
        }
    }

    /// A window that the profile no longer has serves nobody.
    fn assign(&mut self, window: WindowId, lanes: &[LaneId], helps: &[LaneId]) {
        let Some(rules) = self.rules.windows.get_mut(&window) else { return };
        self.reassigned.entry(window).or_insert_with(|| rules.clone());
        rules.lanes = lanes.to_vec();
        rules.helps = helps.to_vec();
        self.reach = Reach::of(&self.rules);
    }

    /// What happens between a call and the end of a service.
    fn serve(&mut self, event: &Event, entry: &Entry) {
        match event {
            Event::TicketCalled { ticket, window, .. } => self.call(*ticket, *window, entry),
            Event::TicketRecalled { ticket, window } => self.recall(*ticket, *window, entry),
            Event::TicketArrived { ticket, window } => self.arrive(*ticket, *window, entry.at),
            Event::TicketFinished { ticket, window, outcome } => {
                self.leave(*ticket, *window, TicketState::Finished, entry.at);
                self.keep_service(*ticket, *window);
                self.ended(*window, *outcome);
                let ticket = self.known(*ticket);
                ticket.finished_at = Some(entry.at);
                ticket.outcome = Some(*outcome);
            }
            Event::MatterFinished { ticket, window, outcome, stays } => {
                self.ended(*window, *outcome);
                self.keep_service(*ticket, *window);
                self.next_matter(*ticket, *window, *stays, entry.at);
            }
            Event::TicketNoShow { ticket, window } => {
                self.leave(*ticket, *window, TicketState::NoShow, entry.at);
                self.known(*ticket).finished_at = Some(entry.at);
            }
            Event::TicketReinstated { ticket, waits_from } => {
                let it = self.known(*ticket);
                assert_eq!(it.state, TicketState::NoShow, "only who did not come is put back");
                it.waits_from = *waits_from;
                it.reinstated = true;
                it.finished_at = None;
                self.enter(*ticket);
            }
            Event::TicketParked { ticket, window } => {
                self.leave(*ticket, *window, TicketState::Parked, entry.at);
                self.at(*window).parked.push(*ticket);
            }
            Event::TicketResumed { ticket, window } => self.resume(*ticket, *window, entry.at),
            Event::TicketTransferred { ticket, to, note, .. } => {
                self.transfer(*ticket, to, note.clone(), entry.at);
            }
            other => unreachable!("`{}` was applied before", other.kind()),
        }
    }

    fn begin_day(&mut self, day: Date, now: Timestamp) {
        assert!(self.day.is_none(), "one day is open at a time");
        // Yesterday's appointments can still be asked for.
        self.book.forget_before(self.latest_day.unwrap_or(day));
        self.day = Some(day);
        self.latest_day = Some(day);
        self.opened_seq = self.seq;
        self.tickets.clear();
        rating::forget(&mut self.served);
        self.tokens = self.tokens_of_the_served();
        self.lines.clear();
        self.numbers = Numbers::default();
        self.windows.clear();
        self.calls.clear();
        self.passes.retain(|_, it| !it.used && it.pass.until >= day);
        self.stopped.clear();
        self.office.begin_day(day, now);
        self.rules.windows.append(&mut self.reassigned);
        self.reach = Reach::of(&self.rules);
    }

    fn issue(&mut self, at: Timestamp, it: &Issued) {
        let day = self.day.expect("numbers are issued on an open day");
        assert_eq!(it.ticket, self.next_ticket(), "ticket ids have no gap");
        self.issued_ever = it.ticket.0;
        match it.offline {
            None => self.numbers.give(&it.number),
            Some(_) => self.numbers.take_in(&it.number),
        }
        self.tokens.insert(it.token.clone(), it.ticket);
        if let Some(pass) = &it.pass {
            let held = self.passes.get_mut(pass).expect("only a pass that was given is used");
            assert!(!held.used, "a pass is used once");
            held.used = true;
            held.became = Some(it.ticket);
        }
        if let Some(appointment) = it.appointment {
            self.book.ends(appointment, CheckedIn, Some(it.ticket));
        }
        let ticket = Ticket {
            id: it.ticket,
            number: it.number.clone(),
            lane: it.lane.clone(),
            for_window: None,
            class: it.class,
            priority: it.priority,
            grant: it.grant.clone(),
            matter: it.matter.clone(),
            more: it.more.clone(),
            answers: it.answers.clone(),
            source: it.source,
            token: it.token.clone(),
            day,
            state: TicketState::Waiting,
            issued_at: it.waits_from.filter(|_| it.offline.is_some()).unwrap_or(at),
            waits_from: it.waits_from.unwrap_or(at),
            window: None,
            first_window: None,
            note: None,
            calls: 0,
            first_called_at: None,
            called_at: None,
            arrived_at: None,
            finished_at: None,
            outcome: None,
            reinstated: false,
            print: None,
            appointment: it.appointment,
            forecast: it.forecast,
            holder: it.holder.clone(),
            order: 0,
            share: 0,
        };
        self.tickets.insert(ticket.id, ticket);
        self.enter(it.ticket);
    }

    fn void(&mut self, id: TicketId, at: Timestamp) {
        self.leave_line(id);
        let ticket = self.known(id);
        assert!(ticket.is_live(), "only a live ticket is voided");
        ticket.state = TicketState::Void;
        ticket.finished_at = Some(at);
        if let Some(window) = ticket.window.map(|window| self.at(window)) {
            if window.ticket.take_if(|it| *it == id).is_some() {
                window.serves_nobody(at);
            }
            window.parked.retain(|it| *it != id);
        }
    }

    /// What the next day knows papers by.
    pub(super) fn tokens_of_the_served(&self) -> Tokens {
        self.served.iter().map(|(id, it)| (it.token.clone(), *id)).collect()
    }

    /// A matter is done, as far as this window goes.
    fn keep_service(&mut self, id: TicketId, window: WindowId) {
        let ticket = self.tickets.get(&id).expect("the journal speaks of today's tickets");
        let served = self.served.entry(id).or_insert_with(|| Served {
            number: ticket.number.clone(),
            token: ticket.token.clone(),
            day: ticket.day,
            lane: ticket.lane.clone(),
            services: Vec::new(),
        });
        served.lane.clone_from(&ticket.lane);
        served.services.push(Service { window, matter: ticket.matter.clone(), rated: false });
    }

    fn rate(&mut self, rating: &Rating) {
        let served = self.served.get_mut(&rating.ticket).expect("only a service is rated");
        let service = served.services.get_mut(rating.service as usize - 1);
        let service = service.expect("only a service that ended is rated");
        assert!(!service.rated, "a service is rated once");
        service.rated = true;
    }

    fn give_pass(&mut self, ticket: TicketId, pass: &Pass) {
        let held = HeldPass { ticket, pass: pass.clone(), used: false, became: None };
        let before = self.passes.insert(pass.token.clone(), held);
        assert!(before.is_none(), "every pass has a secret of its own");
    }

    fn pause(&mut self, id: WindowId, reason: Option<String>, until: Option<Timestamp>) {
        let window = self.at(id);
        let WindowStatus::Open { staff } = &window.status else {
            panic!("only an open window is paused");
        };
        window.status = WindowStatus::Paused { staff: staff.clone(), reason, until };
    }

    fn call(&mut self, id: TicketId, at: WindowId, entry: &Entry) {
        assert!(self.leave_line(id), "only who waits is called");
        let ticket = self.known(id);
        let ordinary = ticket.class == Class::Ordinary;
        ticket.state = TicketState::Called;
        ticket.window = Some(at);
        ticket.calls = 1;
        ticket.first_called_at = Some(entry.at);
        ticket.called_at = Some(entry.at);
        ticket.arrived_at = None;
        let window = self.at(at);
        window.preferred_in_a_row = if ordinary { 0 } else { window.preferred_in_a_row + 1 };
        let before = window.ticket.replace(id);
        assert_eq!(before, None, "a window has one visitor at a time");
        self.show(id, at, entry);
    }

    fn recall(&mut self, id: TicketId, window: WindowId, entry: &Entry) {
        let ticket = self.known(id);
        assert_eq!(ticket.state, TicketState::Called, "only who was called is recalled");
        ticket.called_at = Some(entry.at);
        ticket.calls += 1;
        self.show(id, window, entry);
    }

    /// A recall moves the visitor to the top; it doesn't show them twice.
    fn show(&mut self, ticket: TicketId, window: WindowId, entry: &Entry) {
        self.calls.retain(|it| it.ticket != ticket);
        self.calls.push_front(Call { seq: entry.seq, ticket, window, at: entry.at });
        // A quiet zone's board shows its last call, however busy the others.
        let (mut windows, mut n_newer) = (BTreeSet::new(), 0);
        self.calls.retain(|it| {
            n_newer += 1;
            windows.insert(it.window) || n_newer <= CALLS_MAX
        });
    }

    fn arrive(&mut self, id: TicketId, window: WindowId, at: Timestamp) {
        let ticket = self.known(id);
        assert_eq!(ticket.state, TicketState::Called, "only who was called arrives");
        ticket.state = TicketState::Serving;
        ticket.arrived_at = Some(at);
        ticket.first_window = ticket.first_window.or(ticket.window);
        self.at(window).serving_since = Some(at);
    }

    fn resume(&mut self, id: TicketId, window: WindowId, at: Timestamp) {
        let ticket = self.known(id);
        assert_eq!(ticket.state, TicketState::Parked, "only who was set aside is resumed");
        ticket.state = TicketState::Serving;
        let window = self.at(window);
        window.serving_since = Some(at);
        window.parked.retain(|it| *it != id);
        let before = window.ticket.replace(id);
        assert_eq!(before, None, "a window has one visitor at a time");
    }

    /// The visitor waits elsewhere, from the time they came at first.
    fn transfer(&mut self, id: TicketId, to: &Line, note: Option<String>, at: Timestamp) {
        self.leave_line(id);
        let ticket = self.known(id);
        assert!(ticket.is_live(), "only a live ticket is sent on");
        let (was, window) = (ticket.state, ticket.window);
        ticket.note = note.or(ticket.note.take());
        match to {
            Line::Lane(lane) => {
                ticket.lane = lane.clone();
                ticket.for_window = None;
            }
            Line::Window(window) => ticket.for_window = Some(*window),
        }
        if let (TicketState::Parked, Some(window)) = (was, window) {
            self.at(window).parked.retain(|it| *it != id);
        }
        if let (TicketState::Called | TicketState::Serving, Some(window)) = (was, window) {
            self.leave(id, window, TicketState::Waiting, at);
            self.at(window).served += u32::from(was == TicketState::Serving);
        }
        self.enter(id);
    }

    /// The first matter of several is done.
    fn next_matter(&mut self, id: TicketId, window: WindowId, stays: bool, at: Timestamp) {
        let ticket = self.known(id);
        assert_eq!(ticket.state, TicketState::Serving, "a matter is done while served");
        let next = ticket.more.remove(0);
        ticket.matter = Some(next.matter);
        ticket.lane = next.lane;
        ticket.answers = next.answers;
        ticket.arrived_at = Some(at);
        if !stays {
            ticket.for_window = None;
            self.leave(id, window, TicketState::Waiting, at);
            self.enter(id);
        }
    }

    /// Puts a ticket into its line.
    fn enter(&mut self, id: TicketId) {
        let seq = self.seq;
        let ticket = self.tickets.get_mut(&id).expect("the journal speaks of today's tickets");
        ticket.state = TicketState::Waiting;
        ticket.order = seq;
        ticket.share = self.learned.share_of(&ticket.lane, ticket.matter.as_deref());
        ticket.window = None;
        let (line, class, place) = (ticket.line(), ticket.class, ticket.place());
        self.lines.entry(line).or_default().insert(class, place);
    }

    /// Takes a ticket out of its line; false if it was in none.
    fn leave_line(&mut self, id: TicketId) -> bool {
        let ticket = self.known(id);
        let (line, class, place) = (ticket.line(), ticket.class, ticket.place());
        self.lines.get_mut(&line).is_some_and(|it| it.remove(class, &place))
    }

    fn leave(&mut self, id: TicketId, window: WindowId, state: TicketState, at: Timestamp) {
        self.known(id).state = state;
        self.at(window).serves_nobody(at);
        let present = self.at(window).ticket.take();
        assert_eq!(present, Some(id), "only the window's own visitor leaves it");
    }

    /// A service ended at a window in this way.
    fn ended(&mut self, window: WindowId, outcome: Outcome) {
        let window = self.at(window);
        window.served += 1;
        *window.outcomes.entry(outcome).or_default() += 1;
    }

    fn known(&mut self, id: TicketId) -> &mut Ticket {
        self.tickets.get_mut(&id).expect("the journal speaks of today's tickets")
    }

    fn at(&mut self, id: WindowId) -> &mut Window {
        self.windows.entry(id).or_default()
    }
}
