//! Where a visitor stands, for whoever holds the paper: today, and after
//! a service for as long as it may be rated.

use jiff::{SignedDuration, Timestamp};
use queue_api::{
    Bilingual, EstimateMinutes, HallProfile, LaneId, ServiceView, TicketState, TicketView,
};
use queue_core::{Hall, Served, Ticket, rated_until};

use super::minutes;
use crate::profile::HallFiles;

/// The ticket whose paper bears this secret; none if no paper does that
/// the hall still knows.
pub fn status(hall: &Hall, files: &HallFiles, token: &str, now: Timestamp) -> Option<TicketView> {
    let served = hall.served_by_token(token).map(|(_, it)| it);
    let may_be_rated = |it: &&Served| {
        hall.latest_day().is_some_and(|today| today <= rated_until(hall.rules(), it.day))
    };
    let rated = served.filter(may_be_rated);
    let services = rated.map_or_else(Vec::new, |it| services(files, it));
    match hall.ticket_by_token(token) {
        Some(ticket) => Some(of_today(hall, &files.profile, ticket, services, now)),
        None => rated.map(|it| of_a_day_before(hall, &files.profile, it, services)),
    }
}

fn of_today(
    hall: &Hall,
    profile: &HallProfile,
    ticket: &Ticket,
    services: Vec<ServiceView>,
    now: Timestamp,
) -> TicketView {
    let window = profile.windows.iter().find(|it| Some(it.id) == ticket.window);
    let awaited = profile.windows.iter().find(|it| Some(it.id) == ticket.for_window);
    let waits = ticket.state == TicketState::Waiting;
    let windows = match awaited {
        Some(window) => window.label.clone(),
        None => windows(profile, &ticket.lane),
    };
    TicketView {
        seq: hall.seq(),
        number: ticket.number.clone(),
        lane_name: lane_name(profile, &ticket.lane),
        state: ticket.state,
        ahead: queue_core::ahead(hall, ticket, now),
        estimate_minutes: minutes(queue_core::estimate_ticket(hall, ticket, now)),
        window_label: window.map(|it| it.label.clone()),
        zone: zone(profile, &ticket.lane),
        windows: if waits { windows } else { String::new() },
        calls: ticket.calls,
        rejoin_until: rejoin_until(hall, ticket),
        services,
    }
}

fn of_a_day_before(
    hall: &Hall,
    profile: &HallProfile,
    served: &Served,
    services: Vec<ServiceView>,
) -> TicketView {
    TicketView {
        seq: hall.seq(),
        number: served.number.clone(),
        lane_name: lane_name(profile, &served.lane),
        state: TicketState::Finished,
        ahead: 0,
        estimate_minutes: EstimateMinutes { low: 0, high: 0 },
        window_label: None,
        zone: zone(profile, &served.lane),
        windows: String::new(),
        calls: 0,
        rejoin_until: None,
        services,
    }
}

fn services(files: &HallFiles, served: &Served) -> Vec<ServiceView> {
    let name = |id: &String| {
        files
            .catalogue
            .matter(id)
            .map(|it| Bilingual { zh: it.short.zh.clone(), en: it.short.en.clone() })
    };
    let services = (1..).zip(&served.services).map(|(service, it)| ServiceView {
        service,
        matter_name: it.matter.as_ref().and_then(name),
        rated: it.rated,
    });
    services.collect()
}

/// The place of a visitor who did not come is kept once, for a while.
pub(super) fn rejoin_until(hall: &Hall, ticket: &Ticket) -> Option<Timestamp> {
    let kept = SignedDuration::from_mins(i64::from(hall.rules().reinstate.within_minutes));
    let may = ticket.state == TicketState::NoShow && !ticket.reinstated;
    ticket.finished_at.filter(|_| may)?.saturating_add(kept).ok()
}

fn lane_name(profile: &HallProfile, id: &LaneId) -> Bilingual {
    let lane = profile.lanes.iter().find(|it| it.id == *id);
    let letters = || Bilingual { zh: id.to_string(), en: id.to_string() };
    lane.map_or_else(letters, |it| it.name.clone())
}

fn zone(profile: &HallProfile, id: &LaneId) -> String {
    profile.lanes.iter().find(|it| it.id == *id).map_or_else(String::new, |it| it.zone.clone())
}

/// The windows that serve a lane where its visitors wait, neighbours on
/// the wall together: `A01–A04`, `A01 A03`.
fn windows(profile: &HallProfile, id: &LaneId) -> String {
    let zone = zone(profile, id);
    let serving = profile.windows.iter().filter(|it| it.lanes.contains(id));
    let (near, far): (Vec<_>, Vec<_>) = serving.partition(|it| it.zone == zone);
    let mut runs: Vec<(u16, &str, &str)> = Vec::new();
    for window in if near.is_empty() { far } else { near } {
        match runs.last_mut() {
            Some((last, _, to)) if *last + 1 == window.id.0 => {
                (*last, *to) = (window.id.0, &window.label);
            }
            _ => runs.push((window.id.0, &window.label, &window.label)),
        }
    }
    let words = runs
        .iter()
        .map(|(_, from, to)| if from == to { (*from).to_owned() } else { format!("{from}–{to}") });
    words.collect::<Vec<_>>().join(" ")
}
