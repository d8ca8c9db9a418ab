//! The feed: whole views, pushed. Connecting, reconnecting and running
//! are the same: the first event is the view as it is, each further one
//! the view as it became.
//!
//! A view is made when the connection has room for it, so a slow reader
//! gets fewer views, never older ones, and nothing piles up.

mod boards;

use std::convert::Infallible;
use std::net::IpAddr;
use std::sync::Arc;
use std::time::Duration;

use axum::Extension;
use axum::body::Body;
use axum::extract::State;
use axum::http::{HeaderMap, HeaderName, header};
use axum::response::IntoResponse;
use bytes::Bytes;
use futures_util::Stream;
use futures_util::stream::unfold;
use jiff::Timestamp;
use queue_api::{
    BoardPlace, BoardView, DeviceKind, HallView, Ping, ProblemCode, StaffId, TicketView, WindowId,
    WindowView,
};
use schemars::{JsonSchema, Schema, SchemaGenerator, json_schema};
use serde::Deserialize;
use serde_json::Value;
use tokio::sync::watch;
use tokio::time::Instant;

use super::body::{Asked, check_text};
use super::caller::Caller;
use super::problem::Refused;
use super::room::Stay;
use super::serve::Peer;
use super::status;
use super::stop::Stop;
use super::welcome::Welcome;
use crate::access::Device;
use crate::live::LiveHall;
use crate::meters::Follows;
use crate::views;

pub(crate) use boards::Boards;
use boards::{Made, Print};

/// A sign of life when nothing changes.
pub(super) const PING: Duration = Duration::from_secs(5);

/// Of every stream of events.
pub(super) const STREAM_HEADERS: [(HeaderName, &str); 3] = [
    (header::CONTENT_TYPE, "text/event-stream"),
    (header::CACHE_CONTROL, "no-cache, no-store"),
    (HeaderName::from_static("x-accel-buffering"), "no"),
];

/// `GET /feed?view=…`.
#[derive(Debug, Deserialize, JsonSchema)]
pub(super) struct Query {
    view: Kind,
    zone: Option<String>,
    window: Option<WindowId>,
    token: Option<String>,
}

#[derive(Clone, Copy, Debug, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
enum Kind {
    Board,
    Window,
    Hall,
    Ticket,
}

/// Any of the views, for the description of the API.
pub(super) enum AnyView {}

impl JsonSchema for AnyView {
    fn schema_name() -> std::borrow::Cow<'static, str> {
        "AnyView".into()
    }

    fn json_schema(shapes: &mut SchemaGenerator) -> Schema {
        let views = [
            shapes.subschema_for::<BoardView>(),
            shapes.subschema_for::<WindowView>(),
            shapes.subschema_for::<HallView>(),
            shapes.subschema_for::<TicketView>(),
        ];
        json_schema!({ "anyOf": views })
    }
}

/// A view that somebody may see.
#[derive(Clone, Debug)]
enum Topic {
    Board(BoardPlace),
    Window(WindowId),
    Hall,
    Ticket { token: String },
}

/// `GET /feed`.
pub(super) async fn feed(
    State(hall): State<Arc<LiveHall>>,
    State(stop): State<Stop>,
    Extension(stay): Extension<Stay>,
    Extension(Peer(from)): Extension<Peer>,
    caller: Result<Caller, Refused>,
    headers: HeaderMap,
    Asked(query): Asked<Query>,
) -> Result<impl IntoResponse, Refused> {
    let device = match &caller {
        Ok(Caller::Device(device)) => Some(device.clone()),
        _ => None,
    };
    // A page's feed never ends; without one the page asks again later.
    if stay == Stay::Short {
        return Err(ProblemCode::Busy.into());
    }
    check_text("zone", query.zone.as_deref().unwrap_or_default())?;
    let topic = topic(query, caller, &hall)?;
    // A view that can't be made is told as a problem, not as a feed.
    topic.view(&hall, appliance::now()).ok_or_else(|| topic.unknown(&hall, from))?;
    let welcome = topic.welcome(&headers, device.as_ref(), &hall);
    let feed = Feed::new(hall, topic, device, welcome, stop);
    Ok((STREAM_HEADERS, Body::from_stream(feed.events())))
}

/// What was asked for, if the caller may see it. A ticket's page needs
/// nothing but the secret of its paper.
fn topic(query: Query, caller: Result<Caller, Refused>, hall: &LiveHall) -> Result<Topic, Refused> {
    match query.view {
        Kind::Ticket => {
            let missing =
                || Refused::because(ProblemCode::Malformed, "a ticket's feed names its token");
            Ok(Topic::Ticket { token: query.token.ok_or_else(missing)? })
        }
        Kind::Board => {
            let caller = caller?;
            let device = caller.device().ok();
            let placed = device.and_then(|it| it.place.clone()).filter(|it| hall.has_place(it));
            let own = match (query.window, query.zone) {
                (Some(window), _) => BoardPlace::Window(window),
                (None, Some(zone)) => BoardPlace::Zone(zone),
                (None, None) => BoardPlace::Hall,
            };
            Ok(Topic::Board(placed.unwrap_or(own)))
        }
        Kind::Window => {
            caller?.staff()?;
            query.window.map(Topic::Window).ok_or_else(|| ProblemCode::UnknownWindow.into())
        }
        Kind::Hall => caller?.staff().map(|()| Topic::Hall),
    }
}

impl Topic {
    /// What is told of a topic that has no view.
    fn unknown(&self, live: &LiveHall, from: IpAddr) -> ProblemCode {
        match self {
            Topic::Window(_) | Topic::Board(_) => ProblemCode::UnknownWindow,
            Topic::Ticket { .. } => status::unknown(live, from),
            Topic::Hall => ProblemCode::NotFound,
        }
    }

    /// What it is counted as.
    fn name(&self) -> &'static str {
        match self {
            Topic::Board(_) => "board",
            Topic::Window(_) => "window",
            Topic::Hall => "hall",
            Topic::Ticket { .. } => "ticket",
        }
    }

    /// By what who follows it is known.
    fn welcome(&self, headers: &HeaderMap, device: Option<&Device>, hall: &LiveHall) -> Welcome {
        match self {
            Topic::Ticket { .. } => Welcome::of(&HeaderMap::new(), hall),
            Topic::Window(_) | Topic::Hall => Welcome::of(headers, hall),
            Topic::Board(_) => Welcome::of(headers, hall).at(device),
        }
    }

    /// The view now, with the sequence it is true at.
    fn view(&self, live: &LiveHall, now: Timestamp) -> Option<(u64, Value)> {
        let devices = match self {
            Topic::Hall => {
                let mut devices = live.access.devices().unwrap_or_default();
                // A program comes and goes; nobody walks over to it.
                devices.retain(|it| it.kind != DeviceKind::Program);
                live.devices.views(devices)
            }
            Topic::Board(_) | Topic::Window(_) | Topic::Ticket { .. } => Vec::new(),
        };
        let hall = live.engine.published().hall();
        let profile = live.profile();
        let view = match self {
            Topic::Board(BoardPlace::Hall) => {
                serde_json::to_value(views::board(&hall, profile, None, now))
            }
            Topic::Board(BoardPlace::Zone(zone)) => {
                serde_json::to_value(views::board(&hall, profile, Some(zone), now))
            }
            Topic::Board(BoardPlace::Window(window)) => {
                let role = |id: &StaffId| live.staff(id).map(|it| it.role);
                serde_json::to_value(views::window_board(&hall, profile, role, *window, now)?)
            }
            Topic::Window(window) => {
                serde_json::to_value(views::window(&hall, profile, *window, now)?)
            }
            Topic::Hall => serde_json::to_value(HallView {
                seq: hall.seq(),
                now,
                business_day: hall.day(),
                windows: views::windows(&hall, profile, now),
                lanes: views::lanes(&hall, profile, now),
                devices,
                requests: live.requests.views(now),
                alerts: live.engine.alerts(),
                advice: views::advice(&hall),
                can_reopen: views::manage::can_reopen(&hall, now),
                notices: views::manage::notices(&hall, now, |_| true),
                stand_ins: views::manage::stand_ins(&hall),
            }),
            Topic::Ticket { token } => {
                serde_json::to_value(views::status(&hall, &live.files, token, now)?)
            }
        };
        Some((hall.seq(), view.expect("views have string keys only")))
    }
}

/// One connection.
struct Feed {
    hall: Arc<LiveHall>,
    topic: Topic,
    changes: watch::Receiver<u64>,
    stop: Stop,
    /// What was sent last.
    sent: Option<Print>,
    ping_at: Instant,
    welcome: Welcome,
    _presence: Option<Presence>,
    _follows: Follows,
}

impl Feed {
    fn new(
        hall: Arc<LiveHall>,
        topic: Topic,
        device: Option<Device>,
        welcome: Welcome,
        stop: Stop,
    ) -> Feed {
        // Subscribed before the first view is made: no change is missed.
        let mut changes = hall.engine.published().subscribe();
        changes.mark_changed();
        let shows = match &topic {
            Topic::Board(place) => Some(place.clone()),
            _ => None,
        };
        let presence = device.map(|it| Presence::new(Arc::clone(&hall), it.name, shows));
        let ping_at = Instant::now() + PING;
        let follows = hall.engine.published().meters().follows(topic.name());
        Feed {
            hall,
            topic,
            changes,
            stop,
            sent: None,
            ping_at,
            welcome,
            _presence: presence,
            _follows: follows,
        }
    }

    fn events(self) -> impl Stream<Item = Result<Bytes, Infallible>> {
        unfold(self, |mut feed| async move {
            let event = feed.next().await?;
            Some((Ok(event), feed))
        })
    }

    /// The next event, or none when the server stops, who follows is not
    /// welcome any more, or the ticket is no longer known.
    async fn next(&mut self) -> Option<Bytes> {
        loop {
            tokio::select! {
                biased;
                () = self.stop.stopped() => return None,
                changed = self.changes.changed() => {
                    changed.ok()?;
                    if !self.welcome.holds(&self.hall) {
                        return None;
                    }
                    if let Some(event) = self.news()? {
                        return Some(event);
                    }
                }
                () = tokio::time::sleep_until(self.ping_at) => {
                    if !self.welcome.is_renewed(&self.hall) {
                        return None;
                    }
                    self.ping_at = Instant::now() + PING;
                    return Some(ping(&self.hall));
                }
            }
        }
    }

    /// The view, if it differs from the one sent last.
    #[expect(clippy::option_option, reason = "no view any more; a view without news; news")]
    fn news(&mut self) -> Option<Option<Bytes>> {
        let change = *self.changes.borrow_and_update();
        let make = || {
            let (seq, view) = self.topic.view(&self.hall, appliance::now())?;
            Some(Made::of(seq, view))
        };
        let view = match &self.topic {
            Topic::Board(place) => self.hall.boards.after(change, place, make),
            _ => make(),
        }?;
        if self.sent == Some(view.print) {
            return Some(None);
        }
        self.sent = Some(view.print);
        self.ping_at = Instant::now() + PING;
        Some(Some(view.event))
    }
}

/// A sign of life.
pub(super) fn ping(hall: &LiveHall) -> Bytes {
    let ping = Ping { seq: hall.engine.published().hall().seq(), now: appliance::now() };
    let ping = serde_json::to_string(&ping).expect("a ping has string keys only");
    format!("event: ping\ndata: {ping}\n\n").into()
}

/// A device is here for as long as its feed is.
struct Presence {
    hall: Arc<LiveHall>,
    device: String,
}

impl Presence {
    fn new(hall: Arc<LiveHall>, device: String, shows: Option<BoardPlace>) -> Presence {
        hall.devices.came(&device, shows);
        hall.engine.published().ring();
        Presence { hall, device }
    }
}

impl Drop for Presence {
    fn drop(&mut self) {
        self.hall.devices.left(&self.device);
        self.hall.engine.published().ring();
    }
}
