//! A hall's week or so at the desk, for tests: what is asked is made up,
//! and a seed makes it again.

use std::path::Path;

use jiff::tz::TimeZone;
use jiff::{SignedDuration, Timestamp};
use queue_core::{
    AppointmentId, Class, Command, LaneId, LaneRules, Line, Outcome, Rules, Source, TicketId,
    TicketRequest, WindowAct, WindowId, WindowRules,
};

use crate::actor::Actor;
use crate::engine::{Asked, Desk};
use crate::journal::{AppendError, Record, Row};

/// Two lanes and two windows, at any hour.
pub(crate) fn rules() -> Rules {
    let lanes: Vec<LaneId> = ["A", "B"].map(|it| it.parse().unwrap()).into();
    let window = WindowRules { lanes: lanes.clone(), ..WindowRules::default() };
    Rules {
        lanes: lanes.into_iter().map(|it| (it, LaneRules::default())).collect(),
        windows: [1, 2].map(|it| (WindowId(it), window.clone())).into(),
        ..Rules::default()
    }
}

/// Xorshift: choices that a seed makes again.
pub(crate) struct Chance(u64);

impl Chance {
    /// `seed` is not 0.
    pub(crate) fn new(seed: u64) -> Chance {
        Chance(seed)
    }

    fn below(&mut self, n: u64) -> u64 {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        self.0 % n
    }
}

fn start() -> Timestamp {
    "2026-11-20T01:00:00Z".parse().unwrap()
}

/// Anything that may be asked; much of it is refused.
pub(crate) fn any(chance: &mut Chance, nth: u64, today: jiff::civil::Date) -> Asked {
    let window = WindowId(if chance.below(2) == 0 { 1 } else { 2 });
    let ticket = TicketId(1 + chance.below(nth + 1));
    let lane = || -> LaneId { "A".parse().unwrap() };
    let act = match chance.below(24) {
        0..3 => Some(WindowAct::Open { staff: "1001".parse().unwrap() }),
        3 => Some(WindowAct::Close),
        4..8 => Some(WindowAct::CallNext),
        8 => Some(WindowAct::Arrive { ticket: None }),
        9..11 => Some(WindowAct::Finish { ticket: None, outcome: Outcome::Accepted }),
        11 => Some(WindowAct::NoShow { ticket: None }),
        12 => Some(WindowAct::Park { ticket: None }),
        13 => Some(WindowAct::Transfer { ticket: None, to: Line::Lane(lane()), note: None }),
        _ => None,
    };
    let command = match (act, chance.below(14)) {
        (Some(act), _) => Command::AtWindow { window, act },
        (None, 9..12) => Command::MakeAppointment(queue_core::Booking {
            code: format!("{:08}", chance.below(60)).parse().unwrap(),
            lane: lane(),
            matter: None,
            day: today.saturating_add(jiff::Span::new().days(1 + i64::from(nth.is_multiple_of(2)))),
            time: jiff::civil::time(i8::try_from(chance.below(24)).unwrap(), 0, 0, 0),
            reference: nth.is_multiple_of(3).then(|| format!("P-{nth}")),
        }),
        (None, 12) => {
            Command::CancelAppointment { appointment: AppointmentId(1 + chance.below(nth / 8 + 2)) }
        }
        (None, 13) => Command::CheckIn {
            appointment: AppointmentId(1 + chance.below(nth / 8 + 2)),
            token: format!("token-{nth}"),
            source: Source::Kiosk,
        },
        (None, 0) => Command::VoidTicket { ticket },
        (None, 1) => Command::Reinstate { ticket },
        (None, 2..4) => Command::GivePass {
            ticket,
            token: format!("pass-{}", chance.below(30)),
            until: today
                .saturating_add(jiff::Span::new().days(i64::try_from(chance.below(4)).unwrap())),
        },
        (None, 4) => Command::IssueTicket(TicketRequest {
            source: Source::Desk,
            pass: Some(format!("pass-{}", chance.below(30))),
            ..TicketRequest::at_kiosk(lane(), format!("token-{nth}"))
        }),
        _ => Command::IssueTicket(TicketRequest {
            source: Source::Desk,
            class: if chance.below(3) == 0 { Class::Priority } else { Class::Ordinary },
            ..TicketRequest::at_kiosk(lane(), format!("token-{nth}"))
        }),
    };
    // Some come twice, some are another command under an old id.
    let id = nth - chance.below(3).min(nth);
    Asked { command_id: Some(format!("command-{id}").parse().unwrap()), by: Actor::Server, command }
}

/// A hall's week or so at the desk, begun again now and then.
pub(crate) fn days(dir: &Path, seed: u64) -> Desk {
    let mut chance = Chance::new(seed + 1);
    let mut now = start();
    let open = || Desk::open(dir, rules(), TimeZone::UTC).unwrap();
    let mut desk = open();
    for nth in 0..400 {
        now += SignedDuration::from_mins(1 + i64::try_from(chance.below(60)).unwrap());
        let asked = any(&mut chance, nth, now.to_zoned(TimeZone::UTC).date());
        desk.take(&[asked], now).unwrap();
        if chance.below(40) == 0 {
            drop(desk);
            desk = open();
        }
    }
    desk
}

/// A record in memory.
pub(crate) struct Kept(u64, Timestamp);

impl Record for Kept {
    fn head(&self) -> (u64, Timestamp) {
        (self.0, self.1)
    }

    fn append(&mut self, expected: u64, rows: &[Row]) -> Result<(), AppendError> {
        assert_eq!(expected, self.0);
        if let Some(last) = rows.last() {
            *self = Kept(last.entry.seq, last.entry.at);
        }
        Ok(())
    }
}

/// The record that ends with these rows.
pub(crate) fn kept_of(rows: &[Row]) -> Kept {
    let last = &rows.last().unwrap().entry;
    Kept(last.seq, last.at)
}
