//! A file of appointments (CSV) as the lines it says. Pure: text in, lines
//! or faults out.
//!
//! The first line names the columns: `reference`, `day`, `time`, `lane`,
//! and maybe `matter` and `code`. No other column is taken, so that
//! nobody's name or telephone number comes in by the way.

use std::collections::BTreeMap;

use jiff::civil::{Date, Time};
use queue_api::{LaneId, ProblemCode};
use queue_core::{AppointmentCode, Booking, BookingLine};
use serde::Deserialize;

use crate::commands::lane_of;
use crate::profile::HallFiles;

/// Lines of a file.
const LINES_MAX: usize = 2_000;

/// Characters of a reference.
const REFERENCE_CHARS_MAX: usize = 40;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Fields {
    reference: String,
    day: String,
    time: String,
    #[serde(default)]
    lane: String,
    #[serde(default)]
    matter: String,
    #[serde(default)]
    code: String,
}

/// What is wrong with a line, by its number.
pub(crate) type LineFault = (u64, String);

/// The sound lines, and what is wrong with the others. `code` chooses one
/// where the file has none.
pub(crate) fn read(
    files: &HallFiles,
    text: &[u8],
    mut code: impl FnMut() -> AppointmentCode,
) -> (Vec<BookingLine>, Vec<LineFault>) {
    // A spreadsheet begins its files with a mark.
    let text = text.strip_prefix(b"\xef\xbb\xbf").unwrap_or(text);
    let mut table = csv::ReaderBuilder::new().trim(csv::Trim::All).from_reader(text);
    let (mut lines, mut faults) = (Vec::new(), Vec::new());
    let mut seen = BTreeMap::new();
    for (nth, record) in table.deserialize::<Fields>().enumerate() {
        if nth == LINES_MAX {
            let line = u64::try_from(nth).unwrap_or(u64::MAX) + 2;
            faults.push((line, format!("a file has at most {LINES_MAX} lines")));
            break;
        }
        let fields = match record {
            Ok(fields) => fields,
            Err(error) => {
                let line = error.position().map_or(1, csv::Position::line);
                faults.push((line, cause(&error)));
                continue;
            }
        };
        let line = u64::try_from(nth).unwrap_or(u64::MAX) + 2;
        if let Some(first) = seen.insert(fields.reference.clone(), line) {
            faults.push((line, format!("`{}` is in line {first} too", fields.reference)));
            continue;
        }
        match booking(files, fields, &mut code) {
            Ok(booking) => lines.push(BookingLine { line, booking }),
            Err(fault) => faults.push((line, fault)),
        }
    }
    (lines, faults)
}

fn cause(error: &csv::Error) -> String {
    match error.kind() {
        csv::ErrorKind::Deserialize { err, .. } => err.kind().to_string(),
        csv::ErrorKind::Utf8 { .. } => "not in UTF-8".to_owned(),
        csv::ErrorKind::UnequalLengths { expected_len, len, .. } => {
            format!("{len} fields, there are {expected_len} columns")
        }
        _ => error.to_string(),
    }
}

fn booking(
    files: &HallFiles,
    fields: Fields,
    code: &mut impl FnMut() -> AppointmentCode,
) -> Result<Booking, String> {
    let Fields { reference, day, time, lane, matter, code: written } = fields;
    check_reference(&reference)?;
    let day: Date = day.parse().map_err(|_| format!("`{day}` is not a day as 2026-11-24"))?;
    let time = Time::strptime("%H:%M", &time)
        .map_err(|_| format!("`{time}` is not a time of day as 09:30"))?;
    let lane = match lane.as_str() {
        "" => None,
        name => Some(name.parse::<LaneId>().map_err(|error| error.to_string())?),
    };
    let matter = Some(matter).filter(|it| !it.is_empty());
    let lane = lane_of(files, lane.as_ref(), matter.as_deref()).map_err(|code| match code {
        ProblemCode::UnknownMatter => "there is no such matter".to_owned(),
        ProblemCode::LaneNotOfMatter => "the matter is not done in that lane".to_owned(),
        _ => "neither a lane nor a matter is named".to_owned(),
    })?;
    let code = match written.as_str() {
        "" => code(),
        digits => digits.parse().map_err(|error: queue_api::BadId| error.to_string())?,
    };
    Ok(Booking { code, lane, matter, day, time, reference: Some(reference) })
}

/// A reference names a booking. What looks like an identity card or a
/// mobile telephone names a person, and is not kept.
fn check_reference(reference: &str) -> Result<(), String> {
    let bytes = reference.as_bytes();
    if bytes.is_empty() || reference.chars().count() > REFERENCE_CHARS_MAX {
        return Err(format!("a reference has 1 to {REFERENCE_CHARS_MAX} characters"));
    }
    let digits = |it: &[u8]| it.iter().all(u8::is_ascii_digit);
    let card = bytes.len() == 18 && digits(&bytes[..17]);
    let mobile = bytes.len() == 11 && digits(bytes) && bytes[0] == b'1';
    if card || mobile {
        return Err("the reference looks like a person's number".to_owned());
    }
    Ok(())
}

#[cfg(test)]
mod tests;
