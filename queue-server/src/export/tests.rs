//! What is handed out of the record, and what never is.

use std::fs;
use std::path::Path;

use expect_test::expect;
use queue_core::{
    AppointmentId, AppointmentRules, Booking, Class, Command, LaneId, LaneRules, Outcome,
    PriorityReason, Rules, Source, TicketRequest, WindowAct, WindowId, WindowRules,
};

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

/// Four appointments on the 24th, made on the 23rd: one is kept, one
/// cancelled, one missed, and one for the 25th is still awaited.
fn booked(dir: &Path) {
    let lane: LaneId = "A".parse().unwrap();
    let window = WindowRules { lanes: vec![lane.clone()], ..WindowRules::default() };
    let lane_rules = LaneRules { service_minutes: 10, ..LaneRules::default() };
    let rules = Rules {
        lanes: [(lane.clone(), lane_rules)].into(),
        windows: [(WindowId(1), window)].into(),
        appointments: AppointmentRules::default(),
        zone: TimeZone::get("Asia/Shanghai").unwrap(),
        ..Rules::default()
    };
    let mut desk = Desk::open(dir, rules, TimeZone::get("Asia/Shanghai").unwrap()).unwrap();
    let mut take = |at: &str, command: Command| {
        let asked = Asked { command_id: None, by: Actor::Server, command };
        let answers = desk.take(&[asked], at.parse().unwrap()).unwrap();
        assert!(answers[0].is_ok(), "{answers:?}");
    };
    let book = |nth: u8, day: &str, time: &str| {
        Command::MakeAppointment(Booking {
            code: format!("7777777{nth}").parse().unwrap(),
            lane: lane.clone(),
            matter: (nth == 1).then(|| "senior-card".to_owned()),
            day: day.parse().unwrap(),
            time: time.parse().unwrap(),
            reference: (nth == 3).then(|| "P-3".to_owned()),
        })
    };
    let id = |nth| AppointmentId(nth);
    take("2026-11-23T01:00:00Z", book(1, "2026-11-24", "10:00"));
    take("2026-11-23T01:01:00Z", book(2, "2026-11-24", "09:00"));
    take("2026-11-23T01:02:00Z", book(3, "2026-11-24", "11:00"));
    take("2026-11-23T01:03:00Z", book(4, "2026-11-25", "09:00"));
    take("2026-11-23T01:04:00Z", Command::CancelAppointment { appointment: id(2) });
    let (appointment, token) = (id(1), "secret-paper".to_owned());
    let come = Command::CheckIn { appointment, token, source: Source::Kiosk };
    take("2026-11-24T01:55:00Z", come);
    let act = WindowAct::Open { staff: "1001".parse().unwrap() };
    take("2026-11-24T23:00:00Z", Command::AtWindow { window: WindowId(1), act });
}

fn options(dir: &Scratch, what: What, from: &str, to: &str, format: Format) -> Options {
    Options {
        record: WhichRecord { data: Some(dir.path().join("data")), file: None },
        hall: Path::new(env!("CARGO_MANIFEST_DIR")).join("../assets/halls/demo"),
        from: from.parse().unwrap(),
        to: to.parse().unwrap(),
        what,
        format,
        out: Some(dir.path().join("out")),
    }
}

fn exported(name: &str, from: &str, to: &str, format: Format) -> Vec<u8> {
    let dir = Scratch::new(name);
    record(&dir.path().join("data"));
    let options = options(&dir, What::Visits, from, to, format);
    export(&options, &mut Vec::new()).unwrap();
    fs::read(dir.path().join("out")).unwrap()
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

#[test]
fn appointments_say_who_came_and_who_did_not() {
    let dir = Scratch::new("export-appointments");
    booked(&dir.path().join("data"));
    let (from, to) = ("2026-11-24", "2026-11-25");
    let csv = options(&dir, What::Appointments, from, to, Format::Csv);
    let mut said = Vec::new();
    export(&csv, &mut said).unwrap();
    let said = String::from_utf8(said).unwrap();
    assert!(said.starts_with("written: 4 appointments in `"), "{said}");
    let table = fs::read_to_string(dir.path().join("out")).unwrap();
    expect![[r#"
        day,time,appointment,lane,matter,reference,made,state,ended,number
        2026-11-24,09:00,2,A,,,2026-11-23 09:01:00,cancelled,2026-11-23 09:04:00,
        2026-11-24,10:00,1,A,senior-card,,2026-11-23 09:00:00,checked_in,2026-11-24 09:55:00,A001
        2026-11-24,11:00,3,A,,P-3,2026-11-23 09:02:00,missed,2026-11-25 07:00:00,
        2026-11-25,09:00,4,A,,,2026-11-23 09:03:00,booked,,
    "#]]
    .assert_eq(&table);
    let secret = table.contains("secret") || table.contains("7777777");
    assert!(!secret, "secrets and codes stay in the record");
    let json = Options { format: Format::Json, ..csv };
    export(&json, &mut Vec::new()).unwrap();
    let lines: serde_json::Value =
        serde_json::from_slice(&fs::read(dir.path().join("out")).unwrap()).unwrap();
    let fields = lines[0].as_object().unwrap();
    assert_eq!(fields.len(), 10, "every field has its column: {fields:?}");
    let one_day = Options { from: "2026-11-25".parse().unwrap(), out: None, ..json };
    let mut written = Vec::new();
    export(&one_day, &mut written).unwrap();
    let lines: serde_json::Value = serde_json::from_slice(&written).unwrap();
    assert_eq!(lines.as_array().unwrap().len(), 1);
}

#[test]
fn without_a_file_it_goes_to_standard_output_but_for_a_spreadsheet() {
    let dir = Scratch::new("export-out");
    record(&dir.path().join("data"));
    let (day, format) = ("2026-11-23", Format::Csv);
    let to_file = options(&dir, What::Visits, day, day, format);
    export(&to_file, &mut Vec::new()).unwrap();
    let mut written = Vec::new();
    let to_output = Options { out: None, ..to_file };
    export(&to_output, &mut written).unwrap();
    assert_eq!(written, fs::read(dir.path().join("out")).unwrap(), "and nothing else");
    let spreadsheet = Options { format: Format::Xlsx, ..to_output };
    let mut nothing = Vec::new();
    let refused = export(&spreadsheet, &mut nothing).unwrap_err();
    assert_eq!(refused.to_string(), "a spreadsheet needs `--out FILE`");
    assert!(nothing.is_empty());
}
