//! Every input that once did something new, and a few thousand new ones.
#![allow(clippy::unwrap_used, reason = "a test program stops at the first surprise")]

use fuzz::target::ALL;
use fuzz::{Corpus, Hunt};

/// New inputs for each target; `cargo xtask fuzz` takes ten million.
const INPUTS: u64 = 2_000;

#[test]
fn nothing_that_was_found_makes_a_reader_panic() {
    for target in ALL {
        let corpus = Corpus::open(&target).unwrap();
        assert!(!corpus.inputs.is_empty(), "{} has no corpus", target.name);
        let mut hunt = Hunt::new(target, &corpus.inputs, 1);
        for _ in 0..INPUTS {
            hunt.step(|_| {});
        }
        assert!(hunt.tally().n_behaviours > 10, "{}: {:?}", target.name, hunt.tally());
    }
}
