//! What visitors do: each kind of visit in turn, then a night.

use jiff::SignedDuration;
use kiosk_core::{Msg, PageView, view};

use super::Soak;
use crate::shots::{demo, lease};

/// Visits of a day; a night follows.
const A_DAY: u64 = 600;

/// A night, and how often it is looked at, seconds.
const NIGHT_S: i64 = 15 * 3_600;
const NIGHT_TICK_S: i64 = 10;

/// Nobody touches the screen until the visit is over, seconds.
const LEFT_ALONE_S: i64 = 92;

impl Soak {
    /// One visit from home to home.
    pub(super) fn visit(&mut self, nth: u64) -> anyhow::Result<()> {
        match nth % 10 {
            0 | 3 | 6 => self.takes_a_number(nth)?,
            1 | 7 => self.asks_for_papers(nth)?,
            2 => self.types()?,
            4 => self.has_a_number()?,
            5 => self.sees_badly()?,
            8 => self.comes_while_the_server_is_away(nth)?,
            _ => self.looks_around()?,
        }
        if nth % A_DAY == A_DAY / 2 {
            // The clock is set, ahead and back.
            self.player.now += SignedDuration::from_hours(1);
            self.receive(Msg::Tick);
            self.player.now -= SignedDuration::from_hours(1);
            self.receive(Msg::Tick);
        }
        if nth % A_DAY == A_DAY - 1 {
            self.receive(Msg::BoardViewArrived { view: demo::board(false) });
            self.wait(NIGHT_S, NIGHT_TICK_S);
            self.receive(Msg::BoardViewArrived { view: demo::board(true) });
        }
        Ok(())
    }

    /// The n-th of the most used matters, as its button reads.
    fn matter(&self, nth: u64) -> String {
        match view(&self.player.state).page {
            PageView::Find(it) if !it.most_used.is_empty() => {
                let at = usize::try_from(nth).unwrap_or(0) % it.most_used.len();
                it.most_used[at].name.clone()
            }
            _ => String::new(),
        }
    }

    fn takes_a_number(&mut self, nth: u64) -> anyhow::Result<()> {
        self.press("我要取号", "home")?;
        let matter = self.matter(nth);
        self.press(&matter, "find")?;
        self.press("直接取号", &matter)?;
        self.wait(8, 1);
        self.press("回到首页", "number")
    }

    fn asks_for_papers(&mut self, nth: u64) -> anyhow::Result<()> {
        self.press("我要带什么材料", "home")?;
        let matter = self.matter(nth / 10);
        self.press(&matter, "find")?;
        self.press("看材料清单", &format!("{matter} guide"))?;
        while let PageView::Question(it) = view(&self.player.state).page {
            self.press("不清楚", &format!("{matter} {}", it.number))?;
        }
        self.wait(20, 1);
        self.press("只打清单", &matter)?;
        self.wait(5, 1);
        self.press("回到首页", "notice")
    }

    fn types(&mut self) -> anyhow::Result<()> {
        self.press("我要取号", "home")?;
        self.receive(Msg::SearchPressed);
        for key in "gongsishebei".chars() {
            self.receive(Msg::KeyPressed { key });
        }
        self.press("返回", "search")?;
        self.press("返回", "find")
    }

    fn has_a_number(&mut self) -> anyhow::Result<()> {
        self.press("已有预约或过号", "home")?;
        self.press("我已经有号", "have")?;
        for key in ["A", "2", "3"] {
            self.press(key, "pad")?;
        }
        self.press("确定", "pad")?;
        self.wait(10, 1);
        self.press("回到首页", "standing")
    }

    fn sees_badly(&mut self) -> anyhow::Result<()> {
        for mode in ["大字", "高对比", "低位", "English"] {
            self.press(mode, "modes")?;
        }
        self.press("Take a number", "accessible")?;
        self.wait(LEFT_ALONE_S, 1);
        Ok(())
    }

    fn comes_while_the_server_is_away(&mut self, nth: u64) -> anyhow::Result<()> {
        self.receive(Msg::LeaseArrived { lease: lease(self.player.now) });
        self.receive(Msg::ServerLost);
        self.takes_a_number(nth)?;
        self.receive(Msg::BoardViewArrived { view: demo::board(true) });
        Ok(())
    }

    fn looks_around(&mut self) -> anyhow::Result<()> {
        self.press("我要取号", "home")?;
        self.press("换个方式找", "find")?;
        self.press("按部门找", "shelves")?;
        self.press("返回", "departments")?;
        self.wait(LEFT_ALONE_S, 1);
        Ok(())
    }
}
