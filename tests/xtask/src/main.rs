//! `cargo xtask`: what a person does with this repository, one word
//! each. It runs other programs and has no logic of the suite in it.

mod debian;
mod package;
mod run;

use std::env;
use std::process::ExitCode;

use run::{Step, cargo, repository};

const HELP: &str = "\
cargo xtask demo     a whole hall: server, kiosk, board, a printer that shows its paper
cargo xtask test     everything that must hold
cargo xtask shots    a picture of every screen, page and slip, into target/shots/
cargo xtask fuzz     bytes that nobody meant, ten million for each reader (--inputs N)
cargo xtask fuzz api what the server's own description allows, as each role (--examples N --seed S --role R)
cargo xtask simulate days of a hall where everything fails (--hours N --seed S)
cargo xtask mutants  bugs put in on purpose, which the simulation must find
cargo xtask crash    power cuts: 50,000 of the disk, 50 of the running server (--images N --kills N)
cargo xtask bench    figures: bytes, tickets a second, milliseconds (words measure parts: kiosk, visits, board; --json)
cargo xtask package  Debian packages with units and users, into target/debian/ (--debug: of a workbench)
cargo xtask study queue   waits under each discipline and errors of forecasts, into target/study/queue/ (--days N --seed S)
cargo xtask study search  how well matters are found, by kind of asking (a file of queries, if not the tests')
";

fn main() -> ExitCode {
    let words: Vec<String> = env::args().skip(1).collect();
    let rest = words.get(1..).unwrap_or_default();
    let done = match words.first().map(String::as_str) {
        Some("demo") => demo(rest),
        Some("test") => test(),
        Some("shots") => shots(),
        Some("fuzz") => fuzz(rest),
        Some("simulate") => simulate(rest),
        Some("mutants") => simulate(&[&["mutants".to_owned()], rest].concat()),
        Some("crash") => crash(rest),
        Some("bench") => bench(rest),
        Some("package") => package::package(rest.iter().any(|it| it == "--debug")),
        Some("study") => study(rest),
        _ => Err(HELP.to_owned()),
    };
    match done {
        Ok(()) => ExitCode::SUCCESS,
        Err(why) => {
            run::say(&why);
            ExitCode::FAILURE
        }
    }
}

/// Brings up the demo hall; without a screen, a scripted visitor and
/// clerk use it and the pictures stay.
fn demo(rest: &[String]) -> Step {
    let on_a_screen = env::var_os("DISPLAY").is_some();
    debian::need(if on_a_screen { debian::WINDOW } else { debian::SCREENLESS })?;
    cargo(&["build", "--workspace", "--bins"])?;
    let demo = repository().join("target/debug/demo");
    run::run(run::command(&demo).args(rest))
}

/// What CI runs.
fn test() -> Step {
    debian::need(debian::SCREENLESS)?;
    if run::has(&["fmt", "--version"]) {
        cargo(&["fmt", "--all", "--check"])?;
    }
    // The programs first: the end-to-end tests run the real ones.
    cargo(&["build", "--workspace", "--bins"])?;
    cargo(&["test", "--workspace"])?;
    if run::has(&["clippy", "--version"]) {
        cargo(&["clippy", "--workspace", "--all-targets", "--", "-D", "warnings"])?;
    }
    Ok(())
}

/// Draws every screen, every page and every slip.
fn shots() -> Step {
    debian::need(debian::SCREENLESS)?;
    cargo(&["build", "--workspace", "--bins"])?;
    let out = repository().join("target/shots");
    for screen in ["kiosk", "display-board"] {
        let program = repository().join("target/debug").join(screen);
        run::run(run::command(&program).arg("shots").arg("--out").arg(out.join(screen)))?;
    }
    let pages = repository().join("target/debug/pages");
    run::run(run::command(&pages).arg("--out").arg(out.join("pages")))?;
    run::say(&format!("the pictures lie in {}", out.display()));
    Ok(())
}

/// Feeds every reader; stops at the first input that one panics at.
fn fuzz(rest: &[String]) -> Step {
    if rest.first().is_some_and(|it| it == "api") {
        return fuzz_api(&rest[1..]);
    }
    cargo(&["build", "--profile", "fuzz", "-p", "fuzz"])?;
    let fuzz = repository().join("target/fuzz/fuzz");
    run::run(run::command(&fuzz).args(rest))
}

/// Asks a real server what its description allows, by a fuzzer that reads
/// it; the fuzzer is Python's and gets an environment of its own.
fn fuzz_api(rest: &[String]) -> Step {
    cargo(&["build", "-p", "queue-server", "--bin", "queue-server"])?;
    let (top, here) = (repository(), repository().join("target/fuzz-api"));
    let venv = here.join("venv");
    let python = venv.join("bin/python");
    if !venv.join("bin/schemathesis").exists() {
        run::run(run::command("python3").args(["-m", "venv"]).arg(&venv))?;
        let install = ["-m", "pip", "install", "--quiet", "-r", "tests/fuzz_api/requirements.txt"];
        run::run(run::command(&python).args(install))?;
    }
    let mut fuzz = run::command(&python);
    fuzz.arg("tests/fuzz_api/fuzz_api.py");
    fuzz.arg("--server").arg(top.join("target/debug/queue-server"));
    fuzz.arg("--scratch").arg(here.join("scratch"));
    fuzz.arg("--demo").arg(top.join("assets/halls/demo"));
    run::run(fuzz.args(rest))
}

/// Cuts the power far more often than `test` does.
fn crash(rest: &[String]) -> Step {
    let count = |name: &str, usual: &str| {
        let at = rest.iter().position(|it| it == name);
        at.and_then(|at| rest.get(at + 1)).map_or(usual.to_owned(), Clone::clone)
    };
    let (images, kills) = (count("--images", "50000"), count("--kills", "50"));
    cargo(&["build", "--bin", "queue-server"])?;
    for (variable, often, test, name) in [
        ("YIMEN_CRASH_IMAGES", images, "crash", ""),
        ("YIMEN_KILLS", kills, "suite", "issuing::a_server_killed"),
    ] {
        run::say(&format!("{variable}={often}"));
        let test = ["test", "-p", "tests", "--test", test, name, "--", "--nocapture"];
        let program = env::var_os("CARGO").unwrap_or_else(|| "cargo".into());
        run::run(run::command(program).args(test).env(variable, often))?;
    }
    Ok(())
}

/// Lets halls live, far longer than the tests do.
fn simulate(rest: &[String]) -> Step {
    cargo(&["build", "--profile", "fuzz", "--bin", "simulate"])?;
    let simulate = repository().join("target/fuzz/simulate");
    run::run(run::command(&simulate).args(rest))
}

/// Measures; nothing is asserted.
fn bench(rest: &[String]) -> Step {
    debian::need(debian::SCREENLESS)?;
    let mut build = vec!["build", "--release"];
    for program in ["queue-server", "kiosk", "display-board", "bench"] {
        build.extend(["--bin", program]);
    }
    cargo(&build)?;
    let bench = repository().join("target/release/bench");
    run::run(run::command(&bench).args(rest))
}

/// Simulates hall-days on the real rules, or asks the search.
fn study(rest: &[String]) -> Step {
    cargo(&["build", "--release", "--bin", "study"])?;
    let study = repository().join("target/release/study");
    run::run(run::command(&study).args(rest))
}
