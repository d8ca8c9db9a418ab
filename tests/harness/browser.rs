//! A browser as a person uses it: open a page, sign in, press what one
//! sees, read what it says. Drives headless Chromium through
//! chromedriver; both end with the value. Knows the pages' words and
//! ids, never their scripts.

mod inspect;
mod phone;

pub use inspect::Fault;

use std::io::{BufRead, BufReader};
use std::os::unix::process::CommandExt;
use std::path::{Path, PathBuf};
use std::process::{Child, ChildStdout, Command, Stdio};
use std::sync::atomic::{AtomicU32, Ordering};
use std::sync::{Mutex, PoisonError};
use std::time::Duration;

use anyhow::Context;
use fantoccini::actions::{InputSource, KeyAction, KeyActions};
use fantoccini::elements::Element;
use fantoccini::error::CmdError;
use fantoccini::key::Key;
use fantoccini::wd::WindowHandle;
use fantoccini::{Client, ClientBuilder, Locator};
use hyper_util::client::legacy::connect::HttpConnector;
use rustix::process::{Pid, Signal, kill_process_group};
use serde_json::{Value, json};

use crate::hall::provide_cryptography;
use crate::program::repository;

/// How long a page may take to show what is expected of it. Generous,
/// since the machine may build meanwhile; reached only on failure.
const PATIENCE: Duration = Duration::from_secs(30);

/// How often the page is looked at meanwhile.
const GLANCE: Duration = Duration::from_millis(50);

/// A clerk's screen.
const SIZE: (u32, u32) = (1366, 768);

/// How often chromedriver is started before it is given up.
const STARTS_MAX: usize = 5;

/// What chromedriver says, before the port, once it listens.
const LISTENING: &str = "started successfully on port ";

/// One tab after another of one Chromium with an empty profile.
pub struct Browser {
    client: Client,
    /// The tabs in the order they were opened. The driver lists them in
    /// the order in which they were in front last, which changes.
    tabs: Mutex<Vec<WindowHandle>>,
    http: reqwest::Client,
    driver: Driver,
}

impl Browser {
    /// Starts chromedriver and Chromium, both of which must be installed.
    pub async fn start() -> anyhow::Result<Browser> {
        Browser::start_as("zh-CN", None).await
    }

    async fn start_as(language: &str, emulates: Option<Value>) -> anyhow::Result<Browser> {
        provide_cryptography();
        let driver = Driver::start()?;
        let mut options = json!({
            "goog:loggingPrefs": { "browser": "ALL", "performance": "ALL" },
            "goog:chromeOptions": {
            "args": [
                "--headless=new",
                "--no-sandbox",
                "--disable-gpu",
                "--disable-quic",
                "--disable-sync",
                "--disable-component-update",
                "--disable-background-networking",
                "--no-first-run",
                format!("--accept-lang={language}"),
                format!("--window-size={},{}", SIZE.0, SIZE.1),
                format!("--user-data-dir={}", driver.profile.display()),
            ],
        }});
        if let Some(emulates) = emulates {
            options["goog:chromeOptions"]["mobileEmulation"] = emulates;
        }
        let capabilities = serde_json::from_value(options).context("capabilities are an object")?;
        let client = ClientBuilder::new(HttpConnector::new())
            .capabilities(capabilities)
            .connect(&driver.address)
            .await
            .context("chromium does not start")?;
        let first = client.window().await.context("a browser has a tab")?;
        let (tabs, http) = (Mutex::new(vec![first]), reqwest::Client::new());
        Ok(Browser { client, tabs, http, driver })
    }

    /// Opens an address and waits until the page is loaded.
    pub async fn open(&self, url: &str) -> anyhow::Result<()> {
        self.client.goto(url).await.with_context(|| format!("cannot open `{url}`"))
    }

    /// Opens an address in a new tab; [`Browser::to_tab`] leads back.
    pub async fn open_tab(&self, url: &str) -> anyhow::Result<()> {
        let tab = self.client.new_window(true).await.context("cannot open a tab")?;
        self.tabs.lock().unwrap_or_else(PoisonError::into_inner).push(tab.handle.clone());
        self.client.switch_to_window(tab.handle).await.context("cannot go to the new tab")?;
        self.open(url).await
    }

    /// Goes to the tab that was opened as this one, the first being 0.
    pub async fn to_tab(&self, nth: usize) -> anyhow::Result<()> {
        let tab = self.tabs.lock().unwrap_or_else(PoisonError::into_inner).get(nth).cloned();
        let tab = tab.with_context(|| format!("there is no tab `{nth}`"))?;
        self.client.switch_to_window(tab).await.context("cannot change the tab")
    }

    /// Goes to the tab or window that the page has opened by itself.
    pub async fn to_new_tab(&self) -> anyhow::Result<()> {
        let never = || "the page never opened a window".to_owned();
        let opened = || async {
            let now = self.client.windows().await?;
            let known = self.tabs.lock().unwrap_or_else(PoisonError::into_inner).clone();
            now.into_iter().find(|it| !known.contains(it)).ok_or(CmdError::WaitTimeout)
        };
        let tab = self.patiently(never, opened).await?;
        self.tabs.lock().unwrap_or_else(PoisonError::into_inner).push(tab.clone());
        self.client.switch_to_window(tab).await.context("cannot go to the new window")
    }

    /// Presses the browser's own reload.
    pub async fn reload(&self) -> anyhow::Result<()> {
        self.client.refresh().await.context("cannot reload")
    }

    /// Fills the sign-in page of this server and sends it.
    pub async fn sign_in(&self, server: &str, staff: &str, pin: &str) -> anyhow::Result<()> {
        self.open(&format!("{server}/signin")).await?;
        self.fill("staff", staff).await?;
        self.fill("pin", pin).await?;
        self.press("登录").await?;
        // The way on comes with the answer; a refusal is said on the page.
        self.until(
            "return location.pathname !== '/signin' || !document.getElementById('notice').hidden",
        )
        .await
    }

    /// Types into the field with this id.
    pub async fn fill(&self, id: &str, text: &str) -> anyhow::Result<()> {
        let field = self.find(Locator::Id(id)).await?;
        field.send_keys(text).await.with_context(|| format!("cannot type into `{id}`"))
    }

    /// Clicks the visible button whose words are this label, once it is
    /// there.
    pub async fn press(&self, label: &str) -> anyhow::Result<()> {
        self.click_on(Locator::XPath(&button_with(label))).await
    }

    /// Waits until a visible button with this label may be pressed.
    pub async fn offers(&self, label: &str) -> anyhow::Result<()> {
        self.find(Locator::XPath(&button_with(label))).await.map(drop)
    }

    /// Strikes keys one after the other as fast as a driver can; a space
    /// is the space bar, `\n` Enter, `\x1b` Escape, `\t` Tab.
    pub async fn strike(&self, keys: &str) -> anyhow::Result<()> {
        let strokes = keys.chars().fold(KeyActions::new("keyboard".to_owned()), |strokes, key| {
            let value = match key {
                ' ' => char::from(Key::Space),
                '\n' => char::from(Key::Enter),
                '\x1b' => char::from(Key::Escape),
                '\t' => char::from(Key::Tab),
                key => key,
            };
            strokes.then(KeyAction::Down { value }).then(KeyAction::Up { value })
        });
        self.client
            .perform_actions(strokes)
            .await
            .with_context(|| format!("cannot strike `{keys}`"))
    }

    /// Waits until what this selector finds is there.
    pub async fn has(&self, css: &str) -> anyhow::Result<()> {
        self.find(Locator::Css(css)).await.map(drop)
    }

    /// Clicks what this selector finds.
    pub async fn click(&self, css: &str) -> anyhow::Result<()> {
        self.click_on(Locator::Css(css)).await
    }

    /// Whoever finds that what they aim at has just moved aims again.
    async fn click_on(&self, what: Locator<'_>) -> anyhow::Result<()> {
        let never = || format!("nobody could click {what:?}");
        self.patiently(never, || async { self.client.find(what).await?.click().await }).await
    }

    /// Waits until the node with this id has these words in it.
    pub async fn tells(&self, id: &str, text: &str) -> anyhow::Result<()> {
        let wanted = format!("//*[@id='{id}'][contains(normalize-space(.),'{text}')]");
        if self.find(Locator::XPath(&wanted)).await.is_ok() {
            return Ok(());
        }
        let found = self.text(&format!("#{id}")).await?;
        anyhow::bail!("`{id}` should tell `{text}` but reads `{found}`")
    }

    /// Waits until the node with this id reads exactly so.
    pub async fn shows(&self, id: &str, text: &str) -> anyhow::Result<()> {
        let wanted = format!("//*[@id='{id}'][normalize-space(.)='{text}']");
        if self.find(Locator::XPath(&wanted)).await.is_ok() {
            return Ok(());
        }
        let found = self.text(&format!("#{id}")).await?;
        anyhow::bail!("`{id}` should read `{text}` but reads `{found}`")
    }

    /// What the first node that this selector finds reads now.
    pub async fn text(&self, css: &str) -> anyhow::Result<String> {
        let node = self.find(Locator::Css(css)).await?;
        node.text().await.with_context(|| format!("cannot read `{css}`"))
    }

    /// What a script in the page returns.
    pub async fn evaluate(&self, script: &str) -> anyhow::Result<Value> {
        let found = self.client.execute(script, Vec::new()).await;
        found.with_context(|| format!("the page cannot run `{script}`"))
    }

    /// Waits until a script in the page returns true.
    pub async fn until(&self, script: &str) -> anyhow::Result<()> {
        let asked = tokio::time::timeout(PATIENCE, async {
            while self.evaluate(script).await? != true {
                tokio::time::sleep(GLANCE).await;
            }
            Ok(())
        });
        asked.await.unwrap_or_else(|_| anyhow::bail!("`{script}` never became true"))
    }

    /// Makes the window so large.
    pub async fn resize(&self, width: u32, height: u32) -> anyhow::Result<()> {
        let size =
            json!({ "width": width, "height": height, "deviceScaleFactor": 1, "mobile": false });
        self.devtools("Emulation.setDeviceMetricsOverride", size).await.map(drop)
    }

    /// Pulls the tab's network cable, or puts it back.
    pub async fn cut_off(&self, offline: bool) -> anyhow::Result<()> {
        self.network(offline, 0).await
    }

    /// Makes every answer of the tab's network so late.
    pub async fn slow_down(&self, latency_ms: u32) -> anyhow::Result<()> {
        self.network(false, latency_ms).await
    }

    async fn network(&self, offline: bool, latency_ms: u32) -> anyhow::Result<()> {
        self.devtools("Network.enable", json!({})).await?;
        let conditions = json!({
            "offline": offline, "latency": latency_ms,
            "downloadThroughput": -1, "uploadThroughput": -1,
        });
        self.devtools("Network.emulateNetworkConditions", conditions).await.map(drop)
    }

    /// Whether nothing went wrong in any page so far: no fault in a
    /// script, nothing that the pages' own policy forbids, no word to
    /// another host than `server`. A refusal by the server is none of
    /// these; a page shows it.
    pub async fn ran_clean(&self, server: &str) -> anyhow::Result<()> {
        let mut faults = Vec::new();
        for entry in self.log("browser").await? {
            if entry["level"] == "SEVERE" && entry["source"] != "network" {
                faults.push(entry["message"].to_string());
            }
        }
        for entry in self.log("performance").await? {
            let message: Value =
                serde_json::from_str(entry["message"].as_str().unwrap_or_default())?;
            let message = &message["message"];
            let url = message["params"]["request"]["url"].as_str().unwrap_or_default();
            let sent = message["method"] == "Network.requestWillBeSent";
            if sent && url.starts_with("http") && !url.starts_with(server) {
                faults.push(format!("asked `{url}`"));
            }
        }
        anyhow::ensure!(faults.is_empty(), "the pages did not run clean: {faults:#?}");
        Ok(())
    }

    /// What the driver has logged of a kind since it was asked last.
    async fn log(&self, kind: &str) -> anyhow::Result<Vec<Value>> {
        let log = self.drive("se/log", &json!({ "type": kind })).await?;
        Ok(log.as_array().cloned().unwrap_or_default())
    }

    async fn devtools(&self, command: &str, parameters: Value) -> anyhow::Result<Value> {
        self.drive("goog/cdp/execute", &json!({ "cmd": command, "params": parameters })).await
    }

    /// What only chromedriver knows.
    async fn drive(&self, path: &str, body: &Value) -> anyhow::Result<Value> {
        let session = self.client.session_id().await?.context("the browser has a session")?;
        let url = format!("{}/session/{session}/{path}", self.driver.address);
        let reply = self.http.post(url).json(body).send().await?.error_for_status()?;
        Ok(reply.json::<Value>().await?["value"].take())
    }

    /// Writes the tab's picture.
    pub async fn screenshot(&self, path: &Path) -> anyhow::Result<()> {
        let png = self.client.screenshot().await.context("cannot take a picture")?;
        std::fs::write(path, png).with_context(|| format!("cannot write `{}`", path.display()))
    }

    /// Looks until it is there. A look that falls into the moment in which
    /// one page gives way to the next fails in many ways, and is no
    /// answer.
    async fn find(&self, what: Locator<'_>) -> anyhow::Result<Element> {
        let never = || format!("the page never showed {what:?}");
        self.patiently(never, || self.client.find(what)).await
    }

    /// Does something again until it works.
    async fn patiently<T, F: Future<Output = Result<T, CmdError>>>(
        &self,
        never: impl Fn() -> String,
        mut attempt: impl FnMut() -> F,
    ) -> anyhow::Result<T> {
        let given_up = tokio::time::Instant::now() + PATIENCE;
        loop {
            match attempt().await {
                Ok(done) => return Ok(done),
                Err(error) if tokio::time::Instant::now() > given_up => {
                    return Err(error).with_context(never);
                }
                Err(_) => tokio::time::sleep(GLANCE).await,
            }
        }
    }
}

/// A button that is shown and does not rest, by its words; the key that
/// stands on it does not count.
fn button_with(label: &str) -> String {
    let words = format!("(normalize-space(.)='{label}' or normalize-space(span)='{label}')");
    format!("//button[not(@hidden)][not(@aria-disabled='true')][{words}]")
}

/// A phone brings hanzi of its own, and this machine may have none: the
/// browser is lent the screens' font.
fn fonts(profile: &Path) -> anyhow::Result<PathBuf> {
    std::fs::create_dir_all(profile)?;
    let (file, ours) = (profile.join("fonts.conf"), repository().join("assets/fonts"));
    let text = format!(
        "<fontconfig><include ignore_missing=\"yes\">/etc/fonts/fonts.conf</include>\
         <dir>{}</dir></fontconfig>",
        ours.display()
    );
    std::fs::write(&file, text).with_context(|| format!("cannot write `{}`", file.display()))?;
    Ok(file)
}

/// A chromedriver on a free port, in a process group of its own that
/// Chromium joins, so that one signal ends both.
struct Driver {
    process: Child,
    address: String,
    profile: PathBuf,
    /// Kept open: chromedriver would be stopped by writing to a closed
    /// pipe.
    stdout: BufReader<ChildStdout>,
}

impl Driver {
    /// A driver that ends before it listens has found its port taken on
    /// one of the machine's addresses; the next one draws another.
    fn start() -> anyhow::Result<Driver> {
        let mut last = Driver::try_start();
        for _ in 1..STARTS_MAX {
            match last {
                Ok(driver) => return Ok(driver),
                Err(_) => last = Driver::try_start(),
            }
        }
        last
    }

    fn try_start() -> anyhow::Result<Driver> {
        static STARTED: AtomicU32 = AtomicU32::new(0);
        let nth = STARTED.fetch_add(1, Ordering::Relaxed);
        let name = format!("yimen-browser-{}-{nth}", std::process::id());
        let profile = std::env::temp_dir().join(name);
        let mut process = Command::new("chromedriver")
            .arg("--port=0")
            .env("FONTCONFIG_FILE", fonts(&profile)?)
            .stdin(Stdio::null())
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .process_group(0)
            .spawn()
            .context("chromedriver does not start; is it installed?")?;
        let stdout = process.stdout.take().expect("stdout is piped");
        let mut driver =
            Driver { process, address: String::new(), profile, stdout: BufReader::new(stdout) };
        driver.address = format!("http://127.0.0.1:{}", driver.port()?);
        Ok(driver)
    }

    fn port(&mut self) -> anyhow::Result<u16> {
        let mut line = String::new();
        while self.stdout.read_line(&mut line).context("chromedriver cannot be read")? > 0 {
            if let Some((_, port)) = line.split_once(LISTENING) {
                let port = port.trim().trim_end_matches('.');
                return port.parse().with_context(|| format!("`{port}` is not a port"));
            }
            line.clear();
        }
        anyhow::bail!("chromedriver ended before it listened")
    }
}

impl Drop for Driver {
    fn drop(&mut self) {
        // A process that is gone already, or a profile never written, is
        // what is wanted.
        if let Ok(group) = i32::try_from(self.process.id()) {
            let _ = Pid::from_raw(group).map(|it| kill_process_group(it, Signal::KILL));
        }
        let _ = self.process.wait();
        let _ = std::fs::remove_dir_all(&self.profile);
    }
}
