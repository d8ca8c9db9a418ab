//! What the hall allows of appointments: `[appointments]` of its profile.

use jiff::SignedDuration;

/// How appointments are made and kept.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct AppointmentRules {
    /// How long a slot is, in minutes.
    pub slot_minutes: u32,
    /// The part of the windows' time that may be booked, in percent; 0
    /// for no appointments.
    pub share_percent: u32,
    /// How many minutes before the slot begins one may check in.
    pub early_minutes: u32,
    /// How many minutes after it began one is still on time.
    pub on_time_minutes: u32,
    /// So many minutes after it began the appointment is missed.
    pub missed_minutes: u32,
    /// At least so many days of opening ahead; 0 for the same day.
    pub days_ahead_min: u32,
    /// At most so many days of opening ahead.
    pub days_ahead_max: u32,
    /// It is given up no later than so many minutes before the slot.
    pub cancel_minutes: u32,
}

impl Default for AppointmentRules {
    fn default() -> AppointmentRules {
        AppointmentRules {
            slot_minutes: 30,
            share_percent: 50,
            early_minutes: 30,
            on_time_minutes: 10,
            missed_minutes: 30,
            days_ahead_min: 1,
            days_ahead_max: 5,
            cancel_minutes: 120,
        }
    }
}

impl AppointmentRules {
    /// Of a hall that makes no appointments.
    pub fn none() -> AppointmentRules {
        AppointmentRules { share_percent: 0, ..AppointmentRules::default() }
    }
}

/// Minutes of the profile as a length of time.
pub(crate) fn minutes(minutes: u32) -> SignedDuration {
    SignedDuration::from_mins(i64::from(minutes))
}
