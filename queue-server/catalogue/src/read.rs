//! From the texts of a hall's files to its catalogue and calendar, with
//! every fault of all of them in one go.

use std::collections::{BTreeMap, BTreeSet};

use jiff::civil::Date;
use serde::{Deserialize, Deserializer};
use sha2::{Digest, Sha256};
use toml::value::Datetime;

use crate::gate::{check_matter, check_together};
use crate::{Catalogue, Contact, Document, Fault, Matter, SourceFile, Text, Workdays};

/// What of the hall the matters are held against. If the hall's own file
/// is broken, some of it is not known; then nothing is held against it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct HallTerms {
    /// The hall's lanes.
    pub lanes: Option<BTreeSet<String>>,
    /// What fills the blanks in contacts.
    pub contacts: Option<Contacts>,
}

/// What fills the blanks in contacts, the first of these that is there.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Contacts {
    /// By department id.
    pub departments: BTreeMap<String, ContactWords>,
    /// Labels of the windows of a lane (`A01 A02`), by lane.
    pub windows: BTreeMap<String, String>,
    /// The hall's own.
    pub hall: ContactWords,
}

/// What a hall writes where a matter file leaves a blank.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ContactWords {
    /// Labels of windows, if not all windows of the lane take it.
    pub window: Option<String>,
    /// Enquiry telephone.
    pub phone: Option<String>,
    /// Complaint telephone.
    pub complaint: Option<String>,
    /// Where the windows are.
    pub address: Option<Text>,
    /// When they are open.
    pub hours: Option<Text>,
}

/// A sound matter, whose parts stand in for broken ones so that the rest
/// of a file is still looked at.
const SPARE_MATTER: &str = include_str!("read/spare-matter.toml");

/// A sound calendar, likewise.
const SPARE_CALENDAR: &str = "year = 2000\nsource = \"\"\n";

/// Reads the files of matters, fills their blanks and holds them against
/// the publishing gate. The catalogue has the matters that are without
/// fault; it may only be published if there is no fault at all.
pub fn read(
    matters: &[SourceFile],
    workdays: Workdays,
    hall: &HallTerms,
) -> (Catalogue, Vec<Fault>) {
    let mut read: Vec<(Document<'_>, Matter)> = Vec::new();
    let mut faults = Vec::new();
    for file in matters {
        let mut document = Document::parse(file);
        match document.read::<Matter>(SPARE_MATTER) {
            Some(mut matter) => {
                if let Some(contacts) = &hall.contacts {
                    fill(&mut matter, contacts);
                }
                check_matter(&mut document, &matter, hall);
                read.push((document, matter));
            }
            None => faults.extend(document.into_faults()),
        }
    }
    check_together(&mut read);
    let mut sound = Vec::new();
    for (document, matter) in read {
        if document.is_faultless() {
            sound.push(matter);
        }
        faults.extend(document.into_faults());
    }
    sound.sort_by(|a, b| a.id.cmp(&b.id));
    faults.sort();
    let mut catalogue = Catalogue { matters: sound, workdays, ..Catalogue::default() };
    catalogue.revision = revision(&catalogue);
    (catalogue, faults)
}

/// Fills the blanks of a contact.
fn fill(matter: &mut Matter, contacts: &Contacts) {
    let hall = &contacts.hall;
    let none = ContactWords::default();
    let own = contacts.departments.get(&matter.department.id).unwrap_or(&none);
    let Contact { window, phone, complaint, address, hours } = &mut matter.contact;
    fill_line(window, own.window.as_ref(), contacts.windows.get(&matter.lane));
    fill_line(phone, own.phone.as_ref(), hall.phone.as_ref());
    fill_line(complaint, own.complaint.as_ref(), hall.complaint.as_ref());
    fill_text(address, own.address.as_ref(), hall.address.as_ref());
    fill_text(hours, own.hours.as_ref(), hall.hours.as_ref());
}

fn fill_line(line: &mut String, own: Option<&String>, common: Option<&String>) {
    if let (true, Some(words)) = (is_blank(line), own.or(common)) {
        line.clone_from(words);
    }
}

fn fill_text(text: &mut Text, own: Option<&Text>, common: Option<&Text>) {
    if let (true, Some(words)) = (is_blank(&text.zh), own.or(common)) {
        text.clone_from(words);
    }
}

/// Whether somebody has yet to write here: nothing, or `____-________`.
pub(crate) fn is_blank(text: &str) -> bool {
    text.chars().all(|c| c == '_' || c == '-' || c.is_whitespace())
}

const REVISION_HASH_CHARS: usize = 6;

/// The day of the last change and a hash of everything published:
/// `20261122-3fa9c1`.
fn revision(catalogue: &Catalogue) -> String {
    let newest = catalogue.matters.iter().map(|matter| matter.revision).max().unwrap_or_default();
    let body = serde_json::to_vec(&(&catalogue.matters, &catalogue.workdays))
        .expect("matters and days are plain values with text keys");
    let hash = Sha256::digest(&body);
    let mut revision = newest.strftime("%Y%m%d-").to_string();
    let digits = hash.iter().flat_map(|byte| [byte >> 4, byte & 15]).take(REVISION_HASH_CHARS);
    revision.extend(digits.filter_map(|digit| char::from_digit(digit.into(), 16)));
    revision
}

/// A calendar file.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Calendar {
    year: i16,
    #[expect(dead_code, reason = "for the people who keep the file")]
    source: String,
    #[serde(default)]
    #[expect(dead_code, reason = "for the people who keep the file")]
    note: String,
    #[serde(default)]
    off: Vec<CalendarDay>,
    #[serde(default)]
    work: Vec<CalendarDay>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct CalendarDay {
    #[serde(deserialize_with = "toml_date")]
    date: Date,
    #[expect(dead_code, reason = "for the people who keep the file")]
    zh: String,
}

fn toml_date<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Date, D::Error> {
    let bad = || serde::de::Error::custom("expected a date such as 2026-10-01");
    let written = Datetime::deserialize(deserializer)?;
    let (Some(day), None, None) = (written.date, written.time, written.offset) else {
        return Err(bad());
    };
    let (Ok(year), Ok(month), Ok(number)) =
        (i16::try_from(day.year), i8::try_from(day.month), i8::try_from(day.day))
    else {
        return Err(bad());
    };
    Date::new(year, month, number).map_err(|_| bad())
}

/// Reads the files of the working-day calendar, one a year.
pub fn read_calendars(files: &[SourceFile]) -> (Workdays, Vec<Fault>) {
    let mut workdays = Workdays::default();
    let mut faults = Vec::new();
    for file in files {
        let mut document = Document::parse(file);
        if let Some(calendar) = document.read::<Calendar>(SPARE_CALENDAR) {
            add_year(&mut document, &mut workdays, &calendar);
        }
        faults.extend(document.into_faults());
    }
    faults.sort();
    (workdays, faults)
}

fn add_year(document: &mut Document<'_>, workdays: &mut Workdays, calendar: &Calendar) {
    if document.is_sound("year") && !workdays.years.insert(calendar.year) {
        document.fault("year", format!("the year {} is in another file too", calendar.year));
    }
    let mut seen = BTreeSet::new();
    for (key, days) in [("off", &calendar.off), ("work", &calendar.work)] {
        for (at, day) in days.iter().enumerate() {
            let date = day.date;
            let part = format!("{key}.{at}");
            if document.is_sound("year") && date.year() != calendar.year {
                document.fault(&part, format!("`{date}` is not in the year {}", calendar.year));
            }
            if !seen.insert(date) {
                document.fault(&part, format!("`{date}` is there twice"));
            }
            if key == "work" && Workdays::default().is_workday(date) {
                document.fault(&part, format!("`{date}` is worked anyway"));
            }
        }
    }
    workdays.off.extend(calendar.off.iter().map(|day| day.date));
    workdays.work.extend(calendar.work.iter().map(|day| day.date));
}

#[cfg(test)]
mod tests;
