//! What is counted, for whoever watches over many halls. Numbers only:
//! nobody and no ticket can be told from them.

use std::time::Duration;

use prometheus_client::metrics::counter::Counter;
use prometheus_client::metrics::family::Family;
use prometheus_client::metrics::gauge::Gauge;
use prometheus_client::metrics::histogram::Histogram;
use prometheus_client::registry::Registry;

/// One label and its value.
pub(crate) type Label = [(&'static str, String); 1];

/// Commands that were stored together.
const BATCHES: [f64; 8] = [1.0, 2.0, 4.0, 8.0, 16.0, 64.0, 256.0, 512.0];

/// Seconds from a batch to its being on the disk.
const COMMIT_S: [f64; 9] = [0.001, 0.002, 0.005, 0.01, 0.02, 0.05, 0.1, 0.5, 2.0];

/// The counters, cheap to clone.
#[derive(Clone, Debug)]
pub(crate) struct Meters {
    events: Family<Label, Counter>,
    refusals: Family<Label, Counter>,
    feeds: Family<Label, Gauge>,
    batch: Histogram,
    commit: Histogram,
}

impl Default for Meters {
    fn default() -> Meters {
        Meters {
            events: Family::default(),
            refusals: Family::default(),
            feeds: Family::default(),
            batch: Histogram::new(BATCHES),
            commit: Histogram::new(COMMIT_S),
        }
    }
}

impl Meters {
    /// Something of this kind was written down.
    pub(crate) fn happened(&self, kind: &'static str) {
        self.events.get_or_create(&[("kind", kind.to_owned())]).inc();
    }

    /// Somebody was refused with this code.
    pub(crate) fn refused(&self, code: &'static str) {
        self.refusals.get_or_create(&[("code", code.to_owned())]).inc();
    }

    /// So many commands were stored in one step, which took so long.
    pub(crate) fn stored(&self, n_commands: usize, took: Duration) {
        self.batch.observe(f64::from(u32::try_from(n_commands).unwrap_or(u32::MAX)));
        self.commit.observe(took.as_secs_f64());
    }

    /// Somebody follows this view, until what is returned is dropped.
    pub(crate) fn follows(&self, view: &'static str) -> Follows {
        let gauge = self.feeds.get_or_create_owned(&[("view", view.to_owned())]);
        gauge.inc();
        Follows(gauge)
    }

    /// Adds the counters to what is told.
    pub(crate) fn register(&self, registry: &mut Registry) {
        registry.register("events", "What was written down, by kind", self.events.clone());
        registry.register("refusals", "Requests refused, by code", self.refusals.clone());
        registry.register("feeds", "Connections that follow a view", self.feeds.clone());
        registry.register("batch_commands", "Commands in one commit", self.batch.clone());
        registry.register(
            "commit_seconds",
            "From a batch of commands to its being on the disk",
            self.commit.clone(),
        );
    }
}

/// One who follows.
#[derive(Debug)]
pub(crate) struct Follows(Gauge);

impl Drop for Follows {
    fn drop(&mut self) {
        self.0.dec();
    }
}
