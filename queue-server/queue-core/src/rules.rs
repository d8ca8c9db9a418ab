//! What the hall is made of, as far as the queue needs to know. It comes
//! from `hall.toml`, not from the journal: a lane taken out of the
//! profile is still replayed.

use std::collections::{BTreeMap, BTreeSet};

use jiff::SignedDuration;
use jiff::civil::{Date, Time};
use jiff::tz::TimeZone;

use crate::appointment::AppointmentRules;
use crate::ids::{Class, LaneId, WindowId};
use crate::rating::RatingRules;

/// The hall's lanes and windows, and how it calls.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Rules {
    /// Lanes by id.
    pub lanes: BTreeMap<LaneId, LaneRules>,
    /// Windows by id.
    pub windows: BTreeMap<WindowId, WindowRules>,
    /// Who goes first.
    pub discipline: Discipline,
    /// Who has waited so many minutes is overtaken by nobody who came
    /// later; none for no such limit.
    pub cap_minutes: Option<u32>,
    /// When somebody counts as not having come.
    pub no_show: NoShowRules,
    /// How they come back.
    pub reinstate: ReinstateRules,
    /// What becomes of those who are left when the day ends.
    pub left_over: LeftOver,
    /// Numbers are given so many minutes before a lane's first span.
    pub early_minutes: u32,
    /// A lane that would wait longer wants another window, minutes.
    pub wait_target_minutes: u32,
    /// How appointments are made and kept.
    pub appointments: AppointmentRules,
    /// Where the hall is: its time of day.
    pub zone: TimeZone,
    /// Days on which the hall gives no numbers.
    pub closed_days: BTreeSet<Date>,
    /// What kiosks give by themselves.
    pub offline: OfflineRules,
    /// Until when a service may be rated.
    pub rating: RatingRules,
    /// Nobody who showed an identity card has two live tickets for one
    /// matter. Without it no ticket says whose it is.
    pub one_live_ticket: bool,
}

/// Numbers that kiosks give while they cannot reach the server.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct OfflineRules {
    /// They count from here, so that nobody wonders where the numbers
    /// before theirs are.
    pub first: u32,
    /// How many of each lane a kiosk has at a time; 0 for none.
    pub numbers: u32,
}

impl Default for OfflineRules {
    fn default() -> OfflineRules {
        OfflineRules { first: 501, numbers: 40 }
    }
}

/// What the queue knows of a lane.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct LaneRules {
    /// First guess of one service, in minutes.
    pub service_minutes: u32,
    /// When it is served, earliest first; empty for at any time.
    pub spans: Vec<SpanRules>,
    /// When its numbers stop.
    pub last_ticket: LastTicket,
    /// Numbers a day; none for no limit.
    pub quota: Option<u32>,
    /// With so many numbers left, staff are warned.
    pub warn_left: u32,
}

/// A part of the day in which a lane is served.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct SpanRules {
    /// First minute.
    pub from: Time,
    /// First minute after.
    pub to: Time,
    /// Numbers in it; none for no limit.
    pub quota: Option<u32>,
}

/// When the numbers of a lane stop for the day.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum LastTicket {
    /// With the end of its last span.
    #[default]
    AtTheEnd,
    /// At this time of day.
    At(Time),
    /// When whoever comes now would not be served before the end of the
    /// last span, with the windows that are open, and so many minutes
    /// over.
    WhenFull {
        /// How long windows may stay for it.
        overtime_minutes: u32,
    },
}

/// What the queue knows of a window.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct WindowRules {
    /// Lanes it serves, in no order of rank.
    pub lanes: Vec<LaneId>,
    /// Lanes it helps when nobody waits in its own.
    pub helps: Vec<LaneId>,
    /// It opens at peaks only (潮汐窗口).
    pub tidal: bool,
}

/// Who goes first.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Discipline {
    /// Accumulating priority: each minute counts by the class's rate
    /// (Kleinrock 1964), so that everybody's turn comes.
    Accumulating(Rates),
    /// Green before priority before appointment before ordinary.
    Strict,
    /// So many of those who go first, then one ordinary visitor.
    Alternating {
        /// How many of them.
        of: u32,
    },
}

/// What a minute of waiting counts by class, in hundredths.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Rates {
    /// 普通号.
    pub ordinary: u32,
    /// 预约号.
    pub appointment: u32,
    /// 优先.
    pub priority: u32,
    /// 绿色通道.
    pub green: u32,
}

impl Rates {
    /// What a minute of this class counts.
    pub fn of(&self, class: Class) -> u32 {
        match class {
            Class::Ordinary => self.ordinary,
            Class::Appointment => self.appointment,
            Class::Priority => self.priority,
            Class::Green => self.green,
        }
    }
}

/// When somebody counts as not having come (过号).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct NoShowRules {
    /// Calls there should be, recalls among them.
    pub calls: u32,
    /// Seconds since the first of them.
    pub seconds: u32,
    /// Whether a clerk who is quicker is refused. Without it the console
    /// only says when it is time.
    pub enforced: bool,
}

/// How somebody who did not come is put back (过号重排), once.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ReinstateRules {
    /// Behind so many of those who wait.
    pub places_back: u32,
    /// For how many minutes the place is kept.
    pub within_minutes: u32,
}

/// What becomes of those who are left when the day ends.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum LeftOver {
    /// Their number ends with the day.
    Void,
    /// Their paper is a return pass (二次优先卡) for so many open days:
    /// they waited in vain.
    ReturnPass {
        /// How many, the first day to come included.
        days: u32,
    },
}

impl Default for LeftOver {
    fn default() -> LeftOver {
        LeftOver::ReturnPass { days: 5 }
    }
}

impl Default for Rates {
    fn default() -> Rates {
        Rates { ordinary: 100, appointment: 300, priority: 300, green: 1_000 }
    }
}

impl Default for Discipline {
    fn default() -> Discipline {
        Discipline::Accumulating(Rates::default())
    }
}

impl Default for NoShowRules {
    fn default() -> NoShowRules {
        NoShowRules { calls: 2, seconds: 90, enforced: false }
    }
}

impl Default for ReinstateRules {
    fn default() -> ReinstateRules {
        ReinstateRules { places_back: 3, within_minutes: 30 }
    }
}

impl Default for Rules {
    fn default() -> Rules {
        Rules {
            lanes: BTreeMap::new(),
            windows: BTreeMap::new(),
            discipline: Discipline::default(),
            cap_minutes: Some(60),
            no_show: NoShowRules::default(),
            reinstate: ReinstateRules::default(),
            left_over: LeftOver::default(),
            early_minutes: 30,
            wait_target_minutes: 15,
            appointments: AppointmentRules::default(),
            zone: TimeZone::UTC,
            closed_days: BTreeSet::new(),
            offline: OfflineRules::default(),
            rating: RatingRules::default(),
            one_live_ticket: false,
        }
    }
}

impl Rules {
    /// The cap as a length of time.
    pub(crate) fn cap(&self) -> Option<SignedDuration> {
        self.cap_minutes.map(|it| SignedDuration::from_mins(i64::from(it)))
    }
}
