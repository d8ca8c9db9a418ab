//! `[appointments]` of `hall.toml`. A hall without it makes none.

use catalogue::Document;
use queue_api::Class;
use queue_core::AppointmentRules;
use serde::Deserialize;

/// A day in minutes.
const MINUTES_MAX: u32 = 1_440;

/// Every key has a default.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub(super) struct AppointmentsEntry {
    slot_minutes: u32,
    share_percent: u32,
    early_minutes: u32,
    on_time_minutes: u32,
    missed_minutes: u32,
    days_ahead_min: u32,
    days_ahead_max: u32,
    cancel_minutes: u32,
}

impl Default for AppointmentsEntry {
    fn default() -> AppointmentsEntry {
        let AppointmentRules {
            slot_minutes,
            share_percent,
            early_minutes,
            on_time_minutes,
            missed_minutes,
            days_ahead_min,
            days_ahead_max,
            cancel_minutes,
        } = AppointmentRules::default();
        AppointmentsEntry {
            slot_minutes,
            share_percent,
            early_minutes,
            on_time_minutes,
            missed_minutes,
            days_ahead_min,
            days_ahead_max,
            cancel_minutes,
        }
    }
}

/// Checks what the file says of appointments.
pub(super) fn check(document: &mut Document<'_>, entry: &AppointmentsEntry, classes: &[Class]) {
    for (key, value, least, most) in [
        ("slot_minutes", entry.slot_minutes, 5, 480),
        ("share_percent", entry.share_percent, 1, 100),
        ("early_minutes", entry.early_minutes, 0, MINUTES_MAX),
        ("on_time_minutes", entry.on_time_minutes, 0, MINUTES_MAX),
        ("missed_minutes", entry.missed_minutes, 1, MINUTES_MAX),
        ("days_ahead_min", entry.days_ahead_min, 0, 60),
        ("days_ahead_max", entry.days_ahead_max, 0, 60),
        ("cancel_minutes", entry.cancel_minutes, 0, 7 * MINUTES_MAX),
    ] {
        if !(least..=most).contains(&value) {
            let message = format!("{value} is not between {least} and {most}");
            document.fault(&format!("appointments.{key}"), message);
        }
    }
    if entry.on_time_minutes >= entry.missed_minutes {
        let message = "an appointment is missed before it is late";
        document.fault("appointments.missed_minutes", message);
    }
    if entry.days_ahead_min > entry.days_ahead_max {
        document.fault("appointments.days_ahead_max", "no day can be booked");
    }
    if document.is_sound("classes") && !classes.contains(&Class::Appointment) {
        document.fault("appointments", "the hall has no class `appointment`");
    }
}

/// What the queue goes by.
pub(super) fn rules(entry: Option<&AppointmentsEntry>) -> AppointmentRules {
    let Some(entry) = entry else { return AppointmentRules::none() };
    let AppointmentsEntry {
        slot_minutes,
        share_percent,
        early_minutes,
        on_time_minutes,
        missed_minutes,
        days_ahead_min,
        days_ahead_max,
        cancel_minutes,
    } = *entry;
    AppointmentRules {
        slot_minutes,
        share_percent,
        early_minutes,
        on_time_minutes,
        missed_minutes,
        days_ahead_min,
        days_ahead_max,
        cancel_minutes,
    }
}
