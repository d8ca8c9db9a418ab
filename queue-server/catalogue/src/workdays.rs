//! Counting days: working days with the holidays and swapped rest days
//! (调休) of the published years, and days of the calendar.

use std::collections::BTreeSet;

use jiff::civil::{Date, Weekday};
use serde::{Deserialize, Serialize};

use crate::{Limit, Unit};

/// The days that depart from Monday to Friday, of the years whose
/// calendar is published.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Workdays {
    /// Years that are known.
    pub years: BTreeSet<i16>,
    /// Holidays.
    pub off: BTreeSet<Date>,
    /// Saturdays and Sundays that are worked.
    pub work: BTreeSet<Date>,
}

/// When something is due.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Due {
    /// The last day.
    pub date: Date,
    /// Whether the count crosses into a year whose calendar is not yet
    /// published (it appears in November); the date can then move.
    pub provisional: bool,
}

/// A longer limit is counted as this one; no law has it.
const DAYS_MAX: u32 = 3_660;

impl Workdays {
    /// Whether offices work on a day. Of a year that is not published,
    /// Monday to Friday are taken as worked.
    pub fn is_workday(&self, day: Date) -> bool {
        let weekend = matches!(day.weekday(), Weekday::Saturday | Weekday::Sunday);
        if weekend { self.work.contains(&day) } else { !self.off.contains(&day) }
    }

    /// The last day of a limit. The first day does not count (民法典
    /// 201), and if the last is no working day, the next working day
    /// takes its place (203). On the spot is the same day.
    pub fn add(&self, from: Date, limit: Limit) -> Due {
        self.add_without(from, limit, &[])
    }

    /// The same, where the days of some spans (first and last day) do not
    /// count (特别程序, 行政许可法 45).
    pub fn add_without(&self, from: Date, limit: Limit, spans: &[(Date, Date)]) -> Due {
        let mut due = Due { date: from, provisional: false };
        let mut left = limit.value.min(DAYS_MAX);
        if left == 0 {
            return due;
        }
        while left > 0 && due.date < Date::MAX {
            due.date = next(due.date);
            due.provisional |= !self.years.contains(&due.date.year());
            let is_left_out =
                spans.iter().any(|(first, last)| (*first..=*last).contains(&due.date));
            let counts = limit.unit == Unit::Day || self.is_workday(due.date);
            left -= u32::from(counts && !is_left_out);
        }
        self.settle(&mut due);
        due
    }

    /// Moves on to a working day, and notes if a day that was looked at
    /// lies in an unknown year.
    fn settle(&self, due: &mut Due) {
        while !self.is_workday(due.date) && due.date < Date::MAX {
            due.date = next(due.date);
            due.provisional |= !self.years.contains(&due.date.year());
        }
    }
}

/// The day after; the end of all calendars stays where it is.
fn next(day: Date) -> Date {
    day.tomorrow().unwrap_or(day)
}

#[cfg(test)]
mod tests;
