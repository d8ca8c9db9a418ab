//! A number exists once: in turn at the server, from a lease at a kiosk,
//! and on paper.

use jiff::Timestamp;
use jiff::civil::Date;
use kiosk_core::TicketRef;
use queue_api::{CommandId, OfflineTicket, TicketId, TicketNumber};
use queue_core::{Block, Issued, VoidReason};

use super::{Checker, Place, Verdict, hold};

impl Checker {
    /// The next in turn that nobody else may give, or the one that a kiosk
    /// gave for this very press.
    pub(super) fn is_numbered(&mut self, it: &Issued, at: Timestamp) -> Verdict {
        let number = &it.number;
        let day = self.day.ok_or("no day is open")?;
        let first = self.numbers.insert(number.clone());
        hold(first, || format!("{number} is given twice"))?;
        let waits_from = it.waits_from.unwrap_or(at);
        hold(waits_from <= at || it.appointment.is_some(), || {
            format!("{number} is of {waits_from}")
        })?;
        let told = (day, number.clone());
        let gave = self.given.get(&told);
        if let Some(offline) = &it.offline {
            let own = gave == Some(&offline.asked_as);
            hold(own, || format!("{number} was given to {gave:?}, not {}", offline.asked_as))?;
            self.heard_of.insert(told);
            let came = self.given_at.remove(number).is_none_or(|it| waits_from <= it);
            hold(came, || format!("{number} waits from {waits_from} only"))?;
            self.offline.insert(it.ticket, offline.asked_as.clone());
            self.is_replaced(&offline.asked_as)?;
            // Should the request that was given up still arrive, this is
            // its answer.
            let answer = (self.seq, Some(it.ticket));
            self.commands.entry(offline.asked_as.clone()).or_insert(answer);
            return Ok(());
        }
        hold(gave.is_none(), || format!("{number} is on a paper of {gave:?}"))?;
        let mut due = self.counts.get(&number.lane).map_or(1, |it| it + 1);
        let (lane, apart) = (number.lane.clone(), &self.apart);
        let taken = |count: u32| {
            let number = TicketNumber { lane: lane.clone(), count };
            let offline = self.given.contains_key(&(day, number.clone()));
            offline && self.numbers.contains(&number) || apart.iter().any(|it| it.holds(&number))
        };
        while taken(due) {
            due += 1;
        }
        self.counts.insert(number.lane.clone(), number.count);
        hold(number.count == due, || format!("{number} is not number {due}"))
    }

    /// Whoever has a number of a kiosk never saw the one that was given for
    /// the same press: nobody waits for it, and no window either.
    fn is_replaced(&self, press: &CommandId) -> Verdict {
        let Some((_, Some(ticket))) = self.commands.get(press) else { return Ok(()) };
        let Some(seen) = self.tickets.get(ticket) else { return Ok(()) };
        let left = match seen.place {
            Place::Waiting(_) => true,
            Place::AtWindow => !seen.came,
            Place::Parked(_) | Place::Gone => false,
        };
        hold(!left, || format!("{} for {press} was seen by nobody: {:?}", seen.number, seen.place))
    }

    /// Numbers that nobody has and nobody else may give.
    pub(super) fn are_set_apart(&mut self, blocks: &[Block]) -> Verdict {
        for block in blocks {
            let had = self.numbers.iter().find(|it| block.holds(it));
            hold(had.is_none(), || format!("{block:?} holds {had:?}"))?;
            let meets = |it: &&Block| {
                it.lane == block.lane
                    && it.first < block.first + block.count
                    && block.first < it.first + it.count
            };
            let other = self.apart.iter().find(meets);
            hold(other.is_none(), || format!("{block:?} meets {other:?}"))?;
            self.apart.push(block.clone());
        }
        Ok(())
    }

    /// A kiosk wrote down a number that it gives: nobody has it.
    pub(in crate::sim) fn gave(&mut self, it: &OfflineTicket) -> Verdict {
        let number = &it.number;
        let by_its_clock = self.rules.zone.to_datetime(it.issued_at).date();
        hold(by_its_clock == it.business_day, || format!("{number} is of another day"))?;
        let had = self.day == Some(it.business_day) && self.numbers.contains(number);
        hold(!had, || format!("a kiosk gave {number}, which was given"))?;
        let told = (it.business_day, number.clone());
        let before = self.given.insert(told, it.command_id.clone());
        hold(before.is_none(), || format!("{number} was given for {before:?}"))
    }

    /// When that was; told while every clock is right.
    pub(in crate::sim) fn gave_at(&mut self, number: &TicketNumber, at: Timestamp) {
        self.given_at.insert(number.clone(), at);
    }

    /// From now on clocks differ, and only the order tells.
    pub(in crate::sim) fn distrust_clocks(&mut self) {
        self.given_at.clear();
    }

    /// No number that a kiosk gave was forgotten.
    pub(in crate::sim) fn heard_of_all(&self) -> Verdict {
        let silent = self.given.keys().find(|it| !self.heard_of.contains(it));
        hold(silent.is_none(), || format!("the record has no {silent:?}"))
    }

    /// What came out of a printer was seen by somebody.
    pub(super) fn is_unseen(&self, ticket: TicketId, reason: VoidReason) -> Verdict {
        let (Some(day), Some(seen)) = (self.day, self.tickets.get(&ticket)) else { return Ok(()) };
        let on_paper = self.papers.contains_key(&(day, seen.number.to_string()));
        let unseen = matches!(reason, VoidReason::Unseen | VoidReason::Replaced);
        hold(!(on_paper && unseen), || format!("{} is on paper", seen.number))
    }

    /// A number came out of a printer, marked as a reprint or not.
    pub(in crate::sim) fn printed(
        &mut self,
        day: Date,
        number: &str,
        ticket: &TicketRef,
        marked: bool,
    ) -> Verdict {
        // A number that a kiosk gave has one name before and after the
        // server knows it.
        let ticket = match ticket {
            TicketRef::Known(id) => match self.offline.get(id) {
                Some(press) => TicketRef::Offline(press.clone()),
                None => TicketRef::Known(*id),
            },
            offline @ TicketRef::Offline(_) => offline.clone(),
        };
        let paper = (day, number.to_owned());
        let again = self.papers.contains_key(&paper) && !marked;
        hold(!again, || format!("{number} came out twice, without a mark"))?;
        if let (true, TicketRef::Known(id)) = (self.day == Some(day), &ticket) {
            let known = self.tickets.contains_key(id) || self.is_copy;
            hold(known, || format!("{number} is not in the record"))?;
        }
        let first = self.papers.entry(paper).or_insert_with(|| ticket.clone());
        // An old copy does not know yet what the kiosk has on its paper, or
        // means another by its id.
        let of_later = self.is_copy
            && matches!(&ticket, TicketRef::Known(id)
                if self.tickets.get(id).is_none_or(|it| it.number.to_string() != number));
        hold(*first == ticket || of_later, || {
            format!("{number} of {day} is {first:?} and {ticket:?}")
        })
    }
}
