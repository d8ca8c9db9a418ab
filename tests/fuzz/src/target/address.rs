//! A printer's address: one that is read is written so that it reads as
//! the same.

use kiosk::printer::{BadPrinterUri, PrinterPort, PrinterUri, ProfileChoice};

use super::Target;

pub(super) const TARGET: Target = Target {
    name: "address",
    seeds,
    words: &[
        b"serial:",
        b"lp:",
        b"tcp:",
        b"dir:",
        b"/dev/ttyUSB0",
        b"127.0.0.1:9100",
        b"[::1]:9100",
        b"localhost:",
        b":65536",
        b"?",
        b"&",
        b"baud=",
        b"9600",
        b"4294967296",
        b"width=384",
        b"profile=",
        b"epson-tm-cn",
        b"hall.toml",
        b".TOML",
        "纸".as_bytes(),
    ],
    bytes_max: 120,
    feed,
};

fn seeds() -> Vec<Vec<u8>> {
    let texts = [
        "serial:/dev/ttyUSB0?baud=9600&profile=xprinter-80&width=384",
        "lp:/dev/usb/lp0",
        "tcp:192.168.1.50:9100?profile=/etc/yimen/printer.toml",
        "tcp:[fe80::1%2]:9100",
        "dir:paper?width=416",
    ];
    texts.map(|it| it.as_bytes().to_vec()).to_vec()
}

fn feed(input: &[u8]) -> Vec<String> {
    let text = String::from_utf8_lossy(input);
    let uri: PrinterUri = match text.parse() {
        Ok(uri) => uri,
        Err(error) => return vec![why_not(&error)],
    };
    let written = uri.to_string();
    assert_eq!(written.parse(), Ok(uri.clone()), "{text:?} was written as {written:?}");
    let port = match uri.port {
        PrinterPort::Serial { baud, .. } => format!("serial {}", baud.ilog2()),
        PrinterPort::Lp(_) => "lp".to_owned(),
        PrinterPort::Tcp(address) => format!("tcp {}", address.is_ipv4()),
        PrinterPort::Dir(_) => "dir".to_owned(),
    };
    let profile = uri.profile.map(|it| matches!(it, ProfileChoice::File(_)));
    vec![format!("{port} {profile:?} {:?}", uri.width_dots)]
}

fn why_not(error: &BadPrinterUri) -> String {
    assert!(!error.to_string().is_empty());
    match error {
        BadPrinterUri::Scheme(it) => format!("no scheme {}", it.is_empty()),
        BadPrinterUri::Address(it) => format!("no address {}", it.matches(':').count()),
        BadPrinterUri::NoPath(_) => "no path".to_owned(),
        BadPrinterUri::Option(it) => format!("no option {}", it.contains('=')),
    }
}
