//! A view of kiosk-core, copied into the properties of the window.
//!
//! Only what changed is copied: a list that is set again would be built
//! again, and a button under somebody's finger with it.

use std::mem::{Discriminant, discriminant};
use std::rc::Rc;

use catalogue::{Lang, Shelf};
use kiosk_core::{
    Countdown, GroupKind, GroupView, GuideLabel, MatterButton, OptionView, PageView, Pager,
    PaperRow, PaperState, PrinterTrouble, StaffView, StopKind, View, Want, Way,
};
use slint::{ComponentHandle, ModelRc, VecModel};

use super::pictures::{code, paper_picture};
use super::{generated as ui, held, staff};

/// What the window shows.
#[derive(Debug)]
pub(crate) struct Shown {
    view: Option<View>,
    /// The dots across the printer's paper.
    paper_dots: u16,
}

impl Shown {
    /// Nothing yet; slips will be shown as on paper of so many dots.
    pub(crate) fn new(paper_dots: u16) -> Shown {
        Shown { view: None, paper_dots }
    }

    /// Shows a view; true if it is another than before.
    pub(crate) fn show(&mut self, window: &ui::KioskWindow, view: View) -> bool {
        if self.view.as_ref() == Some(&view) {
            return false;
        }
        let kiosk = window.global::<ui::Kiosk>();
        let modes = Modes::of(&view);
        let dressed = self.view.as_ref().is_some_and(|it| Modes::of(it) == modes);
        if !dressed {
            dress(window, modes);
        }
        kiosk.set_hall(view.hall.as_str().into());
        kiosk.set_clock(view.clock.as_str().into());
        kiosk.set_date(view.date.as_str().into());
        kiosk.set_weekday(view.weekday.as_str().into());
        kiosk.set_listens(view.listens);
        kiosk.set_has_sound(view.aloud.is_some());
        kiosk.set_aloud(view.aloud == Some(true));
        kiosk.set_still_here(view.still_here_s.is_some());
        kiosk.set_still_here_s(count(view.still_here_s.unwrap_or(0)));
        let another_page = self.view.as_ref().is_none_or(|it| {
            still(&it.page) != still(&view.page)
                || Modes::of(it) != modes
                || it.still_here_s.is_some() != view.still_here_s.is_some()
        });
        if another_page {
            match &view.page {
                PageView::Held(it) => held::show(window, it, self.paper_dots),
                PageView::Staff(it) => staff::show(window, it),
                it => page(&kiosk, it, self.paper_dots),
            }
        }
        if self.view.as_ref().is_none_or(|it| place(&it.page) != place(&view.page)) {
            kiosk.set_turn(kiosk.get_turn().wrapping_add(1));
        }
        if let Some(countdown) = countdown(&view.page) {
            kiosk.set_left_s(count(countdown.left_s));
            kiosk.set_of_s(count(countdown.of_s));
        }
        self.view = Some(view);
        true
    }
}

/// What a visitor may change of how everything looks.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
#[expect(clippy::struct_excessive_bools, reason = "each mode is on or off by itself")]
pub(crate) struct Modes {
    english: bool,
    contrast: bool,
    large: bool,
    low: bool,
}

impl Modes {
    fn of(view: &View) -> Modes {
        let View { contrast, large, low, .. } = *view;
        Modes { english: view.lang == Lang::En, contrast, large, low }
    }
}

/// Sets language, colours and sizes of the window.
pub(crate) fn dress(window: &ui::KioskWindow, modes: Modes) {
    let theme = window.global::<ui::Theme>();
    theme.set_contrast(modes.contrast);
    theme.set_english(modes.english);
    theme.set_large(modes.large);
    window.global::<ui::Frame>().set_low_reach(modes.low);
    let language = if modes.english { "en" } else { "" };
    slint::select_bundled_translation(language)
        .expect("both languages are bundled, and a window exists");
}

/// Which page it is, whatever stands on it at the moment.
fn place(page: &PageView) -> (Discriminant<PageView>, usize, usize) {
    let question = if let PageView::Question(it) = page { it.number } else { 0 };
    (discriminant(page), question, pager_of(page).page)
}

/// The page without what runs down each second.
fn still(page: &PageView) -> PageView {
    let mut page = page.clone();
    match &mut page {
        PageView::Ticket(it) => it.countdown = Countdown { left_s: 0, of_s: 0 },
        PageView::Notice(it) => it.countdown = Countdown { left_s: 0, of_s: 0 },
        _ => {}
    }
    page
}

fn countdown(page: &PageView) -> Option<Countdown> {
    match page {
        PageView::Ticket(it) => Some(it.countdown),
        PageView::Notice(it) => Some(it.countdown),
        _ => None,
    }
}

fn page(kiosk: &ui::Kiosk, page: &PageView, paper_dots: u16) {
    kiosk.set_pager(pager(pager_of(page)));
    let kind = match page {
        PageView::Starting => ui::PageKind::Starting,
        PageView::Joining(it) => {
            kiosk.set_join_code(it.code.as_str().into());
            kiosk.set_join_name(it.name.as_str().into());
            ui::PageKind::Joining
        }
        PageView::Home(it) => {
            kiosk.set_home(home(it));
            ui::PageKind::Home
        }
        PageView::Night(it) => {
            kiosk.set_night(ui::Night {
                hall_en: it.hall_en.as_str().into(),
                hours: it.hours.as_str().into(),
                notice_zh: it.notice_zh.as_str().into(),
                notice_en: it.notice_en.as_str().into(),
                place: count(usize::try_from(it.place).unwrap_or(0)),
            });
            ui::PageKind::Night
        }
        PageView::Find(it) => {
            kiosk.set_find(ui::Find { another: it.another, most_used: buttons(&it.most_used) });
            ui::PageKind::Find
        }
        PageView::Search(it) => {
            let found = buttons(&it.found);
            kiosk.set_search(ui::Search { typed: it.typed.as_str().into(), found });
            ui::PageKind::Search
        }
        PageView::Shelves => ui::PageKind::Shelves,
        PageView::Shelf(it) => {
            let button = |it: &kiosk_core::TopicButton| ui::TopicButton {
                id: it.id.as_str().into(),
                name: it.name.as_str().into(),
            };
            kiosk.set_shelf(match it.shelf {
                Shelf::Life => ui::Shelf::Life,
                Shelf::Business => ui::Shelf::Business,
                Shelf::Department => ui::Shelf::Department,
            });
            kiosk.set_topics(model(it.topics.iter().map(button)));
            ui::PageKind::Shelf
        }
        PageView::Topic(it) => {
            kiosk.set_topic(it.name.as_str().into());
            kiosk.set_matters(buttons(&it.matters));
            ui::PageKind::Topic
        }
        PageView::Guide(it) => {
            kiosk.set_guide(guide(it));
            ui::PageKind::Guide
        }
        PageView::Question(it) => {
            kiosk.set_question(question(it));
            ui::PageKind::Question
        }
        PageView::Papers(it) => {
            kiosk.set_papers(papers(it));
            ui::PageKind::Papers
        }
        outcome => errand(kiosk, outcome, paper_dots),
    };
    kiosk.set_page(kind);
}

/// The pages after a press for number or paper.
fn errand(kiosk: &ui::Kiosk, page: &PageView, paper_dots: u16) -> ui::PageKind {
    match page {
        PageView::NoPaper(it) => {
            kiosk.set_trouble(trouble(Some(it.trouble)));
            kiosk.set_want(want(it.want));
            ui::PageKind::NoPaper
        }
        PageView::Busy(it) => {
            kiosk.set_want(want(it.want));
            ui::PageKind::Busy
        }
        PageView::Away(it) => {
            kiosk.set_want(want(it.want));
            ui::PageKind::Away
        }
        PageView::Refused(it) => {
            kiosk.set_refused(it.text.as_str().into());
            kiosk.set_has_number(it.has_number);
            ui::PageKind::Refused
        }
        PageView::Ticket(it) => {
            kiosk.set_ticket(ticket(it, paper_dots));
            ui::PageKind::Ticket
        }
        PageView::Notice(it) => {
            let (paper, trouble) = paper(it.paper);
            kiosk.set_notice(ui::Notice {
                slip: paper_picture(it.slip.as_ref(), paper_dots),
                number: it.number.as_str().into(),
                matter: it.matter.as_str().into(),
                paper,
                trouble,
                reprint: it.reprint,
            });
            ui::PageKind::Notice
        }
        _ => ui::PageKind::Starting,
    }
}

fn pager_of(page: &PageView) -> Pager {
    match page {
        PageView::Find(it) => it.pager,
        PageView::Search(it) => it.pager,
        PageView::Shelf(it) => it.pager,
        PageView::Topic(it) => it.pager,
        PageView::Guide(it) => it.pager,
        PageView::Question(it) => it.pager,
        PageView::Papers(it) => it.pager,
        PageView::Staff(StaffView::Log(it)) => it.pager,
        _ => Pager { page: 1, pages: 1 },
    }
}

pub(super) fn pager(pager: Pager) -> ui::Pager {
    ui::Pager { page: count(pager.page), pages: count(pager.pages) }
}

fn home(page: &kiosk_core::HomePage) -> ui::Home {
    let lane = |it: &kiosk_core::LaneRow| ui::LaneRow {
        letter: it.letter.as_str().into(),
        name: it.name.as_str().into(),
        people: it.people.as_str().into(),
        wait: it.wait.as_str().into(),
        served: it.served,
    };
    ui::Home {
        lanes: model(page.lanes.iter().map(lane)),
        waiting: count(page.waiting),
        last_ticket: page.last_ticket.as_str().into(),
        connected: page.connected,
        numbers: page.numbers,
        own_numbers: page.own_numbers,
        trouble: trouble(page.trouble),
        asks_card: page.asks_card,
    }
}

fn guide(page: &kiosk_core::GuidePage) -> ui::Guide {
    let row = |it: &kiosk_core::GuideRow| ui::GuideRow {
        label: match it.label {
            GuideLabel::Result => ui::GuideLabel::Result,
            GuideLabel::Who => ui::GuideLabel::Who,
            GuideLabel::Kind => ui::GuideLabel::Kind,
            GuideLabel::Time => ui::GuideLabel::Time,
            GuideLabel::Fee => ui::GuideLabel::Fee,
            GuideLabel::Where => ui::GuideLabel::Place,
            GuideLabel::Hours => ui::GuideLabel::Hours,
            GuideLabel::Phone => ui::GuideLabel::Phone,
            GuideLabel::Channels => ui::GuideLabel::Channels,
            GuideLabel::Season => ui::GuideLabel::Season,
            GuideLabel::Basis => ui::GuideLabel::Basis,
        },
        text: it.text.as_str().into(),
        lines: count(it.lines),
    };
    ui::Guide {
        name: page.name.as_str().into(),
        department: page.department.as_str().into(),
        rows: model(page.rows.iter().map(row)),
        way: match page.way {
            Way::Number => ui::Way::Number,
            Way::Papers => ui::Way::Papers,
        },
        numbers: page.numbers,
        busy: page.busy,
    }
}

fn question(page: &kiosk_core::QuestionPage) -> ui::Question {
    let choice = |it: &OptionView| ui::Choice {
        id: it.id.as_str().into(),
        digit: it.digit.as_str().into(),
        text: it.text.as_str().into(),
        lines: count(it.lines),
        chosen: it.chosen,
    };
    ui::Question {
        matter: page.matter.as_str().into(),
        question: page.question.as_str().into(),
        lines: count(page.lines),
        so_far: page.so_far.as_str().into(),
        number: count(page.number),
        of: count(page.of),
        choices: model(page.options.iter().map(choice)),
        many: page.many,
        chosen: page.chosen,
    }
}

fn papers(page: &kiosk_core::PapersPage) -> ui::Papers {
    let stop = page.stop.as_ref();
    let to = stop.and_then(|it| it.to.as_ref());
    ui::Papers {
        matter: page.matter.as_str().into(),
        count: count(page.count),
        so_far: page.so_far.as_str().into(),
        code: code(&page.url),
        another: page.another,
        told: model(page.told.iter().map(|it| it.as_str().into())),
        stop: match stop.map(|it| it.kind) {
            None => ui::StopKind::None,
            Some(StopKind::NotRequired) => ui::StopKind::NotRequired,
            Some(StopKind::OtherMatter) => ui::StopKind::OtherMatter,
            Some(StopKind::OtherPlace) => ui::StopKind::OtherPlace,
            Some(StopKind::Online) => ui::StopKind::Online,
        },
        stop_text: stop.map_or("", |it| &it.text).into(),
        stop_to: to.map(button).unwrap_or_default(),
        groups: model(page.groups.iter().map(group)),
        promised: page.facts.promised.as_str().into(),
        statutory: page.facts.statutory.as_str().into(),
        fee: page.facts.fee.as_str().into(),
        visits: count(page.facts.visits),
        numbers: page.numbers,
        busy: page.busy.is_some(),
        busy_want: want(page.busy.unwrap_or(Want::Number)),
    }
}

fn group(group: &GroupView) -> ui::Group {
    let row = |it: &PaperRow| ui::PaperRow {
        name: it.name.as_str().into(),
        name_lines: count(it.name_lines),
        note: it.note.as_str().into(),
        note_lines: count(it.note_lines),
        counts: it.counts.as_str().into(),
    };
    ui::Group {
        kind: match group.kind {
            GroupKind::Bring => ui::GroupKind::Bring,
            GroupKind::Optional => ui::GroupKind::Optional,
            GroupKind::Later => ui::GroupKind::Later,
            GroupKind::NotNeeded => ui::GroupKind::NotNeeded,
        },
        continued: group.continued,
        rows: model(group.rows.iter().map(row)),
    }
}

fn ticket(page: &kiosk_core::TicketPage, paper_dots: u16) -> ui::Ticket {
    let (paper, trouble) = paper(page.paper);
    ui::Ticket {
        number: page.number.as_str().into(),
        matter: page.matter.as_str().into(),
        slip: paper_picture(page.slip.as_ref(), paper_dots),
        offline: page.offline,
        ahead: count(page.ahead),
        minutes: page.minutes.as_str().into(),
        clock: page.clock.as_str().into(),
        zone: page.zone.as_str().into(),
        zone_within: page.zone_within.as_str().into(),
        windows: page.windows.as_str().into(),
        plan: page.plan,
        qr: code(&page.url),
        with_notice: page.with_notice,
        paper,
        trouble,
        reprint: page.reprint,
    }
}

fn buttons(buttons: &[MatterButton]) -> ModelRc<ui::MatterButton> {
    model(buttons.iter().map(button))
}

fn button(it: &MatterButton) -> ui::MatterButton {
    ui::MatterButton {
        id: it.id.as_str().into(),
        name: it.name.as_str().into(),
        tag: it.tag.as_str().into(),
    }
}

fn want(want: Want) -> ui::Want {
    match want {
        Want::Number => ui::Want::Number,
        Want::Notice => ui::Want::Notice,
        Want::Both => ui::Want::Both,
    }
}

pub(super) fn trouble(trouble: Option<PrinterTrouble>) -> ui::Trouble {
    match trouble {
        None => ui::Trouble::None,
        Some(PrinterTrouble::NoPaper) => ui::Trouble::NoPaper,
        Some(PrinterTrouble::CoverOpen) => ui::Trouble::CoverOpen,
        Some(PrinterTrouble::Jammed) => ui::Trouble::Jammed,
        Some(PrinterTrouble::NotTaken) => ui::Trouble::NotTaken,
        Some(PrinterTrouble::Cooling) => ui::Trouble::Cooling,
        Some(PrinterTrouble::Unable) => ui::Trouble::Unable,
    }
}

pub(super) fn paper(paper: PaperState) -> (ui::PaperState, ui::Trouble) {
    match paper {
        PaperState::Coming => (ui::PaperState::Coming, ui::Trouble::None),
        PaperState::Out => (ui::PaperState::Out, ui::Trouble::None),
        PaperState::NotOut(why) => (ui::PaperState::NotOut, trouble(Some(why))),
        PaperState::Unknown => (ui::PaperState::Unknown, ui::Trouble::None),
    }
}

pub(super) fn model<T: Clone + 'static>(items: impl Iterator<Item = T>) -> ModelRc<T> {
    ModelRc::from(Rc::new(VecModel::from(items.collect::<Vec<T>>())))
}

/// A count for the screen, where numbers have 31 bits.
pub(super) fn count(count: impl TryInto<i32>) -> i32 {
    count.try_into().unwrap_or(i32::MAX)
}
