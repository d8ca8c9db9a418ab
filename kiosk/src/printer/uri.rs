//! Where the printer is, as a hall writes it down.

use std::fmt;
use std::net::SocketAddr;
use std::path::PathBuf;
use std::str::FromStr;

use slip::Profile;
use thiserror::Error;

use super::profile::{NoProfile, ProfileChoice};

/// The speed of a serial port that is not told another.
const DEFAULT_BAUD: u32 = 115_200;

/// A printer's address: `serial:/dev/ttyUSB0?baud=115200`,
/// `lp:/dev/usb/lp0`, `tcp:192.168.1.50:9100` or `dir:PATH`, each with
/// `profile=NAME` (or a file's path ending `.toml`) and `width=384`,
/// `416` or `576` if wanted.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PrinterUri {
    /// How it is connected.
    pub port: PrinterPort,
    /// Where its profile is from; a generic one if not given.
    pub profile: Option<ProfileChoice>,
    /// The dots across its paper, where they are not its profile's.
    pub width_dots: Option<u16>,
}

/// How a printer is connected.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum PrinterPort {
    /// A serial port, or anything that looks like one.
    Serial {
        /// The device.
        path: PathBuf,
        /// Bits a second.
        baud: u32,
    },
    /// A USB printer-class device.
    Lp(PathBuf),
    /// A raw network port; an address, not a name, so that it works
    /// without name service.
    Tcp(SocketAddr),
    /// A folder that gets a picture for each slip.
    Dir(PathBuf),
}

/// A text that is no printer's address.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
pub enum BadPrinterUri {
    /// The part before the first colon.
    #[error("`{0}` is not one of `serial:`, `lp:`, `tcp:` and `dir:`")]
    Scheme(String),
    /// The part behind it.
    #[error("`{0}` is no address and port, such as `192.168.1.50:9100`")]
    Address(String),
    /// Nothing behind the colon.
    #[error("`{0}` names no path")]
    NoPath(String),
    /// Behind the question mark.
    #[error(
        "`{0}` is not one of `baud=…` (with `serial:`), `profile=…` and `width=384`, `416` or `576`"
    )]
    Option(String),
}

impl PrinterUri {
    /// What the printer can do. A profile of the hall's own is read from
    /// its file; where none was chosen, the width decides.
    pub fn profile(&self) -> Result<Profile, NoProfile> {
        let of_80 = Profile::GENERIC_80.width_dots;
        let chosen = match &self.profile {
            Some(choice) => choice.profile()?,
            None if self.width_dots.is_some_and(|it| it < of_80) => Profile::GENERIC_58,
            None => Profile::GENERIC_80,
        };
        Ok(Profile { width_dots: self.width_dots.unwrap_or(chosen.width_dots), ..chosen })
    }
}

impl FromStr for PrinterUri {
    type Err = BadPrinterUri;

    fn from_str(text: &str) -> Result<Self, BadPrinterUri> {
        let (scheme, rest) =
            text.split_once(':').ok_or_else(|| BadPrinterUri::Scheme(text.to_owned()))?;
        let (place, options) = rest.split_once('?').unwrap_or((rest, ""));
        if place.is_empty() {
            return Err(BadPrinterUri::NoPath(text.to_owned()));
        }
        let port = match scheme {
            "serial" => PrinterPort::Serial { path: place.into(), baud: DEFAULT_BAUD },
            "lp" => PrinterPort::Lp(place.into()),
            "tcp" => PrinterPort::Tcp(parse_address(place)?),
            "dir" => PrinterPort::Dir(place.into()),
            _ => return Err(BadPrinterUri::Scheme(scheme.to_owned())),
        };
        let mut uri = Self { port, profile: None, width_dots: None };
        for option in options.split('&').filter(|it| !it.is_empty()) {
            uri.set(option).ok_or_else(|| BadPrinterUri::Option(option.to_owned()))?;
        }
        Ok(uri)
    }
}

impl PrinterUri {
    fn set(&mut self, option: &str) -> Option<()> {
        match (option.split_once('=')?, &mut self.port) {
            (("width", dots @ ("384" | "416" | "576")), _) => {
                self.width_dots = Some(dots.parse().ok()?);
            }
            (("profile", choice), _) if !choice.is_empty() => {
                self.profile = Some(choice.into());
            }
            (("baud", rate), PrinterPort::Serial { baud, .. }) => {
                *baud = rate.parse().ok().filter(|it| (1200..=4_000_000).contains(it))?;
            }
            _ => return None,
        }
        Some(())
    }
}

impl fmt::Display for PrinterUri {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut options = Vec::new();
        match &self.port {
            PrinterPort::Serial { path, baud } => {
                write!(f, "serial:{}", path.display())?;
                options.push(format!("baud={baud}"));
            }
            PrinterPort::Lp(path) => write!(f, "lp:{}", path.display())?,
            PrinterPort::Tcp(address) => write!(f, "tcp:{address}")?,
            PrinterPort::Dir(path) => write!(f, "dir:{}", path.display())?,
        }
        options.extend(self.profile.iter().map(|it| format!("profile={it}")));
        options.extend(self.width_dots.iter().map(|it| format!("width={it}")));
        let options = options.join("&");
        if options.is_empty() { Ok(()) } else { write!(f, "?{options}") }
    }
}

fn parse_address(text: &str) -> Result<SocketAddr, BadPrinterUri> {
    let numeric = text.replace("localhost:", "127.0.0.1:");
    numeric.parse().map_err(|_| BadPrinterUri::Address(text.to_owned()))
}

#[cfg(test)]
mod tests {
    use expect_test::expect;

    use super::*;

    fn check(text: &str) -> PrinterUri {
        text.parse().unwrap()
    }

    /// Name and width of the profile that a text chooses.
    fn profile(text: &str) -> (String, u16) {
        let profile = check(text).profile().unwrap();
        (profile.name.into_owned(), profile.width_dots)
    }

    fn wrong(text: &str) -> String {
        text.parse::<PrinterUri>().unwrap_err().to_string()
    }

    #[test]
    fn every_kind_of_connection_reads_and_is_written_as_it_was() {
        assert_eq!(
            check("serial:/dev/ttyUSB0?baud=9600&width=384"),
            PrinterUri {
                port: PrinterPort::Serial { path: "/dev/ttyUSB0".into(), baud: 9600 },
                profile: None,
                width_dots: Some(384)
            }
        );
        assert_eq!(check("lp:/dev/usb/lp0").port, PrinterPort::Lp("/dev/usb/lp0".into()));
        assert_eq!(
            check("tcp:192.168.1.50:9100").port,
            PrinterPort::Tcp("192.168.1.50:9100".parse().unwrap())
        );
        assert_eq!(check("dir:/tmp/paper").port, PrinterPort::Dir("/tmp/paper".into()));
        for text in [
            "serial:/dev/ttyUSB0?baud=9600&profile=xprinter-80&width=384",
            "lp:/dev/usb/lp0",
            "tcp:192.168.1.50:9100?profile=/etc/yimen/printer.toml",
            "dir:paper?width=416",
        ] {
            assert_eq!(check(text).to_string(), text);
        }
    }

    #[test]
    fn the_profile_is_the_named_one_and_the_width_wins() {
        for (text, name, width) in [
            ("tcp:127.0.0.1:9100", "generic-80", 576),
            ("tcp:127.0.0.1:9100?width=384", "generic-58", 384),
            ("tcp:127.0.0.1:9100?width=416", "generic-58", 416),
            ("tcp:127.0.0.1:9100?profile=generic-58", "generic-58", 384),
            ("lp:/dev/usb/lp0?profile=epson-tm-cn", "epson-tm-cn", 576),
            ("lp:/dev/usb/lp0?profile=epson-tm-cn&width=416", "epson-tm-cn", 416),
        ] {
            assert_eq!(profile(text), (name.to_owned(), width), "{text}");
        }
    }

    #[test]
    fn a_hall_has_a_profile_of_its_own() {
        let path = std::env::temp_dir().join(format!("printer-{}.toml", std::process::id()));
        let shipped = include_str!("../../../assets/printers/generic-58.toml");
        let uri = format!("dir:paper?profile={}", path.display());
        std::fs::write(&path, shipped.replace("generic-58", "hall-58")).unwrap();
        assert_eq!(profile(&uri), ("hall-58".to_owned(), 384));
        std::fs::write(&path, shipped.replace("gbk", "big5")).unwrap();
        let wrong = check(&uri).profile().unwrap_err();
        assert_eq!(wrong.to_string(), format!("`{}` is no printer profile", path.display()));
        let cause = std::error::Error::source(&wrong).unwrap().to_string();
        assert!(cause.starts_with("line 5: unknown variant `big5`"), "{cause}");
        std::fs::remove_file(&path).unwrap();
        let gone = check(&uri).profile().unwrap_err().to_string();
        assert_eq!(gone, format!("cannot read the printer profile `{}`", path.display()));
    }

    #[test]
    fn an_unknown_profile_is_answered_with_those_there_are() {
        let unknown = check("dir:paper?profile=epson").profile().unwrap_err();
        expect![[r#"
            no printer profile is called `epson`; there are generic-58, generic-80, epson-tm-cn, xprinter-80, kiosk-presenter-80, or a path that ends in `.toml`"#]]
        .assert_eq(&unknown.to_string());
    }

    #[test]
    fn a_wrong_address_says_what_is_wrong() {
        assert_eq!(wrong("usb:1"), "`usb` is not one of `serial:`, `lp:`, `tcp:` and `dir:`");
        assert_eq!(wrong("dir:"), "`dir:` names no path");
        assert!(wrong("tcp:printer").contains("no address"));
        assert!(wrong("tcp:1.2.3.4:9100?baud=9600").contains("`baud=9600` is not"));
        assert!(wrong("dir:x?width=400").contains("width"));
        assert!(wrong("dir:x?profile=").contains("`profile=` is not"));
    }
}
