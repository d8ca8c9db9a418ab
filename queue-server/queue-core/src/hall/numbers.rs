//! The numbers of a business day: those given in turn, and those set
//! apart for kiosks to give while they cannot reach the server. A number
//! is given once, whoever gives it.

use std::collections::{BTreeMap, BTreeSet};

use jiff::Timestamp;

use crate::event::{Block, Lease};
use crate::ids::{LaneId, TicketNumber};

/// The day's numbers.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Numbers {
    lanes: BTreeMap<LaneId, OfLane>,
    leases: BTreeMap<String, Held>,
}

/// A lease and when it was granted.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Held {
    pub(crate) lease: Lease,
    pub(crate) granted_at: Timestamp,
    /// The entry that granted it.
    seq: u64,
}

#[derive(Clone, Debug, Default, PartialEq, Eq)]
struct OfLane {
    /// The last that was given in turn.
    last: u32,
    /// How many were given, by whomever.
    given: u32,
    /// Set apart: the first of a block and the first behind it.
    apart: Vec<(u32, u32)>,
    /// Of all numbers, those that kiosks gave.
    taken: BTreeSet<u32>,
}

impl Numbers {
    /// How many numbers a lane has given.
    pub(crate) fn given(&self, lane: &LaneId) -> u32 {
        self.lanes.get(lane).map_or(0, |it| it.given)
    }

    /// The number that comes next in turn.
    pub(crate) fn next(&self, lane: &LaneId) -> u32 {
        self.lanes.get(lane).map_or(1, OfLane::next)
    }

    /// Where a block can begin that nothing of today reaches, at `first`
    /// or behind.
    pub(crate) fn free_from(&self, lane: &LaneId, first: u32) -> u32 {
        self.lanes.get(lane).map_or(first, |it| it.free_from(first))
    }

    /// A lease by its name.
    pub(crate) fn held(&self, token: &str) -> Option<&Held> {
        self.leases.get(token)
    }

    /// The lease that an entry granted.
    pub(crate) fn lease_of(&self, seq: u64) -> Option<&Lease> {
        self.leases.values().find(|it| it.seq == seq).map(|it| &it.lease)
    }

    /// How many leases a kiosk had today.
    pub(crate) fn leases_of(&self, device: &str) -> usize {
        self.leases.values().filter(|it| it.lease.device == device).count()
    }

    /// Whether a kiosk can have given this number by itself: it is the
    /// lease's own, or of a lease that this journal has lost and of
    /// nobody else's.
    pub(crate) fn may_be_of(&self, token: &str, number: &TicketNumber) -> bool {
        let owns = |held: &Held| held.lease.blocks.iter().any(|it| it.holds(number));
        let theirs = match self.held(token) {
            Some(held) => owns(held),
            None => !self.leases.values().any(owns),
        };
        theirs && !self.lanes.get(&number.lane).is_some_and(|it| it.was_given(number.count))
    }

    /// A number is given in turn.
    pub(super) fn give(&mut self, number: &TicketNumber) {
        let lane = self.lanes.entry(number.lane.clone()).or_default();
        assert_eq!(number.count, lane.next(), "numbers have no gap and no double");
        lane.last = number.count;
        lane.given += 1;
    }

    /// A number was given by a kiosk.
    pub(super) fn take_in(&mut self, number: &TicketNumber) {
        let lane = self.lanes.entry(number.lane.clone()).or_default();
        assert!(!lane.was_given(number.count), "a number is given once");
        lane.taken.insert(number.count);
        lane.given += 1;
    }

    /// A kiosk has a lease.
    pub(super) fn lease(&mut self, lease: Lease, granted_at: Timestamp, seq: u64) {
        self.set_apart(&lease.blocks);
        let before = self.leases.insert(lease.token.clone(), Held { lease, granted_at, seq });
        assert!(before.is_none(), "every lease has a name of its own");
    }

    /// These are not given in turn.
    pub(super) fn set_apart(&mut self, blocks: &[Block]) {
        for Block { lane, first, count } in blocks {
            let lane = self.lanes.entry(lane.clone()).or_default();
            lane.apart.push((*first, first.saturating_add(*count)));
        }
    }
}

impl OfLane {
    fn next(&self) -> u32 {
        let mut next = self.last + 1;
        loop {
            let block = self.apart.iter().find(|(from, to)| (*from..*to).contains(&next));
            match block {
                Some((_, behind)) => next = *behind,
                None if self.taken.contains(&next) => next += 1,
                None => return next,
            }
        }
    }

    fn free_from(&self, first: u32) -> u32 {
        let behind_blocks = self.apart.iter().map(|(_, to)| *to).max().unwrap_or(0);
        let behind_taken = self.taken.last().map_or(0, |it| it + 1);
        first.max(self.last + 1).max(behind_blocks).max(behind_taken)
    }

    fn was_given(&self, count: u32) -> bool {
        let apart = self.apart.iter().any(|(from, to)| (*from..*to).contains(&count));
        self.taken.contains(&count) || (count <= self.last && !apart)
    }
}
