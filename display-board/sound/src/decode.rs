//! A clip's bytes become samples: Ogg Vorbis, or WAV as a hall's own
//! recorder writes it.

use std::fs;
use std::io::{self, Cursor, Read};
use std::path::Path;

use hound::{SampleFormat, WavReader};
use symphonia::core::codecs::audio::AudioDecoderOptions;
use symphonia::core::formats::probe::Hint;
use symphonia::core::formats::{FormatOptions, TrackType};
use symphonia::core::io::{MediaSourceStream, MediaSourceStreamOptions};
use symphonia::core::meta::MetadataOptions;
use voice::{CLIP_SECS_MAX, Clip, RATE, Silent};

/// No file of a clip is longer; what is longer is something else.
const BYTES_MAX: u64 = 8 << 20;

/// Of an Ogg file, as much as says its rate.
const HEAD_BYTES: u64 = 64;

/// Why a clip cannot be used.
#[derive(Debug, thiserror::Error)]
pub enum ClipFault {
    /// The manifest names it and it is not there.
    #[error("the file is missing")]
    Missing,
    /// It is there and cannot be read.
    #[error("the file cannot be read")]
    Disk(#[source] io::Error),
    /// It is not what its ending says.
    #[error("the recording cannot be decoded ({0})")]
    Unreadable(String),
    /// Recorded with another number of samples a second.
    #[error("recorded with {0} samples a second, the pack must have {RATE}")]
    WrongRate(u32),
    /// Nothing is to be heard, or it is much too quiet.
    #[error("nothing is heard in it")]
    Silent,
    /// Longer than anything a board says.
    #[error("longer than {CLIP_SECS_MAX} seconds")]
    TooLong,
}

/// Looks at the head of a file only: is it there, is it what it should be.
pub(crate) fn look(path: &Path) -> Result<(), ClipFault> {
    let file = fs::File::open(path).map_err(opening)?;
    let rate = if is_wav(path) {
        WavReader::new(io::BufReader::new(file)).map_err(unreadable)?.spec().sample_rate
    } else {
        let mut head = Vec::new();
        file.take(HEAD_BYTES).read_to_end(&mut head).map_err(ClipFault::Disk)?;
        vorbis_rate(&head).ok_or_else(|| unreadable("no Ogg Vorbis head"))?
    };
    right(rate)
}

/// Reads the whole clip.
pub(crate) fn decode(path: &Path) -> Result<Clip, ClipFault> {
    let file = fs::File::open(path).map_err(opening)?;
    let mut bytes = Vec::new();
    file.take(BYTES_MAX).read_to_end(&mut bytes).map_err(ClipFault::Disk)?;
    let samples = if is_wav(path) { wav(&bytes)? } else { vorbis(bytes)? };
    if samples.len() as u64 > u64::from(RATE) * u64::from(CLIP_SECS_MAX) {
        return Err(ClipFault::TooLong);
    }
    Clip::from_recording(samples).map_err(|Silent| ClipFault::Silent)
}

fn is_wav(path: &Path) -> bool {
    path.extension().is_some_and(|it| it == "wav")
}

fn opening(error: io::Error) -> ClipFault {
    match error.kind() {
        io::ErrorKind::NotFound => ClipFault::Missing,
        _ => ClipFault::Disk(error),
    }
}

#[expect(clippy::needless_pass_by_value, reason = "for `map_err`")]
fn unreadable(why: impl ToString) -> ClipFault {
    ClipFault::Unreadable(why.to_string())
}

fn right(rate: u32) -> Result<(), ClipFault> {
    if rate == RATE { Ok(()) } else { Err(ClipFault::WrongRate(rate)) }
}

/// The rate that the first packet of an Ogg Vorbis file names.
fn vorbis_rate(head: &[u8]) -> Option<u32> {
    let marks = b"\x01vorbis";
    let packet = head.starts_with(b"OggS").then_some(head)?;
    let at = packet.windows(marks.len()).position(|it| it == marks)?;
    // Version and number of channels come before it.
    let rate = packet.get(at + marks.len() + 5..)?.first_chunk::<4>()?;
    Some(u32::from_le_bytes(*rate))
}

fn vorbis(bytes: Vec<u8>) -> Result<Vec<f32>, ClipFault> {
    let stream =
        MediaSourceStream::new(Box::new(Cursor::new(bytes)), MediaSourceStreamOptions::default());
    let probe = symphonia::default::get_probe();
    let (format, metadata) = (FormatOptions::default(), MetadataOptions::default());
    let mut file = probe.probe(&Hint::new(), stream, format, metadata).map_err(unreadable)?;
    let track = file.default_track(TrackType::Audio).ok_or_else(|| unreadable("no sound"))?;
    let (id, parameters) = (track.id, track.codec_params.as_ref());
    let parameters =
        parameters.and_then(|it| it.audio()).ok_or_else(|| unreadable("no sound"))?.clone();
    right(parameters.sample_rate.unwrap_or(0))?;
    let mut decoder = symphonia::default::get_codecs()
        .make_audio_decoder(&parameters, &AudioDecoderOptions::default())
        .map_err(unreadable)?;
    let (mut samples, mut some) = (Vec::new(), Vec::new());
    loop {
        let packet = match file.next_packet() {
            Ok(Some(packet)) => packet,
            Ok(None) => return Ok(samples),
            // A file that ends in the middle of a page has an end missing.
            Err(error) => return Err(unreadable(error)),
        };
        if packet.track_id != id {
            continue;
        }
        let sound = decoder.decode(&packet).map_err(unreadable)?;
        let n_channels = sound.num_planes().max(1);
        sound.copy_to_vec_interleaved::<f32>(&mut some);
        samples.extend(some.chunks(n_channels).map(mean));
    }
}

fn wav(bytes: &[u8]) -> Result<Vec<f32>, ClipFault> {
    let reader = WavReader::new(bytes).map_err(unreadable)?;
    let spec = reader.spec();
    right(spec.sample_rate)?;
    let all: Result<Vec<f32>, hound::Error> = match spec.sample_format {
        SampleFormat::Float => reader.into_samples::<f32>().collect(),
        SampleFormat::Int => {
            let full = 2f32.powi(i32::from(spec.bits_per_sample) - 1);
            #[expect(clippy::cast_precision_loss, reason = "24 bits at most are heard")]
            let sample = |it: i32| it as f32 / full;
            reader.into_samples::<i32>().map(|it| it.map(sample)).collect()
        }
    };
    let n_channels = usize::from(spec.channels.max(1));
    Ok(all.map_err(unreadable)?.chunks(n_channels).map(mean).collect())
}

/// Of several channels, what is heard in the middle.
fn mean(frame: &[f32]) -> f32 {
    let n = u16::try_from(frame.len()).unwrap_or(u16::MAX);
    frame.iter().sum::<f32>() / f32::from(n.max(1))
}
