//! Room for connections: who gets a place, and for how long.
//!
//! An address has a share, so that one machine can't take every place.
//! Beyond the shares there is a reserve for short stays: one request and
//! one answer. A caller there who turns out to be a device or staff of
//! this hall gets one of the places kept for them, and stays. So they
//! always get in, whoever else is there.

use std::collections::HashMap;
use std::net::IpAddr;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use axum::Extension;
use axum::extract::{FromRequestParts, Request, State};
use axum::http::{HeaderValue, header};
use axum::middleware::Next;
use axum::response::Response;
use rustix::process::{Resource, Rlimit, getrlimit, setrlimit};

use super::Shared;
use super::caller::Caller;

/// Places for anybody, for as long as they like: every screen of a large
/// hall, and the phones of those who wait.
const LASTING_MAX: usize = 1_536;

/// Of these for one address. A hall's Wi-Fi brings all its phones from
/// one: this is a full waiting area, each with its page open. A kiosk, a
/// board or a console needs a handful. Whoever puts a proxy before the
/// server gives everybody one address, and has this many for all.
const LASTING_PER_ADDRESS_MAX: usize = 512;

/// Places of the reserve, each for one answer at a time.
const SHORT_MAX: usize = 256;

/// Of these for one address, beside its share: who comes from the same
/// address as a crowd of phones.
const SHORT_PER_ADDRESS_MAX: usize = 32;

/// Places for callers whom the hall knows: sixty windows with a console
/// of two connections each, and as much for kiosks and boards.
const KNOWN_MAX: usize = 256;

/// Descriptors for what is not a connection: databases and their like.
const FILES_BESIDE: usize = 64;

/// How long a connection may stay.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Stay {
    /// As long as it likes.
    Lasting,
    /// For one answer, unless the hall knows the caller.
    Short,
    /// As long as it likes: it began short, and the hall knows the caller.
    Known,
}

/// Who is here.
#[derive(Debug)]
pub(super) struct Room {
    taken: Mutex<Taken>,
}

#[derive(Debug, Default)]
struct Taken {
    all: Count,
    by_address: HashMap<IpAddr, Count>,
}

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
struct Count {
    lasting: usize,
    short: usize,
    known: usize,
}

impl Count {
    fn of(&mut self, stay: Stay) -> &mut usize {
        match stay {
            Stay::Lasting => &mut self.lasting,
            Stay::Short => &mut self.short,
            Stay::Known => &mut self.known,
        }
    }
}

impl Taken {
    fn add(&mut self, from: IpAddr, stay: Stay) {
        *self.all.of(stay) += 1;
        *self.by_address.entry(from).or_default().of(stay) += 1;
    }

    fn remove(&mut self, from: IpAddr, stay: Stay) {
        *self.all.of(stay) -= 1;
        if let Some(own) = self.by_address.get_mut(&from) {
            *own.of(stay) -= 1;
            if *own == Count::default() {
                self.by_address.remove(&from);
            }
        }
    }
}

/// A place, given back when dropped.
#[derive(Debug)]
pub(super) struct Place {
    room: Arc<Room>,
    from: IpAddr,
    stay: Mutex<Stay>,
}

impl Room {
    /// An empty room.
    pub(super) fn new() -> Room {
        Room { taken: Mutex::default() }
    }

    /// A place for somebody from this address, if there is one.
    pub(super) fn enter(self: &Arc<Room>, from: IpAddr) -> Option<Place> {
        let mut taken = self.lock();
        let (all, own) = (taken.all, taken.by_address.get(&from).copied().unwrap_or_default());
        let stay = if all.lasting < LASTING_MAX && own.lasting < LASTING_PER_ADDRESS_MAX {
            Stay::Lasting
        } else if all.short < SHORT_MAX && own.short < SHORT_PER_ADDRESS_MAX {
            Stay::Short
        } else {
            return None;
        };
        taken.add(from, stay);
        Some(Place { room: Arc::clone(self), from, stay: Mutex::new(stay) })
    }

    fn lock(&self) -> MutexGuard<'_, Taken> {
        self.taken.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Place {
    /// How long its holder may stay.
    fn stay(&self) -> Stay {
        *self.lock()
    }

    /// The hall knows the holder, who need not hurry any more, if there is
    /// a place left of those that are kept for that.
    fn welcome(&self) {
        let mut stay = self.lock();
        let mut taken = self.room.lock();
        if *stay == Stay::Short && taken.all.known < KNOWN_MAX {
            taken.remove(self.from, Stay::Short);
            taken.add(self.from, Stay::Known);
            *stay = Stay::Known;
        }
    }

    fn lock(&self) -> MutexGuard<'_, Stay> {
        self.stay.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Drop for Place {
    fn drop(&mut self) {
        let stay = self.stay();
        self.room.lock().remove(self.from, stay);
    }
}

/// Many systems give a process 1,024 files unless it asks for more; the
/// room would end there, and without a reserve.
pub(super) fn raise_file_limit() {
    let needed = (LASTING_MAX + SHORT_MAX + KNOWN_MAX + FILES_BESIDE) as u64;
    let limit = getrlimit(Resource::Nofile);
    if limit.current.is_none_or(|it| it >= needed) {
        return;
    }
    let current = limit.maximum.map_or(needed, |it| it.min(needed));
    let raised = setrlimit(Resource::Nofile, Rlimit { current: Some(current), ..limit });
    if current < needed || raised.is_err() {
        tracing::warn!(needed, may = current, "too few files may be open for every connection");
    }
}

/// Lets a caller whom the hall does not know go after one answer, if the
/// place is one of the reserve. Tells the handlers how long the stay is.
pub(super) async fn end_short_stay(
    State(shared): State<Shared>,
    Extension(place): Extension<Arc<Place>>,
    request: Request,
    next: Next,
) -> Response {
    let (mut parts, body) = request.into_parts();
    if place.stay() == Stay::Short && Caller::from_request_parts(&mut parts, &shared).await.is_ok()
    {
        place.welcome();
    }
    let stay = place.stay();
    parts.extensions.insert(stay);
    let mut response = next.run(Request::from_parts(parts, body)).await;
    if stay == Stay::Short {
        response.headers_mut().insert(header::CONNECTION, HeaderValue::from_static("close"));
    }
    response
}

#[cfg(test)]
mod tests {
    use super::*;

    fn address(nth: usize) -> IpAddr {
        IpAddr::from([10, 0, 0, u8::try_from(nth).unwrap()])
    }

    #[test]
    fn one_address_has_its_share_and_a_few_short_stays() {
        let room = Arc::new(Room::new());
        let places: Vec<Place> = std::iter::from_fn(|| room.enter(address(1))).collect();
        let lasting = places.iter().filter(|it| it.stay() == Stay::Lasting).count();
        assert_eq!((lasting, places.len()), (512, 544));
        assert_eq!(room.enter(address(2)).unwrap().stay(), Stay::Lasting);
        drop(places);
        assert!(room.lock().by_address.is_empty());
        assert_eq!(room.lock().all, Count::default());
    }

    #[test]
    fn who_is_known_leaves_the_reserve_to_others() {
        let room = Arc::new(Room::new());
        let crowd: Vec<Place> = std::iter::from_fn(|| room.enter(address(1))).collect();
        assert!(room.enter(address(1)).is_none());
        for place in &crowd {
            place.welcome();
        }
        assert_eq!(room.lock().all, Count { lasting: 512, short: 0, known: 32 });
        assert_eq!(room.enter(address(1)).unwrap().stay(), Stay::Short);
        drop(crowd);
        assert_eq!(room.lock().all, Count::default());
    }

    #[test]
    fn there_are_files_for_every_connection() {
        let limit = getrlimit(Resource::Nofile);
        if limit.maximum.is_some_and(|it| it < 4_096) {
            return;
        }
        setrlimit(Resource::Nofile, Rlimit { current: Some(1_024), ..limit }).unwrap();
        raise_file_limit();
        assert_eq!(getrlimit(Resource::Nofile).current, Some(2_112));
    }

    #[test]
    fn when_every_lasting_place_is_taken_there_is_room_for_short_stays() {
        let room = Arc::new(Room::new());
        let crowd: Vec<Place> =
            (1..5).flat_map(|nth| [nth; 540]).filter_map(|nth| room.enter(address(nth))).collect();
        assert_eq!(room.lock().all.lasting, LASTING_MAX);
        assert_eq!(room.enter(address(5)).unwrap().stay(), Stay::Short);
        drop(crowd);
        assert_eq!(room.enter(address(5)).unwrap().stay(), Stay::Lasting);
    }
}
