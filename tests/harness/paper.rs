//! The virtual printer and what lies in its tray.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Context, ensure};
use serde::Deserialize;

use crate::program::{Program, Start};

/// A running printer; it ends with the value.
#[derive(Debug)]
pub struct Printer {
    /// What the kiosk is told with `--printer`.
    pub uri: String,
    tray: PathBuf,
    _program: Program,
}

/// One paper as it was torn off, and what the printer noted about it.
#[derive(Clone, Debug, Deserialize)]
pub struct Paper {
    /// The printed lines.
    pub lines: Vec<String>,
    /// It ended with a cut.
    pub complete: bool,
    /// What was wrong with the bytes.
    pub faults: Vec<serde_json::Value>,
    /// Bytes that made it.
    pub bytes: u64,
    /// Its picture.
    #[serde(skip)]
    pub picture: PathBuf,
}

impl Printer {
    /// Starts a printer with paper of `width` dots that leaves its papers
    /// in `folder/paper`.
    pub fn start(folder: &Path, listen: &str, width: u32) -> anyhow::Result<Printer> {
        let tray = folder.join("paper");
        fs::create_dir_all(&tray).with_context(|| format!("cannot make `{}`", tray.display()))?;
        let width = width.to_string();
        let mut program = Start::ours("virtual-printer")?
            .args(["--listen", listen, "--width", &width, "--out"])
            .args([&tray])
            .logging_to(&folder.join("virtual-printer.log"))?;
        let line = program.line()?;
        let uri =
            line.strip_prefix("listening on ").context("the printer says where it listens")?;
        let uri = format!("{uri}{}width={width}", if uri.contains('?') { '&' } else { '?' });
        Ok(Printer { uri, tray, _program: program })
    }

    /// Jams it (`no-paper`, `cover-open`, …), or helps it with `None`.
    pub fn jam(&self, fault: Option<&str>) -> anyhow::Result<()> {
        let path = self.tray.join("fault");
        match fault {
            Some(fault) => fs::write(&path, fault).context("cannot jam the printer"),
            None if path.exists() => fs::remove_file(&path).context("cannot help the printer"),
            None => Ok(()),
        }
    }

    /// Every paper so far, oldest first.
    pub fn papers(&self) -> anyhow::Result<Vec<Paper>> {
        let mut notes: Vec<PathBuf> = fs::read_dir(&self.tray)
            .context("cannot look into the tray")?
            .filter_map(|entry| Some(entry.ok()?.path()))
            .filter(|path| path.extension().is_some_and(|it| it == "json"))
            .collect();
        notes.sort();
        notes.into_iter().map(|path| read(&path)).collect()
    }
}

fn read(note: &Path) -> anyhow::Result<Paper> {
    let text = fs::read_to_string(note).context("cannot read a note of the printer")?;
    let mut paper: Paper =
        serde_json::from_str(&text).context("a note of the printer is not its own")?;
    paper.picture = note.with_extension("png");
    Ok(paper)
}

impl Paper {
    /// All that is printed, without spaces: what a reader compares.
    pub fn words(&self) -> String {
        self.lines.iter().flat_map(|line| line.split_whitespace()).collect()
    }

    /// What the QR codes on the picture say, by a decoder of another
    /// house (`zbarimg`).
    pub fn codes(&self) -> anyhow::Result<Vec<String>> {
        codes_on(&self.picture)
    }
}

/// What the QR codes on a picture say, of paper or of a screen.
pub fn codes_on(picture: &Path) -> anyhow::Result<Vec<String>> {
    let out = Command::new("zbarimg")
        .args(["--quiet", "--raw"])
        .arg(picture)
        .output()
        .context("`zbarimg` does not start; is zbar-tools installed?")?;
    ensure!(out.status.success(), "zbarimg finds no code on `{}`", picture.display());
    let text = String::from_utf8(out.stdout).context("a code is not text")?;
    Ok(text.lines().map(str::to_owned).collect())
}
