//! One question.

use super::home::chunks;
use super::room::Room;
use super::{OptionView, QuestionPage, part};
use crate::measure::{Block, Type, lines, pages};
use crate::state::State;

/// Type and width of an option in large text, px, and its height: so much
/// and a line's for each line, and a gap below it.
const OPTION: Type = Type::bold(80);
const OPTION_WIDTH: usize = 744;
const OPTION_HEIGHT: usize = 32;
const OPTION_LINE: usize = 108;
const OPTION_GAP: usize = 26;

/// Type and width of the title, px: below it the question is set smaller.
const TITLE: Type = Type::bold(76);
const TITLE_ENGLISH: Type = Type::bold(68);
const TITLE_WIDTH: usize = 968;

pub(super) fn question(state: &State, at: usize) -> Option<QuestionPage> {
    let visit = &state.visit;
    let lang = visit.lang;
    let matter = state.matter()?;
    let question = matter.next_question(&visit.answers)?;
    let (answered, of) = matter.progress(&visit.answers);
    let room = Room::of(state);
    let option = |(at, it): (usize, &catalogue::Choice)| {
        let text = it.get(lang).to_owned();
        OptionView {
            id: it.id.clone(),
            digit: (at + 1).to_string(),
            lines: if room.large { lines(&text, OPTION, OPTION_WIDTH) } else { 1 },
            text,
            chosen: visit.chosen.contains(&it.id),
        }
    };
    let options: Vec<OptionView> = question.options.iter().enumerate().map(option).collect();
    let parts = if room.large { large(options, room) } else { chunks(options, room.options()) };
    let (options, pager) = part(parts, at);
    let text = question.text.get(lang).to_owned();
    let title = match lang {
        catalogue::Lang::Zh => TITLE,
        catalogue::Lang::En => TITLE_ENGLISH,
    };
    Some(QuestionPage {
        matter: matter.name.get(lang).to_owned(),
        lines: lines(&text, title, TITLE_WIDTH),
        question: text,
        so_far: so_far(state),
        number: answered + 1,
        of,
        options,
        pager,
        many: question.choose == catalogue::Choose::Many,
        chosen: !visit.chosen.is_empty(),
    })
}

/// Large options as they fit; no more than four are read at once.
fn large(options: Vec<OptionView>, room: Room) -> Vec<Vec<OptionView>> {
    let block = |it: OptionView| {
        let height = OPTION_HEIGHT + it.lines * OPTION_LINE + OPTION_GAP;
        Block { height, at_top: height, what: it }
    };
    pages(options.into_iter().map(block).collect(), room.options_height())
}

/// The answers so far, in one line.
pub(super) fn so_far(state: &State) -> String {
    let lang = state.visit.lang;
    let Some(matter) = state.matter() else { return String::new() };
    let answered = matter.answered(&state.visit.answers);
    let words = answered.iter().map(|it| it.words().get(lang).to_owned());
    words.collect::<Vec<_>>().join(" · ")
}
