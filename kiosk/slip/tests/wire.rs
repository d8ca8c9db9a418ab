//! What goes over the wire, for every slip on every kind of printer:
//! whole commands in each chunk, and no bytes that a printer would obey
//! before their turn. The commands are cut here by their lengths as the
//! manuals give them, not by the encoder's.
#![allow(clippy::unwrap_used, reason = "a test program stops at the first surprise")]

#[path = "golden/samples.rs"]
#[allow(dead_code, reason = "single samples are for other tests")]
mod samples;

use slip::{
    CHUNK_BYTES_MAX, Cut, HanziSize, JobMark, PrinterFont, Profile, QrDrawing, Rare, Slip, prepare,
};

/// The printers that are shipped, and every way to encode that none of
/// them takes.
fn profiles() -> Vec<Profile> {
    let mut profiles: Vec<Profile> =
        Profile::names().map(|it| Profile::named(it).unwrap()).collect();
    for (font, width_dots) in [(PrinterFont::Gb2312, 416), (PrinterFont::Gb18030, 576)] {
        for hanzi_size in [HanziSize::Gs, HanziSize::Fs] {
            for (rare, raster_band_rows) in [(Rare::Inline, 255), (Rare::Line, 8)] {
                profiles.push(Profile {
                    name: "made-up".into(),
                    width_dots,
                    font,
                    hanzi_size,
                    rare,
                    raster_band_rows,
                    qr: QrDrawing::Raster,
                    cut: Cut::None,
                    ..Profile::GENERIC_80
                });
            }
        }
    }
    profiles
}

/// The length of the command at the head of the bytes.
fn command_bytes(bytes: &[u8], profile: &Profile) -> usize {
    let number = |low: u8, high: u8| usize::from(u16::from_le_bytes([low, high]));
    let present = profile.presenter.as_ref().map_or(&[][..], |it| &it.present);
    match *bytes {
        _ if !present.is_empty() && bytes.starts_with(present) => present.len(),
        [0x0a | 0x20..=0x7e, ..] => 1,
        [0x81..=0xfe, b'0'..=b'9', 0x81..=0xfe, b'0'..=b'9', ..]
        | [0x1c, b'S', _, _, ..]
        | [0x1d, b'V', 65 | 66, _, ..] => 4,
        [0x81..=0xfe, 0x40..=0xfe, ..] | [0x1b, b'@', ..] | [0x1c, b'&' | b'.', ..] => 2,
        [0x1b, b'3' | b'E' | b'J' | b'a', _, ..]
        | [0x1c, b'!', _, ..]
        | [0x1d, b'!' | b'r', _, ..] => 3,
        [0x1b, b'*', 33, low, high, ..] => 5 + 3 * number(low, high),
        [0x1d, b'(', _, low, high, ..] => 5 + number(low, high),
        [0x1d, b'v', b'0', _, x_low, x_high, y_low, y_high, ..] => {
            8 + number(x_low, x_high) * number(y_low, y_high)
        }
        _ => panic!("no command begins with {:02x?}", &bytes[..bytes.len().min(8)]),
    }
}

/// Cuts a chunk into commands, and says how many they are.
fn n_commands(chunk: &[u8], profile: &Profile, what: &str) -> usize {
    let (mut rest, mut n_commands) = (chunk, 0);
    while !rest.is_empty() {
        let n_bytes = command_bytes(rest, profile);
        assert!(n_bytes <= rest.len(), "{what}: split {:02x?}", &rest[..rest.len().min(8)]);
        rest = &rest[n_bytes..];
        n_commands += 1;
    }
    // A text is one command to the encoder, each character one to the
    // printer.
    let is_text = chunk.iter().all(|it| !matches!(it, 0x1b..=0x1d));
    let is_small = chunk.len() <= CHUNK_BYTES_MAX;
    assert!(is_small || is_text || n_commands == 1, "{what}: a chunk of {} bytes", chunk.len());
    n_commands
}

#[test]
fn a_chunk_is_whole_commands_and_none_is_obeyed_before_its_turn() {
    let is_real_time = |it: &[u8]| it[0] == 0x10 && matches!(it[1], 0x04 | 0x05 | 0x06 | 0x14);
    let slips: Vec<(&str, Slip)> = samples::all().into_iter().chain(samples::awkward()).collect();
    let (mut commands, mut rasters) = (0, 0);
    for profile in profiles() {
        for (name, slip) in &slips {
            let what = format!("{name} on {profile:?}");
            let job = prepare(slip, &profile, JobMark::from_count(7));
            for chunk in &job.chunks {
                commands += n_commands(chunk.bytes(), &profile, &what);
            }
            let bytes =
                job.chunks.iter().flat_map(slip::Chunk::bytes).copied().collect::<Vec<u8>>();
            assert!(!bytes.windows(2).any(is_real_time), "{what}: a real-time command");
            rasters += bytes.windows(3).filter(|it| it == b"\x1dv0").count();
        }
    }
    assert!(commands > 100_000 && rasters > 1_000, "{commands} commands, {rasters} rasters");
}
