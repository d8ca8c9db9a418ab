//! A kiosk of the simulation: the real core, its letters to the server
//! and its jobs at the printer. What it holds in memory is lost with the
//! power; its store is not.

use std::collections::{BTreeMap, BTreeSet};

use jiff::Timestamp;
use kiosk_core::{Effect, IssueFailure, Msg, PageView, State, Want, Way, update, view};
use queue_api::{
    BoardView, CommandId, HallProfile, IssueRequest, PrintOutcome, PrintedReport, PrinterState,
    Problem, ProblemCode, Ticket, TicketId,
};
use queue_server::profile::HallFiles;

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
}

/// What is asked for or told.
#[derive(Clone, Debug)]
pub(super) enum What {
    Issue(IssueRequest),
    Printed(TicketId, PrintedReport),
}

/// A kiosk, on or off.
pub(super) struct Kiosk {
    pub(super) nth: usize,
    /// Counts the times it was switched on: an answer to an earlier run is
    /// nobody's.
    pub(super) run: u32,
    pub(super) state: Option<State>,
    pub(super) letters: Vec<Letter>,
    /// The store: jobs whose end was not told to the server yet.
    jobs: BTreeMap<CommandId, Option<TicketId>>,
    pub(super) connected: bool,
    /// A visitor stands before it.
    pub(super) busy: bool,
    presses: u64,
    /// The commands of each visitor.
    pub(super) visits: Vec<BTreeSet<CommandId>>,
}

impl Kiosk {
    pub(super) fn new(nth: usize) -> Kiosk {
        Kiosk {
            nth,
            run: 0,
            state: None,
            letters: Vec::new(),
            jobs: BTreeMap::new(),
            connected: false,
            busy: false,
            presses: 0,
            visits: Vec::new(),
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
        let unfinished = self.jobs.clone().into_iter();
        let told = unfinished.map(|(job, ticket)| Msg::UnfinishedFound {
            job,
            ticket,
            outcome: PrintOutcome::Unknown,
        });
        told.flat_map(|msg| self.receive(msg, now)).collect()
    }

    /// No power.
    pub(super) fn switch_off(&mut self) {
        self.state = None;
        self.letters.clear();
        self.connected = false;
        self.busy = false;
    }

    /// Something happens to it; letters are written, prints are handed
    /// back to the world.
    pub(super) fn receive(&mut self, msg: Msg, now: Timestamp) -> Vec<Effect> {
        let Some(state) = &mut self.state else { return Vec::new() };
        let mut prints = Vec::new();
        for effect in update(state, msg, now) {
            match effect {
                Effect::Ask(request) => {
                    let id = request.command_id.clone();
                    if let Some(visit) = self.visits.last_mut() {
                        visit.insert(id.clone());
                    }
                    self.letters.push(Letter { id, what: What::Issue(request), tries: 0 });
                }
                Effect::ReportPrinted { ticket, job, report } => {
                    self.jobs.insert(job, Some(ticket));
                    let id = report.command_id.clone();
                    self.letters.push(Letter { id, what: What::Printed(ticket, report), tries: 0 });
                }
                Effect::Print { ref job, ticket, .. } => {
                    self.jobs.insert(job.clone(), ticket);
                    prints.push(effect);
                }
                Effect::ReportDevice(_) | Effect::FetchHall | Effect::FetchCatalogue => {}
            }
        }
        prints
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

    /// The letters that are tried now. Who was asked in vain for long
    /// enough is told; a report waits for the next start instead.
    pub(super) fn take_tries(&mut self, now: Timestamp) -> Vec<Letter> {
        for letter in &mut self.letters {
            letter.tries += 1;
        }
        let given_up: Vec<Letter> =
            self.letters.extract_if(.., |it| it.tries > TRIES_MAX).collect();
        for letter in given_up {
            if let What::Issue(request) = letter.what {
                let (command_id, failure) = (request.command_id, IssueFailure::Unreachable);
                self.receive(Msg::IssueFailed { command_id, failure }, now);
            }
        }
        self.letters.clone()
    }

    /// A letter is answered, for the first time or again.
    pub(super) fn answered(
        &mut self,
        id: &CommandId,
        answer: Result<Option<Ticket>, ProblemCode>,
        now: Timestamp,
    ) -> Vec<Effect> {
        let Some(at) = self.letters.iter().position(|it| it.id == *id) else { return Vec::new() };
        // What may pass is tried again with the same id.
        if answer.as_ref().is_err_and(|code| code.status() == 503) {
            return Vec::new();
        }
        match (self.letters.remove(at).what, answer) {
            (What::Issue(request), Ok(Some(ticket))) => {
                self.receive(Msg::TicketIssued { command_id: request.command_id, ticket }, now)
            }
            (What::Issue(request), Err(code)) => {
                let failure = IssueFailure::Refused(Box::new(Problem::new(code)));
                self.receive(Msg::IssueFailed { command_id: request.command_id, failure }, now)
            }
            (What::Printed(ticket, _), _) => {
                self.jobs.retain(|_, it| *it != Some(ticket));
                Vec::new()
            }
            (What::Issue(_), Ok(None)) => Vec::new(),
        }
    }

    /// The next thing a visitor does, and whether they stay.
    pub(super) fn next_press(&mut self, matters: &[String], chance: &mut Chance) -> Press {
        let Some(state) = &self.state else { return Press::Leaves };
        let home = || Press::Then(Box::new(Msg::HomePressed));
        match view(state).page {
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
            PageView::Ticket(_) if chance.percent(3) => {
                Press::Then(Box::new(Msg::ReprintPressed { command_id: self.command_id() }))
            }
            _ => home(),
        }
    }

    fn take(&mut self, chance: &mut Chance) -> Msg {
        let want = if chance.percent(90) { Want::Number } else { Want::Both };
        let notice_number = format!("N{}-{}", self.nth, self.presses);
        Msg::TakePressed { want, command_id: self.command_id(), notice_number }
    }

    fn command_id(&mut self) -> CommandId {
        self.presses += 1;
        let id = format!("kiosk-{}-{}-{}", self.nth, self.run, self.presses);
        id.parse().expect("names and numbers make an id")
    }
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
