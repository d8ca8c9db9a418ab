//! `[record]` of `hall.toml`: how much of the record stays in the journal
//! when it is archived. A hall without it keeps everything.

use catalogue::Document;
use serde::Deserialize;

/// The longest holiday leaves two business days in so many, and a report
/// of last month finds its days.
const KEEP_DAYS_MIN: u32 = 62;

/// A hundred years.
const KEEP_DAYS_MAX: u32 = 36_525;

/// The part of the file.
#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub(super) struct RecordEntry {
    pub(super) keep_days: Option<u32>,
}

/// Checks what the file says of the record.
pub(super) fn check(document: &mut Document<'_>, entry: &RecordEntry) {
    let Some(days) = entry.keep_days else { return };
    if !(KEEP_DAYS_MIN..=KEEP_DAYS_MAX).contains(&days) {
        let message = format!("{days} is not between {KEEP_DAYS_MIN} and {KEEP_DAYS_MAX}");
        document.fault("record.keep_days", message);
    }
}
