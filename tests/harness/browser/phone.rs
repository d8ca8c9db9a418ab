//! The browser of a phone: its size, without scripts, and what it asked
//! for.

use anyhow::Context;
use fantoccini::Locator;
use serde_json::{Value, json};

use super::Browser;

impl Browser {
    /// A phone with a screen of this size, which asks for pages in this
    /// language.
    pub async fn phone(language: &str, (width, height): (u32, u32)) -> anyhow::Result<Browser> {
        let metrics = json!({ "width": width, "height": height, "pixelRatio": 2, "touch": true });
        Browser::start_as(language, Some(json!({ "deviceMetrics": metrics }))).await
    }

    /// Clicks the box, link or anything else that says exactly this.
    pub async fn touch(&self, words: &str) -> anyhow::Result<()> {
        let node = format!("//*[not(self::script)][text()[normalize-space(.)='{words}']]");
        let node = self.find(Locator::XPath(&node)).await?;
        node.click().await.with_context(|| format!("cannot touch `{words}`"))
    }

    /// Goes where the link with these words leads. A click would wait for
    /// whatever the page means to load by itself later.
    pub async fn follow(&self, words: &str) -> anyhow::Result<()> {
        let link = format!("//a[normalize-space(.)='{words}' or span[.='{words}']]");
        let link = self.find(Locator::XPath(&link)).await?;
        let address = link.prop("href").await?.with_context(|| format!("`{words}` is no link"))?;
        self.open(&address).await
    }

    /// From now on pages have no scripts.
    pub async fn without_scripts(&self) -> anyhow::Result<()> {
        self.scripts(false).await
    }

    /// Whether pages have scripts from now on.
    pub async fn scripts(&self, run: bool) -> anyhow::Result<()> {
        let value = json!({ "value": !run });
        self.devtools("Emulation.setScriptExecutionDisabled", value).await.map(drop)
    }

    /// The addresses on any network that were asked for since this was
    /// last called; Chromium's own pages are none.
    pub async fn requests(&self) -> anyhow::Result<Vec<String>> {
        let entries = self.log("performance").await?;
        let requests = entries.iter().filter_map(|entry| {
            let entry: Value = serde_json::from_str(entry["message"].as_str()?).ok()?;
            let message = &entry["message"];
            let asks = message["method"] == "Network.requestWillBeSent";
            asks.then(|| message["params"]["request"]["url"].as_str().map(str::to_owned))?
        });
        Ok(requests.filter(|it| it.starts_with("http") || it.starts_with("ws")).collect())
    }

    /// Errors and warnings on the console since this was last called.
    pub async fn complaints(&self) -> anyhow::Result<Vec<String>> {
        let entries = self.log("browser").await?;
        let bad = entries.iter().filter(|it| it["level"] == "SEVERE" || it["level"] == "WARNING");
        Ok(bad.map(|it| it["message"].to_string()).collect())
    }
}
