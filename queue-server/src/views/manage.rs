//! What the manager posted and filed, as screens get it.

use jiff::Timestamp;
use queue_api::{Bilingual, BoardNotice, StandIn};
use queue_core::Hall;

/// Lines for boards that are shown now or will be, of the zones that
/// `is_wanted` says; none stands for the boards of all zones.
pub(crate) fn notices(
    hall: &Hall,
    now: Timestamp,
    is_wanted: impl Fn(Option<&str>) -> bool,
) -> Vec<BoardNotice> {
    let wanted = hall.notices().filter(|it| !it.is_over(now) && is_wanted(it.zone.as_deref()));
    let view = |it: &queue_core::Notice| BoardNotice {
        id: it.id.0,
        text: Bilingual { zh: it.zh.clone(), en: it.en.clone() },
        zone: it.zone.clone(),
        from: it.from,
        until: it.until,
    };
    wanted.map(view).collect()
}

/// Who sits at another's window, today or later.
pub(crate) fn stand_ins(hall: &Hall) -> Vec<StandIn> {
    let view = |it: &queue_core::StandIn| StandIn {
        id: it.id.0,
        window: it.window,
        staff: it.staff.clone(),
        from: it.from,
        to: it.to,
        filed: it.filed,
    };
    hall.stand_ins().map(view).collect()
}

/// Whether the day was closed by hand and can go on.
pub(crate) fn can_reopen(hall: &Hall, now: Timestamp) -> bool {
    let today = hall.rules().zone.to_datetime(now).date();
    hall.day().is_none() && hall.latest_day() == Some(today)
}
