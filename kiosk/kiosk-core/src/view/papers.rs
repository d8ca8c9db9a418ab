//! The checklist: exactly what this visitor brings, cut into pages.

use catalogue::{Lang, Notice, Paper, Redirect, RedirectOutcome};

use super::home::matter_button;
use super::question::so_far;
use super::{
    Facts, GroupKind, GroupView, PaperRow, PapersPage, StopKind, StopView, just_asked, part,
};
use crate::Shape;
use crate::format::{self, pick};
use crate::measure::{Block, Type, lines, pages};
use crate::slips::to_be_checked;
use crate::state::State;

/// Type and width of a paper's name and of the line below it, px.
const NAME: Type = Type::bold(36);
const NOTE: Type = Type::regular(28);
const ROW_TEXT: usize = 688;

/// Type and width of the names that need not be brought, px.
const SKIP_NAMES: Type = Type::regular(32);
const SKIP_WIDTH: usize = 912;

/// Type and width of what is told before the papers, px.
const TOLD_TEXT: Type = Type::regular(32);
const TOLD_WIDTH: usize = 896;

/// Heights, px: the screen draws them so.
const HEAD: usize = 64;
const ROW: usize = 124;
const NAME_LINE: usize = 52;
const NOTE_LINE: usize = 41;
const SKIP: usize = 88;
const SKIP_LINE: usize = 46;
const TOLD: usize = 48;
const TOLD_LINE: usize = 46;
const GAP: usize = 24;

pub(super) fn papers(state: &State, at: usize) -> Option<PapersPage> {
    let lang = state.visit.lang;
    let matter = state.matter()?;
    let notice = state.notice()?;
    let blocks = blocks(&notice, lang);
    let (whole, with_pager) = match state.shape {
        Shape::Portrait => (936, 826),
        Shape::Landscape => (628, 526),
    };
    let wanted: usize = blocks.iter().map(|it| it.height).sum();
    let height = if wanted <= whole + GAP { whole } else { with_pager };
    let (blocks, pager) = part(pages(blocks, height), at);
    let (told, groups) = groups(blocks);
    let papers = &notice.papers;
    Some(PapersPage {
        matter: matter.name.get(lang).to_owned(),
        count: papers.bring.len(),
        so_far: so_far(state),
        told,
        stop: notice.ended_by().map(|it| stop(state, it)),
        groups,
        facts: facts(&notice, lang),
        pager,
        numbers: state.queue.gives_numbers(),
        busy: just_asked(state),
    })
}

/// What holds beside the papers, and what perhaps does.
fn told(notice: &Notice, lang: Lang) -> Vec<String> {
    let certain = notice.redirects.iter().filter(|it| !it.stop);
    let certain = certain.map(|it| it.text.get(lang).to_owned());
    let perhaps = notice.perhaps.iter().map(|it| {
        let text = it.text.get(lang);
        match lang {
            Lang::Zh => format!("可能：{text}，由窗口核对"),
            Lang::En => format!("Perhaps: {text}; the window checks"),
        }
    });
    if notice.ended_by().is_some() { certain.collect() } else { certain.chain(perhaps).collect() }
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
fn blocks(notice: &Notice, lang: Lang) -> Vec<Block<Item>> {
    let told = told(notice, lang).into_iter().map(|text| {
        let height = TOLD + lines(&text, TOLD_TEXT, TOLD_WIDTH) * TOLD_LINE;
        Block { height: GAP + height, at_top: height, what: Item::Told(text) }
    });
    let mut blocks: Vec<Block<Item>> = told.collect();
    let papers = &notice.papers;
    for (kind, papers) in [
        (GroupKind::Bring, &papers.bring),
        (GroupKind::Optional, &papers.optional),
        (GroupKind::Later, &papers.later),
    ] {
        for (at, paper) in papers.iter().enumerate() {
            let row = row(paper, lang);
            let height = row_height(&row);
            let first = at == 0;
            blocks.push(Block {
                height: if first { GAP + HEAD + height } else { height },
                at_top: HEAD + height,
                what: Item::Row(kind, first, row),
            });
        }
    }
    if !papers.not_needed.is_empty() {
        let row = not_needed(&papers.not_needed, lang);
        let height = SKIP + row.name_lines * SKIP_LINE;
        let what = Item::Row(GroupKind::NotNeeded, true, row);
        blocks.push(Block { height: GAP + height, at_top: height, what });
    }
    blocks
}

/// All names in one row.
fn not_needed(papers: &[Paper], lang: Lang) -> PaperRow {
    let names: Vec<&str> = papers.iter().map(|it| it.material.name.get(lang)).collect();
    let name = names.join(pick(lang, "　", "; "));
    PaperRow {
        name_lines: lines(&name, SKIP_NAMES, SKIP_WIDTH),
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

fn row(paper: &Paper, lang: Lang) -> PaperRow {
    let material = &paper.material;
    let name = material.name.get(lang).to_owned();
    let texts = [
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
        name_lines: lines(&name, NAME, ROW_TEXT),
        note_lines: lines(&note, NOTE, ROW_TEXT),
        name,
        note,
        counts: counts.collect::<Vec<_>>().join("\n"),
    }
}

fn row_height(row: &PaperRow) -> usize {
    ROW + (row.name_lines - 1) * NAME_LINE + row.note_lines.saturating_sub(1) * NOTE_LINE
}

fn facts(notice: &Notice, lang: Lang) -> Facts {
    let fee = match notice.fees.as_slice() {
        [] => String::new(),
        [line] => format::fee(line, lang),
        several => match lang {
            Lang::Zh => format!("{} 项", several.len()),
            Lang::En => format!("{} items", several.len()),
        },
    };
    Facts {
        promised: format::limit(notice.promised, lang),
        statutory: notice.statutory.map_or_else(String::new, |it| format::limit(it, lang)),
        fee,
        visits: notice.visits,
    }
}
