//! The plan of the hall, with windows lit; in a hall without one the same
//! in words.

use queue_api::{LaneId, PlanRect};

use super::room::Room;
use super::{Pager, part};

use crate::format;
use crate::state::{Sought, State};
use crate::view::home::chunks;

/// Where a window is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PlanPage {
    /// Whether a lane may be chosen.
    pub choose: bool,
    /// The lanes of this page, where one may be chosen.
    pub lanes: Vec<PlanLane>,
    /// Which part of them.
    pub pager: Pager,
    /// `A01–A04`; empty while nothing is chosen.
    pub windows: String,
    /// Whether it is the one that called.
    pub called: bool,
    /// `等候区 A`, as it stands within a sentence.
    pub zone: String,
    /// Cells across and down; none in a hall without a plan.
    pub cells: (u16, u16),
    /// What is drawn.
    pub marks: Vec<PlanMark>,
}

/// A lane to choose.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PlanLane {
    /// `A`.
    pub id: LaneId,
    /// Its name.
    pub name: String,
    /// Whether its windows are lit.
    pub chosen: bool,
}

/// A rectangle of the plan.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PlanMark {
    /// What it is.
    pub kind: MarkKind,
    /// Its name; empty where the screen has a word for its kind.
    pub name: String,
    /// Where it is.
    pub at: PlanRect,
    /// Whether it is what is looked for.
    pub lit: bool,
}

/// What is drawn.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum MarkKind {
    /// A waiting area.
    Zone,
    /// A window.
    Window,
    /// Where one comes in.
    Entrance,
    /// The guide desk.
    Desk,
    /// A kiosk.
    Kiosk,
}

pub(super) fn plan(state: &State, sought: &Sought, at: usize) -> Option<PlanPage> {
    let profile = &state.hall.as_ref()?.profile;
    let lang = state.visit.lang;
    let of = sought.lane();
    let list = |it: &queue_api::LaneProfile| PlanLane {
        id: it.id.clone(),
        name: format!("{} {}", it.id, format::of(&it.name, lang)),
        chosen: Some(&it.id) == of,
    };
    let choose = !matches!(sought, Sought::Ticket { .. });
    let lanes: Vec<PlanLane> =
        if choose { profile.lanes.iter().map(list).collect() } else { Vec::new() };
    let (lanes, pager) = part(chunks(lanes, Room::of(state).lanes()), at);
    let window = match sought {
        Sought::Ticket { window: Some(id), .. } => profile.windows.iter().find(|it| it.id == *id),
        _ => None,
    };
    let windows = match (window, of) {
        (Some(window), _) => window.label.clone(),
        (None, Some(id)) => format::windows(profile, id, lang),
        (None, None) => String::new(),
    };
    let shown: Vec<&str> = match (window, of) {
        (Some(window), _) => vec![&window.label],
        (None, Some(id)) => {
            format::windows_of(profile, id).into_iter().map(|it| it.label.as_str()).collect()
        }
        (None, None) => Vec::new(),
    };
    let zone = of.and_then(|id| profile.lanes.iter().find(|it| it.id == *id));
    let mut marks = Vec::new();
    if let Some(plan) = &profile.plan {
        let mut mark = |kind, name: &str, at, lit| {
            marks.push(PlanMark { kind, name: name.to_owned(), at, lit });
        };
        for it in &plan.zones {
            let known = profile.zones.iter().find(|zone| zone.id == it.name);
            let name = known.map_or(it.name.as_str(), |zone| format::of(&zone.name, lang));
            mark(MarkKind::Zone, name, it.at, zone.is_some_and(|lane| lane.zone == it.name));
        }
        for it in &plan.windows {
            mark(MarkKind::Window, &it.name, it.at, shown.contains(&it.name.as_str()));
        }
        mark(MarkKind::Entrance, "", plan.entrance, false);
        plan.desk.iter().for_each(|at| mark(MarkKind::Desk, "", *at, false));
        plan.kiosks.iter().for_each(|at| mark(MarkKind::Kiosk, "", *at, false));
    }
    Some(PlanPage {
        choose,
        lanes,
        pager,
        windows,
        called: window.is_some(),
        zone: of.map_or_else(String::new, |it| format::within(format::zone(profile, it, lang))),
        cells: profile.plan.as_ref().map_or((0, 0), |it| (it.width, it.height)),
        marks,
    })
}
