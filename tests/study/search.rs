//! How well the search finds the matters of a hall: a table by the kind
//! of asking, from a file of queries (matter, kind, what is typed), and
//! every query whose matter is not among the first three.

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::path::Path;

use anyhow::{Context, anyhow};

/// The queries that the tests of `catalogue` hold as well.
pub(crate) const QUERIES: &str = "queue-server/catalogue/tests/queries.tsv";

/// Where the matter that one looks for may stand.
const FIRST: usize = 3;

#[derive(Default)]
struct Tally {
    asked: usize,
    first: usize,
    among_first: usize,
}

/// The table.
pub(crate) fn text(hall: &Path, queries: &Path) -> anyhow::Result<String> {
    let files = queue_server::profile::load(hall)
        .map_err(|faults| anyhow!("`{}` has {} faults", hall.display(), faults.len()))?;
    let asked = std::fs::read_to_string(queries)
        .with_context(|| format!("cannot read `{}`", queries.display()))?;
    let mut kinds: BTreeMap<&str, Tally> = BTreeMap::new();
    let mut lost = String::new();
    for line in asked.lines().filter(|line| !line.is_empty() && !line.starts_with('#')) {
        let [matter, kind, typed] = line.split('\t').collect::<Vec<_>>()[..] else {
            anyhow::bail!("`{line}` is not a matter, a kind and a query");
        };
        let found = files.catalogue.find(typed, &files.profile.most_used);
        let place = found.iter().position(|it| it.id == matter);
        for kind in [kind, "all"] {
            let tally = kinds.entry(kind).or_default();
            tally.asked += 1;
            tally.first += usize::from(place == Some(0));
            tally.among_first += usize::from(place.is_some_and(|it| it < FIRST));
        }
        if place.is_none_or(|it| it >= FIRST) {
            let shown: Vec<&str> =
                found.iter().take(FIRST).map(|it| it.short.zh.as_str()).collect();
            let _ = writeln!(lost, "{matter}: {typed} finds {}", shown.join(" "));
        }
    }
    let mut text = format!("{:<10}{:>7}{:>7}{:>13}\n", "asked by", "asked", "first", "among three");
    for (kind, it) in kinds {
        let _ = writeln!(text, "{kind:<10}{:>7}{:>7}{:>13}", it.asked, it.first, it.among_first);
    }
    Ok(text + &lost)
}
