//! Figures for those who run the hall or look after it.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::{Bilingual, LaneId};

/// `GET /reports/forecasts`: how good the forecasts on tickets have been,
/// of the last thousand tickets or so of each lane.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct ForecastReport {
    /// The lane.
    pub lane: LaneId,
    /// Its name.
    pub name: Bilingual,
    /// Tickets whose forecast was compared with their wait.
    pub tickets: u32,
    /// Forecast minus wait on average, seconds; above nothing where people
    /// are called sooner than they were told.
    pub mean_error_s: i64,
    /// The same without its sign.
    pub mean_absolute_error_s: i64,
    /// Waits within the range that was told, percent.
    pub within_percent: u32,
}
