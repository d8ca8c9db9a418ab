//! `GET /metrics`: the state of hall and server as numbers, in the
//! `OpenMetrics` text that Prometheus reads.

use std::sync::Arc;

use axum::extract::State;
use axum::http::header;
use axum::response::IntoResponse;
use prometheus_client::encoding::text::encode;
use prometheus_client::metrics::family::Family;
use prometheus_client::metrics::gauge::Gauge;
use prometheus_client::registry::Registry;
use queue_api::{Alert, DeviceKind, ProblemCode};
use queue_core::WindowStatus;

use super::problem::Refused;
use crate::live::LiveHall;
use crate::meters::Label;

/// What `encode` writes.
pub(super) const CONTENT_TYPE: &str = "application/openmetrics-text; version=1.0.0; charset=utf-8";

/// A gauge for each value of one label.
type Gauges = Family<Label, Gauge>;

/// `GET /metrics`.
pub(super) async fn show(State(live): State<Arc<LiveHall>>) -> Result<impl IntoResponse, Refused> {
    let mut registry = Registry::with_prefix("yimen");
    live.engine.published().meters().register(&mut registry);
    about_hall(&live, &mut registry);
    about_machine(&live, &mut registry)?;
    let mut text = String::new();
    encode(&mut text, &registry).map_err(|_| ProblemCode::Internal)?;
    Ok(([(header::CONTENT_TYPE, CONTENT_TYPE)], text))
}

fn set(gauges: &Gauges, name: &'static str, value: impl Into<String>, to: u64) {
    gauges.get_or_create(&[(name, value.into())]).set(i64::try_from(to).unwrap_or(i64::MAX));
}

fn about_hall(live: &LiveHall, registry: &mut Registry) {
    let hall = live.engine.published().hall();
    let (waiting, windows, seq) = (Gauges::default(), Gauges::default(), Gauge::<i64>::default());
    for lane in &live.profile().lanes {
        set(&waiting, "lane", lane.id.to_string(), hall.waiting_count(&lane.id).into());
    }
    let mut by_state = [("open", 0), ("paused", 0), ("closed", 0)];
    for window in &live.profile().windows {
        let nth = match hall.window(window.id).status {
            WindowStatus::Open { .. } => 0,
            WindowStatus::Paused { .. } => 1,
            WindowStatus::Closed => 2,
        };
        by_state[nth].1 += 1;
    }
    for (state, n) in by_state {
        set(&windows, "state", state, n);
    }
    seq.set(i64::try_from(hall.seq()).unwrap_or(i64::MAX));
    registry.register("waiting", "Visitors who wait, by lane", waiting);
    registry.register("windows", "Windows, by state", windows);
    registry.register("journal_seq", "Sequence of the last event", seq);
}

fn about_machine(live: &LiveHall, registry: &mut Registry) -> Result<(), Refused> {
    let (connected, alerts) = (Gauges::default(), Gauges::default());
    let (printers, unspoken) = (Family::<Vec<(&str, String)>, Gauge>::default(), Family::default());
    for device in live.devices.views(live.access.devices()?) {
        if device.kind != DeviceKind::Program {
            set(&connected, "device", device.name.clone(), device.connected.into());
        }
        if let Some(report) = device.printer {
            let state = serde_json::to_value(report.state).unwrap_or_default();
            let state = state.as_str().unwrap_or_default().to_owned();
            let label = vec![("device", device.name.clone()), ("state", state)];
            printers.get_or_create(&label).set(1);
        }
        for it in device.loudspeakers {
            let label = vec![("device", device.name.clone()), ("loudspeaker", it.name)];
            let waiting: &Family<Vec<(&str, String)>, Gauge> = &unspoken;
            waiting.get_or_create(&label).set(it.waiting.into());
        }
    }
    let now = live.engine.alerts();
    for (alert, name) in [
        (Alert::DiskFull, "disk_full"),
        (Alert::ClockAhead, "clock_ahead"),
        (Alert::ClockBehind, "clock_behind"),
    ] {
        set(&alerts, "alert", name, now.contains(&alert).into());
    }
    registry.register("device_connected", "Whether a kiosk or board is connected", connected);
    registry.register("printer", "What a kiosk's printer last said", printers);
    registry.register("calls_unspoken", "Calls that wait for a loudspeaker", unspoken);
    registry.register("alert", "Whether somebody should look at the server", alerts);
    Ok(())
}
