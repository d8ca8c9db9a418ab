//! The demo hall on a Monday morning, with its real matters.

use std::fs;
use std::path::Path;
use std::sync::OnceLock;

use catalogue::{Catalogue, HallTerms, SourceFile};
use jiff::Timestamp;
use jiff::civil::{date, time};
use queue_api::{
    Bilingual, BoardView, Class, EstimateMinutes, HallProfile, LaneProfile, LaneView, NumberBlock,
    NumberLease, PlanPlace, PlanProfile, PlanRect, Span, Ticket, TicketId, TicketState, WindowId,
    WindowProfile, ZoneProfile,
};

/// 23 November 2026, 09:41 in the hall.
pub(crate) fn morning() -> Timestamp {
    "2026-11-23T01:41:00Z".parse().unwrap()
}

pub(crate) fn catalogue() -> &'static Catalogue {
    static CATALOGUE: OnceLock<Catalogue> = OnceLock::new();
    CATALOGUE.get_or_init(|| {
        let (workdays, _) = catalogue::read_calendars(&files("calendar"));
        // Blanks in contacts are the hall's to fill; they matter to nothing here.
        catalogue::read(&files("matters"), workdays, &HallTerms::default()).0
    })
}

fn files(folder: &str) -> Vec<SourceFile> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../assets/halls/demo").join(folder);
    let mut files: Vec<SourceFile> = fs::read_dir(root)
        .unwrap()
        .map(|entry| {
            let path = entry.unwrap().path();
            let name = path.file_name().unwrap().to_str().unwrap().to_owned();
            SourceFile { text: fs::read_to_string(path).unwrap(), name }
        })
        .collect();
    files.sort_by(|a, b| a.name.cmp(&b.name));
    files
}

fn words(zh: &str, en: &str) -> Bilingual {
    Bilingual { zh: zh.to_owned(), en: en.to_owned() }
}

const LANES: [(&str, &str, &str, &str); 3] = [
    ("A", "市场监管", "Business", "A"),
    ("C", "公安户政", "Household", "B"),
    ("E", "不动产登记", "Real estate", "A"),
];

pub(crate) fn hall() -> HallProfile {
    let zone = |id: &str, zh, en| ZoneProfile { id: id.to_owned(), name: words(zh, en) };
    let window = |id: u16, label: &str, lanes: &[&str]| WindowProfile {
        id: WindowId(id),
        label: label.to_owned(),
        zone: label[..1].to_owned(),
        name: words("综合窗口", "General"),
        general: true,
        lanes: lanes.iter().map(|it| it.parse().unwrap()).collect(),
    };
    let lane = |(id, zh, en, zone): &(&str, &str, &str, &str)| LaneProfile {
        id: id.parse().unwrap(),
        name: words(zh, en),
        zone: (*zone).to_owned(),
        last_ticket: time(16, if *id == "E" { 30 } else { 45 }, 0, 0),
        entrusted_by: None,
    };
    HallProfile {
        name: words("示范区政务服务中心", "Demo District Service Centre"),
        time_zone: "Asia/Shanghai".to_owned(),
        address: words("为民路1号", "1 Weimin Road"),
        phone: "000-80001000".to_owned(),
        complaint: "12345".to_owned(),
        opening: vec![Span { from: time(9, 0, 0, 0), to: time(17, 0, 0, 0) }],
        zones: vec![zone("A", "等候区 A", "area A"), zone("B", "等候区 B", "area B")],
        windows: vec![
            window(1, "A01", &["A"]),
            window(2, "A02", &["A", "E"]),
            window(3, "A03", &["E"]),
            window(4, "A04", &["A"]),
            window(5, "B01", &["A", "C"]),
        ],
        lanes: LANES.iter().map(lane).collect(),
        classes: vec![Class::Ordinary],
        notice: words("", ""),
        catalogue_revision: catalogue().revision.clone(),
        public_url: "http://hall".to_owned(),
        most_used: vec!["food-operation-permit".to_owned(), "id-card-renewal".to_owned()],
        waive_shared: true,
        wait_target_minutes: 15,
        stuck_desk: None,
        plan: Some(plan()),
        identity: None,
    }
}

/// Five windows along a wall, an area before each kind.
fn plan() -> PlanProfile {
    let rect = |x, y, width, height| PlanRect { x, y, width, height };
    let place = |name: &str, at| PlanPlace { name: name.to_owned(), at };
    let windows = (0..).zip(["A01", "A02", "A03", "A04", "B01"]);
    PlanProfile {
        width: 15,
        height: 10,
        entrance: rect(6, 8, 3, 2),
        desk: None,
        kiosks: Vec::new(),
        zones: vec![place("A", rect(0, 3, 10, 4)), place("B", rect(11, 3, 4, 4))],
        windows: windows.map(|(at, label)| place(label, rect(at * 3, 0, 3, 2))).collect(),
    }
}

pub(crate) fn board(open: bool) -> BoardView {
    let lane = |id: &str, waiting, low, high, served| LaneView {
        stopped: false,
        id: id.parse().unwrap(),
        name: words("", ""),
        waiting,
        estimate_minutes: EstimateMinutes { low, high },
        served,
        gives_numbers: true,
        numbers_left: None,
    };
    BoardView {
        notices: Vec::new(),
        seq: 7,
        now: morning(),
        business_day: open.then(|| date(2026, 11, 23)),
        calls: Vec::new(),
        lanes: vec![
            lane("A", 5, 20, 30, true),
            lane("C", 0, 0, 0, true),
            lane("E", 3, 15, 15, false),
        ],
        waiting: 8,
        zone: None,
        window: None,
    }
}

/// The ticket that the server gives for the food permit.
pub(crate) fn ticket() -> Ticket {
    Ticket {
        id: TicketId(23),
        number: "A023".parse().unwrap(),
        lane: "A".parse().unwrap(),
        class: Class::Ordinary,
        matter: Some("food-operation-permit".to_owned()),
        answers: None,
        more: Vec::new(),
        priority: None,
        note: None,
        business_day: date(2026, 11, 23),
        issued_at: morning(),
        state: TicketState::Waiting,
        window: None,
        called_at: None,
        arrived_at: None,
        ahead: 5,
        estimate_minutes: EstimateMinutes { low: 20, high: 30 },
        token: "token".to_owned(),
        url: "http://hall/t/token".to_owned(),
        on_paper: false,
        booked: None,
        rejoin_until: None,
    }
}

/// Numbers for when the server is away, three of each lane; `of` is the
/// day of November.
pub(crate) fn lease(of: &str) -> NumberLease {
    let block = |(lane, _, _, _): &(&str, &str, &str, &str)| NumberBlock {
        lane: lane.parse().unwrap(),
        first: 501,
        count: 3,
        gives_from: Some(time(8, 30, 0, 0)),
        gives_until: Some(time(16, 45, 0, 0)),
    };
    NumberLease {
        token: format!("lease-{of}"),
        business_day: date(2026, 11, of.parse().unwrap()),
        blocks: LANES.iter().map(block).collect(),
    }
}
