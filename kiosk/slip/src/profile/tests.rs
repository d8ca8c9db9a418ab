//! Which profiles are read, and how a wrong one is refused.

use expect_test::{Expect, expect};

use super::*;

fn shipped(name: &str) -> Profile {
    Profile::named(name).unwrap()
}

/// `generic-80` with one line in place of another.
fn refused(line: &str, instead: &str, expect: &Expect) {
    let text = include_str!("../../../../assets/printers/generic-80.toml");
    assert!(text.contains(line), "{line}");
    let error = Profile::read(&text.replace(line, instead)).unwrap_err();
    expect.assert_eq(&error.to_string());
}

#[test]
fn every_shipped_profile_is_found_by_the_name_it_bears() {
    for name in Profile::names() {
        assert_eq!(shipped(name).name, name);
    }
    assert_eq!(Profile::named("unheard-of"), None);
}

#[test]
fn the_constants_are_the_files() {
    assert_eq!(shipped("generic-80"), Profile::GENERIC_80);
    assert_eq!(shipped("generic-58"), Profile::GENERIC_58);
}

#[test]
fn a_presenter_tells_a_waiting_slip_and_a_jam() {
    let presenter = shipped("kiosk-presenter-80").presenter.unwrap();
    assert_eq!(presenter.query, [0x10, 0x04, 0x14]);
    let waiting = [0x10, 0x0f, 0x20, 0, 0, 0];
    let jammed = [0x10, 0x0f, 0, 0, 0x40, 0];
    assert!(presenter.ticket_present.is_set(&waiting) && !presenter.jam.is_set(&waiting));
    assert!(presenter.jam.is_set(&jammed) && !presenter.ticket_present.is_set(&jammed));
    assert!(!presenter.jam.is_set(&jammed[..4]), "a status that was cut off says nothing");
}

#[test]
fn a_wrong_profile_is_refused_with_its_line() {
    refused(
        "rare =",
        "rarely =",
        &expect![
            "line 18: unknown field `rarely`, expected one of `name`, `width_dots`, `font`, `hanzi_size`, `rare`, `qr`, `raster_band_rows`, `cut`, `feed_before_cut_dots`, `abilities`, `presenter`"
        ],
    );
    refused(
        "asb = false",
        "asb = false\nusb = true",
        &expect!["line 36: unknown field `usb`, expected one of `dle_eot`, `gs_r`, `gs_h`, `asb`"],
    );
    refused(
        "width_dots = 576",
        "width_dots = 577",
        &expect!["line 7: `width_dots` is a multiple of 8 from 288 to 832"],
    );
    refused(
        "font = \"gbk\"",
        "font = \"big5\"",
        &expect!["line 11: unknown variant `big5`, expected one of `gb2312`, `gbk`, `gb18030`"],
    );
    refused("qr = \"native\"", "", &expect!["line 1: missing field `qr`"]);
    refused(
        "raster_band_rows = 24",
        "raster_band_rows = 0",
        &expect!["line 24: `raster_band_rows` is 8 to 255"],
    );
    refused(
        "name = \"generic-80\"",
        "name = \"Generic 80\"",
        &expect!["line 4: a name has small letters, digits and `-` only"],
    );
}

#[test]
fn a_wrong_presenter_is_refused_with_its_line() {
    let text = include_str!("../../../../assets/printers/kiosk-presenter-80.toml");
    let refused = |line: &str, instead: &str, expect: &Expect| {
        assert!(text.contains(line), "{line}");
        let error = Profile::read(&text.replace(line, instead)).unwrap_err();
        expect.assert_eq(&error.to_string());
    };
    refused(
        "jam = \"4:40\"",
        "jam = \"6:40\"",
        &expect!["line 27: a status bit lies beyond `reply_bytes`"],
    );
    refused(
        "jam = \"4:40\"",
        "jam = \"4:60\"",
        &expect!["line 33: a bit is a byte's place and one bit, such as `2:20`"],
    );
    refused(
        "query = \"10 04 14\"",
        "query = \"10 4 14\"",
        &expect!["line 29: bytes are written such as `10 04 14`"],
    );
    refused(
        "query = \"10 04 14\"",
        "query = \"\"",
        &expect!["line 27: `query` and `reply_head` must not be empty"],
    );
    refused(
        "eject = \"1D 65 05\"",
        "eject = \"\"",
        &expect!["line 27: `not_taken` names a command that is empty"],
    );
}

#[test]
fn an_interrupted_command_lacks_no_more_than_its_profile_tells() {
    let band = |name| shipped(name).longest_command();
    assert_eq!(band("generic-58"), 8 + 48 * 24);
    assert_eq!(band("xprinter-80"), 8 + 72 * 48);
}
