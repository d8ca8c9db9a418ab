//! One message in, the effects it has out. The whole kiosk changes here
//! and in the files below: `journey` (from page to page), `errand` (the
//! number and the paper), `card` (the identity card a hall may ask for), `held` (what is in the hand already), `idle` (nobody touches the screen).

mod card;
mod errand;
mod held;
mod idle;
mod journey;
mod offline;
mod plan;
mod report;
mod staff;

pub(crate) use card::may_skip;
pub(crate) use held::{is_complete, may_print, may_rejoin};
pub(crate) use idle::{asking_s, until_asked_s};
pub(crate) use staff::is_complete as is_complete_pin;

use std::mem::{Discriminant, discriminant};

use jiff::{SignedDuration, Timestamp};
use queue_api::{BoardView, DeviceReport, PrinterReport, PrinterState};

use crate::state::{Hall, Joining, Page, Progress, Queue, State, Visit};
use crate::{Effect, Msg};

/// Something is heard twice a second. A longer step than this, twenty
/// times that, is not time that went by: the clock was set, or the screen
/// stood still.
const AWAKE_EVERY: SignedDuration = SignedDuration::from_secs(10);

/// Takes note of what happened at `now`, and says what is to be done.
pub fn update(state: &mut State, msg: Msg, now: Timestamp) -> Vec<Effect> {
    let step = now.duration_since(state.now);
    if step.is_negative() || step > AWAKE_EVERY {
        state.visit.clock_set(step);
    }
    state.now = now;
    let before = told(state);
    let reads_for = card::reads_for(state);
    let mut effects = if msg.is_press() {
        state.visit.touched_at = now;
        let counts = state.visit.listens(now) && !state.visit.is_waiting();
        if counts { pressed(state, msg) } else { Vec::new() }
    } else {
        news(state, msg, now)
    };
    let after = told(state);
    if after != (None, None) && after != before {
        state.visit.told_at = Some(now);
    }
    effects.extend(card::follow(state, reads_for.as_ref()));
    effects
}

/// What is told of the errand, and of what is in the hand.
fn told(state: &State) -> (Option<Discriminant<Progress>>, Option<Discriminant<held::Progress>>) {
    let errand = state.visit.errand.as_ref().map(|it| &it.progress);
    let asks = |it: &&Progress| matches!(it, Progress::Asking { .. } | Progress::Keeping { .. });
    let held = state.visit.held.as_ref().map(|it| &it.progress);
    let looks = |it: &&held::Progress| matches!(it, held::Progress::Asking { .. });
    (
        errand.filter(|it| !asks(it)).map(discriminant),
        held.filter(|it| !looks(it)).map(discriminant),
    )
}

/// Something happened that nobody pressed.
fn news(state: &mut State, msg: Msg, now: Timestamp) -> Vec<Effect> {
    match msg {
        Msg::HallArrived { hall, zone } => {
            state.hall = Some(Hall { profile: hall, zone });
            let mut effects = fetch_catalogue_if_newer(state);
            effects.extend(card::key_wanted(state));
            effects
        }
        Msg::CatalogueArrived { catalogue } => {
            state.next_catalogue = Some(catalogue);
            take_next_catalogue(state);
            Vec::new()
        }
        Msg::BoardViewArrived { view } => board_view_arrived(state, view),
        Msg::JoinBegan { code, name } => {
            state.joining = Some(Joining { code, name });
            Vec::new()
        }
        Msg::Joined => {
            state.joining = None;
            Vec::new()
        }
        Msg::ServerLost => {
            if std::mem::take(&mut state.queue.connected) {
                state.staff.server_since = Some(now);
            }
            Vec::new()
        }
        Msg::PrinterChanged { state: printer } => printer_changed(state, printer, now),
        Msg::ScreenChanged { shape } => {
            if std::mem::replace(&mut state.shape, shape) != shape {
                journey::turn_to_first_page(&mut state.visit.page);
            }
            Vec::new()
        }
        Msg::SoundChanged { ready } => {
            state.has_sound = ready;
            Vec::new()
        }
        Msg::StaffPinFound => {
            state.staff.has_pin = true;
            Vec::new()
        }
        Msg::PinChecked { right } => staff::pin_checked(state, right),
        Msg::MachineTold { machine } => {
            state.staff.machine = machine;
            Vec::new()
        }
        Msg::Printed { job, outcome } => {
            let mut effects = staff::printed(state, &job, &outcome);
            effects.extend(errand::printed(state, &job, outcome));
            effects
        }
        Msg::LeaseArrived { lease } => {
            offline::lease_arrived(state, lease);
            Vec::new()
        }
        Msg::CardReaderKnown | Msg::IdentityKeyArrived { .. } | Msg::Card { .. } => {
            card::news(state, msg)
        }
        _ => answered(state, msg, now),
    }
}

/// What a visitor waits for has come, or only time has passed.
fn answered(state: &mut State, msg: Msg, now: Timestamp) -> Vec<Effect> {
    match msg {
        Msg::TicketIssued { command_id, ticket } => {
            errand::ticket_issued(state, &command_id, ticket)
        }
        Msg::IssueFailed { command_id, failure } => {
            errand::issue_failed(state, &command_id, failure)
        }
        Msg::TicketFound { command_id, ticket } => held::ticket_found(state, &command_id, ticket),
        Msg::PassFound { command_id, pass } => held::pass_found(state, &command_id, pass),
        Msg::LookFailed { command_id, failure } => held::look_failed(state, &command_id, failure),
        Msg::UnfinishedFound { job, ticket, outcome } => {
            errand::unfinished_found(ticket, &job, outcome)
        }
        Msg::OfflineKept { command_id } => offline::kept(state, &command_id),
        Msg::OfflineNotKept { command_id } => {
            offline::not_kept(state, &command_id);
            Vec::new()
        }
        Msg::TakenIn { command_id, ticket } => {
            offline::taken_in(state, &command_id, ticket);
            Vec::new()
        }
        _ => {
            let mut effects = errand::lose_patience(state, now);
            effects.extend(held::lose_patience(state, now));
            effects.extend(card::forget_key(state));
            effects.extend(idle::pass(state, now));
            effects
        }
    }
}

/// What a press does; the errands among them have effects.
fn pressed(state: &mut State, msg: Msg) -> Vec<Effect> {
    if matches!(msg, Msg::CornerPressed) {
        return staff::corner(state);
    }
    if let Page::Staff(page) = &state.visit.page {
        let page = page.clone();
        return staff::pressed(state, page, msg);
    }
    match msg {
        Msg::TakePressed { want, command_id, notice_number, token } => {
            errand::take(state, want, command_id, notice_number, token)
        }
        Msg::WithoutCardPressed => card::go_without(state),
        Msg::WithoutPaperPressed => errand::go_without_paper(state),
        Msg::TryAgainPressed if state.visit.page == Page::Held => held::try_again(state),
        Msg::TryAgainPressed => errand::try_again(state),
        Msg::EnterPressed { command_id } => held::enter(state, command_id),
        Msg::BlankPressed { command_id } => report::blank(state, command_id),
        Msg::Scanned { text, command_id } => held::scanned(state, &text, command_id),
        Msg::RejoinPressed { command_id } => held::rejoin(state, command_id),
        Msg::SlipPressed { command_id } => held::print_slip(state, command_id),
        Msg::ComeBackPressed { command_id } => held::come_back(state, command_id),
        Msg::ReprintPressed { command_id } => errand::reprint(state, command_id),
        Msg::HomePressed => go_home(state),
        Msg::BackPressed if state.visit.goes_home_from_here() => go_home_with_modes(state),
        press => {
            journey::pressed(state, press);
            Vec::new()
        }
    }
}

/// Ends the visit and forgets everything about it.
fn go_home(state: &mut State) -> Vec<Effect> {
    let effects = errand::leave(state);
    state.visit = Visit::new(state.now);
    take_next_catalogue(state);
    effects
}

/// One step back is not leaving: the modes stay.
fn go_home_with_modes(state: &mut State) -> Vec<Effect> {
    let Visit { lang, contrast, large, low, aloud, .. } = state.visit;
    let effects = go_home(state);
    state.visit = Visit { lang, contrast, large, low, aloud, ..Visit::new(state.now) };
    effects
}

/// A newer catalogue waits until nobody is in the middle of the old one.
fn take_next_catalogue(state: &mut State) {
    if state.visit.page == Page::Home
        && let Some(catalogue) = state.next_catalogue.take()
    {
        state.catalogue = Some(catalogue);
    }
}

fn fetch_catalogue_if_newer(state: &State) -> Vec<Effect> {
    let known = state.next_catalogue.as_ref().or(state.catalogue.as_ref());
    let wanted = state.hall.as_ref().map(|hall| &hall.profile.catalogue_revision);
    if known.map(|it| &it.revision) == wanted { Vec::new() } else { vec![Effect::FetchCatalogue] }
}

/// The first view after a loss may come from a server that was started
/// anew: what it should know of this kiosk is said again.
fn board_view_arrived(state: &mut State, view: BoardView) -> Vec<Effect> {
    let mut effects = Vec::new();
    state.staff.heard_at = Some(state.now);
    if !state.queue.connected {
        state.staff.server_since = Some(state.now);
        effects.push(Effect::FetchHall);
        effects.push(Effect::TellOffline);
        effects.extend(report_printer(state));
    }
    state.queue = Queue {
        connected: true,
        day: view.business_day,
        lanes: view.lanes,
        waiting: view.waiting,
        notices: view.notices,
    };
    effects.extend(offline::numbers_wanted(state));
    effects.extend(card::key_wanted(state));
    effects
}

fn printer_changed(state: &mut State, printer: PrinterState, now: Timestamp) -> Vec<Effect> {
    if state.printer == Some(printer) {
        return Vec::new();
    }
    state.printer = Some(printer);
    state.printer_since = now;
    errand::printer_is_back(state);
    report_printer(state).into_iter().collect()
}

fn report_printer(state: &State) -> Option<Effect> {
    let printer = PrinterReport { state: state.printer?, since: state.printer_since };
    let report = DeviceReport { printer: Some(printer), loudspeakers: Vec::new() };
    Some(Effect::ReportDevice(report))
}
