//! Calls as they are heard: the suite's own voice pack, rendered, and a
//! storm of calls on the board's rules.
//!
//! No recogniser listens: what is said is what the pack's manifest says
//! of the clips, in their order, against the words of the announcement.

mod storm;

use chance::Chance;
use sound::Pack;
use tests::program::repository;
use voice::{
    Announcement, DigitOne, LEVEL_DBFS, Language, Manner, PEAK_MAX, Speech, active_level, plan,
    words,
};

/// How far any clip may be from the level, in dB.
const LEVEL_OFF_DB_MAX: f32 = 1.0;

/// A clip begins and ends no louder than this, of full scale: 66 dB below.
const EDGE_MAX: f32 = 0.000_5;

fn pack() -> Pack {
    let (pack, faults) = Pack::open(&repository().join("assets/voice")).unwrap();
    assert!(faults.is_empty(), "{faults:?}");
    pack
}

/// No join but in silence, nothing clipped, everything equally loud.
fn assert_well_made(speech: &Speech) {
    let mut end = 0;
    for (name, place) in &speech.pieces {
        let clip = &speech.samples[place.clone()];
        let (first, last) = (clip[0].abs(), clip[clip.len() - 1].abs());
        assert!(first < EDGE_MAX && last < EDGE_MAX, "{name} is cut: {first} {last}");
        let gap = &speech.samples[end..place.start];
        assert!(gap.iter().all(|it| *it == 0.0), "no silence before {name}");
        assert!(end == 0 || gap.len() >= 240, "{name} follows after {} samples", gap.len());
        let level = active_level(clip).unwrap();
        assert!((level - LEVEL_DBFS).abs() < LEVEL_OFF_DB_MAX, "{name}: {level} dBFS");
        end = place.end;
    }
    let peak = speech.samples.iter().fold(0f32, |peak, it| peak.max(it.abs()));
    assert!(peak <= PEAK_MAX, "{peak}");
}

/// What the manifest says is said, put together.
fn heard(pack: &Pack, speech: &Speech, between: &str) -> String {
    let spoken = speech.pieces.iter().filter(|(name, _)| !name.starts_with("common/"));
    let texts: Vec<&str> = spoken.map(|(name, _)| pack.repertoire().text(name).unwrap()).collect();
    texts.join(between)
}

/// A number with one to four digits and a window, plain or labelled.
fn any_call(chance: &mut Chance, window_max: u64) -> Announcement {
    let letter = char::from(b'A' + u8::try_from(chance.below(26)).unwrap());
    let width = usize::try_from(chance.between(1, 4)).unwrap();
    let number = chance.below(10u64.pow(u32::try_from(width).unwrap()));
    let window = if chance.once_in(4) && window_max > 9 {
        format!("{}{:02}", char::from(b'A' + chance.byte() % 26), chance.between(1, 40))
    } else {
        chance.between(1, window_max).to_string()
    };
    Announcement::new(&format!("{letter}{number:0width$}"), &window)
}

#[test]
fn the_digits_are_right_in_fifty_calls_and_in_ten_thousand_more() {
    let mut pack = pack();
    let mut chance = Chance::new(7);
    for n in 0..10_050 {
        let one = if chance.flip() { DigitOne::Yi } else { DigitOne::Yao };
        let call = any_call(&mut chance, 999);
        let manner = Manner { languages: vec![Language::Zh], passes: 1, one };
        // Rendering ten thousand says nothing more than fifty do.
        let said = if n < 50 {
            let said = pack.say(|has| plan(&call, &manner, has));
            assert_well_made(&said.speech);
            heard(&pack, &said.speech, "")
        } else {
            texts(&pack, &plan(&call, &manner, pack.repertoire()).steps)
        };
        assert_eq!(said, words(&call, Language::Zh, one));
    }
}

/// What the manifest says of planned clips.
fn texts(pack: &Pack, steps: &[voice::Step]) -> String {
    let text = |step: &voice::Step| match step {
        voice::Step::Clip(name) if !name.starts_with("common/") => {
            Some(pack.repertoire().text(name).unwrap().to_owned())
        }
        _ => None,
    };
    steps.iter().filter_map(text).collect()
}

#[test]
fn english_calls_say_letter_digits_and_counter() {
    let mut pack = pack();
    let mut chance = Chance::new(8);
    let manner = Manner { languages: vec![Language::En], passes: 1, one: DigitOne::Yi };
    for _ in 0..50 {
        let call = any_call(&mut chance, 9);
        let said = pack.say(|has| plan(&call, &manner, has));
        assert_well_made(&said.speech);
        let expected = words(&call, Language::En, DigitOne::Yi).replace(',', "");
        assert_eq!(heard(&pack, &said.speech, " "), expected);
    }
}

#[test]
fn every_clip_of_the_pack_is_well_made() {
    let mut pack = pack();
    let names: Vec<String> = pack.repertoire().clips().map(str::to_owned).collect();
    for name in names {
        let step = voice::Step::Clip(name);
        let said = pack.say(|_| voice::Plan { steps: vec![step.clone()], lacking: Vec::new() });
        assert_eq!(said.speech.pieces.len(), 1);
        assert_well_made(&said.speech);
    }
}
