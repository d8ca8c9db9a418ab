//! Bytes on the wire: a ticket as text against the same as pixels, and
//! how long a slow serial line takes for them.

use jiff::civil::date;
use slip::{JobMark, Lang, Minutes, Profile, Slip, TicketSlip};

use crate::figures::Figures;

/// Line speeds in bits a second; a byte takes ten.
const BAUDS: [u32; 3] = [9_600, 38_400, 115_200];

/// Measures the ticket of each width and language.
pub(crate) fn measure(figures: &mut Figures) {
    for (width, profile) in [("80 mm", Profile::GENERIC_80), ("58 mm", Profile::GENERIC_58)] {
        for (name, lang) in [("zh", Lang::Zh), ("en", Lang::En)] {
            let slip = Slip::Ticket(ticket(lang));
            let job = slip::prepare(&slip, &profile, JobMark::from_count(1));
            let bytes = u32::try_from(job.n_bytes()).unwrap_or(u32::MAX);
            figures.add(format!("ticket {width} {name}"), f64::from(bytes), "bytes");
            for baud in BAUDS {
                let seconds = f64::from(bytes) * 10.0 / f64::from(baud);
                figures.add(format!("ticket {width} {name} at {baud} baud"), seconds, "s");
            }
            let lines = slip::layout(&slip, profile.columns());
            let pixels = slip::preview(&lines, profile.width_dots);
            let raster = u32::from(profile.width_dots) / 8 * pixels.height();
            figures.add(format!("ticket {width} {name} as pixels"), f64::from(raster), "bytes");
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
        ahead: 5,
        estimate: Some(Minutes { low: 20, high: 30 }),
        issued: date(2026, 11, 23).at(9, 41, 0, 0),
        class: Some(say("普通号", "Ordinary")),
        url: Some("http://192.168.1.10:8080/t/DRVTrJQ2Amk1XwFafIcexg".to_owned()),
        rejoin_minutes: None,
        notice_number: Some("N-1042".to_owned()),
        reprint: false,
    }
}
