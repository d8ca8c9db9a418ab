//! From page to page: home, find, guide, questions, checklist, and back.

use catalogue::{Choose, UNSURE};

use super::{held, plan, report};
use crate::staff::StaffPage;
use crate::state::{Page, SEARCH_CHARS_MAX, State};
use crate::view::{page as on_the_screen, pages_of};
use crate::{Msg, PageView, PapersPage, Way};

/// A press that is about the way, not about a number or paper.
pub(super) fn pressed(state: &mut State, press: Msg) {
    match press {
        Msg::WayPressed { way } if state.catalogue.is_some() => {
            state.visit.way = way;
            state.visit.go(Page::Find { at: 0 });
        }
        Msg::HavePressed => state.visit.go(Page::Have),
        Msg::CheckInPressed => state.visit.go(Page::Code { typed: String::new() }),
        Msg::NumberPressed => state.visit.go(Page::Number { typed: String::new(), report: None }),
        Msg::LanePressed { lane } => {
            held::type_lane(&mut state.visit.page, &lane);
            plan::choose(&mut state.visit.page, lane);
        }
        Msg::PlanPressed => plan::open(state),
        Msg::ReportsPressed => state.visit.go(Page::Report),
        Msg::ReportPressed { kind } => report::chosen(state, kind),
        Msg::SearchPressed => state.visit.go(Page::Search { typed: String::new(), at: 0 }),
        Msg::KeyPressed { key } => key_pressed(state, key),
        Msg::ErasePressed => erase(&mut state.visit.page, 1),
        Msg::ClearPressed => erase(&mut state.visit.page, SEARCH_CHARS_MAX),
        Msg::ShelvesPressed => state.visit.go(Page::Shelves),
        Msg::ShelfPressed { shelf } => state.visit.go(Page::Shelf { shelf, at: 0 }),
        Msg::TopicPressed { id } => {
            if let Page::Shelf { shelf, .. } = state.visit.page {
                state.visit.go(Page::Topic { shelf, id, at: 0 });
            }
        }
        Msg::MatterPressed { id } => open_matter(state, id),
        Msg::AnotherPressed => add_another(state),
        Msg::QuestionsPressed => ask_next(state),
        Msg::OptionPressed { id } => option_pressed(state, &id),
        Msg::ChosenPressed => {
            let chosen = std::mem::take(&mut state.visit.chosen);
            answer(state, &chosen);
        }
        Msg::UnsurePressed => answer(state, &[UNSURE.to_owned()]),
        Msg::BackPressed => back(state),
        Msg::NextPagePressed => turn_page(state, 1),
        Msg::PreviousPagePressed => turn_page(state, -1),
        Msg::LanguagePressed => {
            state.visit.lang = match state.visit.lang {
                catalogue::Lang::Zh => catalogue::Lang::En,
                catalogue::Lang::En => catalogue::Lang::Zh,
            };
            turn_to_first_page(&mut state.visit.page);
        }
        Msg::ContrastPressed => state.visit.contrast = !state.visit.contrast,
        Msg::LargeTextPressed => {
            state.visit.large = !state.visit.large;
            turn_to_first_page(&mut state.visit.page);
        }
        Msg::LowReachPressed => {
            state.visit.low = !state.visit.low;
            turn_to_first_page(&mut state.visit.page);
        }
        Msg::AloudPressed => read_aloud(state),
        // `StillHerePressed` has done its work by being a press.
        _ => {}
    }
}

/// Reads aloud, or no longer.
fn read_aloud(state: &mut State) {
    state.visit.aloud = state.has_sound && !state.visit.aloud;
}

/// The key of a number pad that somebody who does not see the screen finds:
/// in its corner, and with no other use here.
const ALOUD_KEY: char = '*';

/// A key of the screen or of a keyboard: a letter into the search field, a
/// digit for the answer that bears it.
fn key_pressed(state: &mut State, key: char) {
    if key == ALOUD_KEY {
        return read_aloud(state);
    }
    if let Some(PageView::Question(page)) = on_the_screen(state) {
        let pressed = page.options.into_iter().find(|it| it.digit == key.to_string());
        if let Some(option) = pressed {
            option_pressed(state, &option.id);
        }
        return;
    }
    type_key(&mut state.visit.page, key);
}

fn type_key(page: &mut Page, key: char) {
    let Page::Search { typed, at } = page else { return held::type_key(page, key) };
    if typed.chars().count() < SEARCH_CHARS_MAX && !key.is_control() {
        typed.push(key);
        *at = 0;
    }
}

fn erase(page: &mut Page, count: usize) {
    let (Page::Search { typed, .. } | Page::Code { typed } | Page::Number { typed, .. }) = page
    else {
        return;
    };
    let kept = typed.chars().count().saturating_sub(count);
    *typed = typed.chars().take(kept).collect();
    turn_to_first_page(page);
}

fn open_matter(state: &mut State, id: String) {
    if state.catalogue.as_ref().is_none_or(|it| it.matter(&id).is_none()) {
        return;
    }
    let visit = &mut state.visit;
    visit.go(Page::Guide { at: 0 });
    // Chosen twice it is asked about once.
    visit.also.retain(|it| it.matter != id);
    visit.matter = Some(id);
    visit.answers.clear();
    visit.chosen.clear();
    visit.errand = None;
}

/// One more matter on the same list and the same ticket.
fn add_another(state: &mut State) {
    let Some(PageView::Papers(PapersPage { another: true, .. })) = on_the_screen(state) else {
        return;
    };
    let inquiries = state.inquiries();
    let visit = &mut state.visit;
    visit.way = Way::Papers;
    visit.go(Page::Find { at: 0 });
    visit.also = inquiries;
    visit.matter = None;
    visit.answers.clear();
}

/// The next open question, or the checklist when all is said.
fn ask_next(state: &mut State) {
    let Some(matter) = state.matter() else { return };
    let page = match matter.next_question(&state.visit.answers) {
        Some(_) => Page::Question { at: 0 },
        None => Page::Papers { at: 0 },
    };
    state.visit.chosen.clear();
    if matches!(state.visit.page, Page::Question { .. }) {
        state.visit.page = page;
    } else {
        state.visit.go(page);
    }
}

/// One choice goes on at once; several wait for `ChosenPressed`.
fn option_pressed(state: &mut State, id: &str) {
    let Some(matter) = state.matter() else { return };
    let Some(question) = matter.next_question(&state.visit.answers) else { return };
    if question.options.iter().all(|option| option.id != id) {
        return;
    }
    let chosen = question.toggle(&state.visit.chosen, id);
    if question.choose == Choose::One {
        answer(state, &chosen);
    } else {
        state.visit.chosen = chosen;
    }
}

fn answer(state: &mut State, chosen: &[String]) {
    if !matches!(state.visit.page, Page::Question { .. }) {
        return;
    }
    let Some(matter) = state.matter() else { return };
    let Some(question) = matter.next_question(&state.visit.answers) else { return };
    let ids: Vec<&str> = chosen.iter().map(String::as_str).collect();
    // Nothing chosen is no answer, and changes nothing.
    let Ok(answers) = matter.answer(&state.visit.answers, &question.id, &ids) else { return };
    state.visit.answers = answers;
    ask_next(state);
}

/// Back: from further options to those before, from a question and from
/// the checklist to the question before, else to the page before.
fn back(state: &mut State) {
    if let Page::Question { at } = &mut state.visit.page
        && *at > 0
    {
        *at -= 1;
        return;
    }
    let stepped = match (&state.visit.page, state.matter()) {
        (Page::Question { .. } | Page::Papers { .. }, Some(matter)) => {
            (!state.visit.answers.is_empty()).then(|| matter.step_back(&state.visit.answers))
        }
        _ => None,
    };
    if let Some(answers) = stepped {
        state.visit.answers = answers;
        state.visit.chosen.clear();
        state.visit.page = Page::Question { at: 0 };
        return;
    }
    let visit = &mut state.visit;
    // The plan stands before a ticket that goes on.
    if !matches!(visit.page, Page::Plan { .. }) {
        visit.errand = None;
    }
    if visit.page == Page::Held {
        visit.held = None;
    }
    visit.come_back();
}

fn turn_page(state: &mut State, by: isize) {
    let pages = pages_of(state);
    let Some(at) = at_of(&mut state.visit.page) else { return };
    *at = at.saturating_add_signed(by).min(pages.saturating_sub(1));
}

/// Another language or shape cuts the pages elsewhere.
pub(super) fn turn_to_first_page(page: &mut Page) {
    if let Some(at) = at_of(page) {
        *at = 0;
    }
}

/// Which page of a long list is shown, 0 and up.
fn at_of(page: &mut Page) -> Option<&mut usize> {
    match page {
        Page::Find { at }
        | Page::Search { at, .. }
        | Page::Shelf { at, .. }
        | Page::Topic { at, .. }
        | Page::Guide { at }
        | Page::Question { at }
        | Page::Papers { at }
        | Page::Plan { at, .. }
        | Page::Staff(StaffPage::Log { at }) => Some(at),
        Page::Home
        | Page::Shelves
        | Page::Errand
        | Page::Have
        | Page::Code { .. }
        | Page::Number { .. }
        | Page::Report
        | Page::Held
        | Page::Staff(_) => None,
    }
}
