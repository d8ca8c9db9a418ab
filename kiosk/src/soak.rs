//! Thousands of visits at the window, as fast as they can be drawn: what
//! a kiosk holds in memory after weeks of them. For `cargo xtask bench`.
//!
//! The window is the hall's, drawn into memory: presses are real presses
//! at places of the screen and go through update, view, properties and
//! renderer. Time is simulated, so that nights, clock changes and a server
//! that is started anew fit into minutes; what server and printer would
//! say comes from the demo hall.

mod visits;

use std::cell::RefCell;
use std::collections::{HashMap, VecDeque};
use std::io::{self, Write};
use std::path::Path;
use std::rc::Rc;

use anyhow::{Context, ensure};
use appliance::memory;
use catalogue::Lang;
use jiff::SignedDuration;
use kiosk_core::{Effect, Msg, Shape, view};
use queue_api::PrintOutcome;
use slint::platform::{PointerEventButton, WindowEvent};
use slint::{ComponentHandle, LogicalPosition, PhysicalSize};

use crate::shots::{PAPER_DOTS, Player, demo, ticket_for};
use crate::ui::{Canvas, KioskWindow, NoticeNumbers, Shown, connect, elements, fit};

/// The screen of the figures.
const SIZE: PhysicalSize = PhysicalSize { width: 1080, height: 1920 };

/// Visits until everything that stays has been made: fonts, glyphs, lists.
const WARM_UP: u64 = 100;

/// Lives so many visits and prints, as JSON, what they left behind.
pub(crate) fn soak(hall: &Path, visits: u64) -> anyhow::Result<()> {
    let catalogue = demo::catalogue(hall)?;
    let mut kiosk = Soak::open(Player::in_the_hall(&catalogue, Shape::Portrait, Lang::Zh, &[]))?;
    let began = kiosk.player.now;
    let first = memory()?.now_kb;
    let mut warm = first;
    for nth in 0..WARM_UP + visits {
        if nth == WARM_UP {
            warm = memory()?.now_kb;
        }
        kiosk.visit(nth).with_context(|| format!("visit {nth}"))?;
    }
    let told = serde_json::json!({
        "visits": visits,
        "presses": kiosk.n_presses,
        "frames": kiosk.n_frames,
        "hours": kiosk.player.now.duration_since(began).as_hours(),
        "first_kb": first,
        "warm_kb": warm,
        "last_kb": memory()?.now_kb,
    });
    writeln!(io::stdout(), "{told}").context("standard output is gone")
}

/// A kiosk with its window, somebody before it, and a clock of its own.
struct Soak {
    player: Player,
    canvas: Canvas,
    window: KioskWindow,
    shown: Shown,
    /// What the window has reported and the core has not heard.
    pressed: Rc<RefCell<VecDeque<Msg>>>,
    /// Where things were pressed: visits of a kind are alike.
    places: HashMap<String, LogicalPosition>,
    n_presses: u64,
    n_frames: u64,
}

impl Soak {
    fn open(player: Player) -> anyhow::Result<Soak> {
        let canvas = Canvas::install()?;
        let window = KioskWindow::new().context("cannot open a window")?;
        let pressed: Rc<RefCell<VecDeque<Msg>>> = Rc::default();
        let heard = Rc::clone(&pressed);
        connect(&window, NoticeNumbers::from(1), move |msg| heard.borrow_mut().push_back(msg));
        window.show().context("cannot show the window")?;
        canvas.resize(SIZE);
        fit(&window);
        let shown = Shown::new(PAPER_DOTS);
        let places = HashMap::new();
        let mut kiosk =
            Soak { player, canvas, window, shown, pressed, places, n_presses: 0, n_frames: 0 };
        kiosk.draw();
        Ok(kiosk)
    }

    fn draw(&mut self) {
        self.shown.show(&self.window, view(&self.player.state));
        self.canvas.draw();
        self.n_frames += 1;
    }

    /// Something happens; server and printer do what they are asked.
    fn receive(&mut self, msg: Msg) {
        self.player.receive(msg);
        while !self.player.effects.is_empty() {
            for effect in std::mem::take(&mut self.player.effects) {
                if let Some(answer) = self.answer(effect) {
                    self.draw();
                    self.player.receive(answer);
                }
            }
        }
        self.draw();
    }

    fn answer(&self, effect: Effect) -> Option<Msg> {
        let now = self.player.now;
        Some(match effect {
            Effect::Ask(request) => {
                let ticket = ticket_for(now, request.matter);
                Msg::TicketIssued { command_id: request.command_id, ticket }
            }
            Effect::FindByNumber { command_id, .. } => {
                Msg::TicketFound { command_id, ticket: ticket_for(now, None) }
            }
            Effect::Print { job, .. } => Msg::Printed { job, outcome: PrintOutcome::Done },
            Effect::KeepOffline { ticket, .. } => {
                Msg::OfflineKept { command_id: ticket.command_id }
            }
            _ => return None,
        })
    }

    /// Lets time pass, a tick each so many seconds.
    fn wait(&mut self, seconds: i64, tick_s: i64) {
        for _ in 0..seconds / tick_s {
            self.player.now += SignedDuration::from_secs(tick_s);
            self.receive(Msg::Tick);
        }
    }

    /// Presses what reads so, after reading the page; `way` tells one page
    /// of a name from another.
    fn press(&mut self, label: &str, way: &str) -> anyhow::Result<()> {
        self.player.now += SignedDuration::from_secs(2);
        self.receive(Msg::Tick);
        let key = format!("{way} {label}");
        let position = match self.places.get(&key) {
            Some(known) => *known,
            None => *self.places.entry(key).or_insert(place(&self.window, label)?),
        };
        let button = PointerEventButton::Left;
        self.window.window().dispatch_event(WindowEvent::PointerPressed { position, button });
        self.canvas.draw();
        self.window.window().dispatch_event(WindowEvent::PointerReleased { position, button });
        self.n_presses += 1;
        let pressed = std::mem::take(&mut *self.pressed.borrow_mut());
        ensure!(!pressed.is_empty(), "`{label}` was pressed and nothing came of it");
        for msg in pressed {
            self.receive(msg);
        }
        Ok(())
    }
}

/// The middle of the button that reads so, or begins so.
fn place(window: &KioskWindow, label: &str) -> anyhow::Result<LogicalPosition> {
    let all = elements(window);
    let buttons = || all.iter().filter(|it| it["role"] == "button" && it["enabled"] == true);
    let reads = |it: &serde_json::Value| it["label"].as_str().unwrap_or_default().to_owned();
    let found = buttons().find(|it| reads(it) == label);
    let found = found.or_else(|| buttons().find(|it| reads(it).starts_with(label)));
    let found = found.with_context(|| {
        let labels: Vec<String> = buttons().map(reads).collect();
        format!("no button reads `{label}`, but {labels:?}")
    })?;
    let number = |key: &str| found[key].as_f64().unwrap_or_default();
    let middle = |from: &str, length: &str| number(from) + number(length) / 2.0;
    #[expect(clippy::cast_possible_truncation, reason = "a place on a screen")]
    let [x, y] = [middle("x", "width"), middle("y", "height")].map(|it| it as f32);
    Ok(LogicalPosition::new(x, y))
}
