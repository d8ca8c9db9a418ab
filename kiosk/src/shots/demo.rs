//! The demo hall, for pictures: a Monday morning.

use std::fs;
use std::path::Path;

use anyhow::Context;
use catalogue::{Catalogue, ContactWords, Contacts, HallTerms, SourceFile, Text};
use jiff::Timestamp;
use jiff::civil::{date, time};
use jiff::tz::{Offset, TimeZone};
use kiosk_core::Msg;
use queue_api::{
    Bilingual, BoardView, Class, EstimateMinutes, HallProfile, IdentityProfile, LaneProfile,
    LaneView, PlanPlace, PlanProfile, PlanRect, PrinterState, Span, WindowId, WindowProfile,
    ZoneProfile,
};

use super::Player;

/// 23 November 2026, 09:41 in the hall.
pub(super) fn now() -> Timestamp {
    Timestamp::from_second(1_795_398_060).expect("a time of this century")
}

/// The matters of a hall's folder, as the server publishes them.
pub(crate) fn catalogue(hall: &Path) -> anyhow::Result<Catalogue> {
    let (workdays, _) = catalogue::read_calendars(&files(&hall.join("calendar"))?);
    let text = |zh: &str, en: &str| Some(Text { zh: zh.to_owned(), en: en.to_owned() });
    let words = ContactWords {
        window: None,
        phone: Some("000-80001000".to_owned()),
        complaint: Some("12345".to_owned()),
        address: text("示范区为民路1号", "1 Weimin Road, Demo District"),
        hours: text("工作日 9:00–12:00，13:30–17:00", "Working days 9:00–12:00, 13:30–17:00"),
    };
    let contacts = Contacts { hall: words, ..Contacts::default() };
    let terms = HallTerms { lanes: None, contacts: Some(contacts) };
    // What is wrong with the files is the server's to say.
    let (catalogue, _) = catalogue::read(&files(&hall.join("matters"))?, workdays, &terms);
    anyhow::ensure!(!catalogue.matters.is_empty(), "`{}` has no matters", hall.display());
    Ok(catalogue)
}

fn files(dir: &Path) -> anyhow::Result<Vec<SourceFile>> {
    let cannot = || format!("cannot read `{}`", dir.display());
    let mut files = Vec::new();
    for entry in fs::read_dir(dir).with_context(cannot)? {
        let path = entry.with_context(cannot)?.path();
        let text = fs::read_to_string(&path).with_context(cannot)?;
        let name = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
        files.push(SourceFile { name, text });
    }
    files.sort_by(|a, b| a.name.cmp(&b.name));
    Ok(files)
}

/// A kiosk that was switched on in the morning.
pub(super) fn open(player: &mut Player, catalogue: &Catalogue) {
    let zone = TimeZone::fixed(Offset::constant(8));
    player.receive(Msg::HallArrived { hall: hall(&catalogue.revision), zone });
    player.receive(Msg::CatalogueArrived { catalogue: catalogue.clone() });
    player.receive(Msg::BoardViewArrived { view: board(true) });
    player.receive(Msg::PrinterChanged { state: PrinterState::Ready });
    // The mode bar at its fullest.
    player.receive(Msg::SoundChanged { ready: true });
}

fn words(zh: &str, en: &str) -> Bilingual {
    Bilingual { zh: zh.to_owned(), en: en.to_owned() }
}

/// Id, names, zone, people, minutes.
type Lane = (&'static str, &'static str, &'static str, &'static str, u32, (u32, u32));

const LANES: [Lane; 12] = [
    ("A", "市场监管", "Business", "A", 5, (20, 30)),
    ("B", "卫生健康", "Health", "A", 2, (10, 15)),
    ("C", "公安户政", "Household", "B", 8, (25, 35)),
    ("D", "车管出入境", "Cars, passports", "B", 6, (15, 25)),
    ("E", "不动产登记", "Real estate", "A", 19, (105, 120)),
    ("F", "人社、医保", "Social security", "B", 7, (25, 25)),
    ("G", "住房公积金", "Housing fund", "B", 3, (10, 20)),
    ("H", "民政、残联", "Civil affairs", "B", 1, (5, 5)),
    ("I", "交通运输", "Transport", "A", 0, (0, 0)),
    ("J", "工程建设", "Construction", "A", 0, (0, 0)),
    ("K", "税务", "Tax", "A", 4, (15, 20)),
    ("L", "教育", "Education", "B", 0, (0, 0)),
];

fn hall(revision: &str) -> HallProfile {
    let zone = |id: &str, zh, en| ZoneProfile { id: id.to_owned(), name: words(zh, en) };
    let lane = |(id, zh, en, zone, ..): &Lane| LaneProfile {
        id: id.parse().expect("a lane of the demo hall"),
        name: words(zh, en),
        zone: (*zone).to_owned(),
        last_ticket: time(16, 45, 0, 0),
        entrusted_by: None,
    };
    let window = |id: u16, label: &str, lanes: &str| WindowProfile {
        id: WindowId(id),
        label: label.to_owned(),
        zone: label[..1].to_owned(),
        name: words("综合窗口", "General"),
        general: true,
        lanes: lanes.split(' ').map(|it| it.parse().expect("a lane of the demo hall")).collect(),
    };
    HallProfile {
        name: words("示范区政务服务中心", "Demo District Service Centre"),
        time_zone: "Asia/Shanghai".to_owned(),
        address: words("示范区为民路1号", "1 Weimin Road, Demo District"),
        phone: "000-80001000".to_owned(),
        complaint: "12345".to_owned(),
        opening: vec![Span { from: time(9, 0, 0, 0), to: time(17, 0, 0, 0) }],
        zones: vec![
            zone("A", "企业等候区", "Business area"),
            zone("B", "等候区 B", "waiting area B"),
        ],
        windows: vec![
            window(1, "A01", "A B I J"),
            window(2, "A02", "A B"),
            window(3, "A03", "A E K"),
            window(4, "A04", "A E"),
            window(5, "B01", "C D L"),
            window(6, "B02", "C F"),
            window(7, "B03", "F G H"),
            window(8, "B04", "D F H"),
        ],
        lanes: LANES.iter().map(lane).collect(),
        classes: vec![Class::Ordinary],
        notice: words("", ""),
        catalogue_revision: revision.to_owned(),
        public_url: "http://192.168.1.10:8080".to_owned(),
        most_used: [
            "individual-business-registration",
            "id-card-renewal",
            "food-operation-permit",
            "birth-registration",
            "realty-transfer",
            "medical-elsewhere-filing",
            "housing-fund-withdrawal",
            "pension-claim",
            "driving-licence-renewal",
            "residence-permit",
        ]
        .map(str::to_owned)
        .to_vec(),
        waive_shared: true,
        wait_target_minutes: 15,
        stuck_desk: Some(words(
            "一楼咨询台旁，办不成事反映窗口",
            "Beside the guide desk, ground floor",
        )),
        plan: Some(plan()),
        identity: None,
    }
}

/// The hall from above: windows along the wall, one waits before them.
fn plan() -> PlanProfile {
    let rect = |x, y, width, height| PlanRect { x, y, width, height };
    let place = |name: &str, at| PlanPlace { name: name.to_owned(), at };
    let labels = ["A01", "A02", "A03", "A04", "B01", "B02", "B03", "B04"];
    let windows = (0..).zip(labels).map(|(at, label)| place(label, rect(at * 3, 0, 3, 2)));
    PlanProfile {
        width: 24,
        height: 14,
        entrance: rect(10, 12, 4, 2),
        desk: Some(rect(9, 9, 6, 2)),
        kiosks: vec![rect(5, 12, 3, 2), rect(16, 12, 3, 2)],
        zones: vec![place("A", rect(1, 3, 10, 5)), place("B", rect(13, 3, 10, 5))],
        windows: windows.collect(),
    }
}

/// The hall has drawn no plan.
pub(super) fn hall_without_plan(player: &mut Player) {
    let hall = HallProfile { plan: None, ..hall("") };
    player.receive(Msg::HallArrived { hall, zone: TimeZone::fixed(Offset::constant(8)) });
}

/// A hall that asks for identity cards, and a kiosk with a reader.
pub(super) fn hall_that_asks(player: &mut Player, required: bool) {
    player.receive(Msg::CardReaderKnown);
    let hall = HallProfile { identity: Some(IdentityProfile { required }), ..hall("") };
    player.receive(Msg::HallArrived { hall, zone: TimeZone::fixed(Offset::constant(8)) });
    player.receive(Msg::IdentityKeyArrived { day: date(2026, 11, 23) });
}

/// The queue; `open` if numbers are given.
pub(crate) fn board(open: bool) -> BoardView {
    let lane = |(id, zh, en, _, waiting, (low, high)): &Lane| LaneView {
        stopped: false,
        id: id.parse().expect("a lane of the demo hall"),
        name: words(zh, en),
        waiting: *waiting,
        estimate_minutes: EstimateMinutes { low: *low, high: *high },
        served: *id != "L",
        gives_numbers: true,
        numbers_left: None,
    };
    BoardView {
        notices: Vec::new(),
        seq: 1,
        now: now(),
        business_day: open.then(|| date(2026, 11, 23)),
        calls: Vec::new(),
        lanes: LANES.iter().map(lane).collect(),
        waiting: LANES.iter().map(|it| it.4).sum(),
        zone: None,
        window: None,
    }
}
