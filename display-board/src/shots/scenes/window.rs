//! The scenes of a board over one window.

use board_core::{Language, Msg, View, update};
use jiff::{SignedDuration, Timestamp};
use queue_api::{BoardWindow, Class, LaneProfile, StaffRole, WindowId, WindowState, ZoneProfile};

use super::{Play, bilingual, hall, lane_id, morning, number};
use crate::options::Theme;
use crate::shots::Scene;

/// All of them.
pub(in crate::shots) const ALL: &[Scene] = &[
    Scene { name: "wait", theme: Theme::Light, play: wait },
    Scene { name: "new", theme: Theme::Light, play: new_call },
    Scene { name: "come", theme: Theme::Light, play: come },
    Scene { name: "serving", theme: Theme::Light, play: serving },
    Scene { name: "paused", theme: Theme::Light, play: paused },
    Scene { name: "paused-until", theme: Theme::Light, play: paused_until },
    Scene { name: "not-open", theme: Theme::Light, play: not_open },
    Scene { name: "closed", theme: Theme::Light, play: closed },
    Scene { name: "long", theme: Theme::Light, play: long_names },
    Scene { name: "lost", theme: Theme::Light, play: lost },
    Scene { name: "contrast", theme: Theme::Contrast, play: come },
    Scene { name: "contrast-new", theme: Theme::Contrast, play: new_call },
    Scene { name: "contrast-wait", theme: Theme::Contrast, play: wait },
];

/// A general window of four lanes.
fn over(language: Language) -> Play {
    let mut play = Play::new(language);
    play.hall(hall());
    play.board.lanes.retain(|it| "ABFK".contains(it.id.as_str()));
    play.board.window = Some(BoardWindow {
        id: WindowId(1),
        label: "A02".to_owned(),
        name: bilingual("综合窗口", "One-stop window"),
        state: WindowState::Open,
        pause_until: None,
        clerk: Some("1002".parse().expect("a clerk's number")),
        clerk_role: Some(StaffRole::Clerk),
        number: None,
        arrived: false,
    });
    play
}

fn sign(play: &mut Play) -> &mut BoardWindow {
    play.board.window.as_mut().expect("it hangs over a window")
}

fn call(play: &mut Play, lane: &str, count: u32) {
    sign(play).number = Some(number(lane, count));
    play.call(number(lane, count), "A02", Class::Ordinary);
}

/// What is shown when the plate has stopped blinking.
fn later(mut play: Play) -> View {
    let at: Timestamp = play.now + SignedDuration::from_secs(5);
    play.look(at)
}

fn at_rest(mut play: Play) -> View {
    play.now = morning();
    play.arrive();
    play.look(morning())
}

fn wait(language: Language) -> View {
    at_rest(over(language))
}

fn new_call(language: Language) -> View {
    let mut play = over(language);
    call(&mut play, "A", 23);
    let now = play.now;
    play.look(now)
}

fn come(language: Language) -> View {
    let mut play = over(language);
    call(&mut play, "A", 23);
    later(play)
}

fn serving(language: Language) -> View {
    let mut play = over(language);
    call(&mut play, "A", 23);
    sign(&mut play).arrived = true;
    play.arrive();
    later(play)
}

fn paused(language: Language) -> View {
    let mut play = over(language);
    sign(&mut play).state = WindowState::Paused;
    at_rest(play)
}

fn paused_until(language: Language) -> View {
    let mut play = over(language);
    sign(&mut play).state = WindowState::Paused;
    sign(&mut play).pause_until = Some(morning() + SignedDuration::from_secs(30 * 60 - 90));
    at_rest(play)
}

fn not_open(language: Language) -> View {
    let mut play = over(language);
    sign(&mut play).state = WindowState::Closed;
    sign(&mut play).clerk = None;
    at_rest(play)
}

fn closed(language: Language) -> View {
    let mut play = over(language);
    sign(&mut play).state = WindowState::Closed;
    sign(&mut play).clerk = None;
    play.close();
    let night = play.now;
    play.look(night)
}

/// The longest names that are likely, in another's name, past ticket 999.
fn long_names(language: Language) -> View {
    let mut play = over(language);
    let mut hall = hall();
    hall.name = bilingual(
        "内蒙古自治区鄂尔多斯市康巴什区政务服务中心",
        "Kangbashi District Government Service Centre",
    );
    hall.zones = vec![ZoneProfile {
        id: "A".to_owned(),
        name: bilingual("一楼东侧等候区", "East, floor 1"),
    }];
    hall.lanes = vec![LaneProfile {
        id: lane_id("A"),
        name: bilingual("", ""),
        zone: "A".to_owned(),
        last_ticket: jiff::civil::time(16, 45, 0, 0),
        entrusted_by: Some(bilingual(
            "市住房公积金管理中心康巴什分中心",
            "Housing Provident Fund Management Centre",
        )),
    }];
    play.hall(hall);
    for lane in &mut play.board.lanes {
        lane.name = bilingual("住房公积金贷", "Social insurance, pensions");
        lane.waiting += 120;
    }
    let window = sign(&mut play);
    *window = BoardWindow {
        label: "综合112".to_owned(),
        name: bilingual("公安出入境与户政综合窗口", "Household and exit-entry services"),
        clerk_role: Some(StaffRole::Manager),
        ..window.clone()
    };
    call(&mut play, "WXYZ", 1_024);
    later(play)
}

fn lost(language: Language) -> View {
    let mut play = over(language);
    call(&mut play, "A", 23);
    update(&mut play.state, Msg::FeedLost, play.now);
    play.look(morning())
}
