//! Which devices are connected, and what they said of their printers
//! and loudspeakers.
//! In memory: a device says it again when it reconnects.

use std::collections::BTreeMap;
use std::sync::{Mutex, MutexGuard, PoisonError};

use queue_api::{BoardPlace, DeviceReport, DeviceView};

use crate::access::Device;

/// Devices by name.
#[derive(Debug, Default)]
pub(crate) struct Devices {
    live: Mutex<BTreeMap<String, Live>>,
}

#[derive(Clone, Debug, Default)]
struct Live {
    feeds: usize,
    /// What its latest feed is of.
    shows: Option<BoardPlace>,
    report: Option<DeviceReport>,
}

impl Devices {
    /// A device opened a feed; a board says of what.
    pub(crate) fn came(&self, name: &str, shows: Option<BoardPlace>) {
        let mut live = self.lock();
        let known = live.entry(name.to_owned()).or_default();
        known.feeds += 1;
        known.shows = shows;
    }

    /// One of its feeds ended.
    pub(crate) fn left(&self, name: &str) {
        if let Some(live) = self.lock().get_mut(name) {
            live.feeds = live.feeds.saturating_sub(1);
        }
    }

    /// A device told how it is; true if that is news.
    pub(crate) fn told(&self, name: &str, report: DeviceReport) -> bool {
        let mut live = self.lock();
        let known = &mut live.entry(name.to_owned()).or_default().report;
        let news = known.as_ref() != Some(&report);
        *known = Some(report);
        news
    }

    /// The enrolled devices as staff see them.
    pub(crate) fn views(&self, enrolled: Vec<Device>) -> Vec<DeviceView> {
        let live = self.lock();
        let view = |device: Device| {
            let live = live.get(&device.name).cloned().unwrap_or_default();
            let (printer, loudspeakers) =
                live.report.map(|it| (it.printer, it.loudspeakers)).unwrap_or_default();
            DeviceView {
                id: Some(device.id),
                name: device.name,
                kind: device.kind,
                connected: live.feeds > 0,
                printer,
                loudspeakers,
                place: device.place,
                shows: live.shows.filter(|_| live.feeds > 0),
            }
        };
        enrolled.into_iter().map(view).collect()
    }

    fn lock(&self) -> MutexGuard<'_, BTreeMap<String, Live>> {
        self.live.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
