//! How much room a text takes, near enough to cut lists into pages.
//!
//! The screen draws with the real font; here a text is rather taken for
//! too long than for too short, so that no line is cut off.

/// Hundredths of an em that a Han or full-width character takes.
const WIDE: usize = 100;

/// The same for a small letter, a digit, a capital; on average and on
/// the long side of it.
const SMALL: usize = 57;
const CAPITAL: usize = 68;
const NARROW: usize = 30;

/// Width of one character in hundredths of an em.
fn advance(c: char) -> usize {
    match c {
        ' ' | '.' | ',' | ';' | ':' | '\'' | '!' | '|' | 'i' | 'j' | 'l' | '(' | ')' => NARROW,
        'A'..='Z' | 'm' | 'w' => CAPITAL,
        '\0'..='\u{2fff}' => SMALL,
        _ => WIDE,
    }
}

/// Width of a text in pixels at a type size.
pub(crate) fn width(text: &str, size: usize) -> usize {
    (text.chars().map(advance).sum::<usize>() * size).div_ceil(100)
}

/// Lines that a text takes in a column, at least one. Words of letters
/// stay whole, Han characters break anywhere.
pub(crate) fn lines(text: &str, size: usize, column: usize) -> usize {
    let mut lines = 1;
    let mut used = 0;
    for word in words(text) {
        let wide = width(word, size);
        if used + width(word.trim_end(), size) > column && used > 0 {
            lines += 1;
            used = 0;
        }
        used += wide;
    }
    lines
}

/// Cuts a text where a line may break: after a space, around Han.
fn words(text: &str) -> impl Iterator<Item = &str> {
    let mut rest = text;
    std::iter::from_fn(move || {
        let mut chars = rest.char_indices();
        let (_, first) = chars.next()?;
        let end = if is_wide(first) || first == ' ' {
            first.len_utf8()
        } else {
            let stop = chars.find(|&(_, c)| is_wide(c) || c == ' ');
            stop.map_or(rest.len(), |(at, c)| if c == ' ' { at + 1 } else { at })
        };
        let (word, after) = rest.split_at(end);
        rest = after;
        Some(word)
    })
}

fn is_wide(c: char) -> bool {
    advance(c) == WIDE
}

/// Cuts blocks of known heights into pages of a height, in order; at
/// least one page, and at least one block on each where there are any.
pub(crate) fn pages<T>(blocks: Vec<(usize, T)>, height: usize) -> Vec<Vec<T>> {
    let mut pages = vec![Vec::new()];
    let mut used = 0;
    for (block_height, block) in blocks {
        if used + block_height > height && used > 0 {
            pages.push(Vec::new());
            used = 0;
        }
        used += block_height;
        if let Some(page) = pages.last_mut() {
            page.push(block);
        }
    }
    pages
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn han_breaks_anywhere_and_words_stay_whole() {
        assert_eq!(lines("主要设备设施、经营布局、操作流程等文件", 36, 704), 1);
        assert_eq!(lines("抵押权人书面同意或注销材料（带押过户的交三方协议）", 36, 704), 2);
        assert_eq!(lines("Power of attorney", 36, 704), 1);
        assert_eq!(lines("", 36, 704), 1);
        let long = "Identity document of the legal representative or person in charge";
        assert_eq!(lines(long, 36, 704), 2);
    }

    #[test]
    fn a_page_is_never_over_full_nor_empty() {
        let blocks: Vec<(usize, usize)> = (0..7).map(|at| (300, at)).collect();
        assert_eq!(pages(blocks, 936), [vec![0, 1, 2], vec![3, 4, 5], vec![6]]);
        assert_eq!(pages(vec![(2000, 'a'), (10, 'b')], 936), [vec!['a'], vec!['b']]);
        assert_eq!(pages(Vec::<(usize, char)>::new(), 936), [Vec::new()]);
    }
}
