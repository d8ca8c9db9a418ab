//! The plots, as SVG: what a cap trades, what the classes wait, and how
//! far forecasts are from what happens.

use std::path::Path;

use anyhow::anyhow;
use plotters::coord::Shift;
use plotters::prelude::*;
use queue_core::Class;

use crate::errors::{Errors, Group};
use crate::runs::Results;
use crate::tables::{CLASSES, name, same};
use crate::{settings, waits};

const SIZE: (u32, u32) = (1_100, 640);

/// One colour for each class, and for old and new.
const COLORS: [RGBColor; 4] =
    [RGBColor(80, 80, 80), RGBColor(0, 114, 178), RGBColor(213, 94, 0), RGBColor(0, 158, 115)];

type Page<'a> = DrawingArea<SVGBackend<'a>, Shift>;

/// Draws all, at the load of a usual week.
pub(crate) fn draw(results: &Results, out: &Path) -> anyhow::Result<()> {
    page(&out.join("trade.svg"), |page| trade(page, results))?;
    page(&out.join("classes.svg"), |page| classes(page, results))?;
    page(&out.join("forecasts.svg"), |page| forecasts(page, results))
}

fn page(path: &Path, fill: impl FnOnce(&Page) -> Drawn) -> anyhow::Result<()> {
    let page = SVGBackend::new(path, SIZE).into_drawing_area();
    let drawn = page.fill(&WHITE).map_err(Into::into).and_then(|()| fill(&page));
    let drawn = drawn.and_then(|()| Ok(page.present()?));
    drawn.map_err(|error| anyhow!("cannot draw `{}`: {error}", path.display()))
}

/// The crate's errors borrow the page; their words are enough.
type Drawn = Result<(), Box<dyn std::error::Error>>;

/// Each discipline as a point: the wait of ordinary visitors against the
/// wait of those who go first.
fn trade(page: &Page, results: &Results) -> Drawn {
    let points: Vec<(f64, f64, &str)> = results
        .waits
        .iter()
        .filter(|(load, named, _)| {
            // What the default is called otherwise, and what differs for
            // the green channel only, would lie on the same spot.
            let doubled = named.is_default && named.name != "default";
            same(*load, settings::USUAL_LOAD) && !doubled && !named.name.starts_with("1:3:3:5")
        })
        .map(|(_, named, waits)| {
            (waits.of(Class::Ordinary).mean, waits.of(Class::Priority).mean, named.name.as_str())
        })
        .collect();
    let range = |of: fn(&(f64, f64, &str)) -> f64| {
        let all = || points.iter().map(of);
        all().fold(f64::MAX, f64::min) - 0.5..all().fold(0.0, f64::max) + 2.0
    };
    let title = format!("Mean waits at load {}, in minutes", settings::USUAL_LOAD);
    let mut chart = ChartBuilder::on(page)
        .caption(title, ("sans-serif", 22))
        .margin(16)
        .x_label_area_size(44)
        .y_label_area_size(52)
        .build_cartesian_2d(range(|it| it.0), range(|it| it.1))?;
    chart.configure_mesh().max_light_lines(0).x_desc("ordinary").y_desc("priority").draw()?;
    chart.draw_series(points.iter().map(|(x, y, name)| {
        let color = if *name == "default" { COLORS[2] } else { COLORS[1] };
        EmptyElement::at((*x, *y))
            + Circle::new((0, 0), 4, color.filled())
            + Text::new((*name).to_owned(), (7, -5), ("sans-serif", 11))
    }))?;
    Ok(())
}

/// Mean and ninth tenth of every class under some disciplines.
fn classes(page: &Page, results: &Results) -> Drawn {
    let shown = [
        "default",
        "first come, first served",
        "1:3:3:10, no cap",
        "1:3:3:10, cap 30",
        "1:3:3:10, cap 90",
        "strict, no cap",
        "2:1, no cap",
        "3:1, no cap",
    ];
    let mut bars = Vec::new();
    for (at, wanted) in shown.iter().enumerate() {
        let found = results
            .waits
            .iter()
            .find(|(load, named, _)| same(*load, settings::USUAL_LOAD) && named.name == *wanted);
        let Some((_, _, waits)) = found else { continue };
        for (nth, class) in CLASSES.iter().enumerate() {
            let left = waits::number(at) + 0.1 + 0.2 * waits::number(nth);
            bars.push((left, waits.of(*class), COLORS[nth]));
        }
    }
    let highest = bars.iter().map(|(_, it, _)| it.p90).fold(0.0, f64::max);
    let title =
        format!("Waits at load {}: mean (full) and 90 % (pale), in minutes", settings::USUAL_LOAD);
    let mut chart = ChartBuilder::on(page)
        .caption(title, ("sans-serif", 22))
        .margin(16)
        .x_label_area_size(44)
        .y_label_area_size(52)
        .build_cartesian_2d(0.0..waits::number(shown.len()), 0.0..highest * 1.4)?;
    chart.configure_mesh().max_light_lines(0).disable_x_mesh().x_labels(0).draw()?;
    chart.draw_series(bars.iter().flat_map(|(left, it, color)| {
        let bar = |height, style: ShapeStyle| {
            Rectangle::new([(*left, 0.0), (left + 0.18, height)], style)
        };
        [bar(it.p90, color.mix(0.25).filled()), bar(it.mean, color.filled())]
    }))?;
    chart.draw_series(shown.iter().enumerate().map(|(at, name)| {
        let at = (waits::number(at) + 0.1, highest * 1.05);
        Text::new((*name).to_owned(), at, ("sans-serif", 12))
    }))?;
    for (nth, class) in CLASSES.iter().enumerate() {
        let color = COLORS[nth];
        let square = Rectangle::new([(0.0, 0.0), (0.0, 0.0)], color.filled());
        chart
            .draw_series([square])?
            .label(name(*class))
            .legend(move |(x, y)| Rectangle::new([(x, y - 5), (x + 10, y + 5)], color.filled()));
    }
    chart
        .configure_series_labels()
        .position(SeriesLabelPosition::UpperRight)
        .background_style(WHITE.mix(0.8))
        .border_style(BLACK)
        .draw()?;
    Ok(())
}

/// Error and share within the range by the hall's day, old and new.
fn forecasts(page: &Page, results: &Results) -> Drawn {
    let found = results.forecasts.iter().find(|it| same(it.0, settings::USUAL_LOAD) && !it.1);
    let Some((_, _, compared)) = found else { return Ok(()) };
    let days: Vec<(f64, &(Errors, Errors))> = compared
        .groups
        .iter()
        .filter_map(|(group, it)| match group {
            Group::Day(day) => Some((f64::from(*day) + 1.0, it)),
            _ => None,
        })
        .collect();
    let halves = page.split_horizontally(SIZE.0 / 2);
    let (left, right) = (&halves.0, &halves.1);
    let title = "Mean absolute error by the hall's day, minutes";
    by_day(left, title, 30.0, &days, Errors::mean_absolute)?;
    by_day(right, "Waits within the range by the hall's day, percent", 100.0, &days, Errors::within)
}

/// One figure of both methods, day by day.
fn by_day(
    page: &Page,
    title: &str,
    most: f64,
    days: &[(f64, &(Errors, Errors))],
    figure: fn(&Errors) -> f64,
) -> Drawn {
    let mut chart = ChartBuilder::on(page)
        .caption(title, ("sans-serif", 18))
        .margin(16)
        .x_label_area_size(36)
        .y_label_area_size(40)
        .build_cartesian_2d(1.0..f64::from(settings::DAYS_IN_A_ROW), 0.0..most)?;
    chart.configure_mesh().max_light_lines(0).x_desc("day").draw()?;
    for (label, color, is_old) in [("old", COLORS[0], true), ("new", COLORS[2], false)] {
        let points =
            days.iter().map(|(day, (old, new))| (*day, figure(if is_old { old } else { new })));
        chart
            .draw_series(LineSeries::new(points, color.stroke_width(2)))?
            .label(label)
            .legend(move |(x, y)| PathElement::new([(x, y), (x + 16, y)], color));
    }
    chart.configure_series_labels().background_style(WHITE).border_style(BLACK).draw()?;
    Ok(())
}
