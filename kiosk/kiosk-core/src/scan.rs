//! What a scanner reads, and what is meant by it.
//!
//! A slip's code holds the address of its page, a return pass its secret,
//! a confirmation of an appointment its digits, plain or in an address of
//! the program that booked it.
//!
//! Digits alone are on everything that is sold. Those that a hall makes
//! for its appointments have eight, and are taken for one wherever they
//! are shown; other bookings have up to sixteen, and are taken for one
//! where the visitor has said that they check in. So a kiosk does not try
//! barcodes as codes until the server takes it for somebody who guesses.

use queue_api::AppointmentCode;

/// The longest text that anything of ours has in its code.
const CHARS_MAX: usize = 256;

/// The secret of a paper, in characters; the server's have 22, those of a
/// kiosk 32.
const SECRET_CHARS: std::ops::RangeInclusive<usize> = 16..=64;

/// Digits of the codes that the hall makes.
const OWN_DIGITS: usize = 8;

/// Where a code is shown.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Shown {
    /// To a kiosk that may be asked anything.
    Anywhere,
    /// Where an appointment's code is asked for.
    AtCheckIn,
}

/// What a code stands for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Scan {
    /// An appointment, by its code.
    Appointment(AppointmentCode),
    /// A ticket, by the secret of its paper.
    Ticket(String),
    /// A return pass, by its secret.
    Pass(String),
    /// A one-time notice, by its number.
    Notice(String),
    /// Nothing of this hall.
    Unknown,
}

/// What a text from a scanner means.
pub fn meaning(text: &str, shown: Shown) -> Scan {
    let text = text.trim();
    if text.chars().count() > CHARS_MAX || text.chars().any(char::is_control) {
        return Scan::Unknown;
    }
    match text.split_once("://") {
        Some(("http" | "https", rest)) => address(rest),
        Some(_) => Scan::Unknown,
        None => plain(text, shown),
    }
}

/// `host/t/SECRET`, `host/n/N-1042`, or one with an appointment's code in
/// it.
fn address(rest: &str) -> Scan {
    let (path, query) = rest.split_once('?').unwrap_or((rest, ""));
    let path = path.split('#').next().unwrap_or(path);
    let parts: Vec<&str> = path.split('/').skip(1).filter(|it| !it.is_empty()).collect();
    if let [.., "t", secret] = parts[..]
        && is_secret(secret)
    {
        return Scan::Ticket(secret.to_owned());
    }
    if let [.., "n", number] = parts[..]
        && is_notice(number)
    {
        return Scan::Notice(number.to_owned());
    }
    let asked = query.split('&').filter_map(|it| it.strip_prefix("code="));
    let code = asked.chain(parts.last().copied()).find_map(|it| it.parse().ok());
    code.map_or(Scan::Unknown, Scan::Appointment)
}

fn plain(text: &str, shown: Shown) -> Scan {
    if is_notice(text) {
        return Scan::Notice(text.to_owned());
    }
    // Digits in groups are easier to read, and mean the same.
    let digits: String = text.split([' ', '-']).collect();
    let looked_at = shown == Shown::AtCheckIn || digits.len() == OWN_DIGITS;
    if let Ok(code) = digits.parse()
        && looked_at
    {
        return Scan::Appointment(code);
    }
    if is_secret(text) { Scan::Pass(text.to_owned()) } else { Scan::Unknown }
}

fn is_secret(text: &str) -> bool {
    let known = |it: u8| it.is_ascii_alphanumeric() || it == b'-' || it == b'_';
    // Digits alone are the code of something that is sold.
    let digits = text.bytes().all(|it| it.is_ascii_digit());
    SECRET_CHARS.contains(&text.len()) && text.bytes().all(known) && !digits
}

/// `N-1042`.
fn is_notice(text: &str) -> bool {
    let digits = text.strip_prefix("N-");
    digits.is_some_and(|it| (1..=9).contains(&it.len()) && it.bytes().all(|b| b.is_ascii_digit()))
}

#[cfg(test)]
mod tests {
    use super::*;

    const SECRET: &str = "k7Qd2mV9xN4pR8sT1uW6yZ";

    fn meaning(text: &str) -> Scan {
        super::meaning(text, Shown::Anywhere)
    }

    fn appointment(code: &str) -> Scan {
        Scan::Appointment(code.parse().unwrap())
    }

    #[test]
    fn a_slip_leads_to_its_ticket() {
        let ticket = Scan::Ticket(SECRET.to_owned());
        for address in [
            format!("http://192.168.1.10:8080/t/{SECRET}"),
            format!("https://hall.example/queue/t/{SECRET}?lang=en#top"),
            format!("  http://h/t/{SECRET}/\r\n"),
        ] {
            assert_eq!(meaning(&address), ticket, "{address}");
        }
        let offline = "0123456789abcdef0123456789abcdef";
        assert_eq!(meaning(&format!("http://h/t/{offline}")), Scan::Ticket(offline.to_owned()));
    }

    #[test]
    fn a_bare_secret_is_a_return_pass() {
        assert_eq!(meaning(SECRET), Scan::Pass(SECRET.to_owned()));
        assert_eq!(meaning("a-b_c-d_e-f_g-h_"), Scan::Pass("a-b_c-d_e-f_g-h_".to_owned()));
    }

    #[test]
    fn digits_are_an_appointment_however_they_are_written() {
        assert_eq!(meaning("12345678"), appointment("12345678"));
        assert_eq!(meaning("1234 5678"), appointment("12345678"));
        let foreign = "1234-5678-9012-3456";
        let at_check_in = super::meaning(foreign, Shown::AtCheckIn);
        assert_eq!(at_check_in, appointment("1234567890123456"));
        assert_eq!(meaning("https://b.example/r?id=7&code=87654321"), appointment("87654321"));
        assert_eq!(meaning("https://b.example/r/87654321"), appointment("87654321"));
    }

    #[test]
    fn what_is_sold_is_no_appointment() {
        // EAN-13, UPC-A, ITF-14, and a parcel's number.
        for text in ["6901234567892", "012345678905", "16901234567899", "1234567890"] {
            assert_eq!(meaning(text), Scan::Unknown, "{text}");
            assert_eq!(super::meaning(text, Shown::AtCheckIn), appointment(text), "{text}");
        }
    }

    #[test]
    fn a_notice_is_known_by_its_number() {
        assert_eq!(meaning("N-1042"), Scan::Notice("N-1042".to_owned()));
        assert_eq!(meaning("http://h/n/N-1042"), Scan::Notice("N-1042".to_owned()));
    }

    #[test]
    fn whatever_else_there_is_means_nothing() {
        for text in [
            "",
            "1234567",
            "12345678901234567",
            "6901234567892x",
            "weixin://dl/business/?t=abc",
            "http://h/t/short",
            "http://h",
            "https://www.example.com/",
            "N-",
            "N-12x",
            "a secret with spaces in it",
            "k7Qd2mV9xN4pR8sT1uW6y/",
            "左边的码",
            "1234\u{1b}5678",
        ] {
            assert_eq!(meaning(text), Scan::Unknown, "{text}");
        }
        assert_eq!(meaning(&"7".repeat(10_000)), Scan::Unknown);
    }
}
