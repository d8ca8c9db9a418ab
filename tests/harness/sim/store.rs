//! What a kiosk of the simulation knows without power, kept by the rules
//! of the real store.

use std::collections::BTreeMap;

use kiosk_core::TicketRef;
use queue_api::{CommandId, NumberLease, OfflineTicket, PrintOutcome, TicketId};

/// The disk of a kiosk. A copy of it is what another machine may be
/// switched on with.
#[derive(Clone, Default)]
pub(super) struct Store {
    /// Jobs whose end the server was not told.
    jobs: BTreeMap<CommandId, Job>,
    /// What is left of leases, and the machine each was granted to.
    leases: Vec<(u32, NumberLease)>,
    untold: Vec<OfflineTicket>,
    /// The next number cannot be written down.
    pub(super) fails: bool,
}

#[derive(Clone)]
struct Job {
    ticket: TicketRef,
    ended: Option<PrintOutcome>,
}

/// A job of whose end the server is to hear.
pub(super) struct Unfinished {
    pub(super) job: CommandId,
    pub(super) ticket: TicketId,
    pub(super) outcome: PrintOutcome,
}

impl Store {
    pub(super) fn job_queued(&mut self, job: CommandId, ticket: TicketRef) {
        self.jobs.insert(job, Job { ticket, ended: None });
    }

    pub(super) fn job_ended(&mut self, job: &CommandId, outcome: &PrintOutcome) {
        if let Some(job) = self.jobs.get_mut(job) {
            job.ended = Some(outcome.clone());
        }
    }

    /// The server knows what became of the paper of a ticket.
    pub(super) fn reported(&mut self, ticket: TicketId) {
        self.jobs.retain(|_, it| it.ticket != TicketRef::Known(ticket));
    }

    /// What the run before left behind.
    pub(super) fn unfinished(&self) -> Vec<Unfinished> {
        let known = |(job, it): (&CommandId, &Job)| match it.ticket {
            TicketRef::Known(ticket) => {
                let outcome = it.ended.clone().unwrap_or(PrintOutcome::Unknown);
                Some(Unfinished { job: job.clone(), ticket, outcome })
            }
            TicketRef::Offline(_) => None,
        };
        self.jobs.iter().filter_map(known).collect()
    }

    pub(super) fn keep_lease(&mut self, machine: u32, lease: NumberLease) {
        self.leases.retain(|(_, it)| it.business_day >= lease.business_day);
        if self.leases.iter().all(|(_, it)| it.token != lease.token) {
            self.leases.push((machine, lease));
        }
    }

    /// The leases of this machine.
    pub(super) fn leases(&self, machine: u32) -> Vec<NumberLease> {
        let own = self.leases.iter().filter(|(of, _)| *of == machine);
        own.map(|(_, it)| it.clone()).collect()
    }

    /// Keeps a number with what is left; false if its lease is gone, or
    /// the disk says no.
    pub(super) fn keep_offline(&mut self, ticket: OfflineTicket, left: NumberLease) -> bool {
        if std::mem::take(&mut self.fails) {
            return false;
        }
        let Some((_, lease)) = self.leases.iter_mut().find(|(_, it)| it.token == left.token) else {
            return false;
        };
        *lease = left;
        self.untold.push(ticket);
        true
    }

    pub(super) fn untold(&self) -> &[OfflineTicket] {
        &self.untold
    }

    /// The server was told of a number, which is a ticket unless its day
    /// was over. The ends of its slips are to be told now.
    pub(super) fn told(&mut self, press: &CommandId, became: Option<TicketId>) -> Vec<Unfinished> {
        self.untold.retain(|it| it.command_id != *press);
        let mut ended = Vec::new();
        let Some(ticket) = became else { return ended };
        for (job, it) in &mut self.jobs {
            if it.ticket == TicketRef::Offline(press.clone()) {
                it.ticket = TicketRef::Known(ticket);
                let end = it.ended.clone();
                ended.extend(end.map(|outcome| Unfinished { job: job.clone(), ticket, outcome }));
            }
        }
        ended
    }
}
