//! The ways to a matter for who cannot name it: what happened in
//! somebody's life, what a business is about, or whose matter it is.
//! Service sites of governments sort theirs so, too (个人、法人、部门).

use serde::{Deserialize, Serialize};

use crate::{Catalogue, Matter, Text};

macro_rules! life_events {
    ($($name:ident $id:literal on $shelf:ident: $zh:literal, $en:literal;)*) => {
        /// What somebody is about (办事主题).
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
        pub enum LifeEvent {
            $(#[doc = $zh] #[serde(rename = $id)] $name,)*
        }

        impl LifeEvent {
            /// All of them, in the order of a life and of a business.
            pub const ALL: &[LifeEvent] = &[$(LifeEvent::$name),*];

            /// Whose life it is in.
            pub fn shelf(self) -> Shelf {
                match self { $(LifeEvent::$name => Shelf::$shelf),* }
            }

            /// As matter files name it: `old-age`.
            pub fn id(self) -> &'static str {
                match self { $(LifeEvent::$name => $id),* }
            }

            /// As somebody says it who is in it, in Chinese and in English.
            pub fn words(self) -> (&'static str, &'static str) {
                match self { $(LifeEvent::$name => ($zh, $en)),* }
            }
        }
    };
}

life_events! {
    Birth "birth" on Life: "生孩子", "Having a child";
    Documents "documents" on Life: "办证件", "Identity papers";
    Moving "moving" on Life: "搬家落户", "Moving here";
    Work "work" on Life: "工作、考证", "Work";
    Home "home" on Life: "买房卖房", "A home";
    Health "health" on Life: "看病就医", "Health";
    Travel "travel" on Life: "出门远行", "Travel";
    OldAge "old-age" on Life: "退休养老", "Old age";
    Hardship "hardship" on Life: "遇到困难", "In need";
    StartBusiness "start-business" on Business: "开店、开公司", "Starting a business";
    Operate "operate" on Business: "经营许可", "Running a business";
    Build "build" on Business: "盖房施工", "Building";
    Tax "tax" on Business: "开票缴税", "Invoices and tax";
}

/// A way to sort matters.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Shelf {
    /// By what happens in a life (个人).
    Life,
    /// By what a business is about (法人).
    Business,
    /// By department (部门).
    Department,
}

/// Matters that stand together on a shelf.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Topic {
    /// Stable, among those of its shelf.
    pub id: String,
    /// What it is called.
    pub name: Text,
}

impl Catalogue {
    /// What a shelf holds: no topic is empty. Departments come in the order
    /// of their first matter.
    pub fn topics(&self, on: Shelf) -> Vec<Topic> {
        let topic =
            |id: &str, zh: &str, en: &str| Topic { id: id.to_owned(), name: Text::new(zh, en) };
        if on == Shelf::Department {
            let departments = self.departments().into_iter();
            return departments.map(|it| topic(&it.id, &it.zh, &it.en)).collect();
        }
        let here = |it: &&LifeEvent| {
            it.shelf() == on && self.matters.iter().any(|matter| matter.events.contains(it))
        };
        let of_event = |it: &LifeEvent| topic(it.id(), it.words().0, it.words().1);
        LifeEvent::ALL.iter().filter(here).map(of_event).collect()
    }

    /// The matters of a topic of a shelf.
    pub fn of_topic(&self, on: Shelf, id: &str) -> Vec<&Matter> {
        let about = |it: &&Matter| match on {
            Shelf::Department => it.department.id == id,
            Shelf::Life | Shelf::Business => it.events.iter().any(|event| event.id() == id),
        };
        self.matters.iter().filter(about).collect()
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;
    use crate::Audience;
    use crate::demo::catalogue;

    #[test]
    fn no_two_events_have_one_name() {
        let ids: BTreeSet<&str> = LifeEvent::ALL.iter().map(|it| it.id()).collect();
        assert_eq!(ids.len(), LifeEvent::ALL.len());
    }

    #[test]
    fn every_matter_stands_on_the_shelves_of_who_may_apply() {
        let catalogue = catalogue();
        for matter in &catalogue.matters {
            let stands = |shelf| matter.events.iter().any(|it| it.shelf() == shelf);
            let may = |who| matter.audience.contains(&who);
            assert!(stands(Shelf::Life) || stands(Shelf::Business), "{} on none", matter.id);
            assert!(!stands(Shelf::Life) || may(Audience::Person), "{}", matter.id);
            assert!(stands(Shelf::Business) || may(Audience::Person), "{}", matter.id);
        }
        for shelf in [Shelf::Life, Shelf::Business, Shelf::Department] {
            let topics = catalogue.topics(shelf);
            assert!(topics.len() >= 4, "{shelf:?}: {topics:?}");
            for topic in topics {
                assert!(!catalogue.of_topic(shelf, &topic.id).is_empty(), "{topic:?}");
            }
        }
    }
}
