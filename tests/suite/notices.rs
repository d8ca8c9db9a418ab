//! Every notice that this catalogue can print: all matters, all answers,
//! both languages, both widths of paper. A visitor presses through the
//! real kiosk core; the bytes go to the printer that shares nothing with
//! the encoder; the paper says what the document says.

use std::collections::BTreeSet;

use devices::{Output, Receipt};
use queue_server::profile::{self, HallFiles};
use slip::{Job, JobMark, Line, NoticeSlip, Profile, Slip, plain_text, prepare};
use tests::notices::every_notice;
use tests::program::repository;

/// A notice of so many lines on 80 mm takes at most so many bytes.
const LINES: usize = 37;
const BYTES_MAX: usize = 1_800;

/// Full raster takes at least so many times the bytes.
const TIMES_FEWER_MIN: usize = 60;

/// The paper that a printer makes of a job.
fn print(job: &Job) -> Receipt {
    let mut printer = devices::Printer::new(usize::from(job.width_dots));
    let mut receipts = Vec::new();
    for chunk in &job.chunks {
        for output in printer.receive(chunk.bytes()) {
            if let Output::Receipt(receipt) = output {
                receipts.push(receipt);
            }
        }
    }
    let [receipt] = <[Receipt; 1]>::try_from(receipts).expect("one slip, one paper");
    receipt
}

/// The printed lines, a rule as `slip` writes it.
fn words(receipt: &Receipt) -> String {
    let rule = |it: &str| !it.is_empty() && it.chars().all(|it| it == '-');
    let line = |it: &String| if rule(it) { "----\n".to_owned() } else { format!("{it}\n") };
    receipt.lines.iter().map(line).collect()
}

/// Numbers and identifiers of a notice: digits and what holds them
/// together.
fn numbers(notice: &NoticeSlip) -> BTreeSet<String> {
    let text = slip::normalise(&serde_json::to_string(notice).unwrap());
    let part = |it: char| it.is_ascii_alphanumeric() || matches!(it, '-' | '/' | '.');
    text.split(|it: char| !part(it))
        .map(|it| it.trim_matches(['-', '/', '.']))
        .filter(|it| it.len() > 1 && it.bytes().all(|it| !it.is_ascii_alphabetic()))
        .map(str::to_owned)
        .collect()
}

/// Text instead of pixels is what keeps a slow line quick.
fn check_bytes(job: &Job, what: &str) {
    let text_lines = job.lines.iter().filter(|it| matches!(it, Line::Text(_))).count();
    if text_lines <= LINES {
        assert!(job.n_bytes() <= BYTES_MAX, "{what}: {} bytes", job.n_bytes());
    }
    let pixels = slip::preview(&job.lines, job.width_dots);
    let times = pixels.bits().len() / job.n_bytes();
    assert!(times >= TIMES_FEWER_MIN, "{what}: only {times} times fewer than pixels");
}

/// Prints every notice on this paper; how many there are.
fn print_all(files: &HallFiles, profile: &Profile) -> usize {
    let mut n_papers = 0;
    every_notice(files, |matter, answers, notice| {
        let numbers = numbers(&notice);
        // What leads elsewhere leaves out what is not needed.
        let whole = notice.matters.iter().all(|it| it.redirects.is_empty());
        let what = format!("{} {answers:?} {}", matter.id, profile.name);
        let job = prepare(&Slip::Notice(notice), profile, JobMark::from_count(1));
        assert_eq!(job.warnings, [], "{what}: every character has a glyph");
        check_bytes(&job, &what);
        let receipt = print(&job);
        assert!(receipt.complete && receipt.faults.is_empty(), "{what}");
        assert_eq!(words(&receipt), plain_text(&job.lines), "{what}");
        for line in &receipt.lines {
            assert!(slip::cells(line) <= profile.columns(), "{what}: {line}");
        }
        for number in numbers.into_iter().filter(|_| whole) {
            let there = receipt.lines.iter().any(|it| it.contains(&number));
            assert!(there, "{what}: `{number}` is split or lost");
        }
        n_papers += 1;
    });
    n_papers
}

#[test]
fn every_notice_of_the_catalogue_prints_as_it_is_meant() {
    let files = profile::load(&repository().join("assets/halls/demo")).unwrap();
    let (wide, narrow) = std::thread::scope(|scope| {
        let wide = scope.spawn(|| print_all(&files, &Profile::GENERIC_80));
        (print_all(&files, &Profile::GENERIC_58), wide.join().unwrap())
    });
    assert_eq!(wide, narrow);
    assert!(wide + narrow > 4_000, "{wide} papers of each width");
}
