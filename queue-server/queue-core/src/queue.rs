//! Who waits in one line, each class by itself and longest first.
//!
//! Places are kept in order, so that the next one and the number of
//! those before somebody are found without walking the line. Which class
//! goes first is not known here.

use std::collections::{BTreeMap, VecDeque};

use jiff::Timestamp;

use crate::ids::{Class, TicketId};

/// A place in a line. The smaller is the longer wait.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Place {
    /// Since when the visitor counts as waiting.
    pub(crate) from: Timestamp,
    /// Sequence of the event that put them here: who came to the same
    /// moment later stands behind.
    pub(crate) order: u64,
    /// Who.
    pub(crate) ticket: TicketId,
    /// How long their service will last, in thousandths of what one in
    /// their lane lasts.
    pub(crate) share: u32,
}

/// One line.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Queue {
    classes: BTreeMap<Class, VecDeque<Place>>,
    shares: u64,
}

impl Queue {
    /// Puts somebody in.
    pub(crate) fn insert(&mut self, class: Class, place: Place) {
        let line = self.classes.entry(class).or_default();
        let at = line.partition_point(|it| *it < place);
        line.insert(at, place);
        self.shares += u64::from(place.share);
    }

    /// Takes somebody out; false if they were not there.
    pub(crate) fn remove(&mut self, class: Class, place: &Place) -> bool {
        let Some(line) = self.classes.get_mut(&class) else { return false };
        let Ok(at) = line.binary_search(place) else { return false };
        line.remove(at);
        self.shares -= u64::from(place.share);
        true
    }

    /// The mean share of those who wait.
    pub(crate) fn mean_share(&self) -> u64 {
        let waiting = u64::try_from(self.len()).unwrap_or(u64::MAX);
        self.shares.checked_div(waiting).unwrap_or(1_000)
    }

    /// How many wait.
    pub(crate) fn len(&self) -> usize {
        self.classes.values().map(VecDeque::len).sum()
    }

    /// Whether nobody counts as waiting from a moment still to come.
    pub(crate) fn has_come(&self, now: Timestamp) -> bool {
        self.classes.values().filter_map(VecDeque::back).all(|it| it.from <= now)
    }

    /// Of each class, who has waited longest.
    pub(crate) fn heads(&self) -> impl Iterator<Item = (Class, Place)> {
        self.classes.iter().filter_map(|(class, line)| Some((*class, *line.front()?)))
    }

    /// Everybody, class by class.
    pub(crate) fn places(&self) -> impl Iterator<Item = (Class, Place)> {
        self.classes.iter().flat_map(|(class, line)| line.iter().map(|it| (*class, *it)))
    }

    /// How many satisfy `goes_before`, which within a class holds for
    /// those at the front and for nobody behind them.
    pub(crate) fn count_before(&self, goes_before: impl Fn(Class, &Place) -> bool) -> usize {
        let before = |(class, line): (&Class, &VecDeque<Place>)| {
            line.partition_point(|it| goes_before(*class, it))
        };
        self.classes.iter().map(before).sum()
    }
}
