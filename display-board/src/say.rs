//! `display-board say` and `display-board voice-check`: the voice without
//! a hall.

use std::io::Write;
use std::path::Path;
use std::sync::mpsc;

use anyhow::{Context, bail, ensure};
use sound::{Loudspeaker, Pack, Played, Sound, check, default_pack, write_wav};
use voice::{Announcement, DigitOne, Manner, plan, words};

use crate::options::SayOptions;

/// Renders one call, into a file or aloud.
pub(crate) fn say(options: &SayOptions, out: &mut impl Write) -> anyhow::Result<()> {
    let announcement = Announcement::new(&options.ticket, &options.window);
    ensure!(!announcement.digits.is_empty(), "`{}` has no digits", options.ticket);
    let manner = Manner {
        languages: options.language.clone(),
        passes: options.repeat,
        one: options.digit_one.map(DigitOne::from).unwrap_or_default(),
    };
    let (mut pack, _) = Pack::open(&pack_dir(options.voice_pack.as_deref())?)?;
    let said = pack.say(|has| plan(&announcement, &manner, has));
    for fault in &said.faults {
        writeln!(out, "{fault}")?;
    }
    ensure!(said.lacking.is_empty(), "the voice pack lacks {}", said.lacking.join(", "));
    for language in &manner.languages {
        writeln!(out, "{}", words(&announcement, *language, manner.one))?;
    }
    writeln!(out, "{} ms", said.speech.millis())?;
    if let Some(path) = &options.out {
        write_wav(path, &said.speech.samples)
            .with_context(|| format!("cannot write `{}`", path.display()))?;
    }
    match &options.sound {
        Some(card) => aloud(card, said.speech.samples),
        None => Ok(()),
    }
}

/// Plays it to its end.
fn aloud(card: &str, samples: Vec<f32>) -> anyhow::Result<()> {
    let (ready, played) = mpsc::channel();
    let ended = ready.clone();
    let tell_ready = move |sound| {
        // Nobody listens any more once it is said.
        let _said = ready.send(match sound {
            Sound::Ready => Ok(false),
            Sound::Gone(why) => Err(why),
        });
    };
    let tell_ended = move |played| {
        if played != Played::Began {
            let _said = ended.send(Ok(played == Played::Whole));
        }
    };
    let loudspeaker =
        Loudspeaker::start(card, tell_ready, tell_ended).context("cannot start the loudspeaker")?;
    loudspeaker.play(move || samples);
    for told in played {
        match told {
            Ok(true) => return Ok(()),
            Ok(false) => {}
            Err(why) => bail!("`{card}` gives no sound: {why}"),
        }
    }
    bail!("the loudspeaker ended")
}

/// Writes what is wrong with a pack and what a call would lack; false if
/// anything is.
pub(crate) fn voice_check(dir: Option<&Path>, out: &mut impl Write) -> anyhow::Result<bool> {
    let dir = pack_dir(dir)?;
    let report = check(&dir)?;
    writeln!(out, "{}: {} clips", dir.display(), report.n_clips)?;
    for fault in &report.faults {
        writeln!(out, "  {fault}")?;
    }
    for (language, lacking) in &report.lacking {
        let n_spoken = report.n_calls - lacking.n_calls;
        writeln!(out, "{language}: {n_spoken} of {} calls can be spoken", report.n_calls)?;
        for clip in &lacking.clips {
            writeln!(out, "  lacks {clip}")?;
        }
    }
    Ok(report.is_whole())
}

fn pack_dir(given: Option<&Path>) -> anyhow::Result<std::path::PathBuf> {
    given
        .map(Path::to_path_buf)
        .or_else(default_pack)
        .context("there is no voice pack; name one with `--voice-pack DIR`")
}
