//! What the hall knew on the last mornings, so that a start need not tell
//! the whole story. It can always be made anew from the events; nothing
//! is lost with it.

use queue_core::Morning;
use rusqlite::{Connection, OptionalExtension, params};

/// The first schema that has the table.
pub(super) const SINCE: u32 = 2;

/// Mornings that are kept: repeated commands are answered for yesterday
/// and today.
const KEPT: u32 = 2;

/// What this program writes, no other reads.
const PROGRAM: &str = env!("CARGO_PKG_VERSION");

/// The morning of the day before the last, or of an earlier one where
/// some were not kept; what came before it is not needed on a start.
pub(super) fn before_last(connection: &Connection) -> rusqlite::Result<Option<Morning>> {
    let body: Option<String> = connection
        .query_row(
            "SELECT body FROM mornings WHERE program = ?1 ORDER BY seq DESC LIMIT 1 OFFSET ?2",
            params![PROGRAM, KEPT - 1],
            |row| row.get(0),
        )
        .optional()?;
    Ok(body.and_then(|it| serde_json::from_str(&it).ok()))
}

/// Those that this program wrote.
pub(super) fn all(connection: &Connection) -> rusqlite::Result<Vec<Morning>> {
    let mut select =
        connection.prepare("SELECT body FROM mornings WHERE program = ?1 ORDER BY seq")?;
    let bodies = select.query_map([PROGRAM], |row| row.get::<_, String>(0))?;
    let read = |body: String| serde_json::from_str(&body).ok();
    bodies.map(|body| body.map(read)).filter_map(Result::transpose).collect()
}

/// Keeps a morning whose row is on the disk. Writes nothing if it is kept
/// already.
pub(super) fn keep(connection: &mut Connection, morning: &Morning) -> rusqlite::Result<()> {
    let body = serde_json::to_string(morning).expect("a morning has string keys only");
    let transaction = connection.transaction()?;
    transaction.execute(
        "INSERT INTO mornings (seq, program, body) VALUES (?1, ?2, ?3)
         ON CONFLICT (seq) DO UPDATE SET program = excluded.program, body = excluded.body
         WHERE program <> excluded.program OR body <> excluded.body",
        params![morning.seq, PROGRAM, body],
    )?;
    transaction.execute(
        "DELETE FROM mornings
         WHERE seq NOT IN (SELECT seq FROM mornings ORDER BY seq DESC LIMIT ?1)",
        [KEPT],
    )?;
    transaction.commit()
}
