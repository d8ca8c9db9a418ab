//! That the record was cut, as the record itself keeps it.

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

/// Older days were moved to an archive. The chain vouches for this, and
/// so for where the record begins and for what the hall knew then.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Archived {
    /// The day that the record begins with from here on.
    pub before: Date,
    /// The last entry that was cut off.
    pub through_seq: u64,
    /// Its link of the chain, in hex.
    pub through_chain: String,
    /// SHA-256 of what the hall knew when that day was opened, in hex.
    pub morning_sha256: String,
    /// SHA-256 of the archive's file, in hex.
    pub archive_sha256: String,
}
