//! The hall on this machine's display, until somebody presses Ctrl-C.

use std::fs;
use std::path::PathBuf;

use anyhow::Context;
use tests::hall::DemoHall;
use tests::paper::Printer;
use tests::program::Start;

use crate::say;

/// Sizes that fit an ordinary monitor side by side.
const KIOSK: &str = "540x960";
const BOARD: &str = "1120x630";

/// Where the demo's server listens, if that port is free.
const LISTEN: &str = "127.0.0.1:8080";

/// Runs the hall until Ctrl-C.
pub(crate) async fn show(folder: PathBuf) -> anyhow::Result<()> {
    let hall = DemoHall::start_in(folder.clone(), LISTEN)
        .or_else(|_| DemoHall::start_in(folder.clone(), "127.0.0.1:0"))?;
    let printer = Printer::start(&folder, "tcp:127.0.0.1:0", 576)?;
    let _kiosk = Start::ours("kiosk")?
        .args(["--server", &hall.address, "--printer", &printer.uri, "--size", KIOSK])
        .env("YIMEN_TOKEN", hall.enrol("kiosk", "kiosk-1")?)
        .logging_to(&folder.join("kiosk.log"))?;
    let _board = Start::ours("display-board")?
        .args(["--server", &hall.address, "--size", BOARD])
        .env("YIMEN_TOKEN", hall.enrol("board", "board-1")?)
        .logging_to(&folder.join("display-board.log"))?;
    let tray = fs::canonicalize(folder.join("paper")).context("the printer has a tray")?;
    say("The demo hall is open.");
    say(&format!(
        "  clerk's console  {}/console   staff 1001, PIN 123456 (window A01)",
        hall.address
    ));
    say(&format!("  staff page       {}/hall      staff 3001, PIN 123456", hall.address));
    say(&format!("  the paper        file://{}/index.html", tray.display()));
    say(&format!(
        "  jam the printer  echo no-paper > {}/fault; help it: rm {0}/fault",
        tray.display()
    ));
    say("Ctrl-C closes the hall.");
    tokio::signal::ctrl_c().await.context("cannot wait for Ctrl-C")
}
