//! The kiosk as a visitor meets it, on the software renderer in a real
//! window of 1080 × 1920 (Xvfb): how soon it is there, how soon it answers
//! a finger, what it costs while nobody comes, what weeks leave behind.

use std::fs;
use std::path::{Path, PathBuf};
use std::time::Duration;

use anyhow::Context;
use serde::Deserialize;
use tests::hall::DemoHall;
use tests::program::{Program, Start};
use tests::screen::Screen;
use tests::visitor::Kiosk;

use crate::clock::{Stopwatch, pause};
use crate::display::Display;
use crate::figures::{Figures, megabytes};
use crate::process::{memory_mb, soaked, worked};

const SIZE: (u32, u32) = (1080, 1920);

/// Starts that are timed, and rounds of the walk.
const STARTS: usize = 10;
const ROUNDS: usize = 4;

/// How long nobody comes.
const IDLE: Duration = Duration::from_mins(1);

/// How long a page is read before the next press: longer than the time in
/// which a page that just came takes none.
const READ: Duration = Duration::from_millis(1_600);

/// Longer than a finger lies on the glass.
const TAP: Duration = Duration::from_millis(60);

/// Visits whose memory is looked at.
const VISITS: &str = "10000";

/// From home over every kind of page and back, by what is pressed.
const WALK: &[&str] = &[
    "我要取号",
    "身份证",
    "返回",
    "换个方式找",
    "按部门找",
    "公安局",
    "返回",
    "返回",
    "返回",
    "返回",
    "我要带什么材料",
    "身份证",
    "看材料清单",
    "不清楚",
    "年满16周岁",
    "不需要",
    "打清单并取号",
    "回到首页",
    "已有预约或过号",
    "我已经有号",
    "C",
    "1",
    "确定",
    "窗口在哪里",
    "返回",
    "回到首页",
    "大字",
    "高对比",
    "低位",
    "English",
    "Take a number",
    "Back",
    "Large",
    "Contrast",
    "Lower",
    "中文",
];

/// What `kiosk soak` says.
#[derive(Debug, Deserialize)]
struct Soaked {
    visits: u64,
    presses: u64,
    frames: u64,
    hours: u64,
    first_kb: u64,
    warm_kb: u64,
    last_kb: u64,
}

/// A kiosk on a display, as a hall has it: without the map for tests.
struct Corner {
    folder: PathBuf,
    server: String,
    token: String,
    display: Display,
    screen: Screen,
}

/// Measures all of it.
pub(crate) async fn measure(figures: &mut Figures) -> anyhow::Result<()> {
    let hall = DemoHall::start("bench-kiosk")?;
    let token = hall.enrol("kiosk", "kiosk-1")?;
    let places = learn_the_way(&hall, &token).await.context("on the walk")?;
    let folder = hall.folder().join("measured");
    fs::create_dir_all(&folder)?;
    let screen = Screen::start(&folder, SIZE)?;
    let display = Display::open(&screen.name)?;
    let server = hall.address.clone();
    let corner = Corner { folder, server, token, display, screen };
    starts(figures, &corner)?;
    let kiosk = corner.start()?;
    corner.display.first_frame()?;
    taps(figures, &corner, &places)?;
    idles(figures, &kiosk)?;
    figures.add("kiosk, memory after the walk (RSS)", memory_mb(&kiosk, "VmRSS:")?, "MB");
    figures.add("kiosk, of it its own (anonymous)", memory_mb(&kiosk, "RssAnon:")?, "MB");
    drop(kiosk);
    Ok(())
}

/// Walks with the map of the screen, and notes where each thing lies.
async fn learn_the_way(hall: &DemoHall, token: &str) -> anyhow::Result<Vec<(f32, f32)>> {
    let printer = format!("dir:{}", hall.folder().join("learnt").display());
    let kiosk = Kiosk::start(hall.folder(), &hall.address, token, &printer, SIZE)?;
    kiosk.page("Home").await?;
    let mut places = Vec::new();
    for label in WALK {
        // A pad's key and another colour move nothing.
        let stays =
            label.chars().count() == 1 || ["高对比", "低位", "Contrast", "Lower"].contains(label);
        let place = if stays { kiosk.touch(label).await? } else { kiosk.press(label).await? };
        places.push(place);
    }
    kiosk.page("Home").await?;
    Ok(places)
}

impl Corner {
    fn start(&self) -> anyhow::Result<Program> {
        let printer = format!("dir:{}", self.folder.join("paper").display());
        Start::ours("kiosk")?
            .args(["--server", &self.server, "--printer", &printer])
            .args([Path::new("--state"), &self.folder.join("state")])
            .args(["--size", &format!("{}x{}", SIZE.0, SIZE.1), "--scanner", "keyboard"])
            .env("YIMEN_TOKEN", &self.token)
            .env("DISPLAY", &self.screen.name)
            .logging_to(&self.folder.join("kiosk.log"))
    }
}

/// From nothing to the first frame in the window.
fn starts(figures: &mut Figures, corner: &Corner) -> anyhow::Result<()> {
    let mut times = Vec::new();
    for _ in 0..STARTS {
        corner.display.clear()?;
        let watch = Stopwatch::start();
        let mut kiosk = corner.start()?;
        corner.display.first_frame()?;
        times.push(watch.read());
        kiosk.stop()?;
    }
    figures.add_times("kiosk, start to first frame in its window", times.clone());
    add_least(figures, "kiosk, start to first frame in its window", &times)
}

/// From the press to the button that gives way, and from the release to
/// the next page.
fn taps(figures: &mut Figures, corner: &Corner, places: &[(f32, f32)]) -> anyhow::Result<()> {
    let (mut presses, mut pages) = (Vec::new(), Vec::new());
    for _ in 0..ROUNDS {
        for (place, label) in places.iter().zip(WALK) {
            let display = &corner.display;
            display.point_at(*place)?;
            pause(READ);
            display.forget()?;
            let watch = Stopwatch::start();
            display.press(true)?;
            display.next_frame().with_context(|| format!("`{label}` does not give way"))?;
            presses.push(watch.read());
            pause(TAP);
            display.forget()?;
            let watch = Stopwatch::start();
            display.press(false)?;
            display.next_frame().with_context(|| format!("`{label}` leads nowhere"))?;
            pages.push(watch.read());
        }
    }
    figures.add("kiosk, taps", f64::from(u32::try_from(pages.len())?), "");
    figures.add_times("kiosk, finger down to next frame", presses);
    figures.add_times("kiosk, finger up to the next page", pages);
    Ok(())
}

/// Nobody comes for a minute.
fn idles(figures: &mut Figures, kiosk: &Program) -> anyhow::Result<()> {
    let before = worked(kiosk)?;
    let watch = Stopwatch::start();
    pause(IDLE);
    let share = worked(kiosk)?.saturating_sub(before).as_secs_f64() / watch.read().as_secs_f64();
    figures.add("kiosk, idle at home for a minute", share * 100.0, "% of a core");
    Ok(())
}

/// What ten thousand visits leave behind, at a window in memory.
pub(crate) fn visits(figures: &mut Figures) -> anyhow::Result<()> {
    let soaked: Soaked = soaked("kiosk", &["--visits".as_ref(), VISITS.as_ref()])?;
    let what = format!(
        "kiosk, {} visits, {} presses, {} frames in {} simulated hours",
        soaked.visits, soaked.presses, soaked.frames, soaked.hours
    );
    figures.add(format!("{what}: memory at first (RSS)"), megabytes(soaked.first_kb)?, "MB");
    figures.add(format!("{what}: when every page was seen"), megabytes(soaked.warm_kb)?, "MB");
    figures.add(format!("{what}: at last"), megabytes(soaked.last_kb)?, "MB");
    let growth = megabytes(soaked.last_kb)? - megabytes(soaked.warm_kb)?;
    figures.add(format!("{what}: growth"), growth, "MB");
    Ok(())
}

fn add_least(figures: &mut Figures, what: &str, times: &[Duration]) -> anyhow::Result<()> {
    let least = times.iter().min().context("something was timed")?;
    figures.add(format!("{what}, least of {}", times.len()), least.as_secs_f64() * 1_000.0, "ms");
    Ok(())
}
