//! Which characters the emulated printer's own font has: GBK, as most
//! printers sold in China.

use encoding_rs::GB18030;

/// What a printer does with the bytes of a character.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Print {
    /// It has a glyph.
    Known(char),
    /// It prints an empty box or rubbish.
    Unknown,
}

/// Looks the bytes of one character up.
pub(crate) fn look_up(bytes: &[u8]) -> Print {
    let in_font = match *bytes {
        // 0xFE leads to the user-defined characters.
        [0xfe, _] => false,
        [0xa1..=0xa9, trail] => trail >= 0xa1 || bytes[0] >= 0xa8,
        [0x20..=0x7e] | [_, _] => true,
        _ => false,
    };
    let (text, _, malformed) = GB18030.decode(bytes);
    match text.chars().next() {
        Some(character)
            if in_font && !malformed && !('\u{e000}'..='\u{f8ff}').contains(&character) =>
        {
            Print::Known(character)
        }
        _ => Print::Unknown,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn gbk_is_known_and_user_defined_characters_are_not() {
        assert_eq!(look_up(b"A"), Print::Known('A'));
        assert_eq!(look_up(&[0xb0, 0xa1]), Print::Known('啊'));
        assert_eq!(look_up(&[0x88, 0x9a]), Print::Known('垰'));
        assert_eq!(look_up(&[0xfe, 0x9f]), Print::Unknown);
        assert_eq!(look_up(&[0xaa, 0xa1]), Print::Unknown);
    }
}
