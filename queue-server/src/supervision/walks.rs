//! Walks through all of the record: when the last one was, what it found,
//! and one more when somebody asks. A walk is a guest: it reads, and
//! gives way to everybody.

use std::path::PathBuf;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::thread;

use jiff::Timestamp;
use queue_api::{RecordReport, RecordWalk};

use crate::journal::{Head, suspect};
use crate::verify;

/// How much a walk gives way; the most there is.
const NICE: i32 = 19;

/// The walks of this run of the server.
#[derive(Clone, Debug, Default)]
pub(crate) struct Walks(Arc<Mutex<Known>>);

#[derive(Debug, Default)]
struct Known {
    walking_since: Option<Timestamp>,
    last: Option<RecordWalk>,
}

impl Walks {
    /// What is known, beside the sequence that the record is at.
    pub(crate) fn report(&self, seq: u64) -> RecordReport {
        let known = self.known();
        RecordReport { seq, walking_since: known.walking_since, last: known.last.clone() }
    }

    /// A walk begins; false while another goes on.
    pub(crate) fn begin(&self, now: Timestamp) -> bool {
        let mut known = self.known();
        let first = known.walking_since.is_none();
        known.walking_since = known.walking_since.or(Some(now));
        first
    }

    /// A walk has ended with this.
    pub(crate) fn end(&self, found: Result<&Head, String>, now: Timestamp) {
        let walk = match found {
            Ok(head) => RecordWalk {
                at: now,
                sound: true,
                seq: head.seq,
                chain: format!("{:?}", head.chain),
                cause: None,
            },
            Err(cause) => RecordWalk {
                at: now,
                sound: false,
                seq: 0,
                chain: String::new(),
                cause: Some(cause),
            },
        };
        *self.known() = Known { walking_since: None, last: Some(walk) };
    }

    /// Walks through the record on a thread of its own; nothing if that
    /// is done already. What is wrong is told and written down, so that
    /// the next start looks at everything; whether the hall stops is for
    /// those who run it.
    pub(crate) fn walk(&self, path: PathBuf) -> std::io::Result<()> {
        if !self.begin(appliance::now()) {
            return Ok(());
        }
        let walks = self.clone();
        let walk = move || {
            // Where it is not allowed, the others wait a little.
            let _ = rustix::process::nice(NICE);
            let found = verify::look_through(&path);
            if let Err(error) = &found {
                let cause = format!("{error:#}");
                tracing::error!(cause, "the record is not as it was written");
                if let Err(error) = suspect(&path, &cause) {
                    tracing::error!(%error, "that something looked wrong could not be noted");
                }
            }
            let found = found.as_ref().map(|it| &it.head).map_err(|error| format!("{error:#}"));
            walks.end(found, appliance::now());
        };
        let started = thread::Builder::new().name("walk".to_owned()).spawn(walk);
        started.map(drop).inspect_err(|_| self.known().walking_since = None)
    }

    fn known(&self) -> MutexGuard<'_, Known> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
