//! Lines out of the bytes of a scanner. Pure, and bounded: whatever
//! comes, no more is kept than the longest code has.

/// More than any code has.
const LINE_BYTES_MAX: usize = 512;

/// The line that has begun.
#[derive(Debug, Default)]
pub struct Lines {
    begun: Vec<u8>,
    /// It is longer than any code: the rest of it is passed over.
    too_long: bool,
}

impl Lines {
    /// The lines that these bytes complete, without what ends them: CR,
    /// LF or both. Marks that some scanners put around a code (STX, ETX)
    /// are left out, and what is no text becomes a text that means
    /// nothing.
    pub fn hear(&mut self, bytes: &[u8]) -> Vec<String> {
        let mut lines = Vec::new();
        for &byte in bytes {
            if matches!(byte, b'\r' | b'\n') {
                lines.extend(self.end());
            } else if self.begun.len() < LINE_BYTES_MAX {
                self.begun.push(byte);
            } else {
                self.too_long = true;
            }
        }
        lines
    }

    /// Nothing has come for long: what has begun is not the beginning of
    /// the next code.
    pub fn forget(&mut self) {
        self.begun.clear();
        self.too_long = false;
    }

    fn end(&mut self) -> Option<String> {
        let whole = !self.too_long;
        let text = String::from_utf8_lossy(&self.begun);
        let text = text.trim_matches(|it: char| it.is_control() || it.is_whitespace()).to_owned();
        self.forget();
        (whole && !text.is_empty()).then_some(text)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The lines of bytes that come in pieces of this many.
    fn heard(bytes: &[u8], piece: usize) -> Vec<String> {
        let mut lines = Lines::default();
        bytes.chunks(piece).flat_map(|it| lines.hear(it)).collect()
    }

    #[test]
    fn a_line_ends_by_cr_lf_or_both_however_it_comes() {
        for piece in [1, 2, 7, 100] {
            let read = heard(b"12345678\r87654321\nhttp://h/t/x\r\n\r\n\x02N-7\x03\rrest", piece);
            assert_eq!(read, ["12345678", "87654321", "http://h/t/x", "N-7"], "{piece}");
        }
    }

    #[test]
    fn a_flood_is_not_kept_and_what_comes_behind_it_is_read() {
        let mut lines = Lines::default();
        assert!(lines.hear(&vec![b'7'; 100_000]).is_empty());
        assert!(lines.begun.len() <= LINE_BYTES_MAX);
        assert!(lines.hear(b"\r").is_empty(), "nor is its beginning a code");
        assert_eq!(lines.hear(b"12345678\r"), ["12345678"]);
    }

    #[test]
    fn half_a_line_is_not_the_beginning_of_the_next() {
        let mut lines = Lines::default();
        assert!(lines.hear(b"1234").is_empty());
        lines.forget();
        assert_eq!(lines.hear(b"87654321\n"), ["87654321"]);
    }

    #[test]
    fn what_is_no_text_is_a_line_all_the_same() {
        assert_eq!(heard(b"\xff\xfe12\r", 1), ["\u{fffd}\u{fffd}12"]);
    }
}
