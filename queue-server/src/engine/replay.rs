//! The story told again on a start: the hall and the memory come out of
//! it, and the mornings that the next start can begin with.

use queue_core::{Hall, Morning, Rules};

use super::Memory;
use crate::journal::{Reader, Row};

/// What has been told so far.
#[derive(Debug)]
pub(super) struct Replay {
    pub(super) hall: Hall,
    pub(super) memory: Memory,
    /// Of the last days, oldest first.
    pub(super) mornings: Vec<Morning>,
    /// Whether it began with the first day there is.
    pub(super) is_whole: bool,
}

impl Replay {
    /// Before the first row.
    pub(super) fn new(rules: Rules) -> Replay {
        Replay {
            hall: Hall::new(rules),
            memory: Memory::default(),
            mornings: Vec::new(),
            is_whole: true,
        }
    }

    /// The next row.
    pub(super) fn tell(&mut self, row: &Row) {
        // The hall of a morning knows already that its day was opened.
        if row.entry.seq > self.hall.seq() {
            self.hall.apply(&row.entry);
        }
        self.memory.keep(row);
        self.memory.prune();
        if let Some(morning) = self.hall.morning() {
            if self.mornings.len() > 1 {
                self.mornings.remove(0);
            }
            self.mornings.push(morning);
        }
    }
}

impl Reader for Replay {
    fn begin(&mut self, morning: Morning, whole: bool) {
        self.hall = Hall::on_morning(self.hall.rules().clone(), morning);
        self.is_whole = whole;
    }

    fn row(&mut self, row: Row) {
        self.tell(&row);
    }
}
