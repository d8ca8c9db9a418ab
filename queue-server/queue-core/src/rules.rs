//! What the hall is made of, as far as the queue needs to know. It comes
//! from `hall.toml`, not from the journal: a lane taken out of the
//! profile is still replayed.

use std::collections::BTreeMap;

use crate::ids::{LaneId, WindowId};

/// The hall's lanes and windows.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Rules {
    /// Lanes by id.
    pub lanes: BTreeMap<LaneId, LaneRules>,
    /// Windows by id.
    pub windows: BTreeMap<WindowId, WindowRules>,
}

/// What the queue knows of a lane.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LaneRules {
    /// First guess of one service, in minutes.
    pub service_minutes: u32,
}

/// What the queue knows of a window.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct WindowRules {
    /// Lanes it serves, in no order of rank.
    pub lanes: Vec<LaneId>,
}
