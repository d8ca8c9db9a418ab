//! A display without a monitor (Xvfb), a program's window on it, and a
//! finger: pictures come from the display itself, presses go through it.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::Duration;

use anyhow::{Context, bail, ensure};

use crate::program::{Program, Start};

/// How long nothing may change before a screen is at rest.
const REST: Duration = Duration::from_millis(300);

/// How often a screen is looked at for that.
const LOOKS_MAX: usize = 60;

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

    /// Presses keys of a keyboard one after another, by their names in X:
    /// `Tab`, `Return`, `3`.
    pub fn keys(&self, keys: &[&str]) -> anyhow::Result<()> {
        self.run("xdotool", &["search", "--onlyvisible", "--name", ".", "windowfocus"])?;
        let args: Vec<&str> =
            ["key", "--delay", "60"].into_iter().chain(keys.iter().copied()).collect();
        self.run("xdotool", &args)
    }

    /// Types a line and ends it, a key every few milliseconds. Nobody
    /// manages windows here, so that the one there is gets the keyboard
    /// now.
    pub fn types(&self, line: &str) -> anyhow::Result<()> {
        self.run("xdotool", &["search", "--onlyvisible", "--name", ".", "windowfocus"])?;
        let end = ["key", "Return"];
        let typed = ["type", "--delay", "4", "--args", "1", line];
        self.run("xdotool", &[typed.as_slice(), &end].concat())
    }

    /// Presses a key, as a person does.
    pub fn key(&self, key: &str) -> anyhow::Result<()> {
        self.run("xdotool", &["search", "--onlyvisible", "--name", ".", "windowfocus"])?;
        self.run("xdotool", &["key", key])
    }

    /// Takes a picture of everything on it.
    pub fn picture(&self, name: &str) -> anyhow::Result<PathBuf> {
        let path = self.folder.join(name);
        let out = path.to_str().context("the folder's name is text")?;
        // Without the time of the picture, the same screen is the same file.
        let untimed = "png:exclude-chunks=date,time";
        self.run("import", &["-window", "root", "-define", untimed, out])?;
        Ok(path)
    }

    /// Takes a picture once the screen has come to rest: a program may
    /// have decided what it shows and not yet drawn it.
    pub async fn picture_at_rest(&self, name: &str) -> anyhow::Result<PathBuf> {
        let mut before = Vec::new();
        for _ in 0..LOOKS_MAX {
            let path = self.picture(name)?;
            let now = fs::read(&path).context("cannot read a picture")?;
            if now == before {
                return Ok(path);
            }
            before = now;
            tokio::time::sleep(REST).await;
        }
        bail!("the screen does not come to rest")
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
