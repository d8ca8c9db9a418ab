//! The sentence of an announcement, as it is spoken.

use crate::{Announcement, DigitOne, Language, WindowName};

const ZH_DIGITS: [char; 10] = ['零', '一', '二', '三', '四', '五', '六', '七', '八', '九'];
const EN_DIGITS: [&str; 10] =
    ["zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine"];

/// The sentence, for the log and for whoever listens with their eyes:
/// `请A零一二号到三号窗口办理`.
pub fn words(announcement: &Announcement, language: Language, one: DigitOne) -> String {
    let Announcement { letters, digits, window } = announcement;
    match language {
        Language::Zh => {
            let number: String = digits.chars().map(|it| zh_ticket_digit(it, one)).collect();
            let window = match window {
                WindowName::Numbered(number) => format!("{}号", zh_number(*number)),
                WindowName::Labelled(label) => label.chars().map(zh_digit).collect(),
            };
            format!("请{letters}{number}号到{window}窗口办理")
        }
        Language::En => {
            let window = match window {
                WindowName::Numbered(number) => en_spelled(&number.to_string()),
                WindowName::Labelled(label) => en_spelled(label),
            };
            format!(
                "ticket {}, please go to counter {window}",
                en_spelled(&format!("{letters}{digits}"))
            )
        }
    }
}

/// 2 is always 二, never 两; 0 is 零, never 洞.
fn zh_ticket_digit(digit: char, one: DigitOne) -> char {
    match (digit, one) {
        ('1', DigitOne::Yao) => '幺',
        _ => zh_digit(digit),
    }
}

/// The digit's character; anything else stays what it is.
pub(crate) fn zh_digit(c: char) -> char {
    c.to_digit(10).map_or(c, |it| ZH_DIGITS[it as usize])
}

/// The digit that a character is; 0 for what is none.
pub(crate) fn zh_digit_value(character: char) -> usize {
    ZH_DIGITS.iter().position(|it| *it == character).unwrap_or(0)
}

/// A cardinal below 1000: 十二, 二十, 一百零五, 一百一十.
pub(crate) fn zh_number(number: u16) -> String {
    let digit = |n: u16| ZH_DIGITS[usize::from(n % 10)];
    let (hundreds, tens, ones) = (number / 100 % 10, number / 10 % 10, number % 10);
    let mut text = String::new();
    if hundreds > 0 {
        text.extend([digit(hundreds), '百']);
    }
    match (hundreds, tens) {
        (0, 0) => {}
        (_, 0) if ones > 0 => text.push('零'),
        (_, 0) => {}
        (0, 1) => text.push('十'),
        (_, tens) => text.extend([digit(tens), '十']),
    }
    if ones > 0 || number == 0 {
        text.push(digit(ones));
    }
    text
}

/// Letters and digits one by one.
fn en_spelled(text: &str) -> String {
    let spelled: Vec<String> = text
        .chars()
        .map(|c| c.to_digit(10).map_or(c.to_string(), |it| EN_DIGITS[it as usize].to_owned()))
        .collect();
    spelled.join(" ")
}

#[cfg(test)]
mod tests;
