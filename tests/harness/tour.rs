//! All pages of the server, one after the other in each of their states
//! and in both languages, in one browser at one hall with a day
//! behind it. Whoever comes along looks at each: axe-core does, and so
//! does whoever takes pictures.

mod clerk;
mod desk;
mod entry;
mod manager;
mod reports;
mod visitor;

use std::cell::RefCell;
use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::PathBuf;

use anyhow::{Context, ensure};
use jiff::civil::Date;
use queue_api::{Ticket, WindowView};
use serde_json::{Value, json};
use tokio::sync::Mutex;

use crate::browser::Browser;
use crate::hall::{DESK, DemoHall, command_id, data, lay_out_without};
use crate::past;

/// What people of this hall wrote, which no page translates.
pub const WRITTEN: [&str; 10] = [
    "东门取号机",
    "西门取号机",
    "叫号屏-1",
    "叫号屏-9",
    "东区",
    "西区",
    "申请书已看过",
    "赶火车",
    "重点项目",
    "急救转院",
];

/// The languages of the pages.
const LANGUAGES: [&str; 2] = ["zh", "en"];

/// The administrator, whom the staff file of this hall lacks.
const ADMIN: &str = "9001";

/// A matter of lane A with questions and with papers of each kind.
const PERMIT: &str = "food-operation-permit";

/// A page in one of its states, as it is now in the browser.
#[derive(Debug)]
pub struct Sight {
    /// What is seen: a short name, good for a file.
    pub name: &'static str,
    /// `zh` or `en`.
    pub language: &'static str,
    /// Made for a phone and not for a desk.
    pub on_a_phone: bool,
}

/// A walk through all pages; `looks` is called at each sight.
pub struct Tour<L> {
    hall: DemoHall,
    browser: Browser,
    /// The day behind the hall.
    day: Date,
    /// The ways to those of the server's pages that were seen.
    seen: RefCell<BTreeSet<String>>,
    /// Who signed in without the browser: a PIN takes its time.
    tokens: RefCell<BTreeMap<String, String>>,
    looks: Mutex<L>,
}

impl<L: AsyncFnMut(&Browser, &Sight) -> anyhow::Result<()>> Tour<L> {
    /// A hall that lies in this folder, which is emptied first.
    pub async fn prepare(folder: PathBuf, looks: L) -> anyhow::Result<Tour<L>> {
        let _ = fs::remove_dir_all(&folder);
        lay_out_without(&folder, ADMIN)?;
        let day = past::live(&data(&folder), 1, 7)?;
        let hall = DemoHall::start_on(folder, "127.0.0.1:0")?;
        let browser = Browser::start().await?;
        let looks = Mutex::new(looks);
        let (seen, tokens) = (RefCell::default(), RefCell::default());
        Ok(Tour { hall, browser, day, seen, tokens, looks })
    }

    /// Sees everything once.
    pub async fn walk(&mut self) -> anyhow::Result<()> {
        self.entry().await?;
        self.clerk().await?;
        self.desk().await?;
        self.manager().await?;
        self.reports().await?;
        self.visitor().await?;
        self.evening().await
    }

    /// The paths of the server's pages that nobody came to.
    pub async fn missed(&self) -> anyhow::Result<Vec<String>> {
        let description = self.hall.get("", "openapi.json").await?.json::<Value>().await?;
        let paths = description["paths"].as_object().context("a description has paths")?;
        let pages = paths.iter().filter(|(_, way)| {
            way["get"]["responses"]["200"]["content"].get("text/html").is_some()
        });
        let pages: BTreeSet<String> = pages.map(|(path, _)| path.clone()).collect();
        let seen = self.seen.borrow();
        ensure!(seen.is_subset(&pages), "{seen:?} are not all among {pages:?}");
        Ok(pages.difference(&seen).cloned().collect())
    }

    /// The browser, which has been everywhere.
    pub fn browser(&self) -> &Browser {
        &self.browser
    }

    /// Where the server is.
    pub fn address(&self) -> &str {
        &self.hall.address
    }

    /// Looks at what is there now, in both languages.
    async fn see(&self, name: &'static str) -> anyhow::Result<()> {
        for language in LANGUAGES {
            self.browser.speak(language).await?;
            self.look(name, language).await?;
        }
        self.browser.speak("zh").await
    }

    /// Opens a dialog in each language by a key or a click, looks at it,
    /// and closes it.
    async fn see_dialog(
        &self,
        name: &'static str,
        open: Opens<'_>,
        shown: &str,
    ) -> anyhow::Result<()> {
        for language in LANGUAGES {
            self.browser.speak(language).await?;
            match open {
                Opens::Key(key) => self.browser.strike(key).await?,
                Opens::Click(css) => self.browser.click(css).await?,
            }
            self.browser.has(shown).await?;
            self.look(name, language).await?;
            self.browser.strike("\u{1b}").await?;
            self.browser.until("return !document.querySelector('dialog[open]')").await?;
        }
        self.browser.speak("zh").await
    }

    async fn look(&self, name: &'static str, language: &'static str) -> anyhow::Result<()> {
        let path = self.browser.evaluate("return location.pathname").await?;
        let path = path.as_str().unwrap_or_default();
        let (way, on_a_phone) = match path.split('/').nth(1) {
            Some("t") if path.ends_with("/notice") => ("/t/{token}/notice", true),
            Some("t") => ("/t/{token}", true),
            Some("n") => ("/n/{list}", true),
            _ => (path, false),
        };
        self.seen.borrow_mut().insert(way.to_owned());
        let sight = Sight { name, language, on_a_phone };
        let looked = (self.looks.lock().await)(&self.browser, &sight).await;
        looked.with_context(|| format!("at `{name}` in `{language}`"))
    }

    /// Opens a page of the server.
    async fn go(&self, path: &str) -> anyhow::Result<()> {
        self.browser.open(&format!("{}{path}", self.hall.address)).await
    }

    /// Somebody takes their place at the browser, where nobody else is
    /// signed in any more.
    async fn sign_in(&self, staff: &str) -> anyhow::Result<()> {
        self.browser.sign_in(&self.hall.address, staff, crate::hall::PIN).await?;
        self.browser.shows("link-words", "已连接").await
    }

    /// The desk issues a number.
    async fn issue(&self, mut what: Value) -> anyhow::Result<Ticket> {
        for (key, value) in [("class", "ordinary"), ("source", "desk")] {
            if what.get(key).is_none() {
                what[key] = json!(value);
            }
        }
        what["command_id"] = json!(command_id());
        let reply = self.hall.post(&self.token(DESK).await?, "tickets", &what).await?;
        Ok(reply.error_for_status()?.json().await?)
    }

    /// A clerk does something at their window.
    async fn act(&self, staff: &str, verb: &str, mut fields: Value) -> anyhow::Result<WindowView> {
        fields["command_id"] = json!(command_id());
        let path = format!("windows/{}/{verb}", staff.trim_start_matches("100"));
        let reply = self.hall.post(&self.token(staff).await?, &path, &fields).await?;
        Ok(reply.error_for_status()?.json().await?)
    }

    /// The token of somebody who need not sign in twice.
    async fn token(&self, staff: &str) -> anyhow::Result<String> {
        let known = self.tokens.borrow().get(staff).cloned();
        if let Some(token) = known {
            return Ok(token);
        }
        let token = self.hall.sign_in(staff).await?;
        self.tokens.borrow_mut().insert(staff.to_owned(), token.clone());
        Ok(token)
    }
}

/// How a dialog is opened.
#[derive(Clone, Copy)]
enum Opens<'a> {
    /// By its key.
    Key(&'a str),
    /// By a click on this.
    Click(&'a str),
}
