//! A printer's commands, strictly read: however the bytes are cut, the
//! paper is the same, and it has no byte more than was sent.

use std::time::Duration;

use devices::{FontLevel, Model, Output, Printer, Receipt, Scanner, WhenFull};

use super::{Target, in_short};

/// Narrow paper is drawn quickly.
const WIDTHS: [usize; 3] = [96, 48, 24];

pub(super) const TARGET: Target = Target {
    name: "command",
    seeds,
    words: &[
        &[0x1b, b'@'],
        &[0x1c, b'&'],
        &[0x1c, b'.'],
        &[0x1c, b'S', 0, 0],
        &[0x1c, b'!', 0x0c],
        &[0x1b, b'3', 30],
        &[0x1b, b'E', 1],
        &[0x1b, b'a', 1],
        &[0x1b, b'J', 24],
        &[0x1b, b'd', 2],
        &[0x1b, b'$', 12, 0],
        &[0x1b, b'*', 33, 1, 0, 1, 2, 3],
        &[0x1d, b'!', 0x11],
        &[0x1d, b'v', b'0', 0, 1, 0, 2, 0, 0xaa, 0x55],
        &[0x1d, b'v', b'0', 3, 0xff, 0xff, 0xff, 0xff],
        &[0x1d, b'(', b'k', 4, 0, b'1', b'A', 50, 0],
        &[0x1d, b'(', b'k', 3, 0, b'1', b'C', 1],
        &[0x1d, b'(', b'k', 4, 0, b'1', b'P', b'0', b'A'],
        &[0x1d, b'(', b'k', 3, 0, b'1', b'Q', b'0'],
        &[0x1d, b'(', b'H', 6, 0, b'0', b'0', b'A', b'B', b'C', b'D'],
        &[0x1d, b'V', 66, 0],
        &[0x1d, b'V', 1],
        &[0x1d, b'e', 3, 80],
        &[0x1d, b'r', 1],
        &[0x1d, b'a', 15],
        &[0x1d, b'I', 67],
        &[0x10, 4, 1],
        &[0x10, 4, 0x14],
        &[0x10, 5, 2],
        b"A0\n",
        &[0xb0, 0xa1, 0xc4, 0xe3],
        &[0x81, 0x30, 0x84, 0x36],
        &[0xfe, 0x9f],
    ],
    bytes_max: 48,
    feed,
};

fn seeds() -> Vec<Vec<u8>> {
    vec![
        b"\x00\x1b@\x1c&\xb0\xa1A\n\x1dVB\0\x1dr\x01".to_vec(),
        b"\x25\x1b@\x1dv0\0\x01\0\x02\0\xaa\x55\x1dVA\0\x1de\x03\x50".to_vec(),
    ]
}

/// The first byte chooses the printer.
fn feed(input: &[u8]) -> Vec<String> {
    let Some((&choice, bytes)) = input.split_first() else { return Vec::new() };
    let model = model(choice);
    let (whole, replied) = papers(model, [bytes].into_iter());
    let (single, _) = papers(model, bytes.chunks(1));
    // What is obeyed at once is obeyed before or after what came with it.
    if !bytes.contains(&0x10) {
        assert_eq!(whole, single, "the paper depends on how the bytes are cut");
    }
    let counted: usize = whole.iter().map(|it| it.bytes).sum();
    assert!(counted <= bytes.len(), "{counted} bytes on paper, {} sent", bytes.len());
    did(&whole, replied)
}

/// What happened, without numbers.
fn did(papers: &[Receipt], replied: bool) -> Vec<String> {
    let mut words = vec![format!("replied {replied}"), format!("{} papers", papers.len())];
    for paper in papers {
        words.push(format!("{:?} {} {}", paper.cut, paper.complete, paper.retracted));
        let images = paper.lines.iter().filter(|it| it.contains("[image"));
        words.extend(images.take(1).map(|_| "image".to_owned()));
        words.extend(paper.qr.iter().map(|_| "code".to_owned()));
        words.extend(paper.faults.iter().map(|it| in_short(&it.what)));
    }
    words
}

fn model(choice: u8) -> Model {
    let bit = |n: u8| choice & (1 << n) != 0;
    let width = WIDTHS[usize::from(choice) % WIDTHS.len()];
    Model {
        font: if bit(3) { FontLevel::Gb18030 } else { FontLevel::Gb2312 },
        scanner: if bit(4) { Scanner::CommandStart } else { Scanner::EveryByte },
        taken_after: bit(5).then_some(Duration::from_secs(1)),
        when_full: if bit(6) { WhenFull::Overrun } else { WhenFull::Stall },
        ..Model::of_width(width)
    }
}

/// The papers that came out, and whether it said anything.
fn papers<'a>(model: Model, pieces: impl Iterator<Item = &'a [u8]>) -> (Vec<Receipt>, bool) {
    let mut printer = Printer::of_model(model);
    let mut outputs: Vec<Output> = pieces.flat_map(|it| printer.receive(it)).collect();
    outputs.extend(printer.advance(Duration::from_mins(1)));
    let n_replies = outputs.iter().filter(|it| matches!(it, Output::Reply(_))).count();
    let receipt = |it| match it {
        Output::Receipt(receipt) => Some(receipt),
        Output::Reply(_) => None,
    };
    let mut papers: Vec<Receipt> = outputs.into_iter().filter_map(receipt).collect();
    papers.extend(printer.switch_off());
    (papers, n_replies > 0)
}
