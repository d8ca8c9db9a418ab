//! A picture of every page in each of its states and languages, on each
//! screen that it is read on. `cargo xtask shots` runs this.

#![expect(clippy::print_stdout, reason = "it tells a person where the pictures are")]

use std::path::{Path, PathBuf};

use anyhow::{Context, bail};
use tests::browser::Browser;
use tests::program::repository;
use tests::tour::{Sight, Tour};

/// A phone, a large screen, and a clerk's, on which the walk goes on.
const SCREENS: [(u32, u32); 3] = [(390, 844), (1920, 1080), (1366, 768)];

#[tokio::main(flavor = "current_thread")]
async fn main() -> anyhow::Result<()> {
    let words: Vec<String> = std::env::args().skip(1).collect();
    let out = match &*words {
        [flag, folder] if flag == "--out" => PathBuf::from(folder),
        _ => bail!("usage: pages --out FOLDER"),
    };
    for screen in SCREENS {
        let folder = folder_of(&out, screen);
        std::fs::create_dir_all(&folder)
            .with_context(|| format!("cannot make `{}`", folder.display()))?;
    }
    let looks = async |browser: &Browser, sight: &Sight| {
        for screen in SCREENS {
            browser.resize(screen.0, screen.1).await?;
            let name = format!("{}-{}.png", sight.name, sight.language);
            browser.screenshot(&folder_of(&out, screen).join(name)).await?;
        }
        Ok(())
    };
    let mut tour = Tour::prepare(repository().join("target/e2e/pages"), looks).await?;
    tour.walk().await?;
    println!("pictures of all pages are in `{}`", out.display());
    Ok(())
}

fn folder_of(out: &Path, (width, height): (u32, u32)) -> PathBuf {
    out.join(format!("{width}x{height}"))
}
