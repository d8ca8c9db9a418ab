//! Room for connections: who gets a place, and for how long.
//!
//! An address has a share, so that one machine can't take every place.
//! Beyond the shares there is a reserve for short stays: one request and
//! one answer, unless the caller turns out to be a device or staff of
//! this hall. So they always get in, whoever else is there.

use std::collections::HashMap;
use std::net::IpAddr;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use axum::extract::{FromRequestParts, Request, State};
use axum::http::{HeaderValue, header};
use axum::middleware::Next;
use axum::response::Response;
use rustix::process::{Resource, Rlimit, getrlimit, setrlimit};

use super::Shared;
use super::caller::Caller;

/// Places for anybody, for as long as they like: every screen of a large
/// hall, and the phones of those who wait.
const LASTING_MAX: usize = 1_792;

/// Of these for one address. A hall's Wi-Fi brings all its phones from
/// one: this is a full waiting area, each with its page open. A kiosk, a
/// board or a console needs a handful.
const LASTING_PER_ADDRESS_MAX: usize = 512;

/// Places of the reserve: sixty windows and their consoles, with room
/// for those who are let go after one answer.
const SHORT_MAX: usize = 256;

/// Of these for one address, beside its share: the devices and consoles
/// that come from the same address as a crowd of phones.
const SHORT_PER_ADDRESS_MAX: usize = 32;

/// Descriptors for what is not a connection: databases and their like.
const FILES_BESIDE: usize = 64;

/// How long a connection may stay.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Stay {
    /// As long as it likes.
    Lasting,
    /// For one answer, unless the hall knows the caller.
    Short,
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
}

impl Count {
    fn of(&mut self, stay: Stay) -> &mut usize {
        match stay {
            Stay::Lasting => &mut self.lasting,
            Stay::Short => &mut self.short,
        }
    }
}

/// A place, given back when dropped.
#[derive(Debug)]
pub(super) struct Place {
    room: Arc<Room>,
    from: IpAddr,
    stay: Stay,
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
        *taken.all.of(stay) += 1;
        *taken.by_address.entry(from).or_default().of(stay) += 1;
        Some(Place { room: Arc::clone(self), from, stay })
    }

    fn leave(&self, from: IpAddr, stay: Stay) {
        let mut taken = self.lock();
        *taken.all.of(stay) -= 1;
        if let Some(own) = taken.by_address.get_mut(&from) {
            *own.of(stay) -= 1;
            if *own == Count::default() {
                taken.by_address.remove(&from);
            }
        }
    }

    fn lock(&self) -> MutexGuard<'_, Taken> {
        self.taken.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Place {
    /// How long its holder may stay.
    pub(super) fn stay(&self) -> Stay {
        self.stay
    }
}

impl Drop for Place {
    fn drop(&mut self) {
        self.room.leave(self.from, self.stay);
    }
}

/// Many systems give a process 1,024 files unless it asks for more; the
/// room would end there, and without a reserve.
pub(super) fn raise_file_limit() {
    let needed = (LASTING_MAX + SHORT_MAX + FILES_BESIDE) as u64;
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
/// place is one of the reserve.
pub(super) async fn end_short_stay(
    State(shared): State<Shared>,
    request: Request,
    next: Next,
) -> Response {
    let (mut parts, body) = request.into_parts();
    let short = parts.extensions.get::<Stay>() == Some(&Stay::Short);
    let goes = short && Caller::from_request_parts(&mut parts, &shared).await.is_err();
    if short && !goes {
        parts.extensions.insert(Stay::Lasting);
    }
    let mut response = next.run(Request::from_parts(parts, body)).await;
    if goes {
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
