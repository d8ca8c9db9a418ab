//! Visitors without a window, for the tests: the real core, runtime,
//! store and printer, and presses that come as fast as they are taken.
//!
//! What a visitor waits for by rule (two seconds for the server, a page
//! that settles) passes at once in the core; whatever is written down
//! bears the real time. The visitors come when the server is away and the
//! kiosk has numbers of its own.

use anyhow::{bail, ensure};
use jiff::SignedDuration;
use kiosk_core::{Effect, Msg, PageView, State, Want, Way, update, view};
use tokio::sync::mpsc;

use crate::runtime::Sent;
use crate::ui::{new_id, new_token};

/// Longer than the core waits for the server.
const AWAY_MS: i64 = 2_100;

/// Longer than a page takes no press.
const SETTLED_MS: i64 = 1_300;

/// News of runtime and printer that a visitor may have to wait for.
const NEWS_MAX: u32 = 1_000;

/// Lets a visitor come for each of the matters, then stays until the
/// messages end.
pub(crate) fn rehearse(
    errands: &[String],
    messages: mpsc::Receiver<Sent>,
    effects: mpsc::Sender<Effect>,
) -> anyhow::Result<()> {
    let state = State::new(appliance::now());
    let mut kiosk = Rehearsal { state, ahead: SignedDuration::ZERO, messages, effects };
    while !kiosk.has_own_numbers() {
        if !kiosk.hears()? {
            return Ok(());
        }
    }
    for errand in errands {
        kiosk.visit(errand)?;
    }
    tracing::info!(visitors = errands.len(), "the visitors have their numbers");
    while kiosk.hears()? {}
    Ok(())
}

struct Rehearsal {
    state: State,
    /// How far the core is before the clock.
    ahead: SignedDuration,
    messages: mpsc::Receiver<Sent>,
    effects: mpsc::Sender<Effect>,
}

impl Rehearsal {
    fn has_own_numbers(&self) -> bool {
        matches!(view(&self.state).page, PageView::Home(home) if home.own_numbers)
    }

    /// From home to home with a number on paper.
    fn visit(&mut self, matter: &str) -> anyhow::Result<()> {
        ensure!(self.has_own_numbers(), "a visitor for `{matter}` is not at home");
        self.receive(Msg::WayPressed { way: Way::Number })?;
        self.receive(Msg::MatterPressed { id: matter.to_owned() })?;
        let (command_id, token) = (new_id(), new_token());
        let notice_number = String::new();
        self.receive(Msg::TakePressed { want: Want::Number, command_id, notice_number, token })?;
        self.pass(AWAY_MS)?;
        for _ in 0..NEWS_MAX {
            let Some(Sent::Msg(news)) = self.messages.blocking_recv() else {
                bail!("the kiosk was stopped in the middle of a visit")
            };
            let printed = matches!(*news, Msg::Printed { .. });
            self.receive(*news)?;
            if printed {
                self.pass(SETTLED_MS)?;
                return self.receive(Msg::HomePressed);
            }
        }
        bail!("no number for `{matter}`: {:?}", view(&self.state).page)
    }

    /// Time passes in the core alone.
    fn pass(&mut self, ms: i64) -> anyhow::Result<()> {
        self.ahead += SignedDuration::from_millis(ms);
        self.receive(Msg::Tick)
    }

    /// Takes the next message; none comes when the kiosk stops.
    fn hears(&mut self) -> anyhow::Result<bool> {
        match self.messages.blocking_recv() {
            Some(Sent::Msg(msg)) => self.receive(*msg).map(|()| true),
            Some(Sent::Stop | Sent::End(_)) | None => Ok(false),
        }
    }

    fn receive(&mut self, msg: Msg) -> anyhow::Result<()> {
        let now = appliance::now();
        for mut effect in update(&mut self.state, msg, now + self.ahead) {
            if let Effect::KeepOffline { ticket, .. } = &mut effect {
                ticket.issued_at = now;
            }
            self.effects.blocking_send(effect)?;
        }
        Ok(())
    }
}
