//! What the hall's manager posts and files: lines on the boards, and who
//! stands in at whose window. Lasting formats, like the events that bear
//! them.

use std::collections::BTreeMap;
use std::fmt;

use jiff::Timestamp;
use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use crate::ids::{StaffId, WindowId};

/// Lines on boards at a time: a board shows each for some seconds.
pub(crate) const NOTICES_MAX: usize = 8;

/// Filings that are kept for days to come.
pub(crate) const STAND_INS_MAX: usize = 200;

/// The order in which a line was posted: 1, 2, 3, …
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct NoticeId(pub u64);

/// The order in which it was filed: 1, 2, 3, …
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct StandInId(pub u64);

impl fmt::Display for NoticeId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

impl fmt::Display for StandInId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

/// A line on the boards.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Notice {
    /// Which.
    pub id: NoticeId,
    /// In Chinese.
    pub zh: String,
    /// In English.
    pub en: String,
    /// The zone whose boards show it; none for all.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub zone: Option<String>,
    /// From when.
    pub from: Timestamp,
    /// Until when; none until it is removed.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub until: Option<Timestamp>,
}

impl Notice {
    /// Whether it will not be shown any more.
    pub fn is_over(&self, now: Timestamp) -> bool {
        self.until.is_some_and(|it| it <= now)
    }
}

/// Somebody at another's window for some days (替岗): filed before, with
/// first and last day (rule articles 25 and 32).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct StandIn {
    /// Which filing.
    pub id: StandInId,
    /// Where.
    pub window: WindowId,
    /// Who.
    pub staff: StaffId,
    /// The first day.
    pub from: Date,
    /// The last day.
    pub to: Date,
    /// The day it was filed on.
    pub filed: Date,
}

impl StandIn {
    /// Whether it counts on this day.
    pub fn is_for(&self, day: Date) -> bool {
        self.from <= day && day <= self.to
    }
}

/// What was posted and filed and still counts.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Office {
    notices: BTreeMap<NoticeId, Notice>,
    notices_ever: u64,
    stand_ins: BTreeMap<StandInId, StandIn>,
    stand_ins_ever: u64,
}

impl Office {
    /// The lines on the boards, now or later.
    pub(crate) fn notices(&self) -> impl Iterator<Item = &Notice> {
        self.notices.values()
    }

    /// A line.
    pub(crate) fn notice(&self, id: NoticeId) -> Option<&Notice> {
        self.notices.get(&id)
    }

    /// The id of the line to come.
    pub(crate) fn next_notice(&self) -> NoticeId {
        NoticeId(self.notices_ever + 1)
    }

    pub(crate) fn post(&mut self, notice: Notice) {
        assert_eq!(notice.id, self.next_notice(), "notices have no gap");
        self.notices_ever = notice.id.0;
        self.notices.insert(notice.id, notice);
    }

    pub(crate) fn remove(&mut self, id: NoticeId) {
        self.notices.remove(&id);
    }

    /// Filings for today and days to come.
    pub(crate) fn stand_ins(&self) -> impl Iterator<Item = &StandIn> {
        self.stand_ins.values()
    }

    /// A filing.
    pub(crate) fn stand_in(&self, id: StandInId) -> Option<&StandIn> {
        self.stand_ins.get(&id)
    }

    /// The id of the filing to come.
    pub(crate) fn next_stand_in(&self) -> StandInId {
        StandInId(self.stand_ins_ever + 1)
    }

    pub(crate) fn file(&mut self, stand_in: StandIn) {
        assert_eq!(stand_in.id, self.next_stand_in(), "filings have no gap");
        self.stand_ins_ever = stand_in.id.0;
        self.stand_ins.insert(stand_in.id, stand_in);
    }

    pub(crate) fn withdraw(&mut self, id: StandInId) {
        self.stand_ins.remove(&id);
    }

    /// What was for days before this one goes.
    pub(crate) fn begin_day(&mut self, day: Date, now: Timestamp) {
        self.stand_ins.retain(|_, it| it.to >= day);
        self.notices.retain(|_, it| !it.is_over(now));
    }
}
