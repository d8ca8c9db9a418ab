//! What a hall decides for one board: the command line, and a TOML file
//! with the same words. The command line wins.

use std::path::PathBuf;

use appliance::Size;
use board_core::Language;
use clap::{Args, Parser, Subcommand, ValueEnum};
use queue_client::Pin;
use serde::Deserialize;

mod voice;

pub use voice::{LoudspeakerOption, One, SayOptions, VolumeOption};

/// The lobby display: the numbers being called.
#[derive(Debug, Parser)]
#[command(version, args_conflicts_with_subcommands = true)]
pub struct Cli {
    /// Something else than showing the board.
    #[command(subcommand)]
    pub command: Option<Command>,
    /// The board.
    #[command(flatten)]
    pub arguments: Arguments,
}

/// Something else than showing the board.
#[derive(Debug, Subcommand)]
pub enum Command {
    /// Draw every picture of the board into a folder.
    #[command(hide = true)]
    Shots {
        /// The folder; it is made if it is not there.
        #[arg(long)]
        out: PathBuf,
    },
    /// Live a day of calls at a window in memory and say what it left
    /// behind.
    #[command(hide = true)]
    Soak {
        /// JSON file with a server's `hall` and a `board` view of it.
        #[arg(long)]
        given: PathBuf,
        /// How long.
        #[arg(long, default_value_t = 24)]
        hours: u32,
    },
    /// Say one call, into a WAV file or aloud.
    Say(SayOptions),
    /// Decode every clip of a voice pack, and tell what calls would lack.
    VoiceCheck {
        /// The folder; without it, the pack that came with the program.
        dir: Option<PathBuf>,
    },
}

/// Options of a board; the names are the keys of its TOML file.
#[derive(Args, Clone, Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Arguments {
    /// Address of the server, `https://host:port`, or `http://` where the
    /// hall's network is its own.
    #[arg(long)]
    pub server: Option<String>,
    /// Fingerprint of the server's certificate, as its log shows it;
    /// without it the certificate must be one that this machine trusts.
    #[arg(long)]
    pub pin: Option<Pin>,
    /// Id of the zone this board hangs in; without it, the whole hall.
    /// A place that the manager chose goes before it.
    #[arg(long)]
    pub zone: Option<String>,
    /// Number of the window this board hangs over.
    #[arg(long, conflicts_with = "zone")]
    pub window: Option<u16>,
    /// Whether calls are spoken here.
    #[arg(long)]
    pub voice: Option<OnOff>,
    /// Folder of the voice pack; without it, the one that came with the
    /// program.
    #[arg(long)]
    pub voice_pack: Option<PathBuf>,
    /// Languages in which calls are spoken, one after the other.
    #[arg(long, value_delimiter = ',', value_parser = parse_language, value_name = "zh|en")]
    pub speak: Option<Vec<Language>>,
    /// How often a call is spoken in the first of them.
    #[arg(long, value_parser = voice::parse_repeat)]
    pub repeat: Option<usize>,
    /// How the digit 1 of a number is read in Mandarin.
    #[arg(long)]
    pub digit_one: Option<One>,
    /// The sound card, as ALSA names it, for all calls; without it, the
    /// file's loudspeakers, else `default`.
    #[arg(long)]
    pub sound: Option<String>,
    /// Several loudspeakers; in the file only.
    #[arg(skip)]
    #[serde(default)]
    pub loudspeaker: Vec<LoudspeakerOption>,
    /// How loud by time of day; in the file only.
    #[arg(skip)]
    #[serde(default)]
    pub volume: Vec<VolumeOption>,
    /// Cover the whole screen.
    #[arg(long)]
    #[serde(default)]
    pub fullscreen: bool,
    /// Size of the window in pixels, for instance 1920x1080.
    #[arg(long)]
    pub size: Option<Size>,
    /// Colours.
    #[arg(long)]
    pub theme: Option<Theme>,
    /// Language of the board.
    #[arg(long, value_parser = parse_language, value_name = "zh|en")]
    pub lang: Option<Language>,
    /// Folder where the board keeps the token it got when it was let in.
    #[arg(long)]
    pub state: Option<PathBuf>,
    /// What the hall calls this board, if it asks to come in by itself;
    /// `board-` and the machine's name without it.
    #[arg(long)]
    pub name: Option<String>,
    /// File with this device's token; else the environment's
    /// `YIMEN_TOKEN`, else what the state folder keeps, else the board
    /// shows a code and asks to be let in.
    #[arg(long)]
    pub token_file: Option<PathBuf>,
    /// Draw into this PNG file at each change, instead of on a screen.
    #[arg(long, hide = true)]
    #[serde(skip)]
    pub snapshot: Option<PathBuf>,
    /// TOML file with the same options.
    #[arg(long)]
    #[serde(skip)]
    pub config: Option<PathBuf>,
}

/// On or off.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize, ValueEnum)]
#[serde(rename_all = "snake_case")]
pub enum OnOff {
    /// Yes.
    On,
    /// No.
    Off,
}

/// Colours of the board.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize, ValueEnum)]
#[serde(rename_all = "snake_case")]
pub enum Theme {
    /// Paper ground and petrol.
    #[default]
    Light,
    /// Black ground, white and yellow, as many halls are used to.
    Contrast,
}

impl Arguments {
    /// The file named by `--config`, if any, under the command line.
    pub(crate) fn with_config(self) -> anyhow::Result<Arguments> {
        let file = match &self.config {
            Some(path) => appliance::read_config(path)?,
            None => Arguments::default(),
        };
        // A zone and a window are one place: who names either means it.
        let is_placed = self.zone.is_some() || self.window.is_some();
        Ok(Arguments {
            server: self.server.or(file.server),
            pin: self.pin.or(file.pin),
            zone: self.zone.or(file.zone.filter(|_| !is_placed)),
            window: self.window.or(file.window.filter(|_| !is_placed)),
            voice: self.voice.or(file.voice),
            voice_pack: self.voice_pack.or(file.voice_pack),
            speak: self.speak.or(file.speak),
            repeat: self.repeat.or(file.repeat),
            digit_one: self.digit_one.or(file.digit_one),
            sound: self.sound.or(file.sound),
            loudspeaker: file.loudspeaker,
            volume: file.volume,
            fullscreen: self.fullscreen || file.fullscreen,
            size: self.size.or(file.size),
            theme: self.theme.or(file.theme),
            lang: self.lang.or(file.lang),
            state: self.state.or(file.state),
            name: self.name.or(file.name),
            token_file: self.token_file.or(file.token_file),
            snapshot: self.snapshot,
            config: self.config,
        })
    }
}

fn parse_language(text: &str) -> Result<Language, String> {
    match text {
        "zh" => Ok(Language::Zh),
        "en" => Ok(Language::En),
        _ => Err("a board speaks `zh` or `en`".to_owned()),
    }
}

#[cfg(test)]
mod tests;
