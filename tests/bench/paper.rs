//! Bytes on the wire: slips as text against the same as pixels, and how
//! long a slow serial line takes for them.

use anyhow::Context;
use jiff::civil::date;
use slip::{JobMark, Lang, Line, Minutes, NoticeSlip, Profile, Slip, TicketSlip};
use tests::notices::every_notice;
use tests::program::repository;

use crate::figures::Figures;

/// Line speeds in bits a second; a byte takes ten.
const BAUDS: [u32; 3] = [9_600, 38_400, 115_200];

/// Text lines of the notice that is measured, as near as there is one.
const NOTICE_LINES: usize = 37;

/// Measures a ticket and a notice on each width in each language.
pub(crate) fn measure(figures: &mut Figures) -> anyhow::Result<()> {
    let files = queue_server::profile::load(&repository().join("assets/halls/demo"))
        .map_err(|faults| anyhow::anyhow!("the demo hall is broken: {faults:?}"))?;
    let mut notices = Vec::new();
    every_notice(&files, |_, _, notice| notices.push(notice));
    for (width, profile) in [("80 mm", Profile::GENERIC_80), ("58 mm", Profile::GENERIC_58)] {
        for (name, lang) in [("zh", Lang::Zh), ("en", Lang::En)] {
            let slip = Slip::Ticket(ticket(lang));
            add(figures, &format!("ticket {width} {name}"), &slip, &profile);
            let of_lang = notices.iter().filter(|it| it.lang == lang);
            let lines_off = |it: &&NoticeSlip| {
                text_lines(&Slip::Notice((*it).clone()), &profile).abs_diff(NOTICE_LINES)
            };
            let notice = of_lang.min_by_key(lines_off).context("there are notices")?;
            let slip = Slip::Notice(notice.clone());
            let lines = text_lines(&slip, &profile);
            add(figures, &format!("notice of {lines} lines {width} {name}"), &slip, &profile);
        }
    }
    Ok(())
}

fn text_lines(slip: &Slip, profile: &Profile) -> usize {
    let lines = slip::layout(slip, profile.columns());
    lines.iter().filter(|it| matches!(it, Line::Text(_))).count()
}

/// Bytes and seconds of a slip as text, and the same of its pixels.
fn add(figures: &mut Figures, what: &str, slip: &Slip, profile: &Profile) {
    let job = slip::prepare(slip, profile, JobMark::from_count(1));
    let pixels = slip::preview(&job.lines, profile.width_dots);
    let (text, raster) = (job.n_bytes(), pixels.bits().len());
    for (how, bytes) in [("", text), (" as pixels", raster)] {
        let bytes = f64::from(u32::try_from(bytes).unwrap_or(u32::MAX));
        figures.add(format!("{what}{how}"), bytes, "bytes");
        for baud in BAUDS {
            let seconds = bytes * 10.0 / f64::from(baud);
            figures.add(format!("{what}{how} at {baud} baud"), seconds, "s");
        }
    }
}

fn ticket(lang: Lang) -> TicketSlip {
    let say = |zh: &str, en: &str| if lang == Lang::Zh { zh.to_owned() } else { en.to_owned() };
    TicketSlip {
        lang,
        hall: say("示范区政务服务中心", "Demo District Service Centre"),
        number: "A023".to_owned(),
        what: say("食品许可", "Food permit"),
        department: Some(say("市场监督管理局", "Administration for Market Regulation")),
        zone: say("等候区 A", "Area A"),
        windows: "A01–A04".to_owned(),
        ahead: Some(5),
        estimate: Some(Minutes { low: 20, high: 30 }),
        issued: date(2026, 11, 23).at(9, 41, 0, 0),
        class: Some(say("普通号", "Ordinary")),
        url: Some("http://192.168.1.10:8080/t/DRVTrJQ2Amk1XwFafIcexg".to_owned()),
        rejoin_minutes: None,
        notice_number: Some("N-1042".to_owned()),
        offline: false,
        reprint: false,
    }
}
