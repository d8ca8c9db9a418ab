//! A display without a monitor (Xvfb), a program's window on it, and a
//! finger: pictures come from the display itself, presses go through it.

use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Context, ensure};

use crate::program::{Program, Start};

/// A display of its own; it ends with the value.
#[derive(Debug)]
pub struct Screen {
    /// For `DISPLAY`.
    pub name: String,
    folder: PathBuf,
    _server: Program,
}

impl Screen {
    /// A display of this many pixels.
    pub fn start(folder: &Path, (width, height): (u32, u32)) -> anyhow::Result<Screen> {
        let size = format!("{width}x{height}x24");
        let mut server = Start::theirs("Xvfb")
            .args(["-displayfd", "1", "-screen", "0", &size, "-nolisten", "tcp", "-noreset"])
            .logging_to(&folder.join("xvfb.log"))?;
        let name = format!(":{}", server.line()?);
        Ok(Screen { name, folder: folder.to_owned(), _server: server })
    }

    /// Presses at a point, as a finger does.
    pub fn press(&self, (x, y): (f32, f32)) -> anyhow::Result<()> {
        let point = [x, y].map(|it| format!("{it:.0}"));
        let args = ["mousemove", point[0].as_str(), point[1].as_str(), "click", "1"];
        self.run("xdotool", &args)
    }

    /// Takes a picture of everything on it.
    pub fn picture(&self, name: &str) -> anyhow::Result<PathBuf> {
        let path = self.folder.join(name);
        let out = path.to_str().context("the folder's name is text")?;
        self.run("import", &["-window", "root", out])?;
        Ok(path)
    }

    fn run(&self, program: &str, args: &[&str]) -> anyhow::Result<()> {
        let status = Command::new(program)
            .args(args)
            .env("DISPLAY", &self.name)
            .status()
            .with_context(|| format!("`{program}` does not start; is it installed?"))?;
        ensure!(status.success(), "`{program}` ended with {status}");
        Ok(())
    }
}
