//! Figures of any days: read as tallies of the days that are over and as
//! visits of the one that is not, gathered into periods, and told apart.
//! What is read comes from the read tables alone; the engine is not asked.

use std::collections::BTreeMap;

use jiff::Timestamp;
use jiff::civil::Date;
use jiff::tz::TimeZone;
use queue_api::{Bilingual, By, Figures, FiguresReport, FiguresRow, Per};
use queue_core::Outcome;
use rusqlite::{Connection, Row, params};
use serde_json::Value;

use crate::journal;
use crate::profile::HallFiles;
use crate::reading::ReadingError;
use crate::visits::{Facet, Tally, day_tallies};

/// Days, weeks or months of one report.
const PERIODS_MAX: i32 = 400;

/// The longest range, in days.
const DAYS_MAX: i32 = 366 * 40;

/// Half an hour, as tallies tell a day.
const SLOT_S: i64 = 1_800;

/// What is asked.
#[derive(Clone, Debug)]
pub(crate) struct Question {
    /// The first day.
    pub(crate) from: Date,
    /// The last day, which is included.
    pub(crate) to: Date,
    /// What days are gathered into.
    pub(crate) per: Per,
    /// What visits are told apart by.
    pub(crate) by: By,
    /// The wait that is meant to be kept.
    pub(crate) target_minutes: u32,
}

/// What was counted: by period and key, and all together.
#[derive(Debug, Default)]
pub(crate) struct Answer {
    groups: BTreeMap<(String, String), Counted>,
    total: Counted,
}

/// Visits, and what was thought of them.
#[derive(Debug, Default)]
struct Counted {
    tally: Tally,
    /// Ratings of each level, the lowest first.
    rated: [u64; 5],
}

impl Counted {
    fn rate(&mut self, level: usize, count: u64) {
        if let Some(it) = level.checked_sub(1).and_then(|it| self.rated.get_mut(it)) {
            *it += count;
        }
    }
}

/// The columns of a report as a table.
pub(crate) const COLUMNS: [&str; 40] = [
    "period",
    "key",
    "name_zh",
    "name_en",
    "issued",
    "called",
    "served",
    "no_show",
    "void",
    "left_over",
    "sent_on",
    "done_now",
    "accepted",
    "corrections",
    "declined",
    "consults",
    "collected",
    "passed_on",
    "other",
    "wait_mean_s",
    "wait_median_s",
    "wait_p90_s",
    "wait_longest_s",
    "within_target_percent",
    "service_mean_s",
    "service_median_s",
    "service_p90_s",
    "forecasts",
    "within_forecast_percent",
    "forecast_error_mean_s",
    "visits_per_matter",
    "complete_percent",
    "rated",
    "very_satisfied",
    "satisfied",
    "fairly_satisfied",
    "dissatisfied",
    "very_dissatisfied",
    "satisfied_percent",
    "target_minutes",
];

impl Question {
    /// Why this is not answered, if it is not.
    pub(crate) fn refused(&self) -> Option<String> {
        let days = (self.to - self.from).get_days() + 1;
        let periods = match self.per {
            Per::Day => days,
            Per::Week => days / 7,
            Per::Month => days / 28,
            Per::All => 1,
        };
        if days < 1 {
            return Some("the last day is before the first".to_owned());
        }
        let too_long = days > DAYS_MAX || periods > PERIODS_MAX;
        too_long.then(|| format!("more than {PERIODS_MAX} periods, or {DAYS_MAX} days"))
    }

    /// Reads the answer.
    pub(crate) fn answer(
        &self,
        connection: &Connection,
        zone: &TimeZone,
    ) -> Result<Answer, ReadingError> {
        let mut answer = Answer::default();
        let wanted = facet_of(self.by);
        let shown = |key: &str| match wanted {
            Facet::Slot => hour_of(key, zone),
            _ => key.to_owned(),
        };
        self.read_tallies(connection, Facet::All, |_, _, tally| answer.total.tally.take(tally))?;
        self.read_tallies(connection, wanted, |day, key, tally| {
            let group = answer.groups.entry((period(self.per, day), shown(key)));
            group.or_default().tally.take(tally)
        })?;
        self.read_ratings(connection, Facet::All, |_, _, level, count| {
            answer.total.rate(level, count);
        })?;
        self.read_ratings(connection, wanted, |day, key, level, count| {
            let group = answer.groups.entry((period(self.per, day), shown(key)));
            group.or_default().rate(level, count);
        })?;
        for day in self.uncounted_days(connection)? {
            for ((facet, key), tally) in day_tallies(&journal::of_day(connection, day)?) {
                if facet == Facet::All {
                    answer.total.tally.merge(&tally);
                }
                if facet == wanted {
                    let group = answer.groups.entry((period(self.per, day), shown(&key)));
                    group.or_default().tally.merge(&tally);
                }
            }
        }
        Ok(answer)
    }

    fn read_tallies(
        &self,
        connection: &Connection,
        facet: Facet,
        mut take: impl FnMut(Date, &str, &[u8]) -> Option<()>,
    ) -> Result<(), ReadingError> {
        let sql = "SELECT day, key, tally FROM tallies
            WHERE facet = ?1 AND day BETWEEN ?2 AND ?3";
        self.each(connection, sql, facet, |day, key, row| {
            let tally = row.get_ref(2)?.as_blob().map_err(foreign)?;
            take(day, key, tally).ok_or_else(|| ReadingError::Foreign(format!("a tally of {day}")))
        })
    }

    /// Ratings are counted when they come, whatever their day.
    fn read_ratings(
        &self,
        connection: &Connection,
        facet: Facet,
        mut take: impl FnMut(Date, &str, usize, u64),
    ) -> Result<(), ReadingError> {
        let sql = "SELECT day, key, level, count FROM ratings
            WHERE facet = ?1 AND day BETWEEN ?2 AND ?3";
        self.each(connection, sql, facet, |day, key, row| {
            take(day, key, row.get(2)?, row.get(3)?);
            Ok(())
        })
    }

    /// Every row of a facet on the days asked for; day and key come first
    /// in it.
    fn each(
        &self,
        connection: &Connection,
        sql: &str,
        facet: Facet,
        mut take: impl FnMut(Date, &str, &Row<'_>) -> Result<(), ReadingError>,
    ) -> Result<(), ReadingError> {
        let mut select = connection.prepare(sql)?;
        let (from, to) = (self.from.to_string(), self.to.to_string());
        let mut rows = select.query(params![facet.name(), from, to])?;
        while let Some(row) = rows.next()? {
            let (day, key) = (row.get_ref(0)?.as_str(), row.get_ref(1)?.as_str());
            let (day, key) = day.and_then(|day| Ok((day, key?))).map_err(foreign)?;
            take(day.parse().map_err(foreign)?, key, row)?;
        }
        Ok(())
    }

    /// The open day, as a rule.
    fn uncounted_days(&self, connection: &Connection) -> Result<Vec<Date>, ReadingError> {
        let mut select = connection.prepare(
            "SELECT day FROM days WHERE day BETWEEN ?1 AND ?2 AND NOT EXISTS
                (SELECT 1 FROM tallies WHERE facet = 'all' AND tallies.day = days.day)",
        )?;
        let (from, to) = (self.from.to_string(), self.to.to_string());
        let days = select.query_map([from, to], |row| row.get::<_, String>(0))?;
        days.map(|day| day?.parse().map_err(foreign)).collect()
    }

    /// A page of the answer; all of it without a limit.
    pub(crate) fn page(
        &self,
        answer: &Answer,
        files: &HallFiles,
        after: usize,
        limit: Option<usize>,
    ) -> FiguresReport {
        let count = answer.groups.len();
        let limit = limit.unwrap_or(count);
        let row = |((period, key), counted): (&(String, String), &Counted)| FiguresRow {
            period: period.clone(),
            key: key.clone(),
            name: name_of(self.by, key, files),
            figures: figures(counted, self.target_minutes),
        };
        let end = after.saturating_add(limit);
        FiguresReport {
            from: self.from,
            to: self.to,
            per: self.per,
            by: self.by,
            target_minutes: self.target_minutes,
            total: figures(&answer.total, self.target_minutes),
            count,
            rows: answer.groups.iter().skip(after).take(limit).map(row).collect(),
            next: (end < count).then_some(end),
        }
    }
}

/// The rows of a report as a table has them, under [`COLUMNS`].
pub(crate) fn lines(report: &FiguresReport) -> Result<Vec<Value>, serde_json::Error> {
    let line = |row: &FiguresRow| {
        let mut line = serde_json::to_value(row)?;
        line["name_zh"] = line["name"]["zh"].take();
        line["name_en"] = line["name"]["en"].take();
        line["target_minutes"] = report.target_minutes.into();
        Ok(line)
    };
    report.rows.iter().map(line).collect()
}

fn foreign(error: impl std::fmt::Display) -> ReadingError {
    ReadingError::Foreign(error.to_string())
}

fn facet_of(by: By) -> Facet {
    match by {
        By::All => Facet::All,
        By::Lane => Facet::Lane,
        By::Class => Facet::Class,
        By::Matter => Facet::Matter,
        By::Window => Facet::Window,
        By::Clerk => Facet::Clerk,
        By::Hour => Facet::Slot,
    }
}

/// The hour on the hall's own clock.
fn hour_of(slot: &str, zone: &TimeZone) -> String {
    let second = slot.parse().map_or(0, |slot: i64| slot.saturating_mul(SLOT_S));
    let at = Timestamp::from_second(second).unwrap_or(Timestamp::UNIX_EPOCH);
    format!("{:02}", zone.to_datetime(at).hour())
}

/// What a day is gathered into.
fn period(per: Per, day: Date) -> String {
    match per {
        Per::Day => day.to_string(),
        Per::Week => {
            let week = day.iso_week_date();
            format!("{}-W{:02}", week.year(), week.week())
        }
        Per::Month => format!("{}-{:02}", day.year(), day.month()),
        Per::All => String::new(),
    }
}

fn name_of(by: By, key: &str, files: &HallFiles) -> Option<Bilingual> {
    match by {
        By::Lane => {
            files.profile.lanes.iter().find(|it| it.id.as_str() == key).map(|it| it.name.clone())
        }
        By::Matter => {
            let name = &files.catalogue.matter(key)?.name;
            Some(Bilingual { zh: name.zh.clone(), en: name.en.clone() })
        }
        By::Window => {
            let window = files.profile.windows.iter().find(|it| it.id.to_string() == key)?;
            Some(Bilingual { zh: window.label.clone(), en: window.label.clone() })
        }
        By::All | By::Class | By::Clerk | By::Hour => None,
    }
}

/// What was counted comes to this.
fn figures(counted: &Counted, target_minutes: u32) -> Figures {
    let tally = &counted.tally;
    let [very_dissatisfied, dissatisfied, fairly_satisfied, satisfied, very_satisfied] =
        counted.rated;
    let rated: u64 = counted.rated.iter().sum();
    let (wait, service) = (&tally.wait, &tally.service);
    let ended = |outcome| tally.outcome(outcome);
    let (done, accepted) = (ended(Outcome::DoneNow), ended(Outcome::Accepted));
    let (corrections, collected) = (ended(Outcome::Correction), ended(Outcome::Collected));
    Figures {
        issued: tally.issued,
        called: tally.called,
        served: tally.served,
        no_show: tally.no_show,
        void: tally.void,
        left_over: tally.left_over,
        sent_on: tally.sent_on,
        done_now: done,
        accepted,
        corrections,
        declined: ended(Outcome::Declined),
        consults: ended(Outcome::Consult),
        collected,
        passed_on: ended(Outcome::PassedOn),
        other: ended(Outcome::Other),
        wait_mean_s: wait.mean_s(),
        wait_median_s: wait.percentile_s(50),
        wait_p90_s: wait.percentile_s(90),
        wait_longest_s: (wait.count() > 0).then_some(wait.longest_s),
        within_target_percent: percent(wait.within(i64::from(target_minutes) * 60), wait.count()),
        service_mean_s: service.mean_s(),
        service_median_s: service.percentile_s(50),
        service_p90_s: service.percentile_s(90),
        forecasts: tally.forecasts,
        within_forecast_percent: percent(tally.within_forecast, tally.forecasts),
        forecast_error_mean_s: tally.forecast_error_s.checked_div(tally.forecasts),
        visits_per_matter: ratio(tally.served, done + accepted + collected, 100),
        complete_percent: percent(done + accepted, done + accepted + corrections),
        rated,
        very_satisfied,
        satisfied,
        fairly_satisfied,
        dissatisfied,
        very_dissatisfied,
        satisfied_percent: percent(rated - dissatisfied - very_dissatisfied, rated),
    }
}

fn percent(part: u64, of: u64) -> Option<f64> {
    ratio(part * 100, of, 10)
}

/// A quotient to so many parts of one; none of nothing.
fn ratio(part: u64, of: u64, parts: u32) -> Option<f64> {
    let rounded = (part * u64::from(parts) + of / 2).checked_div(of)?;
    u32::try_from(rounded).ok().map(|it| f64::from(it) / f64::from(parts))
}

#[cfg(test)]
mod tests;
