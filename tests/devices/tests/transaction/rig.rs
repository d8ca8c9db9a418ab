//! A kiosk's printer with an emulated one at the other end.

use std::sync::mpsc::{Receiver, channel};
use std::time::Duration;

use devices::{Listen, Model, Receipt, VirtualPrinter};
use kiosk::printer::{Before, Patience, Printer, PrinterUri};
use slip::{Lang, PrintOutcome, PrinterStatus, Profile, Slip};
use tempfile::TempDir;

use crate::samples;

/// Longer than every patience below: who waits so long hangs.
pub(crate) const HANG: Duration = Duration::from_secs(30);

/// Long where a slow machine must not matter, short where the time has
/// to pass.
pub(crate) const PATIENCE: Patience = Patience {
    connect: Duration::from_secs(5),
    answer: Duration::from_secs(5),
    progress: Duration::from_secs(10),
    hold: Duration::from_secs(20),
    idle: Duration::from_millis(20),
};

/// Long enough to answer and to print on a slow machine.
pub(crate) const BRIEF: Duration = Duration::from_secs(1);

/// For answers that are lost, and waited for nevertheless.
pub(crate) const LOST: Duration = Duration::from_millis(500);

/// A kiosk's printer with an emulated one at the other end.
pub(crate) struct Rig {
    pub(crate) device: VirtualPrinter,
    pub(crate) printer: Printer,
    pub(crate) statuses: Receiver<PrinterStatus>,
    _folder: TempDir,
}

impl Rig {
    /// A good printer with the usual profile.
    pub(crate) fn new(connection: &str, patience: Patience) -> Self {
        Self::of(connection, Model::of_width(576), Profile::GENERIC_80, patience)
    }

    /// A printer of a kind, at `tcp`, `pty` or `lp`.
    pub(crate) fn of(connection: &str, model: Model, profile: Profile, patience: Patience) -> Self {
        let folder = tempfile::tempdir().unwrap();
        let listen: Listen = match connection {
            "tcp" => "tcp:127.0.0.1:0".parse().unwrap(),
            "lp" => Listen::Lp(folder.path().join("lp0")),
            _ => Listen::Pty(folder.path().join("tty")),
        };
        let paper = folder.path().join("paper");
        let device = VirtualPrinter::start_model(&listen, &paper, model).unwrap();
        let (printer, statuses) = open_with(device.uri(), profile, patience);
        Self { device, printer, statuses, _folder: folder }
    }

    pub(crate) fn fault(&self, fault: &str) {
        self.device.set_fault(Some(fault.parse().unwrap())).unwrap();
    }

    pub(crate) fn help(&self) {
        self.device.set_fault(None).unwrap();
    }

    pub(crate) fn print(&self, number: &str) -> PrintOutcome {
        wait(self.printer.print(ticket(number)))
    }

    /// Waits until the kiosk was told this status.
    pub(crate) fn wait_for(&self, status: PrinterStatus) {
        while self.statuses.recv_timeout(HANG).unwrap() != status {}
    }

    /// Which numbers are on paper, those torn off unfinished with a `-`.
    pub(crate) fn paper(self) -> Vec<String> {
        let number = |it: &Receipt| {
            assert!(!it.complete || it.faults.is_empty(), "{:?}", it.faults);
            let number = it.lines.iter().find(|it| it.starts_with('A')).cloned();
            let number = number.unwrap_or_else(|| "?".into());
            if it.complete { number } else { format!("-{number}") }
        };
        self.device.stop().unwrap().iter().map(number).collect()
    }
}

pub(crate) fn open(uri: &str, patience: Patience) -> (Printer, Receiver<PrinterStatus>) {
    let profile = uri.parse::<PrinterUri>().unwrap().profile().unwrap();
    open_with(uri, profile, patience)
}

fn open_with(
    uri: &str,
    profile: Profile,
    patience: Patience,
) -> (Printer, Receiver<PrinterStatus>) {
    let uri: PrinterUri = uri.parse().unwrap();
    let (tell, statuses) = channel();
    let changed = move |status| tell.send(status).unwrap_or(());
    let printer = Printer::open(&uri, profile, Before::Nothing, patience, changed).unwrap();
    (printer, statuses)
}

pub(crate) fn ticket(number: &str) -> Slip {
    let mut ticket = samples::ticket(Lang::Zh);
    ticket.number = number.into();
    Slip::Ticket(ticket)
}

pub(crate) fn wait<T>(answer: tokio::sync::oneshot::Receiver<T>) -> T {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_time().build().unwrap();
    let in_time = async { tokio::time::timeout(HANG, answer).await };
    runtime.block_on(in_time).expect("no call hangs").unwrap()
}

pub(crate) const fn not_started(reason: PrinterStatus) -> PrintOutcome {
    PrintOutcome::NotStarted { reason }
}
