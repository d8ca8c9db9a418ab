//! The first administrator of a hall that has none.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::StaffId;

/// `GET /setup`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct SetupView {
    /// Whether somebody may make the first account now.
    pub open: bool,
}

/// `POST /setup`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct SetupRequest {
    /// As the server's log told it.
    pub code: String,
    /// The service number they will sign in with.
    pub staff: StaffId,
    /// Six to twelve digits.
    pub pin: String,
}
