//! Which characters the emulated printer's own font has.

use encoding_rs::GB18030;

use crate::model::FontLevel;

/// What a printer does with the bytes of a character.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Print {
    /// It has a glyph.
    Known(char),
    /// It prints an empty box or rubbish.
    Unknown,
}

/// Looks the bytes of one character up.
pub(crate) fn look_up(bytes: &[u8], level: FontLevel) -> Print {
    let (text, _, malformed) = GB18030.decode(bytes);
    let Some(character) = text.chars().next().filter(|_| !malformed) else { return Print::Unknown };
    let in_font = match *bytes {
        // 0xFE leads to the user-defined characters.
        [0xfe, ..] => false,
        [0x20..=0x7e] => true,
        [lead, trail] => {
            let gb2312 = matches!(lead, 0xa1..=0xa9 | 0xb0..=0xf7) && trail >= 0xa1;
            let gbk = lead >= 0xa8 || !matches!(lead, 0xa1..=0xa7) || trail >= 0xa1;
            gb2312 || (level != FontLevel::Gb2312 && gbk)
        }
        [_, _, _, _] => {
            level == FontLevel::Gb18030 && ('\u{3400}'..='\u{4dbf}').contains(&character)
        }
        _ => false,
    };
    if in_font && !('\u{e000}'..='\u{f8ff}').contains(&character) {
        Print::Known(character)
    } else {
        Print::Unknown
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_level_of_font_knows_its_characters() {
        use FontLevel::{Gb2312, Gb18030, Gbk};
        let known = |text: &str, level| {
            let (bytes, _, _) = GB18030.encode(text);
            look_up(&bytes, level) == Print::Known(text.chars().next().unwrap())
        };
        for (text, levels) in [
            ("A", [true, true, true]),
            ("啊", [true, true, true]),
            ("垰", [false, true, true]),
            ("㛃", [false, false, true]),
            ("𠮷", [false, false, false]),
            ("䶮", [false, false, false]),
        ] {
            assert_eq!([Gb2312, Gbk, Gb18030].map(|it| known(text, it)), levels, "{text}");
        }
        assert_eq!(look_up(&[0xaa, 0xa1], Gbk), Print::Unknown, "a private character");
    }
}
