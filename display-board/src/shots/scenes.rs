//! The scenes: what a board has been told, and when one looks at it.
//! Those of a hall board by day stand here, those before and after it in
//! `idle`, those of a board over a window in `window`.

mod idle;
pub(super) mod window;

use board_core::{Language, Msg, Settings, State, View, update, view};
use jiff::civil::{Date, time};
use jiff::tz::{TimeZone, offset};
use jiff::{SignedDuration, Timestamp};
use queue_api::{
    Bilingual, BoardCall, BoardView, Class, EstimateMinutes, HallProfile, LaneId, LaneView, Span,
    TicketNumber, TicketState, WindowId, ZoneProfile,
};

use super::Scene;
use crate::options::Theme;

/// All scenes.
pub(super) const ALL: &[Scene] = &[
    Scene { name: "starting", theme: Theme::Light, play: starting },
    Scene { name: "quiet", theme: Theme::Light, play: quiet },
    Scene { name: "busy", theme: Theme::Light, play: busy },
    Scene { name: "new", theme: Theme::Light, play: new_call },
    Scene { name: "tags", theme: Theme::Light, play: tags },
    Scene { name: "lost", theme: Theme::Light, play: lost },
    Scene { name: "long", theme: Theme::Light, play: long_names },
    Scene { name: "sixty", theme: Theme::Light, play: sixty_windows },
    Scene { name: "closed", theme: Theme::Light, play: idle::hours },
    Scene { name: "guide", theme: Theme::Light, play: idle::guide },
    Scene { name: "notice", theme: Theme::Light, play: idle::notice },
    Scene { name: "notice-long", theme: Theme::Light, play: idle::long_notice },
    Scene { name: "plan", theme: Theme::Light, play: idle::plan },
    Scene { name: "contrast", theme: Theme::Contrast, play: tags },
    Scene { name: "contrast-new", theme: Theme::Contrast, play: new_call },
    Scene { name: "contrast-lost", theme: Theme::Contrast, play: lost },
    Scene { name: "contrast-guide", theme: Theme::Contrast, play: idle::guide },
    Scene { name: "contrast-plan", theme: Theme::Contrast, play: idle::plan },
];

const DAY: Date = jiff::civil::date(2026, 11, 23);

/// A hall's whole morning, told to one board.
#[derive(Clone)]
struct Play {
    state: State,
    now: Timestamp,
    board: BoardView,
}

/// 09:41:30 in the hall.
fn morning() -> Timestamp {
    let local = DAY.to_datetime(time(9, 41, 30, 0));
    TimeZone::fixed(offset(8)).to_timestamp(local).expect("this morning exists in every zone")
}

fn bilingual(zh: &str, en: &str) -> Bilingual {
    Bilingual { zh: zh.to_owned(), en: en.to_owned() }
}

fn number(lane: &str, count: u32) -> TicketNumber {
    TicketNumber { lane: lane_id(lane), count }
}

fn lane_id(id: &str) -> LaneId {
    id.parse().expect("the scenes' lanes are capital letters")
}

fn hall() -> HallProfile {
    HallProfile {
        name: bilingual("示范区政务服务中心", "Demo District Service Hall"),
        time_zone: "Asia/Shanghai".to_owned(),
        address: bilingual("", ""),
        phone: String::new(),
        complaint: "12345".to_owned(),
        opening: vec![
            Span { from: time(9, 0, 0, 0), to: time(12, 0, 0, 0) },
            Span { from: time(13, 30, 0, 0), to: time(17, 0, 0, 0) },
        ],
        zones: Vec::new(),
        windows: Vec::new(),
        lanes: Vec::new(),
        classes: Vec::new(),
        notice: bilingual(
            "中午 12:00–13:30 窗口 A01、B01 照常办理。过号后 30 分钟内，可在取号机重新排入一次。",
            "Windows A01 and B01 stay open from 12:00 to 13:30. Missed your call? \
             Rejoin at a kiosk within 30 minutes.",
        ),
        catalogue_revision: String::new(),
        public_url: String::new(),
        most_used: Vec::new(),
        waive_shared: false,
        wait_target_minutes: 15,
        stuck_desk: None,
        plan: None,
        identity: None,
    }
}

/// Letter, names, how many wait, for how long.
const LANES: [(&str, &str, &str, u32, u32); 8] = [
    ("A", "市场监管", "Business", 5, 25),
    ("B", "卫生健康", "Health", 2, 12),
    ("C", "公安户政", "Household", 8, 30),
    ("D", "车管出入境", "Cars, passports", 6, 20),
    ("E", "不动产登记", "Real estate", 9, 55),
    ("F", "人社、医保", "Social security", 7, 25),
    ("J", "工程建设", "Construction", 0, 0),
    ("K", "税务", "Tax", 4, 20),
];

fn lane(row: (&str, &str, &str, u32, u32)) -> LaneView {
    let (id, zh, en, waiting, minutes) = row;
    LaneView {
        id: lane_id(id),
        name: bilingual(zh, en),
        waiting,
        estimate_minutes: EstimateMinutes { low: minutes, high: minutes },
        served: true,
        gives_numbers: true,
        stopped: false,
        numbers_left: None,
    }
}

impl Play {
    fn new(language: Language) -> Play {
        let time_zone = TimeZone::fixed(offset(8));
        let settings =
            Settings { language, time_zone, loudspeakers: Vec::new(), volume: Vec::new() };
        Play {
            state: State::new(settings),
            now: morning() - SignedDuration::from_mins(20),
            board: BoardView {
                notices: Vec::new(),
                seq: 100,
                now: morning(),
                business_day: Some(DAY),
                calls: Vec::new(),
                lanes: LANES.map(lane).to_vec(),
                waiting: 45,
                zone: None,
                window: None,
            },
        }
    }

    fn hall(&mut self, hall: HallProfile) {
        let msg = Msg::HallArrived { hall: Box::new(hall), time_zone: TimeZone::fixed(offset(8)) };
        update(&mut self.state, msg, self.now);
    }

    fn call(&mut self, number: TicketNumber, label: &str, class: Class) {
        self.now += SignedDuration::from_secs(70);
        self.board.seq += 1;
        let call = BoardCall {
            seq: self.board.seq,
            number,
            window: WindowId(1),
            window_label: label.to_owned(),
            class,
            at: self.now,
            state: TicketState::Called,
        };
        self.board.calls.insert(0, call);
        self.arrive();
    }

    fn arrive(&mut self) {
        self.board.now = self.now;
        update(&mut self.state, Msg::ViewArrived(Box::new(self.board.clone())), self.now);
    }

    fn look(&mut self, at: Timestamp) -> View {
        self.now = at;
        view(&self.state, at)
    }

    /// The feed lives and has nothing new.
    fn hear(&mut self, at: Timestamp) {
        update(&mut self.state, Msg::FeedAlive, at);
    }

    /// The hall's day ends.
    fn close(&mut self) {
        self.now = morning() + SignedDuration::from_hours(8);
        self.board.business_day = None;
        self.board.waiting = 0;
        for lane in &mut self.board.lanes {
            lane.waiting = 0;
            lane.served = false;
        }
        self.arrive();
    }

    /// Seven ordinary calls, the newest A023 at A02.
    fn calls(&mut self) {
        let calls = [
            ("K", 12, "A04"),
            ("E", 31, "B04"),
            ("F", 44, "B01"),
            ("C", 57, "B02"),
            ("A", 21, "A01"),
            ("A", 22, "A03"),
            ("A", 23, "A02"),
        ];
        for (lane, count, label) in calls {
            self.call(number(lane, count), label, Class::Ordinary);
        }
    }
}

fn starting(language: Language) -> View {
    Play::new(language).look(morning())
}

fn quiet(language: Language) -> View {
    let mut play = Play::new(language);
    play.hall(hall());
    play.board.waiting = 3;
    play.board.lanes.retain(|it| "ABCDEJ".contains(it.id.as_str()));
    for lane in &mut play.board.lanes {
        lane.waiting = u32::from("ACE".contains(lane.id.as_str()));
        lane.estimate_minutes = EstimateMinutes { low: 5, high: 5 };
        lane.served = lane.id.as_str() != "D";
    }
    play.now = morning() - SignedDuration::from_secs(1);
    play.arrive();
    play.look(morning())
}

fn busy(language: Language) -> View {
    let mut play = Play::new(language);
    play.hall(hall());
    play.calls();
    play.now = morning() - SignedDuration::from_secs(3);
    update(&mut play.state, Msg::FeedAlive, play.now);
    play.look(morning())
}

/// A call in the moment of its blink, while the one before is fresh.
fn new_call(language: Language) -> View {
    let mut play = Play::new(language);
    play.hall(hall());
    play.calls();
    play.call(number("C", 58), "B02", Class::Ordinary);
    play.now -= SignedDuration::from_secs(66);
    play.call(number("D", 7), "12", Class::Ordinary);
    let now = play.now;
    play.look(now)
}

fn tags(language: Language) -> View {
    let mut play = Play::new(language);
    play.hall(hall());
    let calls = [
        ("K", 12, "A04", Class::Green),
        ("E", 31, "B04", Class::Appointment),
        ("F", 44, "B01", Class::Priority),
        ("C", 57, "B02", Class::Ordinary),
        ("A", 21, "A01", Class::Ordinary),
        ("A", 22, "A03", Class::Appointment),
        ("A", 23, "A02", Class::Ordinary),
    ];
    for (lane, count, label, class) in calls {
        play.call(number(lane, count), label, class);
    }
    play.now = morning() - SignedDuration::from_secs(3);
    update(&mut play.state, Msg::FeedAlive, play.now);
    play.look(morning())
}

fn lost(language: Language) -> View {
    let mut play = Play::new(language);
    play.hall(hall());
    play.calls();
    update(&mut play.state, Msg::FeedLost, play.now);
    play.look(morning())
}

/// The longest names that are likely, in a zone, past ticket 999.
fn long_names(language: Language) -> View {
    let mut play = Play::new(language);
    play.board.zone = Some("A".to_owned());
    let mut hall = hall();
    hall.name = bilingual(
        "内蒙古自治区鄂尔多斯市康巴什区政务服务中心（公共资源交易中心）",
        "Kangbashi District Government Service Centre and Public Resources Trading Centre",
    );
    hall.zones = vec![ZoneProfile {
        id: "A".to_owned(),
        name: bilingual("一楼东侧等候区", "East, floor 1"),
    }];
    play.hall(hall);
    for lane in &mut play.board.lanes {
        lane.name = bilingual("住房公积金贷", "Social insurance, pensions");
        lane.waiting += 120;
        lane.estimate_minutes = EstimateMinutes { low: 100, high: 140 };
    }
    play.board.waiting = 1_024;
    for count in 1_001..=1_006 {
        play.call(number("AB", count), "综合12", Class::Green);
    }
    play.call(number("WXYZ", 1_024), "综合112", Class::Ordinary);
    play.now = morning() - SignedDuration::from_secs(3);
    update(&mut play.state, Msg::FeedAlive, play.now);
    play.look(morning())
}

/// A hall of sixty windows and twenty lanes, of which twelve called
/// within the last seconds.
fn sixty_windows(language: Language) -> View {
    let mut play = Play::new(language);
    play.hall(hall());
    let lanes = ('A'..='T').zip(LANES.into_iter().cycle()).zip(1..);
    play.board.lanes = lanes
        .map(|((id, (_, zh, en, ..)), nth)| lane((&id.to_string(), zh, en, nth * 7 % 40, nth * 3)))
        .collect();
    play.board.waiting = play.board.lanes.iter().map(|it| it.waiting).sum();
    for nth in 0..12_u32 {
        let lane = char::from(b'A' + u8::try_from(nth).unwrap_or_default()).to_string();
        play.now -= SignedDuration::from_secs(69);
        play.call(number(&lane, 100 + nth), &format!("{:02}", nth * 5 + 5), Class::Ordinary);
    }
    let now = play.now + SignedDuration::from_secs(4);
    play.look(now)
}
