//! Which call is the newest, how old each one is by this board's clock,
//! and which are still to be spoken.

use std::collections::BTreeSet;

use jiff::{SignedDuration, Timestamp};
use queue_api::{BoardCall, BoardView, TicketState, WindowId};

/// How long plate and number of a new call swap their colours.
pub const BLINK_MS: i64 = 3_000;

/// One half of a swap: three swaps at 1 Hz.
pub const BLINK_PHASE_MS: i64 = 500;

/// How long a call counts as just made: one that a newer call displaced
/// before that is marked where it stands.
pub const FRESH_SECS: i64 = 10;

/// A call older than this when it arrives is shown, not spoken.
pub const SPEAK_AGE_SECS_MAX: i64 = 60;

/// A call as this board has it.
#[derive(Clone, Debug)]
pub(crate) struct Shown {
    pub call: BoardCall,
    /// When it was made, by this board's clock. The hall's clock and the
    /// board's may differ; ages come from the hall's, so this is the
    /// arrival less the age it had then.
    pub since: Timestamp,
}

impl Shown {
    /// Whether the plate has its colours swapped now.
    pub(crate) fn swapped(&self, now: Timestamp) -> bool {
        let age = now.duration_since(self.since).as_millis();
        (0..i128::from(BLINK_MS)).contains(&age) && age / i128::from(BLINK_PHASE_MS) % 2 == 0
    }

    /// Whether the call was made a moment ago.
    pub(crate) fn fresh(&self, now: Timestamp) -> bool {
        (0..FRESH_SECS).contains(&now.duration_since(self.since).as_secs())
    }
}

/// The calls of a board: those of the newest view and nothing else, so
/// that boards which got the same view show the same, whatever each of
/// them heard before.
#[derive(Clone, Debug, Default)]
pub(crate) struct Calls {
    /// The newest call. It stays until the next one, even when its
    /// visitor has long been served.
    pub newest: Option<Shown>,
    /// The calls before it, newest first, each number once.
    pub earlier: Vec<Shown>,
    /// Highest sequence that was spoken or was too old to be.
    spoken: u64,
}

impl Calls {
    /// Takes over the calls of a view and returns those to be spoken by it,
    /// oldest first.
    pub(crate) fn arrived(&mut self, board: &BoardView, now: Timestamp) -> Vec<Shown> {
        let holds = board.calls.iter().filter(|it| still_holds(it.state));
        let mut shown: Vec<Shown> = holds.map(|call| self.shown(call, board.now, now)).collect();
        shown.sort_by_key(|it| std::cmp::Reverse(it.call.seq));

        let unspoken = self.take_unspoken(&shown, board.now);
        let mut seen = BTreeSet::new();
        // A recall moves a number up; it doesn't show it twice.
        shown.retain(|it| seen.insert(it.call.number.clone()));
        let mut shown = shown.into_iter();
        self.newest = shown.next();
        self.earlier = shown.collect();
        unspoken
    }

    /// The call with its time by this board's clock: as it was, if this
    /// board had it before.
    fn shown(&self, call: &BoardCall, server_now: Timestamp, now: Timestamp) -> Shown {
        let known =
            self.newest.iter().chain(&self.earlier).find(|known| known.call.seq == call.seq);
        let since = known.map_or_else(
            || {
                let age = server_now.duration_since(call.at).max(SignedDuration::ZERO);
                now.checked_sub(age).unwrap_or(now)
            },
            |known| known.since,
        );
        Shown { call: call.clone(), since }
    }

    /// Above the last spoken and young enough; of several calls to one
    /// window only the last, for the window has moved on.
    fn take_unspoken(&mut self, newest_first: &[Shown], server_now: Timestamp) -> Vec<Shown> {
        let mut windows: Vec<WindowId> = Vec::new();
        let mut calls = Vec::new();
        for shown in newest_first.iter().filter(|it| it.call.seq > self.spoken) {
            let age = server_now.duration_since(shown.call.at).as_secs();
            if age >= SPEAK_AGE_SECS_MAX || windows.contains(&shown.call.window) {
                continue;
            }
            windows.push(shown.call.window);
            calls.push(shown.clone());
        }
        let head = newest_first.first().map_or(0, |it| it.call.seq);
        self.spoken = self.spoken.max(head);
        calls.reverse();
        calls
    }
}

/// Whether the visitor was to come to that window, and came or still may:
/// who was passed over or sent to another line is not called there any
/// more.
fn still_holds(state: TicketState) -> bool {
    match state {
        TicketState::Called
        | TicketState::Serving
        | TicketState::Parked
        | TicketState::Finished => true,
        TicketState::Waiting | TicketState::NoShow | TicketState::Void => false,
    }
}
