//! The scenes before and after the hall's day: each page that takes its
//! turn then.

use board_core::{IDLE_SECS, IdlePage, Language, View};
use jiff::SignedDuration;
use queue_api::{BoardNotice, HallProfile, PlanPlace, PlanProfile, PlanRect, ZoneProfile};

use super::{Play, bilingual, morning};

/// Turns after which every page had one.
const TURNS_MAX: i64 = 8;

pub(super) fn hours(language: Language) -> View {
    page(language, &[], |it| matches!(it, IdlePage::Hours { .. }))
}

pub(super) fn guide(language: Language) -> View {
    page(language, &[], |it| matches!(it, IdlePage::Guide))
}

pub(super) fn notice(language: Language) -> View {
    let posted = (
        "周三下午 3 号窗口停电检修，请到 5 号窗口。",
        "Window 3 is closed on Wednesday afternoon: please go to window 5.",
    );
    page(language, &[posted], |it| matches!(it, IdlePage::Notice(_)))
}

/// As long as a notice may be.
pub(super) fn long_notice(language: Language) -> View {
    let zh = "因系统升级，本周六上午不动产登记、税务窗口暂停办理，其他窗口照常。\
              已经预约的，请改到下周一上午来，号码为您保留，不用重新预约。\
              急需用证的，请到咨询台登记，我们当天下午四点前给您回电话，说明到哪个窗口来取。";
    let en = "Real estate and tax are closed on Saturday. Booked visits move to Monday. \
              In a hurry? Ask at the guide desk.";
    page(language, &[(zh, en)], |it| matches!(it, IdlePage::Notice(_)))
}

pub(super) fn plan(language: Language) -> View {
    page(language, &[], |it| matches!(it, IdlePage::Plan(_)))
}

/// What hangs in the hall when that page has its turn.
fn page(language: Language, posted: &[(&str, &str)], is_it: fn(&IdlePage) -> bool) -> View {
    let mut play = Play::new(language);
    play.hall(hall());
    for (id, (zh, en)) in (1..).zip(posted) {
        let text = bilingual(zh, en);
        play.board.notices.push(BoardNotice { id, text, zone: None, from: morning(), until: None });
    }
    play.close();
    let turns = (0..TURNS_MAX).map(|turn| play.now + SignedDuration::from_secs(turn * IDLE_SECS));
    let at = turns.into_iter().find(|at| {
        let mut play = play.clone();
        play.hear(*at);
        play.look(*at).idle.as_ref().is_some_and(is_it)
    });
    let at = at.expect("every page has its turn");
    play.hear(at);
    play.look(at)
}

fn hall() -> HallProfile {
    HallProfile {
        address: bilingual("示范区人民路 88 号", "88 Renmin Road, Demo District"),
        phone: "0477-8850000".to_owned(),
        zones: vec![
            ZoneProfile { id: "A".to_owned(), name: bilingual("等候区 A", "Waiting area A") },
            ZoneProfile { id: "B".to_owned(), name: bilingual("等候区 B", "Waiting area B") },
        ],
        plan: Some(from_above()),
        ..super::hall()
    }
}

/// The demo hall's plan.
fn from_above() -> PlanProfile {
    let at = |(x, y, width, height)| PlanRect { x, y, width, height };
    let window = |nth: u16| {
        let label = format!("{}0{}", if nth < 4 { "A" } else { "B" }, nth % 4 + 1);
        PlanPlace { name: label, at: at((3 * nth, 0, 3, 2)) }
    };
    let zone = |id: &str, it| PlanPlace { name: id.to_owned(), at: at(it) };
    PlanProfile {
        width: 24,
        height: 14,
        entrance: at((10, 12, 4, 2)),
        desk: Some(at((9, 9, 6, 2))),
        kiosks: vec![at((5, 12, 3, 2)), at((16, 12, 3, 2))],
        zones: vec![zone("A", (1, 3, 10, 5)), zone("B", (13, 3, 10, 5))],
        windows: (0..8).map(window).collect(),
    }
}
