//! Visits counted, so that years of them are read as a few thousand
//! short rows. A tally of days is the sum of their tallies.

use std::collections::BTreeMap;

use queue_core::Outcome;

use super::{Ended, Spread, Visit};

/// What a stored tally begins with; another format is another number.
const FORMAT: u64 = 1;

/// Half an hour: with it a day is told by its hours in any time zone.
const SLOT_S: i64 = 1_800;

/// Numbers that come before the two spreads.
const COUNTS: usize = 18;

/// What visits are told apart by.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Facet {
    /// By nothing.
    All,
    /// By lane.
    Lane,
    /// By class.
    Class,
    /// By matter; an empty key where none was chosen.
    Matter,
    /// By the window that called.
    Window,
    /// By the clerk who sat there.
    Clerk,
    /// By the half hour since 1970 in which the wait began.
    Slot,
}

impl Facet {
    /// All of them.
    pub const ALL: [Facet; 7] = [
        Facet::All,
        Facet::Lane,
        Facet::Class,
        Facet::Matter,
        Facet::Window,
        Facet::Clerk,
        Facet::Slot,
    ];

    /// As it is stored.
    pub fn name(self) -> &'static str {
        match self {
            Facet::All => "all",
            Facet::Lane => "lane",
            Facet::Class => "class",
            Facet::Matter => "matter",
            Facet::Window => "window",
            Facet::Clerk => "clerk",
            Facet::Slot => "slot",
        }
    }

    /// Which of them a visit belongs to; none where it has not got that
    /// far.
    fn key(self, visit: &Visit) -> Option<String> {
        match self {
            Facet::All => Some(String::new()),
            Facet::Lane => Some(visit.lane.to_string()),
            Facet::Class => Some(word(&visit.class)),
            Facet::Matter => Some(visit.matter.clone().unwrap_or_default()),
            Facet::Window => visit.window.map(|it| it.to_string()),
            Facet::Clerk => visit.clerk.as_ref().map(ToString::to_string),
            Facet::Slot => Some(visit.since.div_euclid(SLOT_S).to_string()),
        }
    }
}

/// What was counted.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Tally {
    /// Numbers given.
    pub issued: u64,
    /// Visits that were called.
    pub called: u64,
    /// Visits at a window that came to an end there.
    pub served: u64,
    /// Called and did not come.
    pub no_show: u64,
    /// Given up, or never seen by anybody.
    pub void: u64,
    /// Nobody called them before the day ended.
    pub left_over: u64,
    /// Sent on to another window or lane.
    pub sent_on: u64,
    /// How services ended, in the order of [`OUTCOMES`].
    pub outcomes: [u64; 8],
    /// Forecasts that a call could be compared with.
    pub forecasts: u64,
    /// Waits that lay within theirs.
    pub within_forecast: u64,
    /// How far forecasts were off, all together.
    pub forecast_error_s: u64,
    /// Waits.
    pub wait: Spread,
    /// Services.
    pub service: Spread,
}

/// How a service can end.
pub const OUTCOMES: [Outcome; 8] = [
    Outcome::DoneNow,
    Outcome::Accepted,
    Outcome::Correction,
    Outcome::Declined,
    Outcome::Consult,
    Outcome::Collected,
    Outcome::PassedOn,
    Outcome::Other,
];

impl Tally {
    /// Counts a visit.
    pub fn see(&mut self, visit: &Visit) {
        self.issued += u64::from(visit.nth == 1);
        if let Some(wait_s) = visit.wait_s() {
            self.called += 1;
            self.wait.see(wait_s);
            self.compare(visit, wait_s);
        }
        if let Some(service_s) = visit.service_s() {
            self.served += 1;
            self.service.see(service_s);
        }
        match visit.ended {
            Some(Ended::NoShow) => self.no_show += 1,
            Some(Ended::Cancelled | Ended::Unseen | Ended::Replaced) => self.void += 1,
            Some(Ended::LeftOver) => self.left_over += 1,
            Some(Ended::SentOn) => self.sent_on += 1,
            Some(Ended::Finished) | None => {}
        }
        let outcome = OUTCOMES.iter().position(|it| Some(*it) == visit.outcome);
        if let Some(count) = outcome.and_then(|it| self.outcomes.get_mut(it)) {
            *count += 1;
        }
    }

    /// How many services ended so.
    pub fn outcome(&self, outcome: Outcome) -> u64 {
        let found = OUTCOMES.iter().zip(self.outcomes).find(|(it, _)| **it == outcome);
        found.map_or(0, |(_, count)| count)
    }

    fn compare(&mut self, visit: &Visit, wait_s: i64) {
        let Some(forecast) = visit.forecast else { return };
        let seconds = |minutes: u32| i64::from(minutes) * 60;
        let range = seconds(forecast.low)..=seconds(forecast.high);
        self.forecasts += 1;
        self.within_forecast += u64::from(range.contains(&wait_s));
        self.forecast_error_s += seconds(forecast.likely).abs_diff(wait_s);
    }

    /// Takes another in.
    pub fn merge(&mut self, other: &Tally) {
        for (it, count) in self.each().into_iter().zip(other.counts()) {
            *it += count;
        }
        self.wait.merge(&other.wait);
        self.service.merge(&other.service);
    }

    /// As it is stored: whole numbers, seven bits to a byte, the lowest
    /// first, the high bit set on all but the last byte of each.
    pub fn to_bytes(&self) -> Vec<u8> {
        let mut numbers = vec![FORMAT];
        numbers.extend(self.counts());
        self.wait.write(&mut numbers);
        self.service.write(&mut numbers);
        let mut bytes = Vec::with_capacity(numbers.len() * 2);
        for mut number in numbers {
            while number >= 0x80 {
                bytes.push(number.to_le_bytes()[0] | 0x80);
                number >>= 7;
            }
            bytes.push(number.to_le_bytes()[0]);
        }
        bytes
    }

    /// Reads what [`Tally::to_bytes`] wrote.
    pub fn from_bytes(bytes: &[u8]) -> Option<Tally> {
        let mut tally = Tally::default();
        tally.take(bytes).map(|()| tally)
    }

    /// Takes in what [`Tally::to_bytes`] wrote; years of it are read so.
    /// None if it is something else; the tally is worth nothing then.
    pub fn take(&mut self, bytes: &[u8]) -> Option<()> {
        let mut rest = bytes.iter();
        let mut numbers = std::iter::from_fn(|| {
            let (mut number, mut shift) = (0_u64, 0);
            for byte in rest.by_ref() {
                number |= u64::from(byte & 0x7f).checked_shl(shift)?;
                if byte & 0x80 == 0 {
                    return Some(number);
                }
                shift += 7;
            }
            None
        });
        if numbers.next()? != FORMAT {
            return None;
        }
        for it in self.each() {
            *it += numbers.next()?;
        }
        self.wait.take(&mut numbers)?;
        self.service.take(&mut numbers)?;
        rest.next().is_none().then_some(())
    }

    /// Every count, in the order they are stored in.
    fn counts(&self) -> [u64; COUNTS] {
        let Tally { issued, called, served, no_show, void, left_over, sent_on, .. } = *self;
        let Tally { forecasts, within_forecast, forecast_error_s, .. } = *self;
        let before = [issued, called, served, no_show, void, left_over, sent_on];
        let after = [forecasts, within_forecast, forecast_error_s];
        let mut all = before.into_iter().chain(self.outcomes).chain(after);
        std::array::from_fn(|_| all.next().expect("there are as many as are counted"))
    }

    /// The same, to be changed.
    fn each(&mut self) -> [&mut u64; COUNTS] {
        let before = [
            &mut self.issued,
            &mut self.called,
            &mut self.served,
            &mut self.no_show,
            &mut self.void,
            &mut self.left_over,
            &mut self.sent_on,
        ];
        let after = [&mut self.forecasts, &mut self.within_forecast, &mut self.forecast_error_s];
        let mut all = before.into_iter().chain(&mut self.outcomes).chain(after);
        std::array::from_fn(|_| all.next().expect("there are as many as are counted"))
    }
}

/// The tallies of visits by everything they are told apart by.
pub fn day_tallies<'v>(
    visits: impl IntoIterator<Item = &'v Visit>,
) -> BTreeMap<(Facet, String), Tally> {
    // A day on which nobody came is known to have been one.
    let mut tallies = BTreeMap::from([((Facet::All, String::new()), Tally::default())]);
    for visit in visits {
        for of in keys(visit) {
            tallies.entry(of).or_default().see(visit);
        }
    }
    tallies
}

/// Everything that a visit belongs to.
pub fn keys(visit: &Visit) -> impl Iterator<Item = (Facet, String)> {
    Facet::ALL.into_iter().filter_map(|facet| Some((facet, facet.key(visit)?)))
}

/// The one word that a small closed set is written as.
pub(crate) fn word(value: &impl serde::Serialize) -> String {
    match serde_json::to_value(value) {
        Ok(serde_json::Value::String(word)) => word,
        _ => String::new(),
    }
}
