//! A kiosk of the simulation: the real core, its letters to the server
//! and its jobs at the printer. What it holds in memory is lost with the
//! power; its store is not. Numbers that it gave by itself are handed to
//! the world like prints.

use std::collections::BTreeSet;

use jiff::Timestamp;
use kiosk_core::{Effect, IssueFailure, Msg, PageView, State, TicketRef, Want, Way, update, view};
use queue_api::{
    BoardView, CommandId, HallProfile, IssueRequest, LaneId, LeaseRequest, NumberLease,
    OfflineTicket, PrintedReport, PrinterState, Problem, ProblemCode, Ticket, TicketId,
};
use queue_server::profile::HallFiles;

use super::store::{Store, Unfinished};
use super::times::Times;

use chance::Chance;

/// How long the client asks with one command id, tries.
const TRIES_MAX: u32 = 40;

/// Something for the server that is tried until it is answered.
#[derive(Clone, Debug)]
pub(super) struct Letter {
    pub(super) id: CommandId,
    pub(super) what: What,
    tries: u32,
    /// Connections there had been when the tries began.
    connections: u64,
}

/// What is asked for or told.
#[derive(Clone, Debug)]
pub(super) enum What {
    Issue(IssueRequest),
    Printed(TicketId, PrintedReport),
    Lease(LeaseRequest),
    TakeIn(OfflineTicket),
}

/// What an answer holds.
pub(super) enum Heard {
    Ticket(Option<Box<Ticket>>),
    Lease(NumberLease),
    TakenIn(Option<TicketId>),
}

/// A kiosk, on or off.
pub(super) struct Kiosk {
    pub(super) nth: usize,
    /// Counts the times it was switched on: an answer to an earlier run is
    /// nobody's.
    pub(super) run: u32,
    pub(super) state: Option<State>,
    pub(super) letters: Vec<Letter>,
    /// Letters that were tried in vain for long enough: they wait for the
    /// next connection. A number that was asked for may have been given.
    pub(super) given_up: Vec<Letter>,
    /// How often the server was there again.
    connections: u64,
    pub(super) store: Store,
    /// By what the server knows it; a copied disk has the same.
    pub(super) name: String,
    /// There are numbers to tell the server.
    tells: bool,
    pub(super) connected: bool,
    /// A visitor stands before it.
    pub(super) busy: bool,
    presses: u64,
    /// The commands of each visitor.
    pub(super) visits: Vec<BTreeSet<CommandId>>,
    /// Tickets whose number was on the screen or on its way to paper.
    pub(super) shown: BTreeSet<TicketId>,
    /// Commands of which nobody here knows what became: the power failed.
    pub(super) unsure: BTreeSet<CommandId>,
}

impl Kiosk {
    pub(super) fn new(nth: usize) -> Kiosk {
        Kiosk {
            nth,
            run: 0,
            state: None,
            letters: Vec::new(),
            given_up: Vec::new(),
            connections: 0,
            store: Store::default(),
            name: format!("kiosk-{nth}"),
            tells: false,
            connected: false,
            busy: false,
            presses: 0,
            visits: Vec::new(),
            shown: BTreeSet::new(),
            unsure: BTreeSet::new(),
        }
    }

    /// Power. What was under way is known from the store.
    pub(super) fn switch_on(&mut self, files: &HallFiles, now: Timestamp) -> Vec<Effect> {
        self.run += 1;
        let mut state = State::new(now);
        let zone = files.rules.zone.clone();
        let hall: HallProfile = files.profile.clone();
        update(&mut state, Msg::CatalogueArrived { catalogue: files.catalogue.clone() }, now);
        update(&mut state, Msg::HallArrived { hall, zone }, now);
        update(&mut state, Msg::PrinterChanged { state: PrinterState::Ready }, now);
        self.state = Some(state);
        let leases = self.store.leases(self.machine()).into_iter();
        let leases = leases.map(|lease| Msg::LeaseArrived { lease });
        let unfinished = self.store.unfinished().into_iter().map(found);
        let known: Vec<Msg> = leases.chain(unfinished).collect();
        known.into_iter().flat_map(|msg| self.receive(msg, now)).collect()
    }

    /// Another disk does not make it another machine.
    fn machine(&self) -> u32 {
        u32::try_from(self.nth).unwrap_or(u32::MAX)
    }

    /// Whether a visitor can get a number here, now or a little later.
    pub(super) fn serves(&self) -> bool {
        self.connected || !self.store.leases(self.machine()).is_empty()
    }

    /// No power.
    pub(super) fn switch_off(&mut self) {
        self.state = None;
        self.unsure.extend(self.visits.last().into_iter().flatten().cloned());
        let letters = self.letters.drain(..).chain(self.given_up.drain(..));
        self.unsure.extend(letters.map(|it| it.id));
        self.connected = false;
        self.busy = false;
    }

    /// Something happens to it; letters are written, prints are handed
    /// back to the world.
    pub(super) fn receive(&mut self, msg: Msg, now: Timestamp) -> Vec<Effect> {
        let Some(state) = &mut self.state else { return Vec::new() };
        if let Msg::Printed { job, outcome } = &msg {
            self.store.job_ended(job, outcome);
        }
        let mut prints = Vec::new();
        let mut kept = None;
        for effect in update(state, msg, now) {
            match effect {
                Effect::Ask(request) => {
                    let id = request.command_id.clone();
                    if let Some(visit) = self.visits.last_mut() {
                        visit.insert(id.clone());
                    }
                    self.given_up.retain(|it| it.id != id);
                    self.write(id, What::Issue(request));
                }
                Effect::ReportPrinted { ticket, job, report } => self.reports(ticket, &job, report),
                Effect::Print { ref job, ref ticket, .. } => {
                    if let Some(TicketRef::Known(ticket)) = ticket {
                        self.shown.insert(*ticket);
                    }
                    if let Some(ticket) = ticket {
                        self.store.job_queued(job.clone(), ticket.clone());
                    }
                    prints.push(effect);
                }
                Effect::Lease { lanes } => self.asks_for_numbers(lanes),
                Effect::KeepOffline { ref ticket, ref lease } => {
                    let id = ticket.command_id.clone();
                    let is_kept = self.store.keep_offline(ticket.clone(), lease.clone());
                    kept = Some(if is_kept {
                        self.letters.retain(|it| it.id != id);
                        self.given_up.retain(|it| it.id != id);
                        prints.push(effect);
                        Msg::OfflineKept { command_id: id }
                    } else {
                        Msg::OfflineNotKept { command_id: id }
                    });
                }
                Effect::TellOffline => {
                    self.tells = true;
                    self.connections += 1;
                    for letter in std::mem::take(&mut self.given_up) {
                        self.write(letter.id, letter.what);
                    }
                }
                // The guests of the simulation check in at the desk.
                Effect::ReportDevice(_)
                | Effect::FetchHall
                | Effect::FetchCatalogue
                | Effect::ReadCard { .. }
                | Effect::LetCardGo
                | Effect::FetchIdentityKey
                | Effect::ForgetIdentityKey
                | Effect::SayNoPin
                | Effect::CheckPin { .. }
                | Effect::TellMachine
                | Effect::NewRoll
                | Effect::End(_)
                | Effect::CheckIn(_)
                | Effect::FindByNumber { .. }
                | Effect::FindBySecret { .. }
                | Effect::FindPass { .. }
                | Effect::Reinstate { .. } => {}
            }
        }
        if let Some(msg) = kept {
            prints.extend(self.receive(msg, now));
        }
        prints
    }

    fn asks_for_numbers(&mut self, lanes: Vec<LaneId>) {
        self.presses += 1;
        let id = format!("lease-{}-{}-{}", self.nth, self.run, self.presses);
        let id: CommandId = id.parse().expect("names and numbers make an id");
        let request = LeaseRequest { command_id: id.clone(), lanes };
        self.write(id, What::Lease(request));
    }

    /// What became of a paper is kept, and told.
    fn reports(&mut self, ticket: TicketId, job: &CommandId, report: PrintedReport) {
        // Who goes without paper has read the number.
        if !report.outcome.is_unseen() {
            self.shown.insert(ticket);
        }
        self.store.job_queued(job.clone(), TicketRef::Known(ticket));
        self.store.job_ended(job, &report.outcome);
        self.write(report.command_id.clone(), What::Printed(ticket, report));
    }

    fn write(&mut self, id: CommandId, what: What) {
        self.letters.push(Letter { id, what, tries: 0, connections: self.connections });
    }

    /// The feed brings a view.
    pub(super) fn hear(&mut self, view: BoardView, now: Timestamp) {
        self.connected = true;
        self.receive(Msg::BoardViewArrived { view }, now);
    }

    /// The feed breaks off.
    pub(super) fn lose(&mut self, now: Timestamp) {
        if std::mem::take(&mut self.connected) {
            self.receive(Msg::ServerLost, now);
        }
    }

    /// The letters that are tried now. A visitor who asked in vain for
    /// long enough is told; the letter waits for the next connection.
    pub(super) fn take_tries(&mut self, now: Timestamp) -> (Vec<Letter>, Vec<Effect>) {
        let mut given = Vec::new();
        for letter in &mut self.letters {
            letter.tries += 1;
        }
        let given_up: Vec<Letter> =
            self.letters.extract_if(.., |it| it.tries > TRIES_MAX).collect();
        for letter in given_up {
            let asked = matches!(letter.what, What::Issue(_)).then(|| letter.id.clone());
            match letter.what {
                What::Lease(_) | What::TakeIn(_) => {}
                // A connection made while it was tried counts.
                _ if letter.connections == self.connections => self.given_up.push(letter),
                what => self.write(letter.id, what),
            }
            if let Some(command_id) = asked {
                let failure = IssueFailure::Unreachable;
                given.extend(self.receive(Msg::IssueFailed { command_id, failure }, now));
            }
        }
        let untold = self.store.untold().iter().filter(|_| self.tells);
        let told = untold.map(|it| Letter {
            id: it.command_id.prefixed("o"),
            what: What::TakeIn(it.clone()),
            tries: 0,
            connections: self.connections,
        });
        (self.letters.iter().cloned().chain(told).collect(), given)
    }

    /// A letter is answered, for the first time or again.
    pub(super) fn answered(
        &mut self,
        id: &CommandId,
        answer: Result<Heard, ProblemCode>,
        now: Timestamp,
    ) -> Result<Vec<Effect>, String> {
        let told = self.store.untold().iter().find(|it| it.command_id.prefixed("o") == *id);
        if let Some(told) = told.cloned() {
            return self.told(&told, &answer, now);
        }
        Ok(self.letter_answered(id, answer, now))
    }

    /// The server heard of a number that this kiosk gave.
    fn told(
        &mut self,
        told: &OfflineTicket,
        answer: &Result<Heard, ProblemCode>,
        now: Timestamp,
    ) -> Result<Vec<Effect>, String> {
        let became = match answer {
            Ok(Heard::TakenIn(became)) => *became,
            Ok(_) => return Ok(Vec::new()),
            Err(code) if code.status() >= 500 => return Ok(Vec::new()),
            Err(code) => return Err(format!("{} is refused: {}", told.number, code.code())),
        };
        let press = told.command_id.clone();
        let ended = self.store.told(&press, became);
        let known = became.map(|ticket| Msg::TakenIn { command_id: press, ticket });
        let msgs: Vec<Msg> = known.into_iter().chain(ended.into_iter().map(found)).collect();
        Ok(msgs.into_iter().flat_map(|msg| self.receive(msg, now)).collect())
    }

    fn letter_answered(
        &mut self,
        id: &CommandId,
        answer: Result<Heard, ProblemCode>,
        now: Timestamp,
    ) -> Vec<Effect> {
        let Some(at) = self.letters.iter().position(|it| it.id == *id) else { return Vec::new() };
        // What may pass is tried again with the same id.
        if answer.as_ref().is_err_and(|code| code.status() == 503) {
            return Vec::new();
        }
        match (self.letters.remove(at).what, answer) {
            (What::Issue(request), Ok(Heard::Ticket(Some(ticket)))) => {
                let (command_id, ticket) = (request.command_id, *ticket);
                self.receive(Msg::TicketIssued { command_id, ticket }, now)
            }
            (What::Issue(request), Err(code)) => {
                let failure = IssueFailure::Refused(Box::new(Problem::new(code)));
                self.receive(Msg::IssueFailed { command_id: request.command_id, failure }, now)
            }
            (What::Printed(ticket, _), _) => {
                self.store.reported(ticket);
                Vec::new()
            }
            (What::Lease(_), Ok(Heard::Lease(lease))) => {
                self.store.keep_lease(self.machine(), lease.clone());
                self.receive(Msg::LeaseArrived { lease }, now)
            }
            (What::Issue(_) | What::Lease(_) | What::TakeIn(_), _) => Vec::new(),
        }
    }

    /// The commands of visits that are over: until then a number that came
    /// while its visitor was on another page may still be taken up.
    pub(super) fn ended_visits(&self) -> impl Iterator<Item = &CommandId> {
        let page = self.state.as_ref().map(|state| view(state).page);
        let stays =
            page.is_some_and(|page| !matches!(page, PageView::Home(_) | PageView::Night(_)));
        let ended = self.visits.len().saturating_sub(usize::from(stays));
        self.visits[..ended].iter().flatten()
    }

    /// The next thing a visitor does, and whether they stay.
    pub(super) fn next_press(&mut self, matters: &[String], chance: &mut Chance) -> Press {
        let Some(state) = &self.state else { return Press::Leaves };
        let home = || Press::Then(Box::new(Msg::HomePressed));
        match view(state).page {
            // A clock that leaps ends a visit, and who has a number goes.
            PageView::Home(_) if self.visits.last().is_some_and(|it| !it.is_empty()) => {
                Press::Leaves
            }
            PageView::Home(_) => Press::Then(Box::new(Msg::WayPressed { way: Way::Number })),
            PageView::Find(_) => match chance.any(matters) {
                Some(id) => Press::Then(Box::new(Msg::MatterPressed { id: id.clone() })),
                None => Press::Leaves,
            },
            PageView::Guide(it) if it.busy => Press::Waits,
            PageView::Guide(_) => Press::Then(Box::new(self.take(chance))),
            PageView::Busy(_) | PageView::Starting => Press::Waits,
            PageView::NoPaper(_) if chance.percent(70) => {
                Press::Then(Box::new(Msg::WithoutPaperPressed))
            }
            PageView::Away(_) if chance.percent(40) => Press::Then(Box::new(Msg::TryAgainPressed)),
            // Back to the matter, and the same button once more.
            PageView::Away(_) if chance.percent(50) => Press::Then(Box::new(Msg::BackPressed)),
            PageView::Ticket(_) if chance.percent(3) => {
                Press::Then(Box::new(Msg::ReprintPressed { command_id: self.command_id() }))
            }
            _ => home(),
        }
    }

    fn take(&mut self, chance: &mut Chance) -> Msg {
        let want = if chance.percent(90) { Want::Number } else { Want::Both };
        let notice_number = format!("N{}-{}", self.nth, self.presses);
        let command_id = self.command_id();
        let token = format!("paper-of-{command_id}");
        Msg::TakePressed { want, command_id, notice_number, token }
    }

    fn command_id(&mut self) -> CommandId {
        self.presses += 1;
        let id = format!("kiosk-{}-{}-{}", self.nth, self.run, self.presses);
        id.parse().expect("names and numbers make an id")
    }
}

fn found(it: Unfinished) -> Msg {
    Msg::UnfinishedFound { job: it.job, ticket: Some(it.ticket), outcome: it.outcome }
}

/// What a visitor does.
pub(super) enum Press {
    /// Presses, or closes the page.
    Then(Box<Msg>),
    /// Looks on.
    Waits,
    /// Goes away.
    Leaves,
}
