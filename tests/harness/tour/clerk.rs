//! The console from the opening of a window to its end.

use serde_json::json;

use super::Opens::Key;
use super::{PERMIT, Sight, Tour};
use crate::browser::Browser;
use crate::hall::CLERK;

/// The clerk of window 2.
const COLLEAGUE: &str = "1002";

/// For this page twenty minutes have passed: those who wait do so for
/// too long.
const LATER: &str = "const now = Date.now; Date.now = () => now() + 20 * 60_000; return true";

impl<L: AsyncFnMut(&Browser, &Sight) -> anyhow::Result<()>> Tour<L> {
    pub(super) async fn clerk(&mut self) -> anyhow::Result<()> {
        let browser = &self.browser;
        self.sign_in(CLERK).await?;
        browser.offers("开窗").await?;
        self.see("console-closed").await?;
        browser.strike(" ").await?;
        browser.offers("叫下一位").await?;
        self.see("console-nobody").await?;
        self.visitors_come().await?;
        browser.shows("waiting-count", "等候 5 人").await?;
        self.see("console-idle").await?;
        self.see_dialog("console-keys", Key("?"), "#help[open]").await?;
        self.see_dialog("console-call-one", Key("d"), "#number[open]").await?;
        self.see_dialog("console-pause", Key("z"), "#chooser[open]").await?;
        self.called().await?;
        self.served().await?;
        self.troubles().await
    }

    /// Of every class, one with a word of a colleague.
    async fn visitors_come(&self) -> anyhow::Result<()> {
        let answers = json!({ "agent": ["agent"], "scope": ["catering"], "auto": ["no"] });
        let more = ["food-prepackaged-filing"];
        let sent_on = self.issue(json!({ "lane": "B" })).await?;
        for what in [
            json!({ "matter": PERMIT, "answers": answers, "more": more }),
            json!({ "lane": "A", "class": "priority", "priority": "with_infant" }),
            json!({ "lane": "A", "class": "green", "grant": "重点项目" }),
            json!({ "matter": "individual-business-registration" }),
        ] {
            self.issue(what).await?;
        }
        self.act(COLLEAGUE, "open", json!({})).await?;
        let call = json!({ "ticket": sent_on.id, "reason": "赶火车" });
        self.act(COLLEAGUE, "call", call).await?;
        let to = json!({ "ticket": sent_on.id, "to_lane": "B", "note": "申请书已看过" });
        self.act(COLLEAGUE, "transfer", to).await.map(drop)
    }

    async fn called(&self) -> anyhow::Result<()> {
        let browser = &self.browser;
        // Until the one with papers is at the window.
        browser.strike("d").await?;
        browser.has("#number[open]").await?;
        browser.strike("a1\n赶火车\n").await?;
        browser.shows("plate", "A001").await?;
        browser.tells("papers", "食品经营许可申请书").await?;
        self.see("console-called").await?;
        browser.strike("13").await?;
        browser.has(".paper.missing").await?;
        browser.strike("r").await?;
        browser.shows("notice", "A001 又叫了一次。").await?;
        self.see("console-papers-missing").await
    }

    async fn served(&self) -> anyhow::Result<()> {
        let browser = &self.browser;
        browser.strike("a").await?;
        browser.shows("state", "正在办理").await?;
        self.see("console-serving").await?;
        self.see_dialog("console-finish", Key("f"), "#chooser[open]").await?;
        self.see_dialog("console-send-on", Key("t"), "#transfer[open]").await?;
        self.see_dialog("console-pass", Key("e"), "#slip[open] img").await?;
        browser.offers("先放一放").await?;
        browser.strike("p").await?;
        browser.shows("state", "等您叫号").await?;
        self.see("console-parked").await?;
        // Who does not come, and is put back later.
        browser.strike(" ").await?;
        browser.offers("到了").await?;
        browser.strike("r").await?;
        browser.tells("no-show", "叫了 2 次").await?;
        browser.strike("n").await?;
        browser.offers("叫下一位").await?;
        self.see_dialog("console-put-back", Key("g"), "#number[open]").await
    }

    async fn troubles(&mut self) -> anyhow::Result<()> {
        let browser = &self.browser;
        browser.click("#sign-out").await?;
        browser.shows("notice", "请先关窗，再退出。").await?;
        self.see("console-close-first").await?;
        browser.until(LATER).await?;
        browser.has("#overdue:not([hidden])").await?;
        self.see("console-late").await?;
        browser.reload().await?;
        browser.offers("叫下一位").await?;
        browser.strike("z").await?;
        browser.has("#chooser[open]").await?;
        browser.strike("3").await?;
        browser.shows("state", "暂停服务 · 午间休息").await?;
        self.see("console-paused").await?;
        self.hall.kill()?;
        browser.has(".link.lost").await?;
        self.see("console-cut-off").await?;
        self.hall.restart()?;
        let browser = &self.browser;
        browser.shows("link-words", "已连接").await?;
        self.go("/desk").await?;
        browser.has("#no-desk:not([hidden])").await?;
        self.see("desk-not-yours").await
    }
}
