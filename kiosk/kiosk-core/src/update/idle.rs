//! Nobody touches the screen: first a question, then home.

use jiff::Timestamp;

use super::{go_home, staff};
use crate::Effect;
use crate::state::{ASK_S, IDLE_S, Page, State};

/// Time has passed.
pub(super) fn pass(state: &mut State, now: Timestamp) -> Vec<Effect> {
    if state.visit.is_waiting() {
        // The server is asked; the wait is not the visitor's.
        state.visit.touched_at = now;
        return Vec::new();
    }
    if staff::is_left_alone(state, now) {
        return go_home(state);
    }
    let left_alone = state.visit.untouched_s(now) >= IDLE_S + ASK_S;
    if left_alone && !state.visit.is_untouched() { go_home(state) } else { Vec::new() }
}

/// Seconds until the visit ends, once the question stands.
pub(crate) fn asking_s(state: &State) -> Option<i64> {
    let untouched_s = state.visit.untouched_s(state.now);
    let asks =
        !matches!(state.visit.page, Page::Home | Page::Staff(_)) && !state.visit.is_waiting();
    (asks && untouched_s >= IDLE_S).then(|| (IDLE_S + ASK_S - untouched_s).max(0))
}

/// Seconds until the question comes.
pub(crate) fn until_asked_s(state: &State) -> i64 {
    (IDLE_S - state.visit.untouched_s(state.now)).max(0)
}
