//! The hall without a display: a visitor who wants to open a restaurant,
//! a clerk who calls them, and a picture of each step.

use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context, ensure};
use tests::browser::Browser;
use tests::hall::{CLERK, DemoHall, PIN};
use tests::lobby::Board;
use tests::paper::Printer;
use tests::visitor::Kiosk;

use crate::say;

/// What the visitor presses, and the picture that is taken before.
const PRESSES: [(&str, &str); 9] = [
    ("kiosk-1-home", "我要带什么材料"),
    ("kiosk-2-find", "食品许可"),
    ("kiosk-3-guide", "看材料清单"),
    ("kiosk-4-who", "委托他人代办"),
    ("kiosk-5-what", "餐饮服务"),
    ("kiosk-6-machines", "不用"),
    ("kiosk-7-papers", "English"),
    ("kiosk-8-papers-en", "中文"),
    ("kiosk-9-papers-again", "打清单并取号"),
];

/// Plays the main job once.
pub(crate) async fn show(folder: PathBuf) -> anyhow::Result<()> {
    let hall = DemoHall::start_in(folder.clone(), "127.0.0.1:0")?;
    say(&format!("server    {}", hall.address));
    let printer =
        Printer::start(&folder, &format!("pty:{}", folder.join("printer").display()), 576)?;
    say(&format!("printer   {}", printer.uri));
    let token = hall.enrol("kiosk", "kiosk-1")?;
    let kiosk = Kiosk::start(&folder, &hall.address, &token, &printer.uri, (1080, 1920))?;
    let board = Board::start(&folder, &hall.address, &hall.enrol("board", "board-1")?)?;
    let pictures = folder.join("pictures");
    fs::create_dir_all(&pictures).context("cannot make a folder for the pictures")?;

    for (picture, label) in PRESSES {
        kiosk.reads(label).await?;
        keep(&kiosk.screen.picture_at_rest("now.png").await?, &pictures, picture)?;
        say(&format!("visitor   presses {label}"));
        kiosk.press(label).await?;
    }
    kiosk.reads("请从下方拿单").await?;
    keep(&kiosk.screen.picture_at_rest("now.png").await?, &pictures, "kiosk-10-done")?;
    let papers = printer.papers()?;
    let paper = papers.last().context("a paper came out")?;
    ensure!(paper.faults.is_empty(), "the printer complains: {:?}", paper.faults);
    keep(&paper.picture, &pictures, "paper")?;
    say(&format!("printer   a paper of {} lines in {} bytes", paper.lines.len(), paper.bytes));

    let number = serve(&hall, &pictures).await?;
    board.calls(&number).await?;
    keep(&board.screen.picture_at_rest("now.png").await?, &pictures, "board")?;
    say(&format!("board     shows {number}"));
    say(&format!("\nthe pictures lie in {}", pictures.display()));
    Ok(())
}

/// The clerk opens the window and calls; gives the number called.
async fn serve(hall: &DemoHall, pictures: &Path) -> anyhow::Result<String> {
    let browser = Browser::start().await?;
    browser.sign_in(&hall.address, CLERK, PIN).await?;
    browser.press("开窗").await?;
    browser.offers("叫下一位").await?;
    browser.screenshot(&pictures.join("console-1-waiting.png")).await?;
    browser.press("叫下一位").await?;
    browser.offers("到了").await?;
    let number = browser.text("#plate").await?;
    say(&format!("clerk     calls {number}"));
    browser.screenshot(&pictures.join("console-2-called.png")).await?;
    Ok(number)
}

fn keep(from: &Path, pictures: &Path, name: &str) -> anyhow::Result<()> {
    let to = pictures.join(name).with_extension("png");
    fs::copy(from, &to).with_context(|| format!("cannot keep `{}`", to.display()))?;
    Ok(())
}
