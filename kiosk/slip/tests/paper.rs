//! Slips as they come out: golden text, golden bytes, golden pictures,
//! and what holds for every slip.
#![allow(clippy::unwrap_used, reason = "a test program stops at the first surprise")]

#[path = "golden/samples.rs"]
mod samples;

use std::fmt::Write as _;
use std::fs::File;
use std::path::Path;

use expect_test::expect_file;
use slip::{
    Bitmap, CHUNK_BYTES_MAX, Completion, Job, JobMark, Lang, Line, NoticeSlip, PrinterFont,
    Profile, QrDrawing, Slip, Warning, layout, plain_text, prepare, preview,
};

const MARK: u32 = 7;

/// The project's own limit for a ticket is 700 bytes on the wire.
const TICKET_BYTES_MAX: usize = 550;

/// A notice of so many lines takes at most so many bytes.
const NOTICE_LINES: usize = 37;
const NOTICE_BYTES_MAX: usize = 1800;

fn job(slip: &Slip, profile: &Profile) -> Job {
    prepare(slip, profile, JobMark::from_count(MARK))
}

/// The bytes as a reviewer reads them: a line a command run, text shown.
fn hex_dump(job: &Job) -> String {
    let bytes: Vec<u8> = job.chunks.iter().flat_map(|it| it.bytes().to_vec()).collect();
    let mut out = String::new();
    for (n, row) in bytes.chunks(16).enumerate() {
        write!(out, "{:04x} ", n * 16).unwrap();
        for byte in row {
            write!(out, " {byte:02x}").unwrap();
        }
        out.push('\n');
    }
    out
}

fn check_picture(name: &str, picture: &Bitmap) {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/golden").join(name);
    if std::env::var_os("UPDATE_EXPECT").is_some() {
        write_png(&path, picture);
    }
    let decoder = png::Decoder::new(std::io::BufReader::new(File::open(&path).unwrap()));
    let mut reader = decoder.read_info().unwrap();
    let mut bits = vec![0; reader.output_buffer_size().unwrap()];
    let info = reader.next_frame(&mut bits).unwrap();
    assert_eq!((info.width, info.height), (picture.width(), picture.height()), "{name}");
    let white_is_one: Vec<u8> = picture.bits().iter().map(|it| !it).collect();
    assert!(bits == white_is_one, "{name} looks different; UPDATE_EXPECT=1 shows how");
}

fn write_png(path: &Path, picture: &Bitmap) {
    let mut encoder =
        png::Encoder::new(File::create(path).unwrap(), picture.width(), picture.height());
    encoder.set_color(png::ColorType::Grayscale);
    encoder.set_depth(png::BitDepth::One);
    let white_is_one: Vec<u8> = picture.bits().iter().map(|it| !it).collect();
    encoder.write_header().unwrap().write_image_data(&white_is_one).unwrap();
}

fn check_golden(slip: &Slip, profile: &Profile, name: &str) {
    let job = job(slip, profile);
    assert_eq!(job.warnings, [], "{name}");
    expect_file![format!("golden/{name}.txt")].assert_eq(&plain_text(&job.lines));
    expect_file![format!("golden/{name}.hex")].assert_eq(&hex_dump(&job));
    check_picture(&format!("{name}.png"), &preview(&job.lines, profile.width_dots));
}

#[test]
fn every_sample_is_as_it_was_on_both_papers() {
    for (name, slip) in samples::all().into_iter().chain(samples::awkward()) {
        check_golden(&slip, &Profile::GENERIC_80, &format!("{name}_80"));
        check_golden(&slip, &Profile::GENERIC_58, &format!("{name}_58"));
    }
}

#[test]
fn no_golden_file_is_left_of_a_slip_that_is_gone() {
    let samples = samples::all().into_iter().chain(samples::awkward());
    let names: Vec<String> = samples
        .flat_map(|(name, _)| ["80", "58"].map(|width| format!("{name}_{width}")))
        .flat_map(|name| ["txt", "hex", "png"].map(|end| format!("{name}.{end}")))
        .collect();
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/golden");
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        let name = path.file_name().unwrap().to_str().unwrap().to_owned();
        let is_code = path.extension().is_some_and(|it| it == "rs");
        assert!(is_code || names.contains(&name), "{name}");
    }
}

#[test]
fn every_sample_prints_on_every_shipped_printer() {
    for name in Profile::names() {
        let profile = Profile::named(name).unwrap();
        for (slip_name, slip) in samples::all().into_iter().chain(samples::awkward()) {
            assert_eq!(job(&slip, &profile).warnings, [], "{slip_name} on {name}");
        }
    }
}

#[test]
fn a_ticket_takes_half_a_second_at_9600_baud() {
    for lang in [Lang::Zh, Lang::En] {
        let slip = Slip::Ticket(samples::ticket(lang));
        for profile in [Profile::GENERIC_80, Profile::GENERIC_58] {
            let n_bytes = job(&slip, &profile).n_bytes();
            assert!(n_bytes <= TICKET_BYTES_MAX, "{lang:?} {}: {n_bytes}", profile.name);
        }
    }
}

#[test]
fn no_line_is_wider_than_the_paper() {
    for (name, slip) in samples::all().into_iter().chain(samples::awkward()) {
        for columns in [32, 34, 48] {
            for line in layout(&slip, columns) {
                if let Line::Text(line) = line {
                    assert!(line.cells() <= columns, "{name} {columns}: {}", line.text);
                }
            }
        }
    }
}

#[test]
fn an_english_slip_has_no_hanzi_and_a_chinese_one_no_english() {
    let has_hanzi = |it: &str| it.chars().any(|it| ('一'..='龥').contains(&it));
    for (name, slip) in samples::all() {
        for columns in [32, 48] {
            let text = plain_text(&layout(&slip, columns));
            let words = text.lines().filter(|it| it.chars().any(char::is_alphabetic));
            for line in words.filter(|it| !it.starts_with("[qr ")) {
                if name.ends_with("_en") {
                    assert!(!has_hanzi(line), "{name}: {line}");
                } else {
                    let is_number = line.starts_with(['A', 'N']);
                    assert!(is_number || has_hanzi(line), "{name}: {line}");
                }
            }
        }
    }
}

/// What a slip says, without its lines, signs and spaces.
fn said(slip: &Slip, columns: usize) -> String {
    let text = plain_text(&layout(slip, columns));
    text.chars().filter(|it| it.is_alphanumeric()).collect()
}

#[test]
fn large_type_says_the_same_on_longer_paper() {
    for notice in [samples::notice_zh(), samples::notice_en(), samples::redirect_zh()] {
        let large = Slip::Notice(NoticeSlip { large: true, ..notice.clone() });
        let plain = Slip::Notice(notice);
        for columns in [32, 34, 48] {
            assert_eq!(said(&large, columns), said(&plain, columns));
            let lines = layout(&large, columns);
            assert!(lines.len() > layout(&plain, columns).len());
            let is_large = |it: &Line| !matches!(it, Line::Text(text) if text.style.high < 2);
            assert!(lines.iter().all(is_large), "{lines:?}");
        }
    }
}

#[test]
fn a_slip_says_the_same_on_every_paper() {
    for (name, slip) in samples::all() {
        assert_eq!(said(&slip, 32), said(&slip, 48), "{name}");
    }
}

#[test]
fn a_joint_notice_lists_a_paper_once_with_its_matters() {
    let (_, slip) = samples::all().into_iter().find(|(name, _)| *name == "joint_zh").unwrap();
    let text = plain_text(&layout(&slip, 48));
    assert_eq!(text.matches("□ 居民身份证\n").count(), 1, "{text}");
    assert!(text.contains("用于事项 1、2"), "{text}");
    let Slip::Notice(notice) = &slip else { panic!("it is a notice") };
    for (number, matter) in (1..).zip(&notice.matters) {
        let own = text.rsplit_once(&format!("----\n{number}. {}", matter.name)).unwrap().1;
        assert!(own.contains(&format!("承诺：{}", matter.promised)), "{own}");
        assert!(own.contains(matter.place.phone.as_deref().unwrap()), "{own}");
    }
    // One matter alone has no numbers to tell apart.
    let mut alone = notice.clone();
    alone.matters.truncate(1);
    let text = plain_text(&layout(&Slip::Notice(alone), 48));
    assert!(!text.contains("用于事项") && !text.contains("1. 企业设立登记"), "{text}");
}

#[test]
fn of_several_matters_one_sent_elsewhere_keeps_its_limits_to_itself() {
    let (_, slip) = samples::all().into_iter().find(|(name, _)| *name == "joint_zh").unwrap();
    let Slip::Notice(mut notice) = slip else { panic!("it is a notice") };
    let elsewhere = samples::redirect_zh().matters[0].redirects.clone();
    notice.matters[1].redirects.clone_from(&elsewhere);
    notice.bring.retain(|it| it.matters == [1]);
    let said = |notice: &NoticeSlip| plain_text(&layout(&Slip::Notice(notice.clone()), 48));
    let text = said(&notice);
    assert!(text.contains("当场办结") && !text.contains("5 个工作日"), "{text}");
    assert!(text.contains("□ 公司登记申请书"), "{text}");
    // With nothing to do here there is no word on papers either.
    notice.matters[0].redirects = elsewhere;
    notice.bring.clear();
    let text = said(&notice);
    assert!(!text.contains("当场办结") && !text.contains("材料"), "{text}");
}

#[test]
fn a_return_pass_says_for_how_long_and_how_often() {
    for (name, slip) in samples::all().into_iter().filter(|(it, _)| it.starts_with("return")) {
        let text = plain_text(&layout(&slip, 32));
        for needle in ["2026-11-23", "2026-11-27", "A023", "N-1042", "/p/3mK9"] {
            assert!(text.contains(needle), "{name} {needle}: {text}");
        }
    }
}

#[test]
fn a_notice_of_37_lines_takes_two_seconds_at_9600_baud() {
    for (name, slip) in samples::all().into_iter().filter(|(it, _)| !it.starts_with("ticket")) {
        for profile in [Profile::GENERIC_80, Profile::GENERIC_58] {
            let job = job(&slip, &profile);
            let n_lines = job.lines.iter().filter(|it| matches!(it, Line::Text(_))).count();
            let allowed = NOTICE_BYTES_MAX * n_lines.max(NOTICE_LINES) / NOTICE_LINES;
            assert!(job.n_bytes() <= allowed, "{name}: {n_lines} lines, {} bytes", job.n_bytes());
        }
    }
}

#[test]
fn a_redirect_comes_before_everything_else() {
    let text = plain_text(&layout(&Slip::Notice(samples::redirect_zh()), 48));
    let at = |needle: &str| text.find(needle).unwrap_or_else(|| panic!("{needle} in {text}"));
    assert!(at("改办备案") < at("您的情况"));
    assert!(!text.contains("不收费") && !text.contains("工作日"), "{text}");
    assert!(at("补打") < at("一次性告知单"));
}

#[test]
fn papers_to_bring_have_boxes_and_papers_to_skip_have_none() {
    let text = plain_text(&layout(&Slip::Notice(samples::notice_zh()), 48));
    let boxes = text.lines().filter(|it| it.starts_with("□ ")).count();
    let notice = samples::notice_zh();
    assert_eq!(boxes, notice.bring.len() + notice.later.len());
    assert!(text.contains("· 营业执照\n"), "{text}");
}

#[test]
fn a_chunk_ends_where_a_command_ends() {
    let slip = Slip::Notice(samples::notice_zh());
    let profile = Profile { qr: QrDrawing::Raster, ..Profile::GENERIC_58 };
    let job = job(&slip, &profile);
    for chunk in &job.chunks {
        let raster = chunk.bytes().starts_with(&[0x1d, b'v', b'0']);
        assert!(chunk.bytes().len() <= CHUNK_BYTES_MAX || raster);
    }
    assert_eq!(job.chunks.last().unwrap().bytes(), [0x1d, b'r', 1]);
}

#[test]
fn a_printer_that_names_its_jobs_is_asked_for_the_mark() {
    let slip = Slip::Ticket(samples::ticket(Lang::Zh));
    let mut profile = Profile::GENERIC_80;
    profile.abilities.process_id = true;
    let job = job(&slip, &profile);
    let mark = JobMark::from_count(MARK).bytes();
    assert_eq!(job.completion, Completion::ProcessId(mark));
    assert!(job.chunks.last().unwrap().bytes().ends_with(&mark));
    assert_ne!(mark, JobMark::from_count(MARK + 1).bytes());
}

#[test]
fn a_character_the_printer_lacks_is_drawn_or_reported() {
    let mut ticket = samples::ticket(Lang::Zh);
    ticket.what = "垟头村㛃".into();
    let slip = Slip::Ticket(ticket.clone());
    let with = |font| Profile { font, ..Profile::GENERIC_80 };
    let bytes = |font| job(&slip, &with(font)).n_bytes();
    // 垟 is in GBK only: two bytes as text, 77 as dots. 㛃 is in neither,
    // and four bytes as GB18030.
    assert_eq!(bytes(PrinterFont::Gb2312), bytes(PrinterFont::Gbk) + 75);
    assert_eq!(bytes(PrinterFont::Gbk), bytes(PrinterFont::Gb18030) + 73);
    assert_eq!(job(&slip, &Profile::GENERIC_80).warnings, []);

    ticket.what = "好😀".into();
    let gbk = job(&Slip::Ticket(ticket), &Profile::GENERIC_80);
    assert_eq!(gbk.warnings, [Warning::NoGlyph('😀')]);
}

#[test]
fn a_qr_code_that_does_not_fit_is_left_out_and_reported() {
    let mut ticket = samples::ticket(Lang::Zh);
    ticket.url = Some("x".repeat(2000));
    let job = job(&Slip::Ticket(ticket), &Profile::GENERIC_58);
    assert_eq!(job.warnings, [Warning::QrTooLong]);
}
