//! The night page: a closed hall has nobody to press anything, and a
//! screen that shows the same picture all night keeps it for ever.

use catalogue::Lang;

use crate::format;
use crate::state::State;

/// After how long at the first page of a closed hall the screen goes dark,
/// seconds.
const DARK_AFTER_S: i64 = 300;

/// How long a notice stands, and the words where they are, seconds.
const STANDS_S: i64 = 60;

/// Places that the words take in turn.
const PLACES: i64 = 5;

/// What the dark screen says, in both languages since nobody has chosen.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NightPage {
    /// The hall's name in English; the Chinese one is that of the view.
    pub hall_en: String,
    /// `9:00–12:00　13:30–17:00`; empty where the hall says none.
    pub hours: String,
    /// One of the hall's notices; empty where there is none.
    pub notice_zh: String,
    /// The same.
    pub notice_en: String,
    /// Where the words stand, from 0 above to 4 below.
    pub place: u32,
}

/// Whether the hall is closed and nobody has been here for a while.
pub(crate) fn is_night(state: &State) -> bool {
    let closed = state.queue.connected && state.queue.day.is_none();
    closed && state.visit.is_untouched() && state.visit.untouched_s(state.now) >= DARK_AFTER_S
}

pub(super) fn night(state: &State) -> Option<NightPage> {
    let profile = &state.hall.as_ref()?.profile;
    let clock = |it: jiff::civil::Time| format!("{}:{:02}", it.hour(), it.minute());
    let spans = profile.opening.iter().map(|it| format!("{}–{}", clock(it.from), clock(it.to)));
    let turn = state.now.as_second() / STANDS_S;
    let posted = state.queue.notices.iter().filter(|it| it.is_shown(state.now));
    let texts = posted.map(|it| &it.text).chain([&profile.notice]);
    let notices: Vec<_> = texts.filter(|it| !it.zh.is_empty()).collect();
    let count = i64::try_from(notices.len()).unwrap_or(1).max(1);
    let notice = notices.get(usize::try_from(turn.rem_euclid(count)).unwrap_or(0));
    let words = |lang| notice.map_or_else(String::new, |it| format::of(it, lang).to_owned());
    Some(NightPage {
        hall_en: format::of(&profile.name, Lang::En).to_owned(),
        hours: spans.collect::<Vec<_>>().join("　"),
        notice_zh: words(Lang::Zh),
        notice_en: words(Lang::En),
        place: u32::try_from(turn.rem_euclid(PLACES)).unwrap_or(0),
    })
}
