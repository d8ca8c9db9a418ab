//! What `slip` encodes, the emulated printer prints: the same text, the
//! same QR code, and no byte that it complains about.
#![allow(clippy::unwrap_used, reason = "a test program stops at the first surprise")]

#[path = "../../../kiosk/slip/tests/golden/samples.rs"]
#[allow(dead_code, reason = "single samples are for other tests")]
mod samples;

use std::io::{Read, Write};
use std::net::TcpStream;

use devices::{Fault, Listen, Receipt, VirtualPrinter};
use slip::{JobMark, PrinterFont, Profile, QrDrawing, Slip, plain_text, prepare};

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

/// What the QR codes of a picture say.
fn read_qr(png: &std::path::Path) -> Vec<String> {
    let file = std::io::BufReader::new(std::fs::File::open(png).unwrap());
    let mut reader = png::Decoder::new(file).read_info().unwrap();
    let mut bits = vec![0; reader.output_buffer_size().unwrap()];
    let info = reader.next_frame(&mut bits).unwrap();
    let (width, height) = (info.width as usize, info.height as usize);
    let row_bytes = width.div_ceil(8);
    let mut picture = rqrr::PreparedImage::prepare_from_greyscale(width, height, |x, y| {
        if bits[y * row_bytes + x / 8] & (0x80 >> (x % 8)) == 0 { 0 } else { 255 }
    });
    picture.detect_grids().iter().map(|it| it.decode().unwrap().1).collect()
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
