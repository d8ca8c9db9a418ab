//! What is handed out of the record, and what never is.

use expect_test::expect;
use queue_core::{Command, LaneRules, TicketRequest, WindowAct, WindowRules};

use super::*;
use crate::actor::Actor;
use crate::engine::{Asked, Desk};
use crate::scratch::Scratch;

/// Three days: one before, one with a visit to its end, a no-show and a
/// ticket that was left over, and one after.
fn record(dir: &Path) {
    let lane: LaneId = "A".parse().unwrap();
    let window = WindowRules { lanes: vec![lane.clone()], ..WindowRules::default() };
    let rules = Rules {
        lanes: [(lane.clone(), LaneRules::default())].into(),
        windows: [(WindowId(1), window)].into(),
        ..Rules::default()
    };
    let mut desk = Desk::open(dir, rules, TimeZone::get("Asia/Shanghai").unwrap()).unwrap();
    let mut take = |at: &str, command: Command| {
        let asked = Asked { command_id: None, by: Actor::Server, command };
        let answers = desk.take(&[asked], at.parse().unwrap()).unwrap();
        assert!(answers[0].is_ok(), "{answers:?}");
    };
    let ticket = |class, matter: Option<&str>| {
        Command::IssueTicket(TicketRequest {
            source: Source::Desk,
            class,
            matter: matter.map(str::to_owned),
            priority: (class == Class::Priority).then_some(PriorityReason::WithInfant),
            ..TicketRequest::at_kiosk(lane.clone(), format!("secret-{}", matter.is_some()))
        })
    };
    let act = |act| Command::AtWindow { window: WindowId(1), act };
    take("2026-11-20T01:00:00Z", ticket(Class::Ordinary, None));
    take("2026-11-23T01:00:00Z", ticket(Class::Priority, Some("id-card, \"renewal\"")));
    take("2026-11-23T01:01:00Z", ticket(Class::Ordinary, None));
    take("2026-11-23T01:02:00Z", ticket(Class::Ordinary, None));
    take("2026-11-23T01:03:00Z", act(WindowAct::Open { staff: "1001".parse().unwrap() }));
    take("2026-11-23T01:04:00Z", act(WindowAct::CallNext));
    take("2026-11-23T01:05:00Z", act(WindowAct::Arrive { ticket: None }));
    let outcome = Outcome::Accepted;
    take("2026-11-23T01:15:00Z", act(WindowAct::Finish { ticket: None, outcome }));
    take("2026-11-23T01:16:00Z", act(WindowAct::CallNext));
    take("2026-11-23T01:19:00Z", act(WindowAct::NoShow { ticket: None }));
    take("2026-11-24T01:00:00Z", ticket(Class::Ordinary, None));
}

fn exported(name: &str, from: &str, to: &str, format: Format) -> Vec<u8> {
    let dir = Scratch::new(name);
    record(&dir.path().join("data"));
    let options = Options {
        record: WhichRecord { data: Some(dir.path().join("data")), file: None },
        hall: Path::new(env!("CARGO_MANIFEST_DIR")).join("../assets/halls/demo"),
        from: from.parse().unwrap(),
        to: to.parse().unwrap(),
        format,
        out: dir.path().join("out"),
    };
    export(&options, &mut Vec::new()).unwrap();
    fs::read(options.out).unwrap()
}

#[test]
fn a_day_as_a_table() {
    let day = "2026-11-23";
    let csv = String::from_utf8(exported("export-csv", day, day, Format::Csv)).unwrap();
    expect![[r#"
        day,number,lane,class,priority,matter,source,issued,called,arrived,finished,window,state,outcome
        2026-11-23,A001,A,priority,with_infant,"id-card, ""renewal""",desk,2026-11-23 09:00:00,2026-11-23 09:04:00,2026-11-23 09:05:00,2026-11-23 09:15:00,1,finished,accepted
        2026-11-23,A002,A,ordinary,,,desk,2026-11-23 09:01:00,2026-11-23 09:16:00,,2026-11-23 09:19:00,1,no_show,
        2026-11-23,A003,A,ordinary,,,desk,2026-11-23 09:02:00,,,2026-11-24 09:00:00,,void,
    "#]].assert_eq(&csv);
    assert!(!csv.contains("secret"), "a ticket's secret stays in the record");
    assert!(!csv.contains("1001"), "and so does who was at work");
}

#[test]
fn days_from_and_to_are_included_and_a_day_of_nobody_has_its_heading() {
    let lines = |from, to| {
        let csv = String::from_utf8(exported("export-days", from, to, Format::Csv)).unwrap();
        csv.lines().count() - 1
    };
    assert_eq!(lines("2026-11-20", "2026-11-24"), 5);
    assert_eq!(lines("2026-11-21", "2026-11-23"), 3);
    assert_eq!(lines("2026-11-24", "2030-01-01"), 1);
    assert_eq!(lines("2026-11-21", "2026-11-22"), 0);
}

#[test]
fn the_same_as_json_and_for_a_spreadsheet() {
    let day = "2026-11-23";
    let json = exported("export-json", day, day, Format::Json);
    let visits: serde_json::Value = serde_json::from_slice(&json).unwrap();
    assert_eq!(visits.as_array().unwrap().len(), 3);
    assert_eq!(visits[0]["number"], "A001");
    assert_eq!(visits[0]["window"], 1);
    let names: Vec<&String> = visits[0].as_object().unwrap().keys().collect();
    assert_eq!(names.len(), 14, "every field has its column: {names:?}");
    let xlsx = exported("export-xlsx", day, day, Format::Xlsx);
    assert!(xlsx.starts_with(b"PK"), "a spreadsheet is a ZIP file");
}
