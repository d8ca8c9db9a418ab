//! A day of calls at the window, as fast as they can be drawn: what a
//! board holds in memory after it. For `cargo xtask bench board`.
//!
//! The window is the hall's, drawn into memory: views go through update,
//! view, properties and renderer, and what is said is rendered from the
//! voice pack to the last sample. Time is simulated, so that nights, new
//! days and lost connections fit into minutes; hall and first view are
//! those of a real server.

use std::fs;
use std::io::Write;
use std::path::Path;
use std::rc::Rc;

use anyhow::{Context, ensure};
use appliance::memory;
use board_core::{
    Effect, Language, LoudspeakerPlace, Msg, Settings, Spoken, State, next_change, update, view,
};
use jiff::tz::TimeZone;
use jiff::{SignedDuration, Timestamp, ToSpan};
use queue_api::{BoardCall, BoardView, Class, HallProfile, LoudspeakerState, TicketState};
use serde::Deserialize;
use slint::{ComponentHandle, PhysicalSize};
use sound::{Pack, default_pack};
use voice::{Manner, plan};

use crate::options::Theme;
use crate::ui::{BoardWindow, Canvas, apply, dress};

/// The screen of the figures.
const SIZE: PhysicalSize = PhysicalSize { width: 1920, height: 1080 };

/// Five calls a minute, and a sign of life between two of them.
const CALL_SECS: i64 = 12;
const PING_SECS: i64 = 5;
const CALLS_AN_HOUR: u32 = 300;

/// How long the server is away, once an hour.
const AWAY_SECS: i64 = 25;

/// Numbers begin again after so many in a lane.
const NUMBERS: u32 = 999;

/// What a server gave.
#[derive(Debug, Deserialize)]
struct Given {
    hall: HallProfile,
    board: BoardView,
}

/// Lives so many hours and prints, as JSON, what they left behind.
pub(crate) fn soak(given: &Path, hours: u32, out: &mut impl Write) -> anyhow::Result<()> {
    let given = fs::read_to_string(given).context("nothing was given")?;
    let mut board = Soak::open(serde_json::from_str(&given)?)?;
    let first = memory()?;
    // In an hour more than these, everything that stays is made: fonts,
    // glyphs, and the clips that the voice keeps.
    board.hour(0)?;
    let warm = memory()?;
    (board.n_calls, board.n_frames, board.n_said) = (0, 0, 0);
    for hour in 1..=hours {
        board.hour(hour)?;
    }
    let last = memory()?;
    let told = serde_json::json!({
        "hours": hours,
        "calls": board.n_calls,
        "frames": board.n_frames,
        "said": board.n_said,
        "first_kb": first.now_kb,
        "warm_kb": warm.now_kb,
        "last_kb": last.now_kb,
        "peak_kb": last.peak_kb,
    });
    writeln!(out, "{told}").context("standard output is gone")
}

/// A board with its window and its voice, and a clock of its own.
struct Soak {
    hall: HallProfile,
    time_zone: TimeZone,
    state: State,
    canvas: Rc<Canvas>,
    window: BoardWindow,
    pack: Pack,
    manner: Manner,
    now: Timestamp,
    /// What the server would send.
    board: BoardView,
    /// When what is being said comes to its end.
    said_at: Option<Timestamp>,
    n_calls: u32,
    n_frames: u32,
    n_said: u32,
}

impl Soak {
    fn open(Given { hall, board }: Given) -> anyhow::Result<Soak> {
        ensure!(!hall.windows.is_empty(), "a hall has windows");
        let canvas = Canvas::install(None)?;
        let window = BoardWindow::new().context("cannot open a window")?;
        dress(&window, Theme::Light, Language::Zh)?;
        window.window().set_size(SIZE);
        window.show().context("cannot show the window")?;
        let time_zone = TimeZone::get(&hall.time_zone).context("no such time zone")?;
        let state = State::new(Settings {
            language: Language::Zh,
            time_zone: time_zone.clone(),
            loudspeakers: vec![LoudspeakerPlace { name: "soak".to_owned(), zones: Vec::new() }],
            volume: Vec::new(),
        });
        let (pack, _) = Pack::open(&default_pack().context("there is no voice pack")?)?;
        let mut board = Soak {
            hall,
            time_zone,
            state,
            canvas,
            window,
            pack,
            manner: Manner::default(),
            now: board.now,
            board,
            said_at: None,
            n_calls: 0,
            n_frames: 0,
            n_said: 0,
        };
        let ready = LoudspeakerState::Ready;
        board.receive(Msg::SoundChanged { loudspeaker: 0, state: ready })?;
        board.connect()?;
        Ok(board)
    }

    /// An hour of calls, the server away in its middle.
    fn hour(&mut self, hour: u32) -> anyhow::Result<()> {
        for nth in 0..CALLS_AN_HOUR {
            self.begin_day()?;
            self.call();
            self.arrive()?;
            self.n_calls += 1;
            let next = self.now + SignedDuration::from_secs(CALL_SECS);
            if nth == CALLS_AN_HOUR / 2 {
                self.receive(Msg::FeedLost)?;
                self.pass(self.now + SignedDuration::from_secs(AWAY_SECS))?;
                self.connect()?;
                continue;
            }
            while self.now + SignedDuration::from_secs(PING_SECS) < next {
                self.pass(self.now + SignedDuration::from_secs(PING_SECS))?;
                self.receive(Msg::FeedAlive)?;
            }
            self.pass(next)?;
        }
        tracing::debug!(hour, kb = memory()?.now_kb, "lived");
        Ok(())
    }

    /// Midnight has come: boards are empty, numbers begin again.
    fn begin_day(&mut self) -> anyhow::Result<()> {
        let today = self.now.to_zoned(self.time_zone.clone()).date();
        if self.board.business_day != Some(today) {
            self.board.calls.clear();
            self.board.business_day = None;
            self.arrive()?;
            self.board.business_day = Some(today);
        }
        Ok(())
    }

    /// The next call: every seventh is a recall, every eleventh visitor
    /// does not come, the others are served in turn.
    fn call(&mut self) {
        self.board.seq += 4;
        let nth = self.n_calls;
        if nth % 11 == 10 && !self.board.calls.is_empty() {
            self.board.calls.remove(0);
        }
        if nth % 7 == 6
            && let Some(call) = self.board.calls.get_mut(2)
        {
            (call.seq, call.at) = (self.board.seq, self.now);
            self.board.calls.sort_by_key(|it| std::cmp::Reverse(it.seq));
            return;
        }
        let window = &self.hall.windows[nth as usize % self.hall.windows.len()];
        let lanes = &self.board.lanes;
        let own = lanes.iter().find(|it| window.lanes.contains(&it.id)).or(lanes.first());
        let Some(lane) = own.map(|it| it.id.clone()) else { return };
        for call in self.board.calls.iter_mut().filter(|it| it.window == window.id) {
            call.state = TicketState::Finished;
        }
        let classes = [Class::Ordinary, Class::Green, Class::Ordinary, Class::Appointment];
        let number = queue_api::TicketNumber { lane, count: 1 + nth % NUMBERS };
        let call = BoardCall {
            seq: self.board.seq,
            number,
            window: window.id,
            window_label: window.label.clone(),
            class: classes[nth as usize % classes.len()],
            at: self.now,
            state: TicketState::Called,
        };
        self.board.calls.insert(0, call);
        self.board.calls.truncate(queue_api::BOARD_CALLS_MAX);
        for (place, lane) in (0_u32..).zip(&mut self.board.lanes) {
            lane.waiting = (nth + 3 * place) % 40;
            lane.estimate_minutes.low = lane.waiting * 2;
            lane.estimate_minutes.high = lane.waiting * 3;
        }
        self.board.waiting = self.board.lanes.iter().map(|it| it.waiting).sum();
    }

    fn connect(&mut self) -> anyhow::Result<()> {
        let (hall, time_zone) = (Box::new(self.hall.clone()), self.time_zone.clone());
        self.receive(Msg::HallArrived { hall, time_zone })?;
        self.arrive()
    }

    fn arrive(&mut self) -> anyhow::Result<()> {
        self.board.now = self.now;
        self.receive(Msg::ViewArrived(Box::new(self.board.clone())))
    }

    /// Something happens; what is to be said is made, and takes its time.
    fn receive(&mut self, msg: Msg) -> anyhow::Result<()> {
        let effects = update(&mut self.state, msg, self.now);
        self.look();
        for effect in effects {
            let Effect::Say { announcement, .. } = effect else { continue };
            let said = self.pack.say(|has| plan(&announcement, &self.manner, has));
            ensure!(said.lacking.is_empty(), "the pack lacks {}", said.lacking.join(", "));
            let takes = i64::try_from(said.speech.millis())?;
            self.said_at = Some(self.now + takes.milliseconds());
            self.n_said += 1;
        }
        Ok(())
    }

    /// Lets time pass, looking as often as anything changes.
    fn pass(&mut self, to: Timestamp) -> anyhow::Result<()> {
        loop {
            let change = next_change(&self.state, self.now);
            let next = self.said_at.map_or(change, |it| it.min(change));
            if next > to {
                self.now = to;
                return Ok(());
            }
            self.now = next;
            if self.said_at.is_some_and(|it| it <= next) {
                self.said_at = None;
                self.receive(Msg::SpeakingEnded { loudspeaker: 0, spoken: Spoken::Whole })?;
            } else {
                self.look();
            }
        }
    }

    fn look(&mut self) {
        apply(&self.window, &view(&self.state, self.now));
        self.n_frames += u32::from(self.canvas.draw());
    }
}
