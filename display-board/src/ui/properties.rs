//! A view becomes the properties that the `.slint` files show. No rule of
//! the hall here, only which field goes where.

use anyhow::Context;
use board_core::{
    EarlierCall, Foot, IdlePage, LaneRow, Language, Lintel, PlanMark, Rest, Sign, Turn, View, Wait,
};
use queue_api::{Class, MarkKind, StaffRole};
use slint::{ComponentHandle, Model, ModelRc, SharedString, VecModel};

use crate::options::Theme;
use crate::ui::BoardWindow;
use crate::ui::generated::{
    Board, CallLine, Idle, IdleKind, LaneLine, MarkKind as MarkShown, PlanMark as PlanMarkShown,
    Role, Sign as SignGlobal, Tag, Theme as ThemeGlobal, Top, Turn as TurnShown, WaitKind,
};

/// Between two spans of opening hours.
const SPAN_GAP: &str = "　";

/// Between two things that a window does.
const SERVICE_GAP: &str = " · ";

/// Between two authorities in whose name it does them.
const AUTHORITY_GAP: &str = " · ";

/// Colours and language, which stay as they are while the board runs.
pub(crate) fn dress(window: &BoardWindow, theme: Theme, language: Language) -> anyhow::Result<()> {
    let english = language == Language::En;
    window.global::<ThemeGlobal>().set_contrast(theme == Theme::Contrast);
    window.global::<ThemeGlobal>().set_english(english);
    window.global::<Board>().set_english(english);
    // Chosen explicitly: else the machine's locale would choose.
    slint::select_bundled_translation(if english { "en" } else { "" })
        .context("the board's words are not bundled")
}

/// Shows the view.
pub(crate) fn apply(window: &BoardWindow, view: &View) {
    let board = window.global::<Board>();
    board.set_hall(view.hall.as_str().into());
    board.set_zone(view.zone.as_str().into());
    board.set_time(view.clock.time.as_str().into());
    board.set_month(view.clock.month.into());
    board.set_day(view.clock.day.into());
    board.set_weekday(view.clock.weekday.into());
    match &view.sign {
        Some(sign) => apply_sign(window, &board, sign),
        None => apply_lintel(&board, &view.lintel),
    }
    window.global::<SignGlobal>().set_here(view.sign.is_some());
    apply_idle(&window.global::<Idle>(), view.idle.as_ref());
    let joining = view.joining.as_ref();
    let code = joining.and_then(|it| it.code.as_deref()).unwrap_or_default();
    board.set_join_code(code.into());
    board.set_join_name(joining.map(|it| it.name.as_str()).unwrap_or_default().into());
    board.set_opening(view.opening.join(SPAN_GAP).into());
    if let Some(model) = changed(&board.get_earlier(), view.earlier.iter().map(call_line)) {
        board.set_earlier(model);
    }
    if let Some(model) = changed(&board.get_lanes(), view.lanes.iter().map(lane_line)) {
        board.set_lanes(model);
    }
    board.set_waiting(count(view.waiting));
    let (notice, blind_since) = match &view.foot {
        Foot::Notice(notice) => (notice.as_str(), ""),
        Foot::Blind { since } => ("", since.as_str()),
    };
    board.set_notice(notice.into());
    board.set_blind_since(blind_since.into());
}

fn apply_lintel(board: &Board<'_>, lintel: &Lintel) {
    let top = match lintel {
        Lintel::Call(call) => {
            board.set_number(call.number.to_string().into());
            board.set_window(call.window_label.as_str().into());
            board.set_window_numbered(call.window_numbered);
            board.set_swapped(call.swapped);
            Top::Call
        }
        Lintel::Rest(Rest::Starting) => Top::Starting,
        Lintel::Rest(Rest::Joining) => Top::Joining,
        Lintel::Rest(Rest::BeforeDay) => Top::BeforeDay,
        Lintel::Rest(Rest::NobodyCalled) => Top::NobodyCalled,
        Lintel::Rest(Rest::AfterDay) => Top::AfterDay,
    };
    board.set_top(top);
}

fn apply_sign(window: &BoardWindow, board: &Board<'_>, it: &Sign) {
    let sign = window.global::<SignGlobal>();
    sign.set_label(it.label.as_str().into());
    sign.set_name(it.name.as_str().into());
    sign.set_other_name(it.other_name.as_str().into());
    sign.set_services(it.services.join(SERVICE_GAP).into());
    sign.set_entrusted_by(it.entrusted_by.join(AUTHORITY_GAP).into());
    let (clerk, role) = it.clerk.clone().unwrap_or_default();
    sign.set_clerk(clerk.into());
    sign.set_role(match role {
        None => Role::None,
        Some(StaffRole::Clerk) => Role::Clerk,
        Some(StaffRole::Desk) => Role::Desk,
        Some(StaffRole::Manager) => Role::Manager,
        Some(StaffRole::Supervisor) => Role::Supervisor,
        Some(StaffRole::Admin) => Role::Admin,
    });
    let (turn, number, swapped, until) = match &it.turn {
        Turn::Come { number, swapped } => (TurnShown::Come, number.to_string(), *swapped, ""),
        Turn::Serving(number) => (TurnShown::Serving, number.to_string(), false, ""),
        Turn::Wait => (TurnShown::Wait, String::new(), false, ""),
        Turn::Paused { until } => {
            (TurnShown::Paused, String::new(), false, until.as_deref().unwrap_or_default())
        }
        Turn::NotOpen => (TurnShown::NotOpen, String::new(), false, ""),
        Turn::DayOver => (TurnShown::DayOver, String::new(), false, ""),
    };
    sign.set_turn(turn);
    sign.set_until(until.into());
    board.set_number(number.into());
    board.set_swapped(swapped);
    if let Some(model) = changed(&sign.get_lanes(), it.lanes.iter().map(lane_line)) {
        sign.set_lanes(model);
    }
}

fn apply_idle(idle: &Idle<'_>, page: Option<&IdlePage>) {
    let kind = match page {
        None => IdleKind::None,
        Some(IdlePage::Hours { opening, address, phone }) => {
            let opening = opening.iter().map(|it| SharedString::from(it.as_str()));
            if let Some(model) = changed(&idle.get_opening(), opening) {
                idle.set_opening(model);
            }
            idle.set_address(address.as_str().into());
            idle.set_phone(phone.as_str().into());
            IdleKind::Hours
        }
        Some(IdlePage::Guide) => IdleKind::Guide,
        Some(IdlePage::Notice(text)) => {
            idle.set_notice(text.as_str().into());
            IdleKind::Notice
        }
        Some(IdlePage::Plan(plan)) => {
            idle.set_across(plan.across.into());
            idle.set_down(plan.down.into());
            if let Some(model) = changed(&idle.get_marks(), plan.marks.iter().map(plan_mark)) {
                idle.set_marks(model);
            }
            IdleKind::Plan
        }
    };
    idle.set_kind(kind);
}

fn plan_mark(it: &PlanMark) -> PlanMarkShown {
    PlanMarkShown {
        kind: match it.kind {
            MarkKind::Zone => MarkShown::Zone,
            MarkKind::Window => MarkShown::Window,
            MarkKind::Entrance => MarkShown::Entrance,
            MarkKind::Desk => MarkShown::Desk,
            MarkKind::Kiosk => MarkShown::Kiosk,
        },
        name: it.name.as_str().into(),
        x: it.at.x.into(),
        y: it.at.y.into(),
        width: it.at.width.into(),
        height: it.at.height.into(),
        lit: false,
    }
}

/// A new model if the rows differ from those shown: untouched rows are
/// not drawn again.
fn changed<T>(shown: &ModelRc<T>, rows: impl Iterator<Item = T>) -> Option<ModelRc<T>>
where
    T: Clone + PartialEq + 'static,
{
    let rows: Vec<T> = rows.collect();
    (!shown.iter().eq(rows.iter().cloned())).then(|| ModelRc::new(VecModel::from(rows)))
}

fn call_line(call: &EarlierCall) -> CallLine {
    CallLine {
        number: call.number.to_string().into(),
        window: call.window_label.as_str().into(),
        tag: match call.class {
            Class::Ordinary => Tag::None,
            Class::Appointment => Tag::Appointment,
            Class::Priority => Tag::Priority,
            Class::Green => Tag::Green,
        },
        lane: call.lane_name.as_str().into(),
        fresh: call.fresh,
    }
}

fn lane_line(lane: &LaneRow) -> LaneLine {
    let (wait, minutes) = match lane.wait {
        Wait::None => (WaitKind::None, 0),
        Wait::Minutes(minutes) => (WaitKind::Minutes, minutes),
        Wait::NotServed => (WaitKind::NotServed, 0),
    };
    LaneLine {
        id: lane.id.as_str().into(),
        name: lane.name.as_str().into(),
        waiting: count(lane.waiting),
        wait,
        minutes: count(minutes),
    }
}

/// Slint counts in `i32`.
fn count(count: u32) -> i32 {
    i32::try_from(count).unwrap_or(i32::MAX)
}
