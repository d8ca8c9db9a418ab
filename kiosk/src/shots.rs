//! Every page of the kiosk, drawn from real states of the core: for
//! people to look at, and for tests.

pub(crate) mod demo;
mod scenes;
mod slips;

use std::fs;
use std::path::Path;

use anyhow::Context;
use catalogue::{Catalogue, Lang};
use kiosk_core::{Effect, Msg, Shape, State, View, update, view};
use slint::{ComponentHandle, PhysicalSize};

use crate::ui::{Canvas, Held, KioskWindow, Shown, fit};

#[cfg(feature = "layout-file")]
pub(crate) use scenes::{lease, ticket_for};

/// The slips are on 80 mm paper.
pub(crate) const PAPER_DOTS: u16 = 576;

/// Draws every page in every mode, both languages and on every screen into
/// `out`, as `kiosk-PAGE-MODE-LANGUAGE-SCREEN.png`, and every slip, with
/// the matters of the hall in `hall`; with `only`, pages with it in their
/// name. At most once in a thread: the pictures become its display.
pub fn draw_shots(out: &Path, hall: &Path, only: Option<&str>) -> anyhow::Result<()> {
    fs::create_dir_all(out).with_context(|| format!("cannot make `{}`", out.display()))?;
    let catalogue = demo::catalogue(hall)?;
    let canvas = Canvas::install()?;
    let window = KioskWindow::new().context("cannot open a window")?;
    window.global::<Held>().set_scanner(true);
    window.show().context("cannot show the window")?;
    for (width, height) in SCREENS {
        canvas.resize(PhysicalSize::new(width, height));
        let shape = fit(&window);
        for sight in scenes(&catalogue, shape) {
            let name = format!("{}-{width}x{height}", sight.name);
            if only.is_some_and(|only| !name.contains(only)) {
                continue;
            }
            Shown::new(PAPER_DOTS).show(&window, sight.view);
            canvas.settle();
            let path = out.join(name + ".png");
            fs::write(&path, canvas.png()?)
                .with_context(|| format!("cannot write `{}`", path.display()))?;
        }
    }
    slips::draw(out, &catalogue)
}

/// The screens that every page is drawn for, pixels.
pub(crate) const SCREENS: [(u32, u32); 4] = [(1080, 1920), (1920, 1080), (1366, 768), (1280, 1024)];

/// How often a screen hears that time passes.
const TICK_MS: i64 = 500;

/// A page as somebody sees it.
pub(crate) struct Sight {
    /// `kiosk-home-portrait-zh`.
    pub(crate) name: String,
    /// The mode in the name.
    #[cfg(test)]
    pub(crate) mode: &'static str,
    pub(crate) view: View,
}

/// The modes a page is drawn in, each by the presses that lead to it.
const MODES: [(&str, &[Msg]); 5] = [
    ("", &[]),
    ("-contrast", &[Msg::ContrastPressed]),
    ("-large", &[Msg::LargeTextPressed]),
    ("-low", &[Msg::LowReachPressed]),
    ("-large-low", &[Msg::LargeTextPressed, Msg::LowReachPressed]),
];
const LANGUAGES: [(&str, Lang); 2] = [("zh", Lang::Zh), ("en", Lang::En)];

/// Every scene of a shape in every mode and both languages.
fn scenes(catalogue: &Catalogue, shape: Shape) -> Vec<Sight> {
    let mut sights = Vec::new();
    let all = scenes::ALL.iter().chain(scenes::held::ALL).chain(scenes::card::ALL);
    for scene in all.chain(scenes::staff::ALL) {
        for (mode, modes) in modes_of(shape) {
            for (code, lang) in LANGUAGES {
                let chosen = !modes.is_empty() || lang == Lang::En;
                if chosen && scene.is_before_any_choice() {
                    continue;
                }
                let name = format!("kiosk-{}{mode}-{code}", scene.name);
                let view = scene.view(catalogue, shape, lang, modes);
                sights.push(Sight {
                    name,
                    #[cfg(test)]
                    mode,
                    view,
                });
            }
        }
    }
    sights
}

/// The modes that change anything on a screen of that shape.
fn modes_of(shape: Shape) -> impl Iterator<Item = &'static (&'static str, &'static [Msg])> {
    let low = |modes: &[Msg]| modes.iter().any(|it| matches!(it, Msg::LowReachPressed));
    MODES.iter().filter(move |(_, modes)| shape == Shape::Portrait || !low(modes))
}

/// Every scene of a shape in these modes and both languages.
#[cfg(test)]
pub(crate) fn pictured(hall: &Path, shape: Shape, modes: &[&str]) -> anyhow::Result<Vec<Sight>> {
    let mut sights = scenes(&demo::catalogue(hall)?, shape);
    sights.retain(|it| modes.contains(&it.mode));
    Ok(sights)
}

/// Every scene; and every matter's guide, questions and fullest list, page
/// by page; all in every mode and both languages.
#[cfg(test)]
pub(crate) fn sights(hall: &Path, shape: Shape, mut see: impl FnMut(Sight)) -> anyhow::Result<()> {
    let catalogue = demo::catalogue(hall)?;
    scenes(&catalogue, shape).into_iter().for_each(&mut see);
    // Contrast changes no size.
    for (mode, modes) in modes_of(shape).filter(|(mode, _)| *mode != "-contrast") {
        for (code, lang) in LANGUAGES {
            for matter in &catalogue.matters {
                let name = format!("{}{mode} {shape:?} {code}", matter.id);
                let mut player = Player::in_the_hall(&catalogue, shape, lang, modes);
                scenes::through(&mut player, matter, |view| {
                    see(Sight { name: name.clone(), mode, view });
                });
            }
        }
    }
    Ok(())
}

/// A page and how one gets there.
struct Scene {
    name: &'static str,
    /// What happens from the home page on.
    play: fn(&mut Player),
}

impl Scene {
    fn is_outside_a_hall(&self) -> bool {
        self.name == "starting" || self.name.starts_with("joining")
    }

    /// Nobody has chosen a language or a mode: both languages stand there.
    fn is_before_any_choice(&self) -> bool {
        self.is_outside_a_hall() || self.name == "night"
    }

    fn view(&self, catalogue: &Catalogue, shape: Shape, lang: Lang, modes: &[Msg]) -> View {
        let mut player = if self.is_outside_a_hall() {
            Player::new()
        } else {
            Player::in_the_hall(catalogue, shape, lang, modes)
        };
        (self.play)(&mut player);
        view(&player.state)
    }
}

/// A kiosk without a screen.
pub(crate) struct Player {
    pub(crate) state: State,
    pub(crate) now: jiff::Timestamp,
    /// What the shell would have done; a scene's next message answers it.
    pub(crate) effects: Vec<Effect>,
    /// The presses that led to the modes of the picture.
    modes: Vec<Msg>,
}

impl Player {
    fn new() -> Player {
        Player {
            state: State::new(demo::now()),
            now: demo::now(),
            effects: Vec::new(),
            modes: Vec::new(),
        }
    }

    /// In the demo hall, in a language and with modes.
    pub(crate) fn in_the_hall(
        catalogue: &Catalogue,
        shape: Shape,
        lang: Lang,
        modes: &[Msg],
    ) -> Player {
        let mut player = Player::new();
        demo::open(&mut player, catalogue);
        player.receive(Msg::ScreenChanged { shape });
        if lang == Lang::En {
            player.modes.push(Msg::LanguagePressed);
        }
        player.modes.extend_from_slice(modes);
        for mode in player.modes.clone() {
            player.receive(mode);
        }
        player
    }

    /// Something happens.
    pub(crate) fn receive(&mut self, msg: Msg) {
        self.effects.extend(update(&mut self.state, msg, self.now));
    }

    /// Lets time pass, as the screen hears of it.
    fn wait_ms(&mut self, ms: i64) {
        for _ in 0..ms / TICK_MS {
            self.now += jiff::SignedDuration::from_millis(TICK_MS);
            self.receive(Msg::Tick);
        }
    }
}
