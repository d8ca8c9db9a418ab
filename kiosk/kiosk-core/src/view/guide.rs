//! What a matter is: the published guide, on the screen.

use catalogue::{Channels, Matter, Notice};

use super::room::{Heights, Room};
use super::{Pager, Way, just_asked, part};
use crate::Shape;
use crate::format::{self, pick};
use crate::measure::{Block, Type, lines, pages};
use crate::slips::windows_of;
use crate::state::{Hall, State};

/// A matter's guide.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct GuidePage {
    /// The official name.
    pub name: String,
    /// The authority.
    pub department: String,
    /// What there is to know.
    pub rows: Vec<GuideRow>,
    /// Which part of it.
    pub pager: Pager,
    /// What the visitor came for: that button comes first.
    pub way: Way,
    /// Whether the server gives numbers now.
    pub numbers: bool,
    /// The server is being asked: the button says so, the others rest.
    pub busy: bool,
}

/// One thing to know about a matter.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct GuideRow {
    /// What it is about.
    pub label: GuideLabel,
    /// What there is to say.
    pub text: String,
    /// Lines that the text takes.
    pub lines: usize,
}

/// What a row of the guide is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum GuideLabel {
    /// 发给您.
    Result,
    /// 谁可以办.
    Who,
    /// 办理类型.
    Kind,
    /// 多久办好.
    Time,
    /// 费用.
    Fee,
    /// 在哪里办.
    Where,
    /// 办理时间.
    Hours,
    /// 咨询电话.
    Phone,
    /// 还可以怎么办.
    Channels,
    /// 受理期.
    Season,
    /// 依据.
    Basis,
}

/// Size, width and height of a row's text, px: a row is `row` high and
/// `line` for each line. In large text the label stands above it.
struct Rows {
    text: Type,
    width: usize,
    row: usize,
    line: usize,
}

const ROWS: Rows = Rows { text: Type::regular(36), width: 688, row: 28, line: 52 };
const ROWS_LARGE: Rows = Rows { text: Type::regular(56), width: 872, row: 98, line: 80 };
/// A landscape is too low for the longest law in large letters.
const ROWS_LARGE_LOW: Rows = Rows { text: Type::regular(48), width: 872, row: 98, line: 70 };

pub(super) fn guide(state: &State, at: usize) -> Option<GuidePage> {
    let lang = state.visit.lang;
    let matter = state.matter()?;
    let notice = state.notice()?;
    let hall = state.hall.as_ref()?;
    let room = Room::of(state);
    let sizes = match (room.large, room.shape) {
        (false, _) => ROWS,
        (true, Shape::Portrait) => ROWS_LARGE,
        (true, Shape::Landscape) => ROWS_LARGE_LOW,
    };
    let rows = texts(state, matter, &notice, hall).into_iter().map(|(label, text)| {
        let lines = lines(&text, sizes.text, sizes.width);
        let height = sizes.row + lines * sizes.line;
        Block { height, at_top: height, what: GuideRow { label, text, lines } }
    });
    let Heights { whole, with_pager } = room.guide();
    let rows: Vec<Block<GuideRow>> = rows.collect();
    let fits = rows.iter().map(|it| it.height).sum::<usize>() <= whole;
    let (rows, pager) = part(pages(rows, if fits { whole } else { with_pager }), at);
    Some(GuidePage {
        name: matter.name.get(lang).to_owned(),
        department: matter.department.get(lang).to_owned(),
        rows,
        pager,
        way: state.visit.way,
        numbers: state.queue.gives_numbers(),
        busy: just_asked(state).is_some(),
    })
}

/// What there is to say, in its order.
fn texts(
    state: &State,
    matter: &Matter,
    notice: &Notice,
    hall: &Hall,
) -> Vec<(GuideLabel, String)> {
    let lang = state.visit.lang;
    let contact = &matter.contact;
    let mut rows = vec![
        (GuideLabel::Result, result(matter, lang)),
        (GuideLabel::Who, format::audience(&matter.audience, lang)),
        (GuideLabel::Kind, kind(matter, lang)),
        (GuideLabel::Time, time(notice, lang)),
        (GuideLabel::Fee, fees(notice, lang)),
        (GuideLabel::Where, place(notice, hall, lang)),
        (GuideLabel::Hours, told(contact.hours.get(lang))),
        (GuideLabel::Phone, told(&contact.phone)),
        (GuideLabel::Channels, channels(matter.channels, lang)),
    ];
    let seasons = matter.periods.iter().map(|it| match &it.note {
        Some(note) => format!("{}{}{}", it.name.get(lang), pick(lang, "：", ": "), note.get(lang)),
        None => it.name.get(lang).to_owned(),
    });
    rows.extend(seasons.map(|text| (GuideLabel::Season, text)));
    let laws = matter.basis.iter().map(|it| {
        let law = format!("《{}》{}", it.law, it.article);
        match &it.says {
            Some(says) => format!("{law}{}{}", pick(lang, "：", ": "), says.get(lang)),
            None => law,
        }
    });
    rows.extend(laws.map(|text| (GuideLabel::Basis, text)));
    rows.retain(|(_, text)| !text.is_empty());
    rows
}

/// A text of the hall, unless nobody filled it in.
fn told(text: &str) -> String {
    if text.contains("__") { String::new() } else { text.to_owned() }
}

fn result(matter: &Matter, lang: catalogue::Lang) -> String {
    let name = matter.result.name.get(lang);
    match &matter.result.validity {
        Some(validity) => match lang {
            catalogue::Lang::Zh => format!("{name}（有效期：{}）", validity.get(lang)),
            catalogue::Lang::En => format!("{name} (valid: {})", validity.get(lang)),
        },
        None => name.to_owned(),
    }
}

fn kind(matter: &Matter, lang: catalogue::Lang) -> String {
    let category = format::category(matter.category, lang);
    format!("{category}{}{}", pick(lang, "，", ". "), format::kind(matter.kind, lang))
}

fn time(notice: &Notice, lang: catalogue::Lang) -> String {
    let promised = format::limit(notice.promised, lang);
    match (notice.statutory, lang) {
        (Some(law), catalogue::Lang::Zh) => {
            format!("承诺{}，法定最长{}", spaced(&promised), spaced(&format::limit(law, lang)))
        }
        (None, catalogue::Lang::Zh) => format!("承诺{}", spaced(&promised)),
        (Some(law), catalogue::Lang::En) => {
            format!("Promised: {promised}; by law: {}", format::limit(law, lang))
        }
        (None, catalogue::Lang::En) => format!("Promised: {promised}"),
    }
}

/// A digit stands off from the Han text before it.
fn spaced(text: &str) -> String {
    if text.starts_with(|c: char| c.is_ascii_digit()) {
        format!(" {text}")
    } else {
        text.to_owned()
    }
}

fn fees(notice: &Notice, lang: catalogue::Lang) -> String {
    if notice.fees.is_empty() {
        return pick(lang, "不收费", "No fee").to_owned();
    }
    let fees = notice
        .fees
        .iter()
        .map(|line| format!("{} {}", line.fee.item.get(lang), format::fee(line, lang)));
    fees.collect::<Vec<_>>().join(pick(lang, "；", "; "))
}

fn place(notice: &Notice, hall: &Hall, lang: catalogue::Lang) -> String {
    let windows = windows_of(notice, &hall.profile, lang);
    let zone = notice.lane.parse().map_or("", |lane| format::zone(&hall.profile, &lane, lang));
    let windows = told(&windows);
    match (zone.is_empty(), windows.is_empty(), lang) {
        (_, true, _) => zone.to_owned(),
        (true, false, catalogue::Lang::Zh) => format!("窗口 {windows}"),
        (true, false, catalogue::Lang::En) => format!("Windows {windows}"),
        (false, false, catalogue::Lang::Zh) => format!("{zone}，窗口 {windows}"),
        (false, false, catalogue::Lang::En) => format!("{zone}, windows {windows}"),
    }
}

/// The other ways than a window of this hall.
fn channels(channels: Channels, lang: catalogue::Lang) -> String {
    let ways = [
        (channels.online, "网上办", "online"),
        (channels.appointment, "预约办", "by appointment"),
        (channels.post, "邮寄办", "by post"),
        (channels.self_service, "自助机办", "at a self-service terminal"),
        (channels.proxy, "可以代办", "through an agent"),
        (channels.any_district, "各区都能办", "in any district"),
    ];
    let open = ways.iter().filter(|(open, ..)| *open).map(|(_, zh, en)| pick(lang, zh, en));
    open.collect::<Vec<_>>().join(pick(lang, "、", ", "))
}
