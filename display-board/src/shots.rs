//! Every picture of the board, drawn from real states of the core: for
//! people to look at, and for a test to compare.

mod scenes;

use std::fs;
use std::path::{Path, PathBuf};

use anyhow::Context;
use appliance::Size;
use board_core::{Language, View};
use slint::{ComponentHandle, PhysicalSize};

use crate::options::Theme;
use crate::ui::{BoardWindow, Canvas, apply, dress};

const LANDSCAPE: Size = Size { width: 1920, height: 1080 };
const PORTRAIT: Size = Size { width: 1080, height: 1920 };

/// One picture, drawn.
#[derive(Clone, Debug)]
pub struct Picture {
    /// Its name, without ending: `board-busy-landscape-zh`.
    pub name: String,
    /// PNG bytes.
    pub png: Vec<u8>,
}

/// Draws every scene in both shapes and both languages into `out`, as
/// `board-SCENE-SHAPE-LANGUAGE.png`. At most once in a program.
pub fn draw_shots(out: &Path) -> anyhow::Result<Vec<PathBuf>> {
    fs::create_dir_all(out).with_context(|| format!("cannot make `{}`", out.display()))?;
    let mut paths = Vec::new();
    for picture in Picture::all(1)? {
        let path = out.join(format!("{}.png", picture.name));
        fs::write(&path, &picture.png)
            .with_context(|| format!("cannot write `{}`", path.display()))?;
        paths.push(path);
    }
    Ok(paths)
}

impl Picture {
    /// All of them, `shrink` times smaller than a board. At most once in
    /// a program: the canvas becomes its display.
    pub fn all(shrink: u32) -> anyhow::Result<Vec<Picture>> {
        let canvas = Canvas::install(None)?;
        let window = BoardWindow::new().context("cannot open a window")?;
        window.show().context("cannot show the window")?;
        let mut pictures = Vec::new();
        for scene in scenes::ALL {
            for (shape, size) in [("landscape", LANDSCAPE), ("portrait", PORTRAIT)] {
                for (name, language) in [("zh", Language::Zh), ("en", Language::En)] {
                    dress(&window, scene.theme, language)?;
                    window
                        .window()
                        .set_size(PhysicalSize::new(size.width / shrink, size.height / shrink));
                    apply(&window, &scene.view(language));
                    canvas.draw();
                    let name = format!("board-{}-{shape}-{name}", scene.name);
                    pictures.push(Picture { name, png: canvas.png()? });
                }
            }
        }
        Ok(pictures)
    }
}

/// What is drawn.
struct Scene {
    name: &'static str,
    theme: Theme,
    /// Plays the scene on a board of that language.
    play: fn(Language) -> View,
}

impl Scene {
    fn view(&self, language: Language) -> View {
        (self.play)(language)
    }
}
