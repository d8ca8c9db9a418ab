//! The running board: messages in, pictures and words out.

use std::cell::{Cell, RefCell};
use std::path::PathBuf;
use std::rc::Rc;
use std::time::Duration;

use anyhow::Context;
use appliance::{Size, Watchdog};
use board_core::{Effect, Language, Msg, State, next_change, update, view};
use queue_api::LoudspeakerReport;
use slint::{ComponentHandle, PhysicalSize, Timer, TimerMode};
use tokio::sync::watch;

use crate::options::Theme;
use crate::runtime::Wires;
use crate::speakers::Speakers;
use crate::ui::headless::Canvas;
use crate::ui::{BoardWindow, apply, dress};

/// Never looks again sooner than this, whatever the clock does.
const LOOK_MS_MIN: u64 = 10;

/// Looks again at least this often; the watchdog is fed then.
const LOOK_MS_MAX: u64 = 15_000;

/// How a board looks and where.
#[derive(Clone, Debug)]
pub(crate) struct Look {
    pub surface: Surface,
    pub size: Size,
    pub theme: Theme,
    pub language: Language,
}

/// What a board is drawn on.
#[derive(Clone, Debug)]
pub(crate) enum Surface {
    /// The whole screen.
    Screen,
    /// A window.
    Window,
    /// A PNG file, replaced at each change.
    File(PathBuf),
}

/// Shows the board until the messages end or the window is closed.
pub(crate) fn show_board(
    look: Look,
    state: State,
    speakers: Speakers,
    wires: Wires,
) -> anyhow::Result<()> {
    if let Surface::File(path) = &look.surface {
        Canvas::install(Some(path.clone()))?;
    }
    let window = BoardWindow::new().context("cannot open a window")?;
    dress(&window, look.theme, look.language)?;
    window.window().set_size(PhysicalSize::new(look.size.width, look.size.height));
    let Wires { mut messages, to_server, .. } = wires;
    let board = Rc::new(Board {
        window,
        speakers,
        to_server,
        state: RefCell::new(state),
        timer: Timer::default(),
        watchdog: Watchdog::new(),
        heard: Cell::new(false),
        look,
    });
    board.look();
    board.window.show().context("cannot show the window")?;
    if matches!(board.look.surface, Surface::Screen) {
        board.window.window().set_fullscreen(true);
    }
    board.watchdog.ready();

    let listener = Rc::clone(&board);
    slint::spawn_local(async move {
        while let Some(msg) = messages.recv().await {
            listener.receive(msg);
        }
        if let Err(error) = slint::quit_event_loop() {
            tracing::error!(%error, "cannot stop");
        }
    })
    .context("there is no event loop")?;
    slint::run_event_loop().context("the event loop broke")
}

struct Board {
    window: BoardWindow,
    speakers: Speakers,
    /// What the loudspeakers were last found to be.
    to_server: watch::Sender<Vec<LoudspeakerReport>>,
    state: RefCell<State>,
    timer: Timer,
    watchdog: Watchdog,
    /// Whether the first view was already logged.
    heard: Cell<bool>,
    look: Look,
}

impl Board {
    fn receive(self: &Rc<Board>, msg: Msg) {
        if matches!(msg, Msg::ViewArrived(_)) && !self.heard.replace(true) {
            tracing::info!("the first view is here");
        }
        let effects = update(&mut self.state.borrow_mut(), msg, appliance::now());
        self.look();
        for effect in effects {
            self.carry_out(effect);
        }
    }

    fn carry_out(&self, effect: Effect) {
        match effect {
            Effect::Say { loudspeaker, announcement, volume_percent, called } => {
                self.speakers.say(loudspeaker, announcement, volume_percent, called);
            }
            Effect::TellLoudspeakers(reports) => {
                self.to_server.send_replace(reports);
            }
        }
    }

    /// Draws what is true now, and looks again when that changes.
    fn look(self: &Rc<Board>) {
        let now = appliance::now();
        let state = self.state.borrow();
        apply(&self.window, &view(&state, now));
        self.watchdog.alive();
        let wait = next_change(&state, now).duration_since(now).as_millis();
        let wait = u64::try_from(wait).unwrap_or(0).clamp(LOOK_MS_MIN, LOOK_MS_MAX);
        let board = Rc::clone(self);
        self.timer.start(TimerMode::SingleShot, Duration::from_millis(wait), move || {
            board.look();
        });
    }
}
