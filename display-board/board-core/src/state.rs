//! What a board knows, what may arrive, and what follows from it.

use jiff::Timestamp;
use jiff::civil::Time;
use jiff::tz::TimeZone;
use queue_api::{BoardCall, BoardView, HallProfile, LoudspeakerReport, LoudspeakerState};
use voice::{Announcement, Language};

use crate::calls::Calls;
use crate::speaking::{Loudspeaker, LoudspeakerPlace, Spoken};

/// Silence after which a board says that it may be behind: two pings of
/// five seconds missed, and a little.
pub const BLIND_AFTER_SECS: i64 = 12;

/// What the hall decided for this board.
#[derive(Clone, Debug)]
pub struct Settings {
    /// Language of the names and sentences shown.
    pub language: Language,
    /// Zone of the clock until the hall's own is known.
    pub time_zone: TimeZone,
    /// Where calls are spoken; none on a silent board.
    pub loudspeakers: Vec<LoudspeakerPlace>,
    /// How loud, by time of day; outside of all spans at full volume.
    pub volume: Vec<VolumeSpan>,
}

/// A part of the day, and how loud calls are then.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct VolumeSpan {
    /// From this time on …
    pub from: Time,
    /// … until just before this; past midnight if it is earlier.
    pub to: Time,
    /// Of the full amplitude; 0 speaks nothing.
    pub percent: u8,
}

impl VolumeSpan {
    fn holds(&self, time: Time) -> bool {
        if self.from <= self.to {
            self.from <= time && time < self.to
        } else {
            self.from <= time || time < self.to
        }
    }
}

/// What may arrive at a board.
#[derive(Clone, Debug)]
pub enum Msg {
    /// The feed brought the whole view.
    ViewArrived(Box<BoardView>),
    /// The feed lives and has nothing new.
    FeedAlive,
    /// The server does not know this board: it shows a code until
    /// somebody has let it in.
    JoinBegan {
        /// What is typed in; none while the server is away.
        code: Option<String>,
        /// What the board calls itself.
        name: String,
    },
    /// The server knows it.
    Joined,
    /// The feed broke; it is being made again.
    FeedLost,
    /// The hall's profile, with its time zone looked up.
    HallArrived {
        /// The profile.
        hall: Box<HallProfile>,
        /// What `hall.time_zone` names.
        time_zone: TimeZone,
    },
    /// A loudspeaker can be heard, or cannot.
    SoundChanged {
        /// Which of the settings'.
        loudspeaker: usize,
        /// How it is now.
        state: LoudspeakerState,
    },
    /// What a loudspeaker was given to say has ended.
    SpeakingEnded {
        /// Which of the settings'.
        loudspeaker: usize,
        /// How.
        spoken: Spoken,
    },
}

/// What the shell is to do.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Effect {
    /// Speak a call to its end; [`Msg::SpeakingEnded`] answers.
    Say {
        /// Where, of the settings' loudspeakers.
        loudspeaker: usize,
        /// What.
        announcement: Announcement,
        /// How loud, of the full amplitude.
        volume_percent: u8,
        /// When the call was made, by this board's clock.
        called: Timestamp,
    },
    /// Tell the server how the loudspeakers are and what waits there.
    TellLoudspeakers(Vec<LoudspeakerReport>),
}

/// A board at one moment. Made once, then changed by [`update`] only.
#[derive(Clone, Debug)]
pub struct State {
    pub(crate) settings: Settings,
    pub(crate) hall: Option<HallProfile>,
    pub(crate) time_zone: TimeZone,
    pub(crate) board: Option<BoardView>,
    pub(crate) calls: Calls,
    /// Last sign of life of the feed, by this board's clock.
    pub(crate) heard_at: Option<Timestamp>,
    pub(crate) lost: bool,
    pub(crate) joining: Option<Joining>,
    loudspeakers: Vec<Loudspeaker>,
    /// What the server was told last of them.
    told: Vec<LoudspeakerReport>,
}

/// A board that asks to come in.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Joining {
    /// `123 456`; none while the server is away.
    pub code: Option<String>,
    /// What the board calls itself.
    pub name: String,
}

impl State {
    /// A board that has heard nothing yet.
    pub fn new(settings: Settings) -> State {
        State {
            time_zone: settings.time_zone.clone(),
            loudspeakers: settings.loudspeakers.iter().cloned().map(Loudspeaker::new).collect(),
            settings,
            hall: None,
            board: None,
            calls: Calls::default(),
            heard_at: None,
            lost: false,
            joining: None,
            told: Vec::new(),
        }
    }

    /// How loud calls are at this moment.
    fn volume_percent(&self, now: Timestamp) -> u8 {
        let time = now.to_zoned(self.time_zone.clone()).time();
        self.settings.volume.iter().find(|it| it.holds(time)).map_or(100, |it| it.percent)
    }

    /// What is to be spoken now, and what staff should know of it.
    fn speak(&mut self, now: Timestamp) -> Vec<Effect> {
        let volume_percent = self.volume_percent(now);
        let hall = self.hall.as_ref();
        let mut effects = Vec::new();
        for (loudspeaker, it) in self.loudspeakers.iter_mut().enumerate() {
            it.tidy(hall, now);
            if volume_percent == 0 {
                it.hush();
            }
            let Some(shown) = it.next(hall) else { continue };
            let number = shown.call.number.to_string();
            effects.push(Effect::Say {
                loudspeaker,
                announcement: Announcement::new(&number, &shown.call.window_label),
                volume_percent,
                called: shown.since,
            });
        }
        let reports = self.reports();
        if reports != self.told {
            self.told.clone_from(&reports);
            effects.push(Effect::TellLoudspeakers(reports));
        }
        effects
    }

    /// How the loudspeakers are, those that were heard of.
    pub(crate) fn reports(&self) -> Vec<LoudspeakerReport> {
        self.loudspeakers.iter().filter_map(Loudspeaker::report).collect()
    }

    /// What the board knows of the hall. Nothing, once it is cut off and
    /// midnight has passed: what was true is yesterday's then.
    pub(crate) fn board_of_today(&self, now: Timestamp) -> Option<&BoardView> {
        let day = |it: Timestamp| it.to_zoned(self.time_zone.clone()).date();
        let blind_since = self.blind_since(now);
        self.board.as_ref().filter(|_| blind_since.is_none_or(|it| day(it) == day(now)))
    }

    /// Since when the board may be behind: the last sign of life, once
    /// the silence is long enough to say so. A board that never heard
    /// anything is not behind, it is starting.
    pub(crate) fn blind_since(&self, now: Timestamp) -> Option<Timestamp> {
        let heard_at = self.heard_at?;
        let silence = now.duration_since(heard_at).as_secs();
        // When the clock was set back, silence cannot be measured; then a
        // broken feed is reason enough.
        let blind = silence >= BLIND_AFTER_SECS || (self.lost && silence < 0);
        blind.then_some(heard_at)
    }
}

/// The one place where a board changes.
pub fn update(state: &mut State, msg: Msg, now: Timestamp) -> Vec<Effect> {
    match msg {
        Msg::ViewArrived(board) => {
            heard(state, now);
            view_arrived(state, *board, now);
        }
        Msg::FeedAlive => heard(state, now),
        Msg::JoinBegan { code, name } => {
            state.joining = Some(Joining { code: code.map(|it| in_two(&it)), name });
        }
        Msg::Joined => state.joining = None,
        Msg::FeedLost => state.lost = true,
        Msg::HallArrived { hall, time_zone } => {
            state.hall = Some(*hall);
            state.time_zone = time_zone;
        }
        Msg::SoundChanged { loudspeaker, state: sound } => {
            if let Some(it) = state.loudspeakers.get_mut(loudspeaker) {
                it.changed(sound, now);
            }
        }
        Msg::SpeakingEnded { loudspeaker, spoken } => {
            if let Some(it) = state.loudspeakers.get_mut(loudspeaker) {
                it.ended(spoken, now);
            }
        }
    }
    state.speak(now)
}

/// Six digits are read in two halves.
fn in_two(code: &str) -> String {
    match code.split_at_checked(code.len() / 2) {
        Some((first, rest)) => format!("{first} {rest}"),
        None => code.to_owned(),
    }
}

fn heard(state: &mut State, now: Timestamp) {
    state.heard_at = Some(now);
    state.lost = false;
}

fn view_arrived(state: &mut State, board: BoardView, now: Timestamp) {
    if let Some(before) = &state.board {
        let of_another_journal = is_of_another_journal(&board, before);
        if of_another_journal {
            state.calls = Calls::default();
        }
        if of_another_journal || board.business_day != before.business_day {
            state.loudspeakers.iter_mut().for_each(Loudspeaker::begin_anew);
        }
    }
    let unspoken = state.calls.arrived(&board, now);
    for loudspeaker in &mut state.loudspeakers {
        loudspeaker.admit(&unspoken);
        loudspeaker.review(&board);
    }
    state.board = Some(board);
}

/// Whether nothing that was known holds any more: sequences of one
/// journal never run back, and what one of them stands for stays.
fn is_of_another_journal(board: &BoardView, before: &BoardView) -> bool {
    let contradicts = |it: &BoardCall| {
        let known = before.calls.iter().find(|known| known.seq == it.seq);
        known.is_some_and(|known| (&known.number, known.at) != (&it.number, it.at))
    };
    board.seq < before.seq || board.calls.iter().any(contradicts)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{Lintel, Rest, view};

    #[test]
    fn a_board_that_nobody_knows_says_its_code_and_then_goes_on() {
        let settings = Settings {
            language: Language::Zh,
            time_zone: TimeZone::UTC,
            loudspeakers: Vec::new(),
            volume: Vec::new(),
        };
        let (mut state, now) = (State::new(settings), Timestamp::UNIX_EPOCH);
        let name = "board-1".to_owned();
        update(&mut state, Msg::JoinBegan { code: Some("481526".to_owned()), name }, now);
        let shown = view(&state, now);
        assert_eq!(shown.lintel, Lintel::Rest(Rest::Joining));
        assert_eq!(shown.joining.unwrap().code.as_deref(), Some("481 526"));
        update(&mut state, Msg::Joined, now);
        assert_eq!(view(&state, now).lintel, Lintel::Rest(Rest::Starting));
    }
}
