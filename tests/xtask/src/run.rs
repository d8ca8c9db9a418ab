//! Running other programs and talking to the person at the keyboard.

use std::env;
use std::ffi::OsStr;
use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

/// What a step came to: nothing, or why it failed.
pub(crate) type Step = Result<(), String>;

/// The top of the repository.
pub(crate) fn repository() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR"))
        .ancestors()
        .nth(2)
        .map_or_else(PathBuf::new, Path::to_owned)
}

/// A command that runs at the top of the repository.
pub(crate) fn command(program: impl AsRef<OsStr>) -> Command {
    let mut command = Command::new(program);
    command.current_dir(repository());
    command
}

/// The cargo that started this program.
pub(crate) fn cargo(args: &[&str]) -> Step {
    say(&format!("cargo {}", args.join(" ")));
    run(command(env::var_os("CARGO").unwrap_or_else(|| "cargo".into())).args(args))
}

/// Whether this toolchain has a component.
pub(crate) fn has(args: &[&str]) -> bool {
    let mut asked = command(env::var_os("CARGO").unwrap_or_else(|| "cargo".into()));
    let status = asked.args(args).stdout(Stdio::null()).stderr(Stdio::null()).status();
    status.is_ok_and(|it| it.success())
}

/// Runs a command to its end.
pub(crate) fn run(command: &mut Command) -> Step {
    let program = command.get_program().to_string_lossy().into_owned();
    match command.status() {
        Ok(status) if status.success() => Ok(()),
        Ok(status) => Err(format!("`{program}` ended with {status}")),
        Err(error) => Err(format!("`{program}` does not start: {error}")),
    }
}

/// A line for the person at the keyboard.
pub(crate) fn say(line: &str) {
    // Nobody is left to tell if standard error is gone.
    let _ = writeln!(std::io::stderr(), "{line}");
}
