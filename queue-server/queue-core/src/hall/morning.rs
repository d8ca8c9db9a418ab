//! What a day hands on to the next: with it a hall begins where a day
//! began, and the days before need not be told again.
//!
//! Whatever the hall keeps from one day to another belongs in here; the
//! compiler asks for each field, and a test in the server compares such
//! a beginning with the whole story.
//!
//! A record whose older days were moved to an archive begins with one, so
//! this is a lasting format like the events: a field that comes later has
//! a default, and none goes (`tests/golden/mornings.jsonl`).

use std::collections::{BTreeMap, BTreeSet, VecDeque};

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use super::{Hall, HeldPass, Numbers, Tokens};
use crate::appointment::Book;
use crate::estimate::{Learned, Reach};
use crate::ids::TicketId;
use crate::manage::Office;
use crate::rating::Served;
use crate::rules::Rules;

/// The hall just after its day was opened. A field that this version
/// does not know, because a later one wrote it, makes it unreadable on
/// purpose: half of what was known is worse than none.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Morning {
    /// Sequence of the entry that opened the day.
    pub seq: u64,
    day: Date,
    issued_ever: u64,
    passes: BTreeMap<String, HeldPass>,
    #[serde(default)]
    office: Office,
    book: Book,
    learned: Learned,
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    served: BTreeMap<TicketId, Served>,
}

impl Morning {
    /// The day that was opened.
    pub fn day(&self) -> Date {
        self.day
    }
}

impl Hall {
    /// What is known this morning; none once anything has happened on the
    /// day, or while no day is open.
    pub fn morning(&self) -> Option<Morning> {
        let Hall {
            rules: _,
            seq,
            day,
            latest_day,
            opened_seq,
            tickets,
            tokens: _,
            served,
            lines,
            numbers,
            issued_ever,
            windows,
            calls,
            passes,
            stopped,
            reassigned,
            office,
            book,
            learned,
            reach: _,
        } = self;
        // An appointment for a day to come leaves no other trace of today.
        let untouched = seq == opened_seq
            && tickets.is_empty()
            && lines.is_empty()
            && *numbers == Numbers::default()
            && windows.is_empty()
            && calls.is_empty()
            && stopped.is_empty()
            && reassigned.is_empty();
        let day = day.filter(|_| untouched && day == latest_day)?;
        Some(Morning {
            seq: *seq,
            day,
            issued_ever: *issued_ever,
            passes: passes.clone(),
            office: office.clone(),
            book: book.clone(),
            learned: learned.clone(),
            served: served.clone(),
        })
    }

    /// A hall on that morning.
    pub fn on_morning(rules: Rules, morning: Morning) -> Hall {
        let Morning { seq, day, issued_ever, passes, office, book, learned, served } = morning;
        let reach = Reach::of(&rules);
        let mut hall = Hall {
            rules,
            learned,
            reach,
            seq,
            day: Some(day),
            latest_day: Some(day),
            opened_seq: seq,
            tickets: BTreeMap::new(),
            tokens: Tokens::default(),
            served,
            lines: BTreeMap::new(),
            numbers: Numbers::default(),
            issued_ever,
            windows: BTreeMap::new(),
            calls: VecDeque::new(),
            passes,
            stopped: BTreeSet::new(),
            reassigned: BTreeMap::new(),
            office,
            book,
        };
        hall.tokens = hall.tokens_of_the_served();
        hall
    }
}
