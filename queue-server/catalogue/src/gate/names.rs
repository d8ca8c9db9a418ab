//! What is wrong with the words themselves: catch-alls, blanks, labels
//! that are too long.

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
    /// Notes every text that is blank, or not English where it should be.
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

/// Whether there is a Chinese character in a text.
pub(super) fn is_chinese(text: &str) -> bool {
    text.chars().any(|c| ('\u{3400}'..='\u{9fff}').contains(&c))
}
