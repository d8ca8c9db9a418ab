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
        for (shape, name, width, height) in
            [(Shape::Portrait, "portrait", 1080, 1920), (Shape::Landscape, "landscape", 1920, 1080)]
        {
            canvas.resize(PhysicalSize::new(width / shrink, height / shrink));
            fit(&window);
            for scene in scenes::ALL {
                for (code, lang) in [("zh", Lang::Zh), ("en", Lang::En)] {
                    let shown = scene.view(&catalogue, shape, lang);
                    Shown::default().show(&window, shown);
                    canvas.settle();
                    let name = format!("kiosk-{}-{name}-{code}", scene.name);
                    take(Picture { name, png: canvas.png()? })?;
                }
            }
        }
        Ok(())
    }
}

/// A page and how one gets there.
struct Scene {
    name: &'static str,
    /// What happens from the home page on.
    play: fn(&mut Player),
}

impl Scene {
    fn view(&self, catalogue: &Catalogue, shape: Shape, lang: Lang) -> View {
        let mut player = Player::new(State::new(demo::now()));
        player.receive(Msg::ScreenChanged { shape });
        if self.name != "starting" {
            demo::open(&mut player, catalogue);
        }
        if lang == Lang::En {
            player.receive(Msg::LanguagePressed);
        }
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
    fn new(state: State) -> Player {
        Player { state, now: demo::now(), effects: Vec::new() }
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
