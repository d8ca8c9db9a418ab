//! What is wrong with the words themselves: catch-alls, blanks, labels
//! that are too long, characters that cannot be printed.

use crate::{Document, Matter};

/// Names that leave open what must be brought; each paper must be named
/// (一次告知 has no room for them).
const CATCH_ALLS: [&str; 16] = [
    "其他材料",
    "其它材料",
    "其他有关",
    "其它有关",
    "其他相关",
    "其它相关",
    "其他证明材料",
    "其他需要",
    "有关材料",
    "相关材料",
    "有关证明",
    "相关证明材料",
    "必要时",
    "规定的其他",
    "要求的其他",
    "等材料",
];

/// The same in English, in small letters.
const CATCH_ALLS_EN: [&str; 5] = [
    "other materials",
    "other documents",
    "relevant materials",
    "relevant documents",
    "if necessary",
];

pub(super) fn check(document: &mut Document<'_>, matter: &Matter) {
    short_label(document, matter);
    catch_alls(document, matter);
    document.check_texts();
}

impl Document<'_> {
    /// Notes every text that is blank, not English where it should be,
    /// or not in the memory of slip printers.
    pub fn check_texts(&mut self) {
        let mut found: Vec<(String, String)> = Vec::new();
        self.each_text(&mut |part, text| {
            let key = part.rsplit('.').next().unwrap_or_default();
            if text.trim().is_empty() && matches!(key, "zh" | "en") {
                found.push((part.to_owned(), format!("`{part}` is blank")));
            }
            if key == "en" && is_chinese(text) {
                found.push((part.to_owned(), format!("`{part}` is not English")));
            }
            if let Some(c) = unprintable(text) {
                let message = format!("`{}` cannot be printed on every slip", c.escape_default());
                found.push((part.to_owned(), message));
            }
        });
        for (part, message) in found {
            self.fault(&part, message);
        }
    }
}

fn short_label(document: &mut Document<'_>, matter: &Matter) {
    let chars = matter.short.zh.chars().count();
    if document.is_sound("short") && chars > Matter::SHORT_CHARS_MAX {
        let message = format!(
            "short label of {chars} characters, at most {} fit on a ticket",
            Matter::SHORT_CHARS_MAX
        );
        document.fault("short.zh", message);
    }
}

fn catch_alls(document: &mut Document<'_>, matter: &Matter) {
    for (at, material) in matter.materials.iter().enumerate() {
        let (zh, en) = (&material.name.zh, material.name.en.to_lowercase());
        let zh = CATCH_ALLS.into_iter().find(|it| zh.contains(it));
        let en = CATCH_ALLS_EN.into_iter().find(|it| en.contains(it));
        for (key, words) in [("zh", zh), ("en", en)] {
            if let Some(words) = words {
                let message = format!("`{words}` names no paper; name each one");
                document.fault(&format!("materials.{at}.name.{key}"), message);
            }
        }
    }
}

/// The first character that is not in the memory of every slip printer.
/// They hold the one- and two-byte part of GB 18030; of the four-byte
/// part (emoji, rare characters) each holds something else.
fn unprintable(text: &str) -> Option<char> {
    text.chars().find(|&c| !is_printable(c))
}

fn is_printable(c: char) -> bool {
    const TWO_BYTES: usize = 2;
    // The two-byte part has this whole block; asking for each character
    // of it would be slow.
    if matches!(c, ' '..='~' | '\u{4e00}'..='\u{9fa5}') {
        return true;
    }
    let mut utf8 = [0; 4];
    let (bytes, _, unmappable) = encoding_rs::GB18030.encode(c.encode_utf8(&mut utf8));
    !unmappable && bytes.len() <= TWO_BYTES && !c.is_control()
}

/// Whether there is a Chinese character in a text.
pub(super) fn is_chinese(text: &str) -> bool {
    text.chars().any(|c| ('\u{3400}'..='\u{9fff}').contains(&c))
}
