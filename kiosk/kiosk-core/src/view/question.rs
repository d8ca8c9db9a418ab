//! One question.

use super::home::chunks;
use super::{OptionView, QuestionPage, part};
use crate::measure::{Type, lines};
use crate::state::State;

/// Options on a page; more are never asked at once.
const OPTIONS_ON_A_PAGE: usize = 10;

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
    let option = |(at, it): (usize, &catalogue::Choice)| OptionView {
        id: it.id.clone(),
        digit: (at + 1).to_string(),
        text: it.get(lang).to_owned(),
        chosen: visit.chosen.contains(&it.id),
    };
    let options: Vec<OptionView> = question.options.iter().enumerate().map(option).collect();
    let (options, pager) = part(chunks(options, OPTIONS_ON_A_PAGE), at);
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

/// The answers so far, in one line.
pub(super) fn so_far(state: &State) -> String {
    let lang = state.visit.lang;
    let Some(matter) = state.matter() else { return String::new() };
    let answered = matter.answered(&state.visit.answers);
    let words = answered.iter().map(|it| it.words().get(lang).to_owned());
    words.collect::<Vec<_>>().join(" · ")
}
