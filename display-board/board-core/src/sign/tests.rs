//! A morning over one window.

use expect_test::{Expect, expect};
use jiff::tz::{TimeZone, offset};
use jiff::{SignedDuration, Timestamp};
use queue_api::{
    Bilingual, BoardCall, BoardView, BoardWindow, Class, EstimateMinutes, HallProfile, LaneProfile,
    LaneView, StaffRole, TicketState, WindowId, WindowState,
};
use voice::Language;

use super::*;
use crate::story;
use crate::{Lintel, Msg, Rest, Settings, next_change, update, view};

fn text(zh: &str, en: &str) -> Bilingual {
    Bilingual { zh: zh.to_owned(), en: en.to_owned() }
}

fn lane(id: &str, zh: &str, waiting: u32) -> LaneView {
    LaneView {
        id: id.parse().unwrap(),
        name: text(zh, id),
        waiting,
        estimate_minutes: EstimateMinutes { low: 10, high: 10 },
        served: true,
        gives_numbers: true,
        stopped: false,
        numbers_left: None,
    }
}

/// A board over window 3, a general window of two lanes, one of them
/// entrusted.
struct Morning {
    state: State,
    now: Timestamp,
    board: BoardView,
}

impl Morning {
    fn new(language: Language) -> Morning {
        let now = "2026-11-23T01:41:00Z".parse().unwrap();
        let time_zone = TimeZone::fixed(offset(8));
        let state = State::new(Settings {
            language,
            time_zone: time_zone.clone(),
            loudspeakers: Vec::new(),
            volume: Vec::new(),
        });
        let window = BoardWindow {
            id: WindowId(3),
            label: "A03".to_owned(),
            name: text("综合窗口", "General"),
            state: WindowState::Open,
            pause_until: None,
            clerk: Some("1003".parse().unwrap()),
            clerk_role: Some(StaffRole::Clerk),
            number: None,
            arrived: false,
        };
        let board = BoardView {
            seq: 100,
            now,
            business_day: Some("2026-11-23".parse().unwrap()),
            calls: Vec::new(),
            lanes: vec![lane("B", "卫生健康", 2), lane("L", "教育", 0)],
            waiting: 5,
            notices: Vec::new(),
            zone: Some("A".to_owned()),
            window: Some(window),
        };
        let mut morning = Morning { state, now, board };
        let msg = Msg::HallArrived { hall: Box::new(hall()), time_zone };
        update(&mut morning.state, msg, now);
        morning.arrive();
        morning
    }

    fn window(&mut self) -> &mut BoardWindow {
        self.board.window.as_mut().unwrap()
    }

    fn arrive(&mut self) {
        self.board.now = self.now;
        update(&mut self.state, Msg::ViewArrived(Box::new(self.board.clone())), self.now);
    }

    /// The window calls a number.
    fn call(&mut self, number: &str) {
        self.board.seq += 1;
        let number: TicketNumber = number.parse().unwrap();
        let call = BoardCall {
            seq: self.board.seq,
            number: number.clone(),
            window: WindowId(3),
            window_label: "A03".to_owned(),
            class: Class::Ordinary,
            at: self.now,
            state: TicketState::Called,
        };
        self.board.calls.insert(0, call);
        self.window().number = Some(number);
        self.window().arrived = false;
        self.arrive();
    }

    fn sign(&self) -> Sign {
        view(&self.state, self.now).sign.expect("it hangs over a window")
    }

    #[expect(clippy::needless_pass_by_value, reason = "expect! makes a value")]
    fn check(&self, expected: Expect) {
        expected.assert_eq(&format!("{:?}", self.sign().turn));
    }
}

fn hall() -> HallProfile {
    let lane = |id: &str, entrusted_by| LaneProfile {
        id: id.parse().unwrap(),
        name: text(id, id),
        zone: "A".to_owned(),
        last_ticket: jiff::civil::time(16, 45, 0, 0),
        entrusted_by,
    };
    let education = Some(text("区教育局", "District Education Bureau"));
    HallProfile {
        lanes: vec![lane("B", None), lane("L", education)],
        ..story::hall("请带好证件。")
    }
}

#[test]
fn a_sign_says_what_the_window_is_and_in_whose_name_it_accepts() {
    let sign = Morning::new(Language::Zh).sign();
    assert_eq!((sign.label.as_str(), sign.name.as_str()), ("A03", "综合窗口"));
    assert_eq!(sign.other_name, "General");
    assert_eq!(sign.services, ["卫生健康", "教育"]);
    assert_eq!(sign.entrusted_by, ["区教育局"]);
    assert_eq!(sign.clerk, Some(("1003".to_owned(), Some(StaffRole::Clerk))));
    let sign = Morning::new(Language::En).sign();
    assert_eq!((sign.name.as_str(), sign.other_name.as_str()), ("General", "综合窗口"));
    assert_eq!(sign.entrusted_by, ["District Education Bureau"]);
}

#[test]
fn a_window_of_one_lane_does_not_say_its_name_twice() {
    let mut morning = Morning::new(Language::Zh);
    morning.board.lanes.truncate(1);
    morning.window().name = text("卫生健康", "Health");
    morning.arrive();
    assert_eq!(morning.sign().services, Vec::<String>::new());
}

#[test]
fn a_call_blinks_then_stands_until_its_visitor_is_served() {
    let mut morning = Morning::new(Language::Zh);
    morning.check(expect!["Wait"]);
    morning.call("B012");
    assert!(matches!(morning.sign().turn, Turn::Come { swapped: true, .. }));
    morning.now += SignedDuration::from_secs(200);
    assert!(matches!(morning.sign().turn, Turn::Come { swapped: false, .. }));
    morning.window().arrived = true;
    morning.arrive();
    assert!(matches!(morning.sign().turn, Turn::Serving(_)));
    morning.window().number = None;
    morning.arrive();
    morning.check(expect!["Wait"]);
}

#[test]
fn a_pause_says_until_when_and_then_no_more() {
    let mut morning = Morning::new(Language::Zh);
    morning.window().state = WindowState::Paused;
    morning.window().pause_until = Some(morning.now + SignedDuration::from_mins(10));
    morning.arrive();
    morning.check(expect![[r#"Paused { until: Some("09:51") }"#]]);
    for _ in 0..40 {
        let next = next_change(&morning.state, morning.now);
        let before = morning.sign();
        morning.now = next - SignedDuration::from_millis(1);
        assert_eq!(morning.sign(), before, "until {next}");
        morning.now = next;
    }
    morning.check(expect!["Paused { until: None }"]);
}

#[test]
fn a_window_without_a_clerk_is_not_open_and_at_night_its_day_is_over() {
    let mut morning = Morning::new(Language::Zh);
    morning.window().state = WindowState::Closed;
    morning.window().clerk = None;
    morning.arrive();
    morning.check(expect!["NotOpen"]);
    morning.now += SignedDuration::from_hours(8);
    morning.board.business_day = None;
    morning.arrive();
    morning.check(expect!["DayOver"]);
}

#[test]
fn a_board_that_is_put_into_the_hall_shows_the_hall_and_not_its_old_calls() {
    let mut morning = Morning::new(Language::Zh);
    morning.call("B012");
    morning.board.window = None;
    morning.board.zone = None;
    morning.board.calls.clear();
    morning.arrive();
    let view = view(&morning.state, morning.now);
    assert_eq!(view.sign, None);
    assert_eq!(view.lintel, Lintel::Rest(Rest::NobodyCalled));
}
