//! What boards show is made once for each change, however many of them
//! there are, and lies in memory once.

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex, PoisonError};

use serde_json::Value;

/// A view as it goes out.
#[derive(Debug)]
pub(crate) struct Made {
    /// The journal's sequence it is true at.
    pub(super) seq: u64,
    /// Without what always changes, to tell whether it is news.
    pub(super) content: Value,
    /// As JSON.
    pub(super) json: String,
}

impl Made {
    pub(super) fn of(seq: u64, view: Value) -> Arc<Made> {
        let (json, mut content) = (view.to_string(), view);
        if let Some(fields) = content.as_object_mut() {
            fields.remove("seq");
            fields.remove("now");
        }
        Arc::new(Made { seq, content, json })
    }
}

/// The views of the newest change, by zone.
#[derive(Debug, Default)]
pub(crate) struct Boards(Mutex<Newest>);

#[derive(Debug, Default)]
struct Newest {
    change: u64,
    views: BTreeMap<Option<String>, Arc<Made>>,
}

impl Boards {
    /// The view after this change, which may know of later ones. Whoever
    /// comes first makes it, the others wait for that.
    pub(super) fn after(
        &self,
        change: u64,
        zone: Option<&String>,
        make: impl FnOnce() -> Option<Arc<Made>>,
    ) -> Option<Arc<Made>> {
        let mut newest = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if newest.change < change {
            *newest = Newest { change, views: BTreeMap::new() };
        }
        let is_newest = newest.change == change;
        if is_newest && let Some(known) = newest.views.get(&zone.cloned()) {
            return Some(Arc::clone(known));
        }
        let view = make()?;
        if is_newest {
            newest.views.insert(zone.cloned(), Arc::clone(&view));
        }
        Some(view)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_view_is_made_once_for_each_change_and_zone() {
        let (boards, mut n_made) = (Boards::default(), 0);
        let mut made = |change, zone: Option<&str>| {
            let make = || {
                n_made += 1;
                Some(Made::of(change, serde_json::json!({ "seq": change, "n": n_made })))
            };
            let view = boards.after(change, zone.map(str::to_owned).as_ref(), make).unwrap();
            (view.content["n"].as_u64().unwrap(), view.content.get("seq").is_none())
        };
        assert_eq!(made(1, None), (1, true));
        assert_eq!(made(1, None), (1, true), "the same");
        assert_eq!(made(1, Some("A")), (2, true), "another zone");
        assert_eq!(made(2, None), (3, true), "another change");
        assert_eq!(made(1, None), (4, true), "a late one makes its own and keeps nothing");
        assert_eq!(made(2, None), (3, true));
    }
}
