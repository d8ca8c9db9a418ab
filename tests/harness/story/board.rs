//! A board of a story: the real core, fed by hand.

use anyhow::bail;
use board_core::{
    Effect, Foot, Lintel, LoudspeakerPlace, Msg, Settings, Spoken, State, update, view,
};
use jiff::Timestamp;
use jiff::tz::TimeZone;
use queue_api::{BoardView, HallProfile, LoudspeakerState};
use voice::{Announcement, DigitOne, Language, words};

use super::Nth;

/// A board with its loudspeaker.
pub(super) struct Board {
    nth: Nth,
    state: Option<State>,
    /// Sequence of the last view it got on this line; none without one.
    heard_seq: Option<u64>,
    shown: String,
}

impl Board {
    pub(super) fn new(nth: Nth) -> Board {
        Board { nth, state: None, heard_seq: None, shown: String::new() }
    }

    /// Starts it; the hall's profile is the first thing it fetches.
    pub(super) fn switch_on(&mut self, hall: &HallProfile, zone: &TimeZone, now: Timestamp) {
        let place = LoudspeakerPlace { name: "大厅".to_owned(), zones: Vec::new() };
        let settings = Settings {
            language: Language::Zh,
            time_zone: TimeZone::UTC.clone(),
            loudspeakers: vec![place],
            volume: Vec::new(),
        };
        let mut state = State::new(settings);
        let ready = Msg::SoundChanged { loudspeaker: 0, state: LoudspeakerState::Ready };
        update(&mut state, ready, now);
        let hall = Msg::HallArrived { hall: Box::new(hall.clone()), time_zone: zone.clone() };
        update(&mut state, hall, now);
        self.state = Some(state);
        self.shown.clear();
    }

    pub(super) fn switch_off(&mut self) {
        self.state = None;
        self.heard_seq = None;
    }

    /// The feed brings a view that it has not had yet.
    pub(super) fn view(&mut self, board: &BoardView, now: Timestamp) -> Vec<String> {
        if self.state.is_none() || self.heard_seq == Some(board.seq) {
            return Vec::new();
        }
        self.heard_seq = Some(board.seq);
        self.receive(Msg::ViewArrived(Box::new(board.clone())), now)
    }

    /// The feed says that it lives.
    pub(super) fn ping(&mut self, now: Timestamp) -> Vec<String> {
        if self.heard_seq.is_none() {
            return Vec::new();
        }
        self.receive(Msg::FeedAlive, now)
    }

    /// The feed breaks off.
    pub(super) fn lose(&mut self, now: Timestamp) -> Vec<String> {
        if self.heard_seq.take().is_none() {
            return Vec::new();
        }
        self.receive(Msg::FeedLost, now)
    }

    fn receive(&mut self, msg: Msg, now: Timestamp) -> Vec<String> {
        let Some(state) = &mut self.state else { return Vec::new() };
        let mut said = Vec::new();
        let mut effects = update(state, msg, now);
        while let Some(announcement) = effects.into_iter().find_map(spoken) {
            let words = words(&announcement, Language::Zh, DigitOne::Yi);
            said.push(format!("voice {}: {words}", self.nth));
            // In a story a call takes no time.
            let ended = Msg::SpeakingEnded { loudspeaker: 0, spoken: Spoken::Whole };
            effects = update(state, ended, now);
        }
        let mut seen = self.look(now);
        seen.extend(said);
        seen
    }

    /// The board's calls and what it says of itself, if they changed.
    pub(super) fn look(&mut self, now: Timestamp) -> Vec<String> {
        let Some(state) = &self.state else { return Vec::new() };
        let view = view(state, now);
        let mut calls: Vec<String> = match &view.lintel {
            Lintel::Call(call) => vec![format!("{} → {}", call.number, call.window_label)],
            Lintel::Rest(rest) => vec![format!("{rest:?}")],
        };
        calls.extend(view.earlier.iter().map(|it| format!("{} → {}", it.number, it.window_label)));
        let mut shown = format!("board {}: {}", self.nth, calls.join(", "));
        if let Foot::Blind { since } = view.foot {
            shown.push_str(&format!("; nothing heard since {since}"));
        }
        if shown == self.shown {
            return Vec::new();
        }
        self.shown.clone_from(&shown);
        vec![shown]
    }
}

/// What may be said of a board's switch.
pub(super) enum Switch {
    On,
    Off,
}

impl Switch {
    pub(super) fn read(what: &str) -> anyhow::Result<Switch> {
        match what {
            "on" => Ok(Switch::On),
            "off" => Ok(Switch::Off),
            _ => bail!("a board is switched `on` or `off`"),
        }
    }
}

fn spoken(effect: Effect) -> Option<Announcement> {
    match effect {
        Effect::Say { announcement, .. } => Some(announcement),
        Effect::TellLoudspeakers(_) => None,
    }
}
