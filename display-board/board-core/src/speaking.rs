//! What waits to be spoken at a loudspeaker, and what is next.
//!
//! A call takes ten seconds and a window calls every few minutes, so in a
//! busy minute calls wait. The rules: one call waits for a window, the
//! newest; a call whose window stands idle because its visitor has not
//! heard it yet goes before one that was spoken already, and otherwise
//! the older first; what a visitor has followed, what was taken back, and
//! what is older than [`SPEAK_AGE_SECS_MAX`] is not spoken any more.
//! Nothing that is being spoken is cut off.

use std::collections::BTreeSet;

use jiff::Timestamp;
use queue_api::{
    BOARD_CALLS_MAX, BoardView, HallProfile, LoudspeakerReport, LoudspeakerState, TicketNumber,
    TicketState,
};

use crate::calls::{SPEAK_AGE_SECS_MAX, Shown};

/// A loudspeaker, as the hall hung it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LoudspeakerPlace {
    /// What staff call it.
    pub name: String,
    /// Ids of the zones whose windows' calls sound there; without any,
    /// all that the board shows.
    pub zones: Vec<String>,
}

/// How a call ended that was to be spoken.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Spoken {
    /// It was heard whole.
    Whole,
    /// The sound card failed before its end: it was not spoken.
    Broken,
    /// The voice pack lacks clips for it; it will not be tried again.
    Lacking,
}

/// One loudspeaker and its queue.
#[derive(Clone, Debug)]
pub(crate) struct Loudspeaker {
    place: LoudspeakerPlace,
    /// How it is and since when; none until it was heard of.
    state: Option<(LoudspeakerState, Timestamp)>,
    speaking: Option<Shown>,
    waiting: Vec<Shown>,
    /// Visitors who have heard their call, as far as the board still
    /// shows them.
    heard: BTreeSet<TicketNumber>,
}

impl Loudspeaker {
    pub(crate) fn new(place: LoudspeakerPlace) -> Loudspeaker {
        let heard = BTreeSet::new();
        Loudspeaker { place, state: None, speaking: None, waiting: Vec::new(), heard }
    }

    /// Another journal, another day: what waited belongs to the old one.
    pub(crate) fn begin_anew(&mut self) {
        self.waiting.clear();
        self.heard.clear();
    }

    /// Nothing is to be heard now.
    pub(crate) fn hush(&mut self) {
        self.waiting.clear();
    }

    /// Calls and recalls that are to be spoken, oldest first. A window
    /// and a visitor have one waiting call at most.
    pub(crate) fn admit(&mut self, calls: &[Shown]) {
        for call in calls {
            self.waiting.retain(|it| {
                it.call.window != call.call.window && it.call.number != call.call.number
            });
            self.waiting.push(call.clone());
        }
    }

    /// Drops what the newest view says is over.
    pub(crate) fn review(&mut self, board: &BoardView) {
        self.waiting.retain(|it| still_valid(it, board));
        self.heard.retain(|number| board.calls.iter().any(|it| it.number == *number));
    }

    /// Drops what is too old, or another loudspeaker's.
    pub(crate) fn tidy(&mut self, hall: Option<&HallProfile>, now: Timestamp) {
        let place = &self.place;
        self.waiting.retain(|it| {
            let age = now.duration_since(it.since).as_secs();
            age < SPEAK_AGE_SECS_MAX && hall.is_none_or(|hall| sounds_at(place, it, hall))
        });
    }

    /// The next call, which is being spoken from now on.
    pub(crate) fn next(&mut self, hall: Option<&HallProfile>) -> Option<Shown> {
        let ready = self.state.is_some_and(|(state, _)| state != LoudspeakerState::NoDevice);
        // Without the hall's plan nobody knows which window is whose.
        let known = hall.is_some() || self.place.zones.is_empty();
        if !ready || !known || self.speaking.is_some() {
            return None;
        }
        let order = |it: &Shown| (self.heard.contains(&it.call.number), it.call.seq);
        let (place, _) = self.waiting.iter().enumerate().min_by_key(|(_, it)| order(it))?;
        let call = self.waiting.remove(place);
        self.speaking = Some(call.clone());
        Some(call)
    }

    /// What was being spoken has ended.
    pub(crate) fn ended(&mut self, spoken: Spoken, now: Timestamp) {
        let Some(call) = self.speaking.take() else { return };
        match spoken {
            Spoken::Whole => {
                self.heard.insert(call.call.number);
                if self.state.is_some_and(|(state, _)| state == LoudspeakerState::NoClips) {
                    self.changed(LoudspeakerState::Ready, now);
                }
            }
            Spoken::Broken => {
                let overtaken = self.waiting.iter().any(|it| {
                    it.call.window == call.call.window || it.call.number == call.call.number
                });
                if !overtaken {
                    self.waiting.push(call);
                }
            }
            Spoken::Lacking => self.changed(LoudspeakerState::NoClips, now),
        }
    }

    /// Whether it can be heard.
    pub(crate) fn changed(&mut self, state: LoudspeakerState, now: Timestamp) {
        if self.state.is_none_or(|(before, _)| before != state) {
            self.state = Some((state, now));
        }
    }

    /// For staff; none until the loudspeaker was heard of.
    pub(crate) fn report(&self) -> Option<LoudspeakerReport> {
        let (state, since) = self.state?;
        Some(LoudspeakerReport {
            name: self.place.name.clone(),
            state,
            since,
            waiting: u32::try_from(self.waiting.len()).unwrap_or(u32::MAX),
            oldest: self.waiting.iter().map(|it| it.call.at).min(),
        })
    }
}

/// Whether the visitor is still being waited for. A full view holds the
/// newest calls only: of one that is older nothing is known.
fn still_valid(waiting: &Shown, board: &BoardView) -> bool {
    let waiting = &waiting.call;
    if let Some(call) = board.calls.iter().find(|it| it.number == waiting.number) {
        return call.seq == waiting.seq && call.state == TicketState::Called;
    }
    let full = board.calls.len() >= BOARD_CALLS_MAX;
    full && board.calls.iter().all(|it| it.seq > waiting.seq)
}

fn sounds_at(place: &LoudspeakerPlace, call: &Shown, hall: &HallProfile) -> bool {
    let window = hall.windows.iter().find(|it| it.id == call.call.window);
    place.zones.is_empty() || window.is_some_and(|it| place.zones.contains(&it.zone))
}
