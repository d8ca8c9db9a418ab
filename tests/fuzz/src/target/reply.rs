//! What a printer says: however its bytes are cut, they are the same
//! replies, and no more than there were bytes.

use slip::{Presenter, Profile, RealTimeReplies, Reply, ReplyReader};

use super::Target;

pub(super) const TARGET: Target = Target {
    name: "reply",
    seeds,
    words: &[
        &[0x12],
        &[0x16, 0x12],
        &[0x37, 0x22],
        b"\x37\x22ABCD\0",
        &[0x14, 0, 0, 0],
        &[0x10, 0x0f],
        &[0x10, 0x0f, 0x20, 0, 0x40, 0],
        &[0x00],
        &[0x0f],
        &[0xff, 0x91],
    ],
    bytes_max: 48,
    feed,
};

fn seeds() -> Vec<Vec<u8>> {
    vec![vec![0, 0x12, 0x12, 0x12, 0x12], b"\x01\x12\x10\x0f\x20\0\0\0\x37\x22ABCD\0".to_vec()]
}

/// The first byte chooses the presenter that is known of.
fn feed(input: &[u8]) -> Vec<String> {
    let Some((choice, bytes)) = input.split_first() else { return Vec::new() };
    let presenter = presenter(*choice);
    let whole = replies(presenter.clone(), [bytes]);
    let single = replies(presenter, bytes.chunks(1));
    assert_eq!(whole, single, "the replies depend on how the bytes are cut");
    if let [printer, offline, error, paper, ..] = *bytes {
        let status = RealTimeReplies { printer, offline, error, paper }.status();
        assert!(!status.can_print() || !status.stops_printing(), "{status:?}");
    }
    let name = |it: &Reply| match it {
        Reply::RealTime(_) => "real time".to_owned(),
        Reply::Paper { near_end, out } => format!("paper {near_end} {out}"),
        Reply::Printed(_) => "printed".to_owned(),
        Reply::Automatic(_) => "automatic".to_owned(),
        Reply::Mouth(mouth) => format!("{mouth:?}"),
    };
    // Which follows which.
    whole.windows(2).map(|it| format!("{}, {}", name(&it[0]), name(&it[1]))).collect()
}

fn presenter(choice: u8) -> Option<Presenter> {
    let known = Profile::named("kiosk-presenter-80")?.presenter?;
    match choice % 3 {
        0 => None,
        1 => Some(known),
        _ => Some(Presenter { reply_head: vec![choice], reply_bytes: 1 + choice % 7, ..known }),
    }
}

fn replies<'a>(
    presenter: Option<Presenter>,
    pieces: impl IntoIterator<Item = &'a [u8]>,
) -> Vec<Reply> {
    let mut reader = ReplyReader::of(presenter);
    let mut replies = Vec::new();
    let mut n_bytes = 0;
    for piece in pieces {
        reader.push(piece);
        n_bytes += piece.len();
        // One more than there can be: a reader that never ends is seen.
        let room = n_bytes + 1 - replies.len();
        replies.extend(std::iter::from_fn(|| reader.next_reply()).take(room));
        assert!(replies.len() <= n_bytes, "more replies than bytes");
    }
    replies
}
