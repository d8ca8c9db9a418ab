//! Recordings, loud and soft.

use super::*;

/// A voice of one tone that comes and goes, with silence round it.
#[expect(clippy::cast_precision_loss, reason = "a few thousand samples")]
fn recording(amplitude: f32, silence_ms: u32) -> Vec<f32> {
    let silence = vec![0.0; n_samples(silence_ms)];
    let tone = (0..n_samples(600)).map(|n| {
        let (time, syllable) = (n as f32 / RATE as f32, (n / n_samples(200)) as f32);
        amplitude * (1.0 - 0.2 * syllable) * (time * 220.0 * std::f32::consts::TAU).sin()
    });
    silence.iter().copied().chain(tone).chain(silence.iter().copied()).collect()
}

fn off_by(clip: &Clip) -> f32 {
    (active_level(clip.samples()).unwrap() - LEVEL_DBFS).abs()
}

#[test]
fn every_recording_comes_to_one_level() {
    for amplitude in [0.01, 0.05, 0.2, 0.9, 1.0] {
        let clip = Clip::from_recording(recording(amplitude, 0)).unwrap();
        assert!(off_by(&clip) < 0.6, "{amplitude}: {} dB off", off_by(&clip));
    }
}

#[test]
fn a_peak_is_bent_and_never_cut() {
    let mut peaky = recording(0.05, 0);
    for place in [3_000, 6_000, 9_000] {
        peaky[place] = 0.9;
    }
    let clip = Clip::from_recording(peaky).unwrap();
    let peak = clip.samples().iter().fold(0f32, |peak, it| peak.max(it.abs()));
    assert!(peak <= PEAK_MAX, "{peak}");
    assert!(off_by(&clip) < 1.0, "{} dB off", off_by(&clip));
}

#[test]
fn long_silence_at_the_ends_is_cut_off_and_they_are_silent() {
    let clip = Clip::from_recording(recording(0.2, 500)).unwrap();
    let samples = clip.samples();
    assert!(samples.len() < n_samples(600 + 2 * MARGIN_MS + 10), "{}", samples.len());
    assert!(samples[0].abs() < 1e-4 && samples[samples.len() - 1].abs() < 1e-4);
    let whole = Clip::from_recording(recording(0.2, 0)).unwrap();
    assert!(whole.samples()[whole.samples().len() - 1].abs() < 1e-4, "the end fades");
}

#[test]
fn what_nobody_hears_is_no_clip() {
    assert_eq!(Clip::from_recording(Vec::new()), Err(Silent));
    assert_eq!(Clip::from_recording(vec![0.0; 24_000]), Err(Silent));
    assert_eq!(Clip::from_recording(recording(0.000_1, 0)), Err(Silent));
}
