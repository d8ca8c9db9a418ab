//! The ways to a matter for who cannot name it: what happened in
//! somebody's life, what a business is about, or whose matter it is.
//! Service sites of governments sort theirs so, too (个人、法人、部门).

use serde::{Deserialize, Serialize};

use crate::{Catalogue, Lang, Matter, Text};

/// What somebody is about (办事主题).
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum LifeEvent {
    /// 生孩子.
    Birth,
    /// 办证件.
    Documents,
    /// 搬家落户.
    Moving,
    /// 找工作、考证.
    Work,
    /// 买房卖房.
    Home,
    /// 看病就医.
    Health,
    /// 出门远行.
    Travel,
    /// 退休养老.
    OldAge,
    /// 遇到困难.
    Hardship,
    /// 开办企业.
    StartBusiness,
    /// 准许经营.
    Operate,
    /// 盖房施工.
    Build,
    /// 开票缴税.
    Tax,
}

impl LifeEvent {
    /// All of them, in the order of a life and of a business.
    pub const ALL: [LifeEvent; 13] = [
        LifeEvent::Birth,
        LifeEvent::Documents,
        LifeEvent::Moving,
        LifeEvent::Work,
        LifeEvent::Home,
        LifeEvent::Health,
        LifeEvent::Travel,
        LifeEvent::OldAge,
        LifeEvent::Hardship,
        LifeEvent::StartBusiness,
        LifeEvent::Operate,
        LifeEvent::Build,
        LifeEvent::Tax,
    ];

    /// Whose life it is in.
    pub fn shelf(self) -> Shelf {
        match self {
            LifeEvent::StartBusiness | LifeEvent::Operate | LifeEvent::Build | LifeEvent::Tax => {
                Shelf::Business
            }
            _ => Shelf::Life,
        }
    }

    /// As matter files name it: `old-age`.
    pub fn id(self) -> &'static str {
        match self {
            LifeEvent::Birth => "birth",
            LifeEvent::Documents => "documents",
            LifeEvent::Moving => "moving",
            LifeEvent::Work => "work",
            LifeEvent::Home => "home",
            LifeEvent::Health => "health",
            LifeEvent::Travel => "travel",
            LifeEvent::OldAge => "old-age",
            LifeEvent::Hardship => "hardship",
            LifeEvent::StartBusiness => "start-business",
            LifeEvent::Operate => "operate",
            LifeEvent::Build => "build",
            LifeEvent::Tax => "tax",
        }
    }

    /// As somebody says it who is in it.
    pub fn name(self, lang: Lang) -> &'static str {
        let (zh, en) = match self {
            LifeEvent::Birth => ("生孩子", "Having a child"),
            LifeEvent::Documents => ("办证件", "Identity papers"),
            LifeEvent::Moving => ("搬家落户", "Moving here"),
            LifeEvent::Work => ("工作、考证", "Work"),
            LifeEvent::Home => ("买房卖房", "A home"),
            LifeEvent::Health => ("看病就医", "Health"),
            LifeEvent::Travel => ("出门远行", "Travel"),
            LifeEvent::OldAge => ("退休养老", "Old age"),
            LifeEvent::Hardship => ("遇到困难", "In need"),
            LifeEvent::StartBusiness => ("开店、开公司", "Starting a business"),
            LifeEvent::Operate => ("经营许可", "Running a business"),
            LifeEvent::Build => ("盖房施工", "Building"),
            LifeEvent::Tax => ("开票缴税", "Invoices and tax"),
        };
        match lang {
            Lang::Zh => zh,
            Lang::En => en,
        }
    }
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
        if on == Shelf::Department {
            let topic = |it: &crate::Department| Topic {
                id: it.id.clone(),
                name: Text::new(&it.zh, &it.en),
            };
            return self.departments().into_iter().map(topic).collect();
        }
        let here = |it: &LifeEvent| {
            it.shelf() == on && self.matters.iter().any(|matter| matter.events.contains(it))
        };
        let topic = |it: LifeEvent| Topic {
            id: it.id().to_owned(),
            name: Text::new(it.name(Lang::Zh), it.name(Lang::En)),
        };
        LifeEvent::ALL.into_iter().filter(here).map(topic).collect()
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
    fn an_event_has_one_name_in_files_and_on_shelves() {
        let mut ids = BTreeSet::new();
        for event in LifeEvent::ALL {
            assert_eq!(serde_json::to_string(&event).unwrap(), format!("\"{}\"", event.id()));
            assert!(ids.insert(event.id()), "{event:?} is there twice");
        }
    }

    #[test]
    fn every_matter_stands_on_the_shelves_of_who_may_apply() {
        let catalogue = catalogue();
        for matter in &catalogue.matters {
            let stands = |shelf| matter.events.iter().any(|it| it.shelf() == shelf);
            let may = |who| matter.audience.contains(&who);
            assert!(stands(Shelf::Life) || stands(Shelf::Business), "{} on none", matter.id);
            assert!(!stands(Shelf::Life) || may(Audience::Person), "{}", matter.id);
            assert!(may(Audience::Person) || !stands(Shelf::Life), "{}", matter.id);
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
