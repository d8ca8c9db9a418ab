//! The results as text and as CSV.

use std::fmt::Write as _;

use queue_core::Class;

use crate::errors::{Errors, Group};
use crate::runs::Results;
use crate::settings;

/// The classes in the order of the tables.
pub(crate) const CLASSES: [Class; 4] =
    [Class::Ordinary, Class::Appointment, Class::Priority, Class::Green];

/// A class as the tables name it.
pub(crate) fn name(class: Class) -> &'static str {
    match class {
        Class::Ordinary => "ordinary",
        Class::Appointment => "appointment",
        Class::Priority => "priority",
        Class::Green => "green",
    }
}

/// Everything for a person to read.
pub(crate) fn text(results: &Results) -> String {
    let mut text = String::new();
    for load in settings::LOADS {
        waits(&mut text, results, load);
    }
    forecasts(&mut text, results);
    text
}

fn waits(text: &mut String, results: &Results, load: f64) {
    text.push_str(&format!(
        "Waits at load {load} in minutes: mean median p90 max, by class; ordinary visitors over 30 min, and overtaken (mean, most)\n{:26}{:^27}{:^27}{:^27}{:^27}{:>6}{:>7}{:>5}{:>6}\n",
        "", "ordinary", "appointment", "priority", "green", ">30", "overt.", "most", "util"
    ));
    for (_, named, waits) in results.waits.iter().filter(|it| same(it.0, load)) {
        text.push_str(&format!("{:26}", named.name));
        for class in CLASSES {
            let it = waits.of(class);
            text.push_str(&format!(
                "{:>7.1}{:>6.1}{:>6.1}{:>6.0}  ",
                it.mean, it.median, it.p90, it.max
            ));
        }
        let (mean, most) = waits.overtakings();
        let over = waits.of(Class::Ordinary).over_30;
        let utilisation = waits.utilisation();
        text.push_str(&format!("{over:>5.1}%{mean:>7.2}{most:>5}{utilisation:>5.0}%\n"));
    }
    text.push('\n');
}

/// Whether two loads are the same.
pub(crate) fn same(a: f64, b: f64) -> bool {
    (a - b).abs() < 1e-9
}

fn forecasts(text: &mut String, results: &Results) {
    text.push_str(
        "Forecasts when the number was given, old method and new: mean error, mean absolute error, within the range, its width (minutes)\n",
    );
    for (load, right, compared) in &results.forecasts {
        let profile = if *right { "right" } else { "wrong" };
        text.push_str(&format!("load {load}, profile {profile}\n"));
        let wanted = |group: &Group| match group {
            Group::Day(day) => [0, 1, 4, 9, 19, 39].contains(day),
            Group::All | Group::Class(_) | Group::Lane(_) | Group::Hour(_) | Group::Quarter(_) => {
                true
            }
        };
        for (group, (old, new)) in compared.groups.iter().filter(|it| wanted(it.0)) {
            let (group, tickets, wait) = (group_name(group), old.tickets, old.mean_wait());
            text.push_str(&format!(
                "  {group:18}{tickets:>8} tickets, wait {wait:>5.1}  old {}  new {}\n",
                errors(old),
                errors(new)
            ));
        }
    }
}

fn errors(it: &Errors) -> String {
    let (mean, absolute) = (it.mean(), it.mean_absolute());
    format!("{mean:>+6.1}{absolute:>6.1}{:>5.0}%{:>6.1}", it.within(), it.mean_width())
}

fn group_name(group: &Group) -> String {
    match group {
        Group::All => "all".to_owned(),
        Group::Day(day) => format!("day {}", day + 1),
        Group::Class(class) => name(*class).to_owned(),
        Group::Lane(lane) => format!("lane {lane}"),
        Group::Hour(hour) => format!("given from {hour}:00"),
        Group::Quarter(quarter) => format!("waited {} min up", quarter * 15),
    }
}

/// Every figure of the waits.
pub(crate) fn waits_csv(results: &Results) -> String {
    let mut text = "load,discipline,class,visitors,mean,median,p90,p99,max,over_30_percent,over_60_percent,overtaken_mean,overtaken_max,utilisation_percent,never_called,refused\n".to_owned();
    for (load, named, waits) in &results.waits {
        let (overtaken, most) = waits.overtakings();
        let classes = CLASSES.map(|it| (name(it), waits.of(it)));
        for (class, it) in classes.into_iter().chain([("all", waits.all())]) {
            // Writing into a string cannot fail.
            let _ = writeln!(
                text,
                "{load},\"{}\",{class},{},{:.2},{:.2},{:.2},{:.2},{:.2},{:.2},{:.2},{overtaken:.3},{most},{:.1},{},{}",
                named.name,
                it.visitors,
                it.mean,
                it.median,
                it.p90,
                it.p99,
                it.max,
                it.over_30,
                it.over_60,
                waits.utilisation(),
                waits.never_called,
                waits.refused
            );
        }
    }
    text
}

/// Every figure of the forecasts.
pub(crate) fn forecasts_csv(results: &Results) -> String {
    let mut text =
        "load,profile_is_right,group,method,tickets,mean_wait,mean_error,mean_absolute_error,within_percent,mean_width\n"
            .to_owned();
    for (load, right, compared) in &results.forecasts {
        for (group, (old, new)) in &compared.groups {
            for (method, it) in [("old", old), ("new", new)] {
                // Writing into a string cannot fail.
                let _ = writeln!(
                    text,
                    "{load},{right},{},{method},{},{:.2},{:.2},{:.2},{:.2},{:.2}",
                    group_name(group),
                    it.tickets,
                    it.mean_wait(),
                    it.mean(),
                    it.mean_absolute(),
                    it.within(),
                    it.mean_width()
                );
            }
        }
    }
    text
}
