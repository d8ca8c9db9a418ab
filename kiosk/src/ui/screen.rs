//! The running kiosk: messages in, the picture and effects out.

use std::cell::{Cell, RefCell};
use std::path::PathBuf;
use std::rc::Rc;
use std::time::Duration;

use anyhow::Context;
use appliance::Watchdog;
use kiosk_core::{Effect, Ending, Msg, Shape, State, update, view};
use slint::{CloseRequestResponse, ComponentHandle, PhysicalSize, Timer, TimerMode};
use tokio::sync::mpsc;

use super::aloud::Reader;
use super::fit::fit;
use super::generated::{Held, KioskWindow};
use super::layout_file::LayoutFile;
use super::presses::{NoticeNumbers, connect};
use super::properties::{Modes, Shown, dress};
use crate::aloud::VoiceOptions;
use crate::options::Scanner;
use crate::runtime::Sent;

/// How often time passes; half of the second that the clock shows.
const TICK_MS: u64 = 500;

/// How the kiosk is shown.
#[derive(Clone, Debug)]
pub(crate) struct Look {
    /// Cover the whole screen.
    pub fullscreen: bool,
    /// Width and height of the window in pixels.
    pub size: (u32, u32),
    /// The dots across the printer's paper.
    pub paper_dots: u16,
    /// What visitors can hold a code to, if anything.
    pub scanner: Option<Scanner>,
    /// How the screen is read aloud, if it can be.
    pub voice: Option<VoiceOptions>,
    /// Where the map of the screen goes, if anywhere.
    pub layout_file: Option<PathBuf>,
}

/// Shows the kiosk until the messages end or the window is closed; says
/// how staff ended it, if they did.
/// `effects` takes what is to be done; `notice_number` is the next one of
/// this kiosk's own notices.
pub(crate) fn run_screen(
    look: Look,
    notice_number: u64,
    mut messages: mpsc::Receiver<Sent>,
    effects: mpsc::Sender<Effect>,
) -> anyhow::Result<Option<Ending>> {
    let window = KioskWindow::new().context("cannot open a window")?;
    let screen = Rc::new(Screen {
        parts: RefCell::new(Parts {
            state: State::new(appliance::now()),
            shown: Shown::new(look.paper_dots),
            layout_file: look.layout_file.map(LayoutFile::new),
        }),
        window,
        reader: RefCell::default(),
        effects,
        watchdog: Watchdog::new(),
        shape: Cell::new(None),
        ending: Cell::new(None),
    });
    screen.listen(NoticeNumbers::from(notice_number));
    if let Some(voice) = &look.voice {
        screen.read_aloud(voice);
    }
    dress(&screen.window, Modes::default());
    let held = screen.window.global::<Held>();
    held.set_scanner(look.scanner.is_some());
    held.set_wedge(look.scanner == Some(Scanner::Keyboard));
    screen.window.window().set_size(PhysicalSize::new(look.size.0, look.size.1));
    screen.tick();
    screen.window.show().context("cannot show the window")?;
    if look.fullscreen {
        screen.window.window().set_fullscreen(true);
        // A visitor's keyboard may have Alt and F4; only staff close it.
        let stay = || CloseRequestResponse::KeepWindowShown;
        screen.window.window().on_close_requested(stay);
    }
    screen.watchdog.ready();

    let clock = Timer::default();
    let ticking = Rc::clone(&screen);
    clock.start(TimerMode::Repeated, Duration::from_millis(TICK_MS), move || ticking.tick());
    let listening = Rc::clone(&screen);
    slint::spawn_local(async move {
        loop {
            match messages.recv().await {
                Some(Sent::Msg(msg)) => listening.receive(*msg),
                Some(Sent::End(ending)) => break listening.ending.set(Some(ending)),
                Some(Sent::Stop) | None => break,
            }
        }
        if let Err(error) = slint::quit_event_loop() {
            tracing::error!(%error, "cannot stop");
        }
    })
    .context("there is no event loop")?;
    slint::run_event_loop().context("the event loop broke")?;
    Ok(screen.ending.get())
}

struct Screen {
    window: KioskWindow,
    parts: RefCell<Parts>,
    /// Who reads the screen aloud; nobody where there is no voice.
    reader: RefCell<Option<Rc<Reader>>>,
    effects: mpsc::Sender<Effect>,
    watchdog: Watchdog,
    /// What the core was told last.
    shape: Cell<Option<Shape>>,
    /// How staff ended it, if they did.
    ending: Cell<Option<Ending>>,
}

struct Parts {
    state: State,
    shown: Shown,
    layout_file: Option<LayoutFile>,
}

impl Screen {
    /// Callbacks hold the screen weakly: the window is part of it.
    fn listen(self: &Rc<Screen>, numbers: NoticeNumbers) {
        let screen = Rc::downgrade(self);
        connect(&self.window, numbers, move |msg| {
            if let Some(screen) = screen.upgrade() {
                screen.receive(msg);
            }
        });
    }

    /// A kiosk that cannot speak works as before.
    fn read_aloud(self: &Rc<Screen>, voice: &VoiceOptions) {
        let screen = Rc::downgrade(self);
        let reader = Reader::start(voice, &self.window, move |msg| {
            if let Some(screen) = screen.upgrade() {
                screen.receive(msg);
            }
        });
        match reader {
            Ok(reader) => *self.reader.borrow_mut() = Some(reader),
            Err(error) => tracing::error!(error = format!("{error:#}"), "no voice"),
        }
    }

    fn tick(&self) {
        self.watchdog.alive();
        let shape = fit(&self.window);
        if self.shape.replace(Some(shape)) != Some(shape) {
            self.receive(Msg::ScreenChanged { shape });
        }
        self.receive(Msg::Tick);
    }

    fn receive(&self, msg: Msg) {
        let mut parts = self.parts.borrow_mut();
        let parts = &mut *parts;
        let effects = update(&mut parts.state, msg, appliance::now());
        let view = view(&parts.state);
        let (lang, aloud) = (view.lang, view.aloud == Some(true));
        let changed = parts.shown.show(&self.window, view);
        if changed && let Some(reader) = self.reader.borrow().as_ref() {
            reader.follow(&self.window, lang, aloud);
        }
        if let Some(file) = &mut parts.layout_file {
            file.write(&self.window, changed);
        }
        for effect in effects {
            if let Err(error) = self.effects.try_send(effect) {
                tracing::error!(%error, "an effect is lost");
            }
        }
    }
}
