//! A printer at its port, in a thread of its own.
//!
//! The loop waits for bytes, looks at the fault of the day before it
//! takes any, and puts paper into the folder.

use std::io;
use std::os::unix::net::UnixStream;
use std::path::Path;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Condvar, Mutex, PoisonError};
use std::thread::JoinHandle;
use std::time::{Duration, Instant};

use rustix::event::{PollFd, PollFlags, Timespec, poll};

use crate::fault::Fault;
use crate::folder::Folder;
use crate::model::Model;
use crate::port::{Listen, Port};
use crate::printer::{Output, Printer};
use crate::receipt::Receipt;

/// How often a person's change of the fault file is looked for.
const FAULT_FILE_PAUSE: Duration = Duration::from_millis(100);

/// How long a test waits for paper before it gives up.
const PAPER_WAIT: Duration = Duration::from_secs(10);

/// A running emulated printer; dropping it switches it off.
#[derive(Debug)]
pub struct VirtualPrinter {
    uri: String,
    folder: Folder,
    shared: Arc<Shared>,
    waker: UnixStream,
    thread: Option<JoinHandle<io::Result<()>>>,
}

#[derive(Debug, Default)]
struct Shared {
    stop: AtomicBool,
    receipts: Mutex<Vec<Receipt>>,
    more_paper: Condvar,
}

impl VirtualPrinter {
    /// Switches a good printer on: where it listens, its folder, the
    /// width of its paper in dots.
    pub fn start(listen: &Listen, out: &Path, width: usize) -> io::Result<Self> {
        Self::start_model(listen, out, Model::of_width(width))
    }

    /// Switches a printer of a kind on.
    pub fn start_model(listen: &Listen, out: &Path, model: Model) -> io::Result<Self> {
        let folder = Folder::open(out)?;
        let port = Port::open(listen, model.baud)?;
        let uri = port.printer_uri()?;
        let shared = Arc::new(Shared::default());
        let (waker, woken) = UnixStream::pair()?;
        woken.set_nonblocking(true)?;
        let service = Service {
            port,
            printer: Printer::of_model(model),
            folder: folder.clone(),
            shared: Arc::clone(&shared),
            woken,
            began: now(),
            was_dead: false,
        };
        let thread =
            std::thread::Builder::new().name("virtual-printer".into()).spawn(|| service.run())?;
        Ok(Self { uri, folder, shared, waker, thread: Some(thread) })
    }

    /// The printer URI for the kiosk, such as `tcp:127.0.0.1:41234`.
    pub fn uri(&self) -> &str {
        &self.uri
    }

    /// Its folder.
    pub fn folder(&self) -> &Folder {
        &self.folder
    }

    /// Begins or ends a fault. It holds for every byte that is sent
    /// after this returned.
    pub fn set_fault(&self, fault: Option<Fault>) -> io::Result<()> {
        self.folder.set_fault(fault)?;
        self.wake();
        Ok(())
    }

    /// The receipts so far.
    pub fn receipts(&self) -> Vec<Receipt> {
        self.shared.receipts.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }

    /// Waits until so many receipts are out; gives what there is when
    /// that takes longer than ten seconds.
    pub fn wait_for_receipts(&self, n: usize) -> Vec<Receipt> {
        let receipts = self.shared.receipts.lock().unwrap_or_else(PoisonError::into_inner);
        let too_few = |it: &mut Vec<Receipt>| it.len() < n;
        let waited = self.shared.more_paper.wait_timeout_while(receipts, PAPER_WAIT, too_few);
        waited.unwrap_or_else(PoisonError::into_inner).0.clone()
    }

    /// Switches it off; what is on paper and not cut is torn off.
    pub fn stop(mut self) -> io::Result<Vec<Receipt>> {
        self.join()?;
        Ok(self.receipts())
    }

    fn join(&mut self) -> io::Result<()> {
        self.shared.stop.store(true, Ordering::Release);
        self.wake();
        match self.thread.take().map(JoinHandle::join) {
            Some(Ok(result)) => result,
            Some(Err(_)) => Err(io::Error::other("the printer's thread panicked")),
            None => Ok(()),
        }
    }

    fn wake(&self) {
        // A full pipe wakes as well as one byte more.
        let _ = io::Write::write(&mut &self.waker, &[0]);
    }
}

impl Drop for VirtualPrinter {
    fn drop(&mut self) {
        // Nobody is left to tell; `stop` is the way to hear of it.
        let _ = self.join();
    }
}

struct Service {
    port: Port,
    printer: Printer,
    folder: Folder,
    shared: Arc<Shared>,
    woken: UnixStream,
    began: Instant,
    /// Whether the connection that was there is dead by now.
    was_dead: bool,
}

#[expect(clippy::disallowed_methods, reason = "the emulated printer lives in real time here")]
fn now() -> Instant {
    Instant::now()
}

impl Service {
    fn run(mut self) -> io::Result<()> {
        while !self.shared.stop.load(Ordering::Acquire) {
            self.wait()?;
            let output = self.printer.advance(now() - self.began);
            self.give(output)?;
            let output = self.printer.set_fault(self.folder.fault());
            self.give(output)?;
            if self.follow_the_cable()? && self.printer.takes_input() {
                let bytes = self.port.read()?;
                let output = self.printer.receive(&bytes);
                self.give(output)?;
            }
            self.follow_the_cable()?;
        }
        let rest = self.printer.switch_off().into_iter().map(Output::Receipt).collect();
        self.give(rest)
    }

    /// Waits for bytes, a client, a wake-up or the next look at the
    /// fault file.
    fn wait(&mut self) -> io::Result<()> {
        let listens = self.printer.takes_input() || self.printer.is_unplugged();
        let mut fds = vec![PollFd::new(&self.woken, PollFlags::IN)];
        if let Some(fd) = self.port.fd().filter(|_| listens) {
            fds.push(PollFd::from_borrowed_fd(fd, PollFlags::IN));
        }
        let event = self.printer.next_event().unwrap_or(Duration::MAX);
        let wait = event.saturating_sub(now() - self.began).min(FAULT_FILE_PAUSE);
        let timeout = Timespec::try_from(wait).map_err(io::Error::other)?;
        poll(&mut fds, Some(&timeout))?;
        let mut drained = [0; 64];
        while io::Read::read(&mut &self.woken, &mut drained).is_ok_and(|n| n > 0) {}
        Ok(())
    }

    /// Makes the port agree with the printer; says whether it is plugged.
    fn follow_the_cable(&mut self) -> io::Result<bool> {
        let off = self.printer.is_off() && self.port.needs_power();
        let dead = off || self.printer.is_half_open();
        if dead && !self.was_dead {
            self.port.go_dead();
        }
        self.was_dead = dead;
        if off || self.printer.is_unplugged() {
            self.port.unplug();
            return Ok(false);
        }
        self.port.plug()?;
        Ok(true)
    }

    fn give(&mut self, output: Vec<Output>) -> io::Result<()> {
        for output in output {
            match output {
                Output::Reply(bytes) => self.port.write(&bytes),
                Output::Receipt(mut receipt) => {
                    self.folder.keep(&mut receipt)?;
                    let mut receipts =
                        self.shared.receipts.lock().unwrap_or_else(PoisonError::into_inner);
                    receipts.push(receipt);
                    self.shared.more_paper.notify_all();
                }
            }
        }
        Ok(())
    }
}
