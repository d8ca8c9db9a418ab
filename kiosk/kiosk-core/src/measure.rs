//! How much room a text takes, near enough to cut lists into pages.
//!
//! The screen draws with the real font; here a text is rather taken for
//! too long than for too short, so that no line is cut off.

/// Hundredths of an em that a Han or full-width character takes.
const WIDE: usize = 100;

/// The same of a dash between two numbers.
const DASH: usize = 55;

/// A type of the screens (Noto Sans SC).
#[derive(Clone, Copy, Debug)]
pub(crate) struct Type {
    size: usize,
    /// Widths of the ASCII characters from the space on, in hundredths of
    /// an em, rounded up.
    ascii: &'static [u8; 95],
}

impl Type {
    /// Regular, of a size in pixels.
    pub(crate) const fn regular(size: usize) -> Type {
        Type { size, ascii: &REGULAR }
    }

    /// Bold, of a size in pixels.
    pub(crate) const fn bold(size: usize) -> Type {
        Type { size, ascii: &BOLD }
    }
}

const REGULAR: [u8; 95] = [
    23, 33, 48, 56, 56, 93, 68, 28, 34, 34, 47, 56, 28, 35, 28, 40, // space to /
    56, 56, 56, 56, 56, 56, 56, 56, 56, 56, 28, 28, 56, 56, 56, 48, // 0 to ?
    95, 61, 66, 64, 69, 59, 56, 69, 73, 30, 54, 65, 55, 82, 73, 75, // @ to O
    64, 75, 64, 60, 60, 73, 58, 88, 58, 54, 61, 34, 40, 34, 56, 56, // P to _
    61, 57, 62, 51, 62, 56, 33, 57, 61, 28, 28, 56, 29, 93, 61, 61, // ` to o
    62, 62, 39, 47, 38, 61, 53, 81, 50, 53, 48, 34, 27, 34, 56, // p to ~
];

const BOLD: [u8; 95] = [
    23, 37, 58, 59, 59, 97, 74, 33, 38, 38, 51, 59, 33, 37, 33, 39, // space to /
    59, 59, 59, 59, 59, 59, 59, 59, 59, 59, 33, 33, 59, 59, 59, 52, // 0 to ?
    101, 65, 69, 66, 72, 62, 59, 72, 76, 33, 57, 69, 58, 86, 75, 77, // @ to O
    67, 77, 69, 63, 63, 75, 62, 92, 63, 58, 62, 38, 39, 38, 59, 57, // P to _
    63, 60, 65, 53, 65, 59, 38, 60, 64, 31, 31, 61, 32, 97, 65, 63, // ` to o
    65, 65, 44, 50, 43, 64, 58, 87, 57, 58, 52, 38, 30, 38, 59, // p to ~
];

/// Width of one character in hundredths of an em.
fn advance(c: char, of: Type) -> usize {
    match c {
        ' '..='~' => usize::from(of.ascii[c as usize - ' ' as usize]),
        '–' => DASH,
        _ => WIDE,
    }
}

/// Whether a line may break before and after this character.
fn is_wide(c: char) -> bool {
    !c.is_ascii() && c != '–'
}

/// Width of a text in pixels.
pub(crate) fn width(text: &str, of: Type) -> usize {
    (text.chars().map(|c| advance(c, of)).sum::<usize>() * of.size).div_ceil(100)
}

/// Lines that a text takes in a column, at least one. Words of letters
/// stay whole, Han characters break anywhere; where a text is broken, a
/// mark that may not begin or end a line costs up to a character of it.
pub(crate) fn lines(text: &str, of: Type, column: usize) -> usize {
    if width(text, of) <= column {
        return 1;
    }
    let column = if text.chars().any(is_wide) { column - of.size } else { column };
    let mut lines = 1;
    let mut used = 0;
    for word in words(text) {
        if used + width(word.trim_end(), of) > column && used > 0 {
            lines += 1;
            used = 0;
        }
        used += width(word, of);
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

/// Something of a known height on a page.
#[derive(Clone, Debug)]
pub(crate) struct Block<T> {
    /// Its height below something else.
    pub(crate) height: usize,
    /// Its height where it is the first on its page.
    pub(crate) at_top: usize,
    pub(crate) what: T,
}

/// Cuts blocks into pages of a height, in order; at least one page, and
/// at least one block on each where there are any.
pub(crate) fn pages<T>(blocks: Vec<Block<T>>, height: usize) -> Vec<Vec<T>> {
    let mut pages = vec![Vec::new()];
    let mut used = 0;
    for block in blocks {
        let page = pages.last_mut().expect("there is a page from the start");
        if page.is_empty() {
            used = block.at_top;
            page.push(block.what);
        } else if used + block.height <= height {
            used += block.height;
            page.push(block.what);
        } else {
            used = block.at_top;
            pages.push(vec![block.what]);
        }
    }
    pages
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn han_breaks_anywhere_and_words_stay_whole() {
        let lines = |text| lines(text, Type::bold(36), 704);
        assert_eq!(lines("主要设备设施、经营布局、操作流程等文件"), 1);
        assert_eq!(lines("抵押权人书面同意或注销材料（带押过户的交三方协议）"), 2);
        assert_eq!(lines("Application for a food operation permit"), 1);
        assert_eq!(lines("Identity document of the legal representative or person in charge"), 2);
        assert_eq!(lines(""), 1);
    }

    #[test]
    fn a_page_is_never_over_full_nor_empty() {
        let block = |height, what: u8| Block { height, at_top: height, what };
        let blocks = (0..7).map(|at| block(300, at)).collect();
        assert_eq!(pages(blocks, 936), [vec![0, 1, 2], vec![3, 4, 5], vec![6]]);
        assert_eq!(pages(vec![block(2000, 0), block(10, 1)], 936), [vec![0], vec![1]]);
        assert_eq!(pages(Vec::<Block<u8>>::new(), 936), [Vec::<u8>::new()]);
    }

    #[test]
    fn a_block_at_the_top_takes_its_own_height() {
        let blocks = (0..4).map(|what| Block { height: 100, at_top: 150, what }).collect();
        assert_eq!(pages(blocks, 250), [vec![0, 1], vec![2, 3]]);
    }
}
