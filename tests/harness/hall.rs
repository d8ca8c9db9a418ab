//! The demo hall, run by the real server on a free port with an empty
//! journal; its staff and its devices over HTTP.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::ExitStatus;
use std::sync::atomic::{AtomicU32, Ordering};
use std::time::Duration;

use anyhow::{Context, bail, ensure};
use queue_api::{SessionReply, Ticket, WindowView};
use reqwest::{Client, Response};
use serde_json::{Value, json};

use crate::program::{Program, Start, repository};

/// The demo hall's files.
const DEMO: &str = "assets/halls/demo";

/// Where a hall has files of its own, if it has.
const OWN_FILES: &str = "hall";

/// PIN of everybody in the demo hall.
pub const PIN: &str = "123456";

/// How often a log is looked at, and how many times.
const LOOK: Duration = Duration::from_millis(500);
const LOOKS_MAX: usize = 600;

/// Clerk of window 1.
pub const CLERK: &str = "1001";

/// The guide desk, which may issue tickets.
pub const DESK: &str = "2001";

/// A running server; it ends with the value, and its folder with it
/// unless something went wrong.
#[derive(Debug)]
pub struct DemoHall {
    /// `http://127.0.0.1:…`; the same after a restart.
    pub address: String,
    folder: PathBuf,
    server: Program,
    http: Client,
}

impl DemoHall {
    /// Starts in a new folder under `target/e2e`.
    pub fn start(name: &str) -> anyhow::Result<DemoHall> {
        static STARTED: AtomicU32 = AtomicU32::new(0);
        let nth = STARTED.fetch_add(1, Ordering::Relaxed);
        let folder =
            repository().join("target/e2e").join(format!("{name}-{}-{nth}", std::process::id()));
        DemoHall::start_in(folder, "127.0.0.1:0")
    }

    /// Starts with something else said in `hall.toml`.
    pub fn start_with(name: &str, said: &str, instead: &str) -> anyhow::Result<DemoHall> {
        let folder = repository().join("target/e2e").join(format!("{name}-{}", std::process::id()));
        let _ = fs::remove_dir_all(&folder);
        let hall = folder.join(OWN_FILES);
        copy(&repository().join(DEMO), &hall)?;
        let file = hall.join("hall.toml");
        let text = fs::read_to_string(&file)?;
        ensure!(text.contains(said), "`{}` does not say `{said}`", file.display());
        fs::write(&file, text.replace(said, instead))?;
        DemoHall::start_on(folder, "127.0.0.1:0")
    }

    /// Starts in this folder, which is emptied first.
    pub fn start_in(folder: PathBuf, listen: &str) -> anyhow::Result<DemoHall> {
        let _ = fs::remove_dir_all(&folder);
        fs::create_dir_all(&folder)
            .with_context(|| format!("cannot make `{}`", folder.display()))?;
        DemoHall::start_on(folder, listen)
    }

    /// Starts on what lies in this folder.
    pub fn start_on(folder: PathBuf, listen: &str) -> anyhow::Result<DemoHall> {
        let (server, address) = serve(&folder, listen)?;
        provide_cryptography();
        Ok(DemoHall { address, folder, server, http: Client::new() })
    }

    /// Where this hall may leave its things.
    pub fn folder(&self) -> &Path {
        &self.folder
    }

    /// The most memory the server has held so far, in kilobytes.
    pub fn memory_kb_peak(&self) -> anyhow::Result<u64> {
        self.server.memory_kb_peak()
    }

    /// SHA-256 of the server's certificate, as its log shows it.
    pub fn fingerprint(&self) -> anyhow::Result<String> {
        let log = fs::read_to_string(self.folder.join("queue-server.log"))?;
        let (_, rest) = log.split_once("fingerprint=\"").context("the log tells it")?;
        Ok(rest.chars().take_while(|it| *it != '"').collect())
    }

    /// Waits until the server has looked through its record, as its log
    /// tells.
    pub async fn looks_back(&self) -> anyhow::Result<()> {
        let log = self.folder.join("queue-server.log");
        for _ in 0..LOOKS_MAX {
            if fs::read_to_string(&log)?.contains("the whole record is sound") {
                return Ok(());
            }
            tokio::time::sleep(LOOK).await;
        }
        bail!("the server still looks through its record")
    }

    /// The server's process id.
    pub fn id(&self) -> u32 {
        self.server.id()
    }

    /// Waits until the server ends by itself.
    pub fn wait(&mut self) -> anyhow::Result<ExitStatus> {
        self.server.wait()
    }

    /// As a power cut would.
    pub fn kill(&mut self) -> anyhow::Result<()> {
        self.server.kill()
    }

    /// As the supervisor would.
    pub fn stop(&mut self) -> anyhow::Result<()> {
        let status = self.server.stop()?;
        ensure!(status.success(), "the server ended with {status}");
        Ok(())
    }

    /// On the same port, with the same journal.
    pub fn restart(&mut self) -> anyhow::Result<()> {
        let listen = self.address.trim_start_matches("http://").to_owned();
        (self.server, self.address) = serve(&self.folder, &listen)?;
        // The old connections are dead, which a pool notices too late.
        self.http = Client::new();
        Ok(())
    }

    /// Copies the record while the server runs.
    pub fn backup(&self, to: &Path) -> anyhow::Result<()> {
        let mut backup = Start::ours("queue-server")?
            .args([Path::new("backup"), Path::new("--out"), to, Path::new("--data")])
            .args([data(&self.folder)])
            .logging_to(&self.folder.join("backup.log"))?;
        let status = backup.wait()?;
        ensure!(status.success(), "the backup ended with {status}");
        Ok(())
    }

    /// Puts a copy of the record into a data folder of its own, as
    /// `backup --help` says; the server is down.
    pub fn put_back(&self, copy: &Path) -> anyhow::Result<()> {
        let (data, old) = (data(&self.folder), self.folder.join("data-before"));
        fs::rename(&data, &old)?;
        fs::create_dir_all(&data)?;
        fs::copy(copy, data.join("hall.db"))?;
        fs::copy(old.join("access.db"), data.join("access.db"))?;
        Ok(())
    }

    /// Makes a device known and gives its token.
    pub fn enrol(&self, kind: &str, name: &str) -> anyhow::Result<String> {
        let mut enrol = Start::ours("queue-server")?
            .args(["enrol", "--kind", kind, "--name", name, "--data"])
            .args([data(&self.folder)])
            .logging_to(&self.folder.join("enrol.log"))?;
        enrol.line()
    }

    /// The token of a member of staff who signs in.
    pub async fn sign_in(&self, staff: &str) -> anyhow::Result<String> {
        let body = json!({ "staff": staff, "pin": PIN });
        let reply = self.http.post(self.url("session")).json(&body).send().await?;
        Ok(reply.error_for_status()?.json::<SessionReply>().await?.token)
    }

    /// Asks something with a token.
    pub async fn get(&self, token: &str, path: &str) -> anyhow::Result<Response> {
        Ok(self.http.get(self.url(path)).bearer_auth(token).send().await?)
    }

    /// Does something with a token.
    pub async fn post(&self, token: &str, path: &str, body: &Value) -> anyhow::Result<Response> {
        Ok(self.http.post(self.url(path)).bearer_auth(token).json(body).send().await?)
    }

    /// Sends a file with a token.
    pub async fn send(&self, token: &str, path: &str, file: &str) -> anyhow::Result<Response> {
        let body = file.to_owned();
        Ok(self.http.post(self.url(path)).bearer_auth(token).body(body).send().await?)
    }

    /// The guide desk issues a ticket in a lane.
    pub async fn issue(&self, lane: &str) -> anyhow::Result<Ticket> {
        let desk = self.sign_in(DESK).await?;
        let request = json!({
            "command_id": command_id(), "lane": lane, "class": "ordinary", "source": "desk",
        });
        let reply = self.post(&desk, "tickets", &request).await?;
        Ok(reply.error_for_status()?.json().await?)
    }

    /// A window now.
    pub async fn window(&self, window: u16) -> anyhow::Result<WindowView> {
        let token = self.sign_in(CLERK).await?;
        Ok(self.get(&token, &format!("windows/{window}")).await?.error_for_status()?.json().await?)
    }

    /// The clerk of window 1 acts without a browser.
    pub async fn act(&self, verb: &str, mut fields: Value) -> anyhow::Result<WindowView> {
        let token = self.sign_in(CLERK).await?;
        fields["command_id"] = json!(command_id());
        let reply = self.post(&token, &format!("windows/1/{verb}"), &fields).await?;
        Ok(reply.error_for_status()?.json().await?)
    }

    /// The address of an API path.
    pub fn url(&self, path: &str) -> String {
        format!("{}/api/v1/{path}", self.address)
    }
}

impl Drop for DemoHall {
    fn drop(&mut self) {
        // What a failed test leaves behind is evidence.
        if !std::thread::panicking() {
            let _ = self.server.kill();
            let _ = fs::remove_dir_all(data(&self.folder));
        }
    }
}

/// The tests' own HTTP client asks for it even where nothing is encrypted.
pub(crate) fn provide_cryptography() {
    // An error says that it is there already.
    let _ = rustls::crypto::ring::default_provider().install_default();
}

/// A hall whose staff file has nobody of this number.
pub fn staff_without(name: &str, number: &str) -> anyhow::Result<DemoHall> {
    let folder = repository().join("target/e2e").join(format!("{name}-{}", std::process::id()));
    let _ = fs::remove_dir_all(&folder);
    lay_out_without(&folder, number)?;
    DemoHall::start_on(folder, "127.0.0.1:0")
}

/// Lays such a hall's files into this folder.
pub(crate) fn lay_out_without(folder: &Path, number: &str) -> anyhow::Result<()> {
    let hall = folder.join(OWN_FILES);
    copy(&repository().join(DEMO), &hall)?;
    let file = hall.join("staff.toml");
    let text = fs::read_to_string(&file)?;
    let theirs = format!("id = \"{number}\"");
    let (first, rest) = text.split_once("[[staff]]").context("somebody works there")?;
    let others = rest.split("[[staff]]").filter(|it| !it.contains(&theirs));
    let others: Vec<String> = others.map(|it| format!("[[staff]]{it}")).collect();
    fs::write(&file, format!("{first}{}", others.concat()))?;
    Ok(())
}

/// A command id as a client makes one.
pub fn command_id() -> String {
    uuid::Uuid::new_v4().to_string()
}

/// Where the journal lies.
pub fn data(folder: &Path) -> PathBuf {
    folder.join("data")
}

/// A folder and all that is in it.
fn copy(from: &Path, to: &Path) -> anyhow::Result<()> {
    fs::create_dir_all(to)?;
    for entry in fs::read_dir(from)? {
        let entry = entry?;
        let (from, to) = (entry.path(), to.join(entry.file_name()));
        if from.is_dir() { copy(&from, &to)? } else { fs::copy(&from, &to).map(drop)? }
    }
    Ok(())
}

/// The hall's files: those that a test put into its folder, or the demo's.
fn files(folder: &Path) -> PathBuf {
    let own = folder.join(OWN_FILES);
    if own.exists() { own } else { repository().join(DEMO) }
}

fn serve(folder: &Path, listen: &str) -> anyhow::Result<(Program, String)> {
    let mut server = Start::ours("queue-server")?
        .args(["serve", "--listen", listen, "--hall"])
        .args([files(folder)])
        .args([Path::new("--data"), &data(folder)])
        .logging_to(&folder.join("queue-server.log"))?;
    let line = server.line().with_context(|| format!("see `{}`", folder.display()))?;
    let address = line.strip_prefix("listening on ").context("the server says where it listens")?;
    Ok((server, address.to_owned()))
}
