//! Home, and the ways from it to a matter.

use catalogue::{Catalogue, Matter, Shelf};
use queue_api::{LaneId, LaneView};

use super::outcome::trouble;
use super::room::Room;
use super::{
    FindPage, HomePage, LaneRow, MatterButton, SearchPage, ShelfPage, TopicButton, TopicPage, part,
};
use crate::format::{self, of};
use crate::measure::{Type, width};
use crate::state::{Queue, State};

/// Rows of the lane table.
const LANES_MAX: usize = 12;

/// Matters on the page of the most used ones.
const MOST_USED_MAX: usize = 10;

/// Inner width of a list button and the types of its two words, px.
const LIST_BUTTON: usize = 420;
const NAME: Type = Type::bold(40);
const TAG: Type = Type::regular(28);

/// Between the two words of a list button, px.
const LIST_GAP: usize = 16;

pub(super) fn home(state: &State) -> Option<HomePage> {
    let hall = state.hall.as_ref()?;
    let queue = &state.queue;
    let last_ticket = hall.profile.lanes.iter().map(|lane| lane.last_ticket).max();
    let row = |lane: &LaneView| {
        let name = match hall.profile.lanes.iter().find(|it| it.id == lane.id) {
            Some(profile) => of(&profile.name, state.visit.lang),
            None => of(&lane.name, state.visit.lang),
        };
        LaneRow {
            letter: lane.id.to_string(),
            name: name.to_owned(),
            people: if lane.waiting == 0 {
                String::new()
            } else {
                format::people(lane.waiting, state.visit.lang)
            },
            wait: if lane.served {
                format::short_wait(lane.estimate_minutes, state.visit.lang)
            } else {
                String::new()
            },
            served: lane.served,
        }
    };
    Some(HomePage {
        lanes: shown(queue).into_iter().map(row).collect(),
        waiting: queue.waiting,
        last_ticket: last_ticket
            .map(|it| format!("{:02}:{:02}", it.hour(), it.minute()))
            .unwrap_or_default(),
        connected: queue.connected,
        numbers: queue.gives_numbers(),
        own_numbers: !queue.connected && state.has_own_numbers(),
        trouble: trouble(state),
        asks_card: hall.profile.identity.is_some(),
    })
}

/// The lanes of the table by id: all of them, or where there are too many
/// those that most people wait in.
fn shown(queue: &Queue) -> Vec<&LaneView> {
    if !queue.connected {
        return Vec::new();
    }
    let mut lanes: Vec<&LaneView> = queue.lanes.iter().collect();
    lanes.sort_by_key(|lane| std::cmp::Reverse(lane.waiting));
    lanes.truncate(LANES_MAX);
    lanes.sort_by(|a, b| a.id.cmp(&b.id));
    lanes
}

pub(super) fn find(state: &State, at: usize) -> Option<FindPage> {
    let catalogue = state.catalogue.as_ref()?;
    let most_used = chunks(most_used(state, catalogue), Room::of(state).most_used());
    let (most_used, pager) = part(most_used, at);
    Some(FindPage {
        another: !state.visit.also.is_empty(),
        most_used: buttons(state, most_used),
        pager,
    })
}

pub(super) fn search(state: &State, typed: &str, at: usize) -> Option<SearchPage> {
    let catalogue = state.catalogue.as_ref()?;
    let found = if typed.trim().is_empty() {
        most_used(state, catalogue)
    } else {
        catalogue.find(typed, chosen(state))
    };
    let (found, pager) = part(chunks(found, Room::of(state).found()), at);
    Some(SearchPage { typed: typed.to_owned(), found: buttons(state, found), pager })
}

pub(super) fn shelf(state: &State, shelf: Shelf, at: usize) -> Option<ShelfPage> {
    let catalogue = state.catalogue.as_ref()?;
    let topics = chunks(catalogue.topics(shelf), Room::of(state).topics());
    let (topics, pager) = part(topics, at);
    let lang = state.visit.lang;
    let button =
        |it: catalogue::Topic| TopicButton { name: it.name.get(lang).to_owned(), id: it.id };
    Some(ShelfPage { shelf, topics: topics.into_iter().map(button).collect(), pager })
}

pub(super) fn topic(state: &State, shelf: Shelf, id: &str, at: usize) -> Option<TopicPage> {
    let catalogue = state.catalogue.as_ref()?;
    let lang = state.visit.lang;
    let topic = catalogue.topics(shelf).into_iter().find(|it| it.id == id)?;
    let (matters, pager) =
        part(chunks(catalogue.of_topic(shelf, id), Room::of(state).matters()), at);
    let button = |it: &Matter| MatterButton {
        id: it.id.clone(),
        name: it.name.get(lang).to_owned(),
        tag: String::new(),
    };
    let matters = matters.into_iter().map(button).collect();
    Some(TopicPage { name: topic.name.get(lang).to_owned(), matters, pager })
}

/// The hall's choice; the first of the catalogue where it made none.
fn most_used<'a>(state: &State, catalogue: &'a Catalogue) -> Vec<&'a Matter> {
    let chosen: Vec<&Matter> =
        chosen(state).iter().filter_map(|id| catalogue.matter(id)).take(MOST_USED_MAX).collect();
    if chosen.is_empty() { catalogue.matters.iter().take(MOST_USED_MAX).collect() } else { chosen }
}

/// The ids of the hall's choice.
fn chosen(state: &State) -> &[String] {
    state.hall.as_ref().map_or(&[], |hall| &hall.profile.most_used)
}

/// The buttons of a list: all with their lane's name, or none.
fn buttons(state: &State, matters: Vec<&Matter>) -> Vec<MatterButton> {
    let mut buttons: Vec<MatterButton> =
        matters.into_iter().map(|matter| matter_button(state, matter)).collect();
    if buttons.iter().any(|it| it.tag.is_empty()) {
        for button in &mut buttons {
            button.tag.clear();
        }
    }
    buttons
}

/// The button of a matter: its short name, and its lane where that fits.
pub(super) fn matter_button(state: &State, matter: &Matter) -> MatterButton {
    let lang = state.visit.lang;
    let name = matter.short.get(lang).to_owned();
    let id = matter.lane.parse::<LaneId>().ok();
    let hall = state.hall.as_ref().map(|hall| &hall.profile);
    let tag = id.zip(hall).map_or("", |(id, hall)| format::lane_name(hall, &id, lang));
    let fits = !state.visit.large && width(&name, NAME) + LIST_GAP + width(tag, TAG) <= LIST_BUTTON;
    MatterButton {
        id: matter.id.clone(),
        name,
        tag: if fits { tag.to_owned() } else { String::new() },
    }
}

pub(super) fn chunks<T>(items: Vec<T>, size: usize) -> Vec<Vec<T>> {
    let mut chunks: Vec<Vec<T>> = Vec::new();
    for item in items {
        match chunks.last_mut() {
            Some(chunk) if chunk.len() < size => chunk.push(item),
            _ => chunks.push(vec![item]),
        }
    }
    chunks
}
