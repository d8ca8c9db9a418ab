//! What a visitor said of a service, as the journal keeps it.

use std::collections::BTreeSet;

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use crate::ids::{TicketId, WindowId};
use crate::rating::{RatingLevel, RatingReason};

/// What somebody thinks of a service, and of which; not who they are.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Rating {
    /// The ticket, of `day`.
    pub ticket: TicketId,
    /// Which of the services on it; the first is 1.
    pub service: u32,
    /// The day of the service, which may be over.
    pub day: Date,
    /// Where it ended.
    pub window: WindowId,
    /// What it was, if known.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub matter: Option<String>,
    /// How satisfied.
    pub level: RatingLevel,
    /// Why.
    #[serde(default, skip_serializing_if = "BTreeSet::is_empty")]
    pub reasons: BTreeSet<RatingReason>,
}
