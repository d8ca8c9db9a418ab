//! `queue-server serve`: reads the hall, replays the journal, opens the
//! door.

use std::io::Write;
use std::net::SocketAddr;
use std::path::PathBuf;
use std::sync::{Arc, OnceLock};
use std::time::Duration;

use anyhow::{Context, bail};
use appliance::Watchdog;
use jiff::tz::TimeZone;
use tokio::net::TcpListener;
use tokio::runtime::Runtime;
use tokio::sync::{Semaphore, oneshot};

use crate::access::{Access, Codes, Line, Papers, Requests, Setup, Strangers, is_demo_pin};
use crate::engine;
use crate::http::{self, Boards, Stop};
use crate::identity::DayKey;
use crate::live::{Devices, LiveHall};
use crate::profile::{self, HallFiles};
use crate::reading::Reading;
use crate::retold::RecordReader;
use crate::tls::{self, Tls, Wish};

/// How often the clock is asked whether a new day has begun. A command
/// that comes earlier turns the day itself.
const DAY_CHECK: Duration = Duration::from_secs(20);

/// How long the engine may take to close the journal.
const CLOSING_MAX: Duration = Duration::from_secs(3);

/// What `serve` is told.
#[derive(Debug, clap::Args)]
pub(crate) struct Options {
    /// The hall's profile: hall.toml, staff.toml, matters/, calendar/.
    #[arg(long, default_value = "assets/halls/demo")]
    hall: PathBuf,
    /// Where the journal is kept.
    #[arg(long)]
    data: PathBuf,
    /// Where to listen; port 0 takes any free one.
    #[arg(long, default_value = "127.0.0.1:8080")]
    listen: SocketAddr,
    /// `auto` makes a certificate on the first start and speaks TLS beside
    /// plain HTTP; a folder has the hall's own `cert.pem` and `key.pem`;
    /// `off` says everything in the clear.
    #[arg(long, default_value = "auto", value_name = "auto|off|DIR")]
    tls: Wish,
    /// Serve the demo PINs on an address that others can reach.
    #[arg(long)]
    allow_demo_pins: bool,
    /// Believe the clock though the last entry is more than 60 days old:
    /// for a hall that was closed so long. Otherwise such a clock counts
    /// as wrong, and numbers go on for the day that is open.
    #[arg(long)]
    trust_clock: bool,
}

/// Runs until asked to stop.
pub(crate) fn serve(options: &Options) -> anyhow::Result<()> {
    appliance::start_log();
    let mut files = profile::load(&options.hall).map_err(|faults| broken(&faults))?;
    refuse_demo_pins(&files, options)?;
    let zone =
        TimeZone::get(&files.profile.time_zone).context("the hall's time zone is not known")?;
    let runtime = Runtime::new().context("cannot start the runtime")?;
    let listener = runtime
        .block_on(TcpListener::bind(options.listen))
        .with_context(|| format!("cannot listen on {}", options.listen))?;
    let address = listener.local_addr().context("cannot learn the port")?;
    let (engine, ended) =
        engine::start(&options.data, files.rules.clone(), zone, options.trust_clock)?;
    let tls = tls::open(&options.tls, &options.data, address.ip(), appliance::now())?;
    tell_of_tls(tls.as_ref(), address);
    if files.profile.public_url.is_empty() {
        // A phone would not believe a certificate that was made here.
        let others_signed = tls.as_ref().is_some_and(|it| it.is_halls_own);
        let scheme = if others_signed { "https" } else { "http" };
        files.profile.public_url = format!("{scheme}://{address}");
    }
    let catalogue_json =
        serde_json::to_vec(&files.catalogue).context("cannot write the catalogue")?.into();
    let access = Access::open(&options.data)?;
    let first_admin = access.first_admin().context("cannot read `access.db`")?;
    let hall = Arc::new(LiveHall {
        engine,
        reading: Reading::new(options.data.join("hall.db")),
        access,
        files,
        requests: Requests::default(),
        setup: Setup::default(),
        first_admin: first_admin.map_or_else(OnceLock::new, OnceLock::from),
        strangers: Strangers::default(),
        pins: Arc::default(),
        line: Line::new()?,
        codes: Codes::default(),
        identity: DayKey::open(&options.data),
        papers: Papers::default(),
        devices: Devices::default(),
        boards: Boards::default(),
        record: RecordReader::open(&options.data)?,
        event_readers: Arc::new(Semaphore::new(http::EVENT_READERS_MAX)),
        catalogue_json,
    });
    hall.greet_the_first();
    runtime.block_on(run(hall, listener, tls, address, ended))
}

async fn run(
    hall: Arc<LiveHall>,
    listener: TcpListener,
    tls: Option<Tls>,
    address: SocketAddr,
    mut ended: oneshot::Receiver<()>,
) -> anyhow::Result<()> {
    let (give_sign, stop) = Stop::new();
    let day = tokio::spawn(watch_the_day(Arc::clone(&hall)));
    let router = http::router(Arc::clone(&hall), stop.clone());
    let acceptor = tls.map(|it| it.acceptor);
    let door = tokio::spawn(http::serve(listener, acceptor, router, stop));
    announce(address)?;
    Watchdog::new().ready();
    let result = tokio::select! {
        asked = appliance::shutdown() => asked.context("cannot listen for signals"),
        _ = &mut ended => return Err(anyhow::anyhow!("the engine has stopped; the log above says why")),
    };
    // The door's task ends by itself; nobody listens if it already has.
    let _ = give_sign.send(true);
    let _ = door.await;
    day.abort();
    // It has let go of the hall before the hall is dropped.
    let _ = day.await;
    // With its last door gone the engine ends and closes the journal.
    drop(hall);
    if tokio::time::timeout(CLOSING_MAX, ended).await.is_err() {
        tracing::warn!("somebody still holds the engine; the journal is closed by the next start");
    }
    result
}

/// What somebody who sets up a device needs to know.
fn tell_of_tls(tls: Option<&Tls>, address: SocketAddr) {
    match tls {
        Some(tls) => tracing::info!(
            fingerprint = tls.fingerprint,
            "speaks TLS; kiosks and boards take `--server https://…:{} --pin FINGERPRINT`",
            address.port()
        ),
        None if address.ip().is_loopback() => {}
        None => tracing::warn!("TLS is off: PINs and tokens go in the clear through the network"),
    }
}

/// The one line on standard output: scripts read the port from it.
fn announce(address: SocketAddr) -> anyhow::Result<()> {
    let mut out = std::io::stdout().lock();
    writeln!(out, "listening on http://{address}")
        .and_then(|()| out.flush())
        .context("cannot write to standard output")
}

async fn watch_the_day(hall: Arc<LiveHall>) {
    let mut check = tokio::time::interval(DAY_CHECK);
    loop {
        check.tick().await;
        hall.engine.look_at_the_clock();
        hall.identity.outlive(hall.engine.published().hall().day());
    }
}

/// Everybody knows the demo PIN.
fn refuse_demo_pins(files: &HallFiles, options: &Options) -> anyhow::Result<()> {
    let mut hashes: Vec<&str> = files.staff.iter().map(|it| it.pin_hash.as_str()).collect();
    hashes.sort_unstable();
    hashes.dedup();
    if !hashes.iter().any(|it| is_demo_pin(it)) {
        return Ok(());
    }
    tracing::warn!("staff of this hall use the demo PIN that everybody knows");
    if !options.listen.ip().is_loopback() && !options.allow_demo_pins {
        bail!(
            "demo PINs are not served on {}: set PINs in staff.toml, or pass --allow-demo-pins",
            options.listen
        );
    }
    Ok(())
}

fn broken(faults: &[catalogue::Fault]) -> anyhow::Error {
    let lines: Vec<String> = faults.iter().map(ToString::to_string).collect();
    anyhow::anyhow!("the hall cannot be opened, {} fault(s):\n{}", lines.len(), lines.join("\n"))
}
