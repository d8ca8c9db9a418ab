//! Events become visits. The rules play no part in it, and what the hall
//! has asserted is not asserted again: an event that fits nothing changes
//! nothing.

use std::collections::{BTreeMap, VecDeque};

use jiff::civil::Date;
use queue_core::{
    Entry, Errand, Event, Issued, Line, Outcome, StaffId, TicketId, VoidReason, WindowId,
};

use super::{Ended, Visit};

/// The open day: who may still be served, and who sits where.
#[derive(Clone, Debug, Default)]
pub struct Fold {
    day: Option<Date>,
    tickets: BTreeMap<TicketId, Held>,
    clerks: BTreeMap<WindowId, StaffId>,
}

/// The latest visit of a ticket, and what else is to be done on it.
#[derive(Clone, Debug)]
struct Held {
    visit: Visit,
    more: VecDeque<Errand>,
}

impl Fold {
    /// Takes the next event; the visits that are now otherwise, each as it
    /// is now.
    pub fn see(&mut self, entry: &Entry) -> Vec<Visit> {
        let at = entry.at.as_second();
        match &entry.event {
            Event::DayOpened { day } => {
                *self = Fold { day: Some(*day), ..Fold::default() };
                Vec::new()
            }
            Event::WindowOpened { window, staff } => {
                self.clerks.insert(*window, staff.clone());
                Vec::new()
            }
            Event::TicketIssued(issued) => self.issue(issued, at),
            Event::TicketVoided { ticket, reason } => self.end(*ticket, at, ended_by(*reason)),
            Event::TicketNoShow { ticket, .. } => self.end(*ticket, at, Ended::NoShow),
            Event::TicketFinished { ticket, outcome, .. } => self.finish(*ticket, at, *outcome),
            Event::MatterFinished { ticket, outcome, stays, .. } => {
                self.next_matter(*ticket, at, *outcome, *stays)
            }
            Event::TicketReinstated { ticket, .. } => self.put_back(*ticket, at),
            Event::TicketTransferred { ticket, to, .. } => self.send_on(*ticket, at, to),
            Event::TicketCalled { ticket, window, .. } => {
                let clerk = self.clerks.get(window).cloned();
                self.change(*ticket, |visit| {
                    visit.called = Some(at);
                    visit.calls = 1;
                    visit.window = Some(*window);
                    visit.clerk = clerk;
                })
            }
            Event::TicketRecalled { ticket, .. } => self.change(*ticket, |visit| visit.calls += 1),
            Event::TicketArrived { ticket, window } => {
                let clerk = self.clerks.get(window).cloned();
                self.change(*ticket, |visit| {
                    visit.arrived = Some(at);
                    visit.clerk = clerk;
                })
            }
            Event::TicketParked { ticket, .. } => self.change(*ticket, |it| it.parked = Some(at)),
            Event::TicketResumed { ticket, .. } => self.change(*ticket, |it| it.resume(at)),
            // The others say nothing of a visit. A window that closes has
            // no visitor, so its clerk may be remembered.
            _ => Vec::new(),
        }
    }

    fn issue(&mut self, it: &Issued, at: i64) -> Vec<Visit> {
        let Some(day) = self.day else { return Vec::new() };
        let from = it.waits_from.map(jiff::Timestamp::as_second);
        // A kiosk's own number was given when the kiosk says; for others a
        // time to come is an appointment's, and one in the past only a
        // place in the line.
        let (issued, since) = match (from, &it.offline) {
            (Some(from), Some(_)) => (from, from),
            (from, _) => (at, from.map_or(at, |from| from.max(at))),
        };
        let visit = Visit {
            day,
            ticket: it.ticket,
            nth: 1,
            number: it.number.clone(),
            lane: it.lane.clone(),
            class: it.class,
            priority: it.priority,
            matter: it.matter.clone(),
            source: it.source,
            issued,
            since,
            called: None,
            calls: 0,
            arrived: None,
            parked: None,
            parked_s: 0,
            finished: None,
            window: None,
            clerk: None,
            outcome: None,
            ended: None,
            forecast: it.forecast,
        };
        let held = Held { visit: visit.clone(), more: it.more.clone().into() };
        self.tickets.insert(it.ticket, held);
        vec![visit]
    }

    fn change(&mut self, ticket: TicketId, change: impl FnOnce(&mut Visit)) -> Vec<Visit> {
        let Some(held) = self.tickets.get_mut(&ticket) else { return Vec::new() };
        change(&mut held.visit);
        vec![held.visit.clone()]
    }

    fn end(&mut self, ticket: TicketId, at: i64, ended: Ended) -> Vec<Visit> {
        let changed = self.change(ticket, |visit| visit.end(at, ended));
        // Who did not come may be put back.
        if ended != Ended::NoShow {
            self.tickets.remove(&ticket);
        }
        changed
    }

    fn finish(&mut self, ticket: TicketId, at: i64, outcome: Outcome) -> Vec<Visit> {
        self.change(ticket, |visit| visit.outcome = Some(outcome));
        self.end(ticket, at, Ended::Finished)
    }

    fn next_matter(
        &mut self,
        ticket: TicketId,
        at: i64,
        outcome: Outcome,
        stays: bool,
    ) -> Vec<Visit> {
        let Some(held) = self.tickets.get_mut(&ticket) else { return Vec::new() };
        let Some(Errand { lane, matter, .. }) = held.more.pop_front() else { return Vec::new() };
        held.visit.outcome = Some(outcome);
        held.visit.end(at, Ended::Finished);
        let before = held.visit.clone();
        held.visit = Visit { lane, matter: Some(matter), ..before.next(at) };
        if stays {
            let Visit { calls, window, clerk, .. } = before.clone();
            let here = Some(at);
            let next = held.visit.clone();
            held.visit = Visit { called: here, arrived: here, calls, window, clerk, ..next };
        }
        vec![before, held.visit.clone()]
    }

    /// The visit that was missed stays as it was; another is waited for.
    fn put_back(&mut self, ticket: TicketId, at: i64) -> Vec<Visit> {
        self.change(ticket, |visit| *visit = visit.next(at))
    }

    fn send_on(&mut self, ticket: TicketId, at: i64, to: &Line) -> Vec<Visit> {
        let Some(held) = self.tickets.get_mut(&ticket) else { return Vec::new() };
        let mut changed = Vec::new();
        // Who was not called yet waits for the same service elsewhere.
        if held.visit.called.is_some() {
            held.visit.end(at, Ended::SentOn);
            changed.push(held.visit.clone());
            held.visit = held.visit.next(at);
        }
        if let Line::Lane(lane) = to {
            held.visit.lane = lane.clone();
        }
        changed.push(held.visit.clone());
        changed
    }
}

impl Visit {
    fn end(&mut self, at: i64, ended: Ended) {
        self.resume(at);
        self.finished = Some(at);
        self.ended = Some(ended);
    }

    fn resume(&mut self, at: i64) {
        self.parked_s += self.parked.take().map_or(0, |since| at - since);
    }

    /// The one that follows on the same ticket.
    fn next(&self, at: i64) -> Visit {
        Visit {
            nth: self.nth + 1,
            since: at,
            called: None,
            calls: 0,
            arrived: None,
            parked: None,
            parked_s: 0,
            finished: None,
            window: None,
            clerk: None,
            outcome: None,
            ended: None,
            // It spoke of the first call.
            forecast: None,
            ..self.clone()
        }
    }
}

fn ended_by(reason: VoidReason) -> Ended {
    match reason {
        VoidReason::Cancelled | VoidReason::Left => Ended::Cancelled,
        VoidReason::DayEnded => Ended::LeftOver,
        VoidReason::Unseen => Ended::Unseen,
        VoidReason::Replaced => Ended::Replaced,
    }
}
