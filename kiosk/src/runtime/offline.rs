//! Numbers without the server: fetched beforehand, kept before they are
//! seen, told afterwards. What is told is tried until it is answered.

use std::sync::PoisonError;
use std::time::Duration;

use kiosk_core::Msg;
use queue_api::{LaneId, LeaseRequest, NumberLease, OfflineTicket, TakeInRequest, TakenIn};

use super::{ASK_S_MAX, Hands, found, pause};

/// Numbers told in one request; the server takes no more.
const TOLD_MAX: usize = 50;

impl Hands {
    /// Numbers for when the server is away. They count only once they are
    /// on this disk, for this machine.
    pub(super) async fn lease(self, lanes: Vec<LaneId>) {
        let command_id = uuid::Uuid::new_v4().to_string().parse().expect("a UUID is a command id");
        let request = LeaseRequest { command_id, lanes };
        let lease = match self.client.lease(&request, Duration::from_secs(ASK_S_MAX)).await {
            Ok(lease) => lease,
            Err(error) => return tracing::warn!(%error, "no numbers for when the server is away"),
        };
        let kept = self.at_store("lease", |store| store.keep_lease(&lease, &appliance::machine()));
        if kept.is_some() {
            tracing::info!(day = %lease.business_day, "numbers for when the server is away");
            self.tell(Msg::LeaseArrived { lease }).await;
        }
    }

    pub(super) async fn keep_offline(self, ticket: OfflineTicket, lease: NumberLease) {
        let command_id = ticket.command_id.clone();
        let kept = self.at_store("number", |store| store.keep_offline(&ticket, &lease));
        if kept.is_some() {
            let mut all = self.asking.lock().unwrap_or_else(PoisonError::into_inner);
            if let Some(asking) = all.remove(&command_id) {
                asking.abort();
            }
        }
        tracing::warn!(number = %ticket.number, kept = kept.is_some(), "given without the server");
        self.tell(match kept {
            Some(()) => Msg::OfflineKept { command_id },
            None => Msg::OfflineNotKept { command_id },
        })
        .await;
    }

    /// Tells the server of numbers given without it, whenever there are
    /// any and it is there.
    pub(super) async fn tell_offline(self) {
        loop {
            self.to_tell.notified().await;
            loop {
                let tickets = self.at_store("numbers", |store| store.untold(TOLD_MAX));
                let tickets = tickets.unwrap_or_default();
                if tickets.is_empty() {
                    break;
                }
                let request = TakeInRequest { sent_at: appliance::now(), tickets };
                let patience = Duration::from_secs(ASK_S_MAX);
                match self.client.import(&request, patience).await {
                    Ok(reply) if reply.tickets.iter().any(|it| !passes(it)) => {
                        for it in reply.tickets.into_iter().filter(|it| !passes(it)) {
                            self.taken_in(it).await;
                        }
                    }
                    // The server cannot just now, or is away again.
                    Ok(_) => pause().await,
                    Err(error) => {
                        tracing::warn!(%error, "numbers given without the server are not told yet");
                        // What is refused as a whole waits for another
                        // connection; an absent server is asked again.
                        if !error.passes() {
                            break;
                        }
                        pause().await;
                    }
                }
            }
        }
    }

    async fn taken_in(&self, it: TakenIn) {
        let TakenIn { command_id, ticket, problem } = it;
        if let Some(code) = problem {
            tracing::error!(code = code.code(), command = %command_id, "an offline number is refused");
        }
        let became = ticket.ok_or(problem.map_or("day_over", |it| it.code()));
        let ended = self.at_store("number", |store| store.told(&command_id, became));
        if let Some(ticket) = ticket {
            tracing::info!(%ticket, "an offline number is a ticket");
            self.tell(Msg::TakenIn { command_id, ticket }).await;
        }
        for unfinished in ended.unwrap_or_default() {
            self.tell(found(unfinished)).await;
        }
    }
}

/// Whether the server may take this one a little later.
fn passes(it: &TakenIn) -> bool {
    it.problem.is_some_and(|code| code.status() >= 500)
}
