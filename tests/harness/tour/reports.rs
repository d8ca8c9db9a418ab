//! Figures, the day on paper, and the record.

use anyhow::Context;

use super::manager::MANAGER;
use super::{Sight, Tour};
use crate::browser::Browser;

/// Reads everything, changes nothing.
const SUPERVISOR: &str = "4001";

impl<L: AsyncFnMut(&Browser, &Sight) -> anyhow::Result<()>> Tour<L> {
    pub(super) async fn reports(&self) -> anyhow::Result<()> {
        let browser = &self.browser;
        let day = self.day;
        self.sign_in(MANAGER).await?;
        for (name, asked) in [
            ("reports-lanes", format!("from={day}&to={day}&by=lane")),
            ("reports-hours", format!("from={day}&to={day}&by=hour&per=day")),
        ] {
            self.go(&format!("/reports?{asked}")).await?;
            browser.has("#people tr").await?;
            browser.has("#people-chart svg").await?;
            self.see(name).await?;
        }
        self.go("/reports?from=2020-01-01&to=2020-01-02").await?;
        browser.has("#empty:not([hidden])").await?;
        self.see("reports-empty").await?;
        self.go(&format!("/reports/sheet?day={day}")).await?;
        browser.has("#matter tr").await?;
        self.see("day-sheet").await?;
        self.supervisor().await
    }

    async fn supervisor(&self) -> anyhow::Result<()> {
        let browser = &self.browser;
        browser.sign_in(&self.hall.address, SUPERVISOR, crate::hall::PIN).await?;
        browser.tells("hall-name", "示范区").await?;
        self.go(&format!("/supervisor?day={}", self.day)).await?;
        browser.tells("events", "等得最久").await?;
        self.see("supervisor").await?;
        browser.press("绿色通道和点号").await?;
        browser.has("#exceptions[aria-pressed=true]").await?;
        browser.tells("events", "赶火车").await?;
        // Read at one glance: the list may be painted anew meanwhile.
        let number =
            browser.evaluate("return document.querySelector('#events button').textContent");
        let number = number.await?;
        browser.fill("number", number.as_str().context("an event is of a number")?).await?;
        browser.press("查").await?;
        browser.has("#found:not([hidden])").await?;
        browser.press("现在核对一遍").await?;
        browser.shows("record-state", "完好，没有人动过").await?;
        self.see("supervisor-ticket").await?;
        self.go("/hall").await?;
        browser.shows("link-words", "已连接").await?;
        self.see("hall-supervisor").await
    }
}
