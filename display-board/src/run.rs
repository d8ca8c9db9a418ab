//! From options to a running board.

use std::io;

use anyhow::{Context, ensure};
use appliance::Size;
use board_core::{Settings, State};
use jiff::tz::TimeZone;
use queue_client::Client;

use crate::options::{Arguments, Cli, Command};
use crate::runtime::{Identity, Runtime, feed_of};
use crate::say::{say, voice_check};
use crate::shots::draw_shots;
use crate::soak::soak;
use crate::speakers::Speakers;
use crate::ui::{Look, Surface, show_board};

/// The size of a board's window, if nobody said otherwise.
const SIZE: Size = Size { width: 1920, height: 1080 };

/// Does what the command line says; a board runs until it is told to stop.
pub fn run(cli: Cli) -> anyhow::Result<()> {
    match cli.command {
        Some(Command::Shots { out }) => draw_shots(&out).map(|_| ()),
        Some(Command::Soak { given, hours }) => soak(&given, hours, &mut io::stdout().lock()),
        Some(Command::Say(options)) => say(&options, &mut io::stdout().lock()),
        Some(Command::VoiceCheck { dir }) => {
            let whole = voice_check(dir.as_deref(), &mut io::stdout().lock())?;
            ensure!(whole, "the voice pack is not whole");
            Ok(())
        }
        None => show(&cli.arguments.with_config()?),
    }
}

fn show(arguments: &Arguments) -> anyhow::Result<()> {
    let server = arguments.server.as_deref().context("`--server URL` is missing")?;
    let (given, kept) = (arguments.token_file.as_deref(), arguments.state.as_deref());
    let token = appliance::device_token(given, kept)?;
    let client = Client::pinned(server, token, arguments.pin)?;
    let name = arguments.name.clone().unwrap_or_else(|| appliance::device_name("board"));
    let identity = Identity { name, state: arguments.state.clone() };
    let voice = arguments.spoken();
    let language = arguments.lang.unwrap_or_default();
    let state = State::new(Settings {
        language,
        time_zone: TimeZone::system(),
        loudspeakers: voice.loudspeakers.iter().map(|(_, place)| place.clone()).collect(),
        volume: arguments.volume_spans(),
    });
    let look = Look {
        surface: match &arguments.snapshot {
            Some(path) => Surface::File(path.clone()),
            None if arguments.fullscreen => Surface::Screen,
            None => Surface::Window,
        },
        size: arguments.size.unwrap_or(SIZE),
        theme: arguments.theme.unwrap_or_default(),
        language,
    };
    let Arguments { zone, window, .. } = arguments;
    ensure!(zone.is_none() || window.is_none(), "a board has a `zone` or a `window`, not both");
    tracing::info!(server, zone, window, "board starts");
    let (runtime, wires) = Runtime::start(client, identity, feed_of(zone.as_deref(), *window))?;
    let speakers =
        Speakers::start(&voice, &wires.to_board).context("cannot start the loudspeakers")?;
    let shown = show_board(look, state, speakers, wires);
    runtime.stop();
    shown
}
