//! Visitors with an appointment in the simulation: when they come to the
//! hall, and to whom. They come early, on time, late, twice, to two
//! kiosks at once, or not at all.

use jiff::{SignedDuration, Timestamp};
use queue_api::{AppointmentCode, CommandId, TicketId};
use queue_core::AppointmentRules;

use super::times::Times;

use chance::Chance;

/// How often somebody asks for the same before they go away.
const TRIES_MAX: u32 = 20;

/// Somebody with an appointment.
pub(super) struct Guest {
    pub(super) code: AppointmentCode,
    pub(super) comings: Vec<Coming>,
    /// What they were given.
    pub(super) ticket: Option<TicketId>,
}

/// One time that they come and ask for their number.
pub(super) struct Coming {
    /// When, by the hall's clock.
    pub(super) at: Timestamp,
    /// To which kiosk; none for the desk.
    pub(super) kiosk: Option<usize>,
    pub(super) id: CommandId,
    /// They stand there and wait for an answer.
    pub(super) asks: bool,
    tries: u32,
}

impl Coming {
    /// Asks once more; false if they give up.
    pub(super) fn try_again(&mut self) -> bool {
        self.tries += 1;
        self.asks = self.tries <= TRIES_MAX;
        self.asks
    }
}

impl Guest {
    /// The `nth` of all, and what they will do.
    pub(super) fn new(
        nth: usize,
        code: AppointmentCode,
        starts: Timestamp,
        rules: &AppointmentRules,
        kiosks: usize,
        chance: &mut Chance,
    ) -> Guest {
        let comings = comings(rules, chance)
            .into_iter()
            .zip(1..)
            .map(|(after, time)| Coming {
                at: starts + after,
                kiosk: chance.percent(70).then(|| chance.place(kiosks)),
                id: format!("guest-{nth}-{time}").parse().expect("names and numbers make an id"),
                asks: false,
                tries: 0,
            })
            .collect();
        Guest { code, comings, ticket: None }
    }
}

/// When somebody comes, from the beginning of their slot on.
fn comings(rules: &AppointmentRules, chance: &mut Chance) -> Vec<SignedDuration> {
    let minutes = |it: u32| SignedDuration::from_mins(i64::from(it));
    let (early, on_time) = (minutes(rules.early_minutes), minutes(rules.on_time_minutes));
    let missed = minutes(rules.missed_minutes);
    let mut between = |from: SignedDuration, to: SignedDuration| {
        let span = u64::try_from((to - from).as_millis()).unwrap_or(0);
        from + chance.millis(0, span)
    };
    let in_time = between(-early, on_time);
    let soon = between(SignedDuration::ZERO, SignedDuration::from_secs(1));
    let later = between(SignedDuration::from_secs(2), minutes(10));
    let too_early = between(-early - early, -early);
    let before = between(-early, SignedDuration::ZERO);
    let late = between(on_time, missed);
    let too_late = between(missed, missed + minutes(15));
    match chance.between(0, 99) {
        0..25 => vec![in_time],
        25..45 => vec![before],
        // Sent away, and back again.
        45..55 => vec![too_early, in_time],
        55..67 => vec![late],
        67..73 => vec![too_late],
        73..83 => vec![in_time, in_time + later],
        // One at each kiosk, with the same code.
        83..92 => vec![in_time, in_time + soon],
        _ => Vec::new(),
    }
}
