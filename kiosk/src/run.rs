//! From options to a running kiosk, or to a printer tried out.

mod commission;

use std::fs;
use std::io;
use std::process::ExitCode;

use anyhow::Context;
use appliance::Size;
use jiff::tz::TimeZone;
use kiosk_core::Ending;
use queue_client::Client;

use crate::aloud::VoiceOptions;
use crate::options::{Arguments, Cli, Command, Scanner};
use crate::printer::{Before, PrinterUri};
use crate::readers::Readers;
use crate::rehearsal::rehearse;
use crate::runtime::{Identity, Runtime, Setup};
use crate::shots::draw_shots;
use crate::staff_pin;
use crate::store::Store;
use crate::ui::{Look, run_screen};

pub use self::commission::printer_test;

/// The screen the kiosk is drawn for.
const SIZE: Size = Size { width: 1080, height: 1920 };

/// Does what the command line says; a kiosk runs until it is told to stop.
pub fn run(cli: Cli) -> anyhow::Result<ExitCode> {
    let done = match cli.command {
        Some(Command::Shots { out, hall, only }) => draw_shots(&out, &hall, only.as_deref()),
        #[cfg(feature = "layout-file")]
        Some(Command::Soak { visits, hall }) => crate::soak::soak(&hall, visits),
        Some(Command::PrinterTest { printer, profile }) => {
            try_printer(&printer, profile.as_deref())
        }
        Some(Command::StaffPin { state }) => staff_pin::set(&state, &mut io::stdin().lock()),
        None => return show(&cli.arguments.with_config()?),
    };
    done.map(|()| ExitCode::SUCCESS)
}

/// The code of a program that staff have left: its supervisor does not
/// start it again (`assets/systemd/kiosk.service`).
const LEFT: u8 = 80;

fn show(arguments: &Arguments) -> anyhow::Result<ExitCode> {
    let server = arguments.server.as_deref().context("`--server URL` is missing")?;
    let printer = arguments.printer.as_deref().context("`--printer URI` is missing")?;
    let uri: PrinterUri = printer.parse().context("`--printer` is not understood")?;
    let profile = uri.profile().context("`--printer` names no profile")?;
    let (given, state) = (arguments.token_file.as_deref(), arguments.state.as_deref());
    let token = appliance::device_token(given, state)?;
    let client = Client::pinned(server, token, arguments.pin)?;
    let name = arguments.name.clone().unwrap_or_else(|| appliance::device_name("kiosk"));
    let identity = Identity { name, state: arguments.state.clone() };
    let store = match &arguments.state {
        Some(dir) => {
            fs::create_dir_all(dir).with_context(|| format!("cannot make `{}`", dir.display()))?;
            Store::open(dir)?
        }
        None => Store::in_memory()?,
    };
    let size = arguments.size.unwrap_or(SIZE);
    let look = Look {
        fullscreen: arguments.fullscreen,
        size: (size.width, size.height),
        paper_dots: profile.width_dots,
        scanner: arguments.scanner.clone(),
        voice: arguments.sound.clone().map(|card| {
            let pack = arguments.voice_pack.clone();
            VoiceOptions { card, pack }
        }),
        layout_file: arguments.layout_file.clone(),
    };
    tracing::info!(server, printer, profile = %profile.name, "kiosk starts");
    let next_notice = store.next_notice()?;
    // A kiosk that remembers nothing must take the worse for granted.
    let before = if arguments.state.is_none() || store.was_within_slip()? {
        Before::PerhapsSlip
    } else {
        Before::Nothing
    };
    let readers = Readers {
        scanner: match &arguments.scanner {
            Some(Scanner::Serial(address)) => Some(address.clone()),
            Some(Scanner::Keyboard) | None => None,
        },
        identity: arguments.identity_reader.clone().map(|it| it.0),
    };
    let setup = Setup {
        server: server.to_owned(),
        printer: printer.to_owned(),
        profile: profile.name.to_string(),
    };
    let (runtime, messages, effects) =
        Runtime::start(client, identity, setup, (&uri, profile, before), readers, store)?;
    let shown = if arguments.visitors.is_empty() {
        run_screen(look, next_notice, messages, effects)
    } else {
        rehearse(&arguments.visitors, messages, effects).map(|()| None)
    };
    runtime.stop();
    Ok(match shown? {
        Some(Ending::Leave) => ExitCode::from(LEFT),
        Some(Ending::Restart) | None => ExitCode::SUCCESS,
    })
}

/// Tries a printer out, telling on standard output.
fn try_printer(printer: &str, profile: Option<&str>) -> anyhow::Result<()> {
    let now = TimeZone::system().to_datetime(appliance::now());
    printer_test(printer, profile, now, &mut io::stdout())
}
