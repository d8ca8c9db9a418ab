//! What a supervisor reads of a day, and what nobody reads.

use std::path::Path;

use expect_test::expect;
use jiff::tz::TimeZone;
use queue_core::{
    Command, Grant, LaneId, LaneRules, Outcome, Rules, Source, TicketRequest, WindowAct, WindowId,
    WindowRules,
};

use super::*;
use crate::actor::Actor;
use crate::engine::{Asked, Desk};
use crate::journal::Journal;
use crate::scratch::Scratch;

/// Two ordinary visitors, one through the green channel, one called by
/// number, one who gives up.
fn record(dir: &Path) -> Connection {
    let lane: LaneId = "A".parse().unwrap();
    let window = WindowRules { lanes: vec![lane.clone()], ..WindowRules::default() };
    let rules = Rules {
        lanes: [(lane.clone(), LaneRules::default())].into(),
        windows: [(WindowId(1), window)].into(),
        ..Rules::default()
    };
    let mut desk = Desk::open(dir, rules, TimeZone::UTC).unwrap();
    let mut minute = 0;
    let mut take = |staff: &str, command: Command| {
        minute += 1;
        let now = format!("2026-11-23T09:{minute:02}:00Z").parse().unwrap();
        let by = Actor::Staff(staff.parse().unwrap());
        let answers = desk.take(&[Asked { command_id: None, by, command }], now).unwrap();
        assert!(answers[0].is_ok(), "{answers:?}");
    };
    let ticket = |class, nth: u32| {
        let by = "2001".parse().unwrap();
        let grant = Grant { by, reason: "重点项目".to_owned() };
        Command::IssueTicket(TicketRequest {
            source: Source::Desk,
            class,
            grant: (class == Class::Green).then_some(grant),
            ..TicketRequest::at_kiosk(lane.clone(), format!("secret-{nth}"))
        })
    };
    let act = |act| Command::AtWindow { window: WindowId(1), act };
    let finish = || act(WindowAct::Finish { ticket: None, outcome: Outcome::DoneNow });
    take("2001", ticket(Class::Ordinary, 1));
    take("2001", ticket(Class::Ordinary, 2));
    take("2001", ticket(Class::Green, 3));
    take("2001", ticket(Class::Ordinary, 4));
    take("1001", act(WindowAct::Open { staff: "1001".parse().unwrap() }));
    take("1001", act(WindowAct::CallNext));
    take("1001", finish());
    let why = "赶火车".to_owned();
    take("1001", act(WindowAct::Call { ticket: TicketId(2), why }));
    take("1001", finish());
    take("2001", Command::VoidTicket { ticket: TicketId(4) });
    take("1001", act(WindowAct::CallNext));
    Journal::guest(&dir.join("hall.db")).unwrap()
}

fn day() -> Date {
    "2026-11-23".parse().unwrap()
}

fn said(events: &[queue_api::Told]) -> String {
    let line = |it: &queue_api::Told| {
        let text = serde_json::to_string(it).unwrap();
        assert!(!text.contains("secret"), "{text}");
        let number = it.number.as_ref().map_or(String::new(), ToString::to_string);
        let rule = it.call.as_ref().map_or("", |it| it.rule.as_str());
        let before = it.call.as_ref().and_then(|it| it.before.as_ref());
        let before = before.map_or(String::new(), ToString::to_string);
        let note = it.note.clone().unwrap_or_default();
        let how = it.how.clone().unwrap_or_default();
        let line = [it.kind.clone(), number, it.by.clone(), rule.to_owned(), before, note, how];
        line.into_iter().filter(|it| !it.is_empty()).collect::<Vec<_>>().join(" ")
    };
    events.iter().map(line).collect::<Vec<_>>().join("\n")
}

#[test]
fn calls_exceptions_and_ends_of_a_day() {
    let dir = Scratch::new("supervision-looks");
    let record = record(dir.path());
    let look = |look| said(&page(&record, day(), look, None, 50).unwrap().unwrap().events);
    expect![[r#"
        ticket_called A001 staff:1001 longest_waiting
        ticket_called A002 staff:1001 by_number 赶火车
        ticket_called A003 staff:1001 higher_score A001"#]]
    .assert_eq(&look(Look::Calls));
    expect![[r#"
        ticket_called A002 staff:1001 by_number 赶火车
        ticket_issued A003 staff:2001 重点项目"#]]
    .assert_eq(&look(Look::Exceptions));
    expect!["ticket_voided A004 staff:2001 cancelled"].assert_eq(&look(Look::Ended));
}

#[test]
fn a_day_is_read_by_pages_and_one_that_never_was_has_none() {
    let dir = Scratch::new("supervision-pages");
    let record = record(dir.path());
    let first = page(&record, day(), Look::Calls, None, 2).unwrap().unwrap();
    assert_eq!(first.events.len(), 2);
    let rest = page(&record, day(), Look::Calls, first.before, 2).unwrap().unwrap();
    assert_eq!((rest.events.len(), rest.before), (1, None));
    assert!(page(&record, "2026-11-22".parse().unwrap(), Look::Calls, None, 2).unwrap().is_none());
}

#[test]
fn a_tickets_whole_history_and_who_overtook_it() {
    let dir = Scratch::new("supervision-ticket");
    let record = record(dir.path());
    let number = "A001".parse().unwrap();
    let history = ticket(&record, day(), &number).unwrap().unwrap();
    expect![[r#"
        ticket_issued A001 staff:2001
        ticket_called A001 staff:1001 longest_waiting"#]]
    .assert_eq(&said(&history.events));
    let overtaken: Vec<_> = history.overtaken_by.iter().map(|it| it.number.to_string()).collect();
    assert_eq!(overtaken, ["A002", "A003"]);
    assert!(ticket(&record, day(), &"A009".parse().unwrap()).unwrap().is_none());
}

#[test]
fn a_walk_tells_what_it_found_and_there_is_one_at_a_time() {
    let dir = Scratch::new("supervision-walk");
    let record = record(dir.path());
    let (walks, path) = (Walks::default(), dir.path().join("hall.db"));
    let now = Timestamp::UNIX_EPOCH;
    assert!(walks.begin(now) && !walks.begin(now));
    assert_eq!(walks.report(3).walking_since, Some(now));
    let looked = crate::verify::look_through(&path);
    walks.end(looked.as_ref().map(|it| &it.head).map_err(ToString::to_string), now);
    let last = walks.report(3).last.unwrap();
    let events: u64 = record.query_row("SELECT max(seq) FROM events", [], |it| it.get(0)).unwrap();
    assert_eq!((last.sound, last.seq, last.chain.len()), (true, events, 64));
    walks.end(Err("event 2: the hash chain is broken here".to_owned()), now);
    let last = walks.report(3).last.unwrap();
    assert_eq!((last.sound, last.cause.is_some()), (false, true));
}
