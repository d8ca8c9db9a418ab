//! What boards show is made once for each change, however many of them
//! there are, and lies in memory once.

use std::collections::BTreeMap;
use std::sync::{Mutex, PoisonError};

use bytes::Bytes;
use queue_api::BoardPlace;
use serde_json::Value;
use sha2::{Digest, Sha256};

/// Stands for what a view shows, without what always changes. A feed
/// keeps this of the view it sent and not the view, which is a hundred
/// times as large.
pub(super) type Print = [u8; 32];

/// A view as it goes out.
#[derive(Clone, Debug)]
pub(crate) struct Made {
    /// Tells whether it is news.
    pub(super) print: Print,
    /// The event, to its last byte; copies of it share one memory.
    pub(super) event: Bytes,
}

impl Made {
    pub(super) fn of(seq: u64, mut view: Value) -> Made {
        let event = format!("event: view\nid: {seq}\ndata: {view}\n\n").into();
        if let Some(fields) = view.as_object_mut() {
            fields.remove("seq");
            fields.remove("now");
        }
        Made { print: Sha256::digest(view.to_string()).into(), event }
    }
}

/// The views of the newest change, by place.
#[derive(Debug, Default)]
pub(crate) struct Boards(Mutex<Newest>);

#[derive(Debug, Default)]
struct Newest {
    change: u64,
    views: BTreeMap<BoardPlace, Made>,
}

impl Boards {
    /// The view after this change, which may know of later ones. Whoever
    /// comes first makes it, the others wait for that.
    pub(super) fn after(
        &self,
        change: u64,
        place: &BoardPlace,
        make: impl FnOnce() -> Option<Made>,
    ) -> Option<Made> {
        let mut newest = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if newest.change < change {
            *newest = Newest { change, views: BTreeMap::new() };
        }
        let is_newest = newest.change == change;
        if is_newest && let Some(known) = newest.views.get(place) {
            return Some(known.clone());
        }
        let view = make()?;
        if is_newest {
            newest.views.insert(place.clone(), view.clone());
        }
        Some(view)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_view_is_made_once_for_each_change_and_place() {
        let (boards, mut n_made) = (Boards::default(), 0);
        let mut made = |change, place: BoardPlace| {
            let make = || {
                n_made += 1;
                Some(Made::of(change, serde_json::json!({ "seq": change, "n": n_made })))
            };
            let view = boards.after(change, &place, make).unwrap();
            String::from_utf8(view.event.to_vec()).unwrap()
        };
        let event =
            |seq, n| format!("event: view\nid: {seq}\ndata: {{\"n\":{n},\"seq\":{seq}}}\n\n");
        assert_eq!(made(1, BoardPlace::Hall), event(1, 1));
        assert_eq!(made(1, BoardPlace::Hall), event(1, 1), "the same");
        assert_eq!(made(1, BoardPlace::Zone("A".to_owned())), event(1, 2), "another place");
        assert_eq!(made(2, BoardPlace::Hall), event(2, 3), "another change");
        assert_eq!(
            made(1, BoardPlace::Hall),
            event(1, 4),
            "a late one makes its own and keeps nothing"
        );
        assert_eq!(made(2, BoardPlace::Hall), event(2, 3));
    }

    #[test]
    fn sequence_and_time_alone_are_no_news() {
        let print = |seq, now, shown| {
            let view = serde_json::json!({ "seq": seq, "now": now, "shown": shown });
            Made::of(seq, view).print
        };
        assert_eq!(print(1, "08:00", "A001"), print(2, "09:00", "A001"));
        assert_ne!(print(1, "08:00", "A001"), print(1, "08:00", "A002"));
    }
}
