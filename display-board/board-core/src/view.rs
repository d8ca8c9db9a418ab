//! What a board shows at one moment, and when that next changes by itself.

use jiff::{SignedDuration, Timestamp, Zoned};
use queue_api::{Bilingual, Class, Span, TicketNumber};
use voice::Language;

use crate::calls::{BLINK_MS, BLINK_PHASE_MS, FRESH_SECS, Shown};
use crate::idle::{IDLE_SECS, IdlePage, idle_page};
use crate::lanes::{LaneRow, busiest};
use crate::notice::{self, NOTICE_SECS};
use crate::sign::{Sign, sign};
use crate::state::{BLIND_AFTER_SECS, Joining, State};

/// Earlier calls a board has room for; a portrait board shows one less.
pub const EARLIER_ROWS: usize = 6;

const SECS_A_MINUTE: i64 = 60;

/// Everything on the board.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct View {
    /// The name over the door; empty until the hall is known.
    pub hall: String,
    /// The waiting area's name, on a board of one zone.
    pub zone: String,
    /// Date and time in the hall.
    pub clock: Clock,
    /// The newest call, or why there is none.
    pub lintel: Lintel,
    /// Opening hours of a working day, each `09:00–12:00`.
    pub opening: Vec<String>,
    /// The calls before it, newest first.
    pub earlier: Vec<EarlierCall>,
    /// The busiest lanes, by letter.
    pub lanes: Vec<LaneRow>,
    /// Everybody who waits in the hall.
    pub waiting: u32,
    /// The line at the foot.
    pub foot: Foot,
    /// The code, while the server does not know this board.
    pub joining: Option<Joining>,
    /// What a board over a window shows instead of calls and lanes.
    pub sign: Option<Sign>,
    /// What a hall's board shows instead of them before and after the day.
    pub idle: Option<IdlePage>,
}

/// What a clock shows.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Clock {
    /// `09:41`.
    pub time: String,
    /// 1 to 12.
    pub month: i8,
    /// 1 to 31.
    pub day: i8,
    /// 1 (Monday) to 7.
    pub weekday: i8,
}

/// The top of the board.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Lintel {
    /// A call.
    Call(NewestCall),
    /// No call to show.
    Rest(Rest),
}

/// The newest call.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NewestCall {
    /// Who.
    pub number: TicketNumber,
    /// Where to.
    pub window_label: String,
    /// Whether the label is a plain number (3 号窗口, A02 窗口).
    pub window_numbered: bool,
    /// Plate and number have their colours swapped: a new call blinks.
    pub swapped: bool,
}

/// Why no call is shown.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Rest {
    /// The server was never reached.
    Starting,
    /// The server does not know this board.
    Joining,
    /// The hall's day has not begun.
    BeforeDay,
    /// The day has begun, nobody was called yet.
    NobodyCalled,
    /// The hall's day is over.
    AfterDay,
}

/// One of the calls before the newest.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct EarlierCall {
    /// Who.
    pub number: TicketNumber,
    /// Where to.
    pub window_label: String,
    /// How the visitor queued; other than ordinary is tagged.
    pub class: Class,
    /// The number's lane, in the board's language; empty if unknown.
    pub lane_name: String,
    /// Called a moment ago, and displaced already.
    pub fresh: bool,
}

/// The foot of the board.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Foot {
    /// The hall's notice.
    Notice(String),
    /// Calls after this time are missing here.
    Blind {
        /// `09:41`.
        since: String,
    },
}

/// What the board shows at `now`.
pub fn view(state: &State, now: Timestamp) -> View {
    let language = state.settings.language;
    let local = now.to_zoned(state.time_zone.clone());
    let board = state.board_of_today(now);
    let hall = state.hall.as_ref();
    let lintel = lintel(state, now);
    let sign = board.filter(|_| state.joining.is_none()).and_then(|it| sign(state, it, now));
    let idle = idle_page(state, now).filter(|_| sign.is_none() && is_idle(&lintel));
    View {
        hall: hall.map(|it| in_language(&it.name, language)).unwrap_or_default().to_owned(),
        zone: zone_name(state).unwrap_or_default(),
        clock: clock(&local),
        lintel,
        opening: hall.map(|it| it.opening.iter().map(span).collect()).unwrap_or_default(),
        earlier: board
            .iter()
            .flat_map(|_| &state.calls.earlier)
            .take(EARLIER_ROWS)
            .map(|it| earlier_call(state, it, now))
            .collect(),
        lanes: board.map(|it| busiest(&it.lanes, language)).unwrap_or_default(),
        waiting: board.map_or(0, |it| it.waiting),
        foot: foot(state, now),
        joining: state.joining.clone(),
        sign,
        idle,
    }
}

/// When [`view`] next differs without any message: the shell looks again
/// then. At most a minute away, always after `now`.
pub fn next_change(state: &State, now: Timestamp) -> Timestamp {
    let after = |from: Timestamp, span: SignedDuration| from.checked_add(span).ok();
    let next_multiple =
        |secs: i64| Timestamp::from_second((now.as_second().div_euclid(secs) + 1) * secs).ok();
    let blinks = state.calls.newest.iter().flat_map(|it| {
        (1..=BLINK_MS / BLINK_PHASE_MS)
            .map(|turn| after(it.since, SignedDuration::from_millis(turn * BLINK_PHASE_MS)))
    });
    let fades =
        state.calls.earlier.iter().map(|it| after(it.since, SignedDuration::from_secs(FRESH_SECS)));
    let blind = state.heard_at.map(|it| after(it, SignedDuration::from_secs(BLIND_AFTER_SECS)));
    let paused = state.board.iter().filter_map(|it| it.window.as_ref()?.pause_until).map(Some);
    let idle = is_idle(&lintel(state, now)).then(|| next_multiple(IDLE_SECS));
    let notice = notice::changes(&notices(state, now)).then(|| next_multiple(NOTICE_SECS));
    blinks
        .chain(fades)
        .chain(blind)
        .chain(paused)
        .chain(idle)
        .chain(notice)
        .chain([next_multiple(SECS_A_MINUTE)])
        .flatten()
        .filter(|it| *it > now)
        .min()
        .unwrap_or(now)
}

/// The text in the board's language.
pub(crate) fn in_language(text: &Bilingual, language: Language) -> &str {
    match language {
        Language::Zh => &text.zh,
        Language::En => &text.en,
    }
}

fn clock(local: &Zoned) -> Clock {
    Clock {
        time: hours_minutes(local),
        month: local.month(),
        day: local.day(),
        weekday: local.weekday().to_monday_one_offset(),
    }
}

pub(crate) fn hours_minutes(local: &Zoned) -> String {
    format!("{:02}:{:02}", local.hour(), local.minute())
}

fn zone_name(state: &State) -> Option<String> {
    let id = state.board.as_ref()?.zone.as_ref()?;
    let zone = state.hall.as_ref()?.zones.iter().find(|it| it.id == *id)?;
    Some(in_language(&zone.name, state.settings.language).to_owned())
}

fn lintel(state: &State, now: Timestamp) -> Lintel {
    if state.joining.is_some() {
        return Lintel::Rest(Rest::Joining);
    }
    let Some(board) = state.board_of_today(now) else {
        return Lintel::Rest(Rest::Starting);
    };
    if let Some(newest) = &state.calls.newest {
        let label = &newest.call.window_label;
        return Lintel::Call(NewestCall {
            number: newest.call.number.clone(),
            window_label: label.clone(),
            window_numbered: label.bytes().all(|it| it.is_ascii_digit()),
            swapped: newest.swapped(now),
        });
    }
    if board.business_day.is_some() {
        return Lintel::Rest(Rest::NobodyCalled);
    }
    Lintel::Rest(if is_after_day(state, now) { Rest::AfterDay } else { Rest::BeforeDay })
}

/// Whether there is neither a call nor a line of people to show.
fn is_idle(lintel: &Lintel) -> bool {
    matches!(lintel, Lintel::Rest(Rest::BeforeDay | Rest::AfterDay))
}

/// Whether a working day's opening hours would be over.
pub(crate) fn is_after_day(state: &State, now: Timestamp) -> bool {
    let close = state.hall.as_ref().and_then(|it| it.opening.last()).map(|it| it.to);
    let local = now.to_zoned(state.time_zone.clone());
    close.is_some_and(|it| local.time() >= it)
}

pub(crate) fn span(span: &Span) -> String {
    let Span { from, to } = span;
    format!("{:02}:{:02}–{:02}:{:02}", from.hour(), from.minute(), to.hour(), to.minute())
}

fn earlier_call(state: &State, shown: &Shown, now: Timestamp) -> EarlierCall {
    let call = &shown.call;
    let lane = &call.number.lane;
    let on_board = state.board.iter().flat_map(|it| &it.lanes).map(|it| (&it.id, &it.name));
    // A board of one zone also shows numbers that came from another.
    let in_hall = state.hall.iter().flat_map(|it| &it.lanes).map(|it| (&it.id, &it.name));
    let name = on_board.chain(in_hall).find(|(id, _)| *id == lane).map(|(_, name)| name);
    EarlierCall {
        number: call.number.clone(),
        window_label: call.window_label.clone(),
        class: call.class,
        lane_name: name
            .map(|it| in_language(it, state.settings.language))
            .unwrap_or_default()
            .to_owned(),
        fresh: shown.fresh(now),
    }
}

fn foot(state: &State, now: Timestamp) -> Foot {
    if let Some(since) = state.blind_since(now) {
        return Foot::Blind { since: hours_minutes(&since.to_zoned(state.time_zone.clone())) };
    }
    Foot::Notice(notice::notice_at(&notices(state, now), now))
}

/// The manager's lines of now, then the hall's own.
fn notices(state: &State, now: Timestamp) -> Vec<&str> {
    let posted = state.board.iter().flat_map(|it| &it.notices).filter(|it| it.is_shown(now));
    let own = state.hall.iter().map(|it| &it.notice);
    let texts = posted.map(|it| &it.text).chain(own);
    texts.map(|it| in_language(it, state.settings.language)).collect()
}
