//! A visitor before the kiosk: reads what is on the screen and presses
//! what they read. The kiosk's window is real, and so is the finger.

use std::fs;
use std::path::{Path, PathBuf};
use std::time::Duration;

use anyhow::{Context, bail};
use serde::Deserialize;

use crate::program::{Program, Start};
use crate::screen::Screen;

/// How long a page may take to come. Generous, since the machine may
/// build meanwhile; reached only on failure.
const PATIENCE: Duration = Duration::from_mins(1);

/// The scanner of most kiosks: it types.
const WEDGE: &[&str] = &["--scanner", "keyboard"];

/// How often a visitor looks.
const GLANCE: Duration = Duration::from_millis(30);

/// A running kiosk with its window; both end with the value.
#[derive(Debug)]
pub struct Kiosk {
    /// Where its window is.
    pub screen: Screen,
    map: PathBuf,
    log: PathBuf,
    _program: Program,
}

/// What the kiosk says of its screen (`--layout-file`).
#[derive(Clone, Debug, Deserialize)]
pub struct Map {
    /// The page.
    pub page: String,
    /// Whether a press counts at this moment.
    pub listens: bool,
    /// What can be read and pressed.
    pub elements: Vec<Element>,
}

impl Map {
    /// The button that reads so, or begins so, if it can be pressed.
    fn button(&self, label: &str) -> Option<&Element> {
        let buttons = || self.elements.iter().filter(|it| it.role == "button" && it.enabled);
        let exact = buttons().find(|it| it.label == label);
        exact.or_else(|| buttons().find(|it| it.label.starts_with(label)))
    }
}

/// A thing on the screen.
#[derive(Clone, Debug, Deserialize)]
pub struct Element {
    /// `button`, `text`, `field`, `image`.
    pub role: String,
    /// What it reads.
    pub label: String,
    /// What was typed into it.
    #[serde(default)]
    pub value: String,
    /// Whether a button can be pressed.
    #[serde(default = "yes")]
    pub enabled: bool,
    x: f32,
    y: f32,
    width: f32,
    height: f32,
}

fn yes() -> bool {
    true
}

impl Element {
    fn middle(&self) -> (f32, f32) {
        (self.x + self.width / 2.0, self.y + self.height / 2.0)
    }
}

impl Kiosk {
    /// Starts a kiosk on a display of its own.
    pub fn start(
        folder: &Path,
        server: &str,
        token: &str,
        printer: &str,
        size: (u32, u32),
    ) -> anyhow::Result<Kiosk> {
        Kiosk::start_as(folder, server, Some(token), printer, size, WEDGE)
    }

    /// Starts one with these devices, as its command line names them.
    pub fn start_with(
        folder: &Path,
        server: &str,
        token: &str,
        printer: &str,
        size: (u32, u32),
        devices: &[&str],
    ) -> anyhow::Result<Kiosk> {
        Kiosk::start_as(folder, server, Some(token), printer, size, devices)
    }

    /// Starts one that nobody has enrolled.
    pub fn start_unknown(
        folder: &Path,
        server: &str,
        printer: &str,
        size: (u32, u32),
    ) -> anyhow::Result<Kiosk> {
        Kiosk::start_as(folder, server, None, printer, size, WEDGE)
    }

    fn start_as(
        folder: &Path,
        server: &str,
        token: Option<&str>,
        printer: &str,
        size: (u32, u32),
        devices: &[&str],
    ) -> anyhow::Result<Kiosk> {
        let folder = folder.join("kiosk");
        fs::create_dir_all(&folder)
            .with_context(|| format!("cannot make `{}`", folder.display()))?;
        let screen = Screen::start(&folder, size)?;
        let (map, log) = (folder.join("layout.json"), folder.join("kiosk.log"));
        let mut kiosk = Start::ours("kiosk")?;
        if let Some(token) = token {
            kiosk = kiosk.env("YIMEN_TOKEN", token);
        }
        let program = kiosk
            .args(["--server", server, "--printer", printer])
            .args([Path::new("--state"), &folder.join("state"), Path::new("--layout-file"), &map])
            .args(["--size", &format!("{}x{}", size.0, size.1)])
            .args(devices)
            .env("DISPLAY", &screen.name)
            .env("ALSA_CONFIG_PATH", folder.join("asound.conf"))
            .logging_to(&log)?;
        Ok(Kiosk { screen, map, log, _program: program })
    }

    /// Waits until the kiosk's log says so.
    pub async fn says(&self, what: &str) -> anyhow::Result<()> {
        let look = async {
            while !fs::read_to_string(&self.log).is_ok_and(|it| it.contains(what)) {
                tokio::time::sleep(GLANCE).await;
            }
        };
        let said = tokio::time::timeout(PATIENCE, look).await;
        said.with_context(|| format!("`{}` never said `{what}`", self.log.display()))
    }

    /// How often the kiosk's log says so.
    pub fn times_said(&self, what: &str) -> usize {
        fs::read_to_string(&self.log).map_or(0, |it| it.matches(what).count())
    }

    /// What is on the screen now.
    pub fn map(&self) -> anyhow::Result<Map> {
        let text = fs::read_to_string(&self.map).context("the kiosk has not drawn anything")?;
        serde_json::from_str(&text).context("the kiosk's map is not its own")
    }

    /// Presses the button that reads so (or begins so), once it is there;
    /// says where it was.
    pub async fn press(&self, label: &str) -> anyhow::Result<(f32, f32)> {
        let (page, found) = self.pressed(label).await?;
        // The press has been taken once the screen shows something else.
        self.wait(&format!("something after `{label}`"), |map| {
            let same = map.elements.len() == page
                && map.button(label).is_some_and(|it| it.same_place(&found));
            (!same).then_some(())
        })
        .await
        .map_err(|error| error.context(format!("`{label}` was pressed and nothing came of it")))?;
        Ok(found.middle())
    }

    /// Presses that button, whatever comes of it; says where it was.
    pub async fn touch(&self, label: &str) -> anyhow::Result<(f32, f32)> {
        self.pressed(label).await.map(|(_, found)| found.middle())
    }

    /// Presses a button; gives how much the page held, and the button.
    async fn pressed(&self, label: &str) -> anyhow::Result<(usize, Element)> {
        let there =
            |map: &Map| map.listens.then_some((map.elements.len(), map.button(label)?.clone()));
        let (page, found) = self.wait(label, there).await?;
        self.screen.press(found.middle())?;
        Ok((page, found))
    }

    /// Presses keys of a pad, each once what was typed shows the one before.
    pub async fn keys(&self, keys: &[&str]) -> anyhow::Result<()> {
        let typed = |map: &Map| {
            map.elements.iter().find(|it| it.role == "field").map(|it| it.value.clone())
        };
        for key in keys {
            let named = |it: &&Element| it.role == "button" && it.label == *key;
            let (before, found) = self
                .wait(key, |map| {
                    let key = map.elements.iter().find(named)?.clone();
                    map.listens.then_some((typed(map), key))
                })
                .await?;
            self.screen.press(found.middle())?;
            self.wait("what was typed", |map| (typed(map) != before).then_some(())).await?;
        }
        Ok(())
    }

    /// Goes by Tab to what reads so, as it stands in the order of the
    /// screen, and presses it by Enter. Nothing is touched.
    pub async fn press_by_keyboard(&self, label: &str) -> anyhow::Result<()> {
        let stops = |map: &Map| -> Vec<String> {
            let is_stop = |it: &&Element| it.role == "field" || it.role == "button" && it.enabled;
            map.elements.iter().filter(is_stop).map(|it| it.label.clone()).collect()
        };
        let place = |map: &Map| {
            let stops = stops(map);
            let at = stops.iter().position(|it| it.starts_with(label))?;
            map.listens.then_some((at, stops))
        };
        let (at, before) = self.wait(label, place).await?;
        let tabs = vec!["Tab"; at + 1];
        self.screen.keys(&[tabs.as_slice(), &["Return"]].concat())?;
        let gone = |map: &Map| (stops(map) != before).then_some(());
        self.wait(&format!("something after `{label}` by keyboard"), gone).await
    }

    /// Holds a code to the scanner, which types it and ends the line.
    pub fn scan(&self, text: &str) -> anyhow::Result<()> {
        self.screen.types(text)
    }

    /// Waits until something on the screen reads so, and gives the whole
    /// of it.
    pub async fn reads(&self, part: &str) -> anyhow::Result<String> {
        let found = |map: &Map| {
            map.elements.iter().find(|it| it.label.contains(part)).map(|it| it.label.clone())
        };
        self.wait(part, found).await
    }

    /// Waits for a page.
    pub async fn page(&self, name: &str) -> anyhow::Result<Map> {
        self.wait(name, |map| (map.page == name).then(|| map.clone())).await
    }

    /// Waits until something can be found on the screen.
    pub async fn wait<T>(
        &self,
        what: &str,
        found: impl Fn(&Map) -> Option<T>,
    ) -> anyhow::Result<T> {
        let look = async {
            loop {
                if let Some(it) = self.map().ok().as_ref().and_then(&found) {
                    return it;
                }
                tokio::time::sleep(GLANCE).await;
            }
        };
        if let Ok(found) = tokio::time::timeout(PATIENCE, look).await {
            return Ok(found);
        }
        let shown = self.map().map(|map| {
            let labels: Vec<String> = map.elements.into_iter().map(|it| it.label).collect();
            format!("{}: {}", map.page, labels.join(" · "))
        });
        let picture = self.screen.picture("not-found.png")?;
        bail!("the kiosk never showed `{what}`, but {shown:?}; see `{}`", picture.display())
    }
}

impl Element {
    fn same_place(&self, other: &Element) -> bool {
        self.label == other.label && self.middle() == other.middle()
    }
}
