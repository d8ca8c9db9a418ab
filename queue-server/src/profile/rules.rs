//! What the queue needs to know of the hall's files.

use std::collections::BTreeMap;

use queue_core::{LaneId, LaneRules, Rules, WindowRules};

use super::HallFiles;

/// Service time of a lane that no matter names.
const SERVICE_MINUTES_DEFAULT: u32 = 10;

impl HallFiles {
    /// Lanes with their service times, windows with their lanes.
    pub fn rules(&self) -> Rules {
        let profile = &self.profile;
        let lanes: BTreeMap<LaneId, LaneRules> = profile
            .lanes
            .iter()
            .map(|lane| {
                let service_minutes = self.service_minutes(&lane.id);
                (lane.id.clone(), LaneRules { service_minutes })
            })
            .collect();
        let windows =
            profile.windows.iter().map(|it| (it.id, WindowRules { lanes: it.lanes.clone() }));
        Rules { lanes, windows: windows.collect() }
    }

    /// The mean over the lane's matters.
    fn service_minutes(&self, lane: &LaneId) -> u32 {
        let matters = self.catalogue.matters.iter().filter(|it| it.lane == lane.as_str());
        let minutes: Vec<u32> = matters.map(|it| it.service_minutes).collect();
        let count = u32::try_from(minutes.len()).unwrap_or(u32::MAX);
        minutes.iter().sum::<u32>().checked_div(count).unwrap_or(SERVICE_MINUTES_DEFAULT)
    }
}
