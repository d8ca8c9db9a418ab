//! The suite's own pack, and packs with faults.

use std::path::Path;

use voice::{
    Announcement, LEVEL_DBFS, LEVEL_TOLERANCE_DB, Language, Manner, RATE, active_level, plan,
};

use super::*;
use crate::{check, write_wav};

fn shipped() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../../assets/voice")
}

/// A folder of its own, gone with the value.
struct Folder(PathBuf);

impl Folder {
    fn new(name: &str) -> Folder {
        let dir = env::temp_dir().join(format!("voice-pack-{name}-{}", std::process::id()));
        fs::create_dir_all(dir.join("zh")).unwrap();
        Folder(dir)
    }

    fn manifest(&self, lines: &str) {
        fs::write(self.0.join("zh").join(MANIFEST), lines).unwrap();
    }
}

impl Drop for Folder {
    fn drop(&mut self) {
        let _gone = fs::remove_dir_all(&self.0);
    }
}

#[expect(clippy::cast_precision_loss, reason = "a second of samples")]
fn tone(amplitude: f32) -> Vec<f32> {
    let sample = |n| amplitude * (n as f32 * 0.06).sin();
    (0..12_000).map(sample).collect()
}

#[test]
fn the_shipped_pack_has_no_fault_and_lacks_nothing() {
    let report = check(&shipped()).unwrap();
    let faults: Vec<String> = report.faults.iter().map(ToString::to_string).collect();
    assert_eq!(faults, [""; 0]);
    assert!(report.is_whole());
    assert_eq!(report.n_clips, 3 + 2_113 + 962);
    assert!(report.lacking.values().all(|it| it.n_calls == 0));
}

#[test]
fn a_call_is_rendered_as_it_was_planned() {
    let (mut pack, _) = Pack::open(&shipped()).unwrap();
    let manner = Manner { languages: vec![Language::Zh, Language::En], ..Manner::default() };
    let said = pack.say(|has| plan(&Announcement::new("A012", "3"), &manner, has));
    assert!(said.lacking.is_empty() && said.faults.is_empty());
    let names: Vec<&str> = said.speech.pieces.iter().map(|(name, _)| name.as_str()).collect();
    let pass = ["zh/qing_A", "zh/n_012", "zh/w_3"];
    let english = ["en/t_A", "en/n_01", "en/d_2", "en/w_3"];
    let expected: Vec<&str> =
        ["common/chime2"].into_iter().chain(pass).chain(pass).chain(english).collect();
    assert_eq!(names, expected);
    for (name, place) in said.speech.pieces.iter().skip(1) {
        let level = active_level(&said.speech.samples[place.clone()]).unwrap();
        assert!((level - LEVEL_DBFS).abs() < 2.0 * LEVEL_TOLERANCE_DB, "{name}: {level}");
    }
}

#[test]
fn every_fault_is_named_and_the_rest_is_used() {
    let folder = Folder::new("faults");
    folder.manifest("gone.ogg\t号\nnoise.ogg\t请\nn_1.wav\t一号\nw_3.wav\t到三号\nbad line\n");
    fs::write(folder.0.join("zh/noise.ogg"), b"OggS and then nothing").unwrap();
    write_wav(&folder.0.join("zh/n_1.wav"), &tone(0.9)).unwrap();
    let wrong = hound::WavSpec {
        channels: 2,
        sample_rate: 44_100,
        bits_per_sample: 16,
        sample_format: hound::SampleFormat::Int,
    };
    hound::WavWriter::create(folder.0.join("zh/w_3.wav"), wrong).unwrap().finalize().unwrap();
    let (pack, faults) = Pack::open(&folder.0).unwrap();
    let faults: Vec<String> = faults.iter().map(ToString::to_string).collect();
    assert_eq!(
        faults,
        [
            "zh/MANIFEST.tsv:5: not `file`, tab, `text` of an .ogg or .wav",
            "zh/gone.ogg: the file is missing",
            "zh/noise.ogg: the recording cannot be decoded (no Ogg Vorbis head)",
            "zh/w_3.wav: recorded with 44100 samples a second, the pack must have 24000",
        ]
    );
    assert_eq!(pack.repertoire().clips().collect::<Vec<_>>(), ["zh/n_1"]);
}

#[test]
fn a_clip_that_breaks_off_is_found_when_it_is_needed_and_replaced_by_parts() {
    let folder = Folder::new("broken");
    folder.manifest("n_12.ogg\t一二号\nd_1.wav\t一\nd_2.wav\t二\np_hao.wav\t号\nw_3.wav\t到三号\n");
    let whole = fs::read(shipped().join("zh/clips/n_12.ogg")).unwrap();
    fs::write(folder.0.join("zh/n_12.ogg"), &whole[..120]).unwrap();
    for name in ["d_1", "d_2", "p_hao", "w_3"] {
        write_wav(&folder.0.join(format!("zh/{name}.wav")), &tone(0.02)).unwrap();
    }
    let (mut pack, faults) = Pack::open(&folder.0).unwrap();
    assert!(faults.is_empty(), "its head is well");
    let say = |pack: &mut Pack| {
        pack.say(|has| plan(&Announcement::new("12", "3"), &Manner::default(), has))
    };
    let said = say(&mut pack);
    let faults: Vec<String> = said.faults.iter().map(ToString::to_string).collect();
    assert_eq!(faults, ["zh/n_12.ogg: the recording cannot be decoded (unexpected end of file)"]);
    let names: Vec<&str> = said.speech.pieces.iter().map(|(name, _)| name.as_str()).collect();
    assert_eq!(names[..4], ["zh/d_1", "zh/d_2", "zh/p_hao", "zh/w_3"]);
    let level = active_level(&said.speech.samples).unwrap();
    assert!((level - LEVEL_DBFS).abs() < 1.0, "a soft recording is made louder: {level}");
    assert!(say(&mut pack).faults.is_empty(), "said once");
}

#[test]
fn a_folder_without_a_manifest_is_no_pack() {
    let folder = Folder::new("none");
    let error = Pack::open(&folder.0).unwrap_err();
    assert!(error.to_string().ends_with("is no voice pack: no folder of it has a `MANIFEST.tsv`"));
}

#[test]
fn no_more_clips_are_kept_than_the_limit() {
    let (mut pack, _) = Pack::open(&shipped()).unwrap();
    let names: Vec<String> = pack.repertoire().clips().take(400).map(str::to_owned).collect();
    for name in &names {
        pack.clip(name).unwrap();
        assert!(pack.kept.n_samples <= KEPT_SAMPLES_MAX);
    }
    let samples: usize = pack.kept.clips.values().map(|(_, it)| it.samples().len()).sum();
    assert_eq!(samples, pack.kept.n_samples);
    assert!(samples > KEPT_SAMPLES_MAX / 2 && samples > usize::try_from(RATE).unwrap());
    assert!(pack.kept.find(&names[399]).is_some() && pack.kept.find(&names[0]).is_none());
}
