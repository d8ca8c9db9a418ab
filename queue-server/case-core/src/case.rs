//! A case, and how an event changes it.

use std::collections::BTreeMap;

use catalogue::{Limit, Need};
use jiff::civil::Date;

use crate::card::CardKind;
use crate::event::{Decline, Event, Opened, Outcome, Withdrawal};
use crate::ids::{CaseId, DocumentNumber};
use crate::papers::{ListedPaper, Mark, Wanted};

/// How far it is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Stage {
    /// The papers are being looked at.
    Open,
    /// They were taken in; silence runs (行政许可法 32 (4)).
    Received {
        /// Since this day.
        on: Date,
    },
    /// The applicant was told what is missing.
    Correcting {
        /// Until when they have time.
        until: Date,
    },
    /// It was accepted, and its limits run.
    Accepted {
        /// When.
        on: Date,
        /// By silence.
        deemed: bool,
    },
    /// It was not accepted.
    Declined(Decline),
    /// It was taken back.
    Withdrawn(Withdrawal),
    /// It was decided.
    Settled {
        /// When.
        on: Date,
        /// How.
        outcome: Outcome,
    },
    /// The result was served.
    Delivered {
        /// When.
        on: Date,
    },
}

/// A correction notice that was issued.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Correction {
    /// When.
    pub on: Date,
    /// Its number.
    pub number: DocumentNumber,
    /// What it wants.
    pub wanted: Vec<Wanted>,
    /// Why it was not said before.
    pub reason: String,
}

/// A proceeding whose days do not count.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Exclusion {
    /// What it is.
    pub what: String,
    /// Its first day.
    pub from: Date,
    /// How long it takes, as was told.
    pub takes: Limit,
    /// Its last day, once it is over.
    pub ended: Option<Date>,
}

/// A department that was asked in a joint case.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Assist {
    /// Its id.
    pub department: String,
    /// When it was asked.
    pub asked: Date,
    /// How long it has.
    pub within: Limit,
    /// When it answered, whether it agrees, and its words.
    pub opinion: Option<(Date, bool, String)>,
}

/// A paper that was promised.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Deferred {
    /// The material's id.
    pub paper: String,
    /// By when.
    pub by: Date,
    /// When it came.
    pub came: Option<Date>,
}

/// A case. Made by [`Event::Opened`], changed by the events after it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Case {
    /// Which.
    pub id: CaseId,
    /// When it began.
    pub opened_on: Date,
    /// What it began with.
    pub opened: Opened,
    /// How far it is.
    pub stage: Stage,
    /// What became of each paper that was looked at.
    pub marks: BTreeMap<String, Mark>,
    /// When the papers were taken in last.
    pub received: Option<Date>,
    /// The correction notices, oldest first.
    pub corrections: Vec<Correction>,
    /// Whence the limits are counted, once it is accepted.
    pub clock_from: Option<Date>,
    /// Papers that follow.
    pub deferred: Vec<Deferred>,
    /// By how much the limit was extended.
    pub extended: Option<Limit>,
    /// Proceedings whose days do not count, oldest first.
    pub exclusions: Vec<Exclusion>,
    /// Departments that were asked.
    pub assists: Vec<Assist>,
    /// Passed up, and not back yet.
    pub handed_up: Option<Date>,
    /// What was found of it that should not be.
    pub found: Vec<CardKind>,
    /// Numbers of the papers it has brought about.
    pub documents: Vec<DocumentNumber>,
}

impl Case {
    pub(crate) fn new(id: CaseId, opened_on: Date, opened: Opened) -> Case {
        Case {
            id,
            opened_on,
            opened,
            stage: Stage::Open,
            marks: BTreeMap::new(),
            received: None,
            corrections: Vec::new(),
            clock_from: None,
            deferred: Vec::new(),
            extended: None,
            exclusions: Vec::new(),
            assists: Vec::new(),
            handed_up: None,
            found: Vec::new(),
            documents: Vec::new(),
        }
    }

    /// The paper with this id, if it is on the list.
    pub fn paper(&self, id: &str) -> Option<&ListedPaper> {
        self.opened.papers.iter().find(|it| it.id == id)
    }

    /// Whether a paper is here, or need not be.
    fn is_settled(&self, paper: &ListedPaper) -> bool {
        matches!(self.marks.get(&paper.id), Some(Mark::Received | Mark::NotNeeded))
    }

    /// The papers that are wanted and not here: what was not ticked is
    /// missing. Those that may follow later are wanted too until they are
    /// promised; those that only help are not.
    pub fn left_over(&self) -> impl Iterator<Item = &ListedPaper> {
        let papers = self.opened.papers.iter();
        papers.filter(|it| it.need != Need::Optional && !self.is_settled(it))
    }

    /// What a correction notice would say now.
    pub fn wanted(&self) -> Vec<Wanted> {
        let line = |it: &ListedPaper| Wanted {
            paper: Some(it.id.clone()),
            name: it.name.clone(),
            what: match self.marks.get(&it.id) {
                Some(Mark::Wrong { what }) => what.clone(),
                _ => String::new(),
            },
        };
        self.left_over().map(line).collect()
    }

    /// Whether something may yet follow from a day going by.
    pub fn is_open(&self) -> bool {
        matches!(
            self.stage,
            Stage::Open
                | Stage::Received { .. }
                | Stage::Correcting { .. }
                | Stage::Accepted { .. }
        )
    }

    /// Whether the limits run.
    pub fn is_running(&self) -> bool {
        matches!(self.stage, Stage::Accepted { .. })
    }

    pub(crate) fn apply(&mut self, event: &Event) {
        self.documents.extend(event.documents());
        match event {
            Event::Marked { paper, mark, .. } => {
                self.marks.insert(paper.clone(), mark.clone());
            }
            Event::Received { on, .. } => {
                self.received = Some(*on);
                self.stage = Stage::Received { on: *on };
            }
            Event::CorrectionIssued { on, number, wanted, until, reason, .. } => {
                self.stage = Stage::Correcting { until: *until };
                self.corrections.push(Correction {
                    on: *on,
                    number: *number,
                    wanted: wanted.clone(),
                    reason: reason.clone(),
                });
            }
            Event::Accepted { on, clock_from, deferred, .. } => {
                self.stage = Stage::Accepted { on: *on, deemed: false };
                self.clock_from = Some(*clock_from);
                let promised = |(paper, by): &(String, Date)| Deferred {
                    paper: paper.clone(),
                    by: *by,
                    came: None,
                };
                self.deferred = deferred.iter().map(promised).collect();
            }
            Event::DeemedAccepted { on, .. } => {
                self.stage = Stage::Accepted { on: *on, deemed: true };
                self.clock_from = Some(*on);
            }
            Event::Declined { why, .. } => self.stage = Stage::Declined(why.clone()),
            Event::Withdrawn { by, .. } => self.stage = Stage::Withdrawn(*by),
            Event::PromiseKept { on, paper, .. } => {
                self.promise_kept(paper, *on);
            }
            Event::Extended { by, .. } => self.extended = Some(*by),
            Event::ExclusionBegan { on, what, takes, .. } => {
                let (what, from, takes) = (what.clone(), *on, *takes);
                self.exclusions.push(Exclusion { what, from, takes, ended: None });
            }
            Event::ExclusionEnded { on, .. } => {
                if let Some(it) = self.exclusions.last_mut() {
                    it.ended = Some(*on);
                }
            }
            Event::OpinionAsked { on, department, within, .. } => self.assists.push(Assist {
                department: department.clone(),
                asked: *on,
                within: *within,
                opinion: None,
            }),
            Event::OpinionGiven { on, department, agrees, text, .. } => {
                let mut asked = self.assists.iter_mut();
                if let Some(it) = asked.find(|it| it.department == *department) {
                    it.opinion = Some((*on, *agrees, text.clone()));
                }
            }
            Event::HandedUp { on, .. } => self.handed_up = Some(*on),
            Event::TakenBack { .. } => self.handed_up = None,
            Event::Settled { on, outcome, .. } => {
                self.stage = Stage::Settled { on: *on, outcome: outcome.clone() };
            }
            Event::Delivered { on, .. } => self.stage = Stage::Delivered { on: *on },
            Event::CardShown { what, .. } => self.found.push(what.clone()),
            // The register keeps these.
            Event::Opened { .. } | Event::CardAnswered { .. } | Event::CardWithdrawn { .. } => {}
        }
    }

    fn promise_kept(&mut self, paper: &str, on: Date) {
        self.marks.insert(paper.to_owned(), Mark::Received);
        if let Some(it) = self.deferred.iter_mut().find(|it| it.paper == paper) {
            it.came = Some(on);
        }
    }
}
