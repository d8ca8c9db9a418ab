//! What a hall decides for a board's voice.

use std::path::PathBuf;

use board_core::{Language, LoudspeakerPlace, VolumeSpan};
use clap::{Args, ValueEnum};
use jiff::civil::Time;
use serde::Deserialize;
use voice::{DigitOne, Manner, PASSES, PASSES_MAX};

use super::{Arguments, OnOff, parse_language};
use crate::speakers::Voice;

/// The sound card that a machine has.
const CARD: &str = "default";

/// The server takes no longer names; those of sound cards may be longer.
const NAME_CHARS_MAX: usize = 40;

/// How the digit 1 of a number is read in Mandarin.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize, ValueEnum)]
#[serde(rename_all = "snake_case")]
pub enum One {
    /// 一.
    Yi,
    /// 幺, as on the telephone.
    Yao,
}

impl From<One> for DigitOne {
    fn from(one: One) -> DigitOne {
        match one {
            One::Yi => DigitOne::Yi,
            One::Yao => DigitOne::Yao,
        }
    }
}

/// One of several loudspeakers.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct LoudspeakerOption {
    /// What staff call it.
    pub name: String,
    /// Its sound card, as ALSA names it.
    pub device: String,
    /// Ids of the zones whose calls sound there; without any, all.
    #[serde(default)]
    pub zones: Vec<String>,
}

/// How loud, in a part of the day.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct VolumeOption {
    /// From this time on.
    pub from: Time,
    /// Until just before this.
    pub to: Time,
    /// Of the full amplitude.
    pub percent: u8,
}

/// `display-board say`.
#[derive(Args, Clone, Debug)]
pub struct SayOptions {
    /// The number, as printed: `A012`.
    #[arg(long)]
    pub ticket: String,
    /// What is painted over the window: `3` or `A02`.
    #[arg(long)]
    pub window: String,
    /// WAV file to write.
    #[arg(long, required_unless_present = "sound")]
    pub out: Option<PathBuf>,
    /// Sound card to say it on: `default`, `plughw:1`.
    #[arg(long)]
    pub sound: Option<String>,
    /// Languages, one after the other.
    #[arg(long, value_delimiter = ',', value_parser = parse_language, default_value = "zh",
          value_name = "zh|en")]
    pub language: Vec<Language>,
    /// How often it is said in the first of them.
    #[arg(long, default_value_t = PASSES, value_parser = parse_repeat)]
    pub repeat: usize,
    /// How the digit 1 is read in Mandarin.
    #[arg(long)]
    pub digit_one: Option<One>,
    /// Folder of the voice pack; without it, the one that came with the
    /// program.
    #[arg(long)]
    pub voice_pack: Option<PathBuf>,
}

/// How often a call is said.
pub(super) fn parse_repeat(text: &str) -> Result<usize, String> {
    match text.parse() {
        Ok(n @ 1..=PASSES_MAX) => Ok(n),
        _ => Err(format!("from 1 to {PASSES_MAX}")),
    }
}

impl Arguments {
    /// The board's voice; one that is off has no loudspeakers.
    pub(crate) fn spoken(&self) -> Voice {
        let manner = Manner {
            languages: self.speak.clone().unwrap_or_else(|| Manner::default().languages),
            passes: self.repeat.unwrap_or(PASSES),
            one: self.digit_one.map(DigitOne::from).unwrap_or_default(),
        };
        let pack = self.voice_pack.clone().or_else(sound::default_pack);
        Voice { pack, manner, loudspeakers: self.loudspeakers() }
    }

    fn loudspeakers(&self) -> Vec<(String, LoudspeakerPlace)> {
        if self.voice == Some(OnOff::Off) {
            return Vec::new();
        }
        let place = |name: &str, zones| LoudspeakerPlace {
            name: name.chars().take(NAME_CHARS_MAX).collect(),
            zones,
        };
        if let Some(card) = &self.sound {
            return vec![(card.clone(), place(card, Vec::new()))];
        }
        if self.loudspeaker.is_empty() {
            return vec![(CARD.to_owned(), place(CARD, Vec::new()))];
        }
        let several = self.loudspeaker.iter();
        several.map(|it| (it.device.clone(), place(&it.name, it.zones.clone()))).collect()
    }

    /// How loud, by time of day.
    pub(crate) fn volume_spans(&self) -> Vec<VolumeSpan> {
        let span = |it: &VolumeOption| VolumeSpan { from: it.from, to: it.to, percent: it.percent };
        self.volume.iter().map(span).collect()
    }
}
