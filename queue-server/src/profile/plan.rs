//! `[plan]` of `hall.toml`: where everything stands in the hall, for the
//! kiosks' plan with a window lit. A hall without it has none.

use std::collections::BTreeMap;

use catalogue::Document;
use queue_api::{PlanPlace, PlanProfile, PlanRect};
use serde::Deserialize;

use super::hall::HallFile;

/// Cells on a side: fewer are no plan, more cannot be told apart.
const SIDE: std::ops::RangeInclusive<u16> = 4..=60;

/// `[x, y, width, height]` in cells, from the upper left corner.
type Cells = [u16; 4];

/// The part of the file.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct PlanEntry {
    width: u16,
    height: u16,
    entrance: Cells,
    #[serde(default)]
    desk: Option<Cells>,
    #[serde(default)]
    kiosks: Vec<Cells>,
    #[serde(default)]
    zones: BTreeMap<String, Cells>,
    windows: BTreeMap<String, Cells>,
}

/// Checks what the file says of the plan.
pub(super) fn check(document: &mut Document<'_>, plan: &PlanEntry, file: &HallFile) {
    for (key, side) in [("width", plan.width), ("height", plan.height)] {
        if !SIDE.contains(&side) {
            let message = format!("{side} is not between {} and {}", SIDE.start(), SIDE.end());
            document.fault(&format!("plan.{key}"), message);
        }
    }
    let single =
        [("entrance".to_owned(), Some(&plan.entrance)), ("desk".to_owned(), plan.desk.as_ref())];
    let kiosks = plan.kiosks.iter().enumerate().map(|(at, it)| (format!("kiosks.{at}"), Some(it)));
    let zones = plan.zones.iter().map(|(id, it)| (format!("zones.{id}"), Some(it)));
    let windows = plan.windows.iter().map(|(label, it)| (format!("windows.{label}"), Some(it)));
    for (part, cells) in single.into_iter().chain(kiosks).chain(zones).chain(windows) {
        if cells.is_some_and(|it| !is_within(*it, plan)) {
            let message = format!("is not within {} by {} cells", plan.width, plan.height);
            document.fault(&format!("plan.{part}"), message);
        }
    }
    for zone in plan.zones.keys().filter(|id| !file.has_zone(id)) {
        document.fault(&format!("plan.zones.{zone}"), format!("the hall has no zone `{zone}`"));
    }
    let labels: Vec<&str> = file.window_labels().collect();
    for label in plan.windows.keys().filter(|it| !labels.contains(&it.as_str())) {
        document
            .fault(&format!("plan.windows.{label}"), format!("the hall has no window `{label}`"));
    }
    for label in labels.iter().filter(|it| !plan.windows.contains_key(**it)) {
        document.fault("plan.windows", format!("window `{label}` is not on the plan"));
    }
    let mut before: Vec<(&String, &Cells)> = Vec::new();
    for (label, cells) in &plan.windows {
        if let Some((other, _)) = before.iter().find(|(_, it)| meet(**it, *cells)) {
            let message = format!("windows `{other}` and `{label}` overlap");
            document.fault(&format!("plan.windows.{label}"), message);
        }
        before.push((label, cells));
    }
}

fn is_within([x, y, width, height]: Cells, plan: &PlanEntry) -> bool {
    let ends = |from: u16, side: u16, of: u16| {
        side > 0 && from.checked_add(side).is_some_and(|it| it <= of)
    };
    ends(x, width, plan.width) && ends(y, height, plan.height)
}

fn meet(a: Cells, b: Cells) -> bool {
    let across = u32::from(a[0]) < u32::from(b[0]) + u32::from(b[2])
        && u32::from(b[0]) < u32::from(a[0]) + u32::from(a[2]);
    let down = u32::from(a[1]) < u32::from(b[1]) + u32::from(b[3])
        && u32::from(b[1]) < u32::from(a[1]) + u32::from(a[3]);
    across && down
}

/// The plan as screens get it.
pub(super) fn profile(plan: PlanEntry) -> PlanProfile {
    let rect = |[x, y, width, height]: Cells| PlanRect { x, y, width, height };
    let places = |all: BTreeMap<String, Cells>| {
        all.into_iter().map(|(name, it)| PlanPlace { name, at: rect(it) }).collect()
    };
    PlanProfile {
        width: plan.width,
        height: plan.height,
        entrance: rect(plan.entrance),
        desk: plan.desk.map(rect),
        kiosks: plan.kiosks.into_iter().map(rect).collect(),
        zones: places(plan.zones),
        windows: places(plan.windows),
    }
}
