//! The guide desk: a number, an appointment, a ticket that is found.

use anyhow::Context;
use serde_json::Value;

use super::Opens::{Click, Key};
use super::{Sight, Tour};
use crate::browser::Browser;
use crate::hall::DESK;

/// How many days ahead somebody may have to book, over holidays.
const DAYS_MAX: i64 = 14;

impl<L: AsyncFnMut(&Browser, &Sight) -> anyhow::Result<()>> Tour<L> {
    pub(super) async fn desk(&self) -> anyhow::Result<()> {
        self.sign_in(DESK).await?;
        self.see("desk").await?;
        self.numbers().await?;
        self.appointments().await
    }

    async fn numbers(&self) -> anyhow::Result<()> {
        let browser = &self.browser;
        for language in super::LANGUAGES {
            browser.speak(language).await?;
            self.search().await?;
            self.look("desk-search", language).await?;
        }
        browser.speak("zh").await?;
        self.search().await?;
        browser.strike("\n").await?;
        browser.strike("fapiao").await?;
        browser.has("#found [role=option]").await?;
        browser.strike("\n").await?;
        browser.tells("chosen", "再办").await?;
        browser.click("#class [value=priority]").await?;
        browser.click("#priority [value=pregnant]").await?;
        self.see("desk-priority").await?;
        browser.press("取号").await?;
        browser.until("return document.getElementById('qr').naturalWidth > 0").await?;
        browser.until("return document.getElementById('chosen').children.length === 0").await?;
        self.see("desk-issued").await?;
        browser.evaluate("document.activeElement.blur()").await?;
        self.see_dialog("desk-slip", Key("p"), "#slip[open]").await?;
        self.see_dialog("desk-void", Key("v"), "#chooser[open]").await?;
        browser.click("#class [value=green]").await?;
        browser.click("#lane [value=C]").await?;
        browser.press("取号").await?;
        browser.shows("notice", "请写绿色通道的理由。").await?;
        self.see("desk-green").await
    }

    /// Anew, since whoever looked may have left the field, which ends it.
    async fn search(&self) -> anyhow::Result<()> {
        self.browser.evaluate("document.getElementById('typed').value = ''").await?;
        self.browser.click("#typed").await?;
        self.browser.strike("spxk").await?;
        self.browser.has("#found [role=option]").await
    }

    async fn appointments(&self) -> anyhow::Result<()> {
        let browser = &self.browser;
        self.go("/desk").await?;
        browser.shows("link-words", "已连接").await?;
        browser.click("[name=when][value=later]").await?;
        self.see("desk-later").await?;
        browser.click("#lane [value=C]").await?;
        let day = self.bookable().await?;
        let choose = format!(
            "const day = document.getElementById('day'); day.value = '{day}'; \
             day.dispatchEvent(new Event('change')); return true"
        );
        browser.until(&choose).await?;
        browser.click("#slots button").await?;
        self.see("desk-slots").await?;
        browser.press("预约").await?;
        browser.has("#slip[open] .slip-code").await?;
        self.look("desk-booked-slip", "zh").await?;
        browser.strike("\u{1b}").await?;
        browser.has("#booked button").await?;
        self.see("desk-booked").await?;
        self.see_dialog("desk-cancel", Click("#booked button"), "#chooser[open]").await
    }

    /// The first day of which lane C has something free.
    async fn bookable(&self) -> anyhow::Result<String> {
        let desk = self.token(DESK).await?;
        for ahead in 2..DAYS_MAX {
            let day = self.day.checked_add(jiff::Span::new().days(ahead))?;
            let path = format!("appointments/slots?lane=C&day={day}");
            let slots = self.hall.get(&desk, &path).await?.json::<Value>().await?;
            let mut slots = slots.as_array().context("slots are a list")?.iter();
            if slots.any(|it| it["free"].as_u64() > Some(0)) {
                return Ok(day.to_string());
            }
        }
        anyhow::bail!("lane C has nothing free for {DAYS_MAX} days")
    }
}
