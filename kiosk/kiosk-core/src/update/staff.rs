//! The staff panel: a corner, a PIN, and what staff may do at the kiosk
//! itself. It works without the server and without a hall.

use jiff::Timestamp;
use queue_api::{CommandId, PrintOutcome};
use slip::{Slip, TestSlip};

use super::{go_home, journey};
use crate::staff::{Checked, Ending, PANEL_S, PIN_DIGITS_MAX, PIN_DIGITS_MIN, StaffPage, TestPage};
use crate::state::{Page, State, Visit};
use crate::{Effect, Msg, format};

/// The corner was pressed, on whatever page.
pub(super) fn corner(state: &mut State) -> Vec<Effect> {
    if !state.staff.corner_pressed(state.now) {
        return Vec::new();
    }
    if !state.staff.has_pin {
        return vec![Effect::SayNoPin];
    }
    let effects = go_home(state);
    open(state, asked());
    effects
}

/// A press while the panel stands. What belongs to every page is not its
/// own.
pub(super) fn pressed(state: &mut State, page: StaffPage, press: Msg) -> Vec<Effect> {
    match (page, press) {
        (_, Msg::HomePressed) | (StaffPage::Pin { .. } | StaffPage::Panel, Msg::BackPressed) => {
            return go_home(state);
        }
        (_, Msg::BackPressed) => open(state, StaffPage::Panel),
        (StaffPage::Pin { typed, checked }, press) => return pin(state, typed, checked, press),
        (StaffPage::Panel, Msg::TestPagePressed { command_id }) => {
            return print_test_page(state, command_id);
        }
        (StaffPage::Panel, Msg::NewRollPressed) => return vec![Effect::NewRoll],
        (StaffPage::Panel, Msg::LogPressed) => {
            open(state, StaffPage::Log { at: 0 });
            return vec![Effect::TellMachine];
        }
        (StaffPage::Panel, Msg::EndPressed { ending }) => open(state, StaffPage::Sure(ending)),
        (StaffPage::Sure(ending), Msg::SurePressed) => return vec![Effect::End(ending)],
        (_, press) => journey::pressed(state, press),
    }
    Vec::new()
}

/// The pad.
fn pin(state: &mut State, mut typed: String, checked: Checked, press: Msg) -> Vec<Effect> {
    let open_to_tries = state.staff.closed_minutes(state.now).is_none();
    match press {
        _ if checked == Checked::Checking => return Vec::new(),
        Msg::KeyPressed { key } => {
            if key.is_ascii_digit() && typed.len() < PIN_DIGITS_MAX && open_to_tries {
                typed.push(key);
            }
        }
        Msg::ErasePressed => drop(typed.pop()),
        Msg::ClearPressed => typed.clear(),
        Msg::EnterPressed { .. } if is_complete(&typed) && open_to_tries => {
            open(state, StaffPage::Pin { typed: String::new(), checked: Checked::Checking });
            return vec![Effect::CheckPin { pin: typed }];
        }
        press => {
            journey::pressed(state, press);
            return Vec::new();
        }
    }
    open(state, StaffPage::Pin { typed, checked: Checked::NotYet });
    Vec::new()
}

/// Whether so much can be a PIN.
pub(crate) fn is_complete(typed: &str) -> bool {
    typed.len() >= PIN_DIGITS_MIN
}

/// The shell has looked at a PIN.
pub(super) fn pin_checked(state: &mut State, right: bool) -> Vec<Effect> {
    state.staff.tried(right, state.now);
    let waits = StaffPage::Pin { typed: String::new(), checked: Checked::Checking };
    if state.visit.page != Page::Staff(waits) {
        return Vec::new();
    }
    state.visit.touched_at = state.now;
    if right {
        state.staff.test = None;
        open(state, StaffPage::Panel);
        return vec![Effect::TellMachine];
    }
    open(state, StaffPage::Pin { typed: String::new(), checked: Checked::Wrong });
    Vec::new()
}

fn print_test_page(state: &mut State, job: CommandId) -> Vec<Effect> {
    if matches!(state.staff.test, Some(TestPage::Coming(_))) {
        return Vec::new();
    }
    let lang = state.visit.lang;
    let hall = state.hall.as_ref();
    let slip = TestSlip {
        lang: if lang == catalogue::Lang::En { slip::Lang::En } else { slip::Lang::Zh },
        hall: hall.map_or_else(String::new, |it| format::of(&it.profile.name, lang).to_owned()),
        printer: state.staff.machine.printer.clone(),
        profile: state.staff.machine.profile.clone(),
        printed_at: match hall {
            Some(hall) => hall.civil(state.now),
            None => jiff::tz::TimeZone::UTC.to_datetime(state.now),
        },
    };
    state.staff.test = Some(TestPage::Coming(job.clone()));
    vec![Effect::Print { job, ticket: None, slip: Slip::Test(slip) }]
}

/// A job ended; perhaps it was the test page. The counter is another now.
pub(super) fn printed(state: &mut State, job: &CommandId, outcome: &PrintOutcome) -> Vec<Effect> {
    if state.staff.test != Some(TestPage::Coming(job.clone())) {
        return Vec::new();
    }
    let out = *outcome == PrintOutcome::Done;
    state.staff.test = Some(if out { TestPage::Out } else { TestPage::NotOut });
    vec![Effect::TellMachine]
}

/// Whether nobody has touched the panel for so long that it closes.
pub(super) fn is_left_alone(state: &State, now: Timestamp) -> bool {
    matches!(state.visit.page, Page::Staff(_)) && state.visit.untouched_s(now) >= PANEL_S
}

/// The pad as it is opened.
fn asked() -> StaffPage {
    StaffPage::Pin { typed: String::new(), checked: Checked::NotYet }
}

/// Staff do not go back from page to page.
fn open(state: &mut State, page: StaffPage) {
    let Visit { page: shown, behind, .. } = &mut state.visit;
    *shown = Page::Staff(page);
    behind.clear();
}

/// The word that the log has for an ending.
impl Ending {
    /// `restart` or `leave`.
    pub fn word(self) -> &'static str {
        match self {
            Ending::Restart => "restart",
            Ending::Leave => "leave",
        }
    }
}
