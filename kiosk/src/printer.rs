//! The printer: slips in, outcomes and changes of status out.
//!
//! One thread owns one printer, so a slow one delays nobody, and no call
//! here waits. A slip that was begun is never sent again: its outcome is
//! `Done`, or it is `Unknown` and a person looks. This module must not
//! decide what is printed or what a visitor is told.

mod dialogue;
mod dir;
mod line;
mod lp;
mod port;
mod profile;
mod serial;
mod survey;
mod tcp;
mod transaction;
mod transport;
mod uri;
mod wire;

use std::io;
use std::sync::mpsc::{Receiver, RecvTimeoutError, SyncSender, sync_channel};
use std::time::Duration;

use slip::{JobMark, PrintOutcome, PrinterStatus, Profile, Slip, prepare};
use tokio::sync::oneshot;
use tracing::{info, warn};

use self::dir::Folder;

pub(crate) use self::dir::picture_png;
pub use self::line::{Broken, Line};
pub(crate) use self::port::Port;
pub use self::profile::{NoProfile, ProfileChoice};
pub use self::survey::Survey;
pub use self::uri::{BadPrinterUri, PrinterPort, PrinterUri};
pub use self::wire::{Before, Wire};

/// Opens a printer's port and asks it what it can; `named` is its
/// profile if one was chosen.
pub(crate) fn survey(port: &PrinterPort, named: Option<&Profile>) -> io::Result<Survey> {
    let mut line = Port::opened(port.clone(), Patience::DEFAULT.connect)?;
    Survey::take(&mut line, named).map_err(|_| io::Error::other("it went away while it was asked"))
}

/// The speed at which a serial printer answers, of those that are usual
/// beside the one that was tried.
pub(crate) fn heard_at(port: &PrinterPort) -> Option<u32> {
    const USUAL: [u32; 5] = [9_600, 19_200, 38_400, 57_600, 115_200];
    let PrinterPort::Serial { path, baud: tried } = port else { return None };
    USUAL.into_iter().filter(|it| it != tried).find(|&baud| {
        let port = PrinterPort::Serial { path: path.clone(), baud };
        Port::opened(port, Patience::DEFAULT.connect)
            .is_ok_and(|mut line| survey::is_heard(&mut line).unwrap_or(false))
    })
}

/// How many slips may wait for the printer; a kiosk prints one at a
/// time, so more means that something is wrong.
const REQUESTS_MAX: usize = 8;

/// How long the printer is waited for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Patience {
    /// For the connection.
    pub connect: Duration,
    /// For the answers to questions about its state.
    pub answer: Duration,
    /// For a printer that takes no bytes or gives no sign, beyond the
    /// time the bytes need.
    pub progress: Duration,
    /// For a person to help a printer that stopped within a slip.
    pub hold: Duration,
    /// Between two looks at an idle printer.
    pub idle: Duration,
}

impl Patience {
    /// What suits a hall.
    pub const DEFAULT: Self = Self {
        connect: Duration::from_secs(3),
        answer: Duration::from_millis(1500),
        progress: Duration::from_secs(10),
        hold: Duration::from_mins(1),
        idle: Duration::from_secs(5),
    };
}

/// A printer. Dropping it lets its thread end after what is under way.
#[derive(Debug)]
pub struct Printer {
    requests: SyncSender<Request>,
}

enum Request {
    Print(Box<Slip>, oneshot::Sender<PrintOutcome>),
    Status(oneshot::Sender<PrinterStatus>),
}

impl Printer {
    /// Takes a printer over; `before` says what was under way when it
    /// was left. `changed` is told its status now and whenever it
    /// changes, on the printer's thread.
    ///
    /// Fails only if the system gives no thread: a printer that is not
    /// there is a status.
    pub fn open(
        uri: &PrinterUri,
        profile: Profile,
        before: Before,
        patience: Patience,
        changed: impl FnMut(PrinterStatus) + Send + 'static,
    ) -> io::Result<Self> {
        let (requests, received) = sync_channel(REQUESTS_MAX);
        let device = match &uri.port {
            PrinterPort::Dir(path) => Device::Folder(Folder::new(path.clone())),
            port => Device::Wire(Box::new(Wire::new(
                Port::new(port.clone()),
                &profile,
                before,
                patience,
            ))),
        };
        let watch = Watch { last: None, changed: Box::new(changed) };
        let worker = Worker { device, profile, patience, watch, n_jobs: 0 };
        std::thread::Builder::new().name("printer".into()).spawn(move || worker.run(&received))?;
        Ok(Self { requests })
    }

    /// Prints a slip; the outcome comes when it is known.
    pub fn print(&self, slip: Slip) -> oneshot::Receiver<PrintOutcome> {
        let (tell, outcome) = oneshot::channel();
        if let Err(error) = self.requests.try_send(Request::Print(Box::new(slip), tell)) {
            let request = match error {
                std::sync::mpsc::TrySendError::Full(it)
                | std::sync::mpsc::TrySendError::Disconnected(it) => it,
            };
            request.refuse();
        }
        outcome
    }

    /// Asks how the printer is; behind slips that wait.
    pub fn status(&self) -> oneshot::Receiver<PrinterStatus> {
        let (tell, status) = oneshot::channel();
        if let Err(error) = self.requests.try_send(Request::Status(tell)) {
            let request = match error {
                std::sync::mpsc::TrySendError::Full(it)
                | std::sync::mpsc::TrySendError::Disconnected(it) => it,
            };
            request.refuse();
        }
        status
    }
}

impl Request {
    /// Answers that the printer cannot be asked at present. Whoever does
    /// not wait any more need not be told.
    fn refuse(self) {
        let reason = PrinterStatus::NoAnswer;
        let _told = match self {
            Self::Print(_, tell) => tell.send(PrintOutcome::NotStarted { reason }).is_ok(),
            Self::Status(tell) => tell.send(reason).is_ok(),
        };
    }
}

/// What the slips go to.
enum Device {
    Wire(Box<Wire<Port>>),
    Folder(Folder),
}

/// Tells changes of the status, once each.
struct Watch {
    last: Option<PrinterStatus>,
    changed: Box<dyn FnMut(PrinterStatus) + Send>,
}

impl Watch {
    fn saw(&mut self, status: PrinterStatus) {
        if self.last.replace(status) == Some(status) {
            return;
        }
        if status.can_print() {
            info!(status = status.word(), "printer");
        } else {
            warn!(status = status.word(), "printer");
        }
        (self.changed)(status);
    }
}

/// The printer's thread.
struct Worker {
    device: Device,
    profile: Profile,
    patience: Patience,
    watch: Watch,
    n_jobs: u32,
}

impl Worker {
    fn run(mut self, requests: &Receiver<Request>) {
        self.look();
        loop {
            match requests.recv_timeout(self.patience.idle) {
                Ok(Request::Print(slip, tell)) => {
                    let outcome = self.print(&slip);
                    let _nobody_waits = tell.send(outcome).is_err();
                }
                Ok(Request::Status(tell)) => {
                    let _nobody_waits = tell.send(self.look()).is_err();
                }
                Err(RecvTimeoutError::Timeout) => {
                    self.look();
                }
                Err(RecvTimeoutError::Disconnected) => return,
            }
        }
    }

    fn look(&mut self) -> PrinterStatus {
        let status = match &mut self.device {
            Device::Wire(wire) => wire.status(),
            Device::Folder(folder) => folder.status(),
        };
        self.watch.saw(status);
        status
    }

    fn print(&mut self, slip: &Slip) -> PrintOutcome {
        self.n_jobs = self.n_jobs.wrapping_add(1);
        let job = prepare(slip, &self.profile, JobMark::from_count(self.n_jobs));
        for warning in &job.warnings {
            warn!(?warning, "not printed as meant");
        }
        let outcome = match &mut self.device {
            Device::Wire(wire) => wire.print(&job, &mut |status| self.watch.saw(status)),
            Device::Folder(folder) => folder.print(&job),
        };
        if let PrintOutcome::NotStarted { reason } = outcome {
            self.watch.saw(reason);
        }
        match outcome {
            PrintOutcome::Done => info!(bytes = job.n_bytes(), "printed"),
            PrintOutcome::NotStarted { reason } => warn!(reason = reason.word(), "not printed"),
            PrintOutcome::Unknown => warn!("begun to print, its end was not seen"),
        }
        outcome
    }
}
