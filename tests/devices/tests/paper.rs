//! What `slip` encodes, the emulated printer prints: the same text, the
//! same QR code, and no byte that it complains about.
#![allow(clippy::unwrap_used, reason = "a test program stops at the first surprise")]

#[path = "../../../kiosk/slip/tests/golden/samples.rs"]
#[allow(dead_code, reason = "single samples are for other tests")]
mod samples;

use std::io::{Read, Write};
use std::net::TcpStream;

use devices::{Fault, Folder, FontLevel, Listen, Model, Output, Printer, Receipt, VirtualPrinter};
use slip::{
    Bitmap, Job, JobMark, Line, PrinterFont, Profile, QrDrawing, Slip, plain_text, prepare, preview,
};

/// Sends a slip over TCP and gives the paper.
fn print(slip: &Slip, profile: &Profile, out: &std::path::Path) -> Receipt {
    let listen: Listen = "tcp:127.0.0.1:0".parse().unwrap();
    let width = usize::from(profile.width_dots);
    let printer = VirtualPrinter::start(&listen, out, width).unwrap();
    let mut stream = TcpStream::connect(printer.uri().strip_prefix("tcp:").unwrap()).unwrap();
    let job = prepare(slip, profile, JobMark::from_count(1));
    for chunk in &job.chunks {
        stream.write_all(chunk.bytes()).unwrap();
    }
    let mut reply = [0xff; 1];
    stream.read_exact(&mut reply).unwrap();
    assert_eq!(reply, [0], "the answer to the completion question");
    let mut receipts = printer.stop().unwrap();
    assert_eq!(receipts.len(), 1);
    let receipt = receipts.remove(0);
    assert_eq!(receipt.bytes + 3, job.n_bytes(), "all bytes but the question");
    receipt
}

/// The receipt's text with a rule as `slip` writes it.
fn text(receipt: &Receipt) -> String {
    let is_rule = |it: &str| !it.is_empty() && it.chars().all(|it| it == '-');
    let line = |it: &String| if is_rule(it) { "----\n".into() } else { format!("{it}\n") };
    receipt.lines.iter().map(line).collect()
}

/// The dots of a picture.
fn read_png(png: &std::path::Path) -> Bitmap {
    let file = std::io::BufReader::new(std::fs::File::open(png).unwrap());
    let mut reader = png::Decoder::new(file).read_info().unwrap();
    let mut bits = vec![0; reader.output_buffer_size().unwrap()];
    let info = reader.next_frame(&mut bits).unwrap();
    let row_bytes = info.width.div_ceil(8) as usize;
    let mut picture = Bitmap::new(info.width, info.height);
    for (y, row) in (0..).zip(bits.chunks(row_bytes)) {
        for x in (0..info.width).filter(|x| row[*x as usize / 8] & (0x80 >> (x % 8)) == 0) {
            picture.blacken(x, y);
        }
    }
    picture
}

/// What the QR codes of a picture say.
fn read_qr(png: &std::path::Path) -> Vec<String> {
    let picture = read_png(png);
    let (width, height) = (picture.width() as usize, picture.height() as usize);
    let mut grey = rqrr::PreparedImage::prepare_from_greyscale(width, height, |x, y| {
        let dot = picture.dot(u32::try_from(x).unwrap(), u32::try_from(y).unwrap());
        if dot { 0 } else { 255 }
    });
    grey.detect_grids().iter().map(|it| it.decode().unwrap().1).collect()
}

/// The paper that a printer with this profile's font makes of a job,
/// with its picture.
fn print_here(job: &Job, profile: &Profile) -> (Receipt, Bitmap) {
    let font = match profile.font {
        PrinterFont::Gb2312 => FontLevel::Gb2312,
        PrinterFont::Gbk => FontLevel::Gbk,
        PrinterFont::Gb18030 => FontLevel::Gb18030,
    };
    let width = usize::from(profile.width_dots);
    let mut printer = Printer::of_model(Model { font, ..Model::of_width(width) });
    let mut receipts = Vec::new();
    for chunk in &job.chunks {
        let outputs = printer.receive(chunk.bytes()).into_iter();
        receipts.extend(outputs.filter_map(|it| match it {
            Output::Receipt(receipt) => Some(receipt),
            Output::Reply(_) => None,
        }));
    }
    receipts.extend(printer.switch_off());
    let [mut receipt] = <[Receipt; 1]>::try_from(receipts).expect("one slip, one paper");
    let folder = tempfile::tempdir().unwrap();
    Folder::open(folder.path()).unwrap().keep(&mut receipt).unwrap();
    let picture = read_png(&folder.path().join("0001.png"));
    (receipt, picture)
}

/// The rows of an image that stands alone on its line.
fn image_rows(line: &str) -> Option<u32> {
    let size = line.strip_prefix("[image ")?.strip_suffix(']')?;
    size.split_once('x')?.1.parse().ok()
}

/// Whether a printed line says a text: as characters, or with a small
/// image for each character that the printer lacks.
fn says(printed: &str, meant: &str) -> bool {
    let mut rest = printed;
    meant.chars().all(|character| {
        let drawn = rest.strip_prefix("[image ").and_then(|it| it.split_once("x24]"));
        let behind = rest.strip_prefix(character).or(drawn.map(|(_, behind)| behind));
        rest = behind.unwrap_or_default();
        behind.is_some()
    }) && rest.is_empty()
}

/// Whether the paper says what was laid out, line by line; a line that
/// the printer cannot set is as many rows of dots as it is high.
fn check_lines(receipt: &Receipt, lines: &[Line], width_dots: u16, what: &str) {
    let height = |lines: &[Line]| preview(lines, width_dots).height();
    let mut printed = receipt.lines.iter().map(String::as_str);
    for line in lines.iter().filter(|it| !matches!(it, Line::Gap(_))) {
        let first = printed.next().unwrap_or_else(|| panic!("{what}: the paper ends too soon"));
        let is_said = match line {
            Line::Text(text) => says(first, &text.text),
            Line::Rule => first.bytes().all(|it| it == b'-'),
            Line::Qr(text) => first == format!("[qr {text}]"),
            Line::Gap(_) => true,
        };
        if is_said {
            continue;
        }
        let rows = height(std::slice::from_ref(line)) - height(&[]);
        let mut drawn =
            image_rows(first).unwrap_or_else(|| panic!("{what}: {first} is not {line:?}"));
        while drawn < rows {
            drawn += printed.next().and_then(image_rows).expect(what);
        }
        assert_eq!(drawn, rows, "{what}: {line:?}");
    }
    assert_eq!(printed.next(), None, "{what}");
}

/// The dots in which the paper is not as the kiosk's screen shows it.
fn other_dots(paper: &Bitmap, lines: &[Line], width_dots: u16) -> usize {
    let shown = preview(lines, width_dots);
    let end = shown.height() - preview(&[], width_dots).height();
    let dots = (0..end).flat_map(|y| (0..shown.width()).map(move |x| (x, y)));
    dots.filter(|&(x, y)| paper.dot(x, y) != shown.dot(x, y)).count()
}

#[test]
fn every_slip_prints_as_it_was_laid_out() {
    for (name, slip) in samples::all() {
        for profile in [Profile::GENERIC_80, Profile::GENERIC_58] {
            let out = tempfile::tempdir().unwrap();
            let receipt = print(&slip, &profile, out.path());
            let lines = slip::layout(&slip, profile.columns());
            assert_eq!(text(&receipt), plain_text(&lines), "{name} {}", profile.name);
            assert_eq!(receipt.faults, [], "{name} {}", profile.name);
            assert!(receipt.complete, "{name}");
        }
    }
}

/// A dot is changed wherever dots would spell a real-time command.
const GUARDED_DOTS_MAX: usize = 8;

#[test]
fn every_slip_comes_out_of_every_printer_as_the_screen_shows_it() {
    for name in Profile::names() {
        let profile = Profile { presenter: None, ..Profile::named(name).unwrap() };
        for (slip_name, slip) in samples::all().into_iter().chain(samples::awkward()) {
            let what = format!("{slip_name} on {name}");
            let job = prepare(&slip, &profile, JobMark::from_count(1));
            let (receipt, picture) = print_here(&job, &profile);
            assert_eq!(receipt.faults, [], "{what}");
            assert!(receipt.complete, "{what}");
            check_lines(&receipt, &job.lines, profile.width_dots, &what);
            let other = other_dots(&picture, &job.lines, profile.width_dots);
            assert!(other <= GUARDED_DOTS_MAX, "{what}: {other} dots are not as shown");
        }
    }
}

#[test]
fn a_phone_reads_the_ticket() {
    let ticket = samples::ticket(slip::Lang::Zh);
    for qr in [QrDrawing::Native, QrDrawing::Raster] {
        for profile in [Profile::GENERIC_80, Profile::GENERIC_58] {
            let profile = Profile { qr, ..profile };
            let out = tempfile::tempdir().unwrap();
            let receipt = print(&Slip::Ticket(ticket.clone()), &profile, out.path());
            assert_eq!(receipt.faults, []);
            let picture = out.path().join("0001.png");
            assert_eq!(read_qr(&picture), [ticket.url.clone().unwrap()], "{qr:?}");
        }
    }
}

#[test]
fn a_character_the_printer_lacks_stands_in_its_line() {
    let mut ticket = samples::ticket(slip::Lang::Zh);
    ticket.what = "垟头村".into();
    ticket.department = None;
    let profile = Profile { font: PrinterFont::Gb2312, ..Profile::GENERIC_58 };
    let out = tempfile::tempdir().unwrap();
    let receipt = print(&Slip::Ticket(ticket), &profile, out.path());
    assert_eq!(receipt.faults, []);
    assert!(receipt.lines.contains(&"[image 24x24]头村".to_owned()), "{:?}", receipt.lines);
}

#[test]
fn a_receipt_is_a_picture_a_text_and_a_record_on_a_page() {
    let out = tempfile::tempdir().unwrap();
    let slip = Slip::Ticket(samples::ticket(slip::Lang::Zh));
    let receipt = print(&slip, &Profile::GENERIC_80, out.path());
    let read = |name: &str| std::fs::read_to_string(out.path().join(name)).unwrap();
    assert_eq!(read("0001.txt"), receipt.text());
    let record: serde_json::Value = serde_json::from_str(&read("0001.json")).unwrap();
    assert_eq!(record["complete"], true);
    assert_eq!(record["cut"], "partial");
    assert_eq!(record["bytes"], receipt.bytes);
    assert!(read("index.html").contains("0001.png"));
    // The next one is not on top of it.
    let second = print(&slip, &Profile::GENERIC_80, out.path());
    assert_eq!(second.number, 2);
}

#[test]
fn a_person_jams_the_printer_with_a_file() {
    let out = tempfile::tempdir().unwrap();
    let listen: Listen = "tcp:127.0.0.1:0".parse().unwrap();
    let printer = VirtualPrinter::start(&listen, out.path(), 576).unwrap();
    let mut stream = TcpStream::connect(printer.uri().strip_prefix("tcp:").unwrap()).unwrap();
    let mut ask = |question: u8| {
        stream.write_all(&[0x10, 4, question]).unwrap();
        let mut reply = [0];
        stream.read_exact(&mut reply).unwrap();
        reply[0]
    };
    assert_eq!(ask(2), 0x12);
    std::fs::write(out.path().join("fault"), "cover-open\n").unwrap();
    assert_eq!(ask(2), 0x16);
    std::fs::remove_file(out.path().join("fault")).unwrap();
    assert_eq!(ask(2), 0x12);
    printer.set_fault(Some("paper-near-end".parse::<Fault>().unwrap())).unwrap();
    assert_eq!(ask(4), 0x1e);
}
