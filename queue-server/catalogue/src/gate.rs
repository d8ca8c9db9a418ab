//! The publishing gate: what a matter must have and must not say before
//! a citizen may see it (办事指南 must name its papers one by one, with
//! basis, steps, limit, fee basis and contact).
//!
//! It looks at matters only; it mends nothing.

mod names;
mod paths;

use std::collections::{BTreeMap, BTreeSet};

use crate::read::is_blank;
use crate::{Document, HallTerms, Limit, Matter};

/// Ten years; a longer limit is a slip of the pen.
const LIMIT_MAX: u32 = 3_650;

/// A working day of eight hours; a longer service is a slip of the pen.
const SERVICE_MINUTES_MAX: u32 = 480;

/// Checks what one file says.
pub(crate) fn check_matter(document: &mut Document<'_>, matter: &Matter, hall: &HallTerms) {
    identity(document, matter, hall);
    names::check(document, matter);
    completeness(document, matter);
    limits(document, matter);
    if hall.contacts.is_some() {
        contact(document, matter);
    }
    unique_ids(document, matter);
    paths::check(document, matter);
}

/// Checks what files say of each other.
pub(crate) fn check_together(read: &mut [(Document<'_>, Matter)]) {
    let ids: BTreeSet<String> = read.iter().map(|(_, matter)| matter.id.clone()).collect();
    let mut first_of: BTreeMap<String, String> = BTreeMap::new();
    let mut papers: BTreeMap<String, (String, String)> = BTreeMap::new();
    let mut departments: BTreeMap<String, (String, String)> = BTreeMap::new();
    for (document, matter) in read {
        let here = |document: &Document<'_>, part: &str| {
            format!("{}:{}", document.name(), document.line(part))
        };
        if document.is_sound("id") {
            let place = here(document, "id");
            let first = first_of.entry(matter.id.clone()).or_insert_with(|| place.clone());
            if *first != place {
                let message = format!("matter `{}` is in {first} too", matter.id);
                document.fault("id", message);
            }
        }
        if document.is_sound("department") {
            let it = &matter.department;
            let named = format!("{} / {}", it.zh, it.en);
            let place = here(document, "department");
            let known = departments.entry(it.id.clone()).or_insert_with(|| (named.clone(), place));
            if known.0 != named {
                let message = format!("department `{}` is `{}` in {}", it.id, known.0, known.1);
                document.fault("department", message);
            }
        }
        for (at, it) in matter.materials.iter().enumerate() {
            let part = format!("materials.{at}.name");
            let named = format!("{} / {}", it.name.zh, it.name.en);
            let place = here(document, &part);
            let known = papers.entry(it.id.clone()).or_insert_with(|| (named.clone(), place));
            if known.0 != named {
                let message = format!("paper `{}` is `{}` in {}", it.id, known.0, known.1);
                document.fault(&part, message);
            }
        }
        for (at, redirect) in matter.redirects.iter().enumerate() {
            if let Some(to) = redirect.to.as_ref().filter(|to| !ids.contains(*to)) {
                document.fault(&format!("redirects.{at}.to"), format!("there is no matter `{to}`"));
            }
        }
    }
}

fn identity(document: &mut Document<'_>, matter: &Matter, hall: &HallTerms) {
    if document.is_sound("schema") && matter.schema != Matter::SCHEMA {
        let message = format!("schema {} is not {}", matter.schema, Matter::SCHEMA);
        document.fault("schema", message);
    }
    if document.is_sound("id") {
        let id = &matter.id;
        let stem = document.name().rsplit(['/', '\\']).next().unwrap_or_default();
        if stem.strip_suffix(".toml") != Some(id) {
            document.fault("id", format!("id `{id}` is not the name of the file"));
        }
        if !is_kebab(id) {
            document.fault("id", format!("id `{id}` is not of small letters, digits and hyphens"));
        }
    }
    if document.is_sound("service_minutes")
        && !(1..=SERVICE_MINUTES_MAX).contains(&matter.service_minutes)
    {
        let message = format!(
            "a service of {} minutes is not between 1 and {SERVICE_MINUTES_MAX}",
            matter.service_minutes
        );
        document.fault("service_minutes", message);
    }
    if let Some(lanes) = &hall.lanes
        && document.is_sound("lane")
        && !lanes.contains(&matter.lane)
    {
        document.fault("lane", format!("the hall has no lane `{}`", matter.lane));
    }
}

fn is_kebab(id: &str) -> bool {
    let sound = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-';
    !id.is_empty() && id.chars().all(sound) && !id.starts_with('-') && !id.ends_with('-')
}

/// What rule article 15 wants published of every matter.
fn completeness(document: &mut Document<'_>, matter: &Matter) {
    for (key, empty) in [
        ("basis", matter.basis.is_empty()),
        ("steps", matter.steps.is_empty()),
        ("materials", matter.materials.is_empty()),
        ("audience", matter.audience.is_empty()),
    ] {
        if document.is_sound(key) && empty {
            document.fault(key, format!("there is no `{key}`"));
        }
    }
    if document.is_sound("result") && matter.result.delivery.is_empty() {
        document.fault("result.delivery", "there is no way to deliver the result");
    }
    for (at, basis) in matter.basis.iter().enumerate() {
        for (key, text) in [("law", &basis.law), ("article", &basis.article)] {
            if is_blank(text) {
                document.fault(&format!("basis.{at}.{key}"), format!("basis without `{key}`"));
            }
        }
    }
    for (at, fee) in matter.fees.iter().enumerate() {
        if is_blank(&fee.basis) {
            document.fault(&format!("fees.{at}.basis"), "fee without basis");
        }
    }
}

fn limits(document: &mut Document<'_>, matter: &Matter) {
    let time = &matter.time;
    limit_pair(document, "time", Some(time.promised), time.statutory);
    for (at, other) in time.when.iter().enumerate() {
        let part = format!("time.when.{at}");
        if other.promised.is_none() && other.statutory.is_none() {
            document.fault(&part, "limits of a situation without any limit");
        }
        let promised = other.promised.unwrap_or(time.promised);
        limit_pair(document, &part, Some(promised), other.statutory.or(time.statutory));
    }
    for (at, step) in matter.steps.iter().enumerate() {
        limit_pair(document, &format!("steps.{at}"), step.promised, None);
    }
}

fn limit_pair(
    document: &mut Document<'_>,
    part: &str,
    promised: Option<Limit>,
    statutory: Option<Limit>,
) {
    for (key, limit) in [("promised", promised), ("statutory", statutory)] {
        if let Some(limit) = limit.filter(|it| it.value > LIMIT_MAX) {
            let message = format!("a limit of {} days is longer than {LIMIT_MAX}", limit.value);
            document.fault(&format!("{part}.{key}"), message);
        }
    }
    if let (Some(promised), Some(statutory)) = (promised, statutory)
        && promised.rough_length() > statutory.rough_length()
    {
        document.fault(&format!("{part}.promised"), "promised limit is longer than the statutory");
    }
}

fn contact(document: &mut Document<'_>, matter: &Matter) {
    if !document.is_sound("contact") {
        return;
    }
    let it = &matter.contact;
    // A lane without a window is told of where windows are written.
    for (key, words) in [
        ("phone", [&it.phone, &it.phone]),
        ("complaint", [&it.complaint, &it.complaint]),
        ("address", [&it.address.zh, &it.address.en]),
        ("hours", [&it.hours.zh, &it.hours.en]),
    ] {
        let part = format!("contact.{key}");
        if words.iter().any(|text| is_blank(text)) {
            document.fault(&part, format!("contact without `{key}`, here or in the hall's file"));
        } else if matches!(key, "address" | "hours") && names::is_chinese(words[1]) {
            document.fault(&part, format!("`{key}` has no English"));
        }
    }
}

fn unique_ids(document: &mut Document<'_>, matter: &Matter) {
    let steps = matter.steps.iter().map(|it| it.id.as_str());
    unique(document, "steps", steps.collect());
    let questions = matter.questions.iter().map(|it| it.id.as_str());
    unique(document, "questions", questions.collect());
    let materials = matter.materials.iter().map(|it| it.id.as_str());
    unique(document, "materials", materials.collect());
    for (at, question) in matter.questions.iter().enumerate() {
        let options = question.options.iter().map(|it| it.id.as_str());
        unique(document, &format!("questions.{at}.options"), options.collect());
    }
}

fn unique(document: &mut Document<'_>, part: &str, ids: Vec<&str>) {
    let mut seen = BTreeSet::new();
    for (at, id) in ids.into_iter().enumerate() {
        if is_blank(id) {
            document.fault(&format!("{part}.{at}.id"), "id is blank");
        } else if !seen.insert(id) {
            document.fault(&format!("{part}.{at}.id"), format!("`{id}` is there twice"));
        }
    }
}

#[cfg(test)]
mod tests;
