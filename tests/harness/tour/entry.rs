//! Where staff come in: the first administrator's page, signing in.

use std::fs;

use anyhow::{Context, ensure};
use reqwest::Client;
use serde_json::json;

use super::{ADMIN, Sight, Tour};
use crate::browser::Browser;
use crate::hall::CLERK;

impl<L: AsyncFnMut(&Browser, &Sight) -> anyhow::Result<()>> Tour<L> {
    pub(super) async fn entry(&self) -> anyhow::Result<()> {
        let browser = &self.browser;
        self.go("/setup").await?;
        browser.offers("设为管理员").await?;
        self.see("setup").await?;
        for language in super::LANGUAGES {
            browser.speak(language).await?;
            browser.click("#go").await?;
            browser.has("#notice:not([hidden])").await?;
            self.look("setup-missing", language).await?;
        }
        self.make_administrator().await?;
        self.go("/setup").await?;
        browser.speak("zh").await?;
        browser.has("#over:not([hidden])").await?;
        self.see("setup-over").await?;

        self.go("/signin").await?;
        browser.offers("登录").await?;
        self.see("sign-in").await?;
        for language in super::LANGUAGES {
            browser.speak(language).await?;
            browser.fill("staff", CLERK).await?;
            browser.fill("pin", "000000\n").await?;
            browser.has("#notice:not([hidden])").await?;
            self.look("sign-in-wrong", language).await?;
            browser.speak("zh").await?;
            browser.reload().await?;
        }
        Ok(())
    }

    /// With the code that the log tells.
    async fn make_administrator(&self) -> anyhow::Result<()> {
        let log = fs::read_to_string(self.hall.folder().join("queue-server.log"))?;
        let code = log.split("code=\"").nth(1).and_then(|it| it.split('"').next());
        let body = json!({ "code": code.context("the log has no code")?, "staff": ADMIN, "pin": "471100" });
        let reply = Client::new().post(self.hall.url("setup")).json(&body).send().await?;
        ensure!(reply.status() == 201, "no administrator was made: {}", reply.status());
        Ok(())
    }
}
