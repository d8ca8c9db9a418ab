//! `hall.toml`: the hall's profile, and what it says to the matters.

use std::collections::{BTreeMap, BTreeSet};

use axum::http::Uri;
use catalogue::{Catalogue, ContactWords, Contacts, Document, Fault, HallTerms, SourceFile, Text};
use jiff::civil::Time;
use jiff::tz::TimeZone;
use queue_api::{
    Bilingual, Class, HallProfile, LaneId, LaneProfile, Span, WindowId, WindowProfile, ZoneProfile,
};
use serde::{Deserialize, Deserializer};

use super::appointments::{self, AppointmentsEntry};
use super::identity::{self, IdentityEntry};
use super::plan::{self, PlanEntry};
use super::queue::{self, LastTicketEntry, Queue, QueueEntry};
use super::record::{self, RecordEntry};

/// The kiosk's first page of matters has room for these.
const MOST_USED_MAX: usize = 10;

/// What a row of the lane table has room for, in Chinese.
const LANE_NAME_CHARS_MAX: usize = 6;

const SPARE_HALL: &str = include_str!("spare-hall.toml");

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct HallFile {
    name: Text,
    pub(super) time_zone: String,
    address: Text,
    phone: String,
    complaint: String,
    hours: Text,
    pub(super) opening: Vec<SpanEntry>,
    #[serde(deserialize_with = "last_ticket")]
    pub(super) last_ticket: LastTicketEntry,
    classes: Vec<Class>,
    notice: Text,
    public_url: String,
    waive_shared: bool,
    most_used: Vec<String>,
    zones: Vec<ZoneEntry>,
    #[serde(default)]
    pub(super) queue: QueueEntry,
    #[serde(default)]
    pub(super) appointments: Option<AppointmentsEntry>,
    #[serde(default)]
    record: RecordEntry,
    #[serde(default)]
    stuck_desk: Option<Text>,
    #[serde(default)]
    plan: Option<PlanEntry>,
    #[serde(default)]
    pub(super) identity: IdentityEntry,
    pub(super) lanes: Vec<LaneEntry>,
    pub(super) windows: Vec<WindowEntry>,
    #[serde(default)]
    contacts: BTreeMap<String, ContactWords>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct SpanEntry {
    #[serde(deserialize_with = "time_of_day")]
    pub(super) from: Time,
    #[serde(deserialize_with = "time_of_day")]
    pub(super) to: Time,
    /// Numbers in this span; of a lane only.
    #[serde(default)]
    pub(super) quota: Option<u32>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct ZoneEntry {
    id: String,
    name: Text,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct LaneEntry {
    pub(super) id: LaneId,
    name: Text,
    zone: String,
    #[serde(default)]
    entrusted_by: Option<Text>,
    #[serde(default, deserialize_with = "maybe_last_ticket")]
    pub(super) last_ticket: Option<LastTicketEntry>,
    #[serde(default)]
    pub(super) overtime_minutes: u32,
    #[serde(default)]
    pub(super) opening: Option<Vec<SpanEntry>>,
    #[serde(default)]
    pub(super) quota: Option<u32>,
    #[serde(default)]
    pub(super) warn_left: u32,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct WindowEntry {
    pub(super) id: WindowId,
    label: String,
    zone: String,
    name: Text,
    general: bool,
    pub(super) lanes: Vec<LaneId>,
    #[serde(default)]
    pub(super) helps: Vec<LaneId>,
    #[serde(default)]
    pub(super) tidal: bool,
}

impl HallFile {
    pub(super) fn has_zone(&self, id: &str) -> bool {
        self.zones.iter().any(|it| it.id == id)
    }

    pub(super) fn window_labels(&self) -> impl Iterator<Item = &str> {
        self.windows.iter().map(|it| it.label.as_str())
    }
}

/// The file while it is being checked.
pub(super) struct Hall<'f> {
    document: Document<'f>,
    file: Option<HallFile>,
}

impl<'f> Hall<'f> {
    /// Reads the file.
    pub(super) fn read(file: &'f SourceFile) -> Hall<'f> {
        let mut document = Document::parse(file);
        let file = document.read(SPARE_HALL);
        Hall { document, file }
    }

    /// What matters are held against, as far as it is known.
    pub(super) fn terms(&self) -> HallTerms {
        let Some(file) = &self.file else { return HallTerms::default() };
        let sound = |keys: &[&str]| keys.iter().all(|key| self.document.is_sound(key));
        let lanes = || file.lanes.iter().map(|it| it.id.to_string()).collect();
        let words = ["phone", "complaint", "address", "hours", "lanes", "windows", "contacts"];
        HallTerms {
            lanes: sound(&["lanes"]).then(lanes),
            contacts: sound(&words).then(|| contacts(file)),
        }
    }

    /// The windows, if all of them are known.
    pub(super) fn windows(&self) -> Option<Vec<WindowId>> {
        let file = self.file.as_ref().filter(|_| self.document.is_sound("windows"))?;
        Some(file.windows.iter().map(|it| it.id).collect())
    }

    /// How many days of the record stay, if not all.
    pub(super) fn keep_days(&self) -> Option<u32> {
        self.file.as_ref()?.record.keep_days
    }

    /// Checks the file, and what it says of the matters.
    pub(super) fn check(&mut self, matters: &[SourceFile], catalogue: &Catalogue) {
        let Some(file) = &self.file else { return };
        let document = &mut self.document;
        document.check_texts();
        if document.is_sound("time_zone") && TimeZone::get(&file.time_zone).is_err() {
            let message = format!("there is no time zone `{}`", file.time_zone);
            document.fault("time_zone", message);
        }
        for (key, text) in [("phone", &file.phone), ("complaint", &file.complaint)] {
            if text.trim().is_empty() {
                document.fault(key, format!("`{key}` is blank"));
            }
        }
        if !file.public_url.is_empty() && !is_page_address(&file.public_url) {
            let message = format!("`{}` is no address of pages", file.public_url);
            document.fault("public_url", message);
        }
        check_times(document, file);
        check_classes(document, file);
        check_zones(document, file);
        check_lanes(document, file);
        check_windows(document, file);
        queue::check(document, file);
        record::check(document, &file.record);
        identity::check(document, file.identity);
        if let Some(entry) = &file.appointments {
            appointments::check(document, entry, &file.classes);
        }
        if let Some(entry) = &file.plan {
            plan::check(document, entry, file);
        }
        check_most_used(document, file, matters);
        if catalogue.matters.len() == matters.len() {
            let known: BTreeSet<&str> =
                catalogue.departments().into_iter().map(|it| it.id.as_str()).collect();
            for department in file.contacts.keys().filter(|it| !known.contains(it.as_str())) {
                let message = format!("no matter is of a department `{department}`");
                document.fault(&format!("contacts.{department}"), message);
            }
        }
    }

    /// The profile and the queue's rules, and everything that is wrong
    /// with the file.
    pub(super) fn finish(
        self,
        catalogue: &Catalogue,
    ) -> (Option<(HallProfile, Queue)>, Vec<Fault>) {
        let read = self.file.map(|file| {
            let queue = queue::read(&file, catalogue);
            (profile(file, &catalogue.revision), queue)
        });
        (read, self.document.into_faults())
    }
}

/// Whether a phone that reads it from a QR code opens a page there.
fn is_page_address(text: &str) -> bool {
    text.parse::<Uri>().is_ok_and(|uri| {
        matches!(uri.scheme_str(), Some("http" | "https"))
            && uri.host().is_some()
            && uri.query().is_none()
    })
}

fn contacts(file: &HallFile) -> Contacts {
    let mut windows: BTreeMap<String, String> = BTreeMap::new();
    for window in &file.windows {
        for lane in &window.lanes {
            let labels = windows.entry(lane.to_string()).or_default();
            let gap = if labels.is_empty() { "" } else { " " };
            labels.extend([gap, &window.label]);
        }
    }
    let hall = ContactWords {
        window: None,
        phone: Some(file.phone.clone()),
        complaint: Some(file.complaint.clone()),
        address: Some(file.address.clone()),
        hours: Some(file.hours.clone()),
    };
    Contacts { departments: file.contacts.clone(), windows, hall }
}

fn check_times(document: &mut Document<'_>, file: &HallFile) {
    if file.opening.is_empty() && document.is_sound("opening") {
        document.fault("opening", "the hall is never open");
    }
    check_spans(document, "opening", &file.opening);
    if !document.is_sound("opening") {
        return;
    }
    let lanes = file.lanes.iter().enumerate().filter_map(|(at, it)| {
        let spans = it.opening.as_ref().unwrap_or(&file.opening);
        Some((format!("lanes.{at}.last_ticket"), it.last_ticket?, spans))
    });
    let hall = ("last_ticket".to_owned(), file.last_ticket, &file.opening);
    for (part, stop, spans) in [hall].into_iter().chain(lanes) {
        let (LastTicketEntry::At(stop), Some(first), Some(last)) =
            (stop, spans.first(), spans.last())
        else {
            continue;
        };
        if !(first.from..=last.to).contains(&stop) {
            document.fault(&part, format!("the hall is not open at {}", stop.strftime("%H:%M")));
        }
    }
}

/// Earliest first, and none that ends before it begins.
pub(super) fn check_spans(document: &mut Document<'_>, part: &str, spans: &[SpanEntry]) {
    let mut before = Time::MIN;
    for (at, span) in spans.iter().enumerate() {
        if span.from >= span.to {
            document.fault(&format!("{part}.{at}"), "the hall closes before it opens");
        } else if span.from < before {
            document.fault(&format!("{part}.{at}"), "spans are not earliest first");
        }
        before = span.to;
    }
}

fn check_classes(document: &mut Document<'_>, file: &HallFile) {
    if document.is_sound("classes") && !file.classes.contains(&Class::Ordinary) {
        document.fault("classes", "there is no class `ordinary`");
    }
    let mut seen = BTreeSet::new();
    for (at, class) in file.classes.iter().enumerate() {
        if !seen.insert(class) {
            document.fault(&format!("classes.{at}"), "the class is there twice");
        }
    }
}

fn check_zones(document: &mut Document<'_>, file: &HallFile) {
    if file.zones.is_empty() && document.is_sound("zones") {
        document.fault("zones", "there is no waiting area");
    }
    unique(document, "zones", "id", file.zones.iter().map(|it| it.id.clone()));
    if !document.is_sound("zones") {
        return;
    }
    let lanes =
        file.lanes.iter().enumerate().map(|(at, it)| (format!("lanes.{at}.zone"), &it.zone));
    let windows =
        file.windows.iter().enumerate().map(|(at, it)| (format!("windows.{at}.zone"), &it.zone));
    for (part, zone) in lanes.chain(windows) {
        if file.zones.iter().all(|it| it.id != *zone) {
            document.fault(&part, format!("the hall has no zone `{zone}`"));
        }
    }
}

fn check_lanes(document: &mut Document<'_>, file: &HallFile) {
    if file.lanes.is_empty() && document.is_sound("lanes") {
        document.fault("lanes", "there is no lane");
    }
    unique(document, "lanes", "id", file.lanes.iter().map(|it| it.id.to_string()));
    for (at, lane) in file.lanes.iter().enumerate() {
        let chars = lane.name.zh.chars().count();
        if chars > LANE_NAME_CHARS_MAX {
            let message =
                format!("name of {chars} characters, at most {LANE_NAME_CHARS_MAX} fit in a row");
            document.fault(&format!("lanes.{at}.name"), message);
        }
        let served = file.windows.iter().any(|it| it.lanes.contains(&lane.id));
        if document.is_sound("windows") && !served {
            document.fault(&format!("lanes.{at}"), format!("no window serves lane `{}`", lane.id));
        }
    }
}

fn check_windows(document: &mut Document<'_>, file: &HallFile) {
    if file.windows.is_empty() && document.is_sound("windows") {
        document.fault("windows", "there is no window");
    }
    unique(document, "windows", "id", file.windows.iter().map(|it| it.id.to_string()));
    unique(document, "windows", "label", file.windows.iter().map(|it| it.label.clone()));
    for (at, window) in file.windows.iter().enumerate() {
        if window.id == WindowId(0) {
            document.fault(&format!("windows.{at}.id"), "window ids begin at 1");
        }
        if window.lanes.is_empty() {
            let message = format!("window {} serves no lane", window.id);
            document.fault(&format!("windows.{at}.lanes"), message);
        }
        let mut seen = BTreeSet::new();
        for (place, lane) in window.lanes.iter().enumerate() {
            let part = format!("windows.{at}.lanes.{place}");
            if !seen.insert(lane) {
                document.fault(&part, format!("lane `{lane}` is there twice"));
            } else if document.is_sound("lanes") && file.lanes.iter().all(|it| it.id != *lane) {
                document.fault(&part, format!("the hall has no lane `{lane}`"));
            }
        }
    }
}

fn check_most_used(document: &mut Document<'_>, file: &HallFile, matters: &[SourceFile]) {
    let stem = |name: &str| -> Option<String> {
        Some(name.rsplit(['/', '\\']).next()?.strip_suffix(".toml")?.to_owned())
    };
    let ids: BTreeSet<String> = matters.iter().filter_map(|it| stem(&it.name)).collect();
    let mut seen = BTreeSet::new();
    for (at, id) in file.most_used.iter().enumerate() {
        let part = format!("most_used.{at}");
        if !seen.insert(id) {
            document.fault(&part, format!("`{id}` is there twice"));
        } else if !ids.contains(id) {
            document.fault(&part, format!("there is no matter `{id}`"));
        }
    }
    if file.most_used.len() > MOST_USED_MAX {
        document.fault("most_used", format!("at most {MOST_USED_MAX} matters fit"));
    }
}

fn unique(
    document: &mut Document<'_>,
    list: &str,
    key: &str,
    values: impl Iterator<Item = String>,
) {
    let mut seen: BTreeMap<String, usize> = BTreeMap::new();
    for (at, value) in values.enumerate() {
        let part = format!("{list}.{at}.{key}");
        if value.trim().is_empty() {
            document.fault(&part, format!("`{key}` is blank"));
        } else if let Some(first) = seen.get(&value) {
            let line = document.line(&format!("{list}.{first}.{key}"));
            document.fault(&part, format!("{key} `{value}` is in line {line} too"));
        } else {
            seen.insert(value, at);
        }
    }
}

fn profile(file: HallFile, revision: &str) -> HallProfile {
    // What is computed can be no later than the end.
    let ends = |spans: &[SpanEntry]| spans.last().map_or(Time::MAX, |it| it.to);
    let hall_ends = ends(&file.opening);
    let stops = |it: &LaneEntry| match it.last_ticket.unwrap_or(file.last_ticket) {
        LastTicketEntry::At(time) => time,
        LastTicketEntry::WhenFull => it.opening.as_deref().map_or(hall_ends, ends),
    };
    let zone = |it: ZoneEntry| ZoneProfile { id: it.id, name: bilingual(it.name) };
    let lane = |it: LaneEntry| LaneProfile {
        last_ticket: stops(&it),
        id: it.id,
        name: bilingual(it.name),
        zone: it.zone,
        entrusted_by: it.entrusted_by.map(bilingual),
    };
    let window = |it: WindowEntry| WindowProfile {
        id: it.id,
        label: it.label,
        zone: it.zone,
        name: bilingual(it.name),
        general: it.general,
        lanes: it.lanes,
    };
    let mut lanes: Vec<LaneProfile> = file.lanes.into_iter().map(lane).collect();
    lanes.sort_by(|a, b| a.id.cmp(&b.id));
    let mut windows: Vec<WindowProfile> = file.windows.into_iter().map(window).collect();
    windows.sort_by_key(|it| it.id);
    HallProfile {
        name: bilingual(file.name),
        time_zone: file.time_zone,
        address: bilingual(file.address),
        phone: file.phone,
        complaint: file.complaint,
        opening: file.opening.iter().map(|it| Span { from: it.from, to: it.to }).collect(),
        zones: file.zones.into_iter().map(zone).collect(),
        windows,
        lanes,
        classes: file.classes,
        notice: bilingual(file.notice),
        most_used: file.most_used,
        waive_shared: file.waive_shared,
        wait_target_minutes: file.queue.wait_target_minutes,
        catalogue_revision: revision.to_owned(),
        public_url: file.public_url,
        stuck_desk: file.stuck_desk.map(bilingual),
        plan: file.plan.map(plan::profile),
        identity: identity::profile(file.identity),
    }
}

fn bilingual(text: Text) -> Bilingual {
    Bilingual { zh: text.zh, en: text.en }
}

fn time_of_day<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Time, D::Error> {
    let text = String::deserialize(deserializer)?;
    Time::strptime("%H:%M", &text).map_err(|_| {
        serde::de::Error::custom(format!("`{text}` is not a time of day such as `09:00`"))
    })
}

fn last_ticket<'de, D: Deserializer<'de>>(deserializer: D) -> Result<LastTicketEntry, D::Error> {
    let text = String::deserialize(deserializer)?;
    if text == "when_full" {
        return Ok(LastTicketEntry::WhenFull);
    }
    Time::strptime("%H:%M", &text).map(LastTicketEntry::At).map_err(|_| {
        serde::de::Error::custom(format!(
            "`{text}` is neither `when_full` nor a time of day such as `16:45`"
        ))
    })
}

fn maybe_last_ticket<'de, D: Deserializer<'de>>(
    deserializer: D,
) -> Result<Option<LastTicketEntry>, D::Error> {
    last_ticket(deserializer).map(Some)
}
