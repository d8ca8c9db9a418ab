//! What a manager does, one row of each kind.

use jiff::civil::date;
use queue_core::{Event, Notice, NoticeId, StandIn, StandInId, WindowId};

use super::row;
use crate::journal::Row;

/// With and without what may be left out.
pub(super) fn managed(from: u64) -> Vec<Row> {
    let lanes = |ids: &[&str]| ids.iter().map(|it| it.parse().unwrap()).collect();
    let window = WindowId(3);
    let begins = "2026-11-23T05:00:00Z".parse().unwrap();
    let for_good = Notice {
        id: NoticeId(1),
        zh: "三号窗口今天下午不开。".to_owned(),
        en: "Window 3 is closed this afternoon.".to_owned(),
        zone: None,
        from: begins,
        until: None,
    };
    let for_a_zone = Notice {
        id: NoticeId(2),
        zh: "系统检修".to_owned(),
        en: "Maintenance".to_owned(),
        zone: Some("A".to_owned()),
        from: begins,
        until: "2026-11-23T09:00:00Z".parse().ok(),
    };
    let stand_in = StandIn {
        id: StandInId(1),
        window,
        staff: "1005".parse().unwrap(),
        from: date(2026, 11, 24),
        to: date(2026, 11, 26),
        filed: date(2026, 11, 23),
    };
    let events = [
        Event::DayReopened { day: date(2026, 11, 23) },
        Event::NumbersStopped { lanes: lanes(&["A", "B"]) },
        Event::NumbersResumed { lanes: lanes(&["B"]) },
        Event::WindowAssigned { window, lanes: lanes(&["A"]), helps: Vec::new() },
        Event::WindowAssigned { window, lanes: lanes(&["A"]), helps: lanes(&["B", "C"]) },
        Event::NoticePosted { notice: for_good },
        Event::NoticePosted { notice: for_a_zone },
        Event::NoticeRemoved { notice: NoticeId(1) },
        Event::StandInFiled { stand_in },
        Event::StandInWithdrawn { stand_in: StandInId(1) },
    ];
    (from..).zip(events).map(|(seq, event)| row(seq, event)).collect()
}
