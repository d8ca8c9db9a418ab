//! The line before the PIN check. A check is slow and takes 20 MB on
//! purpose, so few run at once and the rest wait. It knows addresses and
//! turns; it does not know what is checked.
//!
//! An address stands in the line once, however many it sends, and the
//! line is first come, first served. Somebody who hammers the door from
//! one machine therefore costs a colleague at another the time of one
//! check, not of a thousand.

use std::collections::HashMap;
use std::net::IpAddr;
use std::num::NonZero;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError, mpsc};
use std::thread::{self, available_parallelism};
use std::time::Duration;

use anyhow::Context;
use tokio::sync::{OwnedSemaphorePermit, Semaphore, oneshot};

/// Checks at once, however many cores there are: a hall's clerks sign in
/// within a second or two all the same.
const CHECKS_MAX: usize = 4;

/// Requests of one address that may wait: all clerks of a large hall
/// behind one router, at opening time.
const WAITING_MAX: usize = 64;

/// How long a request may wait.
const WAIT_MAX: Duration = Duration::from_secs(5);

/// The line. Its checks have threads of their own: the allocator keeps
/// 20 MB for each thread that ever made one, and a pool's threads are many.
#[derive(Debug)]
pub(crate) struct Line {
    /// As many permits as threads: whose turn it is finds one idle.
    checks: Arc<Semaphore>,
    jobs: mpsc::Sender<Job>,
    addresses: Mutex<HashMap<IpAddr, Address>>,
}

/// A check, and whom to tell.
type Job = Box<dyn FnOnce() + Send>;

#[derive(Debug)]
struct Address {
    /// One permit: whose request stands in the line for this address.
    stands: Arc<Semaphore>,
    /// Requests that hold it or wait for it.
    requests: usize,
}

/// Somebody whose turn it is.
#[derive(Debug)]
pub(crate) struct Turn<'line> {
    check: OwnedSemaphorePermit,
    _stands: OwnedSemaphorePermit,
    request: Request<'line>,
}

impl Line {
    /// A line before as many checks as the machine has cores to spare.
    pub(crate) fn new() -> anyhow::Result<Line> {
        // One core is left to the engine and to those who are already in.
        let cores = available_parallelism().map_or(1, NonZero::get);
        Line::before((cores - 1).clamp(1, CHECKS_MAX))
    }

    fn before(n_checks: usize) -> anyhow::Result<Line> {
        let (jobs, todo) = mpsc::channel();
        let todo = Arc::new(Mutex::new(todo));
        for _ in 0..n_checks {
            let todo = Arc::clone(&todo);
            thread::Builder::new()
                .name("pin-check".to_owned())
                .spawn(move || work(&todo))
                .context("cannot start a thread for PINs")?;
        }
        let checks = Arc::new(Semaphore::new(n_checks));
        Ok(Line { checks, jobs, addresses: Mutex::default() })
    }

    /// Waits for a turn; none if too many wait already or it takes too
    /// long.
    pub(crate) async fn turn(&self, from: IpAddr) -> Option<Turn<'_>> {
        let request = self.enter(from)?;
        let stands = Arc::clone(&self.lock().get(&from)?.stands);
        let wait = async {
            let stands = stands.acquire_owned().await.ok()?;
            let check = Arc::clone(&self.checks).acquire_owned().await.ok()?;
            Some(Turn { check, _stands: stands, request })
        };
        tokio::time::timeout(WAIT_MAX, wait).await.ok()?
    }

    fn enter(&self, from: IpAddr) -> Option<Request<'_>> {
        let mut addresses = self.lock();
        let address = addresses
            .entry(from)
            .or_insert_with(|| Address { stands: Arc::new(Semaphore::new(1)), requests: 0 });
        if address.requests >= WAITING_MAX {
            return None;
        }
        address.requests += 1;
        Some(Request { line: self, from })
    }

    fn lock(&self) -> MutexGuard<'_, HashMap<IpAddr, Address>> {
        self.addresses.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Turn<'_> {
    /// Runs the check; none if it panics. A caller who goes away meanwhile
    /// does not end it, so it keeps its permit until it is done.
    pub(crate) async fn check<T: Send + 'static>(
        self,
        work: impl FnOnce() -> T + Send + 'static,
    ) -> Option<T> {
        let Turn { check, _stands, request } = self;
        let (tell, told) = oneshot::channel();
        let job = move || {
            let _check = check;
            // Who asked may have gone.
            let _ = tell.send(work());
        };
        request.line.jobs.send(Box::new(job)).ok()?;
        told.await.ok()
    }
}

/// Does what comes until the line is gone.
fn work(todo: &Mutex<mpsc::Receiver<Job>>) {
    loop {
        let job = todo.lock().unwrap_or_else(PoisonError::into_inner).recv();
        let Ok(job) = job else { return };
        job();
    }
}

/// One request of an address, from the end of the line to its answer.
#[derive(Debug)]
struct Request<'line> {
    line: &'line Line,
    from: IpAddr,
}

impl Drop for Request<'_> {
    fn drop(&mut self) {
        let mut addresses = self.line.lock();
        if let Some(address) = addresses.get_mut(&self.from) {
            address.requests -= 1;
            if address.requests == 0 {
                addresses.remove(&self.from);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use futures_util::FutureExt;

    use super::*;

    const HAMMER: IpAddr = IpAddr::V4(std::net::Ipv4Addr::new(10, 0, 0, 66));
    const CLERK: IpAddr = IpAddr::V4(std::net::Ipv4Addr::new(10, 0, 0, 1));

    #[tokio::test]
    async fn a_colleague_waits_for_one_check_of_the_hammer_and_not_for_all() {
        let line = Line::before(1).unwrap();
        let first = line.turn(HAMMER).await.unwrap();
        let mut hammered: Vec<_> =
            (0..WAITING_MAX - 1).map(|_| Box::pin(line.turn(HAMMER))).collect();
        assert!(hammered.iter_mut().all(|it| it.now_or_never().is_none()), "all wait");
        assert!(line.turn(HAMMER).now_or_never().unwrap().is_none(), "no room for more");
        let mut clerk = Box::pin(line.turn(CLERK));
        assert!(clerk.as_mut().now_or_never().is_none(), "the only check is taken");
        drop(first);
        let turn = clerk.await.expect("the clerk is next");
        assert_eq!(turn.check(|| 7).await, Some(7));
    }

    #[tokio::test]
    async fn who_has_left_leaves_nothing_behind() {
        let line = Line::before(1).unwrap();
        drop(line.turn(CLERK).await.unwrap());
        let taken = line.turn(HAMMER).await.unwrap();
        let mut waits = Box::pin(line.turn(CLERK));
        assert!(waits.as_mut().now_or_never().is_none());
        drop(waits);
        drop(taken);
        assert!(line.lock().is_empty());
        assert_eq!(line.checks.available_permits(), 1);
    }
}
