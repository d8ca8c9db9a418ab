//! Characters as a printer counts them.
//!
//! One cell is 12 dots: an ASCII character and a Latin letter with marks
//! take one, every other character two. This file must not know lines
//! or commands.

/// The number of cells a text takes at normal size.
pub fn cells(text: &str) -> usize {
    text.chars().map(char_cells).sum()
}

pub(crate) fn char_cells(character: char) -> usize {
    if character.is_ascii() || is_marked_latin(character) { 1 } else { 2 }
}

/// Whether it is a Latin letter with marks, such as `ü`. Printers have a
/// few of them, but twice as wide: a name would have gaps.
pub(crate) fn is_marked_latin(character: char) -> bool {
    matches!(
        character,
        'À'..='Ö' | 'Ø'..='ö' | 'ø'..='ǵ' | 'Ǻ'..='ȗ' | 'Ḁ'..='ẛ' | 'Ạ'..='ỹ'
    )
}

/// The same text in characters that printers' fonts have: look-alikes
/// become their GB 2312 form, control and invisible characters go.
pub fn normalise(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for character in text.chars() {
        match character {
            // As GB18030 these are four bytes, which printers print as
            // digits; the full-width yen sign is in every font.
            '\u{a5}' => out.push('￥'),
            '\t'
            | '\n'
            | '\r'
            | '\u{a0}'
            | '\u{1680}'
            | '\u{2000}'..='\u{200a}'
            | '\u{2028}'
            | '\u{2029}'
            | '\u{202f}'
            | '\u{205f}' => out.push(' '),
            // The en dash is missing from fonts of GB 2312 only.
            '\u{2010}'..='\u{2013}' | '\u{2212}' => out.push('-'),
            '\u{2015}' => out.push('—'),
            '•' | '‧' | '∙' | '・' | '･' => out.push('·'),
            '\u{200b}'..='\u{200f}'
            | '\u{202a}'..='\u{202e}'
            | '\u{2060}'..='\u{2064}'
            | '\u{feff}'
            | '\u{fe00}'..='\u{fe0f}'
            | '\u{e0100}'..='\u{e01ef}'
            | '\u{ad}' => {}
            control if control.is_control() => {}
            // The one character that GB18030 cannot encode.
            '\u{e5e5}' => {}
            other => out.push(other),
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn latin_takes_one_cell_and_everything_else_two() {
        assert_eq!(cells("A012"), 4);
        assert_eq!(cells("窗口 A01"), 8);
        assert_eq!(cells("𠮷·①"), 6);
        assert_eq!(cells("Müller × Nguyễn"), 16);
    }

    #[test]
    fn look_alikes_become_what_printers_have() {
        assert_eq!(normalise("¥20\u{a0}元"), "￥20 元");
        assert_eq!(normalise("A01–A04"), "A01-A04");
        assert_eq!(normalise("甲\u{200b}乙\u{feff}\u{7}\u{e0100}"), "甲乙");
        assert_eq!(normalise("一\r\n二"), "一  二");
    }
}
