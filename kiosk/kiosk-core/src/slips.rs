//! What the paper says: a slip from the ticket, the notice and the hall,
//! in the visitor's language.
//!
//! Only the meaning is put together here. Fixed words, order and type
//! are the slip's own.

use catalogue::{
    JointPaper, JointPapers, Lang, Matter, Need, Notice, Paper as ListedPaper, Redirect,
};
use queue_api::{Class, HallProfile, LaneId, Ticket, TicketNumber};
use slip::{
    Answer, Due, Fee, Minutes, NoticeMatter, NoticeSlip, Paper, Place, ReportKind, ReportSlip,
    SharedPaper, Step, TicketSlip,
};

use crate::format::{self, pick};
use crate::number::Given;
use crate::state::{Hall, State};

/// The ticket as it is printed; `notice_number` if the notice follows on
/// the same paper. None before the hall is known.
pub(crate) fn ticket_slip(
    state: &State,
    ticket: &Given,
    notice_number: Option<&str>,
    reprint: bool,
) -> Option<TicketSlip> {
    let hall = state.hall.as_ref()?;
    let lang = state.visit.lang;
    let profile = &hall.profile;
    let matter = ticket.matter.as_deref().and_then(|id| state.catalogue.as_ref()?.matter(id));
    let what = match matter {
        Some(matter) => format::and_more(matter.short.get(lang), ticket.more, lang),
        None => format::lane_name(profile, &ticket.lane, lang).to_owned(),
    };
    let minutes = ticket.wait.map(|it| it.minutes).filter(|it| it.high > 0);
    Some(TicketSlip {
        lang: slip_lang(lang),
        hall: format::of(&profile.name, lang).to_owned(),
        number: ticket.number.to_string(),
        what,
        department: matter.map(|it| it.department.get(lang).to_owned()),
        zone: format::zone(profile, &ticket.lane, lang).to_owned(),
        windows: format::windows(profile, &ticket.lane, lang),
        ahead: ticket.wait.map(|it| it.ahead),
        estimate: minutes.map(|it| Minutes { low: it.low, high: it.high }),
        issued: hall.civil(ticket.issued_at),
        class: Some(class(ticket.class, lang).to_owned()),
        url: (!ticket.url.is_empty()).then(|| ticket.url.clone()),
        rejoin_minutes: None,
        notice_number: notice_number.map(str::to_owned),
        offline: ticket.wait.is_none(),
        reprint,
    })
}

/// The visitor's one-time notice as it is printed, of all matters that
/// were asked about. None before hall, catalogue and matter are known.
pub(crate) fn notice_slip(state: &State, notice_number: &str, reprint: bool) -> Option<NoticeSlip> {
    let hall = state.hall.as_ref()?;
    let lang = state.visit.lang;
    let (matters, notices): (Vec<&Matter>, Vec<Notice>) = state.notices()?.into_iter().unzip();
    let papers = JointPapers::of(&notices);
    let listed = |it: &JointPaper| SharedPaper {
        paper: paper(&it.paper, lang),
        matters: it.matters.iter().map(|&at| number(at)).collect(),
    };
    let each = matters.iter().zip(&notices);
    Some(NoticeSlip {
        lang: slip_lang(lang),
        hall: format::of(&hall.profile.name, lang).to_owned(),
        matters: each.map(|(matter, notice)| notice_matter(state, hall, matter, notice)).collect(),
        bring: papers.bring.iter().chain(&papers.optional).map(listed).collect(),
        later: papers.later.iter().map(listed).collect(),
        skip: papers.not_needed.iter().map(listed).collect(),
        catalogue_revision: state.catalogue.as_ref()?.revision.clone(),
        notice_number: notice_number.to_owned(),
        printed_at: hall.civil(state.now),
        url: state.list_url(),
        reprint,
        large: state.visit.large,
    })
}

/// The number of a matter on the slip: they count from 1 there.
fn number(at: usize) -> u32 {
    u32::try_from(at + 1).expect("a visitor asks about a few matters")
}

fn notice_matter(state: &State, hall: &Hall, matter: &Matter, notice: &Notice) -> NoticeMatter {
    let lang = state.visit.lang;
    let text = |text: &catalogue::Text| text.get(lang).to_owned();
    let answers = notice.situation.iter();
    NoticeMatter {
        name: text(&notice.name),
        department: notice.department.get(lang).to_owned(),
        entrusted_by: hall.entrusts(&matter.lane).map(|it| format::of(it, lang).to_owned()),
        category: format::category(matter.category, lang).to_owned(),
        kind: format::kind(matter.kind, lang).to_owned(),
        answers: answers
            .map(|it| Answer { question: text(&it.question), answer: text(&it.answer) })
            .collect(),
        redirects: redirects(state, notice, lang),
        steps: steps(notice, lang),
        promised: format::limit(notice.promised, lang),
        statutory: notice.statutory.map(|limit| format::limit(limit, lang)),
        clock_starts: (!notice.promised.is_on_the_spot())
            .then(|| format::clock_starts(notice.clock_starts, lang).to_owned()),
        excluded: notice.excluded.clone(),
        due: due(notice, hall, state),
        fees: fees(notice, lang),
        place: place(notice, &hall.profile, lang),
        rejections: notice.rejections.iter().map(|it| text(&it.text)).collect(),
    }
}

/// A report as it is printed, with what is known of the visit. None
/// before the hall is known.
pub(crate) fn report_slip(
    state: &State,
    kind: ReportKind,
    number: Option<&TicketNumber>,
    ticket: Option<&Ticket>,
) -> Option<ReportSlip> {
    let hall = state.hall.as_ref()?;
    let lang = state.visit.lang;
    let profile = &hall.profile;
    let of_lane = number.map(|it| format::lane_name(profile, &it.lane, lang).to_owned());
    let window = ticket.and_then(|it| it.window);
    let window = profile.windows.iter().find(|it| Some(it.id) == window);
    let desk = pick(lang, "咨询台", "the guide desk");
    Some(ReportSlip {
        lang: slip_lang(lang),
        hall: format::of(&profile.name, lang).to_owned(),
        kind,
        number: number.map(ToString::to_string),
        lane: of_lane.filter(|it| !it.is_empty()),
        window: window.map(|it| it.label.clone()),
        issued: ticket.map(|it| hall.civil(it.issued_at)),
        called: ticket.and_then(|it| it.called_at).map(|it| hall.civil(it)),
        hand_in: profile.stuck_desk.as_ref().map_or(desk, |it| format::of(it, lang)).to_owned(),
        hotline: profile.complaint.clone(),
        printed_at: hall.civil(state.now),
    })
}

/// Said of a paper that is listed because an answer is not known.
pub(crate) fn to_be_checked(lang: Lang) -> &'static str {
    pick(lang, "是否需要由窗口核对", "the window checks whether it is needed")
}

/// The catalogue's language as the slip's.
fn slip_lang(lang: Lang) -> slip::Lang {
    match lang {
        Lang::Zh => slip::Lang::Zh,
        Lang::En => slip::Lang::En,
    }
}

fn paper(listed: &ListedPaper, lang: Lang) -> Paper {
    let material = &listed.material;
    let own = material.note.as_ref().map(|note| note.get(lang));
    let unsure = (!listed.sure).then(|| to_be_checked(lang));
    let notes: Vec<&str> = [own, unsure].into_iter().flatten().collect();
    Paper {
        name: material.name.get(lang).to_owned(),
        originals: material.original,
        copies: material.copies,
        source: Some(format::source(material.source, lang).to_owned()),
        check: material.check.as_ref().map(|check| check.get(lang).to_owned()),
        note: (!notes.is_empty()).then(|| notes.join(pick(lang, "；", "; "))),
        kept: material.kept,
        optional: material.need == Need::Optional,
    }
}

/// What leads elsewhere for certain, then what perhaps does.
fn redirects(state: &State, notice: &Notice, lang: Lang) -> Vec<slip::Redirect> {
    let instead = |redirect: &Redirect| {
        let other = state.catalogue.as_ref()?.matter(redirect.to.as_deref()?)?;
        Some(other.name.get(lang).to_owned())
    };
    let certain = notice.redirects.iter().map(|it| it.text.get(lang).to_owned());
    let perhaps = notice.perhaps.iter().map(|it| {
        let text = it.text.get(lang);
        match lang {
            Lang::Zh => format!("可能：{text}（由窗口核对）"),
            Lang::En => format!("Perhaps: {text} (the window checks)"),
        }
    });
    let all = notice.redirects.iter().chain(&notice.perhaps);
    all.zip(certain.chain(perhaps))
        .map(|(it, text)| slip::Redirect { text, instead: instead(it) })
        .collect()
}

fn steps(notice: &Notice, lang: Lang) -> Vec<Step> {
    let steps = notice.steps.iter().map(|it| Step {
        name: it.name.get(lang).to_owned(),
        limit: it.promised.map(|limit| format::limit(limit, lang)),
    });
    steps.collect()
}

fn due(notice: &Notice, hall: &Hall, state: &State) -> Option<Due> {
    let due = notice.due.filter(|_| !notice.promised.is_on_the_spot())?;
    let handed_in = hall.civil(state.now).date();
    Some(Due { handed_in, due: due.date, provisional: due.provisional })
}

fn fees(notice: &Notice, lang: Lang) -> Vec<Fee> {
    let fees = notice.fees.iter().map(|line| Fee {
        item: line.fee.item.get(lang).to_owned(),
        amount: format::fee(line, lang),
        basis: line.fee.basis.clone(),
    });
    fees.collect()
}

fn place(notice: &Notice, profile: &HallProfile, lang: Lang) -> Place {
    let windows = windows_of(notice, profile, lang);
    let told = |text: &str| (!text.is_empty() && !text.contains("__")).then(|| text.to_owned());
    Place {
        window: told(&windows),
        address: told(notice.contact.address.get(lang)),
        hours: told(notice.contact.hours.get(lang)),
        phone: told(&notice.contact.phone),
        complaint: told(&notice.contact.complaint),
    }
}

/// The windows that take a matter: those of its lane, else what the
/// matter itself names.
pub(crate) fn windows_of(notice: &Notice, profile: &HallProfile, lang: Lang) -> String {
    let of_lane = notice.lane.parse::<LaneId>().map(|id| format::windows(profile, &id, lang));
    of_lane.ok().filter(|it| !it.is_empty()).unwrap_or_else(|| notice.contact.window.clone())
}

fn class(class: Class, lang: Lang) -> &'static str {
    let (zh, en) = match class {
        Class::Ordinary => ("普通号", "Walk-in"),
        Class::Appointment => ("预约号", "Appointment"),
        Class::Priority => ("优先号", "Priority"),
        Class::Green => ("绿色通道", "Green channel"),
    };
    pick(lang, zh, en)
}
