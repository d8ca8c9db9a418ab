//! The checklist: exactly what this visitor brings, cut into pages.

use catalogue::{
    FeeLine, Inquiry, JointPaper, JointPapers, Lang, Limit, Matter, Notice, Redirect,
    RedirectOutcome,
};

use super::home::matter_button;
use super::question::so_far;
use super::room::{Heights, Room};
use super::{
    Facts, GroupKind, GroupView, PaperRow, PapersPage, StopKind, StopView, just_asked, part,
};
use crate::Shape;
use crate::format::{self, pick};
use crate::measure::{Block, Type, lines, pages};
use crate::slips::to_be_checked;
use crate::state::State;

/// Types, widths and heights of the list, px: the screen draws it so.
struct Sizes {
    /// A paper's name and the line below it, and their width.
    name: Type,
    note: Type,
    text_width: usize,
    /// Whether there is a line below the name; large text leaves it to the
    /// paper.
    notes: bool,
    /// The names that need not be brought.
    skip_names: Type,
    skip_width: usize,
    /// What is told before the papers.
    told_text: Type,
    told_width: usize,
    head: usize,
    row: usize,
    name_line: usize,
    note_line: usize,
    skip: usize,
    skip_line: usize,
    told: usize,
    told_line: usize,
}

const NORMAL: Sizes = Sizes {
    name: Type::bold(36),
    note: Type::regular(28),
    text_width: 688,
    notes: true,
    skip_names: Type::regular(32),
    skip_width: 912,
    told_text: Type::regular(32),
    told_width: 896,
    head: 64,
    row: 124,
    name_line: 52,
    note_line: 41,
    skip: 88,
    skip_line: 46,
    told: 48,
    told_line: 46,
};

/// A landscape is low, and nobody presses a row.
const LANDSCAPE: Sizes = Sizes { head: 56, row: 108, skip: 68, told: 32, ..NORMAL };

const LARGE: Sizes = Sizes {
    name: Type::bold(56),
    note: Type::regular(46),
    text_width: 624,
    notes: false,
    skip_names: Type::regular(48),
    skip_width: 912,
    told_text: Type::regular(48),
    told_width: 896,
    head: 84,
    row: 132,
    name_line: 80,
    note_line: 0,
    skip: 104,
    skip_line: 70,
    told: 48,
    told_line: 70,
};

const LARGE_LANDSCAPE: Sizes = Sizes { head: 68, row: 120, told: 32, ..LARGE };

/// Between what is told and the groups, px.
const GAP: usize = 24;

pub(super) fn papers(state: &State, at: usize) -> Option<PapersPage> {
    let lang = state.visit.lang;
    let (matters, notices): (Vec<&Matter>, Vec<Notice>) = state.notices()?.into_iter().unzip();
    let joint = JointPapers::of(&notices);
    let room = Room::of(state);
    let sizes = match (room.shape, room.large) {
        (Shape::Portrait, false) => NORMAL,
        (Shape::Portrait, true) => LARGE,
        (Shape::Landscape, false) => LANDSCAPE,
        (Shape::Landscape, true) => LARGE_LANDSCAPE,
    };
    let blocks = blocks(&notices, &joint, &sizes, lang);
    let Heights { whole, with_pager } = room.papers();
    let wanted: usize = blocks.iter().map(|it| it.height).sum();
    let height = if wanted <= whole + GAP { whole } else { with_pager };
    let (blocks, pager) = part(pages(blocks, height), at);
    let (told, groups) = groups(blocks);
    let stop = ended(&notices).map(|it| stop(state, it));
    let (matter, so_far) = head(state, &matters);
    Some(PapersPage {
        matter,
        count: joint.bring.len(),
        so_far,
        url: state.list_url().unwrap_or_default(),
        another: stop.is_none() && notices.len() < Inquiry::MATTERS_MAX,
        told,
        stop,
        groups,
        facts: facts(&notices, lang),
        pager,
        numbers: state.queue.gives_numbers(),
        busy: just_asked(state),
    })
}

/// The matter and what was answered, or how many matters and which.
fn head(state: &State, matters: &[&Matter]) -> (String, String) {
    let lang = state.visit.lang;
    if let [matter] = matters {
        return (matter.name.get(lang).to_owned(), so_far(state));
    }
    let count = match lang {
        Lang::Zh => format!("{} 件事，一张清单", matters.len()),
        Lang::En => format!("{} matters, one list", matters.len()),
    };
    let names: Vec<&str> = matters.iter().map(|it| it.short.get(lang)).collect();
    (count, names.join(" · "))
}

/// What ends all that was asked about: the last of it, if nothing else is
/// left to do.
fn ended(notices: &[Notice]) -> Option<&Redirect> {
    notices.iter().map(Notice::ended_by).reduce(Option::and)?
}

/// What holds beside the papers, and what perhaps does. Where there are
/// several matters it says of which.
fn told(notices: &[Notice], lang: Lang) -> Vec<String> {
    let over = ended(notices).is_some();
    let mut told = Vec::new();
    for notice in notices {
        let of = match notices {
            [_] => String::new(),
            _ => format!("{}{}", notice.short.get(lang), pick(lang, "：", ": ")),
        };
        let certain = notice.redirects.iter().filter(|it| !over || !it.stop);
        told.extend(certain.map(|it| format!("{of}{}", it.text.get(lang))));
        if notice.ended_by().is_some() {
            continue;
        }
        told.extend(notice.perhaps.iter().map(|it| {
            let text = it.text.get(lang);
            match lang {
                Lang::Zh => format!("{of}可能：{text}，由窗口核对"),
                Lang::En => format!("{of}Perhaps: {text}; the window checks"),
            }
        }));
    }
    told
}

fn stop(state: &State, redirect: &Redirect) -> StopView {
    let lang = state.visit.lang;
    let other = redirect.to.as_deref().and_then(|id| state.catalogue.as_ref()?.matter(id));
    StopView {
        kind: match redirect.outcome {
            RedirectOutcome::NotRequired => StopKind::NotRequired,
            RedirectOutcome::Filing | RedirectOutcome::OtherMatter => StopKind::OtherMatter,
            RedirectOutcome::OtherAuthority | RedirectOutcome::Upward => StopKind::OtherPlace,
            RedirectOutcome::Online => StopKind::Online,
        },
        text: redirect.text.get(lang).to_owned(),
        to: other.map(|it| matter_button(state, it)),
    }
}

/// What is set below one another on the page.
enum Item {
    /// Something that must be said.
    Told(String),
    /// A paper, and whether it is the first of its group.
    Row(GroupKind, bool, PaperRow),
}

/// What the page is made of, with heights. The gap above a group and its
/// head count with the first row; at the top of a page there is no gap,
/// and a group that began on the page before gets its head again.
fn blocks(notices: &[Notice], joint: &JointPapers, sizes: &Sizes, lang: Lang) -> Vec<Block<Item>> {
    let told = told(notices, lang).into_iter().map(|text| {
        let n_lines = lines(&text, sizes.told_text, sizes.told_width);
        let height = sizes.told + n_lines * sizes.told_line;
        Block { height: GAP + height, at_top: height, what: Item::Told(text) }
    });
    let mut blocks: Vec<Block<Item>> = told.collect();
    for (kind, papers) in [
        (GroupKind::Bring, &joint.bring),
        (GroupKind::Optional, &joint.optional),
        (GroupKind::Later, &joint.later),
    ] {
        for (at, paper) in papers.iter().enumerate() {
            let row = row(paper, notices, sizes, lang);
            let height = row_height(&row, sizes);
            let first = at == 0;
            blocks.push(Block {
                height: if first { GAP + sizes.head + height } else { height },
                at_top: sizes.head + height,
                what: Item::Row(kind, first, row),
            });
        }
    }
    if !joint.not_needed.is_empty() {
        let row = not_needed(&joint.not_needed, sizes, lang);
        let height = sizes.skip + row.name_lines * sizes.skip_line;
        let what = Item::Row(GroupKind::NotNeeded, true, row);
        blocks.push(Block { height: GAP + height, at_top: height, what });
    }
    blocks
}

/// All names in one row.
fn not_needed(papers: &[JointPaper], sizes: &Sizes, lang: Lang) -> PaperRow {
    let names: Vec<&str> = papers.iter().map(|it| it.paper.material.name.get(lang)).collect();
    let name = names.join(pick(lang, "　", "; "));
    PaperRow {
        name_lines: lines(&name, sizes.skip_names, sizes.skip_width),
        name,
        note: String::new(),
        note_lines: 0,
        counts: String::new(),
    }
}

/// What is told on one page, and its rows in their groups.
fn groups(items: Vec<Item>) -> (Vec<String>, Vec<GroupView>) {
    let mut told = Vec::new();
    let mut groups: Vec<GroupView> = Vec::new();
    for item in items {
        match (item, groups.last_mut()) {
            (Item::Told(text), _) => told.push(text),
            (Item::Row(kind, _, row), Some(group)) if group.kind == kind => group.rows.push(row),
            (Item::Row(kind, first, row), _) => {
                groups.push(GroupView { kind, continued: !first, rows: vec![row] });
            }
        }
    }
    (told, groups)
}

fn row(joint: &JointPaper, notices: &[Notice], sizes: &Sizes, lang: Lang) -> PaperRow {
    let JointPaper { paper, matters } = joint;
    let material = &paper.material;
    let name = material.name.get(lang).to_owned();
    // What all of them want needs no word.
    let serves: Vec<&str> = matters.iter().map(|&at| notices[at].short.get(lang)).collect();
    let serves = (serves.len() < notices.len()).then(|| serves.join(pick(lang, "、", ", ")));
    let texts = [
        serves.as_deref(),
        Some(format::source(material.source, lang)),
        material.check.as_ref().map(|it| it.get(lang)),
        material.note.as_ref().map(|it| it.get(lang)),
        (!paper.sure).then(|| to_be_checked(lang)),
    ];
    let note = texts.into_iter().flatten().collect::<Vec<_>>().join(pick(lang, "　", " · "));
    let counts = [("原件", "Original", material.original), ("复印件", "Copy", material.copies)];
    let counts = counts.into_iter().filter(|(.., count)| *count > 0);
    let counts = counts.map(|(zh, en, count)| format!("{} {count}", pick(lang, zh, en)));
    PaperRow {
        name_lines: lines(&name, sizes.name, sizes.text_width),
        note_lines: if sizes.notes { lines(&note, sizes.note, sizes.text_width) } else { 0 },
        name,
        note,
        counts: counts.collect::<Vec<_>>().join("\n"),
    }
}

fn row_height(row: &PaperRow, sizes: &Sizes) -> usize {
    let more_notes = row.note_lines.saturating_sub(1);
    sizes.row + (row.name_lines - 1) * sizes.name_line + more_notes * sizes.note_line
}

/// Of several matters the longest limits, all fees and the most visits.
fn facts(notices: &[Notice], lang: Lang) -> Facts {
    let lines: Vec<&FeeLine> = notices.iter().flat_map(|it| &it.fees).collect();
    let fee = match lines.as_slice() {
        [] => String::new(),
        [line] => format::fee(line, lang),
        several => match lang {
            Lang::Zh => format!("{} 项", several.len()),
            Lang::En => format!("{} items", several.len()),
        },
    };
    let longest = |limits: &mut dyn Iterator<Item = Limit>| {
        let longest = limits.max_by_key(|it| it.rough_length());
        longest.map_or_else(String::new, |it| format::limit(it, lang))
    };
    Facts {
        promised: longest(&mut notices.iter().map(|it| it.promised)),
        statutory: longest(&mut notices.iter().filter_map(|it| it.statutory)),
        fee,
        visits: notices.iter().map(|it| it.visits).max().unwrap_or(1),
    }
}
