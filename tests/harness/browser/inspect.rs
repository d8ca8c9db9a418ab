//! What can be asked of the page that is open, for those who read it
//! otherwise than most: what axe-core finds in it, whether its words are
//! all of one language, whether a keyboard's focus can be seen.

use anyhow::Context;
use serde::Deserialize;
use serde_json::{Value, json};

use super::Browser;

/// axe-core 4.14.1, as npm has it.
const AXE: &str = include_str!("axe/axe.min.js");

/// Every rule of the standards that the pages keep, and what axe itself
/// holds for good practice.
const RULES: [&str; 6] = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"];

/// The rules of colours, down to the house's own: a contrast of 7:1.
const COLOURS: [&str; 2] = ["color-contrast", "color-contrast-enhanced"];

/// Tells which words are not of the page's language, and where.
const FOREIGN: &str = include_str!("foreign.js");

/// Tells which nodes take the focus without showing it.
const UNSEEN_FOCUS: &str = include_str!("focus.js");

/// Something that axe-core holds against a page.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
pub struct Fault {
    /// axe's name of the rule.
    pub rule: String,
    /// `minor`, `moderate`, `serious` or `critical`.
    pub impact: String,
    /// The nodes, as selectors, each with what is wrong.
    pub nodes: Vec<String>,
}

impl Browser {
    /// What axe-core finds by all of the rules but those of colours.
    pub async fn judged(&self) -> anyhow::Result<Vec<Fault>> {
        let options = json!({
            "runOnly": { "type": "tag", "values": RULES },
            "rules": { "color-contrast": { "enabled": false } },
        });
        self.axe(options).await
    }

    /// What axe-core finds in the page's colours alone.
    pub async fn colours_judged(&self) -> anyhow::Result<Vec<Fault>> {
        self.axe(json!({ "runOnly": { "type": "rule", "values": COLOURS } })).await
    }

    async fn axe(&self, mut options: Value) -> anyhow::Result<Vec<Fault>> {
        // Nothing is fetched, and nothing is told but what is wrong.
        options["preload"] = json!(false);
        options["resultTypes"] = json!(["violations"]);
        if self.evaluate("return Boolean(window.axe)").await? != true {
            self.evaluate(AXE).await?;
        }
        let script = "const [options, done] = arguments;
            const line = (it) => `${it.target.join(' ')}: ${it.failureSummary.replace(/\\s+/g, ' ')}`;
            axe.run(document, options).then(({ violations }) => done(violations.map((it) =>
              ({ rule: it.id, impact: it.impact, nodes: it.nodes.map(line) }))))
              .catch((error) => done(String(error)));";
        let found = self.client.execute_async(script, vec![options]).await?;
        let told = format!("axe-core did not judge: {found}");
        serde_json::from_value(found).context(told)
    }

    /// Texts that are not in this language, `zh` or `en`, and those that
    /// no page may hold: open places, raw keys. `written` are the words of
    /// people, which stay as they wrote them.
    pub async fn foreign_words(
        &self,
        language: &str,
        written: &[&str],
    ) -> anyhow::Result<Vec<String>> {
        let found = self.client.execute(FOREIGN, vec![json!(language), json!(written)]).await?;
        Ok(serde_json::from_value(found)?)
    }

    /// What can be reached by the Tab key and does not show that it was.
    pub async fn unseen_focus(&self) -> anyhow::Result<Vec<String>> {
        Ok(serde_json::from_value(self.evaluate(UNSEEN_FOCUS).await?)?)
    }

    /// Makes the reader one who asked their system for more contrast, or
    /// one who did not.
    pub async fn prefer_contrast(&self, more: bool) -> anyhow::Result<()> {
        let value = if more { "more" } else { "no-preference" };
        let features = json!([{ "name": "prefers-contrast", "value": value }]);
        self.devtools("Emulation.setEmulatedMedia", json!({ "features": features })).await.map(drop)
    }

    /// Presses the page's own switch until it is in this language, `zh` or
    /// `en`. By script: a dialog may lie above the switch. Before a page is
    /// left it has to be in Chinese, as the next one is until it has words.
    pub async fn speak(&self, language: &str) -> anyhow::Result<()> {
        let tag = if language == "zh" { "zh-CN" } else { "en" };
        let press = format!(
            "const root = document.documentElement; \
             if (root.lang !== '{tag}') {{ document.getElementById('language').click(); }} \
             return root.lang === '{tag}'"
        );
        self.until(&press).await
    }
}
