//! The board as the lobby meets it, on the software renderer in a real
//! window of 1920 × 1080 (Xvfb): how soon a call is to be seen and to be
//! heard while a thousand others follow the same feed, what a board costs
//! on an ordinary day, what a whole day leaves behind.
//!
//! A call is committed before the clerk is answered and after the clerk
//! has asked. Times are given from both: from the commit it takes no
//! longer than from the asking, and no less than from the answer.

mod ear;

use std::fs;
use std::net::Ipv4Addr;
use std::path::{Path, PathBuf};
use std::time::Duration;

use anyhow::{Context, ensure};
use serde::Deserialize;
use serde_json::json;
use tests::hall::{CLERK, DemoHall, command_id};
use tests::lobby::newest_on;
use tests::program::{Program, Start};
use tests::screen::Screen;

use crate::clock::{Stopwatch, pause};
use crate::display::{Display, Place};
use crate::figures::{Figures, megabytes};
use crate::lean::Line;
use crate::process::{memory_mb, soaked, worked};
use crate::queue::{SUBSCRIBERS, issue, subscribers};
use ear::Ear;

const SIZE: (u32, u32) = (1920, 1080);

/// Through the digits of the newest number.
const DIGITS: Place = Place { x: 235, y: 312, width: 700, height: 8 };

/// Calls that are timed, after a few that are not.
const CALLS: u64 = 120;
const FIRST_CALLS: u64 = 5;

/// Until a new call has done blinking, and a little more each time, so
/// that calls come at any moment of what the board does by itself.
const CALM_MS: u64 = 3_300;
const DRIFT_MS: u64 = 37;
const DRIFT_MS_MAX: u64 = 1_000;

/// An ordinary day: five calls a minute, for so many calls.
const EVERY: Duration = Duration::from_secs(12);
const ORDINARY_CALLS: u32 = 15;

/// How long the day in memory is, in hours.
const HOURS: &str = "24";

/// What the demo hall's notice says, and one that changes every eight
/// seconds.
const NOTICE: &str = "取号不用刷身份证，也不记录您的姓名。需要帮忙，请到咨询台。";
const LONG_NOTICE: &str = "取号不用刷身份证，也不记录您的姓名。需要帮忙，请到咨询台。\
    中午 12:00–13:30 窗口 A01、B01 照常办理。过号后 30 分钟内，可在取号机重新排入一次。\
    请带好小票和材料清单，证件用原件。";

/// What `display-board soak` says.
#[derive(Debug, Deserialize)]
struct Soaked {
    hours: u64,
    calls: u64,
    frames: u64,
    said: u64,
    first_kb: u64,
    warm_kb: u64,
    last_kb: u64,
    peak_kb: u64,
}

/// A hall with a board in its lobby and a clerk at window 1.
struct Lobby {
    hall: DemoHall,
    screen: Screen,
    ear: Ear,
    board: Program,
    clerk: String,
    window: Line,
    token: String,
}

/// Measures all of it.
pub(crate) async fn measure(figures: &mut Figures) -> anyhow::Result<()> {
    let mut lobby = Lobby::open().await?;
    let others = subscribers(&lobby.hall, &lobby.token).await?;
    let others: Vec<_> = others.into_iter().map(|it| tokio::spawn(it.follow_on())).collect();
    calls(figures, &mut lobby).await?;
    others.iter().for_each(tokio::task::JoinHandle::abort);
    ordinary(figures, &mut lobby).await?;
    let given = lobby.given().await?;
    drop(lobby);
    day(figures, &given)
}

impl Lobby {
    async fn open() -> anyhow::Result<Lobby> {
        let hall = DemoHall::start_with("bench-board", NOTICE, LONG_NOTICE)?;
        let kiosk = hall.enrol("kiosk", "kiosk-1")?;
        let token = hall.enrol("board", "board-1")?;
        let visitors = FIRST_CALLS + CALLS + u64::from(ORDINARY_CALLS);
        issue(&hall, &kiosk, 1, visitors).await?;
        let clerk = hall.sign_in(CLERK).await?;
        hall.act("open", json!({})).await?;
        let window = sit_down(&hall, &clerk).await?;
        let screen = Screen::start(hall.folder(), SIZE)?;
        let ear = Ear::open(hall.folder())?;
        let display = Display::open(&screen.name)?;
        let board = Start::ours("display-board")?
            .args(["--server", &hall.address, "--sound", ear::CARD])
            .args(["--size", &format!("{}x{}", SIZE.0, SIZE.1)])
            .env("YIMEN_TOKEN", &token)
            .env("DISPLAY", &screen.name)
            .env("ALSA_CONFIG_PATH", ear.setting())
            .logging_to(&hall.folder().join("display-board.log"))?;
        display.first_frame()?;
        Ok(Lobby { hall, screen, ear, board, clerk, window, token })
    }

    /// Calls the next visitor, whose number it gives, and how long after
    /// the asking the answer was there.
    async fn call(&mut self, watch: Stopwatch) -> anyhow::Result<(String, Duration)> {
        let body = json!({ "command_id": command_id() }).to_string();
        let reply = self.window.post("windows/1/call-next", &body).await?;
        let answered = watch.read();
        let view: serde_json::Value = serde_json::from_slice(&reply)?;
        let number = view["ticket"]["number"].as_str().context("somebody is called")?.to_owned();
        Ok((number, answered))
    }

    async fn finish(&mut self) -> anyhow::Result<()> {
        let body = json!({ "command_id": command_id() }).to_string();
        self.window.post("windows/1/finish", &body).await.map(drop)
    }

    /// What a board gets from the server, for the day in memory.
    async fn given(&self) -> anyhow::Result<PathBuf> {
        let hall: serde_json::Value = self.hall.get(&self.token, "hall").await?.json().await?;
        let mut line =
            Line::open(Ipv4Addr::LOCALHOST, &self.hall.address, Some(&self.token)).await?;
        line.follow("view=board").await?;
        let board: serde_json::Value = serde_json::from_str(&line.data("\"calls\"").await?)?;
        let path = self.hall.folder().join("given.json");
        fs::write(&path, json!({ "hall": hall, "board": board }).to_string())?;
        Ok(path)
    }
}

/// A clerk's line to the server.
async fn sit_down(hall: &DemoHall, clerk: &str) -> anyhow::Result<Line> {
    Line::open(Ipv4Addr::LOCALHOST, &hall.address, Some(clerk)).await
}

/// From the press to the row and to the first sound.
async fn calls(figures: &mut Figures, lobby: &mut Lobby) -> anyhow::Result<()> {
    let mut display = Display::open(&lobby.screen.name)?;
    let (mut answers, mut rows, mut sounds) = (Vec::new(), Vec::new(), Vec::new());
    let (mut rows_after, mut sounds_after) = (Vec::new(), Vec::new());
    let mut number = String::new();
    for nth in 0..FIRST_CALLS + CALLS {
        tokio::task::block_in_place(|| {
            pause(Duration::from_millis(CALM_MS + nth * DRIFT_MS % DRIFT_MS_MAX));
        });
        display.forget()?;
        let before = display.pixels(DIGITS)?;
        let watch = Stopwatch::start();
        lobby.ear.listen(watch);
        let eye = tokio::task::spawn_blocking(move || {
            display.differs(DIGITS, &before)?;
            anyhow::Ok((watch.read(), display))
        });
        let answered: Duration;
        (number, answered) = lobby.call(watch).await?;
        let row: Duration;
        (row, display) = eye.await?.with_context(|| format!("{number} is not to be seen"))?;
        let sound = tokio::task::block_in_place(|| lobby.ear.heard())
            .with_context(|| format!("{number} is not to be heard"))?;
        lobby.finish().await?;
        if nth >= FIRST_CALLS {
            answers.push(answered);
            rows.push(row);
            rows_after.push(row.saturating_sub(answered));
            sounds.push(sound);
            sounds_after.push(sound.saturating_sub(answered));
        }
    }
    let read = newest_on(&lobby.screen.picture("called.png")?)?;
    ensure!(read == number, "the board shows `{read}`, called was {number}");
    let among = format!("board, {SUBSCRIBERS} others: call");
    figures.add_times_and_longest(&format!("{among} asked to answered"), answers);
    figures.add_times_and_longest(&format!("{among} asked to row on the screen"), rows);
    figures.add_times_and_longest(&format!("{among} answered to row on the screen"), rows_after);
    figures.add_times_and_longest(&format!("{among} asked to first sound"), sounds);
    figures.add_times_and_longest(&format!("{among} answered to first sound"), sounds_after);
    Ok(())
}

/// Five calls a minute, the notice changing every eight seconds.
async fn ordinary(figures: &mut Figures, lobby: &mut Lobby) -> anyhow::Result<()> {
    let before = worked(&lobby.board)?;
    let watch = Stopwatch::start();
    for nth in 1..=ORDINARY_CALLS {
        // The server ends a line on which nothing comes for so long.
        lobby.window = sit_down(&lobby.hall, &lobby.clerk).await?;
        lobby.call(Stopwatch::start()).await?;
        lobby.finish().await?;
        tokio::task::block_in_place(|| pause((EVERY * nth).saturating_sub(watch.read())));
    }
    let worked = worked(&lobby.board)?.saturating_sub(before);
    let share = worked.as_secs_f64() / watch.read().as_secs_f64();
    figures.add("board, five calls a minute", share * 100.0, "% of a core");
    let what = "board, memory after them";
    figures.add(format!("{what} (RSS)"), memory_mb(&lobby.board, "VmRSS:")?, "MB");
    figures.add(format!("{what}, the most (peak)"), memory_mb(&lobby.board, "VmHWM:")?, "MB");
    figures.add(format!("{what}, its own (anonymous)"), memory_mb(&lobby.board, "RssAnon:")?, "MB");
    Ok(())
}

/// What a day of calls leaves behind, at a window in memory.
fn day(figures: &mut Figures, given: &Path) -> anyhow::Result<()> {
    let watch = Stopwatch::start();
    let options = ["--given".as_ref(), given.as_os_str(), "--hours".as_ref(), HOURS.as_ref()];
    let soaked: Soaked = soaked("display-board", &options)?;
    let took = watch.read();
    let what = format!(
        "board, {} simulated hours, {} calls, {} said, {} frames",
        soaked.hours, soaked.calls, soaked.said, soaked.frames
    );
    figures.add(format!("{what}: memory at first (RSS)"), megabytes(soaked.first_kb)?, "MB");
    figures.add(format!("{what}: after an hour"), megabytes(soaked.warm_kb)?, "MB");
    figures.add(format!("{what}: at last"), megabytes(soaked.last_kb)?, "MB");
    figures.add(format!("{what}: the most"), megabytes(soaked.peak_kb)?, "MB");
    let growth = megabytes(soaked.last_kb)? - megabytes(soaked.warm_kb)?;
    figures.add(format!("{what}: growth"), growth, "MB");
    figures.add(format!("{what}: took"), took.as_secs_f64(), "s");
    Ok(())
}
