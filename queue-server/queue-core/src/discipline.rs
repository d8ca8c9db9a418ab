//! Who is next, and why; and who goes before whom.
//!
//! One order holds in a line at any moment. First whoever has waited past
//! the cap, longest first; then by the hall's discipline; between equals
//! by the time they came. A window calls from its own lanes, and from
//! those it helps when nobody waits in its own.

use std::cmp::Reverse;

use jiff::Timestamp;

use crate::event::{CallReason, Line};
use crate::hall::{Hall, Ticket, count};
use crate::ids::{Class, TicketId, TicketState, WindowId};
use crate::queue::{Place, Queue};
use crate::rules::{Discipline, Rates, Rules, WindowRules};

/// Whom a window would call.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Choice {
    /// Who.
    pub ticket: TicketId,
    /// Why this one.
    pub reason: CallReason,
    /// Whether the window helps out in a lane that is not its own.
    pub helping: bool,
}

/// Why somebody goes before somebody else in the same line.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Before {
    /// They came earlier.
    CameEarlier,
    /// They came later, and their class goes first.
    ByClass(Class),
}

/// Somebody who waits, or is about to.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Asker {
    pub(crate) class: Class,
    pub(crate) place: Place,
}

impl Asker {
    /// Somebody who would come behind everybody.
    pub(crate) fn newcomer(class: Class, now: Timestamp) -> Asker {
        let ticket = TicketId(u64::MAX);
        Asker { class, place: Place { from: now, order: u64::MAX, ticket, share: 0 } }
    }
}

/// Whether everybody who waits goes before a newcomer, now and later.
pub(crate) fn goes_last(rules: &Rules, who: &Asker, now: Timestamp) -> bool {
    let newcomer = who.place.order == u64::MAX && who.place.from >= now;
    let last = match &rules.discipline {
        Discipline::Accumulating(rates) => {
            let Rates { ordinary, appointment, priority, green } = *rates;
            rates.of(who.class) <= ordinary.min(appointment).min(priority).min(green)
        }
        Discipline::Strict => who.class == Class::Ordinary,
        Discipline::Alternating { .. } => false,
    };
    newcomer && last
}

/// Whom the window would call now, and why.
pub fn next(hall: &Hall, window: WindowId, now: Timestamp) -> Option<Choice> {
    let rules = hall.rules().windows.get(&window)?;
    let in_a_row = hall.window(window).preferred_in_a_row;
    let choose = |lines: Vec<Line>, helping| {
        let heads: Vec<(Class, Place)> =
            lines.iter().filter_map(|it| hall.line(it)).flat_map(Queue::heads).collect();
        let (ticket, reason) = first(hall.rules(), &heads, in_a_row, now)?;
        Some(Choice { ticket, reason, helping })
    };
    choose(own_lines(window, rules), false).or_else(|| choose(helped_lines(rules), true))
}

/// Everybody this window could call, in the order of the present moment;
/// those it only helps come last.
pub fn waiting_for(hall: &Hall, window: WindowId, now: Timestamp) -> Vec<TicketId> {
    let Some(rules) = hall.rules().windows.get(&window) else { return Vec::new() };
    let in_a_row = hall.window(window).preferred_in_a_row;
    let ordered = |lines: Vec<Line>| {
        let places = lines.iter().filter_map(|it| hall.line(it)).flat_map(Queue::places);
        in_order(hall.rules(), places.collect(), in_a_row, now)
    };
    let own = ordered(own_lines(window, rules));
    own.into_iter().chain(ordered(helped_lines(rules))).map(|(_, it)| it.ticket).collect()
}

/// Who goes before this ticket in its line, first to last, and why.
pub fn before(hall: &Hall, ticket: &Ticket, now: Timestamp) -> Vec<(TicketId, Before)> {
    let Some(line) = waits_in(hall, ticket) else { return Vec::new() };
    let mine = ticket.place();
    in_order(hall.rules(), line.places().collect(), 0, now)
        .into_iter()
        .take_while(|(_, place)| place.ticket != ticket.id)
        .map(|(class, place)| {
            let why = if place < mine { Before::CameEarlier } else { Before::ByClass(class) };
            (place.ticket, why)
        })
        .collect()
}

/// How many go before this ticket in its line.
pub fn ahead(hall: &Hall, ticket: &Ticket, now: Timestamp) -> u32 {
    let Some(line) = waits_in(hall, ticket) else { return 0 };
    ahead_in(hall.rules(), line, &Asker { class: ticket.class, place: ticket.place() }, now)
}

/// How many in a line go before somebody who may stand in another.
pub(crate) fn ahead_in(rules: &Rules, line: &Queue, who: &Asker, now: Timestamp) -> u32 {
    let rank = |class, place: &Place| rank(rules, class, place, now);
    let mine = rank(who.class, &who.place);
    let before = line.count_before(|class, place| rank(class, place) < mine);
    let Discipline::Alternating { of } = rules.discipline else { return count(before) };
    if mine.past_cap() || who.place.from > now {
        return count(before);
    }
    // The rank puts all who go first before all who are ordinary; here
    // they come in turns.
    let capped = line.count_before(|class, place| rank(class, place).past_cap());
    let ordinary_capped = capped_of(line, rules, Class::Ordinary, now);
    let come = |only: Option<Class>| {
        line.count_before(|class, it| only.is_none_or(|only| only == class) && it.from <= now)
    };
    let ordinary = come(Some(Class::Ordinary)) - ordinary_capped;
    let preferred = come(None) - capped - ordinary;
    let per_turn = usize::try_from(of.max(1)).unwrap_or(usize::MAX);
    if who.class == Class::Ordinary {
        let same = before - capped - preferred;
        let others = preferred.min((same + 1).saturating_mul(per_turn));
        return count(capped + same + others);
    }
    let same = before - capped;
    count(capped + same + ordinary.min(same / per_turn))
}

fn capped_of(line: &Queue, rules: &Rules, of: Class, now: Timestamp) -> usize {
    line.count_before(|class, place| class == of && rank(rules, class, place, now).past_cap())
}

/// The line of a ticket that waits.
fn waits_in<'a>(hall: &'a Hall, ticket: &Ticket) -> Option<&'a Queue> {
    (ticket.state == TicketState::Waiting).then(|| hall.line(&ticket.line())).flatten()
}

fn own_lines(window: WindowId, rules: &WindowRules) -> Vec<Line> {
    let lanes = rules.lanes.iter().cloned().map(Line::Lane);
    [Line::Window(window)].into_iter().chain(lanes).collect()
}

fn helped_lines(rules: &WindowRules) -> Vec<Line> {
    rules.helps.iter().cloned().map(Line::Lane).collect()
}

/// A place in the order of one moment; the smaller goes first. Who
/// checked in before their slot goes behind everybody whose time has
/// come: they are called when nobody else waits.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Rank {
    /// Past the cap: by the time they came, whatever the class.
    PastCap(Place),
    /// By what the discipline counts, then by the time they came.
    Counted(Reverse<i128>, Place),
    /// Before their slot: by the slots.
    Early(Place),
}

impl Rank {
    fn past_cap(self) -> bool {
        matches!(self, Rank::PastCap(_))
    }
}

fn rank(rules: &Rules, class: Class, place: &Place, now: Timestamp) -> Rank {
    if rules.cap().is_some_and(|cap| now.duration_since(place.from) >= cap) {
        return Rank::PastCap(*place);
    }
    counted(&rules.discipline, class, place, now)
}

fn counted(discipline: &Discipline, class: Class, place: &Place, now: Timestamp) -> Rank {
    if place.from > now {
        return Rank::Early(*place);
    }
    let counts = match discipline {
        Discipline::Accumulating(rates) => {
            i128::from(rates.of(class)) * now.duration_since(place.from).as_nanos()
        }
        Discipline::Strict => order_of(class),
        Discipline::Alternating { .. } => i128::from(class != Class::Ordinary),
    };
    Rank::Counted(Reverse(counts), *place)
}

fn order_of(class: Class) -> i128 {
    match class {
        Class::Ordinary => 0,
        Class::Appointment => 1,
        Class::Priority => 2,
        Class::Green => 3,
    }
}

/// Of those at the heads of their lines, who is called, and why.
fn first(
    rules: &Rules,
    heads: &[(Class, Place)],
    in_a_row: u32,
    now: Timestamp,
) -> Option<(TicketId, CallReason)> {
    let longest = heads.iter().min_by_key(|(_, place)| *place)?;
    let chosen = by_discipline(rules, heads, in_a_row, now)?;
    let past_cap = rank(rules, longest.0, &longest.1, now).past_cap();
    let reason = match rules.cap_minutes {
        _ if chosen.1 == longest.1 => CallReason::LongestWaiting,
        Some(cap_minutes) if past_cap => {
            let before = chosen.1.ticket;
            return Some((longest.1.ticket, CallReason::PastCap { cap_minutes, before }));
        }
        _ => reason(rules, *chosen, *longest, in_a_row, now),
    };
    Some((chosen.1.ticket, reason))
}

/// Whom the discipline alone would choose, without the cap.
fn by_discipline<'a>(
    rules: &Rules,
    heads: &'a [(Class, Place)],
    in_a_row: u32,
    now: Timestamp,
) -> Option<&'a (Class, Place)> {
    let by_rank = |it: &&(Class, Place)| counted(&rules.discipline, it.0, &it.1, now);
    if let Discipline::Alternating { of } = rules.discipline
        && in_a_row >= of
    {
        let ordinary =
            heads.iter().filter(|(class, place)| *class == Class::Ordinary && place.from <= now);
        if let Some(turn) = ordinary.min_by_key(by_rank) {
            return Some(turn);
        }
    }
    heads.iter().min_by_key(by_rank)
}

fn reason(
    rules: &Rules,
    chosen: (Class, Place),
    longest: (Class, Place),
    in_a_row: u32,
    now: Timestamp,
) -> CallReason {
    let before = longest.1.ticket;
    let waited_s = |place: Place| now.duration_since(place.from).as_secs();
    match &rules.discipline {
        Discipline::Accumulating(rates) => CallReason::HigherScore {
            rate: rates.of(chosen.0),
            waited_s: waited_s(chosen.1),
            before,
            before_rate: rates.of(longest.0),
            before_waited_s: waited_s(longest.1),
        },
        Discipline::Strict => CallReason::HigherClass { before },
        Discipline::Alternating { .. } if chosen.0 == Class::Ordinary => {
            CallReason::OrdinaryTurn { before }
        }
        Discipline::Alternating { of } => {
            CallReason::InTurn { in_a_row: in_a_row + 1, of: *of, before }
        }
    }
}

/// Everybody in the order in which they would be called if nothing else
/// happened and no time passed.
pub(crate) fn in_order(
    rules: &Rules,
    mut places: Vec<(Class, Place)>,
    in_a_row: u32,
    now: Timestamp,
) -> Vec<(Class, Place)> {
    places.sort_by_key(|(class, place)| rank(rules, *class, place, now));
    let Discipline::Alternating { of } = rules.discipline else { return places };
    let capped = places
        .iter()
        .take_while(|(class, place)| rank(rules, *class, place, now).past_cap())
        .count();
    let mut rest = places.split_off(capped);
    let early = rest.split_off(rest.partition_point(|(_, place)| place.from <= now));
    let (ordinary, preferred): (Vec<_>, Vec<_>) =
        rest.into_iter().partition(|(class, _)| *class == Class::Ordinary);
    let (mut ordinary, mut preferred) = (ordinary.into_iter(), preferred.into_iter());
    let mut in_a_row = in_a_row;
    loop {
        let turn = if in_a_row >= of { ordinary.next() } else { preferred.next() };
        let Some(it) = turn.or_else(|| ordinary.next()).or_else(|| preferred.next()) else {
            places.extend(early);
            return places;
        };
        in_a_row = if it.0 == Class::Ordinary { 0 } else { in_a_row + 1 };
        places.push(it);
    }
}
