//! All that a pack lacks, before a visitor misses it.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use voice::{Announcement, Language, Manner, plan};

use crate::pack::{Fault, Pack, PackError};

/// Numbers are tried from 0 to here, with as many digits.
const NUMBER_DIGITS: usize = 3;

/// Windows are tried from 1 to here.
const WINDOW_MAX: u16 = 99;

/// A call needs these clips that are not there, in one language.
#[derive(Debug, Default, PartialEq, Eq)]
pub struct Lacking {
    /// The clips.
    pub clips: BTreeSet<String>,
    /// How many of the calls tried cannot be spoken.
    pub n_calls: usize,
}

/// What a check found.
#[derive(Debug)]
pub struct Report {
    /// Clips that can be used.
    pub n_clips: usize,
    /// What is wrong.
    pub faults: Vec<Fault>,
    /// How many calls were tried in each language.
    pub n_calls: usize,
    /// What is lacking, by language.
    pub lacking: BTreeMap<&'static str, Lacking>,
}

impl Report {
    /// Whether every call can be spoken in at least one language, and no
    /// clip has a fault.
    pub fn is_whole(&self) -> bool {
        self.faults.is_empty() && self.lacking.values().any(|it| it.n_calls == 0)
    }
}

/// Decodes every clip of the pack, and plans a call for every letter,
/// every number and every window.
pub fn check(dir: &Path) -> Result<Report, PackError> {
    let (mut pack, mut faults) = Pack::open(dir)?;
    let names: Vec<String> = pack.repertoire().clips().map(str::to_owned).collect();
    faults.extend(names.iter().filter_map(|it| pack.clip(it).err()));
    let calls = calls();
    let mut lacking = BTreeMap::new();
    for language in [Language::Zh, Language::En] {
        let manner = Manner { languages: vec![language], passes: 1, ..Manner::default() };
        let found: &mut Lacking = lacking.entry(language.folder()).or_default();
        for call in &calls {
            let plan = plan(call, &manner, pack.repertoire());
            found.n_calls += usize::from(!plan.lacking.is_empty());
            found.clips.extend(plan.lacking);
        }
    }
    let n_clips = pack.repertoire().n_clips();
    Ok(Report { n_clips, faults, n_calls: calls.len(), lacking })
}

/// Every number with the letters in turn, and every window.
fn calls() -> Vec<Announcement> {
    let n_numbers = 10usize.pow(u32::try_from(NUMBER_DIGITS).unwrap_or(0));
    (0..n_numbers)
        .map(|n| {
            let letter = (b'A'..=b'Z').cycle().nth(n).map_or('A', char::from);
            let window = u16::try_from(n).unwrap_or(0) % WINDOW_MAX + 1;
            Announcement::new(&format!("{letter}{n:0NUMBER_DIGITS$}"), &window.to_string())
        })
        .collect()
}
