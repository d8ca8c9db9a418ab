//! The rules of a board, told as stories: what arrives, what is shown,
//! what is said. One `Story` knows the API; `truth` tells of lost
//! connections and of boards that must show the same, `speaking` of calls
//! that wait for a loudspeaker, `idle` of the time without calls.

mod idle;
mod speaking;
mod truth;

use expect_test::{Expect, expect};
use jiff::tz::{TimeZone, offset};
use jiff::{SignedDuration, Timestamp};
use queue_api::{
    Bilingual, BoardCall, BoardNotice, BoardView, Class, EstimateMinutes, HallProfile, LaneView,
    LoudspeakerState, Span, TicketState, WindowId, ZoneProfile,
};
use voice::{DigitOne, words};

use crate::{
    Effect, Foot, Language, Lintel, LoudspeakerPlace, Msg, Rest, Settings, Spoken, State, Wait,
    next_change, update, view,
};

/// 09:41 in the hall.
const MORNING: &str = "2026-11-23T01:41:00Z";

struct Story {
    state: State,
    now: Timestamp,
    /// How far the server's clock is ahead of the board's.
    server_ahead: SignedDuration,
    board: BoardView,
    said: Vec<String>,
    /// Whether what is said ends at once.
    quick: bool,
}

pub(crate) fn hall(notice: &str) -> HallProfile {
    let bilingual = |zh: &str, en: &str| Bilingual { zh: zh.to_owned(), en: en.to_owned() };
    HallProfile {
        name: bilingual("示范区政务服务中心", "Demo District Service Hall"),
        time_zone: "Asia/Shanghai".to_owned(),
        address: bilingual("", ""),
        phone: String::new(),
        complaint: "12345".to_owned(),
        opening: vec![
            Span { from: "09:00".parse().unwrap(), to: "12:00".parse().unwrap() },
            Span { from: "13:30".parse().unwrap(), to: "17:00".parse().unwrap() },
        ],
        zones: vec![ZoneProfile { id: "A".to_owned(), name: bilingual("一楼东区", "East") }],
        windows: Vec::new(),
        lanes: Vec::new(),
        classes: Vec::new(),
        notice: bilingual(notice, "Please keep your ticket."),
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

/// Loudspeakers of these zones, in a board of the whole hall.
fn settings(loudspeakers: &[&[&str]]) -> Settings {
    let place = |zones: &&[&str]| LoudspeakerPlace {
        name: format!("喇叭{}", zones.concat()),
        zones: zones.iter().map(ToString::to_string).collect(),
    };
    Settings {
        language: Language::Zh,
        time_zone: TimeZone::fixed(offset(8)),
        loudspeakers: loudspeakers.iter().map(place).collect(),
        volume: Vec::new(),
    }
}

fn lane(id: &str, name: &str, waiting: u32, minutes: (u32, u32), served: bool) -> LaneView {
    LaneView {
        id: id.parse().unwrap(),
        name: Bilingual { zh: name.to_owned(), en: id.to_owned() },
        waiting,
        estimate_minutes: EstimateMinutes { low: minutes.0, high: minutes.1 },
        served,
        gives_numbers: true,
        stopped: false,
        numbers_left: None,
    }
}

/// A line of the manager's for so many seconds.
fn posted(zh: &str, from: Timestamp, secs: i64) -> BoardNotice {
    let text = Bilingual { zh: zh.to_owned(), en: "A notice.".to_owned() };
    let until = from.checked_add(SignedDuration::from_secs(secs)).ok();
    BoardNotice { id: 1, text, zone: None, from, until }
}

impl Story {
    fn unheard() -> Story {
        Story {
            state: State::new(settings(&[&[]])),
            now: MORNING.parse().unwrap(),
            server_ahead: SignedDuration::ZERO,
            board: BoardView {
                notices: Vec::new(),
                seq: 10,
                now: MORNING.parse().unwrap(),
                business_day: Some("2026-11-23".parse().unwrap()),
                calls: Vec::new(),
                lanes: vec![lane("A", "市场监管", 5, (20, 30), true)],
                waiting: 5,
                zone: None,
                window: None,
            },
            said: Vec::new(),
            quick: true,
        }
    }

    fn new() -> Story {
        let mut story = Story::unheard();
        story.sound(LoudspeakerState::Ready);
        story.send(Msg::HallArrived {
            hall: Box::new(hall("请带好证件原件。")),
            time_zone: TimeZone::fixed(offset(8)),
        });
        story
    }

    fn send(&mut self, msg: Msg) {
        for effect in update(&mut self.state, msg, self.now) {
            let Effect::Say { announcement, loudspeaker, .. } = effect else { continue };
            self.said.push(words(&announcement, Language::Zh, DigitOne::Yi));
            if self.quick {
                self.send(Msg::SpeakingEnded { loudspeaker, spoken: Spoken::Whole });
            }
        }
    }

    fn sound(&mut self, state: LoudspeakerState) {
        self.send(Msg::SoundChanged { loudspeaker: 0, state });
    }

    /// The server's next view arrives.
    fn arrive(&mut self) {
        self.board.now = self.now + self.server_ahead;
        self.send(Msg::ViewArrived(Box::new(self.board.clone())));
    }

    /// The server calls (or recalls) a number `age_secs` ago; the view is
    /// not sent yet.
    fn called(&mut self, number: &str, window: u16, age_secs: i64) -> &mut Story {
        self.board.seq += 1;
        let number = number.parse().unwrap();
        self.board.calls.retain(|it| it.number != number);
        let call = BoardCall {
            seq: self.board.seq,
            number,
            window: WindowId(window),
            window_label: format!("A{window:02}"),
            class: Class::Ordinary,
            at: self.now + self.server_ahead - SignedDuration::from_secs(age_secs),
            state: TicketState::Called,
        };
        self.board.calls.insert(0, call);
        self
    }

    fn call(&mut self, number: &str, window: u16) {
        self.called(number, window, 0);
        self.arrive();
    }

    fn pass_ms(&mut self, ms: i64) {
        self.now += SignedDuration::from_millis(ms);
    }

    fn pass(&mut self, secs: i64) {
        self.pass_ms(secs * 1_000);
    }

    /// The board in short: `*` swapped colours, `!` fresh, then the foot.
    fn shows(&self) -> String {
        let view = view(&self.state, self.now);
        let lintel = match &view.lintel {
            Lintel::Call(call) => {
                let swapped = if call.swapped { "*" } else { "" };
                format!("{}{swapped} → {}", call.number, call.window_label)
            }
            Lintel::Rest(rest) => format!("{rest:?}"),
        };
        let earlier: Vec<String> = view
            .earlier
            .iter()
            .map(|it| format!("{}{}", it.number, if it.fresh { "!" } else { "" }))
            .collect();
        let foot = match &view.foot {
            Foot::Notice(notice) => notice.clone(),
            Foot::Blind { since } => format!("blind since {since}"),
        };
        format!("{} | {lintel} | {} | {foot}", view.clock.time, earlier.join(" "))
    }

    fn check(&self, expected: &Expect) {
        expected.assert_eq(&self.shows());
    }

    fn check_said(&mut self, expected: &Expect) {
        let said: Vec<String> = self.said.drain(..).collect();
        expected.assert_eq(&said.join("; "));
    }
}

#[test]
fn a_call_is_shown_and_said_at_once() {
    let mut story = Story::new();
    story.arrive();
    story.check(&expect![[r#"09:41 | NobodyCalled |  | 请带好证件原件。"#]]);
    story.call("A023", 2);
    story.check(&expect!["09:41 | A023* → A02 |  | 请带好证件原件。"]);
    story.check_said(&expect!["请A零二三号到A零二窗口办理"]);
}

#[test]
fn a_new_call_swaps_its_colours_three_times_and_then_stands_still() {
    let mut story = Story::new();
    story.call("A023", 2);
    let mut swapped = String::new();
    for _ in 0..10 {
        swapped.push(if story.shows().contains("A023*") { '*' } else { '.' });
        story.pass_ms(500);
    }
    expect!["*.*.*....."].assert_eq(&swapped);
}

#[test]
fn the_newest_call_replaces_at_once_and_the_displaced_one_is_marked_for_ten_seconds() {
    let mut story = Story::new();
    story.call("A023", 2);
    story.pass(1);
    story.call("C057", 3);
    story.check(&expect!["09:41 | C057* → A03 | A023! | 请带好证件原件。"]);
    story.pass(8);
    story.check(&expect!["09:41 | C057 → A03 | A023! | 请带好证件原件。"]);
    story.pass(1);
    story.check(&expect!["09:41 | C057 → A03 | A023 | 请带好证件原件。"]);
}

#[test]
fn six_earlier_calls_newest_first() {
    let mut story = Story::new();
    for count in 1..=9 {
        story.called(&format!("A{count:03}"), count, 100 - i64::from(count));
    }
    story.arrive();
    story.check(&expect!["09:41 | A009 → A09 | A008 A007 A006 A005 A004 A003 | 请带好证件原件。"]);
}

#[test]
fn the_six_busiest_lanes_stand_by_letter() {
    let mut story = Story::new();
    story.board.lanes = vec![
        lane("A", "市场监管", 5, (20, 26), true),
        lane("B", "卫生健康", 0, (0, 0), true),
        lane("C", "公安户政", 8, (25, 35), true),
        lane("D", "车管出入境", 6, (1, 2), true),
        lane("E", "不动产登记", 9, (0, 0), true),
        lane("F", "人社、医保", 0, (0, 0), false),
        lane("G", "住房公积金", 3, (15, 15), false),
        lane("H", "民政、残联", 0, (0, 0), true),
    ];
    story.arrive();
    let lanes: Vec<String> = view(&story.state, story.now)
        .lanes
        .iter()
        .map(|it| {
            let wait = match it.wait {
                Wait::None => "不用等".to_owned(),
                Wait::Minutes(minutes) => format!("约 {minutes} 分"),
                Wait::NotServed => "未开窗".to_owned(),
            };
            format!("{} {} {} {wait}", it.id, it.name, it.waiting)
        })
        .collect();
    expect![[r"
        A 市场监管 5 约 25 分
        B 卫生健康 0 不用等
        C 公安户政 8 约 30 分
        D 车管出入境 6 约 1 分
        E 不动产登记 9 约 1 分
        G 住房公积金 3 未开窗"]]
    .assert_eq(&lanes.join("\n"));
}

#[test]
fn a_long_notice_changes_by_whole_sentences_every_eight_seconds() {
    let mut story = Story::new();
    let notice = "中午 12:00–13:30 窗口 A01、B01 照常办理。过号后 30 分钟内，可在取号机重新排入一次。\
                  请带好小票和材料清单，证件用原件。";
    story.send(Msg::HallArrived {
        hall: Box::new(hall(notice)),
        time_zone: TimeZone::fixed(offset(8)),
    });
    story.arrive();
    let mut feet = Vec::new();
    for _ in 0..3 {
        match view(&story.state, story.now).foot {
            Foot::Notice(text) => feet.push(text),
            Foot::Blind { .. } => panic!("the feed is alive"),
        }
        story.pass(8);
        story.send(Msg::FeedAlive);
    }
    expect![[r#"
        请带好小票和材料清单，证件用原件。
        中午 12:00–13:30 窗口 A01、B01 照常办理。过号后 30 分钟内，可在取号机重新排入一次。
        请带好小票和材料清单，证件用原件。"#]]
    .assert_eq(&feet.join("\n"));
}

#[test]
fn the_managers_lines_come_before_the_halls_while_they_last() {
    let mut story = Story::new();
    story.board.notices = vec![posted("三号窗口今天下午不开。", story.now, 20)];
    story.arrive();
    let mut feet = Vec::new();
    for _ in 0..4 {
        match view(&story.state, story.now).foot {
            Foot::Notice(text) => feet.push(text),
            Foot::Blind { .. } => panic!("the feed is alive"),
        }
        story.pass(8);
        story.send(Msg::FeedAlive);
    }
    expect![[r#"
        请带好证件原件。
        三号窗口今天下午不开。
        请带好证件原件。
        请带好证件原件。"#]]
    .assert_eq(&feet.join("\n"));
}

#[test]
fn the_shell_is_told_when_to_look_again() {
    let mut story = Story::new();
    let wait_ms =
        |story: &Story| next_change(&story.state, story.now).duration_since(story.now).as_millis();
    story.arrive();
    assert_eq!(wait_ms(&story), 12_000, "blind in twelve seconds");
    story.call("A023", 2);
    assert_eq!(wait_ms(&story), 500, "the plate swaps back");
    story.pass(4);
    story.send(Msg::FeedAlive);
    assert_eq!(wait_ms(&story), 12_000, "nothing moves");
    story.pass(51);
    assert_eq!(wait_ms(&story), 5_000, "the minute turns");
}

#[test]
fn nothing_changes_between_two_looks() {
    let mut story = Story::new();
    story.call("A023", 2);
    story.pass(2);
    story.call("C057", 3);
    for _ in 0..40 {
        let next = next_change(&story.state, story.now);
        assert!(next > story.now, "time goes on");
        let before = view(&story.state, story.now);
        let just_before = next - SignedDuration::from_millis(1);
        assert_eq!(view(&story.state, just_before), before, "until {next}");
        story.now = next;
    }
}

#[test]
fn a_board_of_one_zone_names_it_and_speaks_its_language() {
    let settings = Settings { language: Language::En, ..settings(&[]) };
    let mut story = Story { state: State::new(settings), ..Story::unheard() };
    story.send(Msg::HallArrived {
        hall: Box::new(hall("…")),
        time_zone: TimeZone::fixed(offset(8)),
    });
    story.board.zone = Some("A".to_owned());
    story.arrive();
    let view = view(&story.state, story.now);
    assert_eq!((view.hall.as_str(), view.zone.as_str()), ("Demo District Service Hall", "East"));
    assert_eq!(view.opening, ["09:00–12:00", "13:30–17:00"]);
    assert_eq!(view.foot, Foot::Notice("Please keep your ticket.".to_owned()));
    assert!(matches!(view.lintel, Lintel::Rest(Rest::NobodyCalled)));
}
