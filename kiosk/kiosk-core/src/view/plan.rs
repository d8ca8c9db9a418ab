//! The plan of the hall, with windows lit; in a hall without one the same
//! in words.

use queue_api::{LaneId, MarkKind, PlanProfile, PlanRect};

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
    for (kind, name, at) in profile.plan.iter().flat_map(PlanProfile::marks) {
        let known = profile.zones.iter().find(|it| kind == MarkKind::Zone && it.id == name);
        let is_sought = match kind {
            MarkKind::Zone => zone.is_some_and(|lane| lane.zone == name),
            MarkKind::Window => shown.contains(&name),
            MarkKind::Entrance | MarkKind::Desk | MarkKind::Kiosk => false,
        };
        let name = known.map_or(name, |it| format::of(&it.name, lang)).to_owned();
        marks.push(PlanMark { kind, name, at, lit: is_sought });
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
