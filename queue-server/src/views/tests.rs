//! What each screen is told, made from one small story.

use expect_test::{Expect, expect};
use jiff::civil::date;
use queue_api::{Bilingual, BoardCall, BoardView, Class, Outcome, Span, StaffRole, ZoneProfile};
use queue_core::{Command, Entry, LaneRules, Rules, TicketRequest, WindowAct, WindowRules, decide};

use super::*;
use crate::profile::HallFiles;

const NOW: Timestamp = Timestamp::constant(1_200, 0);

fn both(text: &str) -> Bilingual {
    Bilingual { zh: text.to_owned(), en: text.to_owned() }
}

/// Zone A with window 1 for lane A, zone B with window 2 for lane B.
fn profile() -> HallProfile {
    let zone = |id: &str| ZoneProfile { id: id.to_owned(), name: both(id) };
    let lane = |id: &str| LaneProfile {
        id: id.parse().unwrap(),
        name: both(&format!("lane {id}")),
        zone: id.to_owned(),
        last_ticket: jiff::civil::time(16, 45, 0, 0),
        entrusted_by: None,
    };
    let window = |id, zone: &str| WindowProfile {
        id: WindowId(id),
        label: format!("{zone}0{id}"),
        zone: zone.to_owned(),
        name: both("window"),
        general: false,
        lanes: vec![zone.parse().unwrap()],
    };
    let text = serde_json::json!({
        "name": both("hall"), "time_zone": "Asia/Shanghai", "address": both("street"), "phone": "1",
        "complaint": "12345",
        "opening": [Span { from: jiff::civil::time(9, 0, 0, 0), to: jiff::civil::time(17, 0, 0, 0) }],
        "zones": [zone("A"), zone("B")], "windows": [window(1, "A"), window(2, "B")],
        "lanes": [lane("A"), lane("B")], "classes": [Class::Ordinary], "notice": both("notice"),
        "catalogue_revision": "r1", "public_url": "http://h", "most_used": [], "waive_shared": false,
    });
    serde_json::from_value(text).unwrap()
}

/// A hall in which the commands were done, a minute apart.
fn hall(commands: &[Command]) -> Hall {
    let service = LaneRules { service_minutes: 10, ..LaneRules::default() };
    let lane = |id: &str| (id.parse().unwrap(), service.clone());
    let window = |id, lane: &str| {
        let lanes = vec![lane.parse().unwrap()];
        (WindowId(id), WindowRules { lanes, ..WindowRules::default() })
    };
    let mut hall = Hall::new(Rules {
        lanes: [lane("A"), lane("B")].into(),
        windows: [window(1, "A"), window(2, "B")].into(),
        ..Rules::default()
    });
    let open = Command::OpenDay { day: date(2026, 11, 23) };
    for command in [open].iter().chain(commands) {
        let minute = i64::try_from(hall.seq() + 1).unwrap();
        let at = Timestamp::from_second(minute * 60).unwrap();
        for event in decide(&hall, command, at).unwrap() {
            let seq = hall.seq() + 1;
            let at = Timestamp::from_second(i64::try_from(seq).unwrap() * 60).unwrap();
            hall.apply(&Entry { seq, at, event });
        }
    }
    hall
}

fn issue(lane: &str, token: &str) -> Command {
    let lane = lane.parse().unwrap();
    Command::IssueTicket(TicketRequest::at_kiosk(lane, token.to_owned()))
}

fn at(window: u16, act: WindowAct) -> Command {
    Command::AtWindow { window: WindowId(window), act }
}

/// Two called (one of them twice), one of them served, two waiting.
fn busy() -> Hall {
    let open = || WindowAct::Open { staff: "1001".parse().unwrap() };
    hall(&[
        at(1, open()),
        at(2, open()),
        issue("A", "t1"),
        issue("B", "t2"),
        issue("A", "t3"),
        issue("A", "t4"),
        at(1, WindowAct::CallNext),
        at(2, WindowAct::CallNext),
        at(1, WindowAct::Recall { ticket: None }),
    ])
}

fn calls(view: &BoardView) -> String {
    let line = |it: &BoardCall| format!("{} -> {} (seq {})\n", it.number, it.window_label, it.seq);
    view.calls.iter().map(line).collect()
}

#[expect(clippy::needless_pass_by_value, reason = "expect! makes a value")]
fn check_board(zone: Option<&str>, expected: Expect) {
    let view = board(&busy(), &profile(), zone, Timestamp::UNIX_EPOCH);
    let lane = |it: &LaneView| {
        format!(
            "{}: {} waiting
",
            it.id, it.waiting
        )
    };
    let lanes: String = view.lanes.iter().map(lane).collect();
    expected.assert_eq(&format!("{}{lanes}hall: {} waiting\n", calls(&view), view.waiting));
}

#[test]
fn a_board_shows_the_latest_call_or_recall_first() {
    check_board(
        None,
        expect![[r#"
            A001 -> A01 (seq 10)
            B001 -> B02 (seq 9)
            A: 2 waiting
            B: 0 waiting
            hall: 2 waiting
        "#]],
    );
}

#[test]
fn a_zone_s_board_shows_its_zone_and_the_whole_hall_s_count() {
    check_board(
        Some("B"),
        expect![[r#"
            B001 -> B02 (seq 9)
            B: 0 waiting
            hall: 2 waiting
        "#]],
    );
}

#[test]
fn who_did_not_come_leaves_the_board_and_who_is_served_stays() {
    let open = WindowAct::Open { staff: "1001".parse().unwrap() };
    let mut story =
        vec![at(1, open), issue("A", "t1"), issue("A", "t2"), at(1, WindowAct::CallNext)];
    story.push(at(1, WindowAct::NoShow { ticket: None }));
    story.push(at(1, WindowAct::CallNext));
    story.push(at(1, WindowAct::Finish { ticket: None, outcome: Outcome::DoneNow }));
    let view = board(&hall(&story), &profile(), None, Timestamp::UNIX_EPOCH);
    assert_eq!(calls(&view), "A002 -> A01 (seq 7)\n");
}

#[test]
fn a_window_shows_its_visitor_and_who_waits_for_it() {
    let view = window(&busy(), &profile(), WindowId(1), NOW).unwrap();
    assert_eq!(view.state, WindowState::Open);
    assert_eq!(view.ticket.unwrap().number.to_string(), "A001");
    let waiting: Vec<String> = view.waiting.iter().map(|it| it.number.to_string()).collect();
    assert_eq!(waiting, ["A002", "A003"]);
    assert_eq!(window(&busy(), &profile(), WindowId(9), NOW), None);
}

/// What hangs over window 1 after these commands.
fn over_window_1(commands: &[Command]) -> BoardView {
    let role = |_: &queue_api::StaffId| Some(StaffRole::Clerk);
    window_board(&hall(commands), &profile(), role, WindowId(1), NOW).unwrap()
}

#[test]
fn the_board_over_a_window_shows_its_own_calls_and_who_serves() {
    let open = at(1, WindowAct::Open { staff: "1001".parse().unwrap() });
    let mut story = vec![open, issue("A", "t1"), issue("A", "t2"), at(1, WindowAct::CallNext)];
    let view = over_window_1(&story);
    let sign = view.window.clone().unwrap();
    assert_eq!((sign.label.as_str(), sign.state), ("A01", WindowState::Open));
    assert_eq!(sign.number.unwrap().to_string(), "A001");
    assert!(!sign.arrived, "called, not there yet");
    assert_eq!(sign.clerk.unwrap().as_str(), "1001");
    assert_eq!(sign.clerk_role, Some(StaffRole::Clerk));
    assert_eq!(calls(&view), "A001 -> A01 (seq 5)\n");
    assert_eq!(view.lanes.iter().map(|it| it.waiting).collect::<Vec<_>>(), [1], "its own lane");

    story.push(at(1, WindowAct::Arrive { ticket: None }));
    assert!(over_window_1(&story).window.unwrap().arrived);
    story.push(at(1, WindowAct::Finish { ticket: None, outcome: Outcome::DoneNow }));
    assert_eq!(over_window_1(&story).window.unwrap().number, None, "nobody's turn");

    story.push(at(1, WindowAct::Pause { reason: None, minutes: Some(10) }));
    let sign = over_window_1(&story).window.unwrap();
    assert_eq!(sign.state, WindowState::Paused);
    let paused_at = Timestamp::from_second(60 * 8).unwrap();
    assert_eq!(sign.pause_until, Some(paused_at + SignedDuration::from_mins(10)));
}

#[test]
fn a_board_over_another_window_does_not_show_the_call() {
    let busy = busy();
    let role = |_: &queue_api::StaffId| None;
    let view = window_board(&busy, &profile(), role, WindowId(2), NOW).unwrap();
    assert_eq!(calls(&view), "B001 -> B02 (seq 9)\n");
    assert_eq!(view.zone.as_deref(), Some("B"));
    assert!(window_board(&busy, &profile(), role, WindowId(9), NOW).is_none());
}

#[test]
fn a_ticket_bears_its_address_and_its_place() {
    let hall = busy();
    let last = hall.ticket_by_token("t4").unwrap();
    let ticket = ticket(&hall, &profile(), last, NOW);
    assert_eq!((ticket.url.as_str(), ticket.ahead), ("http://h/t/t4", 1));
}

fn files() -> HallFiles {
    HallFiles {
        profile: profile(),
        staff: Vec::new(),
        catalogue: catalogue::Catalogue::default(),
        rules: Rules::default(),
        pass_days: 5,
        keep_days: None,
    }
}

#[test]
fn whoever_holds_the_paper_sees_their_window_and_how_often_they_were_called() {
    let (hall, files) = (busy(), files());
    let called = status(&hall, &files, "t1", NOW).unwrap();
    assert_eq!(
        (called.state, called.window_label.as_deref(), called.ahead, called.calls),
        (TicketState::Called, Some("A01"), 0, 2)
    );
    assert_eq!((called.zone.as_str(), called.windows.as_str()), ("A", ""));
    let waits = status(&hall, &files, "t4", NOW).unwrap();
    assert_eq!((waits.windows.as_str(), waits.calls), ("A01", 0));
    assert_eq!(status(&hall, &files, "t", NOW), None);
}

#[test]
fn who_was_passed_over_reads_until_when_they_come_back() {
    let open = WindowAct::Open { staff: "1001".parse().unwrap() };
    let story = [
        at(1, open),
        issue("A", "t1"),
        at(1, WindowAct::CallNext),
        at(1, WindowAct::NoShow { ticket: None }),
    ];
    let view = status(&hall(&story), &files(), "t1", NOW).unwrap();
    let passed_over_at = Timestamp::from_second(5 * 60).unwrap();
    let rejoin_until = passed_over_at + SignedDuration::from_mins(30);
    assert_eq!((view.state, view.rejoin_until), (TicketState::NoShow, Some(rejoin_until)));
}

#[test]
fn a_service_of_yesterday_is_found_by_its_paper_and_a_visit_without_one_is_not() {
    let open = WindowAct::Open { staff: "1001".parse().unwrap() };
    let mut story = vec![
        at(1, open),
        issue("A", "t1"),
        issue("A", "t2"),
        at(1, WindowAct::CallNext),
        at(1, WindowAct::Finish { ticket: None, outcome: Outcome::DoneNow }),
    ];
    let services = |hall: &Hall, token: &str| {
        let view = status(hall, &files(), token, NOW);
        view.map(|it| (it.state, it.services.iter().map(|it| it.rated).collect::<Vec<_>>()))
    };
    let finished = |rated: &[bool]| Some((TicketState::Finished, rated.to_vec()));
    assert_eq!(services(&hall(&story), "t1"), finished(&[false]));
    assert_eq!(services(&hall(&story), "t2"), Some((TicketState::Waiting, vec![])));
    story.push(Command::OpenDay { day: date(2026, 11, 24) });
    assert_eq!(services(&hall(&story), "t1"), finished(&[false]));
    assert_eq!(services(&hall(&story), "t2"), None);
    let ticket = hall(&story).served_by_token("t1").unwrap().0;
    let level = queue_api::RatingLevel::try_from(5).unwrap();
    let reasons = level.reasons().collect();
    story.push(Command::RateService { ticket, service: 1, level, reasons });
    assert_eq!(services(&hall(&story), "t1"), finished(&[true]));
    story.push(Command::OpenDay { day: date(2026, 11, 25) });
    assert_eq!(services(&hall(&story), "t1"), None, "the time to rate it is over");
}
