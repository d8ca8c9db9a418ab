//! Every kind of slip, as the core prints it: a picture of the paper and
//! the bytes that make it, for both widths and languages.

use std::fs;
use std::path::Path;

use anyhow::Context;
use catalogue::{Catalogue, Lang};
use kiosk_core::{Effect, Msg, Shape, Want};
use slip::{JobMark, Profile, Slip, TestSlip, prepare};

use super::Player;
use super::scenes::{issued, perhaps_printed, press, questions, take};
use crate::printer::picture_png;

/// The widths of paper there are.
const WIDTHS: [(&str, Profile); 2] = [("80", Profile::GENERIC_80), ("58", Profile::GENERIC_58)];

/// A kind of slip, and how a visitor comes by it.
type Kind = (&'static str, fn(&mut Player));

const KINDS: [Kind; 5] = [
    ("ticket", |it| issued(it, Want::Number)),
    ("ticket-reprint", |it| {
        issued(it, Want::Number);
        perhaps_printed(it);
        it.receive(Msg::ReprintPressed { command_id: press() });
    }),
    ("notice", |it| take(it, Want::Notice)),
    ("notice-redirect", |it| {
        questions(it, "food-operation-permit", &["self", "farm"]);
        let notice_number = "N-1042".to_owned();
        it.receive(Msg::TakePressed {
            want: Want::Notice,
            command_id: press(),
            notice_number,
            token: String::new(),
        });
    }),
    ("ticket-and-notice", |it| issued(it, Want::Both)),
];

/// Writes `slip-KIND-WIDTH-LANGUAGE.png` and `.bin` into `out`.
pub(super) fn draw(out: &Path, catalogue: &Catalogue) -> anyhow::Result<()> {
    for (code, lang) in [("zh", Lang::Zh), ("en", Lang::En)] {
        for (kind, play) in KINDS {
            let slip = printed(catalogue, lang, play);
            let slip = slip.with_context(|| format!("`{kind}` is never printed"))?;
            write(out, kind, code, &slip)?;
        }
        write(out, "printer-test", code, &Slip::Test(test_page(lang)))?;
    }
    Ok(())
}

/// The last slip that the core sends to the printer.
fn printed(catalogue: &Catalogue, lang: Lang, play: fn(&mut Player)) -> Option<Slip> {
    let mut player = Player::in_the_hall(catalogue, Shape::Portrait, lang, &[]);
    play(&mut player);
    let mut slips = player.effects.into_iter().rev();
    slips.find_map(|it| if let Effect::Print { slip, .. } = it { Some(slip) } else { None })
}

fn test_page(lang: Lang) -> TestSlip {
    TestSlip {
        lang: if lang == Lang::En { slip::Lang::En } else { slip::Lang::Zh },
        hall: "一门".to_owned(),
        printer: "tcp:192.168.1.50:9100".to_owned(),
        profile: Profile::GENERIC_80.name.to_string(),
        printed_at: jiff::civil::date(2026, 11, 23).at(9, 41, 0, 0),
    }
}

fn write(out: &Path, kind: &str, code: &str, slip: &Slip) -> anyhow::Result<()> {
    for (width, profile) in WIDTHS {
        let job = prepare(slip, &profile, JobMark::from_count(1));
        let picture = slip::preview(&job.lines, job.width_dots);
        let path = out.join(format!("slip-{kind}-{width}-{code}.png"));
        let cannot = || format!("cannot write `{}`", path.display());
        fs::write(&path, picture_png(&picture).with_context(cannot)?).with_context(cannot)?;
        let bytes: Vec<u8> = job.chunks.iter().flat_map(|it| it.bytes().to_vec()).collect();
        fs::write(path.with_extension("bin"), bytes).with_context(cannot)?;
    }
    Ok(())
}
