//! A start that begins on a morning knows what one knows that was told
//! the whole story.

use jiff::SignedDuration;
use queue_core::{
    Class, LaneId, LaneRules, Line, Outcome, Source, TicketRequest, WindowAct, WindowId,
    WindowRules,
};

use super::*;
use crate::scratch::Scratch;
use crate::verify;

/// Journals that are tried.
const SEEDS: u64 = 6;

fn rules() -> Rules {
    let lanes: Vec<LaneId> = ["A", "B"].map(|it| it.parse().unwrap()).into();
    let window = WindowRules { lanes: lanes.clone(), ..WindowRules::default() };
    Rules {
        lanes: lanes.into_iter().map(|it| (it, LaneRules::default())).collect(),
        windows: [1, 2].map(|it| (WindowId(it), window.clone())).into(),
        ..Rules::default()
    }
}

/// Xorshift: choices that a seed makes again.
struct Chance(u64);

impl Chance {
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
fn any(chance: &mut Chance, nth: u64, today: jiff::civil::Date) -> Asked {
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
fn days(dir: &Path, seed: u64) -> Desk {
    let mut chance = Chance(seed + 1);
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

#[test]
fn a_start_on_a_morning_knows_what_the_whole_story_tells() {
    let mut days_seen = 0;
    for seed in 0..SEEDS {
        let dir = Scratch::new("desk-morning");
        let rows = days(dir.path(), seed).rows_after(0).unwrap();
        let mut whole = Replay::new(rules());
        for row in &rows {
            whole.tell(row);
        }
        let mut desk = Desk::open(dir.path(), rules(), TimeZone::UTC).unwrap();
        assert!(!desk.seen_whole, "seed {seed}: it begins on a morning");
        assert_eq!(desk.hall, whole.hall, "seed {seed}");
        assert_eq!(desk.memory, whole.memory, "seed {seed}");
        assert!(verify::look_through(&dir.path().join("hall.db")).is_ok(), "seed {seed}");
        // The same answers from here on.
        let mut chance = Chance(seed + 77);
        let mut other = Desk::with(whole, desk_of(&rows), TimeZone::UTC);
        for nth in 300..460 {
            let now = rows.last().unwrap().entry.at + SignedDuration::from_mins(11 * (nth - 299));
            let nth = u64::try_from(nth).unwrap();
            let asked = any(&mut chance, nth, now.to_zoned(TimeZone::UTC).date());
            let answers = [
                format!("{:?}", desk.take(std::slice::from_ref(&asked), now)),
                format!("{:?}", other.take(&[asked], now)),
            ];
            assert_eq!(answers[0], answers[1], "seed {seed}, command {nth}");
        }
        days_seen += rows.iter().filter(|it| it.entry.event.kind() == "day_opened").count();
    }
    assert!(days_seen > 5 * usize::try_from(SEEDS).unwrap(), "{days_seen} days");
}

/// A record in memory.
struct Kept(u64, Timestamp);

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

fn desk_of(rows: &[Row]) -> Kept {
    let last = &rows.last().unwrap().entry;
    Kept(last.seq, last.at)
}

/// Changes a closed journal of several days, behind the server's back.
fn tampered(dir: &Path, sql: &str) {
    drop(days(dir, 3));
    let connection = rusqlite::Connection::open(dir.join("hall.db")).unwrap();
    connection
        .execute_batch("DROP TRIGGER events_stay; DROP TRIGGER events_stay_as_they_are")
        .unwrap();
    assert_eq!(connection.execute(sql, []).unwrap(), 1, "{sql}");
}

/// Starts the engine and waits until looking back has stopped it.
fn stopped_by_looking_back(dir: &Path) {
    let (_engine, ended) = crate::engine::start(dir, rules(), TimeZone::UTC, false).unwrap();
    ended.blocking_recv().unwrap();
    assert!(dir.join("hall.suspect").exists());
}

#[test]
fn a_wrong_morning_stops_the_server_and_the_next_start_is_right() {
    let dir = Scratch::new("desk-forged");
    tampered(
        dir.path(),
        r#"UPDATE mornings SET body = json_set(body, '$.passes.x', json('{
               "ticket": 1, "pass": { "token": "x", "lane": "A", "until": "2030-01-01" },
               "used": false }'))
           WHERE seq = (SELECT min(seq) FROM mornings)"#,
    );
    stopped_by_looking_back(dir.path());
    let desk = Desk::open(dir.path(), rules(), TimeZone::UTC).unwrap();
    assert!(desk.seen_whole);
    let mut whole = Replay::new(rules());
    desk.rows_after(0).unwrap().iter().for_each(|row| whole.tell(row));
    assert_eq!(desk.hall, whole.hall);
    assert!(!dir.path().join("hall.suspect").exists());
    drop(desk);
    assert!(!Desk::open(dir.path(), rules(), TimeZone::UTC).unwrap().seen_whole);
}

#[test]
fn damage_in_the_older_days_stops_the_server_and_the_next_start_refuses() {
    let dir = Scratch::new("desk-old-damage");
    tampered(
        dir.path(),
        "UPDATE events SET body = replace(body, 'server', 'staff:1') WHERE seq = 2",
    );
    stopped_by_looking_back(dir.path());
    let refused = Desk::open(dir.path(), rules(), TimeZone::UTC).unwrap_err();
    assert!(refused.to_string().ends_with("event 2: the hash chain is broken here"), "{refused}");
}

fn number(desk: &mut Desk, now: &str) -> String {
    static NTH: std::sync::atomic::AtomicU32 = std::sync::atomic::AtomicU32::new(0);
    let nth = NTH.fetch_add(1, std::sync::atomic::Ordering::Relaxed);
    let request = TicketRequest {
        source: Source::Desk,
        ..TicketRequest::at_kiosk("A".parse().unwrap(), format!("token-{nth}"))
    };
    let asked =
        Asked { command_id: None, by: Actor::Server, command: Command::IssueTicket(request) };
    let answers = desk.take(&[asked], now.parse().unwrap()).unwrap();
    let ticket = answers[0].as_ref().unwrap().ticket.unwrap();
    let hall = desk.published().hall();
    let ticket = hall.ticket(ticket).unwrap();
    format!("{} of {} at {}", ticket.number, ticket.day, ticket.issued_at)
}

#[test]
fn a_clock_that_goes_wrong_neither_stops_the_numbers_nor_turns_the_day() {
    let dir = Scratch::new("desk-clock");
    let mut desk = Desk::open(dir.path(), rules(), TimeZone::UTC).unwrap();
    let doubt = |desk: &Desk| desk.clock().map(|it| it.0);
    for (clock, said, alert) in [
        ("2026-11-23T01:00:00Z", "A001 of 2026-11-23 at 2026-11-23T01:00:00Z", None),
        // Set right by a little, then behind by years.
        ("2026-11-23T00:59:00Z", "A002 of 2026-11-23 at 2026-11-23T01:00:00Z", None),
        (
            "2000-01-01T00:00:00Z",
            "A003 of 2026-11-23 at 2026-11-23T01:00:00Z",
            Some(Alert::ClockBehind),
        ),
        // Years ahead, also after midnight there.
        (
            "2031-03-01T09:00:00Z",
            "A004 of 2026-11-23 at 2026-11-23T01:00:00Z",
            Some(Alert::ClockAhead),
        ),
        (
            "2031-03-02T09:00:00Z",
            "A005 of 2026-11-23 at 2026-11-23T01:00:00Z",
            Some(Alert::ClockAhead),
        ),
        // Right again, on this day and the next.
        ("2026-11-23T02:00:00Z", "A006 of 2026-11-23 at 2026-11-23T02:00:00Z", None),
        ("2026-11-24T01:00:00Z", "A001 of 2026-11-24 at 2026-11-24T01:00:00Z", None),
        // A long holiday.
        ("2027-01-20T01:00:00Z", "A001 of 2027-01-20 at 2027-01-20T01:00:00Z", None),
    ] {
        assert_eq!(number(&mut desk, clock), said);
        assert_eq!(doubt(&desk), alert, "{clock}");
    }
}

#[test]
fn a_hall_that_was_closed_for_long_says_once_that_its_clock_is_right() {
    let dir = Scratch::new("desk-closed-long");
    let mut desk = Desk::open(dir.path(), rules(), TimeZone::UTC).unwrap();
    number(&mut desk, "2026-11-23T01:00:00Z");
    desk.trust_clock();
    let said = number(&mut desk, "2027-06-01T01:00:00Z");
    assert_eq!(said, "A001 of 2027-06-01 at 2027-06-01T01:00:00Z");
    let said = number(&mut desk, "2028-06-01T01:00:00Z");
    assert_eq!(said, "A002 of 2027-06-01 at 2027-06-01T01:00:00Z", "and not for ever");
}
