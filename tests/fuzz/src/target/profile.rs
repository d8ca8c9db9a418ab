//! A printer's profile: one that is read can be printed with; one that
//! is refused is refused with a line that the text has.

use jiff::civil::date;
use slip::{JobMark, Lang, Profile, ReturnPassSlip, Slip, prepare};

use super::{Target, in_short};

const SHIPPED: [&str; 2] = [
    include_str!("../../../../assets/printers/epson-tm-cn.toml"),
    include_str!("../../../../assets/printers/kiosk-presenter-80.toml"),
];

pub(super) const TARGET: Target = Target {
    name: "profile",
    seeds,
    words: &[
        b"name = ",
        b"width_dots = ",
        b"raster_band_rows = ",
        b"font = \"gb2312\"\n",
        b"hanzi_size = \"both\"\n",
        b"rare = \"line\"\n",
        b"qr = \"raster\"\n",
        b"cut = \"none\"\n",
        b"[presenter]\n",
        b"[abilities]\n",
        b"present = \"\"\n",
        b"reply_bytes = 0\n",
        b"reply_head = \"10\"\n",
        b"jam = \"255:80\"\n",
        b"\"\"\"",
        b"{ }",
        b"[[",
        b"= 18446744073709551616",
        b"= -1",
        b"= 1e999",
        b"= 288",
        b"= 832",
        b"= 255",
        b"= true",
        b"\r\n",
        "字".as_bytes(),
    ],
    bytes_max: 1_500,
    feed,
};

/// The shipped ones without their remarks, which only cost time.
fn seeds() -> Vec<Vec<u8>> {
    let keys = |text: &str| {
        let lines = text.lines().filter(|it| !it.starts_with('#') && !it.is_empty());
        lines.collect::<Vec<_>>().join("\n").into_bytes()
    };
    SHIPPED.map(keys).to_vec()
}

fn feed(input: &[u8]) -> Vec<String> {
    let text = String::from_utf8_lossy(input);
    match Profile::read(&text) {
        Ok(profile) => {
            let job = prepare(&slip(), &profile, JobMark::from_count(1));
            assert!(job.n_bytes() > 0 && job.warnings.is_empty(), "{:?}", job.warnings);
            let how = (profile.font, profile.hanzi_size, profile.rare, profile.qr, profile.cut);
            let presenter = profile.presenter.map(|it| (it.reply_bytes, it.not_taken));
            vec![format!("{how:?}"), format!("{presenter:?}")]
        }
        Err(error) => {
            // The last line may be the empty one behind the last line end.
            let n_lines = text.matches('\n').count() + 1;
            assert!((1..=n_lines).contains(&error.line), "{error}");
            assert!(!error.problem.is_empty() && !error.problem.contains('\n'), "{error}");
            vec![in_short(&error.problem)]
        }
    }
}

/// A slip with every kind of line in it, and not much more.
fn slip() -> Slip {
    Slip::ReturnPass(ReturnPassSlip {
        lang: Lang::Zh,
        hall: "厅".to_owned(),
        what: "𠮷".to_owned(),
        valid_from: date(2026, 11, 23),
        valid_to: date(2026, 11, 27),
        lane: "A".to_owned(),
        ticket: "A023".to_owned(),
        notice_number: None,
        token: "P".to_owned(),
        issued: date(2026, 11, 22).at(10, 12, 0, 0),
        reprint: false,
    })
}
