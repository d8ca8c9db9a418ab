//! Numbers without the server: from a lease that it granted for today,
//! each kept on the kiosk's disk before anybody sees it.
//!
//! Whatever becomes of the request that was not answered, the visitor
//! has this number and no other; the server sorts that out when it is
//! told.

use jiff::civil::DateTime;
use queue_api::{
    CommandId, IssueRequest, LaneId, NumberBlock, NumberLease, OfflineTicket, TicketId,
    TicketNumber,
};

use super::errand;
use crate::Effect;
use crate::number::{Given, TicketRef};
use crate::request::Request;
use crate::state::{Errand, Progress, State};

/// With fewer numbers left in a lane the kiosk asks for more.
const FEW: u32 = 10;

/// The server is not asked more often for numbers, seconds.
const ASK_EVERY_S: i64 = 60;

/// The server granted numbers, now or before the kiosk was switched off.
pub(super) fn lease_arrived(state: &mut State, lease: NumberLease) {
    let leases = &mut state.offline.leases;
    // Days only go on: with those of yesterday nobody is numbered again.
    leases.retain(|it| it.business_day >= lease.business_day);
    let older = leases.iter().any(|it| it.business_day > lease.business_day);
    let again = leases.iter().any(|it| it.token == lease.token);
    if !older && !again {
        leases.push(lease);
    }
}

/// Numbers to ask for, now that the server is there.
pub(super) fn numbers_wanted(state: &mut State) -> Option<Effect> {
    let today = state.queue.day?;
    let asked = state.offline.asked_at;
    if asked.is_some_and(|at| state.now.duration_since(at).as_secs().abs() < ASK_EVERY_S) {
        return None;
    }
    let leases = &state.offline.leases;
    let lanes = if leases.iter().any(|it| it.business_day == today) {
        let left = |lane: &LaneId| {
            let blocks = leases.iter().flat_map(|it| &it.blocks).filter(|it| it.lane == *lane);
            blocks.map(|it| it.count).sum::<u32>()
        };
        let gives = state.queue.lanes.iter().filter(|it| it.numbers_left != Some(0));
        let few: Vec<LaneId> = gives.map(|it| it.id.clone()).filter(|it| left(it) < FEW).collect();
        if few.is_empty() {
            return None;
        }
        few
    } else {
        Vec::new()
    };
    state.offline.asked_at = Some(state.now);
    Some(Effect::Lease { lanes })
}

/// The server has not answered: the visitor gets a number of the lease,
/// if there is one. It is shown when it is kept.
pub(super) fn give(state: &mut State) -> Option<Effect> {
    let asked = state.visit.asked.as_ref().filter(|it| it.ticket.is_none())?;
    // Whether a pass or an appointment is good only the server knows.
    let Request::Issue(request @ IssueRequest { pass: None, .. }) = asked.request.clone() else {
        return None;
    };
    let token = state.visit.errand.as_ref()?.token.clone();
    let matter = state.catalogue.as_ref()?.matter(request.matter.as_deref()?)?;
    let lane: LaneId = matter.lane.parse().ok()?;
    let hall = state.hall.as_ref()?;
    let lease = with_numbers(&mut state.offline.leases, &lane, hall.civil(state.now))?;
    let count = take_first(lease, &lane)?;
    let ticket = OfflineTicket {
        command_id: request.command_id.clone(),
        lease: lease.token.clone(),
        business_day: lease.business_day,
        number: TicketNumber { lane, count },
        token,
        issued_at: state.now,
        class: request.class,
        priority: request.priority,
        matter: request.matter,
        answers: request.answers,
        more: request.more,
        more_answers: request.more_answers,
        holder: request.holder,
    };
    let number = Given::offline(&ticket, &hall.profile);
    let lease = lease.clone();
    // An answer that comes after all is nobody's.
    state.answers_again(&request.command_id);
    state.visit.errand.as_mut()?.progress = Progress::Keeping { number };
    Some(Effect::KeepOffline { ticket, lease })
}

/// The number is on the disk: it may be seen.
pub(super) fn kept(state: &mut State, command_id: &CommandId) -> Vec<Effect> {
    let tell = state.queue.connected.then_some(Effect::TellOffline);
    let number = match &state.visit.errand {
        Some(Errand { progress: Progress::Keeping { number }, .. })
            if number.ticket == TicketRef::Offline(command_id.clone()) =>
        {
            number.clone()
        }
        _ => return tell.into_iter().collect(),
    };
    state.visit.asked = None;
    errand::use_number(state, number).into_iter().chain(tell).collect()
}

/// The number could not be kept, so it is nobody's: after a power cut it
/// would be given again. The server's answer counts again.
pub(super) fn not_kept(state: &mut State, command_id: &CommandId) {
    if let Some(Errand { progress, .. }) = &mut state.visit.errand
        && let Progress::Keeping { number } = progress
        && number.ticket == TicketRef::Offline(command_id.clone())
    {
        *progress = Progress::Away;
        state.visit.touched_at = state.now;
        state.answered.retain(|it| it != command_id);
    }
}

/// The server knows the ticket now.
pub(super) fn taken_in(state: &mut State, command_id: &CommandId, id: TicketId) {
    let known = |ticket: &mut TicketRef| {
        if *ticket == TicketRef::Offline(command_id.clone()) {
            *ticket = TicketRef::Known(id);
        }
    };
    state.jobs.iter_mut().filter_map(|it| it.ticket.as_mut()).for_each(known);
    if let Some(Errand { progress: Progress::Ticket { number, .. }, .. }) = &mut state.visit.errand
    {
        known(&mut number.ticket);
    }
}

/// The lease of this day that has a number of the lane, at an hour when
/// the lane gives numbers.
fn with_numbers<'a>(
    leases: &'a mut [NumberLease],
    lane: &LaneId,
    now: DateTime,
) -> Option<&'a mut NumberLease> {
    let gives = |it: &NumberBlock| {
        let begun = it.gives_from.is_none_or(|from| now.time() >= from);
        let over = it.gives_until.is_some_and(|until| now.time() >= until);
        it.lane == *lane && it.count > 0 && begun && !over
    };
    let of_today = |it: &&mut NumberLease| it.business_day == now.date();
    leases.iter_mut().filter(of_today).find(|it| it.blocks.iter().any(gives))
}

fn take_first(lease: &mut NumberLease, lane: &LaneId) -> Option<u32> {
    let block = lease.blocks.iter_mut().find(|it| it.lane == *lane && it.count > 0)?;
    let first = block.first;
    block.first += 1;
    block.count -= 1;
    Some(first)
}
