//! Clips as samples: how loud one is, and what is done so that all are
//! equally loud and begin and end in silence.

/// Samples a second, of every clip and of what is rendered.
pub const RATE: u32 = 24_000;

/// The level of speech while somebody speaks, in dB below full scale.
pub const LEVEL_DBFS: f32 = -19.0;

/// A clip this near to the level is left as it was recorded.
pub const LEVEL_TOLERANCE_DB: f32 = 0.5;

/// No recording is made louder than this: what would be heard is noise.
pub const GAIN_DB_MAX: f32 = 30.0;

/// No sample is louder, of full scale.
pub const PEAK_MAX: f32 = 0.97;

/// Above this, what a gain made too loud is bent instead of cut.
const KNEE: f32 = 0.7;

/// Speech is measured in frames of this length …
const FRAME_MS: u32 = 20;

/// … that are no weaker than this below the loudest.
const GATE_DB: f32 = 25.0;

/// Quieter than this at an end of a recording is not speech …
const SILENCE_DBFS: f32 = -55.0;

/// … and more of it than this is cut off: pauses are the plan's.
const MARGIN_MS: u32 = 30;

/// How long a clip's beginning and end swell and fade.
const FADE_IN_MS: u32 = 4;
const FADE_OUT_MS: u32 = 10;

/// No clip of a pack is longer, in seconds.
pub const CLIP_SECS_MAX: u32 = 30;

/// A clip, ready to be joined to others: level corrected, ends silent.
#[derive(Clone, Debug, PartialEq)]
pub struct Clip(Vec<f32>);

/// There is nothing to be heard in a recording.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Silent;

impl Clip {
    /// From a recording at [`RATE`], one channel, full scale 1.0.
    pub fn from_recording(mut samples: Vec<f32>) -> Result<Clip, Silent> {
        let level = active_level(&samples).ok_or(Silent)?;
        let gain = LEVEL_DBFS - level;
        if gain > GAIN_DB_MAX {
            return Err(Silent);
        }
        if gain.abs() > LEVEL_TOLERANCE_DB {
            correct(&mut samples, gain);
        }
        for sample in &mut samples {
            *sample = bent(*sample);
        }
        let mut samples = trimmed(&samples).to_vec();
        fade(&mut samples);
        Ok(Clip(samples))
    }

    /// Its samples.
    pub fn samples(&self) -> &[f32] {
        &self.0
    }
}

/// How many samples last this long.
pub(crate) fn n_samples(ms: u32) -> usize {
    usize::try_from(u64::from(RATE) * u64::from(ms) / 1_000).unwrap_or(usize::MAX)
}

/// The level of what is spoken, pauses left out, in dB below full scale;
/// none where there is nothing.
pub fn active_level(samples: &[f32]) -> Option<f32> {
    let powers: Vec<f32> = samples.chunks(n_samples(FRAME_MS)).map(mean_square).collect();
    let loudest = powers.iter().copied().fold(0.0, f32::max);
    if loudest <= 0.0 {
        return None;
    }
    let gate = loudest / from_db_power(GATE_DB);
    let (mut sum, mut n) = (0.0, 0.0);
    for power in powers.into_iter().filter(|it| *it >= gate) {
        sum += power;
        n += 1.0;
    }
    Some(10.0 * (sum / n).log10())
}

fn mean_square(frame: &[f32]) -> f32 {
    let n = u16::try_from(frame.len()).unwrap_or(u16::MAX);
    frame.iter().map(|it| it * it).sum::<f32>() / f32::from(n.max(1))
}

fn from_db_power(db: f32) -> f32 {
    10f32.powf(db / 10.0)
}

/// An amplitude's factor of a level's difference.
pub(crate) fn from_db(db: f32) -> f32 {
    10f32.powf(db / 20.0)
}

/// Louder or softer by `gain` dB. Bending peaks costs a little level, so
/// it is measured again and corrected once more.
fn correct(samples: &mut [f32], gain: f32) {
    let mut gain = gain;
    for _ in 0..2 {
        for sample in samples.iter_mut() {
            *sample = bent(*sample * from_db(gain));
        }
        let Some(level) = active_level(samples) else { return };
        gain = LEVEL_DBFS - level;
    }
}

/// Below the knee as it is; above, ever less, and never over the limit.
fn bent(sample: f32) -> f32 {
    let loud = sample.abs();
    if loud <= KNEE {
        return sample;
    }
    let room = PEAK_MAX - KNEE;
    (KNEE + room * ((loud - KNEE) / room).tanh()).copysign(sample)
}

/// Without long silence at its ends.
fn trimmed(samples: &[f32]) -> &[f32] {
    let margin = n_samples(MARGIN_MS);
    let audible = |it: &f32| it.abs() > from_db(SILENCE_DBFS);
    let first = samples.iter().position(audible).unwrap_or(0);
    let last = samples.iter().rposition(audible).unwrap_or(0);
    &samples[first.saturating_sub(margin)..(last + 1 + margin).min(samples.len())]
}

fn fade(samples: &mut [f32]) {
    let n = samples.len();
    let (fade_in, fade_out) = (n_samples(FADE_IN_MS).min(n), n_samples(FADE_OUT_MS).min(n));
    for (place, sample) in samples.iter_mut().take(fade_in).enumerate() {
        *sample *= swell(place, fade_in);
    }
    for (place, sample) in samples.iter_mut().rev().take(fade_out).enumerate() {
        *sample *= swell(place, fade_out);
    }
}

/// From 0 at the beginning to nearly 1: half a cosine.
#[expect(clippy::cast_precision_loss, reason = "both are a few hundred")]
fn swell(place: usize, of: usize) -> f32 {
    let way = place as f32 / of as f32;
    0.5 - 0.5 * (std::f32::consts::PI * way).cos()
}

#[cfg(test)]
mod tests;
