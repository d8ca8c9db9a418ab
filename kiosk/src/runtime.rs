//! Effects are carried out here, on their own thread: the server is
//! asked, slips are printed, the store is written. It decides nothing;
//! what comes of an effect goes back as a message.

mod asking;
mod card;
mod held;
mod join;
mod offline;
mod printing;
mod reports;
mod staff;

use std::collections::HashMap;
use std::path::PathBuf;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use anyhow::Context;
use catalogue::Catalogue;
use jiff::tz::TimeZone;
use kiosk_core::{Effect, Ending, IssueFailure, Msg};
use queue_api::{BoardView, CommandId, HallProfile, Ticket};
use queue_client::{Client, ClientError, FeedEvent};
use slip::Profile;
use tokio::sync::{Notify, mpsc, watch};
use tokio::task::AbortHandle;

use printing::{PrintJob, SLIPS_MAX, open_printer};
use reports::REPORT_S_MAX;
pub(crate) use staff::Setup;

use crate::printer::{Before, PrinterUri};
use crate::readers::{self, CardReader, Readers};
use crate::store::{Kept, Store, StoreError, Unfinished};

/// Messages and effects under way; the screen takes each at once.
const UNDER_WAY_MAX: usize = 64;

/// How long a number is asked for with one command id. Longer than
/// anybody stands there: a late answer is still told.
const ASK_S_MAX: u64 = 60;

/// Tries and pause for what a new connection asks for again anyway.
const TRIES_MAX: u32 = 5;
const PAUSE_MS: u64 = 1_000;

/// How long stopping may take.
const STOP_MS_MAX: u64 = 1_000;

/// What the screen is sent.
#[derive(Debug)]
pub(crate) enum Sent {
    /// Something happened.
    Msg(Box<Msg>),
    /// The program is asked to stop.
    Stop,
    /// Staff end it.
    End(Ending),
}

/// The thread of the effects, running.
pub(crate) struct Runtime(tokio::runtime::Runtime);

/// Who the kiosk is when it asks to come in.
#[derive(Clone, Debug)]
pub(crate) struct Identity {
    /// What the hall shall call it.
    pub(crate) name: String,
    /// Where it keeps the token it gets.
    pub(crate) state: Option<PathBuf>,
}

/// What carries out the effects.
#[derive(Clone)]
struct Hands {
    client: Client,
    identity: Identity,
    setup: Arc<Setup>,
    store: Arc<Mutex<Store>>,
    messages: mpsc::Sender<Sent>,
    slips: mpsc::Sender<PrintJob>,
    /// There are numbers that the server should be told of.
    to_tell: Arc<Notify>,
    /// How often the server was there again after it had been away.
    connections: Arc<watch::Sender<u64>>,
    /// What the server is being asked for now.
    asking: Arc<Mutex<HashMap<CommandId, AbortHandle>>>,
    /// The reader of identity cards, if there is one.
    card_reader: Option<CardReader>,
}

impl Runtime {
    /// Starts it. What the kiosk knew before it was switched off comes
    /// out first, then the server's feed and the printer's state.
    pub(crate) fn start(
        client: Client,
        identity: Identity,
        setup: Setup,
        (printer, profile, before): (&PrinterUri, Profile, Before),
        readers: Readers,
        store: Store,
    ) -> anyhow::Result<(Runtime, mpsc::Receiver<Sent>, mpsc::Sender<Effect>)> {
        let runtime = tokio::runtime::Builder::new_multi_thread()
            .worker_threads(1)
            .enable_all()
            .build()
            .context("cannot start the thread of the effects")?;
        let (messages, for_screen) = mpsc::channel(UNDER_WAY_MAX);
        let (effects, mut from_screen) = mpsc::channel(UNDER_WAY_MAX);
        let (slips, for_printer) = mpsc::channel(SLIPS_MAX);
        for msg in remembered(&store)? {
            messages.try_send(Sent::Msg(Box::new(msg))).context("too much is remembered")?;
        }
        if crate::staff_pin::is_set(identity.state.as_deref()) {
            let found = Box::new(Msg::StaffPinFound);
            messages.try_send(Sent::Msg(found)).context("too much is remembered")?;
        }
        let setup = Arc::new(setup);
        let (store, to_tell) = (Arc::new(Mutex::new(store)), Arc::<Notify>::default());
        let (asking, connections) = (Arc::default(), Arc::default());
        let card_reader = start_readers(readers, &messages)?;
        let hands = Hands {
            client,
            identity,
            setup,
            store,
            messages,
            slips,
            to_tell,
            connections,
            asking,
            card_reader,
        };
        let paper = profile.clone();
        let printer = open_printer(printer, profile, before, hands.messages.clone())?;
        runtime.spawn(hands.clone().print_in_turn(printer, paper, for_printer));
        runtime.spawn(hands.clone().tell_offline());
        runtime.spawn(async move {
            tokio::select! {
                () = hands.clone().follow() => {}
                () = async {
                    while let Some(effect) = from_screen.recv().await {
                        hands.carry_out(effect).await;
                    }
                } => {}
                asked = appliance::shutdown() => match asked {
                    Ok(()) => tracing::info!("kiosk stops"),
                    Err(error) => tracing::error!(%error, "cannot listen for signals"),
                },
            }
            // Nobody listens any more if the window was closed.
            let _closed = hands.messages.send(Sent::Stop).await.is_err();
        });
        Ok((Runtime(runtime), for_screen, effects))
    }

    /// Ends it, without waiting for the network.
    pub(crate) fn stop(self) {
        self.0.shutdown_timeout(Duration::from_millis(STOP_MS_MAX));
    }
}

/// What is known from the run before.
fn remembered(store: &Store) -> anyhow::Result<Vec<Msg>> {
    let mut known = Vec::new();
    // What cannot be read was written by another version; the server has
    // it anew. The catalogue comes before the hall that names its revision.
    let catalogue: Option<Catalogue> =
        store.kept(Kept::Catalogue)?.and_then(|it| serde_json::from_str(&it).ok());
    known.extend(catalogue.map(|catalogue| Msg::CatalogueArrived { catalogue }));
    let hall = store.kept(Kept::Hall)?.and_then(|it| serde_json::from_str(&it).ok());
    known.extend(hall.map(hall_arrived));
    let leases = store.leases(&appliance::machine())?;
    known.extend(leases.into_iter().map(|lease| Msg::LeaseArrived { lease }));
    // The newest are told; there is never a crowd of them.
    let unfinished = store.unfinished()?;
    let skipped = unfinished.len().saturating_sub(UNDER_WAY_MAX / 2);
    known.extend(unfinished.into_iter().skip(skipped).map(found));
    Ok(known)
}

fn found(it: Unfinished) -> Msg {
    Msg::UnfinishedFound { job: it.job, ticket: it.ticket, outcome: it.outcome }
}

fn hall_arrived(hall: HallProfile) -> Msg {
    let zone = TimeZone::get(&hall.time_zone).unwrap_or_else(|error| {
        tracing::warn!(%error, "the hall's time zone is unknown; the machine's is used");
        TimeZone::system()
    });
    Msg::HallArrived { hall, zone }
}

/// Starts what reads something for the kiosk; the screen is told of a
/// reader of identity cards.
fn start_readers(
    readers: Readers,
    messages: &mpsc::Sender<Sent>,
) -> anyhow::Result<Option<CardReader>> {
    if let Some(address) = readers.scanner {
        let started = readers::start_scanner(address, messages.clone());
        started.context("cannot start the scanner's thread")?;
    }
    let Some(address) = readers.identity else { return Ok(None) };
    let told = messages.try_send(Sent::Msg(Box::new(Msg::CardReaderKnown)));
    told.context("too much is remembered")?;
    let started = CardReader::start(address, messages.clone());
    started.context("cannot start the identity-card reader's thread").map(Some)
}

impl Hands {
    /// A store that cannot be written must not keep a visitor from their
    /// number: it is logged, and what was to be kept is lost at the next
    /// power cut.
    fn note<T>(&self, what: &str, write: impl FnOnce(&mut Store) -> Result<T, StoreError>) {
        let _logged = self.at_store(what, write);
    }

    /// What the store says; none if it fails, which is logged.
    fn at_store<T>(
        &self,
        what: &str,
        asks: impl FnOnce(&mut Store) -> Result<T, StoreError>,
    ) -> Option<T> {
        let mut store: MutexGuard<'_, Store> =
            self.store.lock().unwrap_or_else(PoisonError::into_inner);
        let said = asks(&mut store);
        said.inspect_err(|error| {
            let cause = std::error::Error::source(error).map(ToString::to_string);
            tracing::error!(%error, cause, what, "not stored");
        })
        .ok()
    }

    async fn tell(&self, msg: Msg) {
        // Nobody listens any more when the kiosk stops.
        let _closed = self.messages.send(Sent::Msg(Box::new(msg))).await.is_err();
    }

    /// Passes the server's feed on for ever.
    async fn follow(self) {
        if !self.client.has_token() {
            self.join().await;
        }
        let mut feed = self.client.feed::<BoardView>("view=board");
        while let Some(event) = feed.recv().await {
            match event {
                FeedEvent::View(view) => self.tell(Msg::BoardViewArrived { view }).await,
                FeedEvent::Ping(_) => {}
                FeedEvent::Lost(reason) => {
                    tracing::warn!(reason, "the feed is lost; connecting again");
                    self.tell(Msg::ServerLost).await;
                    // Somebody may have shown it out.
                    if matches!(self.client.is_known().await, Ok(false)) {
                        self.join().await;
                    }
                }
            }
        }
    }

    /// Begins an effect; none keeps the next one waiting.
    async fn carry_out(&self, effect: Effect) {
        let hands = self.clone();
        match effect {
            Effect::Ask(request) => {
                let (id, patience) = (request.command_id.clone(), Duration::from_secs(ASK_S_MAX));
                let asking = tokio::spawn(hands.ask(request, patience)).abort_handle();
                let mut all = self.asking.lock().unwrap_or_else(PoisonError::into_inner);
                all.retain(|_, it| !it.is_finished());
                if let Some(before) = all.insert(id, asking) {
                    before.abort();
                }
            }
            Effect::CheckIn(request) => drop(tokio::spawn(hands.check_in(request))),
            Effect::FindByNumber { command_id, number } => {
                drop(tokio::spawn(hands.find_by_number(command_id, number)));
            }
            Effect::FindBySecret { command_id, token } => {
                drop(tokio::spawn(hands.find_by_secret(command_id, token)));
            }
            Effect::FindPass { command_id, token } => {
                drop(tokio::spawn(hands.find_pass(command_id, token)));
            }
            Effect::Reinstate { command_id, ticket } => {
                drop(tokio::spawn(hands.reinstate(command_id, ticket)));
            }
            Effect::Print { job, ticket, slip } => hands.queue(job, ticket, slip).await,
            Effect::ReportPrinted { ticket, job, report } => {
                let patience = Duration::from_secs(REPORT_S_MAX);
                drop(tokio::spawn(hands.report_printed(ticket, job, report, patience)));
            }
            Effect::Lease { lanes } => drop(tokio::spawn(hands.lease(lanes))),
            Effect::KeepOffline { ticket, lease } => hands.keep_offline(ticket, lease).await,
            Effect::TellOffline => {
                self.to_tell.notify_one();
                self.connections.send_modify(|count| *count += 1);
            }
            Effect::ReportDevice(report) => drop(tokio::spawn(hands.report_device(report))),
            Effect::ReadCard { press } => hands.read_card(press),
            Effect::LetCardGo => hands.let_card_go(),
            Effect::FetchIdentityKey => drop(tokio::spawn(hands.fetch_identity_key())),
            Effect::ForgetIdentityKey => hands.forget_identity_key(),
            Effect::FetchHall => drop(tokio::spawn(hands.fetch_hall())),
            Effect::FetchCatalogue => drop(tokio::spawn(hands.fetch_catalogue())),
            Effect::SayNoPin => hands.say_no_pin(),
            Effect::CheckPin { pin } => drop(tokio::spawn(hands.check_pin(pin))),
            Effect::TellMachine => drop(tokio::spawn(hands.tell_machine())),
            Effect::NewRoll => drop(tokio::spawn(hands.new_roll())),
            Effect::End(ending) => hands.end(ending).await,
        }
    }

    async fn fetch_hall(self) {
        for _ in 0..TRIES_MAX {
            match self.client.hall().await {
                Ok(hall) => {
                    match serde_json::to_string(&hall) {
                        Ok(body) => self.note("hall", |store| store.keep(Kept::Hall, &body)),
                        Err(error) => tracing::error!(%error, "the hall cannot be kept"),
                    }
                    return self.tell(hall_arrived(hall)).await;
                }
                Err(error) => tracing::warn!(%error, "the hall's profile is not here yet"),
            }
            pause().await;
        }
    }

    async fn fetch_catalogue(self) {
        for _ in 0..TRIES_MAX {
            // Without a tag: it is fetched only when its revision is known
            // to be another one.
            match self.client.catalogue::<Catalogue>(None).await {
                Ok(Some(fetched)) => {
                    let catalogue = fetched.body;
                    match serde_json::to_string(&catalogue) {
                        Ok(body) => {
                            self.note("catalogue", |store| store.keep(Kept::Catalogue, &body));
                        }
                        Err(error) => tracing::error!(%error, "the catalogue cannot be kept"),
                    }
                    tracing::info!(revision = catalogue.revision, "catalogue");
                    return self.tell(Msg::CatalogueArrived { catalogue }).await;
                }
                Ok(None) => return,
                Err(error) => tracing::warn!(%error, "the catalogue is not here yet"),
            }
            pause().await;
        }
    }
}

/// What came of asking for a number.
fn issued(command_id: CommandId, answer: Result<Ticket, ClientError>) -> Msg {
    match answer {
        Ok(ticket) => {
            tracing::info!(ticket = %ticket.number, "issued");
            Msg::TicketIssued { command_id, ticket }
        }
        Err(error) => Msg::IssueFailed { command_id, failure: failure(error, "no number") },
    }
}

/// Why there is no answer, and a line about it.
fn failure(error: ClientError, what: &str) -> IssueFailure {
    match error {
        ClientError::Refused(problem) => {
            tracing::warn!(code = problem.code.code(), what, "the server says no");
            IssueFailure::Refused(problem)
        }
        error => {
            tracing::warn!(%error, what, "no answer");
            IssueFailure::Unreachable
        }
    }
}

async fn pause() {
    tokio::time::sleep(Duration::from_millis(PAUSE_MS)).await;
}
