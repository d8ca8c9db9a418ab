//! The identity card that a hall may ask for before it gives a number, so
//! that nobody has two for one matter. What the reader gives is a hash;
//! it goes into the request for the number and nowhere else.

use queue_api::CommandId;

use super::errand;
use crate::card::{CardHeard, Stage};
use crate::state::{Errand, Page, Progress, State};
use crate::{Effect, Msg};

/// The server is not asked more often for the key, seconds.
const ASK_EVERY_S: i64 = 60;

/// Whether the visitor is asked for a card before this number.
pub(super) fn is_wanted(state: &State) -> bool {
    let Some(identity) = state.hall.as_ref().and_then(|it| it.profile.identity) else {
        return false;
    };
    let Some(errand) = &state.visit.errand else { return false };
    let unasked = errand.claim.is_none() && errand.holder.is_none() && !errand.without_card;
    // Without a reader nobody is asked, unless there is no other way.
    unasked && (can_read(state) || identity.required)
}

/// Whether there is a reader, and the key of today.
fn can_read(state: &State) -> bool {
    let today = state.hall.as_ref().map(|it| it.civil(state.now).date());
    state.cards.reader && today.is_some() && state.cards.key_day == today
}

/// Whether one may go on without a card.
pub(crate) fn may_skip(state: &State) -> bool {
    let identity = state.hall.as_ref().and_then(|it| it.profile.identity);
    identity.is_none_or(|it| !it.required)
}

/// Asks the visitor for a card.
pub(super) fn ask(state: &mut State) -> Vec<Effect> {
    let first = if can_read(state) { Stage::Waits } else { Stage::Away };
    let progress = Progress::Card { stage: first, since: state.now };
    if let Some(errand) = &mut state.visit.errand {
        errand.progress = progress;
    }
    Vec::new()
}

/// The press for which the reader is to read, if it is.
pub(super) fn reads_for(state: &State) -> Option<CommandId> {
    match &state.visit.errand {
        Some(Errand { progress: Progress::Card { .. }, command_id, .. })
            if state.visit.page == Page::Errand && can_read(state) =>
        {
            Some(command_id.clone())
        }
        _ => None,
    }
}

/// The reader reads while somebody is asked, and no longer.
pub(super) fn follow(state: &State, before: Option<&CommandId>) -> Option<Effect> {
    match reads_for(state) {
        now if now.as_ref() == before => None,
        Some(press) => Some(Effect::ReadCard { press }),
        None => Some(Effect::LetCardGo),
    }
}

/// The reader or the server says something.
pub(super) fn news(state: &mut State, msg: Msg) -> Vec<Effect> {
    match msg {
        Msg::CardReaderKnown => state.cards.reader = true,
        Msg::IdentityKeyArrived { day } => state.cards.key_day = Some(day),
        Msg::Card { press, heard: says } => return heard(state, &press, says),
        _ => {}
    }
    Vec::new()
}

/// The reader says something of the card.
fn heard(state: &mut State, press: &CommandId, heard: CardHeard) -> Vec<Effect> {
    if reads_for(state).as_ref() != Some(press) {
        return Vec::new();
    }
    let now = state.now;
    let Some(errand) = &mut state.visit.errand else { return Vec::new() };
    let next = match heard {
        CardHeard::Waits => Stage::Waits,
        CardHeard::Seen => Stage::Seen,
        CardHeard::Unreadable => Stage::Unreadable,
        CardHeard::Away => Stage::Away,
        CardHeard::Read(holder) => {
            errand.holder = Some(holder);
            state.visit.touched_at = now;
            return errand::begin(state);
        }
    };
    errand.progress = Progress::Card { stage: next, since: now };
    if matches!(next, Stage::Seen | Stage::Unreadable) {
        state.visit.touched_at = now;
    }
    Vec::new()
}

/// The visitor shows no card.
pub(super) fn go_without(state: &mut State) -> Vec<Effect> {
    let asked = matches!(&state.visit.errand, Some(Errand { progress: Progress::Card { .. }, .. }));
    if !asked || !may_skip(state) {
        return Vec::new();
    }
    if let Some(errand) = &mut state.visit.errand {
        errand.without_card = true;
    }
    errand::begin(state)
}

/// The key of today, if it is wanted and not here.
pub(super) fn key_wanted(state: &mut State) -> Option<Effect> {
    let asks = state.hall.as_ref().is_some_and(|it| it.profile.identity.is_some());
    let day = state.queue.day.filter(|_| state.queue.connected)?;
    let asked = state.cards.asked_at;
    let lately = asked.is_some_and(|at| state.now.duration_since(at).as_secs().abs() < ASK_EVERY_S);
    if !asks || !state.cards.reader || state.cards.key_day == Some(day) || lately {
        return None;
    }
    state.cards.asked_at = Some(state.now);
    Some(Effect::FetchIdentityKey)
}

/// The key goes with its day.
pub(super) fn forget_key(state: &mut State) -> Option<Effect> {
    let today = state.hall.as_ref()?.civil(state.now).date();
    let over = state.cards.key_day.is_some_and(|day| day < today);
    over.then(|| {
        state.cards.key_day = None;
        Effect::ForgetIdentityKey
    })
}
