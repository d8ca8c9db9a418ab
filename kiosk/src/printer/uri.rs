//! Where the printer is, as a hall writes it down.

use std::net::SocketAddr;
use std::path::PathBuf;
use std::str::FromStr;

use slip::Profile;
use thiserror::Error;

/// The speed of a serial port that is not told another.
const DEFAULT_BAUD: u32 = 115_200;

/// A printer's address: `serial:/dev/ttyUSB0?baud=115200`,
/// `lp:/dev/usb/lp0`, `tcp:192.168.1.50:9100` or `dir:PATH`, each with
/// `width=384`, `416` or `576` if wanted.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PrinterUri {
    /// How it is connected.
    pub port: PrinterPort,
    /// The dots across its paper, 576 if not given.
    pub width_dots: u16,
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
    #[error("`{0}` is not one of `baud=…` (with `serial:`) and `width=384`, `416` or `576`")]
    Option(String),
}

impl PrinterUri {
    /// The printer that is assumed where none was chosen.
    pub fn profile(&self) -> Profile {
        let like = if self.width_dots < 576 { Profile::GENERIC_58 } else { Profile::GENERIC_80 };
        Profile { width_dots: self.width_dots, ..like }
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
        let mut uri = Self { port, width_dots: Profile::GENERIC_80.width_dots };
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
                self.width_dots = dots.parse().ok()?;
            }
            (("baud", rate), PrinterPort::Serial { baud, .. }) => {
                *baud = rate.parse().ok().filter(|it| (1200..=4_000_000).contains(it))?;
            }
            _ => return None,
        }
        Some(())
    }
}

fn parse_address(text: &str) -> Result<SocketAddr, BadPrinterUri> {
    let numeric = text.replace("localhost:", "127.0.0.1:");
    numeric.parse().map_err(|_| BadPrinterUri::Address(text.to_owned()))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(text: &str) -> PrinterUri {
        text.parse().unwrap()
    }

    #[test]
    fn every_kind_of_connection_reads() {
        assert_eq!(
            check("serial:/dev/ttyUSB0?baud=9600&width=384"),
            PrinterUri {
                port: PrinterPort::Serial { path: "/dev/ttyUSB0".into(), baud: 9600 },
                width_dots: 384
            }
        );
        assert_eq!(check("lp:/dev/usb/lp0").port, PrinterPort::Lp("/dev/usb/lp0".into()));
        assert_eq!(
            check("tcp:192.168.1.50:9100").port,
            PrinterPort::Tcp("192.168.1.50:9100".parse().unwrap())
        );
        assert_eq!(check("dir:/tmp/paper").port, PrinterPort::Dir("/tmp/paper".into()));
        assert_eq!(check("dir:paper?width=384").profile().columns(), 32);
    }

    #[test]
    fn a_wrong_address_says_what_is_wrong() {
        let wrong = |text: &str| text.parse::<PrinterUri>().unwrap_err().to_string();
        assert_eq!(wrong("usb:1"), "`usb` is not one of `serial:`, `lp:`, `tcp:` and `dir:`");
        assert_eq!(wrong("dir:"), "`dir:` names no path");
        assert!(wrong("tcp:printer").contains("no address"));
        assert!(wrong("tcp:1.2.3.4:9100?baud=9600").contains("`baud=9600` is not"));
        assert!(wrong("dir:x?width=400").contains("width"));
    }
}
