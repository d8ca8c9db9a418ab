//! New inputs from old ones: cut, doubled, spliced, and salted with the
//! words of the language that the target reads.

use chance::Chance;

/// The most edits of one input.
const EDITS_MAX: usize = 5;

/// The longest run that one edit adds or removes, in bytes.
const RUN_BYTES_MAX: usize = 24;

/// An input like `old`, with parts of `other` and of `words` in it, of
/// at most so many bytes.
pub(crate) fn mutate(
    chance: &mut Chance,
    old: &[u8],
    other: &[u8],
    words: &[&[u8]],
    bytes_max: usize,
) -> Vec<u8> {
    let mut input = old.to_vec();
    for _ in 0..=chance.place(EDITS_MAX) {
        edit(chance, &mut input, other, words);
    }
    input.truncate(bytes_max);
    input
}

fn edit(chance: &mut Chance, input: &mut Vec<u8>, other: &[u8], words: &[&[u8]]) {
    let at = chance.place(input.len() + 1);
    let run = at..(at + chance.place(RUN_BYTES_MAX)).min(input.len());
    match chance.place(9) {
        0 => drop(input.splice(at..at, chance.pick(words).iter().copied())),
        1 => drop(input.splice(run, chance.pick(words).iter().copied())),
        2 => drop(input.drain(run)),
        3 => {
            let again = input[run].to_vec();
            drop(input.splice(at..at, again));
        }
        4 => {
            if let Some(byte) = input.get_mut(at) {
                *byte ^= 1 << chance.place(8);
            }
        }
        5 => {
            if let Some(byte) = input.get_mut(at) {
                *byte = *chance.pick(&[0, 1, 0x10, 0x1b, 0x1d, 0x7f, 0x80, 0xfe, 0xff, b'9']);
            }
        }
        6 => {
            let bytes: Vec<u8> = (0..chance.place(8)).map(|_| chance.byte()).collect();
            drop(input.splice(at..at, bytes));
        }
        7 if !other.is_empty() => {
            let from = chance.place(other.len());
            let to = (from + 1 + chance.place(2 * RUN_BYTES_MAX)).min(other.len());
            drop(input.splice(run, other[from..to].iter().copied()));
        }
        _ => move_line(chance, input),
    }
}

/// Puts a line where another was, or only doubles it.
fn move_line(chance: &mut Chance, input: &mut Vec<u8>) {
    let mut lines: Vec<Vec<u8>> = input.split(|it| *it == b'\n').map(<[u8]>::to_vec).collect();
    let from = chance.place(lines.len());
    let line = if chance.once_in(2) { lines.remove(from) } else { lines[from].clone() };
    lines.insert(chance.place(lines.len() + 1), line);
    *input = lines.join(&b'\n');
}
