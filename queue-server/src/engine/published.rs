//! What has happened, for everybody to look at: the hall as the journal
//! on the disk tells it, and a bell that rings when it changes.

use std::sync::{PoisonError, RwLock, RwLockReadGuard};

use queue_core::Hall;
use tokio::sync::watch;

use crate::journal::Row;
use crate::meters::Meters;

/// The committed hall.
#[derive(Debug)]
pub struct Published {
    hall: RwLock<Hall>,
    changes: watch::Sender<u64>,
    meters: Meters,
}

impl Published {
    pub(super) fn new(hall: Hall) -> Published {
        Published {
            hall: RwLock::new(hall),
            changes: watch::Sender::new(0),
            meters: Meters::default(),
        }
    }

    /// The hall now. Held for the making of one view, never across an
    /// `await`.
    pub fn hall(&self) -> RwLockReadGuard<'_, Hall> {
        // Applying an entry only panics on a bug, and then the process ends.
        self.hall.read().unwrap_or_else(PoisonError::into_inner)
    }

    /// What is counted.
    pub(crate) fn meters(&self) -> &Meters {
        &self.meters
    }

    /// A bell that rings on every change.
    pub(crate) fn subscribe(&self) -> watch::Receiver<u64> {
        self.changes.subscribe()
    }

    /// Rings the bell for a change beside the journal: a device came, a
    /// printer ran out of paper.
    pub(crate) fn ring(&self) {
        self.changes.send_modify(|count| *count += 1);
    }

    pub(super) fn publish(&self, rows: &[Row]) {
        if rows.is_empty() {
            return;
        }
        {
            let mut hall = self.hall.write().unwrap_or_else(PoisonError::into_inner);
            for row in rows {
                hall.apply(&row.entry);
                self.meters.happened(row.entry.event.kind());
            }
        }
        self.ring();
    }
}
