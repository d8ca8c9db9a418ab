//! The protocol of identity-card readers (SDT), as far as a hall needs
//! it: is there a card, take it, and the number on it. Pure.
//!
//! A message is `AA AA AA 96 69`, two bytes of length, the body, and the
//! exclusive or of all bytes from the length on. The answer with what is
//! on a card has the name, the address and the picture, too; those bytes
//! are summed up as they pass by and kept nowhere.

use std::ops::Range;

use thiserror::Error;
use zeroize::Zeroizing;

/// What every message begins with.
const PREAMBLE: [u8; 5] = [0xaa, 0xaa, 0xaa, 0x96, 0x69];

/// What an answer says: it was done.
const DONE: [u8; 3] = [0x00, 0x00, 0x90];

/// A card lies on the reader.
const FOUND: [u8; 3] = [0x00, 0x00, 0x9f];

/// The longest answer there is, with fingerprints, has some 2,300 bytes.
const LENGTH_MAX: usize = 4_096;

/// Bytes of the status, and the one that sums up.
const STATUS: usize = 3;
const LENGTH_MIN: usize = STATUS + 1;

/// Of an answer's data: how long text and picture are.
const LENGTHS: Range<usize> = 0..4;

/// Bytes of the text on a card.
const TEXT_LENGTH: usize = 256;

/// The number within the data; 18 characters of two bytes.
const NUMBER: Range<usize> = 126..162;

/// What a reader is asked.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Request {
    /// Whether a card lies there.
    Find,
    /// To take the one that does.
    Select,
    /// What is on it.
    Read,
}

impl Request {
    /// The bytes to send.
    pub fn bytes(self) -> Vec<u8> {
        let [command, parameter] = match self {
            Request::Find => [0x20, 0x01],
            Request::Select => [0x20, 0x02],
            Request::Read => [0x30, 0x01],
        };
        let body = [0x00, 0x03, command, parameter];
        let sum = body.iter().fold(0, |sum, it| sum ^ it);
        PREAMBLE.into_iter().chain(body).chain([sum]).collect()
    }
}

/// What a reader answered.
#[derive(Debug)]
pub struct Answer {
    status: [u8; STATUS],
    /// Bytes of data that there were.
    length: usize,
    /// Those of them in `LENGTHS` and `NUMBER`.
    kept: Zeroizing<Vec<u8>>,
}

/// Bytes that are no answer.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Error)]
pub enum Garbled {
    /// No answer is so long, or so short.
    #[error("the reader's answer has an impossible length")]
    Length,
    /// A bit is wrong somewhere.
    #[error("the reader's answer does not add up")]
    Sum,
}

impl Answer {
    /// Whether a card lies there.
    pub fn is_found(&self) -> bool {
        self.status == FOUND
    }

    /// Whether it was done.
    pub fn is_done(&self) -> bool {
        self.status == DONE
    }

    /// The number on the card, if it is one of a resident: 17 digits and
    /// a check character that fits them.
    pub fn number(&self) -> Option<Zeroizing<String>> {
        let whole = self.is_done()
            && self.length >= LENGTHS.len() + TEXT_LENGTH
            && self.kept.len() == LENGTHS.len() + NUMBER.len();
        if !whole || usize::from(u16::from_be_bytes([self.kept[0], self.kept[1]])) != TEXT_LENGTH {
            return None;
        }
        let mut number = Zeroizing::new(String::with_capacity(NUMBER.len()));
        for pair in self.kept[LENGTHS.len()..].chunks_exact(2) {
            let char = char::from_u32(u16::from_le_bytes([pair[0], pair[1]]).into())?;
            if !matches!(char, '0'..='9' | 'X') {
                return None;
            }
            number.push(char);
        }
        is_number(&number).then_some(number)
    }
}

/// GB 11643: the last character is a sum of the others.
fn is_number(number: &str) -> bool {
    const WEIGHTS: [u32; 17] = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2];
    const CHECK: [char; 11] = ['1', '0', 'X', '9', '8', '7', '6', '5', '4', '3', '2'];
    let mut sum = 0;
    let mut digits = number.chars();
    for weight in WEIGHTS {
        let Some(digit) = digits.next().and_then(|it| it.to_digit(10)) else { return false };
        sum += digit * weight;
    }
    let check = CHECK[usize::try_from(sum % 11).unwrap_or(0)];
    digits.next() == Some(check) && digits.next().is_none()
}

/// Answers out of bytes, however they come.
#[derive(Debug)]
pub struct Answers {
    at: At,
    sum: u8,
    length: usize,
    status: [u8; STATUS],
    kept: Zeroizing<Vec<u8>>,
}

/// Where in a message the next byte is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum At {
    /// So many bytes of the preamble have come.
    Preamble(usize),
    Length,
    LengthEnd,
    /// So many bytes of the body have come.
    Body(usize),
}

impl Default for Answers {
    fn default() -> Answers {
        Answers {
            at: At::Preamble(0),
            sum: 0,
            length: 0,
            status: [0; STATUS],
            kept: Zeroizing::new(Vec::with_capacity(LENGTHS.len() + NUMBER.len())),
        }
    }
}

impl Answers {
    /// One byte more; an answer, once it is whole or cannot be one.
    pub fn hear(&mut self, byte: u8) -> Option<Result<Answer, Garbled>> {
        match self.at {
            At::Preamble(n) => {
                self.at = preamble(n, byte);
                None
            }
            At::Length => {
                self.sum = byte;
                self.length = usize::from(byte) << 8;
                self.at = At::LengthEnd;
                None
            }
            At::LengthEnd => {
                self.sum ^= byte;
                self.length |= usize::from(byte);
                self.kept.clear();
                if (LENGTH_MIN..=LENGTH_MAX).contains(&self.length) {
                    self.at = At::Body(0);
                    return None;
                }
                self.at = At::Preamble(0);
                Some(Err(Garbled::Length))
            }
            At::Body(n) if n + 1 < self.length => {
                self.take(n, byte);
                self.at = At::Body(n + 1);
                None
            }
            At::Body(_) => Some(self.end(byte)),
        }
    }

    fn take(&mut self, n: usize, byte: u8) {
        self.sum ^= byte;
        match n.checked_sub(STATUS) {
            None => self.status[n] = byte,
            Some(at) if LENGTHS.contains(&at) || NUMBER.contains(&at) => self.kept.push(byte),
            Some(_) => {}
        }
    }

    fn end(&mut self, sum: u8) -> Result<Answer, Garbled> {
        let Answers { sum: ours, length, status, kept, .. } = std::mem::take(self);
        if sum != ours {
            return Err(Garbled::Sum);
        }
        Ok(Answer { status, length: length - LENGTH_MIN, kept })
    }
}

fn preamble(n: usize, byte: u8) -> At {
    if byte == PREAMBLE[n] {
        return if n + 1 == PREAMBLE.len() { At::Length } else { At::Preamble(n + 1) };
    }
    // A fourth AA may be the third of the real beginning.
    match (byte == PREAMBLE[0], n) {
        (true, 3) => At::Preamble(3),
        (true, _) => At::Preamble(1),
        (false, _) => At::Preamble(0),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The number that a standard gives as its example.
    const SAMPLE: &str = "11010519491231002X";

    /// An answer as a reader makes it.
    fn answer(status: [u8; 3], data: &[u8]) -> Vec<u8> {
        let length = u16::try_from(data.len() + 4).unwrap().to_be_bytes();
        let body: Vec<u8> = length.into_iter().chain(status).chain(data.iter().copied()).collect();
        let sum = body.iter().fold(0, |sum, it| sum ^ it);
        PREAMBLE.into_iter().chain(body).chain([sum]).collect()
    }

    fn card(number: &str) -> Vec<u8> {
        let mut text = vec![0x41; TEXT_LENGTH];
        for (at, char) in number.encode_utf16().enumerate() {
            text[122 + 2 * at..124 + 2 * at].copy_from_slice(&char.to_le_bytes());
        }
        let lengths = [0x01, 0x00, 0x04, 0x00];
        lengths.into_iter().chain(text).chain(vec![0x42; 1_024]).collect()
    }

    fn heard(bytes: &[u8]) -> Vec<Result<Answer, Garbled>> {
        let mut answers = Answers::default();
        bytes.iter().filter_map(|it| answers.hear(*it)).collect()
    }

    #[test]
    fn what_is_asked_adds_up() {
        let hex = |it: Request| {
            let bytes = it.bytes();
            bytes.iter().map(|it| format!("{it:02X}")).collect::<Vec<_>>().join(" ")
        };
        assert_eq!(hex(Request::Find), "AA AA AA 96 69 00 03 20 01 22");
        assert_eq!(hex(Request::Select), "AA AA AA 96 69 00 03 20 02 21");
        assert_eq!(hex(Request::Read), "AA AA AA 96 69 00 03 30 01 32");
    }

    #[test]
    fn the_number_is_read_and_nothing_else_is_kept() {
        let bytes = answer(DONE, &card(SAMPLE));
        assert_eq!(bytes.len(), 1_295);
        let answer = heard(&bytes).remove(0).unwrap();
        assert_eq!(answer.number().unwrap().as_str(), SAMPLE);
        assert_eq!(answer.kept.len(), 40, "of 1,284");
        let said = format!("{answer:?}");
        assert!(!said.contains("0x41") && !answer.kept[4..].contains(&0x41), "{said}");
    }

    #[test]
    fn noise_before_an_answer_is_passed_over() {
        let mut bytes = b"\xaa\xaa\x00\xaa\xaa\xaa\xaa".to_vec();
        bytes.extend(&answer(FOUND, &[0; 4])[1..]);
        bytes.extend(answer([0, 0, 0x80], &[]));
        let heard = heard(&bytes);
        assert_eq!(heard.len(), 2);
        assert!(heard[0].as_ref().unwrap().is_found());
        assert!(!heard[1].as_ref().unwrap().is_found());
    }

    #[test]
    fn a_wrong_bit_anywhere_is_noticed() {
        let bytes = answer(DONE, &card(SAMPLE));
        for at in 5..bytes.len() {
            let mut spoilt = bytes.clone();
            spoilt[at] ^= 0x04;
            let read = heard(&spoilt).into_iter().flatten().find_map(|it| it.number());
            assert!(read.is_none(), "byte {at}");
        }
    }

    #[test]
    fn a_number_that_is_none_is_not_read() {
        for number in ["110105194912310021", "11010519491231002x", "1101051949123", "　"] {
            let answer = heard(&answer(DONE, &card(number))).remove(0).unwrap();
            assert!(answer.number().is_none(), "{number}");
        }
        let other = heard(&answer([0, 0, 0x41], &card(SAMPLE))).remove(0).unwrap();
        assert!(other.number().is_none(), "the reader said no");
        let short = heard(&answer(DONE, &card(SAMPLE)[..200])).remove(0).unwrap();
        assert!(short.number().is_none());
        assert_eq!(heard(b"\xaa\xaa\xaa\x96\x69\xff\xff").remove(0).unwrap_err(), Garbled::Length);
    }
}
