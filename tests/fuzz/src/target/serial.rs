//! What a scanner and a reader of identity cards send: however the bytes
//! are cut, they are the same lines and answers, no more of them than
//! there were bytes, and a number only where it is one.

use kiosk::readers::Lines;
use kiosk::readers::sdt::{Answers, Garbled, Request};

use super::Target;

pub(super) const TARGET: Target = Target {
    name: "serial",
    seeds,
    words: &[
        b"\xaa\xaa\xaa\x96\x69",
        b"\x00\x04\x00\x00\x80\x84",
        b"\x00\x08\x00\x00\x9f\x00\x00\x00\x00\x97",
        b"\x00\x00\x90",
        b"\x00\x04\x00\x00\x90\x94",
        b"\xff\xff",
        b"\x00\x00",
        b"12345678",
        b"http://h/t/",
        b"\r\n",
        b"\x02",
    ],
    bytes_max: 64,
    feed,
};

/// The first byte says whose bytes they are.
fn seeds() -> Vec<Vec<u8>> {
    vec![
        b"\x0012345678\r\nN-7\rhttp://h/t/k7Qd2mV9xN4pR8sT\n".to_vec(),
        b"\x01\xaa\xaa\xaa\x96\x69\x00\x08\x00\x00\x9f\x00\x00\x00\x00\x97".to_vec(),
        b"\x01\xaa\xaa\xaa\x96\x69\x00\x04\x00\x00\x80\x84\xaa\xaa\xaa\x96\x69\x00\x04\x00\x00\x90\x94"
            .to_vec(),
        [&[1], Request::Find.bytes().as_slice()].concat(),
    ]
}

fn feed(input: &[u8]) -> Vec<String> {
    let Some((whose, bytes)) = input.split_first() else { return Vec::new() };
    if whose % 2 == 0 { scanned(bytes) } else { answered(bytes) }
}

fn scanned(bytes: &[u8]) -> Vec<String> {
    let whole = Lines::default().hear(bytes);
    let mut lines = Lines::default();
    let single: Vec<String> = bytes.chunks(1).flat_map(|it| lines.hear(it)).collect();
    assert_eq!(whole, single, "the lines depend on how the bytes are cut");
    for line in &whole {
        let sound = !line.is_empty() && !line.contains(['\r', '\n']);
        assert!(sound && line.len() <= 3 * bytes.len(), "{line:?}");
    }
    let shape = |it: &String| {
        let text = if it.is_ascii() { "ascii" } else { "other" };
        format!("{text} line of {}", it.len().next_power_of_two())
    };
    let count = format!("{} lines", whole.len().min(8));
    whole.iter().map(shape).chain([count]).collect()
}

fn answered(bytes: &[u8]) -> Vec<String> {
    let mut answers = Answers::default();
    let heard: Vec<_> = bytes.iter().filter_map(|it| answers.hear(*it)).collect();
    assert!(heard.len() * 7 <= bytes.len(), "more answers than bytes make");
    let shape = |it: &Result<_, Garbled>| match it {
        Ok(answer) => told(answer),
        Err(Garbled::Length) => "length".to_owned(),
        Err(Garbled::Sum) => "sum".to_owned(),
    };
    let each: Vec<String> = heard.iter().map(shape).collect();
    let pairs = each.windows(2).map(|it| format!("{}, {}", it[0], it[1]));
    pairs.chain(each.iter().cloned()).collect()
}

fn told(answer: &kiosk::readers::sdt::Answer) -> String {
    // Too short for what is on a card, so there is no number in it.
    assert!(answer.number().is_none());
    format!("found {}, done {}", answer.is_found(), answer.is_done())
}
