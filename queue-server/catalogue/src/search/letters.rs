//! Characters as they sound, and letters as people mix them up.

use pinyin::{ToPinyin, ToPinyinMulti};

/// The readings of a character without tones, each once: 行 is xing and
/// hang; 旅 is lv and lu, as keyboards have no ü.
pub(super) fn sounds(c: char) -> Vec<&'static str> {
    let readings = c.to_pinyin_multi().into_iter().flatten().map(pinyin::Pinyin::plain);
    let mut sounds: Vec<&'static str> = readings.flat_map(typeable).collect();
    sounds.sort_unstable();
    sounds.dedup();
    sounds
}

/// The usual reading of a character.
pub(super) fn sound_of(c: char) -> Option<&'static str> {
    typeable(c.to_pinyin()?.plain()).first().copied()
}

fn typeable(sound: &'static str) -> Vec<&'static str> {
    match sound {
        "lü" => vec!["lv", "lu"],
        "nü" => vec!["nv", "nu"],
        "lüe" => vec!["lve", "lue"],
        "nüe" => vec!["nve", "nue"],
        _ if sound.is_ascii() && !sound.is_empty() => vec![sound],
        _ => Vec::new(),
    }
}

/// Letters without what many speakers and fingers do not tell apart: zh
/// from z, ch from c, sh from s, ng from n, v from u, a letter pressed
/// twice from one. Each with its place in the text.
pub(super) fn fold(text: &str) -> Vec<(u8, usize)> {
    let mut folded: Vec<(u8, usize)> = Vec::new();
    for (at, letter) in text.bytes().enumerate() {
        let letter = if letter == b'v' { b'u' } else { letter };
        let before = folded.last().map(|&(before, _)| before);
        let silent = match letter {
            b'h' => matches!(before, Some(b'z' | b'c' | b's')),
            b'g' => before == Some(b'n'),
            _ => before == Some(letter),
        };
        if !silent && letter.is_ascii_alphanumeric() {
            folded.push((letter, at));
        }
    }
    folded
}

/// The readings of a character, folded.
pub(super) fn folded_sounds(c: char) -> Vec<Vec<u8>> {
    let folded = |sound: &str| fold(sound).into_iter().map(|(letter, _)| letter).collect();
    sounds(c).into_iter().map(folded).collect()
}

/// Which two letters or digits stand in a row anywhere in a text.
#[derive(Clone, Debug, Default)]
pub(super) struct Pairs([u64; 21]);

impl Pairs {
    pub(super) fn of(letters: &[u8]) -> Self {
        let number = |letter: u8| match letter {
            b'0'..=b'9' => usize::from(letter - b'0'),
            _ => 10 + usize::from(letter.wrapping_sub(b'a') % 26),
        };
        let mut pairs = Self::default();
        for pair in letters.windows(2) {
            let bit = number(pair[0]) * 36 + number(pair[1]);
            pairs.0[bit / 64] |= 1 << (bit % 64);
        }
        pairs
    }

    pub(super) fn shared(&self, other: &Self) -> u32 {
        self.0.iter().zip(&other.0).map(|(one, other)| (one & other).count_ones()).sum()
    }
}

/// Consonants that whole provinces say alike.
pub(super) const fn near(one: u8, other: u8) -> bool {
    matches!((one, other), (b'n', b'l') | (b'l', b'n') | (b'h', b'f') | (b'f', b'h'))
}
