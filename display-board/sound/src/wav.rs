//! A call as a WAV file, for whoever wants to hear it elsewhere.

use std::path::Path;

use hound::{SampleFormat, WavSpec, WavWriter};
use voice::RATE;

/// Writes samples as 16-bit WAV.
pub fn write_wav(path: &Path, samples: &[f32]) -> Result<(), hound::Error> {
    let spec = WavSpec {
        channels: 1,
        sample_rate: RATE,
        bits_per_sample: 16,
        sample_format: SampleFormat::Int,
    };
    let mut writer = WavWriter::create(path, spec)?;
    for sample in sixteen_bits(samples) {
        writer.write_sample(sample)?;
    }
    writer.finalize()
}

/// Full scale 1.0 as integers.
pub(crate) fn sixteen_bits(samples: &[f32]) -> impl Iterator<Item = i16> {
    #[expect(clippy::cast_possible_truncation, reason = "it is within the limits by then")]
    let integer = |it: &f32| (it.clamp(-1.0, 1.0) * f32::from(i16::MAX)).round() as i16;
    samples.iter().map(integer)
}
