//! Everything a request can reach: the running engine, the hall's files,
//! who may come in, and which devices are here now.

mod devices;

use std::collections::BTreeMap;

use queue_api::{HallProfile, LaneId, StaffId};
use queue_core::{LaneRules, Rules, WindowRules};

use crate::access::{Access, Pins};
use crate::engine::Engine;
use crate::profile::{HallFiles, StaffMember};

pub(crate) use devices::Devices;

/// Service time of a lane that no matter names.
const SERVICE_MINUTES_DEFAULT: u32 = 10;

/// The running hall.
#[derive(Debug)]
pub(crate) struct LiveHall {
    /// The door to the engine.
    pub(crate) engine: Engine,
    /// Profile, staff and catalogue, as read on start.
    pub(crate) files: HallFiles,
    /// Devices and sessions.
    pub(crate) access: Access,
    /// Wrong PINs.
    pub(crate) pins: Pins,
    /// Which devices are here, and how their printers are.
    pub(crate) devices: Devices,
    /// The catalogue as it goes out, made once.
    pub(crate) catalogue_json: bytes::Bytes,
}

impl LiveHall {
    /// The profile every screen shows.
    pub(crate) fn profile(&self) -> &HallProfile {
        &self.files.profile
    }

    /// A member of staff.
    pub(crate) fn staff(&self, id: &StaffId) -> Option<&StaffMember> {
        self.files.staff.iter().find(|it| it.id == *id)
    }
}

/// What the queue needs to know of the hall's files.
pub(crate) fn rules(files: &HallFiles) -> Rules {
    let lanes = files.profile.lanes.iter().map(|lane| {
        let minutes: Vec<u32> = files
            .catalogue
            .matters
            .iter()
            .filter(|it| it.lane == lane.id.as_str())
            .map(|it| it.service_minutes)
            .collect();
        let mean = minutes
            .iter()
            .sum::<u32>()
            .checked_div(u32::try_from(minutes.len()).unwrap_or(u32::MAX));
        (lane.id.clone(), LaneRules { service_minutes: mean.unwrap_or(SERVICE_MINUTES_DEFAULT) })
    });
    let windows =
        files.profile.windows.iter().map(|it| (it.id, WindowRules { lanes: it.lanes.clone() }));
    let lanes: BTreeMap<LaneId, LaneRules> = lanes.collect();
    Rules { lanes, windows: windows.collect() }
}
