//! All cases, their cards, and the numbers of their papers.

use std::collections::{BTreeMap, BTreeSet};

use crate::card::Card;
use crate::case::Case;
use crate::event::Event;
use crate::ids::{CardId, CaseId, DocumentKind, DocumentNumber};

/// What has happened so far.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Register {
    cases: BTreeMap<CaseId, Case>,
    /// Those that are not over.
    open: BTreeSet<CaseId>,
    cards: BTreeMap<CardId, Card>,
    /// The last serial of a kind in a year.
    serials: BTreeMap<(DocumentKind, i16), u32>,
}

impl Register {
    /// The case with this id.
    pub fn case(&self, id: CaseId) -> Option<&Case> {
        self.cases.get(&id)
    }

    /// All of them, oldest first.
    pub fn cases(&self) -> impl DoubleEndedIterator<Item = &Case> {
        self.cases.values()
    }

    /// The card with this id.
    pub fn card(&self, id: CardId) -> Option<&Card> {
        self.cards.get(&id)
    }

    /// All of them, oldest first.
    pub fn cards(&self) -> impl DoubleEndedIterator<Item = &Card> {
        self.cards.values()
    }

    /// Those of which something may yet follow, oldest first.
    pub fn open_cases(&self) -> impl Iterator<Item = &Case> {
        self.open.iter().filter_map(|id| self.cases.get(id))
    }

    /// The id of a case that begins now.
    pub(crate) fn next_case(&self) -> CaseId {
        CaseId(self.cases.keys().next_back().map_or(1, |it| it.0 + 1))
    }

    /// The id of the card that is shown next, and of those after it.
    pub(crate) fn next_card(&self) -> u64 {
        self.cards.keys().next_back().map_or(1, |it| it.0 + 1)
    }

    /// The number of a paper of that kind that is issued now.
    pub(crate) fn next_number(&self, kind: DocumentKind, year: i16) -> DocumentNumber {
        let serial = self.serials.get(&(kind, year)).copied().unwrap_or_default() + 1;
        DocumentNumber { kind, year, serial }
    }

    /// Takes note of what happened.
    pub fn apply(&mut self, event: &Event) {
        for DocumentNumber { kind, year, serial } in event.documents() {
            self.serials.insert((kind, year), serial);
        }
        match event {
            Event::Opened { case, on, of } => {
                self.cases.insert(*case, Case::new(*case, *on, of.as_ref().clone()));
                self.open.insert(*case);
            }
            Event::CardShown { card, case, on, what } => {
                let (id, case, on, what) = (*card, *case, *on, what.clone());
                let (answers, withdrawn) = (Vec::new(), None);
                self.cards.insert(id, Card { id, case, on, what, answers, withdrawn });
                self.change(event);
            }
            Event::CardAnswered { card, text } => {
                if let Some(it) = self.cards.get_mut(card) {
                    it.answers.push(text.clone());
                }
            }
            Event::CardWithdrawn { card, reason } => {
                if let Some(it) = self.cards.get_mut(card) {
                    it.withdrawn = Some(reason.clone());
                }
            }
            _ => self.change(event),
        }
    }

    fn change(&mut self, event: &Event) {
        let case = event.case().and_then(|id| self.cases.get_mut(&id));
        if let Some(case) = case {
            case.apply(event);
            if !case.is_open() {
                self.open.remove(&case.id);
            }
        }
    }
}
