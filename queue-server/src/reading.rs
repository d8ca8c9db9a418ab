//! Reading the record beside the engine: on connections of their own,
//! outside its thread, few at once. Nothing can be written through them.

use std::path::PathBuf;
use std::sync::Arc;
use std::time::Duration;

use rusqlite::Connection;
use tokio::sync::Semaphore;

use crate::journal::{Journal, OpenError};

/// Questions that are answered at once; the engine needs the disk, too.
const AT_ONCE_MAX: usize = 2;

/// How long a question waits for its turn.
const TURN_MAX: Duration = Duration::from_secs(5);

/// The record, to be read.
#[derive(Clone, Debug)]
pub(crate) struct Reading {
    path: PathBuf,
    turns: Arc<Semaphore>,
}

/// Why nothing was read.
#[derive(Debug, thiserror::Error)]
pub(crate) enum ReadingError {
    /// Too many others ask.
    #[error("others are reading the record")]
    Busy,
    /// The file cannot be opened.
    #[error(transparent)]
    Open(#[from] OpenError),
    /// It cannot be read.
    #[error("the record cannot be read")]
    Sqlite(#[from] rusqlite::Error),
    /// A row that this program did not write.
    #[error("the record is not readable: {0}")]
    Foreign(String),
    /// Whoever read has ended without an answer.
    #[error("reading the record has ended early")]
    Ended,
}

impl Reading {
    /// Of the journal at this place.
    pub(crate) fn new(path: PathBuf) -> Reading {
        Reading { path, turns: Arc::new(Semaphore::new(AT_ONCE_MAX)) }
    }

    /// Where the journal lies.
    pub(crate) fn path(&self) -> &std::path::Path {
        &self.path
    }

    /// Answers a question when it is its turn. All of it is read at one
    /// moment, whatever is written meanwhile.
    pub(crate) async fn ask<T: Send + 'static>(
        &self,
        question: impl FnOnce(&Connection) -> Result<T, ReadingError> + Send + 'static,
    ) -> Result<T, ReadingError> {
        let turn = tokio::time::timeout(TURN_MAX, Arc::clone(&self.turns).acquire_owned()).await;
        let turn = turn.map_err(|_| ReadingError::Busy)?.map_err(|_| ReadingError::Ended)?;
        let path = self.path.clone();
        let read = move || {
            let _turn = turn;
            let connection = Journal::guest(&path)?;
            let moment = connection.unchecked_transaction()?;
            question(&moment)
        };
        tokio::task::spawn_blocking(read).await.map_err(|_| ReadingError::Ended)?
    }
}
