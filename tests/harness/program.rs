//! A process of the suite, or one it needs, that ends with its value.

use std::ffi::OsStr;
use std::fs::File;
use std::io::{BufRead, BufReader, Read};
use std::path::{Path, PathBuf};
use std::process::{Child, ChildStdout, Command, ExitStatus, Stdio};

use anyhow::{Context, ensure};
use rustix::process::{Pid, Signal, kill_process};

/// A running program.
#[derive(Debug)]
pub struct Program {
    name: String,
    child: Child,
    stdout: BufReader<ChildStdout>,
}

/// How to start a program: arguments, environment, where its log goes.
#[derive(Debug)]
pub struct Start {
    name: String,
    command: Command,
}

impl Start {
    /// A program of the suite, as cargo built it beside the one that is
    /// running now.
    pub fn ours(name: &str) -> anyhow::Result<Start> {
        let path = built(name)?;
        Ok(Start { name: name.to_owned(), command: Command::new(path) })
    }

    /// A program of the machine.
    pub fn theirs(name: &str) -> Start {
        Start { name: name.to_owned(), command: Command::new(name) }
    }

    /// Adds arguments.
    #[must_use]
    pub fn args<A: AsRef<OsStr>>(mut self, args: impl IntoIterator<Item = A>) -> Start {
        self.command.args(args);
        self
    }

    /// Sets a variable of its environment.
    #[must_use]
    pub fn env(mut self, name: &str, value: impl AsRef<OsStr>) -> Start {
        self.command.env(name, value);
        self
    }

    /// Starts it; its log is added to `log`.
    pub fn logging_to(mut self, log: &Path) -> anyhow::Result<Program> {
        let log = File::options()
            .create(true)
            .append(true)
            .open(log)
            .with_context(|| format!("cannot write `{}`", log.display()))?;
        let mut child = self
            .command
            .stdin(Stdio::null())
            .stdout(Stdio::piped())
            .stderr(log)
            .spawn()
            .with_context(|| format!("`{}` does not start; is it installed?", self.name))?;
        let stdout = child.stdout.take().context("standard output is piped")?;
        Ok(Program { name: self.name, child, stdout: BufReader::new(stdout) })
    }
}

impl Program {
    /// The next line of its standard output; an error if it ended first.
    pub fn line(&mut self) -> anyhow::Result<String> {
        let mut line = String::new();
        let read = self.stdout.read_line(&mut line).context("standard output breaks")?;
        ensure!(read > 0, "`{}` ended without a word; its log says why", self.name);
        Ok(line.trim_end().to_owned())
    }

    /// As a power cut would.
    pub fn kill(&mut self) -> anyhow::Result<()> {
        self.child.kill().with_context(|| format!("cannot kill `{}`", self.name))?;
        self.child.wait().map(drop).with_context(|| format!("cannot wait for `{}`", self.name))
    }

    /// As its supervisor would: asks it to end and waits.
    pub fn stop(&mut self) -> anyhow::Result<ExitStatus> {
        let pid =
            i32::try_from(self.child.id()).ok().and_then(Pid::from_raw).context("a process id")?;
        kill_process(pid, Signal::TERM).with_context(|| format!("cannot stop `{}`", self.name))?;
        self.wait()
    }

    /// Waits for it to end by itself.
    pub fn wait(&mut self) -> anyhow::Result<ExitStatus> {
        let mut rest = Vec::new();
        self.stdout.read_to_end(&mut rest).context("standard output breaks")?;
        self.child.wait().with_context(|| format!("cannot wait for `{}`", self.name))
    }

    /// Its process id.
    pub fn id(&self) -> u32 {
        self.child.id()
    }

    /// The most memory it has held so far, in kilobytes.
    pub fn memory_kb_peak(&self) -> anyhow::Result<u64> {
        let status = std::fs::read_to_string(format!("/proc/{}/status", self.child.id()))
            .with_context(|| format!("cannot look at `{}`", self.name))?;
        let line = status.lines().find_map(|it| it.strip_prefix("VmHWM:"));
        let kilobytes = line.and_then(|it| it.trim().strip_suffix(" kB")).context("a size")?;
        kilobytes.parse().context("a number")
    }

    /// Whether it has not ended.
    pub fn is_running(&mut self) -> bool {
        matches!(self.child.try_wait(), Ok(None))
    }
}

impl Drop for Program {
    fn drop(&mut self) {
        // One that has ended already is what is wanted.
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// Where cargo put a program of the suite.
pub fn built(name: &str) -> anyhow::Result<PathBuf> {
    let here = std::env::current_exe().context("cannot tell where this program lies")?;
    // A test program lies in `deps`, one folder below the others.
    let found = here.ancestors().skip(1).take(2).map(|dir| dir.join(name)).find(|it| it.is_file());
    found.with_context(|| format!("`{name}` is not built: run `cargo build --workspace` first"))
}

/// The top of the repository.
pub fn repository() -> PathBuf {
    let tests = Path::new(env!("CARGO_MANIFEST_DIR"));
    tests.parent().map_or_else(|| tests.to_owned(), Path::to_owned)
}
