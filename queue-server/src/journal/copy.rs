//! How a copy of a journal is known from the journal itself: what
//! happened after it was made is not in it, but on paper.
//!
//! The mark is the sequence at which the copy was made, in a field of the
//! file's head that SQLite leaves to programs. Once something was added to
//! the copy the two differ, and it is a journal like any other.

use rusqlite::Connection;

/// The field takes 31 bits.
const BITS: u64 = 0x7fff_ffff;

/// Marks a file as a copy made at `seq`.
pub(super) fn mark(connection: &Connection, seq: u64) -> rusqlite::Result<()> {
    connection.pragma_update(None, "application_id", seq & BITS)
}

/// Whether a file whose last event is `seq` is a copy, as it was made.
pub(super) fn is_fresh(connection: &Connection, seq: u64) -> bool {
    let marked = connection.pragma_query_value(None, "application_id", |row| row.get::<_, u64>(0));
    seq > 0 && marked.is_ok_and(|it| it == seq & BITS)
}
