//! Who came in, who tried to, and who changed who may: noted row by row,
//! each vouching for those before it by the same chain of hashes as the
//! journal's. Never a PIN, a code or a token.

use std::path::Path;

use jiff::Timestamp;
use queue_api::{AuditEntry, AuditFact, AuditPage};
use rusqlite::{Connection, OpenFlags, OptionalExtension, TransactionBehavior, params};

use super::{Access, schema};
use crate::journal::Chain;

/// Entries of one page.
const PAGE: usize = 100;

impl Access {
    /// Notes a fact. A hall goes on without: a full disk keeps nobody
    /// out, and the log has it.
    pub(crate) fn note(&self, fact: &AuditFact, now: Timestamp) {
        if let Err(error) = append(&mut self.connection(), fact, now) {
            tracing::error!(%error, ?fact, "this could not be noted");
        }
    }

    /// A page of what was noted before `before`, the newest first.
    pub(crate) fn noted(&self, before: Option<u64>) -> rusqlite::Result<AuditPage> {
        let connection = self.connection();
        let mut select = connection.prepare_cached(
            "SELECT seq, at, body FROM audit WHERE ?1 IS NULL OR seq < ?1 ORDER BY seq DESC LIMIT ?2",
        )?;
        let row = |row: &rusqlite::Row<'_>| -> rusqlite::Result<(u64, String, String)> {
            Ok((row.get(0)?, row.get(1)?, row.get(2)?))
        };
        let found = select.query_map(params![before, PAGE], row)?;
        let rows = found.collect::<rusqlite::Result<Vec<_>>>()?;
        let next = if rows.len() == PAGE { rows.last().map(|row| row.0) } else { None };
        let entry = |(seq, at, body): (u64, String, String)| {
            let fact = serde_json::from_str(&body).ok()?;
            Some(AuditEntry { seq, at: at.parse().ok()?, fact })
        };
        Ok(AuditPage { entries: rows.into_iter().filter_map(entry).collect(), next })
    }
}

/// Walks all that was noted and writes nothing; how many entries, or what
/// is wrong.
pub(crate) fn walk_notes(dir: &Path) -> rusqlite::Result<Result<u64, String>> {
    let flags = OpenFlags::SQLITE_OPEN_READ_ONLY | OpenFlags::SQLITE_OPEN_NO_MUTEX;
    let connection = Connection::open_with_flags(dir.join("access.db"), flags)?;
    let version: u32 = connection.query_row("PRAGMA user_version", [], |row| row.get(0))?;
    if version < schema::NOTES_SINCE {
        return Ok(Ok(0));
    }
    let mut select =
        connection.prepare("SELECT seq, at, kind, body, chain FROM audit ORDER BY seq")?;
    let mut rows = select.query([])?;
    let (mut seq, mut chain) = (0, Chain::GENESIS);
    while let Some(row) = rows.next()? {
        let (found, at, kind): (u64, String, String) = (row.get(0)?, row.get(1)?, row.get(2)?);
        let (body, link): (String, Vec<u8>) = (row.get(3)?, row.get(4)?);
        seq += 1;
        chain = chain.next(seq, &at, &kind, &body);
        if found != seq || chain.as_bytes() != link {
            return Ok(Err(format!("audit entry {found}: the hash chain is broken here")));
        }
    }
    Ok(Ok(seq))
}

/// `enrol` notes something beside the server, so the last row is asked
/// for each time.
fn append(connection: &mut Connection, fact: &AuditFact, now: Timestamp) -> rusqlite::Result<()> {
    let transaction = connection.transaction_with_behavior(TransactionBehavior::Immediate)?;
    let last: Option<(u64, Vec<u8>)> = transaction
        .query_row("SELECT seq, chain FROM audit ORDER BY seq DESC LIMIT 1", [], |row| {
            Ok((row.get(0)?, row.get(1)?))
        })
        .optional()?;
    let (seq, chain) = match &last {
        Some((seq, link)) => (*seq, Chain::from_bytes(link).unwrap_or(Chain::GENESIS)),
        None => (0, Chain::GENESIS),
    };
    let body = serde_json::to_string(fact).expect("facts have string keys only");
    let kind =
        serde_json::to_value(fact).ok().and_then(|it| it["kind"].as_str().map(str::to_owned));
    let (seq, at, kind) = (seq + 1, now.to_string(), kind.unwrap_or_default());
    let chain = chain.next(seq, &at, &kind, &body);
    transaction.execute(
        "INSERT INTO audit (seq, at, kind, body, chain) VALUES (?1, ?2, ?3, ?4, ?5)",
        params![seq, at, kind, body, chain.as_bytes()],
    )?;
    transaction.commit()
}
