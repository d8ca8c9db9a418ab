//! Why nothing can be stored at present: what a supervisor is told that
//! asks whether the server is ready. It decides nothing.

use std::sync::{Mutex, MutexGuard, PoisonError};

/// The cause, while there is one.
#[derive(Debug, Default)]
pub(super) struct Trouble(Mutex<Option<String>>);

impl Trouble {
    /// Something could not be stored.
    pub(super) fn begins(&self, cause: String) {
        *self.lock() = Some(cause);
    }

    /// It can be again.
    pub(super) fn ends(&self) {
        *self.lock() = None;
        tracing::info!("there is room on the disk again");
    }

    /// Whether there is any.
    pub(super) fn is_there(&self) -> bool {
        self.lock().is_some()
    }

    /// In words.
    pub(super) fn cause(&self) -> Option<String> {
        self.lock().clone()
    }

    fn lock(&self) -> MutexGuard<'_, Option<String>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
