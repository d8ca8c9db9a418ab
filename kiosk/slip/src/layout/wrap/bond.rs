//! How strongly a character hangs on the one before it.
//!
//! Never parted on a line that could hold them: the letters of a word,
//! the figures of a number, an identifier, a telephone number, a date or
//! an address; a number and what it counts. No line begins with a
//! closing mark or ends with an opening one. This file must not know how
//! wide a line is.

/// How strongly, the weakest first.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Bond {
    /// A line may end here.
    Free,
    /// A number and what it counts, parts of a date.
    Tie,
    /// Parts of an address, an identifier or a telephone number.
    Joint,
    /// Letters of a word, figures of a number.
    Word,
    /// A mark and what it belongs to.
    Mark,
}

/// How the first character of `after` hangs on the last of `before`,
/// with so many spaces between them.
pub(super) fn bond(before: &str, spaces: usize, after: &str) -> Bond {
    let (Some(last), Some(next)) = (before.chars().next_back(), after.chars().next()) else {
        return Bond::Free;
    };
    if spaces == 0 {
        return touching(before, last, next, after);
    }
    let mut word = after.split(' ').next().unwrap_or_default().chars();
    if opens(last) || closes(next) && (!next.is_ascii() || word.all(closes)) {
        Bond::Mark
    } else if spaces > 1 {
        Bond::Free
    } else if is_telephone(before, after) {
        Bond::Joint
    } else if counts(before, last, next) || is_counted(last, next) || is_date(before, after) {
        Bond::Tie
    } else {
        Bond::Free
    }
}

fn touching(before: &str, last: char, next: char, after: &str) -> Bond {
    let is_apostrophe = |it| matches!(it, '’' | '\'');
    let in_word = |it: char| it.is_ascii() || is_letter(it) || is_digit(it);
    match (last, next) {
        (a, b) if is_apostrophe(b) && is_letter(a) => Bond::Mark,
        (a, b) if is_apostrophe(a) && is_letter(b) => Bond::Word,
        // A dash or a slash stays with what is before it.
        (a, b) if closes(b) || opens(a) || matches!(b, '-' | '/') && !a.is_ascii() => Bond::Mark,
        (a, b) if in_word(a) && in_word(b) => {
            if "/-_?&=.@".contains(a) {
                Bond::Joint
            } else {
                Bond::Word
            }
        }
        (a, b) if counts(before, a, b) || is_in_unit(before, a, b) => Bond::Tie,
        _ if is_in_short_aside(before, after) => Bond::Tie,
        _ => Bond::Free,
    }
}

/// Whether a number belongs to what is on its other side: "5 个", "60 ㎡",
/// "第 3 条", "￥20", "20 元/本", "〔2019〕914号", and "11月" to its "22日".
fn counts(before: &str, last: char, next: char) -> bool {
    const BEFORE_NUMBER: &str = "第约转￥＄€£№≥≤≈±×〕";
    const PART_OF_DATE: &str = "年月时点";
    if is_digit(last) {
        return !next.is_ascii() && !opens(next);
    }
    if let Some(price) = before.strip_suffix('/') {
        return price.ends_with(|it| is_digit(it) || it == '元');
    }
    let behind_number = || {
        let rest = before.trim_end_matches(last).trim_end_matches(' ');
        rest.chars().next_back().is_some_and(is_digit)
    };
    is_digit(next)
        && (BEFORE_NUMBER.contains(last) || PART_OF_DATE.contains(last) && behind_number())
}

/// Whether both characters are in the unit of a number: "5 个工作日".
fn is_in_unit(before: &str, last: char, next: char) -> bool {
    const UNITS: [&str; 8] =
        ["个工作日", "工作日", "分钟", "小时", "个月", "周岁", "平方米", "公里"];
    UNITS.iter().any(|unit| {
        let Some(at) = unit.find(next).filter(|&at| unit[..at].ends_with(last)) else {
            return false;
        };
        let number = before.strip_suffix(&unit[..at]).unwrap_or_default();
        number.trim_end_matches(' ').ends_with(is_digit)
    })
}

/// Whether the place is within brackets around a word or two: "（新办）".
fn is_in_short_aside(before: &str, after: &str) -> bool {
    const CHARACTERS_MAX: usize = 4;
    let n_before = before.chars().rev().take(CHARACTERS_MAX).position(|it| it == '（');
    let n_after = after.chars().take(CHARACTERS_MAX).position(|it| it == '）');
    n_before.zip(n_after).is_some_and(|(before, after)| before + after <= CHARACTERS_MAX)
}

/// Whether a number and a word belong together: "48 mm", "7 working
/// days", "GB/T 2312".
fn is_counted(last: char, next: char) -> bool {
    is_digit(last) && next.is_ascii_lowercase() || last.is_ascii_uppercase() && is_digit(next)
}

/// Whether two words are parts of a date such as "27 Nov 2026" or
/// "November 27, 2026".
fn is_date(before: &str, after: &str) -> bool {
    let in_word = |it: char| it.is_ascii_alphanumeric() || it == ',';
    let mut words_before = before.rsplit(|it| !in_word(it));
    let last = words_before.next().unwrap_or_default();
    let next = after.split(|it| !in_word(it)).next().unwrap_or_default();
    let is_day = |it: &str| (1..=2).contains(&it.len()) && it.bytes().all(|it| it.is_ascii_digit());
    let starts_with_digit = next.starts_with(|it: char| it.is_ascii_digit());
    if is_month(last) {
        return starts_with_digit;
    }
    let mut month_before = || words_before.next().is_some_and(is_month);
    is_day(last) && is_month(next)
        || last.strip_suffix(',').is_some_and(is_day) && starts_with_digit && month_before()
}

fn is_month(word: &str) -> bool {
    const MONTHS: [&str; 12] = [
        "January",
        "February",
        "March",
        "April",
        "May",
        "June",
        "July",
        "August",
        "September",
        "October",
        "November",
        "December",
    ];
    const SHORT_LETTERS: usize = 3;
    let word = word.trim_matches(|it: char| !it.is_ascii_alphabetic());
    MONTHS.iter().any(|it| word == *it || word == &it[..SHORT_LETTERS])
}

/// Whether two runs of figures are parts of one telephone number. A list
/// of short numbers or of identifiers is none, and no telephone number
/// has more than fifteen figures.
fn is_telephone(before: &str, after: &str) -> bool {
    const DIGITS_MAX: usize = 15;
    const GROUP_DIGITS_MIN: usize = 3;
    let in_number = |it: char| it.is_ascii_digit() || matches!(it, '+' | '-' | '(' | ')');
    let n_digits = |it: &str| it.bytes().filter(u8::is_ascii_digit).count();
    let head_bytes = after.find(|it| !in_number(it)).unwrap_or(after.len());
    let rest = before.trim_end_matches(|it| in_number(it) || it == ' ');
    let number = before[rest.len()..].trim_start_matches(' ');
    let last_group = number.rsplit(' ').next().unwrap_or_default();
    let is_whole = !rest.ends_with(|it: char| it.is_ascii() && it != ' ' && !closes(it))
        || before[rest.len()..].starts_with(' ');
    let from_abroad = number.trim_start_matches('(').starts_with('+');
    let group = |it: &str| n_digits(it) >= GROUP_DIGITS_MIN || from_abroad && n_digits(it) > 0;
    is_whole
        && group(last_group)
        && group(&after[..head_bytes])
        && n_digits(number) + n_digits(&after[..head_bytes]) <= DIGITS_MAX
}

fn is_digit(character: char) -> bool {
    character.is_ascii_digit() || matches!(character, '０'..='９')
}

/// Whether it is a letter of a script that has words: anything
/// alphabetic before the scripts of East Asia, and Latin in full width.
fn is_letter(character: char) -> bool {
    character < '\u{2e80}' && character.is_alphabetic()
        || matches!(character, 'Ａ'..='Ｚ' | 'ａ'..='ｚ')
}

/// Marks that must not begin a line.
fn closes(character: char) -> bool {
    "，。、；：？！）》〉」』】〕〗］｝”’…—·～％‰℃°′″²³／々,.;:?!)]}%".contains(character)
}

/// Marks that must not end a line.
fn opens(character: char) -> bool {
    "（《〈「『【〔〖［｛“‘([{".contains(character)
}
