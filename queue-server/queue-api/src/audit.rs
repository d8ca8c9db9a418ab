//! What is noted of who came in and who let whom in. Service numbers,
//! names of devices and addresses; never a PIN, a code or a token.

use jiff::Timestamp;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::{BoardPlace, DeviceKind, StaffId};

/// `GET /audit?before=`: the newest first.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct AuditPage {
    /// At most a hundred.
    pub entries: Vec<AuditEntry>,
    /// `before` of the next page; none if there is none.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub next: Option<u64>,
}

/// One entry.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct AuditEntry {
    /// 1 and up, without a gap.
    pub seq: u64,
    /// When.
    pub at: Timestamp,
    /// What.
    #[serde(flatten)]
    pub fact: AuditFact,
}

/// What was noted.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum AuditFact {
    /// Somebody signed in.
    SignedIn {
        /// Who.
        staff: StaffId,
        /// The address they came from.
        from: String,
    },
    /// A PIN was wrong.
    WrongPin {
        /// Whose number was tried.
        staff: StaffId,
        /// From where.
        from: String,
    },
    /// Numbers that nobody has were tried; noted once a minute at most.
    UnknownNumber {
        /// From where, the last time.
        from: String,
        /// How often since the entry before.
        times: u64,
    },
    /// Too many wrong PINs: the door is closed for a while.
    Locked {
        /// Whose number was tried.
        staff: StaffId,
        /// From where.
        from: String,
    },
    /// Somebody signed out.
    SignedOut {
        /// Who.
        staff: StaffId,
    },
    /// All sessions of a number were ended.
    SignedOutEverywhere {
        /// Whose.
        staff: StaffId,
        /// Who did it.
        by: StaffId,
    },
    /// The first administrator made their account.
    AdminMade {
        /// Who.
        staff: StaffId,
        /// From where.
        from: String,
    },
    /// A device was let in.
    DeviceApproved {
        /// Its name.
        device: String,
        /// What it is for.
        device_kind: DeviceKind,
        /// Who let it in.
        by: StaffId,
    },
    /// A device that asked was turned away.
    DeviceTurnedAway {
        /// Its name.
        device: String,
        /// Who did it.
        by: StaffId,
    },
    /// A device was enrolled on the server's own machine.
    DeviceEnrolled {
        /// Its name.
        device: String,
        /// What it is for.
        device_kind: DeviceKind,
    },
    /// A board was told what to show.
    BoardPlaced {
        /// Its name.
        device: String,
        /// What; none: what its own options say.
        place: Option<BoardPlace>,
        /// Who said so.
        by: StaffId,
    },
    /// A device's token was made void.
    DeviceRevoked {
        /// Its name.
        device: String,
        /// Who did it.
        by: StaffId,
    },
}
