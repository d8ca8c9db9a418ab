//! How long a matter may take (时限): by law and as promised.

use serde::{Deserialize, Serialize};

use crate::{Text, When};

/// What a limit is counted in.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Unit {
    /// 工作日: statutory holidays and rest days do not count
    /// (行政许可法 82).
    Workday,
    /// 日 of the other laws: every day of the calendar counts.
    Day,
}

/// A number of days.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Limit {
    /// How many; 0 is on the spot (当场).
    pub value: u32,
    /// Of what.
    pub unit: Unit,
}

impl Limit {
    /// Whether the matter is settled while the visitor stands there.
    pub fn is_on_the_spot(self) -> bool {
        self.value == 0
    }

    /// Near enough to compare limits of different units: five working
    /// days are a week.
    pub fn rough_length(self) -> u64 {
        match self.unit {
            Unit::Workday => u64::from(self.value) * 7,
            Unit::Day => u64::from(self.value) * 5,
        }
    }
}

/// By how much a limit may be extended (延期).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Extension {
    /// How many days more.
    pub value: u32,
    /// Of what.
    pub unit: Unit,
    /// Who may grant it, or when; in the words of the law.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub approver: Option<String>,
}

/// How long the hall has to say what is missing; after that, silence is
/// acceptance.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Correcting {
    /// Five working days (行政许可法 32 (4)).
    #[default]
    WithinFiveDays,
    /// At once and in writing (不动产登记暂行条例 17).
    AtOnce,
}

impl Correcting {
    /// Whether it is what most matters have.
    #[expect(clippy::trivially_copy_pass_by_ref, reason = "serde calls it with a reference")]
    pub(crate) const fn is_usual(&self) -> bool {
        matches!(self, Correcting::WithinFiveDays)
    }
}

/// What starts the clock.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ClockStart {
    /// 受理之日.
    Accepted,
    /// The day the papers are complete (材料齐全之日).
    SubmittedComplete,
    /// The end of the season in which applications are taken; the date
    /// of handing in says nothing of the due date.
    PeriodEnd,
}

/// The limits of a matter.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct TimeLimits {
    /// 法定时限, where the law sets one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub statutory: Option<Limit>,
    /// 承诺时限.
    pub promised: Limit,
    /// How it may be extended, if at all.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub extension: Option<Extension>,
    /// What starts the clock.
    pub clock_starts: ClockStart,
    /// How long the hall has to say what is missing.
    #[serde(default, skip_serializing_if = "Correcting::is_usual")]
    pub correcting: Correcting,
    /// Proceedings that are not counted (行政许可法 45), in the words
    /// of the law.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub excluded: Vec<String>,
    /// What a visitor should know beside the numbers.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub note: Option<Text>,
    /// Other limits for some situations; the first that holds counts.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub when: Vec<LimitWhen>,
}

/// Limits of a situation.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct LimitWhen {
    /// The situation.
    pub when: When,
    /// In place of [`TimeLimits::statutory`].
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub statutory: Option<Limit>,
    /// In place of [`TimeLimits::promised`].
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub promised: Option<Limit>,
}
