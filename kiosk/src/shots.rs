//! Every page of the kiosk, drawn from real states of the core: for
//! people to look at, and for tests.

mod demo;
mod scenes;
mod slips;

use std::fs;
use std::path::{Path, PathBuf};

use anyhow::Context;
use catalogue::{Catalogue, Lang};
use kiosk_core::{Effect, Msg, Shape, State, View, update, view};
use slint::{ComponentHandle, PhysicalSize};

use crate::ui::{Canvas, KioskWindow, Shown, fit};

/// The slips are on 80 mm paper.
pub(crate) const PAPER_DOTS: u16 = 576;

/// One picture, drawn.
#[derive(Clone, Debug)]
pub struct Picture {
    /// Its name, without ending: `kiosk-home-portrait-zh`.
    pub name: String,
    /// PNG bytes.
    pub png: Vec<u8>,
}

/// Draws every page in both shapes and both languages into `out`, as
/// `kiosk-PAGE-SHAPE-LANGUAGE.png`, and every slip, with the matters of
/// the hall in `hall`. At most once in a thread.
pub fn draw_shots(out: &Path, hall: &Path) -> anyhow::Result<Vec<PathBuf>> {
    fs::create_dir_all(out).with_context(|| format!("cannot make `{}`", out.display()))?;
    let mut paths = Vec::new();
    Picture::each(hall, 1, |picture| {
        let path = out.join(format!("{}.png", picture.name));
        fs::write(&path, &picture.png)
            .with_context(|| format!("cannot write `{}`", path.display()))?;
        paths.push(path);
        Ok(())
    })?;
    slips::draw(out, &demo::catalogue(hall)?)?;
    Ok(paths)
}

impl Picture {
    /// Draws all of them, `shrink` times smaller than a kiosk, and gives
    /// each to `take`. At most once in a thread: it becomes the thread's
    /// display.
    pub fn each(
        hall: &Path,
        shrink: u32,
        mut take: impl FnMut(Picture) -> anyhow::Result<()>,
    ) -> anyhow::Result<()> {
        let catalogue = demo::catalogue(hall)?;
        let canvas = Canvas::install()?;
        let window = KioskWindow::new().context("cannot open a window")?;
        window.show().context("cannot show the window")?;
        for sight in scenes(&catalogue) {
            let (width, height) = size(sight.shape);
            canvas.resize(PhysicalSize::new(width / shrink, height / shrink));
            fit(&window);
            Shown::new(PAPER_DOTS).show(&window, sight.view);
            canvas.settle();
            take(Picture { name: sight.name, png: canvas.png()? })?;
        }
        Ok(())
    }
}

/// A page as somebody sees it.
pub(crate) struct Sight {
    /// `kiosk-home-portrait-zh`.
    pub(crate) name: String,
    pub(crate) shape: Shape,
    pub(crate) view: View,
}

const SHAPES: [(&str, Shape); 2] = [("portrait", Shape::Portrait), ("landscape", Shape::Landscape)];
const LANGUAGES: [(&str, Lang); 2] = [("zh", Lang::Zh), ("en", Lang::En)];

/// Width and height of a kiosk of that shape.
fn size(shape: Shape) -> (u32, u32) {
    match shape {
        Shape::Portrait => (1080, 1920),
        Shape::Landscape => (1920, 1080),
    }
}

/// Every scene in both shapes and both languages.
fn scenes(catalogue: &Catalogue) -> Vec<Sight> {
    let mut sights = Vec::new();
    for (form, shape) in SHAPES {
        for scene in scenes::ALL {
            for (code, lang) in LANGUAGES {
                let name = format!("kiosk-{}-{form}-{code}", scene.name);
                sights.push(Sight { name, shape, view: scene.view(catalogue, shape, lang) });
            }
        }
    }
    sights
}

/// Every scene; and every matter's guide and fullest list, page by page,
/// in English on a portrait and in Chinese on a landscape.
#[cfg(test)]
pub(crate) fn sights(hall: &Path) -> anyhow::Result<Vec<Sight>> {
    let catalogue = demo::catalogue(hall)?;
    let mut sights = scenes(&catalogue);
    for (shape, lang) in [(Shape::Portrait, Lang::En), (Shape::Landscape, Lang::Zh)] {
        for matter in &catalogue.matters {
            let name = format!("{} {shape:?} {lang:?}", matter.id);
            let mut player = Player::in_the_hall(&catalogue, shape, lang);
            scenes::through(&mut player, matter, |view| {
                sights.push(Sight { name: name.clone(), shape, view });
            });
        }
    }
    sights.sort_by_key(|sight| sight.shape == Shape::Landscape);
    Ok(sights)
}

/// A page and how one gets there.
struct Scene {
    name: &'static str,
    /// What happens from the home page on.
    play: fn(&mut Player),
}

impl Scene {
    fn view(&self, catalogue: &Catalogue, shape: Shape, lang: Lang) -> View {
        let mut player = if self.name == "starting" || self.name.starts_with("joining") {
            Player::new()
        } else {
            Player::in_the_hall(catalogue, shape, lang)
        };
        (self.play)(&mut player);
        view(&player.state)
    }
}

/// A kiosk without a screen.
struct Player {
    state: State,
    now: jiff::Timestamp,
    /// What the shell would have done; a scene's next message answers it.
    effects: Vec<Effect>,
}

impl Player {
    fn new() -> Player {
        Player { state: State::new(demo::now()), now: demo::now(), effects: Vec::new() }
    }

    fn in_the_hall(catalogue: &Catalogue, shape: Shape, lang: Lang) -> Player {
        let mut player = Player::new();
        demo::open(&mut player, catalogue);
        player.receive(Msg::ScreenChanged { shape });
        if lang == Lang::En {
            player.receive(Msg::LanguagePressed);
        }
        player
    }

    fn receive(&mut self, msg: Msg) {
        self.effects.extend(update(&mut self.state, msg, self.now));
    }

    /// Lets time pass.
    fn wait_ms(&mut self, ms: i64) {
        self.now += jiff::SignedDuration::from_millis(ms);
        self.receive(Msg::Tick);
    }
}
