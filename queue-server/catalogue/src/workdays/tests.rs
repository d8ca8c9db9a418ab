//! The test vectors of the domain notes, and the ends of the calendar.

use jiff::civil::{Date, date};

use super::{DAYS_MAX, Due, Workdays};
use crate::{Limit, Unit, demo};

fn calendar() -> &'static Workdays {
    &demo::catalogue().workdays
}

fn days(value: u32, unit: Unit) -> Limit {
    Limit { value, unit }
}

#[track_caller]
fn check(from: Date, value: u32, unit: Unit, due: Date) {
    let counted = calendar().add(from, days(value, unit));
    assert_eq!(counted, Due { date: due, provisional: false });
}

#[test]
fn working_days_skip_holidays_and_count_swapped_weekends() {
    check(date(2026, 9, 24), 5, Unit::Workday, date(2026, 10, 9));
    check(date(2026, 2, 13), 5, Unit::Workday, date(2026, 2, 27));
    check(date(2026, 2, 14), 1, Unit::Workday, date(2026, 2, 24));
    check(date(2026, 4, 30), 20, Unit::Workday, date(2026, 6, 1));
    check(date(2026, 9, 18), 20, Unit::Workday, date(2026, 10, 22));
    check(date(2026, 11, 20), 20, Unit::Workday, date(2026, 12, 18));
    check(date(2025, 12, 31), 1, Unit::Workday, date(2026, 1, 4));
    check(date(2026, 1, 31), 5, Unit::Workday, date(2026, 2, 6));
}

#[test]
fn a_last_day_on_a_holiday_moves_to_the_next_working_day() {
    check(date(2026, 9, 20), 15, Unit::Day, date(2026, 10, 8));
    // A Sunday that is worked is a good last day.
    check(date(2026, 9, 15), 5, Unit::Day, date(2026, 9, 20));
    check(date(2026, 9, 21), 2, Unit::Day, date(2026, 9, 23));
}

#[test]
fn on_the_spot_is_the_same_day() {
    check(date(2026, 10, 1), 0, Unit::Workday, date(2026, 10, 1));
    check(date(2026, 10, 1), 0, Unit::Day, date(2026, 10, 1));
}

#[test]
fn a_count_into_a_year_without_calendar_is_provisional() {
    let due = calendar().add(date(2026, 12, 30), days(2, Unit::Workday));
    assert_eq!(due, Due { date: date(2027, 1, 1), provisional: true });
    let due = calendar().add(date(2026, 12, 30), days(1, Unit::Workday));
    assert_eq!(due, Due { date: date(2026, 12, 31), provisional: false });
    let due = calendar().add(date(2026, 12, 30), days(5, Unit::Day));
    assert_eq!(due, Due { date: date(2027, 1, 4), provisional: true });
    let due = Workdays::default().add(date(2026, 3, 2), days(1, Unit::Workday));
    assert_eq!(due, Due { date: date(2026, 3, 3), provisional: true });
}

#[test]
fn both_published_years_have_248_working_days() {
    for year in [2025, 2026] {
        let first = date(year, 1, 1);
        let all = first.series(jiff::Span::new().days(1)).take_while(|day| day.year() == year);
        assert_eq!(all.filter(|&day| calendar().is_workday(day)).count(), 248);
    }
}

#[test]
fn counting_ends_at_the_end_of_all_calendars() {
    let due = calendar().add(Date::MAX, days(DAYS_MAX, Unit::Workday));
    assert_eq!(due.date, Date::MAX);
    let long = calendar().add(date(2026, 1, 1), days(u32::MAX, Unit::Day));
    assert_eq!(long, calendar().add(date(2026, 1, 1), days(DAYS_MAX, Unit::Day)));
}
