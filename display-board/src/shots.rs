//! Every picture of the board, drawn from real states of the core: for
//! people to look at, and for a test to compare.

mod scenes;

use std::fs;
use std::path::{Path, PathBuf};
use std::rc::Rc;

use anyhow::Context;
use appliance::Size;
use board_core::{Language, View};
use slint::{ComponentHandle, PhysicalSize};

use crate::options::Theme;
use crate::ui::{BoardWindow, Canvas, apply, dress, png_file};

/// What a picture is of: a layout and the scenes of it.
struct Layout {
    /// As its pictures are called.
    name: &'static str,
    size: Size,
    scenes: &'static [Scene],
}

const LANDSCAPE: Size = Size { width: 1920, height: 1080 };
const PORTRAIT: Size = Size { width: 1080, height: 1920 };

const LAYOUTS: [Layout; 4] = [
    Layout { name: "landscape", size: LANDSCAPE, scenes: scenes::ALL },
    Layout { name: "portrait", size: PORTRAIT, scenes: scenes::ALL },
    Layout { name: "window", size: LANDSCAPE, scenes: scenes::window::ALL },
    Layout { name: "window-portrait", size: PORTRAIT, scenes: scenes::window::ALL },
];

/// One picture, drawn.
#[derive(Clone, Debug)]
pub struct Picture {
    /// Its name, without ending: `board-busy-landscape-zh`.
    pub name: String,
    /// Width and height.
    pub size: (u32, u32),
    /// Red, green and blue of each pixel, row by row.
    pub pixels: Vec<u8>,
}

impl Picture {
    /// As a PNG file.
    pub fn png(&self) -> anyhow::Result<Vec<u8>> {
        png_file(self.size, &self.pixels)
    }
}

/// Draws every scene of every layout in both languages into `out`, at the
/// size it is drawn for, and at those of small and of large screens; as
/// `board-SCENE-LAYOUT-LANGUAGE.png`. At most once in a program.
pub fn draw_shots(out: &Path) -> anyhow::Result<Vec<PathBuf>> {
    let mut paths = Vec::new();
    let painter = Painter::new()?;
    for (folder, scale) in [("", 1.0), ("720p", 2.0 / 3.0), ("4k", 2.0)] {
        let folder = out.join(folder);
        fs::create_dir_all(&folder)
            .with_context(|| format!("cannot make `{}`", folder.display()))?;
        for picture in painter.draw(scale, |_| true)? {
            let path = folder.join(format!("{}.png", picture.name));
            fs::write(&path, picture.png()?)
                .with_context(|| format!("cannot write `{}`", path.display()))?;
            paths.push(path);
        }
    }
    Ok(paths)
}

/// A board on a canvas. At most one in a program: the canvas becomes its
/// display.
pub struct Painter {
    canvas: Rc<Canvas>,
    window: BoardWindow,
}

impl Painter {
    /// Opens it.
    pub fn new() -> anyhow::Result<Painter> {
        let canvas = Canvas::install(None)?;
        let window = BoardWindow::new().context("cannot open a window")?;
        window.show().context("cannot show the window")?;
        Ok(Painter { canvas, window })
    }

    /// The pictures of the wanted scenes, by name, `scale` times as large
    /// as they are drawn for.
    pub fn draw(
        &self,
        scale: f64,
        is_wanted: impl Fn(&str) -> bool,
    ) -> anyhow::Result<Vec<Picture>> {
        let mut pictures = Vec::new();
        for layout in LAYOUTS {
            for scene in layout.scenes.iter().filter(|it| is_wanted(it.name)) {
                for language in [Language::Zh, Language::En] {
                    let name = self.show(&layout, scene, language, scale)?;
                    let (size, pixels) = self.canvas.pixels();
                    pictures.push(Picture { name, size, pixels });
                }
            }
        }
        Ok(pictures)
    }

    /// Draws one scene; what its picture is called.
    fn show(
        &self,
        layout: &Layout,
        scene: &Scene,
        language: Language,
        scale: f64,
    ) -> anyhow::Result<String> {
        dress(&self.window, scene.theme, language)?;
        self.window.window().set_size(scaled(layout.size, scale));
        apply(&self.window, &scene.view(language));
        self.canvas.draw();
        let language = match language {
            Language::Zh => "zh",
            Language::En => "en",
        };
        Ok(format!("board-{}-{}-{language}", scene.name, layout.name))
    }
}

fn scaled(size: Size, scale: f64) -> PhysicalSize {
    #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "a screen's size")]
    let pixels = |it: u32| (f64::from(it) * scale).round() as u32;
    PhysicalSize::new(pixels(size.width), pixels(size.height))
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

#[cfg(test)]
mod tests;
