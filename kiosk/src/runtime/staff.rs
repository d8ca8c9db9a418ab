//! What staff do at the kiosk itself.

use std::net::{ToSocketAddrs, UdpSocket};
use std::path::PathBuf;

use kiosk_core::{Ending, Machine, Msg, Roll};
use slip::{Profile, Slip};

use super::{Hands, Sent};
use crate::staff_pin;

/// Dots of paper in a millimetre (203 dpi).
const DOTS_PER_MM: u32 = 8;

/// What the panel shows of how this kiosk was set up.
#[derive(Clone, Debug, Default)]
pub(crate) struct Setup {
    /// The address of the server.
    pub(crate) server: String,
    /// The printer as configured, and its profile.
    pub(crate) printer: String,
    /// The profile's name.
    pub(crate) profile: String,
}

/// Paper that a slip takes, mm.
pub(super) fn paper_mm(slip: &Slip, profile: &Profile) -> u32 {
    let lines = slip::layout(slip, profile.columns());
    slip::preview(&lines, profile.width_dots).height().div_ceil(DOTS_PER_MM)
}

/// The address that this machine has on the way to the server; none
/// without a network. Nothing is sent.
fn own_address(server: &str) -> Option<String> {
    let rest = server.split_once("://").map_or(server, |(_, rest)| rest);
    let host = rest.split('/').next().unwrap_or_default();
    let place = if host.contains(':') { host.to_owned() } else { format!("{host}:443") };
    let to = place.to_socket_addrs().ok()?.next()?;
    let any = if to.is_ipv4() { "0.0.0.0:0" } else { "[::]:0" };
    let socket = UdpSocket::bind(any).ok()?;
    socket.connect(to).ok()?;
    Some(socket.local_addr().ok()?.ip().to_string())
}

impl Hands {
    pub(super) fn say_no_pin(&self) {
        let state = self.identity.state.as_ref();
        let dir = state.map_or_else(|| "DIR".to_owned(), |it| it.display().to_string());
        tracing::warn!("the staff panel has no PIN: run `kiosk staff-pin --state {dir}`");
    }

    pub(super) async fn check_pin(self, pin: String) {
        let state: Option<PathBuf> = self.identity.state.clone();
        let look = move || staff_pin::is_right(state.as_deref(), &pin);
        let right = tokio::task::spawn_blocking(look).await.unwrap_or(false);
        if right {
            tracing::info!("the staff panel is opened");
        } else {
            tracing::warn!("a wrong PIN for the staff panel");
        }
        self.tell(Msg::PinChecked { right }).await;
    }

    pub(super) async fn tell_machine(self) {
        let server = self.setup.server.clone();
        let look = move || own_address(&server);
        let address = tokio::task::spawn_blocking(look).await.ok().flatten();
        let machine = Machine {
            version: env!("CARGO_PKG_VERSION").to_owned(),
            server: self.setup.server.clone(),
            addresses: address.into_iter().collect(),
            printer: self.setup.printer.clone(),
            profile: self.setup.profile.clone(),
            roll: self.at_store("roll", |store| store.roll()).unwrap_or_default(),
            lines: appliance::recent_lines(),
        };
        self.tell(Msg::MachineTold { machine }).await;
    }

    pub(super) async fn new_roll(self) {
        let roll = Roll { since: Some(appliance::now()), ..Roll::default() };
        self.note("roll", |store| store.keep_roll(&roll));
        tracing::info!("a new roll of paper");
        self.tell_machine().await;
    }

    /// A slip came out, or part of one.
    pub(super) fn count_paper(&self, mm: u32) {
        self.note("roll", |store| {
            let roll = store.roll()?;
            store.keep_roll(&Roll { slips: roll.slips + 1, mm: roll.mm + u64::from(mm), ..roll })
        });
    }

    pub(super) async fn end(self, ending: Ending) {
        tracing::warn!(how = ending.word(), "staff end the program");
        // Nobody listens any more when the kiosk stops.
        let _closed = self.messages.send(Sent::End(ending)).await.is_err();
    }
}
