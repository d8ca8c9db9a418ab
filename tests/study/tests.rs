//! The study's own hall: what it makes up is a day, and the same one
//! each time.

use jiff::civil::date;
use queue_core::{Hall, Rules};

use crate::day::{Lived, live};
use crate::runs::demo;
use crate::settings;
use crate::visitors::{self, Days};

const DAYS: Days = Days { seed: 7, load: 0.75, profile_is_right: true };

fn lived(change: impl FnOnce(&mut Rules)) -> Lived {
    let hall = tests::program::repository().join("assets/halls/demo");
    let (mut rules, errands) = demo(&hall).unwrap();
    change(&mut rules);
    let monday = date(2026, 3, 2);
    let visitors = visitors::of(monday, DAYS, &errands).unwrap();
    live(&mut Hall::new(rules), monday, 0, DAYS, &visitors).unwrap()
}

fn calls(lived: &Lived) -> Vec<(i64, Option<i64>)> {
    lived.visits.iter().map(|it| (it.issued_ms, it.called_ms)).collect()
}

#[test]
fn a_day_is_the_same_each_time_and_everybody_is_called() {
    let (one, again) = (lived(|_| {}), lived(|_| {}));
    assert_eq!(calls(&one), calls(&again));
    assert!((100..250).contains(&one.visits.len()), "{} visitors", one.visits.len());
    assert!(one.visits.iter().all(|it| it.called_ms.is_some()), "served to the last ticket");
    assert!(one.busy_ms > one.open_ms / 2 && one.busy_ms <= one.open_ms);
}

#[test]
fn visitors_are_the_same_under_every_discipline_and_calls_are_not() {
    let strict = lived(|rules| rules.discipline = queue_core::Discipline::Strict);
    let default = lived(|_| {});
    let came = |it: &Lived| calls(it).into_iter().map(|(issued, _)| issued).collect::<Vec<_>>();
    assert_eq!(came(&strict), came(&default));
    assert_ne!(calls(&strict), calls(&default));
}

#[test]
fn the_demo_hall_goes_by_the_defaults_that_the_study_names() {
    let hall = tests::program::repository().join("assets/halls/demo");
    let (rules, errands) = demo(&hall).unwrap();
    let default = Rules::default();
    assert_eq!((rules.discipline, rules.cap_minutes), (default.discipline, default.cap_minutes));
    for lane in &settings::LANES {
        assert!(errands.iter().any(|it| it.lane.as_str() == lane.lane), "lane {}", lane.lane);
    }
}
