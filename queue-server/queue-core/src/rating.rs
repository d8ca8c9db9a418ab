//! What visitors think of a service (好差评): five levels and the
//! national option codes, once for each service, by whoever holds the
//! paper. Nobody is asked twice, and who says nothing has said nothing.

use std::collections::{BTreeMap, BTreeSet};

use jiff::civil::Date;
use schemars::{JsonSchema, Schema, SchemaGenerator, json_schema};
use serde::{Deserialize, Serialize};

use crate::event::{Event, Rating};
use crate::hall::Hall;
use crate::ids::{LaneId, TicketId, TicketNumber, WindowId};
use crate::rejection::Rejection;
use crate::rules::Rules;

/// Services are kept of today and of so many days before it on which
/// there were any; holidays between do not count.
const EARLIER_DAYS: usize = 2;

/// No calendar has so many days of rest in a row.
const REST_DAYS_MAX: usize = 60;

/// How satisfied: 5 is 非常满意, 1 is 非常不满意.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(try_from = "u8", into = "u8")]
pub struct RatingLevel(u8);

impl JsonSchema for RatingLevel {
    fn schema_name() -> std::borrow::Cow<'static, str> {
        "RatingLevel".into()
    }

    fn json_schema(_: &mut SchemaGenerator) -> Schema {
        json_schema!({ "type": "integer", "minimum": 1, "maximum": RatingLevel::ALL.len() })
    }
}

impl RatingLevel {
    /// All of them, the best first.
    pub const ALL: [RatingLevel; 5] =
        [RatingLevel(5), RatingLevel(4), RatingLevel(3), RatingLevel(2), RatingLevel(1)];

    /// What can be said at this level, in the order of the codes.
    pub fn reasons(self) -> impl Iterator<Item = RatingReason> {
        let first = FIRST_REASONS[usize::from(self.0 - 1)];
        (first..first + REASONS_OF_LEVEL).map(RatingReason)
    }
}

impl TryFrom<u8> for RatingLevel {
    type Error = NoSuchRating;

    fn try_from(level: u8) -> Result<RatingLevel, NoSuchRating> {
        RatingLevel::ALL.into_iter().find(|it| it.0 == level).ok_or(NoSuchRating(level.into()))
    }
}

impl From<RatingLevel> for u8 {
    fn from(level: RatingLevel) -> u8 {
        level.0
    }
}

/// A national option code (评价选项), such as 408 一张清单告知全部申报材料.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(try_from = "u16", into = "u16")]
pub struct RatingReason(u16);

/// The first code of each level, from level 1 on.
const FIRST_REASONS: [u16; 5] = [108, 207, 307, 406, 510];

/// How many codes each level has.
const REASONS_OF_LEVEL: u16 = 8;

impl JsonSchema for RatingReason {
    fn schema_name() -> std::borrow::Cow<'static, str> {
        "RatingReason".into()
    }

    fn json_schema(_: &mut SchemaGenerator) -> Schema {
        let known = RatingLevel::ALL.into_iter().flat_map(RatingLevel::reasons);
        let codes: Vec<u16> = known.map(u16::from).collect();
        json_schema!({ "type": "integer", "enum": codes })
    }
}

impl TryFrom<u16> for RatingReason {
    type Error = NoSuchRating;

    fn try_from(code: u16) -> Result<RatingReason, NoSuchRating> {
        let known = RatingLevel::ALL.into_iter().flat_map(RatingLevel::reasons);
        known.into_iter().find(|it| it.0 == code).ok_or(NoSuchRating(code))
    }
}

impl From<RatingReason> for u16 {
    fn from(reason: RatingReason) -> u16 {
        reason.0
    }
}

/// No level and no option has this number.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("no rating has the number `{0}`")]
pub struct NoSuchRating(u16);

/// Until when a service may be rated.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct RatingRules {
    /// To the end of so many working days after it: 0 or 1.
    pub working_days: u32,
}

impl Default for RatingRules {
    fn default() -> RatingRules {
        RatingRules { working_days: 1 }
    }
}

/// A ticket on which somebody was served, of today or of a day not long
/// before.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Served {
    /// The number on the paper.
    pub number: TicketNumber,
    /// The secret of the paper's QR.
    pub token: String,
    /// The day of the number.
    pub day: Date,
    /// Where it waited last.
    pub lane: LaneId,
    /// Matters that were done, in turn; the first is service 1.
    pub services: Vec<Service>,
}

/// One matter, done at one window.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Service {
    /// Where it ended.
    pub window: WindowId,
    /// What, if known.
    pub matter: Option<String>,
    /// Whether somebody said what they think of it.
    pub rated: bool,
}

/// Lets go of what nobody may rate any more, whatever the rules: a
/// journal tells the same under any profile.
pub(crate) fn forget(served: &mut BTreeMap<TicketId, Served>) {
    let days: BTreeSet<Date> = served.values().map(|it| it.day).collect();
    if let Some(first) = days.into_iter().rev().nth(EARLIER_DAYS - 1) {
        served.retain(|_, it| it.day >= first);
    }
}

/// The last day on which a service of `day` is rated.
pub fn rated_until(rules: &Rules, day: Date) -> Date {
    let works = |it: &Date| !rules.closed_days.contains(it);
    let after = day.series(jiff::Span::new().days(1)).skip(1).take(REST_DAYS_MAX);
    let working_days = rules.rating.working_days as usize;
    after.filter(works).take(working_days).last().unwrap_or(day)
}

/// Says what somebody thinks of the `nth` service of a ticket.
pub(crate) fn rate(
    hall: &Hall,
    ticket: TicketId,
    nth: u32,
    level: RatingLevel,
    reasons: &BTreeSet<RatingReason>,
) -> Result<Vec<Event>, Rejection> {
    let served = hall.served(ticket).ok_or(Rejection::NothingToRate)?;
    let at = (nth as usize).checked_sub(1).ok_or(Rejection::NothingToRate)?;
    let service = served.services.get(at).ok_or(Rejection::NothingToRate)?;
    if service.rated {
        return Err(Rejection::RatedBefore);
    }
    let until = rated_until(hall.rules(), served.day);
    if hall.latest_day().is_some_and(|today| today > until) {
        return Err(Rejection::RatingOver { until });
    }
    if !reasons.iter().all(|it| level.reasons().any(|known| known == *it)) {
        return Err(Rejection::ReasonOfOtherLevel);
    }
    Ok(vec![Event::ServiceRated(Rating {
        ticket,
        service: nth,
        day: served.day,
        window: service.window,
        matter: service.matter.clone(),
        level,
        reasons: reasons.clone(),
    })])
}
