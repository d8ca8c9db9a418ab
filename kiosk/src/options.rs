//! What a hall decides for one kiosk: the command line, and a TOML file
//! with the same words. The command line wins.

use std::path::PathBuf;
use std::str::FromStr;

use appliance::Size;
use clap::{Args, Parser, Subcommand};
use queue_client::Pin;
use serde::Deserialize;

use crate::readers::{BadSerialAddress, SerialAddress};

/// The touch screen of a hall.
#[derive(Debug, Parser)]
#[command(version, args_conflicts_with_subcommands = true)]
pub struct Cli {
    /// Something else than showing the kiosk.
    #[command(subcommand)]
    pub command: Option<Command>,
    /// The kiosk.
    #[command(flatten)]
    pub arguments: Arguments,
}

/// Something else than showing the kiosk.
#[derive(Debug, Subcommand)]
pub enum Command {
    /// Find out what a printer can, print a page that shows whether it
    /// is set up well, and write its line for `kiosk.toml`.
    PrinterTest {
        /// The printer, for instance `tcp:192.168.1.50:9100`.
        #[arg(long)]
        printer: String,
        /// Its profile: a shipped name, or a path that ends in `.toml`;
        /// the closest is proposed without it.
        #[arg(long)]
        profile: Option<String>,
    },
    /// Set the PIN of the staff panel, which five presses of the clock
    /// open: read from standard input, 6 to 12 digits.
    StaffPin {
        /// The kiosk's state folder.
        #[arg(long)]
        state: PathBuf,
    },
    /// Draw every page of the kiosk into a folder.
    #[command(hide = true)]
    Shots {
        /// The folder; it is made if it is not there.
        #[arg(long)]
        out: PathBuf,
        /// The hall whose matters are shown.
        #[arg(long, default_value = "assets/halls/demo")]
        hall: PathBuf,
        /// Only pages with this in their name, such as `home` or `large-zh`.
        #[arg(long)]
        only: Option<String>,
    },
    /// Live visits at a window in memory and say what they left behind.
    #[cfg(feature = "layout-file")]
    #[command(hide = true)]
    Soak {
        /// How many.
        #[arg(long, default_value_t = 10_000)]
        visits: u64,
        /// The hall whose matters are asked for.
        #[arg(long, default_value = "assets/halls/demo")]
        hall: PathBuf,
    },
}

/// How a code scanner is connected.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(try_from = "String")]
pub enum Scanner {
    /// It types what it reads, and ends it with the key that ends a line.
    Keyboard,
    /// It sends what it reads over a serial line, a line each.
    Serial(SerialAddress),
}

/// The speed of a scanner that is not told another: as most are sold.
const SCANNER_BAUD: u32 = 9_600;

impl FromStr for Scanner {
    type Err = BadSerialAddress;

    fn from_str(text: &str) -> Result<Scanner, BadSerialAddress> {
        if text == "keyboard" {
            return Ok(Scanner::Keyboard);
        }
        SerialAddress::read(text, SCANNER_BAUD).map(Scanner::Serial)
    }
}

impl TryFrom<String> for Scanner {
    type Error = BadSerialAddress;

    fn try_from(text: String) -> Result<Scanner, BadSerialAddress> {
        text.parse()
    }
}

/// Where a reader of identity cards is.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(try_from = "String")]
pub struct IdentityReader(pub SerialAddress);

/// The speed of a reader that is not told another.
const IDENTITY_BAUD: u32 = 115_200;

impl FromStr for IdentityReader {
    type Err = BadSerialAddress;

    fn from_str(text: &str) -> Result<IdentityReader, BadSerialAddress> {
        SerialAddress::read(text, IDENTITY_BAUD).map(IdentityReader)
    }
}

impl TryFrom<String> for IdentityReader {
    type Error = BadSerialAddress;

    fn try_from(text: String) -> Result<IdentityReader, BadSerialAddress> {
        text.parse()
    }
}

/// Options of a kiosk; the names are the keys of its TOML file.
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
    /// The printer: `serial:/dev/ttyUSB0?baud=115200`, `lp:/dev/usb/lp0`,
    /// `tcp:192.168.1.50:9100`, or `dir:PATH` for pictures; each with
    /// `profile=NAME`, or `profile=PATH.toml` for one of the hall's own.
    #[arg(long)]
    pub printer: Option<String>,
    /// Folder where the kiosk keeps what it must still know after a power
    /// cut; without it, it remembers nothing.
    #[arg(long)]
    pub state: Option<PathBuf>,
    /// Cover the whole screen.
    #[arg(long)]
    #[serde(default)]
    pub fullscreen: bool,
    /// Size of the window in pixels, for instance 1080x1920.
    #[arg(long)]
    pub size: Option<Size>,
    /// File with this device's token; else the environment's
    /// `YIMEN_TOKEN`, else what the state folder keeps, else the kiosk
    /// shows a code and asks to be let in.
    #[arg(long)]
    pub token_file: Option<PathBuf>,
    /// What the hall calls this kiosk, if it asks to come in by itself;
    /// `kiosk-` and the machine's name without it.
    #[arg(long)]
    pub name: Option<String>,
    /// The code scanner: `keyboard` for one that types what it reads, as
    /// most do, or `serial:/dev/ttyUSB1?baud=9600`. Without it the kiosk
    /// has none and does not speak of it.
    #[arg(long)]
    pub scanner: Option<Scanner>,
    /// The reader of identity cards, `serial:/dev/ttyUSB2?baud=115200`,
    /// for halls that ask for them (`[identity]` in hall.toml). Only a
    /// hash of the number is kept, for the day.
    #[arg(long)]
    pub identity_reader: Option<IdentityReader>,
    /// The sound card, as ALSA names it (`default`), for visitors who want
    /// the screen read aloud. Without it the kiosk does not speak.
    #[arg(long)]
    pub sound: Option<String>,
    /// Folder of the voice pack; without it, the one that came with the
    /// program.
    #[arg(long)]
    pub voice_pack: Option<PathBuf>,
    /// Write a map of the screen into this file whenever it changes.
    #[arg(long, hide = true)]
    #[serde(skip)]
    pub layout_file: Option<PathBuf>,
    /// Show no window: a visitor comes for each of these matters once the
    /// server is away.
    #[arg(long, hide = true, value_delimiter = ',')]
    #[serde(skip)]
    pub visitors: Vec<String>,
    /// TOML file with the same options.
    #[arg(long)]
    #[serde(skip)]
    pub config: Option<PathBuf>,
}

impl Arguments {
    /// The file named by `--config`, if any, under the command line.
    pub fn with_config(self) -> anyhow::Result<Arguments> {
        let file = match &self.config {
            Some(path) => appliance::read_config(path)?,
            None => Arguments::default(),
        };
        Ok(Arguments {
            server: self.server.or(file.server),
            pin: self.pin.or(file.pin),
            printer: self.printer.or(file.printer),
            state: self.state.or(file.state),
            fullscreen: self.fullscreen || file.fullscreen,
            size: self.size.or(file.size),
            token_file: self.token_file.or(file.token_file),
            name: self.name.or(file.name),
            scanner: self.scanner.or(file.scanner),
            identity_reader: self.identity_reader.or(file.identity_reader),
            sound: self.sound.or(file.sound),
            voice_pack: self.voice_pack.or(file.voice_pack),
            layout_file: self.layout_file,
            visitors: self.visitors,
            config: self.config,
        })
    }
}

#[cfg(test)]
mod tests {
    use std::fs;

    use super::*;

    #[test]
    fn the_command_line_wins_over_the_file() {
        let path = std::env::temp_dir().join(format!("kiosk-options-{}.toml", std::process::id()));
        fs::write(&path, "server = \"http://a:1\"\nprinter = \"dir:/tmp/a\"\n").unwrap();
        let line = ["kiosk", "--server", "http://b:2", "--config", path.to_str().unwrap()];
        let arguments = Cli::try_parse_from(line).unwrap().arguments.with_config().unwrap();
        fs::remove_file(&path).unwrap();
        assert_eq!(arguments.server.as_deref(), Some("http://b:2"));
        assert_eq!(arguments.printer.as_deref(), Some("dir:/tmp/a"));
    }

    #[test]
    fn the_sample_has_every_key() {
        let read = |text: &str| {
            let name = format!("kiosk-sample-{}-{}.toml", std::process::id(), text.len());
            let path = std::env::temp_dir().join(name);
            fs::write(&path, text).unwrap();
            let arguments: Arguments = appliance::read_config(&path).unwrap();
            fs::remove_file(&path).unwrap();
            arguments
        };
        let sample = include_str!("../../assets/kiosk.toml");
        assert!(read(sample).token_file.is_none(), "a new kiosk asks to come in");
        let example = |it: &'static str| it.strip_prefix('#').filter(|it| !it.starts_with(' '));
        let whole: Vec<&str> = sample.lines().map(|it| example(it).unwrap_or(it)).collect();
        let arguments = read(&whole.join("\n"));
        assert!(arguments.server.is_some());
        assert!(arguments.printer.is_some());
        assert!(arguments.state.is_some());
        assert!(arguments.size.is_some());
        assert!(arguments.token_file.is_some());
        assert!(arguments.name.is_some());
        assert!(arguments.scanner.is_some());
        assert!(arguments.identity_reader.is_some());
        assert!(arguments.sound.is_some() && arguments.voice_pack.is_some());
        assert!(arguments.fullscreen);
    }
}
