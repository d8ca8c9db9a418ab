//! Named figures with their units, and how they are shown.

use std::borrow::Cow;
use std::time::Duration;

use serde::{Deserialize, Serialize};

/// Everything measured, in the order measured.
#[derive(Debug, Default)]
pub(crate) struct Figures(Vec<Figure>);

#[derive(Debug, Serialize, Deserialize)]
struct Figure {
    what: String,
    value: f64,
    unit: Cow<'static, str>,
}

impl Figures {
    /// Adds a figure.
    pub(crate) fn add(&mut self, what: impl Into<String>, value: f64, unit: &'static str) {
        self.0.push(Figure { what: what.into(), value, unit: Cow::Borrowed(unit) });
    }

    /// Adds what [`Figures::json`] gave elsewhere, under a heading.
    pub(crate) fn add_json(&mut self, heading: &str, json: &[u8]) -> serde_json::Result<()> {
        let figures: Vec<Figure> = serde_json::from_slice(json)?;
        let under = |it: Figure| Figure { what: format!("{heading}: {}", it.what), ..it };
        self.0.extend(figures.into_iter().map(under));
        Ok(())
    }

    /// Adds the longest of these times too.
    pub(crate) fn add_times_and_longest(&mut self, what: &str, times: Vec<Duration>) {
        let longest = times.iter().max().copied().unwrap_or_default();
        let n_times = times.len();
        self.add_times(what, times);
        let what = format!("{what}, longest of {n_times}");
        self.add(what, longest.as_secs_f64() * 1_000.0, "ms");
    }

    /// Adds median and 99th percentile of these times.
    pub(crate) fn add_times(&mut self, what: &str, mut times: Vec<Duration>) {
        times.sort_unstable();
        for (name, percent) in [("p50", 50), ("p99", 99)] {
            let at = (times.len() * percent / 100).min(times.len().saturating_sub(1));
            let time = times.get(at).copied().unwrap_or_default();
            self.add(format!("{what}, {name}"), time.as_secs_f64() * 1_000.0, "ms");
        }
    }

    /// One line each.
    pub(crate) fn table(&self) -> String {
        let width = self.0.iter().map(|it| it.what.chars().count()).max().unwrap_or(0);
        let line = |it: &Figure| format!("{:width$}  {:>10.2} {}", it.what, it.value, it.unit);
        self.0.iter().map(line).collect::<Vec<_>>().join("\n")
    }

    /// An array of objects.
    pub(crate) fn json(&self) -> serde_json::Result<String> {
        serde_json::to_string(&self.0)
    }
}

/// From kilobytes, as the kernel counts them.
pub(crate) fn megabytes(kb: u64) -> anyhow::Result<f64> {
    Ok(f64::from(u32::try_from(kb)?) / 1024.0)
}
