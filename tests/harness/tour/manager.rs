//! The hall on one page: as a device wants a hand, with each dialog, and
//! after the day was ended.

use jiff::{Timestamp, ToSpan};
use serde_json::json;

use super::Opens::Click;
use super::{ADMIN, Sight, Tour};
use crate::browser::Browser;
use crate::hall::command_id;

/// Runs the hall.
pub(super) const MANAGER: &str = "3001";

impl<L: AsyncFnMut(&Browser, &Sight) -> anyhow::Result<()>> Tour<L> {
    pub(super) async fn manager(&self) -> anyhow::Result<()> {
        let browser = &self.browser;
        self.sign_in(MANAGER).await?;
        self.see("hall-no-devices").await?;
        let feeds = self.devices().await?;
        self.standing().await?;
        browser.tells("devices", "没纸了").await?;
        browser.tells("requests", "叫号屏-9").await?;
        browser.tells("stand-ins", "1005").await?;
        self.see("hall").await?;
        for (name, opens, dialog) in [
            ("hall-stop-all", "#stop-all", "#sure[open]"),
            ("hall-end-day", "#close-day", "#sure[open]"),
            ("hall-lanes", "#windows tr:first-child button", "#assign[open]"),
            ("hall-post", "#post", "#post-notice[open]"),
            ("hall-stand-in", "#file", "#file-stand-in[open]"),
            ("hall-board", "#devices [aria-haspopup=dialog]", "#hang[open]"),
        ] {
            self.see_dialog(name, Click(opens), dialog).await?;
        }
        browser.click("#lanes tr:first-child button").await?;
        browser.shows("notice", "这个队列已停止取号。").await?;
        self.see("hall-lane-stopped").await?;
        self.go("/console").await?;
        browser.shows("state", "您的工号没有窗口，这里叫不了号。").await?;
        self.see("console-no-window").await?;
        self.go("/hall").await?;
        browser.sign_in(&self.hall.address, ADMIN, "471100").await?;
        browser.shows("link-words", "已连接").await?;
        browser.tells("requests", "叫号屏-9").await?;
        self.see("hall-administrator").await?;
        drop(feeds);
        Ok(())
    }

    /// One kiosk without paper, one that is not there, a board with one
    /// loudspeaker of two, and one that asks to come in. They count as
    /// connected while a feed is read.
    #[expect(clippy::disallowed_methods, reason = "the real server goes by the real clock")]
    async fn devices(&self) -> anyhow::Result<Vec<reqwest::Response>> {
        let kiosk = self.hall.enrol("kiosk", "东门取号机")?;
        self.hall.enrol("kiosk", "西门取号机")?;
        let board = self.hall.enrol("board", "叫号屏-1")?;
        let mut feeds = Vec::new();
        for token in [&kiosk, &board] {
            feeds.push(self.hall.get(token, "feed?view=board").await?);
        }
        let report = json!({ "printer": { "state": "no_paper", "since": "2026-01-05T01:00:00Z" } });
        self.hall.post(&kiosk, "devices/me/report", &report).await?.error_for_status()?;
        let sound = |name: &str, state: &str, waiting: u32| {
            let oldest = (waiting > 0).then(Timestamp::now);
            json!({ "name": name, "state": state, "since": "2026-01-05T01:00:00Z",
                    "waiting": waiting, "oldest": oldest })
        };
        let east = sound("东区", "ready", 3);
        let report =
            json!({ "printer": null, "loudspeakers": [east, sound("西区", "no_device", 0)] });
        self.hall.post(&board, "devices/me/report", &report).await?.error_for_status()?;
        let asks = json!({ "kind": "board", "name": "叫号屏-9" });
        self.hall.post("", "devices", &asks).await?.error_for_status()?;
        Ok(feeds)
    }

    /// A notice on the boards, and somebody at another's window.
    async fn standing(&self) -> anyhow::Result<()> {
        let manager = self.token(MANAGER).await?;
        let (zh, en) = ("A03 窗口今天下午不开。", "Window A03 is closed this afternoon.");
        let today = self.day.checked_add(1.day())?;
        for (path, mut body) in [
            ("notices", json!({ "text": { "zh": zh, "en": en } })),
            ("stand-ins", json!({ "window": 3, "staff": "1005", "from": today, "to": today })),
        ] {
            body["command_id"] = json!(command_id());
            self.hall.post(&manager, path, &body).await?.error_for_status()?;
        }
        Ok(())
    }

    /// The last of the day: it ends.
    pub(super) async fn evening(&self) -> anyhow::Result<()> {
        let browser = &self.browser;
        browser.sign_in(&self.hall.address, MANAGER, crate::hall::PIN).await?;
        browser.shows("link-words", "已连接").await?;
        browser.press("结束今天").await?;
        browser.click("#sure-go").await?;
        browser.shows("day", "今天已经结束").await?;
        self.see("hall-ended").await
    }
}
