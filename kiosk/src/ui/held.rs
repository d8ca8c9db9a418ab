//! What the visitor has in the hand, on the screen: properties of
//! `held_state.slint`, and its presses.

use std::cell::{Cell, RefCell};
use std::rc::Rc;

use kiosk_core::{
    CardStand, HeldPage, Msg, PlanLane, PlanMark, PlanPage, SorryKind, SorryThen, Stand,
};
use queue_api::MarkKind;
use slint::platform::WindowEvent;
use slint::{ComponentHandle, SharedString, Timer, Weak};
use slip::ReportKind;

use super::generated as ui;
use super::pictures::paper_picture;
use super::presses::new_id;
use super::properties::{count, model, pager, paper, trouble};
use super::wedge::{Due, HOLD, Heard, Wedge};

/// Shows a page of it.
pub(super) fn show(window: &ui::KioskWindow, page: &HeldPage, paper_dots: u16) {
    let held = window.global::<ui::Held>();
    let kind = match page {
        HeldPage::Have => ui::PageKind::Have,
        HeldPage::Code(it) => {
            held.set_pad(ui::Pad {
                typed: it.typed.as_str().into(),
                complete: it.complete,
                busy: it.busy,
                lanes: slint::ModelRc::default(),
                report: false,
            });
            ui::PageKind::Code
        }
        HeldPage::Number(it) => {
            held.set_pad(ui::Pad {
                typed: it.typed.as_str().into(),
                complete: it.complete,
                busy: it.busy,
                lanes: model(it.lanes.iter().map(|it| it.as_str().into())),
                report: it.report,
            });
            ui::PageKind::Number
        }
        HeldPage::Looking => ui::PageKind::Looking,
        HeldPage::Standing(it) => {
            held.set_standing(standing(it));
            ui::PageKind::Standing
        }
        HeldPage::Pass(it) => {
            held.set_pass(ui::Pass {
                what: it.what.as_str().into(),
                until: it.until.as_str().into(),
                windows: it.windows.as_str().into(),
                busy: it.busy,
            });
            ui::PageKind::Pass
        }
        HeldPage::Sorry(it) => {
            held.set_sorry(sorry(it.kind));
            held.set_sorry_words(it.words.as_str().into());
            held.set_then(match it.then {
                SorryThen::TryAgain => ui::Then::TryAgain,
                SorryThen::Again => ui::Then::Again,
                SorryThen::TakeNumber => ui::Then::TakeNumber,
                SorryThen::Home => ui::Then::Home,
            });
            ui::PageKind::Sorry
        }
        HeldPage::Report(it) => {
            held.set_report(report(it));
            ui::PageKind::Report
        }
        HeldPage::ReportDone(it) => {
            held.set_report(report_done(it, paper_dots));
            ui::PageKind::ReportDone
        }
        HeldPage::Plan(it) => {
            held.set_plan(plan(it));
            window.global::<ui::Kiosk>().set_pager(pager(it.pager));
            ui::PageKind::Plan
        }
        HeldPage::Card(it) => {
            held.set_card(card(it.stand));
            held.set_card_may_skip(it.may_skip);
            ui::PageKind::Card
        }
    };
    window.global::<ui::Kiosk>().set_page(kind);
}

fn card(it: CardStand) -> ui::CardStand {
    match it {
        CardStand::Waits => ui::CardStand::Waits,
        CardStand::WaitsLong => ui::CardStand::WaitsLong,
        CardStand::Seen => ui::CardStand::Seen,
        CardStand::Unreadable => ui::CardStand::Unreadable,
        CardStand::Away => ui::CardStand::Away,
    }
}

fn report(it: &kiosk_core::ReportPage) -> ui::Report {
    ui::Report {
        hand_in: it.hand_in.as_str().into(),
        hotline: it.hotline.as_str().into(),
        trouble: trouble(it.trouble),
        ..ui::Report::default()
    }
}

fn report_done(it: &kiosk_core::ReportDonePage, paper_dots: u16) -> ui::Report {
    let (paper, why) = paper(it.paper);
    ui::Report {
        hand_in: it.hand_in.as_str().into(),
        hotline: it.hotline.as_str().into(),
        trouble: ui::Trouble::None,
        slip: paper_picture(it.slip.as_ref(), paper_dots),
        paper,
        why,
        reprint: it.reprint,
    }
}

fn standing(it: &kiosk_core::StandingPage) -> ui::Standing {
    ui::Standing {
        number: it.number.as_str().into(),
        matter: it.matter.as_str().into(),
        stand: match it.stand {
            Stand::Waiting => ui::Stand::Waiting,
            Stand::Rejoined => ui::Stand::Rejoined,
            Stand::Called => ui::Stand::Called,
            Stand::AtWindow => ui::Stand::AtWindow,
            Stand::PassedOver => ui::Stand::PassedOver,
            Stand::TooLate => ui::Stand::TooLate,
            Stand::PassedOverAgain => ui::Stand::PassedOverAgain,
            Stand::Done => ui::Stand::Done,
            Stand::Void => ui::Stand::Void,
        },
        ahead: count(it.ahead),
        minutes: it.minutes.as_str().into(),
        clock: it.clock.as_str().into(),
        zone: it.zone.as_str().into(),
        windows: it.windows.as_str().into(),
        until: it.until.as_str().into(),
        plan: it.plan,
        slip: it.slip,
        trouble: trouble(it.trouble),
        shown: it.shown,
        busy: it.busy,
    }
}

fn plan(it: &PlanPage) -> ui::Plan {
    let lane = |it: &PlanLane| ui::PlanLane {
        id: it.id.as_str().into(),
        name: it.name.as_str().into(),
        chosen: it.chosen,
    };
    let mark = |it: &PlanMark| ui::PlanMark {
        kind: match it.kind {
            MarkKind::Zone => ui::MarkKind::Zone,
            MarkKind::Window => ui::MarkKind::Window,
            MarkKind::Entrance => ui::MarkKind::Entrance,
            MarkKind::Desk => ui::MarkKind::Desk,
            MarkKind::Kiosk => ui::MarkKind::Kiosk,
        },
        name: it.name.as_str().into(),
        x: count(it.at.x),
        y: count(it.at.y),
        width: count(it.at.width),
        height: count(it.at.height),
        lit: it.lit,
    };
    ui::Plan {
        choose: it.choose,
        lanes: model(it.lanes.iter().map(lane)),
        windows: it.windows.as_str().into(),
        called: it.called,
        zone: it.zone.as_str().into(),
        across: count(it.cells.0),
        down: count(it.cells.1),
        marks: model(it.marks.iter().map(mark)),
    }
}

fn sorry(kind: SorryKind) -> ui::Sorry {
    match kind {
        SorryKind::Away => ui::Sorry::Away,
        SorryKind::AwayBooked => ui::Sorry::AwayBooked,
        SorryKind::Ticket => ui::Sorry::Ticket,
        SorryKind::Appointment => ui::Sorry::Appointment,
        SorryKind::Early => ui::Sorry::Early,
        SorryKind::Missed => ui::Sorry::Missed,
        SorryKind::NotAwaited => ui::Sorry::NotAwaited,
        SorryKind::TooManyTries => ui::Sorry::TooManyTries,
        SorryKind::Closed => ui::Sorry::Closed,
        SorryKind::Pass => ui::Sorry::Pass,
        SorryKind::RejoinLate => ui::Sorry::RejoinLate,
        SorryKind::RejoinedBefore => ui::Sorry::RejoinedBefore,
        SorryKind::NotPassedOver => ui::Sorry::NotPassedOver,
        SorryKind::Notice => ui::Sorry::Notice,
        SorryKind::Unreadable => ui::Sorry::Unreadable,
        SorryKind::Other => ui::Sorry::Other,
    }
}

/// Connects what is pressed on these pages, and the keyboard that a
/// scanner is.
pub(super) fn connect(window: &ui::KioskWindow, send: Rc<dyn Fn(Msg)>) {
    let press = window.global::<ui::HeldPress>();
    macro_rules! on {
        ($callback:ident => $msg:expr) => {{
            let send = Rc::clone(&send);
            press.$callback(move || send($msg));
        }};
    }
    on!(on_have => Msg::HavePressed);
    on!(on_check_in => Msg::CheckInPressed);
    on!(on_number => Msg::NumberPressed);
    on!(on_enter => Msg::EnterPressed { command_id: new_id() });
    on!(on_rejoin => Msg::RejoinPressed { command_id: new_id() });
    on!(on_slip => Msg::SlipPressed { command_id: new_id() });
    on!(on_come_back => Msg::ComeBackPressed { command_id: new_id() });
    on!(on_reports => Msg::ReportsPressed);
    on!(on_blank => Msg::BlankPressed { command_id: new_id() });
    on!(on_plan => Msg::PlanPressed);
    on!(on_without_card => Msg::WithoutCardPressed);
    let reports = Rc::clone(&send);
    press.on_report(move |kind| {
        reports(Msg::ReportPressed {
            kind: match kind {
                ui::ReportKind::Stuck => ReportKind::Stuck,
                ui::ReportKind::Complaint => ReportKind::Complaint,
            },
        });
    });
    let lanes = Rc::clone(&send);
    press.on_lane(move |lane| {
        if let Ok(lane) = lane.parse() {
            lanes(Msg::LanePressed { lane });
        }
    });
    connect_wedge(window, send);
}

/// The keys of a scanner that is a keyboard make one message; those of a
/// person go on a moment later.
fn connect_wedge(window: &ui::KioskWindow, send: Rc<dyn Fn(Msg)>) {
    let weak = window.as_weak();
    let wedge = Rc::new(RefCell::new(Wedge::default()));
    // Keys that were held back and now go on are not heard again.
    let goes_on = Rc::new(Cell::new(false));
    let press = window.global::<ui::HeldPress>();
    press.on_typed(move |key| {
        let wedged = weak.upgrade().is_some_and(|it| it.global::<ui::Held>().get_wedge());
        if !wedged || goes_on.get() {
            return false;
        }
        let heard = wedge.borrow_mut().hears(&key, appliance::monotonic());
        match heard {
            Heard::Passed => return false,
            Heard::Held => {
                await_whose(weak.clone(), Rc::clone(&wedge), Rc::clone(&goes_on));
            }
            Heard::Read(text) => send(Msg::Scanned { text, command_id: new_id() }),
        }
        true
    });
}

/// Gives keys on once they are known to be a person's.
fn await_whose(window: Weak<ui::KioskWindow>, wedge: Rc<RefCell<Wedge>>, goes_on: Rc<Cell<bool>>) {
    Timer::single_shot(HOLD, move || {
        let due = wedge.borrow_mut().due(appliance::monotonic());
        match due {
            Due::Nothing => {}
            Due::NotYet => await_whose(window, wedge, goes_on),
            Due::GoOn(keys) => {
                let Some(window) = window.upgrade() else { return };
                goes_on.set(true);
                for key in keys {
                    let text = SharedString::from(key);
                    let window = window.window();
                    window.dispatch_event(WindowEvent::KeyPressed { text: text.clone() });
                    window.dispatch_event(WindowEvent::KeyReleased { text });
                }
                goes_on.set(false);
            }
        }
    });
}
