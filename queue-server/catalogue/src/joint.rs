//! Several matters on one notice: every paper is listed once, with the
//! pieces that all its matters need together and which these are.
//!
//! The same id is the same paper in every matter. A paper that one matter
//! asks for is not made less by another that could do without it.

use serde::{Deserialize, Serialize};

use crate::{Material, Notice, Paper, Text};

/// The papers of several matters in the groups of the checklist, each
/// group in the order in which the matters name them first.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct JointPapers {
    /// 要带.
    pub bring: Vec<JointPaper>,
    /// 有的话带上: not required by any of the matters.
    pub optional: Vec<JointPaper>,
    /// 可以后补 in every matter that wants it.
    pub later: Vec<JointPaper>,
    /// 不用带, whatever the matter.
    pub not_needed: Vec<JointPaper>,
}

/// A paper and the matters it serves.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct JointPaper {
    /// The paper, with the pieces for all its matters.
    pub paper: Paper,
    /// Places of these matters among the notices, counted from 0, rising.
    pub matters: Vec<usize>,
}

/// How much a matter wants a paper; more goes before less.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Group {
    NotNeeded,
    Optional,
    Later,
    Bring,
}

impl JointPapers {
    /// The papers of these notices together. Of one notice they are its
    /// own.
    pub fn of(notices: &[Notice]) -> JointPapers {
        let mut all: Vec<(Group, JointPaper)> = Vec::new();
        for (at, notice) in notices.iter().enumerate() {
            let papers = &notice.papers;
            for (group, papers) in [
                (Group::Bring, &papers.bring),
                (Group::Optional, &papers.optional),
                (Group::Later, &papers.later),
                (Group::NotNeeded, &papers.not_needed),
            ] {
                for paper in papers {
                    take_in(&mut all, group, paper, at);
                }
            }
        }
        let of = |wanted: Group| {
            let of_group = all.iter().filter(|(group, _)| *group == wanted);
            of_group.map(|(_, paper)| paper.clone()).collect()
        };
        JointPapers {
            bring: of(Group::Bring),
            optional: of(Group::Optional),
            later: of(Group::Later),
            not_needed: of(Group::NotNeeded),
        }
    }
}

fn take_in(all: &mut Vec<(Group, JointPaper)>, group: Group, paper: &Paper, matter: usize) {
    let same = all.iter_mut().find(|(_, it)| it.paper.material.id == paper.material.id);
    let Some((known, joint)) = same else {
        all.push((group, JointPaper { paper: paper.clone(), matters: vec![matter] }));
        return;
    };
    if *known == Group::NotNeeded || group == Group::NotNeeded {
        // The one does not speak of pieces that the other must see.
        if *known < group {
            *joint = JointPaper { paper: paper.clone(), matters: vec![matter] };
        } else if *known == group {
            joint.matters.push(matter);
        }
    } else {
        add(&mut joint.paper, paper);
        if joint.matters.last() != Some(&matter) {
            joint.matters.push(matter);
        }
    }
    *known = (*known).max(group);
}

/// One more matter wants the paper.
fn add(joint: &mut Paper, other: &Paper) {
    joint.sure |= other.sure;
    let (known, new) = (&mut joint.material, &other.material);
    known.original = originals(known, new);
    known.copies += new.copies;
    known.kept |= new.kept;
    if new.need == crate::Need::Required {
        known.need = new.need;
    }
    known.check = together(known.check.take(), new.check.as_ref());
    known.note = together(known.note.take(), new.note.as_ref());
}

/// An original that is only looked at serves every window; those that a
/// hall keeps must be there for each.
fn originals(known: &Material, new: &Material) -> u32 {
    if known.kept && new.kept {
        known.original + new.original
    } else {
        known.original.max(new.original)
    }
}

/// Both texts, unless they are the same.
fn together(known: Option<Text>, new: Option<&Text>) -> Option<Text> {
    match (known, new) {
        (Some(known), Some(new)) if !known.zh.contains(&new.zh) => Some(Text {
            zh: format!("{}；{}", known.zh, new.zh),
            en: format!("{}; {}", known.en, new.en),
        }),
        (Some(known), _) => Some(known),
        (None, new) => new.cloned(),
    }
}

#[cfg(test)]
mod tests;
