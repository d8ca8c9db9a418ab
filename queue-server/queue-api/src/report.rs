//! Figures for those who run the hall or look after it.

use jiff::civil::Date;
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

/// What the days of a report are gathered into.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Per {
    /// Each day by itself.
    Day,
    /// Weeks from Monday.
    Week,
    /// Months.
    Month,
    /// All days together.
    #[default]
    All,
}

/// What the visits of a report are told apart by.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum By {
    /// By nothing.
    #[default]
    All,
    /// The lane in which they waited.
    Lane,
    /// How they queued.
    Class,
    /// The matter.
    Matter,
    /// The window.
    Window,
    /// The clerk's service number.
    Clerk,
    /// The hour in which the wait began, `00` to `23`.
    Hour,
}

/// `GET /reports/figures`: what happened in the hall.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct FiguresReport {
    /// The first day.
    pub from: Date,
    /// The last day, which is included.
    pub to: Date,
    /// What days are gathered into.
    pub per: Per,
    /// What visits are told apart by.
    pub by: By,
    /// The wait that is meant to be kept.
    pub target_minutes: u32,
    /// All days, all visits.
    pub total: Figures,
    /// How many rows there are, on this page and all others.
    pub count: usize,
    /// This page: by period, then by key.
    pub rows: Vec<FiguresRow>,
    /// Where the next page begins, if there is one.
    pub next: Option<usize>,
}

/// The figures of one period and one key.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct FiguresRow {
    /// `2026-11-29`, `2026-W48`, `2026-11`; empty for all days together.
    pub period: String,
    /// Lane, matter, window … ; empty where visits are not told apart, or
    /// for no matter.
    pub key: String,
    /// What the key is called in this hall, where it has a name.
    pub name: Option<Bilingual>,
    /// What was counted.
    #[serde(flatten)]
    pub figures: Figures,
}

/// What was counted.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Figures {
    /// Numbers given. By window or clerk: of those that came to it first.
    pub issued: u64,
    /// Calls, each ticket once for each service.
    pub called: u64,
    /// Services that came to an end.
    pub served: u64,
    /// Called and did not come.
    pub no_show: u64,
    /// Given up.
    pub void: u64,
    /// Not called before the day ended.
    pub left_over: u64,
    /// Sent on to another window or lane.
    pub sent_on: u64,
    /// Services that ended so.
    pub done_now: u64,
    /// Accepted, the result comes later.
    pub accepted: u64,
    /// Papers were missing.
    pub corrections: u64,
    /// Not accepted.
    pub declined: u64,
    /// A question was answered.
    pub consults: u64,
    /// The result was collected.
    pub collected: u64,
    /// Handed on to another authority.
    pub passed_on: u64,
    /// None of these.
    pub other: u64,
    /// From the beginning of the wait to the first call.
    pub wait_mean_s: Option<u64>,
    /// Half of them are no longer.
    pub wait_median_s: Option<u64>,
    /// Nine of ten are no longer.
    pub wait_p90_s: Option<u64>,
    /// The longest.
    pub wait_longest_s: Option<u64>,
    /// Waits no longer than the target, in percent.
    pub within_target_percent: Option<f64>,
    /// At the window, without the time set aside.
    pub service_mean_s: Option<u64>,
    /// Half of them are no longer.
    pub service_median_s: Option<u64>,
    /// Nine of ten are no longer.
    pub service_p90_s: Option<u64>,
    /// Calls that a forecast could be compared with.
    pub forecasts: u64,
    /// Waits within the range that was told, in percent.
    pub within_forecast_percent: Option<f64>,
    /// How far the likely wait was off, on average.
    pub forecast_error_mean_s: Option<u64>,
    /// Services for each matter that was done, accepted or collected.
    pub visits_per_matter: Option<f64>,
    /// Of the papers brought to a window, how many were complete, in
    /// percent.
    pub complete_percent: Option<f64>,
    /// Services that visitors rated (好差评), on the day of the service.
    pub rated: u64,
    /// 非常满意, level 5.
    pub very_satisfied: u64,
    /// 满意, level 4.
    pub satisfied: u64,
    /// 基本满意, level 3.
    pub fairly_satisfied: u64,
    /// 不满意, level 2.
    pub dissatisfied: u64,
    /// 非常不满意, level 1.
    pub very_dissatisfied: u64,
    /// The upper three levels among all ratings, in percent (满意率).
    pub satisfied_percent: Option<f64>,
}
