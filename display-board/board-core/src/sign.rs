//! The board over one window: what the window is, and whose turn it is.

use jiff::Timestamp;
use queue_api::{BoardView, BoardWindow, LaneView, StaffRole, TicketNumber, WindowState};
use voice::Language;

use crate::lanes::{LaneRow, busiest_of};
use crate::state::State;
use crate::view::{hours_minutes, in_language, is_after_day};

/// Lanes that a board over a window has room for.
pub const SIGN_LANE_ROWS: usize = 4;

/// What the board over a window shows.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Sign {
    /// What is painted over the window.
    pub label: String,
    /// What the window is, in the board's language …
    pub name: String,
    /// … and in the other one.
    pub other_name: String,
    /// What is done there, if its name does not say so.
    pub services: Vec<String>,
    /// In whose names it accepts, where those are other authorities
    /// (委托受理), each once.
    pub entrusted_by: Vec<String>,
    /// Who serves (工号), and what they are.
    pub clerk: Option<(String, Option<StaffRole>)>,
    /// Whose turn it is.
    pub turn: Turn,
    /// Its lanes, the busiest, by letter.
    pub lanes: Vec<LaneRow>,
}

/// What a window is doing.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Turn {
    /// This visitor is to come (请到本窗口).
    Come {
        /// Who.
        number: TicketNumber,
        /// Plate and number have their colours swapped: a new call blinks.
        swapped: bool,
    },
    /// This visitor is being served (正在办理).
    Serving(TicketNumber),
    /// The next call is to come (请等候叫号).
    Wait,
    /// Paused (暂停服务).
    Paused {
        /// `13:30`, when the clerk means to be back, if that is to come.
        until: Option<String>,
    },
    /// Nobody sits there now (暂未开窗).
    NotOpen,
    /// The hall's day is over (今日办结).
    DayOver,
}

/// What hangs over the window of `board` shows, if it is a window's.
pub(crate) fn sign(state: &State, board: &BoardView, now: Timestamp) -> Option<Sign> {
    let window = board.window.as_ref()?;
    let language = state.settings.language;
    let name = in_language(&window.name, language).to_owned();
    let services: Vec<String> =
        board.lanes.iter().map(|it| in_language(&it.name, language).to_owned()).collect();
    Some(Sign {
        label: window.label.clone(),
        other_name: in_language(&window.name, other(language)).to_owned(),
        services: if services == [name.clone()] { Vec::new() } else { services },
        name,
        entrusted_by: entrusted_by(state, board),
        clerk: window.clerk.as_ref().map(|it| (it.to_string(), window.clerk_role)),
        turn: turn(state, board, window, now),
        lanes: busiest_of(&board.lanes, SIGN_LANE_ROWS, language),
    })
}

fn other(language: Language) -> Language {
    match language {
        Language::Zh => Language::En,
        Language::En => Language::Zh,
    }
}

fn entrusted_by(state: &State, board: &BoardView) -> Vec<String> {
    let served = |it: &LaneView| {
        let lanes = state.hall.iter().flat_map(|it| &it.lanes);
        let mut lanes = lanes.filter(|lane| lane.id == it.id);
        lanes.find_map(|it| it.entrusted_by.as_ref())
    };
    let mut names: Vec<String> = Vec::new();
    for by in board.lanes.iter().filter_map(served) {
        let name = in_language(by, state.settings.language);
        if !names.iter().any(|it| it == name) {
            names.push(name.to_owned());
        }
    }
    names
}

fn turn(state: &State, board: &BoardView, window: &BoardWindow, now: Timestamp) -> Turn {
    if let Some(number) = &window.number {
        if window.arrived {
            return Turn::Serving(number.clone());
        }
        let call = state.calls.newest.as_ref().filter(|it| it.call.number == *number);
        let swapped = call.is_some_and(|it| it.swapped(now));
        return Turn::Come { number: number.clone(), swapped };
    }
    match window.state {
        WindowState::Open => Turn::Wait,
        WindowState::Paused => {
            let until = window.pause_until.filter(|it| *it > now);
            Turn::Paused {
                until: until.map(|it| hours_minutes(&it.to_zoned(state.time_zone.clone()))),
            }
        }
        WindowState::Closed if board.business_day.is_none() && is_after_day(state, now) => {
            Turn::DayOver
        }
        WindowState::Closed => Turn::NotOpen,
    }
}

#[cfg(test)]
mod tests;
