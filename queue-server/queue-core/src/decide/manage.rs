//! What the hall's manager does: ends a day or takes that back, stops
//! numbers, gives windows other lanes, posts lines, files stand-ins.

use jiff::Timestamp;
use jiff::civil::Date;

use super::end_of_day;
use crate::command::{Manage, NoticeRequest, StandInRequest};
use crate::event::Event;
use crate::hall::Hall;
use crate::ids::{LaneId, WindowId};
use crate::manage::{NOTICES_MAX, Notice, NoticeId, STAND_INS_MAX, StandIn, StandInId};
use crate::rejection::Rejection;

/// A line on a board is read in passing.
const NOTICE_CHARS_MAX: usize = 120;

/// A stand-in for longer than a year is no stand-in.
const STAND_IN_DAYS_MAX: i32 = 366;

pub(super) fn manage(hall: &Hall, act: &Manage, now: Timestamp) -> Result<Vec<Event>, Rejection> {
    match act {
        Manage::CloseDay => close_day(hall),
        Manage::ReopenDay => reopen_day(hall, now),
        Manage::StopNumbers { lanes } => {
            let lanes = known_lanes(hall, lanes)?;
            let lanes = only(lanes, |it| !hall.is_stopped(it))?;
            Ok(vec![Event::NumbersStopped { lanes }])
        }
        Manage::ResumeNumbers { lanes } => {
            let lanes = only(known_lanes(hall, lanes)?, |it| hall.is_stopped(it))?;
            Ok(vec![Event::NumbersResumed { lanes }])
        }
        Manage::AssignWindow { window, lanes, helps } => assign(hall, *window, lanes, helps),
        Manage::PostNotice(request) => post(hall, request, now),
        Manage::RemoveNotice { notice } => remove(hall, *notice),
        Manage::FileStandIn(request) => file(hall, request, now),
        Manage::WithdrawStandIn { stand_in } => withdraw(hall, *stand_in),
    }
}

/// Who is still in the hall's books leaves them, as when a new day begins.
fn close_day(hall: &Hall) -> Result<Vec<Event>, Rejection> {
    let day = hall.day().ok_or(Rejection::DayNotOpen)?;
    let mut events = end_of_day(hall, tomorrow(day));
    events.push(Event::DayClosed { day });
    Ok(events)
}

/// Numbers go on where they stood; whoever was sent away stays so, and
/// has a return pass if the hall gives them.
fn reopen_day(hall: &Hall, now: Timestamp) -> Result<Vec<Event>, Rejection> {
    if hall.day().is_some() {
        return Err(Rejection::DayAlreadyOpen);
    }
    let today = hall.rules().zone.to_datetime(now).date();
    let day = hall.latest_day().filter(|it| *it == today).ok_or(Rejection::DayNotOpen)?;
    Ok(vec![Event::DayReopened { day }])
}

fn known_lanes(hall: &Hall, lanes: &[LaneId]) -> Result<Vec<LaneId>, Rejection> {
    if hall.day().is_none() {
        return Err(Rejection::DayNotOpen);
    }
    let mut known: Vec<LaneId> = Vec::new();
    for lane in lanes {
        if !hall.rules().lanes.contains_key(lane) {
            return Err(Rejection::UnknownLane(lane.clone()));
        }
        if !known.contains(lane) {
            known.push(lane.clone());
        }
    }
    Ok(known)
}

/// Those that it changes anything for.
fn only(lanes: Vec<LaneId>, changes: impl Fn(&LaneId) -> bool) -> Result<Vec<LaneId>, Rejection> {
    let lanes: Vec<LaneId> = lanes.into_iter().filter(changes).collect();
    if lanes.is_empty() { Err(Rejection::NothingToChange) } else { Ok(lanes) }
}

fn assign(
    hall: &Hall,
    window: WindowId,
    lanes: &[LaneId],
    helps: &[LaneId],
) -> Result<Vec<Event>, Rejection> {
    let now = hall.rules().windows.get(&window).ok_or(Rejection::UnknownWindow(window))?;
    let lanes = known_lanes(hall, lanes)?;
    let mut helps = known_lanes(hall, helps)?;
    helps.retain(|it| !lanes.contains(it));
    if lanes.is_empty() || (now.lanes == lanes && now.helps == helps) {
        return Err(Rejection::NothingToChange);
    }
    Ok(vec![Event::WindowAssigned { window, lanes, helps }])
}

fn post(hall: &Hall, request: &NoticeRequest, now: Timestamp) -> Result<Vec<Event>, Rejection> {
    let NoticeRequest { zh, en, zone, from, until } = request;
    let [zh, en] = [zh, en].map(|it| it.trim().to_owned());
    let readable = |it: &String| !it.is_empty() && it.chars().count() <= NOTICE_CHARS_MAX;
    let from = from.unwrap_or(now).max(now);
    if ![&zh, &en].into_iter().all(readable) || until.is_some_and(|it| it <= from) {
        return Err(Rejection::NoticeUnfit { chars_max: NOTICE_CHARS_MAX });
    }
    if hall.notices().filter(|it| !it.is_over(now)).count() >= NOTICES_MAX {
        return Err(Rejection::NoticesFull { notices_max: NOTICES_MAX });
    }
    let id = hall.office().next_notice();
    let notice = Notice { id, zh, en, zone: zone.clone(), from, until: *until };
    Ok(vec![Event::NoticePosted { notice }])
}

fn remove(hall: &Hall, notice: NoticeId) -> Result<Vec<Event>, Rejection> {
    hall.office().notice(notice).ok_or(Rejection::UnknownNotice(notice))?;
    Ok(vec![Event::NoticeRemoved { notice }])
}

fn file(hall: &Hall, request: &StandInRequest, now: Timestamp) -> Result<Vec<Event>, Rejection> {
    let StandInRequest { window, staff, from, to } = request;
    let (window, from, to) = (*window, *from, *to);
    if !hall.rules().windows.contains_key(&window) {
        return Err(Rejection::UnknownWindow(window));
    }
    let today = hall.rules().zone.to_datetime(now).date();
    let days = from.until(to).map_or(-1, |it| it.get_days());
    if to < today || !(0..STAND_IN_DAYS_MAX).contains(&days) {
        return Err(Rejection::StandInUnfit { days_max: STAND_IN_DAYS_MAX });
    }
    let clashes = |it: &&StandIn| {
        let both = it.from <= to && from <= it.to;
        both && (it.window == window || it.staff == *staff)
    };
    if let Some(other) = hall.stand_ins().find(clashes) {
        return Err(Rejection::StandInClash(other.id));
    }
    if hall.stand_ins().count() >= STAND_INS_MAX {
        return Err(Rejection::StandInUnfit { days_max: STAND_IN_DAYS_MAX });
    }
    let id = hall.office().next_stand_in();
    let stand_in = StandIn { id, window, staff: staff.clone(), from, to, filed: today };
    Ok(vec![Event::StandInFiled { stand_in }])
}

fn withdraw(hall: &Hall, stand_in: StandInId) -> Result<Vec<Event>, Rejection> {
    hall.office().stand_in(stand_in).ok_or(Rejection::UnknownStandIn(stand_in))?;
    Ok(vec![Event::StandInWithdrawn { stand_in }])
}

fn tomorrow(day: Date) -> Date {
    day.tomorrow().unwrap_or(day)
}
