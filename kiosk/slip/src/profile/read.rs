//! Profiles from TOML, and the shipped ones by name.
//!
//! Text in, values out: an unknown key or a value that no printer can
//! have is refused with its line. Nothing here opens a file.

use std::borrow::Cow;

use serde::{Deserialize, Deserializer, de::Error as _};
use thiserror::Error;

use super::{Profile, StatusBit};

/// The profiles that are built in, each under the name it bears.
const SHIPPED: [(&str, &str); 5] = [
    ("generic-58", include_str!("../../../../assets/printers/generic-58.toml")),
    ("generic-80", include_str!("../../../../assets/printers/generic-80.toml")),
    ("epson-tm-cn", include_str!("../../../../assets/printers/epson-tm-cn.toml")),
    ("xprinter-80", include_str!("../../../../assets/printers/xprinter-80.toml")),
    ("kiosk-presenter-80", include_str!("../../../../assets/printers/kiosk-presenter-80.toml")),
];

/// The narrowest and widest heads of receipt printers, in dots.
const WIDTH_DOTS: std::ops::RangeInclusive<u16> = 288..=832;

/// A text that is no profile.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
#[error("line {line}: {problem}")]
pub struct ProfileError {
    /// The line, counted from 1.
    pub line: usize,
    /// What is wrong with it.
    pub problem: String,
}

impl Profile {
    /// The names of the profiles that are built in.
    pub fn names() -> impl Iterator<Item = &'static str> {
        SHIPPED.iter().map(|(name, _)| *name)
    }

    /// A built-in profile.
    pub fn named(name: &str) -> Option<Self> {
        let (_, text) = SHIPPED.iter().find(|(it, _)| *it == name)?;
        // A test reads every shipped profile.
        Self::read(text).ok()
    }

    /// Reads a profile.
    pub fn read(text: &str) -> Result<Self, ProfileError> {
        let profile: Self = toml::from_str(text).map_err(|error| ProfileError {
            line: line_of(text, error.span().map_or(0, |it| it.start)),
            problem: error.message().trim().replace('\n', "; "),
        })?;
        profile.check_presenter().map_err(|problem| ProfileError {
            line: line_of(text, text.find("[presenter]").unwrap_or(0)),
            problem: problem.to_owned(),
        })?;
        Ok(profile)
    }

    /// What no single value of the presenter shows.
    fn check_presenter(&self) -> Result<(), &'static str> {
        let Some(presenter) = &self.presenter else { return Ok(()) };
        let bits = [presenter.ticket_present, presenter.jam];
        if bits.iter().any(|it| it.byte >= presenter.reply_bytes) {
            return Err("a status bit lies beyond `reply_bytes`");
        }
        if presenter.query.is_empty() || presenter.reply_head.is_empty() {
            return Err("`query` and `reply_head` must not be empty");
        }
        if presenter.clear().is_some_and(<[u8]>::is_empty) {
            return Err("`not_taken` names a command that is empty");
        }
        Ok(())
    }
}

fn line_of(text: &str, offset: usize) -> usize {
    text[..offset.min(text.len())].matches('\n').count() + 1
}

pub(super) fn name<'de, D: Deserializer<'de>>(from: D) -> Result<Cow<'static, str>, D::Error> {
    let name = String::deserialize(from)?;
    let is_letter = |it: char| it.is_ascii_lowercase() || it.is_ascii_digit() || it == '-';
    if name.is_empty() || !name.chars().all(is_letter) {
        return Err(D::Error::custom("a name has small letters, digits and `-` only"));
    }
    Ok(Cow::Owned(name))
}

pub(super) fn width_dots<'de, D: Deserializer<'de>>(from: D) -> Result<u16, D::Error> {
    let dots = u16::deserialize(from)?;
    if !WIDTH_DOTS.contains(&dots) || !dots.is_multiple_of(8) {
        return Err(D::Error::custom("`width_dots` is a multiple of 8 from 288 to 832"));
    }
    Ok(dots)
}

pub(super) fn band_rows<'de, D: Deserializer<'de>>(from: D) -> Result<u8, D::Error> {
    let rows = u8::deserialize(from)?;
    if rows < 8 {
        return Err(D::Error::custom("`raster_band_rows` is 8 to 255"));
    }
    Ok(rows)
}

/// Bytes in hexadecimal, such as `10 04 14`.
pub(super) fn bytes<'de, D: Deserializer<'de>>(from: D) -> Result<Vec<u8>, D::Error> {
    let text = String::deserialize(from)?;
    hex_bytes(&text).ok_or_else(|| D::Error::custom("bytes are written such as `10 04 14`"))
}

fn hex_bytes(text: &str) -> Option<Vec<u8>> {
    text.split_whitespace().map(hex_byte).collect()
}

fn hex_byte(text: &str) -> Option<u8> {
    let is_hex = text.len() == 2 && text.chars().all(|it| it.is_ascii_hexdigit());
    is_hex.then(|| u8::from_str_radix(text, 16).ok()).flatten()
}

/// A byte's place and a mask in hexadecimal, such as `2:20`.
pub(super) fn bit<'de, D: Deserializer<'de>>(from: D) -> Result<StatusBit, D::Error> {
    let text = String::deserialize(from)?;
    parse_bit(&text)
        .ok_or_else(|| D::Error::custom("a bit is a byte's place and one bit, such as `2:20`"))
}

fn parse_bit(text: &str) -> Option<StatusBit> {
    let (byte, mask) = text.split_once(':')?;
    let (byte, mask) = (byte.parse().ok()?, hex_byte(mask)?);
    (mask.is_power_of_two()).then_some(StatusBit { byte, mask })
}
