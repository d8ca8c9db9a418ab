//! Before and after the hall's day.

use expect_test::expect;
use queue_api::{BoardWindow, PlanProfile, PlanRect, WindowState};

use super::*;
use crate::{IDLE_SECS, IdlePage};

fn shown(story: &Story) -> String {
    match view(&story.state, story.now).idle {
        None => "no page".to_owned(),
        Some(IdlePage::Hours { opening, .. }) => opening.join(" "),
        Some(IdlePage::Guide) => "guide".to_owned(),
        Some(IdlePage::Notice(text)) => text,
        Some(IdlePage::Plan(plan)) => format!("plan of {}", plan.marks.len()),
    }
}

/// A hall with a plan, after its day.
fn after_the_day() -> Story {
    let mut story = Story::new();
    let mut hall = hall("请带好证件原件。");
    hall.plan = Some(PlanProfile {
        width: 4,
        height: 4,
        entrance: PlanRect { x: 0, y: 3, width: 4, height: 1 },
        desk: Some(PlanRect { x: 0, y: 0, width: 4, height: 1 }),
        kiosks: Vec::new(),
        zones: Vec::new(),
        windows: Vec::new(),
    });
    story.send(Msg::HallArrived { hall: Box::new(hall), time_zone: TimeZone::fixed(offset(8)) });
    story.now = "2026-11-23T09:30:00Z".parse().unwrap();
    story.board.business_day = None;
    story.arrive();
    story
}

fn goes_on(story: &mut Story, secs: i64) {
    for _ in 0..secs {
        story.pass(1);
        story.send(Msg::FeedAlive);
    }
}

#[test]
fn pages_take_turns_while_the_hall_is_closed() {
    let mut story = after_the_day();
    story.board.notices = vec![posted("明天停电。", story.now, 60)];
    story.arrive();
    let mut turns = Vec::new();
    for _ in 0..8 {
        turns.push(shown(&story));
        goes_on(&mut story, IDLE_SECS);
    }
    // The notice's time was over after four of them.
    expect![[r#"
        09:00–12:00 13:30–17:00
        guide
        明天停电。
        plan of 2
        guide
        plan of 2
        09:00–12:00 13:30–17:00
        guide"#]]
    .assert_eq(&turns.join("\n"));
}

#[test]
fn a_call_never_waits_for_a_page() {
    let mut story = after_the_day();
    for turn in 0..3 {
        assert_ne!(shown(&story), "no page");
        story.call(&format!("A02{turn}"), 2);
        assert_eq!(shown(&story), "no page");
        story.check_said(
            &[
                expect!["请A零二零号到A零二窗口办理"],
                expect!["请A零二一号到A零二窗口办理"],
                expect!["请A零二二号到A零二窗口办理"],
            ][turn],
        );
        story.board.calls.clear();
        story.arrive();
        goes_on(&mut story, IDLE_SECS);
    }
}

#[test]
fn the_shell_looks_again_when_the_page_turns() {
    let mut story = after_the_day();
    for _ in 0..40 {
        let next = next_change(&story.state, story.now);
        assert!(next > story.now, "time goes on");
        let before = view(&story.state, story.now);
        let just_before = next - SignedDuration::from_millis(1);
        assert_eq!(view(&story.state, just_before), before, "until {next}");
        story.now = next;
        story.send(Msg::FeedAlive);
    }
}

#[test]
fn by_day_there_are_calls_and_lines_and_no_pages() {
    let mut story = Story::new();
    story.arrive();
    assert_eq!(shown(&story), "no page");
    story.board.business_day = None;
    story.board.window = Some(BoardWindow {
        id: WindowId(3),
        label: "A03".to_owned(),
        name: Bilingual { zh: "综合窗口".to_owned(), en: "General".to_owned() },
        state: WindowState::Closed,
        pause_until: None,
        clerk: None,
        clerk_role: None,
        number: None,
        arrived: false,
    });
    story.arrive();
    assert_eq!(shown(&story), "no page", "over a window");
}

#[test]
fn a_board_that_is_cut_off_over_midnight_shows_nothing_of_yesterday() {
    let mut story = Story::new();
    story.call("A023", 2);
    story.call("A024", 2);
    story.send(Msg::FeedLost);
    story.now = "2026-11-23T15:59:59Z".parse().unwrap();
    story.check(&expect!["23:59 | A024 → A02 | A023 | blind since 09:41"]);
    story.pass(1);
    story.check(&expect!["00:00 | Starting |  | blind since 09:41"]);
    let view = view(&story.state, story.now);
    assert_eq!((view.lanes.len(), view.waiting), (0, 0));
    assert!(view.idle.is_none(), "who knows whether there are calls by now");
    // The server is back, and so is the day.
    story.arrive();
    story.check(&expect!["00:00 | A024 → A02 | A023 | 请带好证件原件。"]);
}
