//! Ten thousand calls in a hall where everything happens at once: what
//! the board's rules say of each is reckoned a second time here.

use std::collections::{BTreeMap, BTreeSet};

use board_core::{
    Effect, LoudspeakerPlace, Msg, SPEAK_AGE_SECS_MAX, Settings, Spoken, State, update,
};
use chance::Chance;
use jiff::tz::TimeZone;
use jiff::{SignedDuration, Timestamp};
use queue_api::{
    BOARD_CALLS_MAX, BoardCall, BoardView, Class, LoudspeakerState, TicketNumber, TicketState,
    WindowId,
};
use voice::{Announcement, Language, Manner, plan};

use super::{assert_well_made, pack};

const PRESSES: u64 = 10_000;
const WINDOWS: u64 = 14;

/// The hall and its board, and what a second reckoning knows of them.
struct Storm {
    chance: Chance,
    now: Timestamp,
    board: BoardView,
    /// Calls older than all that a full view has room for.
    beyond: Vec<BoardCall>,
    state: State,
    n_tickets: u64,
    /// What is spoken now, and until when.
    speaking: Option<(BoardCall, Timestamp)>,
    has_sound: bool,
    /// How often each press was heard whole.
    n_heard: BTreeMap<u64, u32>,
    /// Presses that were begun and are not to be begun again.
    begun: BTreeSet<u64>,
    /// Numbers heard whole, while the board shows them.
    known: BTreeSet<TicketNumber>,
    pack: sound::Pack,
    n_spoken: u32,
}

impl Storm {
    fn new(seed: u64) -> Storm {
        let now: Timestamp = "2026-11-23T01:41:00Z".parse().unwrap();
        let place = LoudspeakerPlace { name: "大厅".to_owned(), zones: Vec::new() };
        let settings = Settings {
            language: Language::Zh,
            time_zone: TimeZone::UTC,
            loudspeakers: vec![place],
            volume: Vec::new(),
        };
        Storm {
            chance: Chance::new(seed),
            now,
            board: BoardView {
                notices: Vec::new(),
                seq: 1,
                now,
                business_day: Some("2026-11-23".parse().unwrap()),
                calls: Vec::new(),
                lanes: Vec::new(),
                waiting: 0,
                zone: None,
                window: None,
            },
            beyond: Vec::new(),
            state: State::new(settings),
            n_tickets: 0,
            speaking: None,
            has_sound: false,
            n_heard: BTreeMap::new(),
            begun: BTreeSet::new(),
            known: BTreeSet::new(),
            pack: pack(),
            n_spoken: 0,
        }
    }

    /// A message, and what follows from it.
    fn send(&mut self, msg: Msg) {
        let effects = update(&mut self.state, msg, self.now);
        let said: Vec<Effect> =
            effects.into_iter().filter(|it| matches!(it, Effect::Say { .. })).collect();
        let due = self.due();
        match (said.as_slice(), due) {
            ([], None) => {}
            ([Effect::Say { announcement, .. }], Some(call)) => self.say(announcement, call),
            (said, due) => panic!("said {said:?}, due was {due:?}"),
        }
    }

    /// The second reckoning: the call that is to be begun now.
    fn due(&self) -> Option<BoardCall> {
        if self.speaking.is_some() || !self.has_sound {
            return None;
        }
        let latest = |call: &BoardCall| {
            self.board.calls.iter().filter(|it| it.window == call.window).map(|it| it.seq).max()
        };
        let waits = |call: &&BoardCall| {
            call.state == TicketState::Called
                && latest(call).is_none_or(|it| it == call.seq)
                && !self.begun.contains(&call.seq)
                && self.now.duration_since(call.at).as_secs() < SPEAK_AGE_SECS_MAX
        };
        let order = |call: &&BoardCall| (self.known.contains(&call.number), call.seq);
        let beyond = self.beyond.iter().filter(|call| latest(call).is_none());
        self.board.calls.iter().chain(beyond).filter(waits).min_by_key(order).cloned()
    }

    fn say(&mut self, announcement: &Announcement, due: BoardCall) {
        let expected = Announcement::new(&due.number.to_string(), &due.window_label);
        assert_eq!(*announcement, expected, "at {}", self.now);
        assert!(self.begun.insert(due.seq));
        let manner = Manner { passes: 1, ..Manner::default() };
        let said = self.pack.say(|has| plan(announcement, &manner, has));
        assert!(said.lacking.is_empty() && said.faults.is_empty());
        assert_well_made(&said.speech);
        let millis = i64::try_from(said.speech.millis()).unwrap();
        self.speaking = Some((due, self.now + SignedDuration::from_millis(millis)));
        self.n_spoken += 1;
    }

    /// Time goes on; a call that has come to its end ends.
    fn pass(&mut self) {
        let to =
            self.now + SignedDuration::from_millis(self.chance.between(50, 6_000).cast_signed());
        if let Some((call, until)) = self.speaking.clone()
            && until <= to
        {
            self.now = until;
            self.speaking = None;
            *self.n_heard.entry(call.seq).or_default() += 1;
            if self.board.calls.iter().any(|it| it.number == call.number) {
                self.known.insert(call.number);
            }
            self.send(Msg::SpeakingEnded { loudspeaker: 0, spoken: Spoken::Whole });
        }
        self.now = to;
    }

    /// The next view, as the server makes it.
    fn arrive(&mut self) {
        self.board.calls.sort_by_key(|it| std::cmp::Reverse(it.seq));
        let room = self.board.calls.len().min(BOARD_CALLS_MAX);
        self.beyond.extend(self.board.calls.split_off(room));
        if room < BOARD_CALLS_MAX {
            self.beyond.clear();
        }
        let shown: BTreeSet<TicketNumber> =
            self.board.calls.iter().map(|it| it.number.clone()).collect();
        self.known.retain(|it| shown.contains(it));
        self.board.now = self.now;
        self.send(Msg::ViewArrived(Box::new(self.board.clone())));
    }

    fn press(&mut self) {
        self.board.seq += 1;
        let recalled = self.chance.place(BOARD_CALLS_MAX);
        let recall = self.chance.once_in(4);
        if let Some(call) = self.board.calls.get_mut(recalled)
            && recall
            && call.state == TicketState::Called
        {
            (call.seq, call.at) = (self.board.seq, self.now);
        } else {
            self.call();
        }
        self.arrive();
    }

    /// A window is done with its visitor and calls the next.
    fn call(&mut self) {
        let window = u16::try_from(self.chance.between(1, WINDOWS)).unwrap();
        for call in self.board.calls.iter_mut().filter(|it| it.window == WindowId(window)) {
            call.state = TicketState::Finished;
        }
        self.n_tickets += 1;
        let lane = char::from(b'A' + u8::try_from(self.n_tickets / 40 % 6).unwrap());
        let number = format!("{lane}{:03}", 1 + self.n_tickets % 40).parse().unwrap();
        self.board.calls.push(BoardCall {
            seq: self.board.seq,
            number,
            window: WindowId(window),
            window_label: window.to_string(),
            class: Class::Ordinary,
            at: self.now,
            state: TicketState::Called,
        });
    }

    /// A visitor comes to the window, or is passed over.
    fn come_or_go(&mut self) {
        if self.board.calls.is_empty() {
            return;
        }
        let place = self.chance.place(self.board.calls.len());
        self.board.seq += 1;
        if self.chance.once_in(3) {
            self.board.calls.remove(place);
        } else {
            self.board.calls[place].state = TicketState::Serving;
        }
        self.arrive();
    }

    /// The card goes, in the middle of a call or between two, or is back.
    fn plug(&mut self) {
        self.has_sound = !self.has_sound;
        let state =
            if self.has_sound { LoudspeakerState::Ready } else { LoudspeakerState::NoDevice };
        self.send(Msg::SoundChanged { loudspeaker: 0, state });
        if !self.has_sound
            && let Some((call, _)) = self.speaking.take()
        {
            // It was not heard to its end, so it may be said again.
            self.begun.remove(&call.seq);
            self.send(Msg::SpeakingEnded { loudspeaker: 0, spoken: Spoken::Broken });
        }
    }
}

#[test]
fn in_a_storm_of_ten_thousand_calls_each_press_is_spoken_once_at_most_and_in_order() {
    let mut storm = Storm::new(20_261_123);
    storm.plug();
    let mut n_presses = 0;
    while n_presses < PRESSES {
        storm.pass();
        match storm.chance.below(20) {
            0..10 => {
                storm.press();
                n_presses += 1;
            }
            10..15 => storm.come_or_go(),
            15..17 => storm.arrive(),
            17 => storm.send(Msg::FeedLost),
            18 => storm.send(Msg::FeedAlive),
            _ if storm.has_sound && !storm.chance.once_in(8) => {}
            _ => storm.plug(),
        }
    }
    assert!(storm.n_heard.values().all(|n| *n == 1), "spoken at most once a press");
    assert!(storm.n_spoken > 3_000, "{} of {PRESSES} were spoken", storm.n_spoken);
}
