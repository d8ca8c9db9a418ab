//! What is pressed becomes a message. Ids are made here, one a press.

use std::cell::Cell;
use std::rc::Rc;
use std::time::Duration;

use catalogue::Shelf;
use kiosk_core::{Msg, Want, Way};
use queue_api::CommandId;
use slint::platform::{Key, WindowEvent};
use slint::{ComponentHandle, SharedString, Timer};

use super::{generated as ui, held, staff};

/// The next number of this kiosk's own notices. It is stored when it is
/// printed; a number that never reached paper is used again.
#[derive(Clone, Debug)]
pub(crate) struct NoticeNumbers(Rc<Cell<u64>>);

impl NoticeNumbers {
    pub(crate) fn from(next: u64) -> NoticeNumbers {
        NoticeNumbers(Rc::new(Cell::new(next)))
    }

    /// `N-1042`.
    fn take(&self) -> String {
        let number = self.0.get();
        self.0.set(number + 1);
        format!("N-{number}")
    }
}

/// A new id, never used before.
pub(crate) fn new_id() -> CommandId {
    uuid::Uuid::new_v4().to_string().parse().expect("a UUID is a command id")
}

/// The secret of a paper.
pub(crate) fn new_token() -> String {
    uuid::Uuid::new_v4().simple().to_string()
}

/// Connects every callback of the window.
pub(crate) fn connect(
    window: &ui::KioskWindow,
    numbers: NoticeNumbers,
    send: impl Fn(Msg) + 'static,
) {
    let press = window.global::<ui::Press>();
    let send: Rc<dyn Fn(Msg)> = Rc::new(send);
    held::connect(window, Rc::clone(&send));
    staff::connect(window, &send);
    /// `on!(callback => message)` and `on!(callback(argument) => message)`.
    macro_rules! on {
        ($callback:ident => $msg:expr) => {{
            let send = Rc::clone(&send);
            press.$callback(move || send($msg));
        }};
        ($callback:ident($argument:ident) => $msg:expr) => {{
            let send = Rc::clone(&send);
            press.$callback(move |$argument| send($msg));
        }};
    }
    on!(on_way(way) => Msg::WayPressed { way: way_of(way) });
    on!(on_search => Msg::SearchPressed);
    on!(on_erase => Msg::ErasePressed);
    on!(on_clear => Msg::ClearPressed);
    on!(on_shelves => Msg::ShelvesPressed);
    on!(on_shelf(shelf) => Msg::ShelfPressed { shelf: shelf_of(shelf) });
    on!(on_topic(id) => Msg::TopicPressed { id: id.into() });
    on!(on_matter(id) => Msg::MatterPressed { id: id.into() });
    on!(on_another => Msg::AnotherPressed);
    on!(on_questions => Msg::QuestionsPressed);
    on!(on_choice(id) => Msg::OptionPressed { id: id.into() });
    on!(on_chosen => Msg::ChosenPressed);
    on!(on_unsure => Msg::UnsurePressed);
    on!(on_take(want) => take(want_of(want), &numbers));
    on!(on_without_paper => Msg::WithoutPaperPressed);
    on!(on_try_again => Msg::TryAgainPressed);
    on!(on_reprint => Msg::ReprintPressed { command_id: new_id() });
    on!(on_back => Msg::BackPressed);
    on!(on_home => Msg::HomePressed);
    on!(on_next_page => Msg::NextPagePressed);
    on!(on_previous_page => Msg::PreviousPagePressed);
    on!(on_language => Msg::LanguagePressed);
    on!(on_contrast => Msg::ContrastPressed);
    on!(on_large => Msg::LargeTextPressed);
    on!(on_low => Msg::LowReachPressed);
    on!(on_aloud => Msg::AloudPressed);
    on!(on_still_here => Msg::StillHerePressed);
    let stepping = window.as_weak();
    press.on_step(move |forward| {
        let window = stepping.clone();
        // The key that asks for it is still being handled.
        Timer::single_shot(Duration::ZERO, move || {
            if let Some(window) = window.upgrade() {
                step(&window, forward);
            }
        });
    });
    press.on_key(move |key| {
        if let Some(key) = key.chars().next() {
            send(Msg::KeyPressed { key });
        }
    });
}

/// The keyboard goes on to the next thing that can be pressed, or back.
fn step(window: &ui::KioskWindow, forward: bool) {
    let text = SharedString::from(if forward { Key::Tab } else { Key::Backtab });
    window.window().dispatch_event(WindowEvent::KeyPressed { text: text.clone() });
    window.window().dispatch_event(WindowEvent::KeyReleased { text });
}

fn take(want: Want, numbers: &NoticeNumbers) -> Msg {
    let notice_number = if want.notice() { numbers.take() } else { String::new() };
    Msg::TakePressed { want, command_id: new_id(), notice_number, token: new_token() }
}

fn way_of(way: ui::Way) -> Way {
    match way {
        ui::Way::Number => Way::Number,
        ui::Way::Papers => Way::Papers,
    }
}

fn shelf_of(shelf: ui::Shelf) -> Shelf {
    match shelf {
        ui::Shelf::Life => Shelf::Life,
        ui::Shelf::Business => Shelf::Business,
        ui::Shelf::Department => Shelf::Department,
    }
}

fn want_of(want: ui::Want) -> Want {
    match want {
        ui::Want::Number => Want::Number,
        ui::Want::Notice => Want::Notice,
        ui::Want::Both => Want::Both,
    }
}
