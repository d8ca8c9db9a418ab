//! What the person who installs a printer is told, and what comes out
//! of the printer meanwhile.
#![allow(clippy::unwrap_used, reason = "a test program stops at the first surprise")]

use std::time::{Duration, Instant};

use devices::{FontLevel, Listen, Model, VirtualPrinter};
use expect_test::expect;
use tempfile::TempDir;

/// What came of trying a printer out.
struct Tried {
    told: String,
    error: Option<String>,
    took: Duration,
}

#[expect(clippy::disallowed_methods, reason = "a person waits in real time")]
fn now() -> Instant {
    Instant::now()
}

fn try_out(printer: &str, profile: Option<&str>) -> Tried {
    let begin = now();
    let mut out = Vec::new();
    let at = "2026-11-22T08:00".parse().unwrap();
    let result = kiosk::printer_test(printer, profile, at, &mut out);
    let error = result.err().map(|it| format!("{it:#}"));
    Tried { told: String::from_utf8(out).unwrap(), error, took: now() - begin }
}

/// A printer at a TCP port, or at a pseudo-terminal.
fn printer(connection: &str, model: Model) -> (VirtualPrinter, TempDir) {
    let folder = tempfile::tempdir().unwrap();
    let listen = match connection {
        "tcp" => "tcp:127.0.0.1:0".parse().unwrap(),
        _ => Listen::Pty(folder.path().join("tty")),
    };
    let paper = folder.path().join("paper");
    (VirtualPrinter::start_model(&listen, &paper, model).unwrap(), folder)
}

fn n_pages(printer: VirtualPrinter) -> usize {
    let receipts = printer.stop().unwrap();
    assert!(receipts.iter().all(|it| it.complete && it.faults.is_empty()), "{receipts:?}");
    receipts.len()
}

#[test]
fn a_good_printer_prints_the_page_and_gets_its_line() {
    for connection in ["tcp", "pty"] {
        let (printer, _folder) = printer(connection, Model::of_width(576));
        let uri = printer.uri().to_owned();
        let tried = try_out(&uri, None);
        assert_eq!(tried.error, None, "{connection}");
        let end = tried.told.lines().last().unwrap();
        let baud = if connection == "pty" { "baud=115200&" } else { "" };
        assert_eq!(end, format!("printer = \"{uri}?{baud}profile=generic-80\""));
        assert_eq!(n_pages(printer), 1, "{connection}");
        if connection == "tcp" {
            expect![[r#"
                How are you (DLE EOT 1-4):     answered
                  it says:                     ready
                Are you done (GS r 1):         answered
                Slip in the mouth (10 04 14):  not answered
                What are you (GS I):           virtual-printer, virtual-printer
                Profile (closest): generic-80, 576 dots
            "#]]
            .assert_eq(tried.told.split_once("Printing").unwrap().0);
            let after = tried.told.split_once("…\n").unwrap().1;
            expect![[r#"
                It is on paper, once: the printer said so.

                Compare the page with what it says of itself, line by line:
                - Digits that wrap or end early: the paper's width is another (`width=384`, `416`, `576`).
                - Boxes or blanks in line 3: its font is smaller; set `font = "gb2312"` in a profile.
                - Letters instead of hanzi: switch its Chinese mode on, code page GB18030 or GBK.
                - Hanzi that stay small in line 5: set `hanzi_size = "both"`; no code: `qr = "raster"`.

                Set on the printer:
                - Reprint after paper out (缺纸重打): OFF. It would print a slip twice that counts once.

            "#]]
            .assert_eq(after.split_once("Put into").unwrap().0);
        }
    }
}

#[test]
fn a_presenter_is_recognized_by_what_it_says() {
    let taken_after = Some(Duration::ZERO);
    let (printer, _folder) = printer("pty", Model { taken_after, ..Model::of_width(576) });
    let tried = try_out(printer.uri(), None);
    assert_eq!(tried.error, None, "{}", tried.told);
    assert!(tried.told.contains("Slip in the mouth (10 04 14):  answered"), "{}", tried.told);
    assert!(tried.told.ends_with("&profile=kiosk-presenter-80\"\n"), "{}", tried.told);
    assert_eq!(n_pages(printer), 1);
}

#[test]
fn a_named_profile_is_tried_and_what_it_promises_too_much_is_told() {
    let model = Model { font: FontLevel::Gb18030, ..Model::of_width(576) };
    let (printer, _folder) = printer("tcp", model);
    let tried = try_out(printer.uri(), Some("kiosk-presenter-80"));
    assert_eq!(tried.error, None, "{}", tried.told);
    assert!(tried.told.contains("did not do: `presenter`"), "{}", tried.told);
    let tried = try_out(printer.uri(), Some("epson-tm-cn"));
    assert_eq!(tried.error, None, "{}", tried.told);
    assert!(tried.told.contains("Which job is done (GS ( H):    answered"), "{}", tried.told);
    assert!(!tried.told.contains("did not do"), "{}", tried.told);
    assert_eq!(n_pages(printer), 2);
}

#[test]
fn a_stopped_printer_is_told_before_anything_is_printed() {
    let (printer, _folder) = printer("tcp", Model::of_width(576));
    printer.set_fault(Some("no-paper".parse().unwrap())).unwrap();
    let tried = try_out(printer.uri(), None);
    let error = tried.error.unwrap();
    assert_eq!(error, "nothing was printed: there is no paper; put a roll in");
    assert!(tried.took < Duration::from_secs(5), "{:?}", tried.took);
    assert_eq!(n_pages(printer), 0);
}

#[test]
fn a_dead_line_is_told_in_seconds() {
    let (silent, _folder) = printer("pty", Model::of_width(576));
    silent.set_fault(Some("no-answer".parse().unwrap())).unwrap();
    let tried = try_out(silent.uri(), None);
    assert_eq!(tried.error.unwrap(), "the printer does not answer; nothing was printed");
    assert!(tried.told.contains("Is its speed 115200 baud"), "{}", tried.told);
    assert!(tried.took < Duration::from_secs(9), "{:?}", tried.took);
    assert_eq!(n_pages(silent), 0);

    let (stalled, _folder) = printer("tcp", Model::of_width(576));
    stalled.set_fault(Some("stall".parse().unwrap())).unwrap();
    let tried = try_out(stalled.uri(), None);
    assert!(tried.told.contains("raw port"), "{}", tried.told);
    assert!(tried.took < Duration::from_secs(6), "{:?}", tried.took);

    let tried = try_out("serial:/nowhere/tty", None);
    let error = tried.error.unwrap();
    assert!(error.starts_with("cannot open `serial:/nowhere/tty`: No such file"), "{error}");
}

#[test]
fn a_wrong_speed_is_found_out() {
    let model = Model { baud: Some(19_200), ..Model::of_width(576) };
    let (printer, _folder) = printer("pty", model);
    let tried = try_out(&printer.uri().replace("19200", "115200"), None);
    let error = tried.error.unwrap();
    assert!(error.ends_with("the printer answers at 19200 baud, write `baud=19200`"), "{error}");
    assert!(tried.took < Duration::from_secs(8), "{:?}", tried.took);
}

#[test]
fn a_folder_gets_the_page_and_an_unknown_profile_is_named() {
    let folder = tempfile::tempdir().unwrap();
    let uri = format!("dir:{}?width=384", folder.path().display());
    let tried = try_out(&uri, None);
    assert_eq!(tried.error, None);
    assert!(folder.path().join("0001.png").exists());
    let error = try_out(&uri, Some("epson")).error.unwrap();
    assert!(error.contains("`epson`; there are generic-58, generic-80, epson-tm-cn"), "{error}");
}
