//! The pages behind a paper's QR: each state of a ticket, the notice, a
//! paper that nobody has, and all of it without scripts.

use queue_api::Ticket;
use serde_json::json;

use super::{LANGUAGES, PERMIT, Sight, Tour};
use crate::browser::Browser;
use crate::hall::CLERK;

/// Tries after which an address is told that it tries too often.
const TRIES: usize = 120;

/// Two matters that share a paper.
const LIST: &str = "/n/senior-card~age.65~~residence-permit";

impl<L: AsyncFnMut(&Browser, &Sight) -> anyhow::Result<()>> Tour<L> {
    pub(super) async fn visitor(&self) -> anyhow::Result<()> {
        let ticket = self.waits().await?;
        self.comes(&ticket).await?;
        self.rates().await?;
        self.goes().await?;
        self.list().await?;
        self.stranger().await?;
        self.without_scripts(&ticket).await
    }

    /// Opens a ticket's page and waits until it lives.
    async fn at_ticket(&self, ticket: &Ticket) -> anyhow::Result<()> {
        self.browser.open(&ticket.url).await?;
        self.browser.has("#language:not([hidden])").await?;
        self.browser.until("return document.getElementById('updated').textContent !== ''").await
    }

    async fn waits(&self) -> anyhow::Result<Ticket> {
        let browser = &self.browser;
        self.issue(json!({ "lane": "D" })).await?;
        let ahead = self.issue(json!({ "lane": "D" })).await?;
        self.at_ticket(&ahead).await?;
        browser.has("#facts:not([hidden])").await?;
        self.see("phone-waiting").await?;
        browser.click("#leaving button").await?;
        browser.has("#leaving .ask").await?;
        self.see("phone-leave").await?;
        // The others have gone, and this one has papers to bring.
        let mut window = self.act(CLERK, "open", json!({})).await?;
        while !window.waiting.is_empty() {
            self.act(CLERK, "call-next", json!({})).await?;
            window = self.act(CLERK, "finish", json!({ "outcome": "done_now" })).await?;
        }
        let more = ["individual-business-registration"];
        let ticket = self.issue(json!({ "matter": PERMIT, "more": more })).await?;
        self.at_ticket(&ticket).await?;
        browser.shows("state", "下一位就是您").await?;
        browser.click("[data-tick]").await?;
        self.see("phone-next").await?;
        browser.click("#whole-notice").await?;
        browser.has(".sheet h1").await?;
        browser.has("#language:not([hidden])").await?;
        self.see("notice").await?;
        Ok(ticket)
    }

    async fn comes(&self, ticket: &Ticket) -> anyhow::Result<()> {
        let browser = &self.browser;
        self.at_ticket(ticket).await?;
        for (name, verb, state) in [
            ("phone-called", "call-next", "请到 A01 窗口"),
            ("phone-serving", "arrive", "正在 A01 窗口办理"),
            ("phone-parked", "park", "A01 窗口在等您回来"),
        ] {
            self.act(CLERK, verb, json!({})).await?;
            browser.shows("state", state).await?;
            self.see(name).await?;
        }
        self.act(CLERK, "resume", json!({ "ticket": ticket.id })).await?;
        self.act(CLERK, "finish", json!({})).await?;
        self.act(CLERK, "finish", json!({})).await?;
        browser.shows("state", "这个号已经办完").await
    }

    async fn rates(&self) -> anyhow::Result<()> {
        let browser = &self.browser;
        self.see("phone-rate").await?;
        browser.press("满意").await?;
        browser.has(".reasons").await?;
        browser.click(".reasons label").await?;
        self.see("phone-reasons").await?;
        browser.press("提交评价").await?;
        browser.has(".thanks").await?;
        self.see("phone-thanks").await
    }

    /// Passed over, and given up.
    async fn goes(&self) -> anyhow::Result<()> {
        let browser = &self.browser;
        let missed = self.issue(json!({ "lane": "A" })).await?;
        self.at_ticket(&missed).await?;
        self.act(CLERK, "call-next", json!({})).await?;
        self.act(CLERK, "no-show", json!({})).await?;
        browser.shows("state", "叫过您了，没有等到您").await?;
        self.see("phone-passed-over").await?;
        let left = self.issue(json!({ "lane": "A" })).await?;
        self.at_ticket(&left).await?;
        browser.press("今天不办了，取消这个号").await?;
        browser.press("不办了，取消").await?;
        browser.shows("state", "这个号已经取消").await?;
        self.see("phone-given-up").await
    }

    /// The code of a list, and one of a list that is there no more.
    async fn list(&self) -> anyhow::Result<()> {
        for (name, path) in [("list", LIST), ("list-unknown", "/n/of-old")] {
            self.go(path).await?;
            self.browser.has("#language:not([hidden])").await?;
            self.see(name).await?;
        }
        Ok(())
    }

    async fn stranger(&self) -> anyhow::Result<()> {
        let browser = &self.browser;
        self.go("/t/guessed").await?;
        browser.has("#language:not([hidden])").await?;
        self.see("phone-unknown").await?;
        let http = reqwest::Client::new();
        for _ in 0..TRIES {
            http.get(self.hall.url("status/guessed")).send().await?;
        }
        browser.reload().await?;
        browser.has("#language:not([hidden])").await?;
        self.see("phone-too-many").await
    }

    /// Who has no scripts has the same pages; they stand still.
    async fn without_scripts(&self, ticket: &Ticket) -> anyhow::Result<()> {
        let waiting = self.issue(json!({ "matter": PERMIT })).await?;
        let notice = format!("/t/{}/notice", ticket.token);
        let own = format!("/t/{}", waiting.token);
        for (name, path) in [
            ("plain-waiting", own.as_str()),
            ("plain-notice", &notice),
            ("plain-unknown", "/t/guessed"),
            ("plain-list", LIST),
        ] {
            for language in LANGUAGES {
                self.plainly(&format!("{path}?lang={language}")).await?;
                self.look(name, language).await?;
            }
        }
        for (name, path) in
            [("plain-sign-in", "/signin"), ("plain-setup", "/setup"), ("plain-console", "/console")]
        {
            self.plainly(path).await?;
            self.look(name, "zh").await?;
        }
        Ok(())
    }

    /// Opens a page as a browser without scripts shows it. Then they may
    /// run again, or nobody could look; the page has begun without.
    async fn plainly(&self, path: &str) -> anyhow::Result<()> {
        self.browser.scripts(false).await?;
        self.go(path).await?;
        self.browser.has("noscript, #plain").await?;
        self.browser.scripts(true).await
    }
}
