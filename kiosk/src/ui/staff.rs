//! The staff panel on the screen: properties of `staff_state.slint`, and
//! its presses.

use std::rc::Rc;

use kiosk_core::{Ending, FactLabel, Msg, PanelPage, StaffFact, StaffView, TestStand};
use slint::ComponentHandle;

use super::generated as ui;
use super::presses::new_id;
use super::properties::{count, model, pager};

/// Shows a page of it.
pub(super) fn show(window: &ui::KioskWindow, page: &StaffView) {
    let (kiosk, staff) = (window.global::<ui::Kiosk>(), window.global::<ui::Staff>());
    let kind = match page {
        StaffView::Pin(it) => {
            staff.set_pin(ui::StaffPin {
                dots: it.dots.as_str().into(),
                complete: it.complete,
                checking: it.checking,
                wrong: it.wrong,
                minutes: count(it.closed_minutes),
            });
            ui::PageKind::Pin
        }
        StaffView::Panel(it) => {
            panel(&staff, it);
            ui::PageKind::Staff
        }
        StaffView::Log(it) => {
            staff.set_lines(model(it.lines.iter().map(|it| it.as_str().into())));
            kiosk.set_pager(pager(it.pager));
            ui::PageKind::StaffLog
        }
        StaffView::Sure(ending) => {
            staff.set_ending(match ending {
                Ending::Restart => ui::Ending::Restart,
                Ending::Leave => ui::Ending::Leave,
            });
            ui::PageKind::StaffSure
        }
    };
    kiosk.set_page(kind);
}

fn panel(staff: &ui::Staff, page: &PanelPage) {
    let fact = |it: &StaffFact| ui::StaffFact {
        label: match it.label {
            FactLabel::Printer => ui::StaffLabel::Printer,
            FactLabel::Roll => ui::StaffLabel::Roll,
            FactLabel::Server => ui::StaffLabel::Server,
            FactLabel::Numbers => ui::StaffLabel::Numbers,
            FactLabel::Addresses => ui::StaffLabel::Addresses,
            FactLabel::Version => ui::StaffLabel::Version,
        },
        text: it.text.as_str().into(),
    };
    staff.set_facts(model(page.facts.iter().map(fact)));
    staff.set_test(match page.test {
        TestStand::None => ui::TestStand::None,
        TestStand::Coming => ui::TestStand::Coming,
        TestStand::Out => ui::TestStand::Out,
        TestStand::NotOut => ui::TestStand::NotOut,
    });
}

/// Connects what is pressed there.
pub(super) fn connect(window: &ui::KioskWindow, send: &Rc<dyn Fn(Msg)>) {
    let press = window.global::<ui::StaffPress>();
    macro_rules! on {
        ($callback:ident => $msg:expr) => {{
            let send = Rc::clone(send);
            press.$callback(move || send($msg));
        }};
    }
    on!(on_corner => Msg::CornerPressed);
    on!(on_test_page => Msg::TestPagePressed { command_id: new_id() });
    on!(on_new_roll => Msg::NewRollPressed);
    on!(on_log => Msg::LogPressed);
    on!(on_sure => Msg::SurePressed);
    let ends = Rc::clone(send);
    press.on_end(move |ending| {
        ends(Msg::EndPressed {
            ending: match ending {
                ui::Ending::Restart => Ending::Restart,
                ui::Ending::Leave => Ending::Leave,
            },
        });
    });
}
