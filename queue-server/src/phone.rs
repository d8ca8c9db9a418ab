//! The pages behind the QR of a ticket, whole and in words: what the hall
//! says now, readable on any phone, with scripts or without. Where there
//! are scripts, `ticket.js` goes on from what stands there.
//!
//! Pure: a view and the hall's files in, HTML out. maud escapes every
//! text. Nothing of another ticket is in it.

mod lists;
mod notice;
mod page;
mod words;

use catalogue::{Answers, Inquiry, Lang, Notice, Text};
use jiff::civil::Date;
use queue_core::Hall;

use crate::profile::HallFiles;

pub(crate) use notice::{Origin, notice_page};
pub(crate) use page::{Unknown, ticket_page, unknown_page};

/// The language that a page begins in: as asked for by the page's own
/// link, else by the browser. Chinese if it lists it at all.
pub(crate) fn language(asked: Option<&str>, accepts: Option<&str>) -> Lang {
    let lists_chinese = |it: &str| it.split(',').any(|it| it.trim_start().starts_with("zh"));
    match asked {
        Some("zh") => Lang::Zh,
        Some("en") => Lang::En,
        _ if accepts.is_none_or(|it| lists_chinese(&it.to_ascii_lowercase())) => Lang::Zh,
        _ => Lang::En,
    }
}

/// What a ticket is for, matter by matter, as its holder must know it.
/// Of a ticket that the hall knows no more, nothing.
pub(crate) fn notices(hall: &Hall, files: &HallFiles, token: &str) -> Vec<Notice> {
    let Some(ticket) = hall.ticket_by_token(token) else { return Vec::new() };
    let first = ticket.matter.iter().map(|id| (id, &ticket.answers));
    let all = first.chain(ticket.more.iter().map(|it| (&it.matter, &it.answers)));
    let notice = |(id, answers): (&String, &Option<Answers>)| {
        notice(files, id, answers.as_ref().unwrap_or(&Answers::new()), ticket.day)
    };
    all.filter_map(notice).collect()
}

/// What must be known and brought for what a list's code asks about, if
/// it is handed in today. None of what is no code, or of a matter that the
/// hall publishes no more.
pub(crate) fn asked_about(files: &HallFiles, code: &str, today: Date) -> Option<Vec<Notice>> {
    let asked = Inquiry::read(code, &files.catalogue)?.into_iter();
    asked.map(|it| notice(files, &it.matter, &it.answers, today)).collect()
}

fn notice(files: &HallFiles, id: &str, answers: &Answers, day: Date) -> Option<Notice> {
    let catalogue = &files.catalogue;
    let matter = catalogue.matter(id)?;
    Some(Notice::of(matter, answers, day, &catalogue.workdays, files.profile.waive_shared))
}

/// Two texts with something between them, in both languages.
fn joined(parts: &[Text], between: &str) -> Text {
    let side = |lang| {
        let parts = parts.iter().map(|it| it.get(lang)).filter(|it| !it.is_empty());
        parts.collect::<Vec<_>>().join(between)
    };
    Text { zh: side(Lang::Zh), en: side(Lang::En) }
}

#[cfg(test)]
mod tests;
