//! Which windows serve which lanes, made once from the rules, so that a
//! forecast looks at no lane that cannot matter to it.

use std::collections::BTreeMap;

use crate::event::Line;
use crate::ids::{LaneId, WindowId};
use crate::rules::Rules;

/// The hall's lanes and windows by place in a list.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Reach {
    lanes: BTreeMap<LaneId, (usize, usize)>,
    windows: BTreeMap<WindowId, usize>,
    groups: Vec<Group>,
}

/// Lanes and windows that have to do with each other.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Group {
    /// The lanes, ready to be looked up.
    pub(super) lanes: Vec<(LaneId, Line)>,
    pub(super) windows: Vec<Serves>,
}

/// A window, with its lanes by their place in the group.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Serves {
    pub(super) id: WindowId,
    pub(super) line: Line,
    pub(super) own: Vec<usize>,
    pub(super) helps: Vec<usize>,
}

impl Reach {
    /// Finds who has to do with whom.
    pub(crate) fn of(rules: &Rules) -> Reach {
        let known = |it: &&LaneId| rules.lanes.contains_key(*it);
        // Each lane begins as a group of its own; every window joins the
        // groups of its lanes.
        let mut group: BTreeMap<&LaneId, usize> = rules.lanes.keys().zip(0..).collect();
        for window in rules.windows.values() {
            let all = || window.lanes.iter().chain(&window.helps).filter(known);
            let Some(first) = all().next().map(|it| group[it]) else { continue };
            let joined: Vec<usize> = all().map(|it| group[it]).collect();
            group.values_mut().filter(|it| joined.contains(it)).for_each(|it| *it = first);
        }
        let mut reach = Reach::default();
        let mut places = BTreeMap::new();
        for (lane, group) in &group {
            let at = *places.entry(*group).or_insert_with(|| {
                reach.groups.push(Group::default());
                reach.groups.len() - 1
            });
            let lanes = &mut reach.groups[at].lanes;
            reach.lanes.insert((*lane).clone(), (at, lanes.len()));
            lanes.push(((*lane).clone(), Line::Lane((*lane).clone())));
        }
        for (id, window) in &rules.windows {
            let places = |of: &[LaneId]| -> Vec<(usize, usize)> {
                of.iter().filter_map(|it| reach.lanes.get(it).copied()).collect()
            };
            let (own, helps) = (places(&window.lanes), places(&window.helps));
            let Some((at, _)) = own.iter().chain(&helps).next().copied() else { continue };
            let in_group = |of: Vec<(usize, usize)>| of.into_iter().map(|(_, it)| it).collect();
            let (own, helps) = (in_group(own), in_group(helps));
            let line = Line::Window(*id);
            reach.windows.insert(*id, at);
            reach.groups[at].windows.push(Serves { id: *id, line, own, helps });
        }
        reach
    }

    /// The group of a lane, and the lane's place in it.
    pub(super) fn of_lane(&self, lane: &LaneId) -> Option<(&Group, usize)> {
        let (group, at) = *self.lanes.get(lane)?;
        Some((&self.groups[group], at))
    }

    /// The group of a window.
    pub(super) fn of_window(&self, window: WindowId) -> Option<&Group> {
        Some(&self.groups[*self.windows.get(&window)?])
    }
}
