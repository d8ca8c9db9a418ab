//! Where a reader is, as a hall writes it down: `serial:/dev/ttyUSB1`,
//! with `?baud=9600` if wanted.

use std::fmt;
use std::path::PathBuf;

use thiserror::Error;

use crate::printer::{PrinterPort, PrinterUri};

/// A serial line, and its speed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SerialAddress {
    /// The device.
    pub path: PathBuf,
    /// Bits a second.
    pub baud: u32,
}

/// A text that is no reader's address.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
#[error("`{0}` is no serial line, such as `serial:/dev/ttyUSB1?baud=9600`")]
pub struct BadSerialAddress(String);

impl SerialAddress {
    /// What a text says; `baud` where it names no speed. It is written as
    /// that of a printer at a serial line.
    pub fn read(text: &str, baud: u32) -> Result<SerialAddress, BadSerialAddress> {
        let none = || BadSerialAddress(text.to_owned());
        let told = text.contains('?');
        let uri: PrinterUri = text.parse().map_err(|_| none())?;
        match uri {
            PrinterUri {
                port: PrinterPort::Serial { path, baud: named },
                profile: None,
                width_dots: None,
            } => Ok(SerialAddress { path, baud: if told { named } else { baud } }),
            _ => Err(none()),
        }
    }

    /// The port to open.
    pub(crate) fn port(&self) -> PrinterPort {
        PrinterPort::Serial { path: self.path.clone(), baud: self.baud }
    }
}

impl fmt::Display for SerialAddress {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "serial:{}?baud={}", self.path.display(), self.baud)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_line_is_read_with_and_without_its_speed() {
        let read = |text| SerialAddress::read(text, 9_600).map(|it| it.to_string());
        assert_eq!(read("serial:/dev/ttyUSB1").unwrap(), "serial:/dev/ttyUSB1?baud=9600");
        let told = "serial:/dev/ttyACM0?baud=115200";
        assert_eq!(read(told).unwrap(), told);
        for text in [
            "",
            "keyboard",
            "serial:",
            "tcp:127.0.0.1:9100",
            "serial:/dev/ttyUSB1?baud=7",
            "serial:/dev/ttyUSB1?profile=generic-80",
        ] {
            assert!(read(text).unwrap_err().to_string().contains("no serial line"), "{text}");
        }
    }
}
