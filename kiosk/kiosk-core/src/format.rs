//! Numbers, dates and the catalogue's closed words, written for people in
//! the visitor's language. Sentences of a page are not here: they are
//! the screen's own (`@tr` in its `.slint`).

use catalogue::{
    Amount, Audience, Category, ClockStart, FeeLine, Kind, Lang, Limit, MaterialSource, Unit,
};
use jiff::civil::{Date, DateTime, Weekday};
use queue_api::{Bilingual, Booked, EstimateMinutes, HallProfile, LaneId, WindowProfile};

/// One of two texts, by language.
pub(crate) fn pick<'a>(lang: Lang, zh: &'a str, en: &'a str) -> &'a str {
    match lang {
        Lang::Zh => zh,
        Lang::En => en,
    }
}

/// A text of the hall in one language.
pub(crate) fn of(text: &Bilingual, lang: Lang) -> &str {
    pick(lang, &text.zh, &text.en)
}

/// The first of several matters: `老年证 等 2 件`; alone its name.
pub(crate) fn and_more(name: &str, more: usize, lang: Lang) -> String {
    match (more, lang) {
        (0, _) => name.to_owned(),
        (_, Lang::Zh) => format!("{name} 等 {} 件", more + 1),
        (_, Lang::En) => format!("{name} and {more} more"),
    }
}

/// `5 个工作日`, `10 日`, `当场办结`.
pub(crate) fn limit(limit: Limit, lang: Lang) -> String {
    if limit.is_on_the_spot() {
        return pick(lang, "当场办结", "on the spot").to_owned();
    }
    let value = limit.value;
    let plural = if value == 1 { "" } else { "s" };
    match (limit.unit, lang) {
        (Unit::Workday, Lang::Zh) => format!("{value} 个工作日"),
        (Unit::Day, Lang::Zh) => format!("{value} 日"),
        (Unit::Workday, Lang::En) => format!("{value} working day{plural}"),
        (Unit::Day, Lang::En) => format!("{value} day{plural}"),
    }
}

/// A wait for the lane table: `20–30 分`, `约 25 分`, `不用等`.
pub(crate) fn short_wait(wait: EstimateMinutes, lang: Lang) -> String {
    match (wait.low, wait.high, lang) {
        (_, 0, _) => pick(lang, "不用等", "no wait").to_owned(),
        // The table has no room for two numbers of three digits.
        (_, high @ 100.., Lang::Zh) => format!("约 {high} 分"),
        (_, high @ 100.., Lang::En) => format!("~{high} min"),
        (low, high, Lang::Zh) if low == high => format!("约 {high} 分"),
        (low, high, Lang::En) if low == high => format!("~{high} min"),
        (low, high, Lang::Zh) => format!("{low}–{high} 分"),
        (low, high, Lang::En) => format!("{low}–{high} min"),
    }
}

/// A range of minutes without its unit: `20–30`; none if nobody waits.
pub(crate) fn minutes(wait: EstimateMinutes) -> Option<String> {
    match (wait.low, wait.high) {
        (_, 0) => None,
        (low, high) if low == high => Some(high.to_string()),
        (low, high) => Some(format!("{low}–{high}")),
    }
}

/// `5 人`; in English the number alone, as the table's head has the word.
pub(crate) fn people(count: u32, lang: Lang) -> String {
    match lang {
        Lang::Zh => format!("{count} 人"),
        Lang::En => count.to_string(),
    }
}

/// A name as it stands before Han text: a letter or digit at its end
/// gets a space behind it.
pub(crate) fn within(name: &str) -> String {
    if name.ends_with(|c: char| c.is_ascii_alphanumeric()) {
        format!("{name} ")
    } else {
        name.to_owned()
    }
}

/// `09:41`.
pub(crate) fn clock(at: DateTime) -> String {
    format!("{:02}:{:02}", at.hour(), at.minute())
}

/// A moment of another day or of this one: `11月23日 09:30`.
pub(crate) fn moment(at: DateTime, lang: Lang) -> String {
    format!("{} {}", date(at.date(), lang), clock(at))
}

/// `预约 09:30`, and that it is over.
pub(crate) fn booked(it: Booked, lang: Lang) -> String {
    let time = format!("{:02}:{:02}", it.time.hour(), it.time.minute());
    match (lang, it.late) {
        (Lang::Zh, false) => format!("预约 {time}"),
        (Lang::Zh, true) => format!("预约 {time} 已过，从现在起排"),
        (Lang::En, false) => format!("Booked for {time}"),
        (Lang::En, true) => format!("{time} is over: you wait from now"),
    }
}

/// `11月23日` and `23 Nov`.
pub(crate) fn date(day: Date, lang: Lang) -> String {
    match lang {
        Lang::Zh => format!("{}月{}日", day.month(), day.day()),
        Lang::En => format!("{} {}", day.day(), month(day.month())),
    }
}

fn month(month: i8) -> &'static str {
    const MONTHS: [&str; 12] =
        ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];
    let at = usize::try_from(month - 1).expect("months are 1 to 12");
    MONTHS[at]
}

/// `星期一` and `Mon`.
pub(crate) fn weekday(day: Date, lang: Lang) -> &'static str {
    let (zh, en) = match day.weekday() {
        Weekday::Monday => ("星期一", "Mon"),
        Weekday::Tuesday => ("星期二", "Tue"),
        Weekday::Wednesday => ("星期三", "Wed"),
        Weekday::Thursday => ("星期四", "Thu"),
        Weekday::Friday => ("星期五", "Fri"),
        Weekday::Saturday => ("星期六", "Sat"),
        Weekday::Sunday => ("星期日", "Sun"),
    };
    pick(lang, zh, en)
}

/// What one fee costs, `20 元/本`.
pub(crate) fn fee(line: &FeeLine, lang: Lang) -> String {
    let unit = line.fee.unit.get(lang);
    match line.fee.amount {
        Amount::Fen(_) => format!("{} {unit}", line.fee.amount),
        Amount::Local => pick(lang, "按当地标准", "by the local standard").to_owned(),
        Amount::ByTaxOffice => {
            pick(lang, "由税务部门核定", "as the tax office assesses it").to_owned()
        }
    }
}

/// Where one gets a paper, in a word or two.
pub(crate) fn source(source: MaterialSource, lang: Lang) -> &'static str {
    let (zh, en) = match source {
        MaterialSource::Applicant => ("自备", "Your own"),
        MaterialSource::Government => ("部门核发", "Issued by an authority"),
        MaterialSource::ThirdParty => ("第三方出具", "From a third party"),
        MaterialSource::Onsite => ("现场办理", "Made at the window"),
    };
    pick(lang, zh, en)
}

/// What a matter is in law.
pub(crate) fn category(category: Category, lang: Lang) -> &'static str {
    let (zh, en) = match category {
        Category::Permit => ("行政许可", "Permit"),
        Category::Confirm => ("行政确认", "Confirmation"),
        Category::Benefit => ("行政给付", "Benefit"),
        Category::Public => ("公共服务", "Public service"),
        Category::Other => ("其他行政权力", "Other administrative power"),
    };
    pick(lang, zh, en)
}

/// How a matter flows.
pub(crate) fn kind(kind: Kind, lang: Lang) -> &'static str {
    let (zh, en) = match kind {
        Kind::Instant => ("即办件", "Settled at the window"),
        Kind::Promise => ("承诺件", "Settled within a promised time"),
        Kind::Upward => ("上报件", "Passed up for decision"),
        Kind::Joint => ("联办件", "Handled jointly"),
    };
    pick(lang, zh, en)
}

/// Who may apply.
pub(crate) fn audience(audience: &[Audience], lang: Lang) -> String {
    let (persons, bodies) =
        (audience.contains(&Audience::Person), audience.contains(&Audience::Legal));
    let (zh, en) = match (persons, bodies) {
        (true, true) => ("个人、企业和其他组织", "Persons, companies and other bodies"),
        (true, false) => ("个人", "Persons"),
        (false, true) => ("企业和其他组织", "Companies and other bodies"),
        (false, false) => ("", ""),
    };
    pick(lang, zh, en).to_owned()
}

/// What starts the clock.
pub(crate) fn clock_starts(start: ClockStart, lang: Lang) -> &'static str {
    let (zh, en) = match start {
        ClockStart::Accepted => ("自受理之日起", "from acceptance"),
        ClockStart::SubmittedComplete => {
            ("自材料齐全之日起", "from the day the papers are complete")
        }
        ClockStart::PeriodEnd => ("自受理期结束起", "from the end of the season"),
    };
    pick(lang, zh, en)
}

/// The windows that serve a lane where its visitors wait: `A01–A04`,
/// `A01、B02–B04`. Empty if there is none.
pub(crate) fn windows(hall: &HallProfile, id: &LaneId, lang: Lang) -> String {
    let chosen = windows_of(hall, id);
    // Neighbours on the wall are neighbours in the profile.
    let mut runs: Vec<(u16, &str, &str)> = Vec::new();
    for window in chosen {
        match runs.last_mut() {
            Some((last, _, to)) if *last + 1 == window.id.0 => {
                *last = window.id.0;
                *to = &window.label;
            }
            _ => runs.push((window.id.0, &window.label, &window.label)),
        }
    }
    let words = runs
        .iter()
        .map(|(_, from, to)| if from == to { (*from).to_owned() } else { format!("{from}–{to}") });
    words.collect::<Vec<_>>().join(pick(lang, "、", ", "))
}

/// The windows that serve a lane: those where its visitors wait, or the
/// others where there is none.
pub(crate) fn windows_of<'a>(hall: &'a HallProfile, id: &LaneId) -> Vec<&'a WindowProfile> {
    let zone = hall.lanes.iter().find(|it| &it.id == id).map(|it| it.zone.as_str());
    let serving = hall.windows.iter().filter(|window| window.lanes.contains(id));
    let (near, far): (Vec<_>, Vec<_>) =
        serving.partition(|window| Some(window.zone.as_str()) == zone);
    if near.is_empty() { far } else { near }
}

/// A lane's name.
pub(crate) fn lane_name<'a>(hall: &'a HallProfile, id: &LaneId, lang: Lang) -> &'a str {
    hall.lanes.iter().find(|it| &it.id == id).map_or("", |it| of(&it.name, lang))
}

/// The name of the zone where a lane waits.
pub(crate) fn zone<'a>(hall: &'a HallProfile, id: &LaneId, lang: Lang) -> &'a str {
    let found = hall.lanes.iter().find(|it| &it.id == id);
    let zone = found.and_then(|it| hall.zones.iter().find(|zone| zone.id == it.zone));
    zone.map_or("", |zone| of(&zone.name, lang))
}
