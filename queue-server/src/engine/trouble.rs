//! What somebody should look at: told to a supervisor that asks whether
//! the server is ready, and to the hall's staff. It decides nothing.

use std::collections::BTreeMap;
use std::sync::{Mutex, MutexGuard, PoisonError};

use queue_api::Alert;

/// The causes, while there are any.
#[derive(Debug, Default)]
pub(super) struct Trouble(Mutex<BTreeMap<Alert, String>>);

impl Trouble {
    /// Something is wrong; true if that is news.
    pub(super) fn begins(&self, alert: Alert, cause: String) -> bool {
        let news = !self.is_there(alert);
        if news {
            tracing::error!(?alert, cause, "somebody should look at this");
        }
        self.lock().insert(alert, cause);
        news
    }

    /// It is right, or right again; true if that is news.
    pub(super) fn ends(&self, alert: Alert) -> bool {
        let news = self.lock().remove(&alert).is_some();
        if news {
            tracing::info!(?alert, "this is right again");
        }
        news
    }

    /// Whether something is wrong.
    pub(super) fn is_there(&self, alert: Alert) -> bool {
        self.lock().contains_key(&alert)
    }

    /// What is wrong.
    pub(super) fn alerts(&self) -> Vec<Alert> {
        self.lock().keys().copied().collect()
    }

    /// All of it in words; none while all is well.
    pub(super) fn cause(&self) -> Option<String> {
        let causes = self.lock();
        let words: Vec<&str> = causes.values().map(String::as_str).collect();
        (!words.is_empty()).then(|| words.join("; "))
    }

    fn lock(&self) -> MutexGuard<'_, BTreeMap<Alert, String>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
