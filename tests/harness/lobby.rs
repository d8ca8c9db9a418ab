//! The board in the lobby: a real window, and somebody who reads it from
//! the picture alone.

use std::path::Path;
use std::process::Command;
use std::time::Duration;

use anyhow::{Context, bail, ensure};

use crate::program::{Program, Start};
use crate::screen::Screen;

/// The board of the demo hall.
const SIZE: (u32, u32) = (1920, 1080);

/// Where the newest number stands on its plate: width, height, left, top.
const PLATE: &str = "700x250+235+195";

/// How long a call may take to be seen. Reached only on failure.
const PATIENCE: Duration = Duration::from_mins(1);

/// A running board with its window; both end with the value.
#[derive(Debug)]
pub struct Board {
    /// Where its window is.
    pub screen: Screen,
    _program: Program,
}

impl Board {
    /// Starts a hall board on a display of its own.
    pub fn start(folder: &Path, server: &str, token: &str) -> anyhow::Result<Board> {
        let folder = folder.join("board");
        std::fs::create_dir_all(&folder)
            .with_context(|| format!("cannot make `{}`", folder.display()))?;
        let screen = Screen::start(&folder, SIZE)?;
        let program = Start::ours("display-board")?
            .args(["--server", server, "--size", &format!("{}x{}", SIZE.0, SIZE.1)])
            .env("YIMEN_TOKEN", token)
            .env("DISPLAY", &screen.name)
            .logging_to(&folder.join("display-board.log"))?;
        Ok(Board { screen, _program: program })
    }

    /// The newest number, read off the picture.
    pub fn newest(&self) -> anyhow::Result<String> {
        newest_on(&self.screen.picture("board.png")?)
    }

    /// Waits until this number is the newest.
    pub async fn calls(&self, number: &str) -> anyhow::Result<()> {
        let look = async {
            loop {
                match self.newest() {
                    Ok(read) if read == number => return Ok(()),
                    Ok(_) => tokio::time::sleep(Duration::from_millis(200)).await,
                    Err(error) => return Err(error),
                }
            }
        };
        match tokio::time::timeout(PATIENCE, look).await {
            Ok(seen) => seen,
            Err(_) => bail!("the board never showed `{number}`, but `{}`", self.newest()?),
        }
    }
}

/// The newest number on a picture of a board (`tesseract`).
pub fn newest_on(picture: &Path) -> anyhow::Result<String> {
    let plate = picture.with_extension("plate.png");
    let cut = Command::new("convert")
        .args([picture.as_os_str(), "-crop".as_ref(), PLATE.as_ref(), "+repage".as_ref()])
        .args(["-resize", "25%", "-bordercolor", "white", "-border", "20"])
        .arg(&plate)
        .status()
        .context("`convert` does not start; is imagemagick installed?")?;
    ensure!(cut.success(), "the plate cannot be cut out");
    let read = Command::new("tesseract")
        .arg(&plate)
        .args(["-", "--psm", "7", "-c"])
        .arg("tessedit_char_whitelist=ABCDEFGHIJKL0123456789")
        .output()
        .context("`tesseract` does not start; is tesseract-ocr installed?")?;
    Ok(String::from_utf8_lossy(&read.stdout).trim().to_owned())
}
