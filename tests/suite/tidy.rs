//! The house rules that a machine can check: who may use whom, what the
//! pure rooms must never reach, and how a file looks.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use cargo_metadata::{DependencyKind, Metadata, MetadataCommand, PackageId};
use tests::program::repository;

/// The longest a file may be, in lines.
const LINES_MAX: usize = 500;

/// The longest ARCHITECTURE.md may be.
const ARCHITECTURE_LINES_MAX: usize = 200;

/// Crates whose values come in as arguments and go out as results.
const PURE: [&str; 8] = [
    "queue-core",
    "case-core",
    "catalogue",
    "queue-api",
    "kiosk-core",
    "slip",
    "board-core",
    "voice",
];

/// What a pure crate never reaches, however far down.
const IMPURE: [&str; 10] = [
    "tokio",
    "rusqlite",
    "axum",
    "reqwest",
    "slint",
    "rand",
    "getrandom",
    "hyper",
    "socket2",
    "serialport",
];

/// Doors with one owner: crate, and the packages that may open it.
const DOORS: [(&str, &[&str]); 6] = [
    ("rusqlite", &["queue-server", "kiosk", "tests"]),
    ("axum", &["queue-server"]),
    ("slint", &["kiosk", "display-board", "legible"]),
    ("reqwest", &["queue-client", "tests"]),
    ("alsa", &["sound"]),
    ("escpos", &["slip"]),
];

fn metadata() -> Metadata {
    MetadataCommand::new().manifest_path(repository().join("Cargo.toml")).exec().unwrap()
}

/// The arrows as ARCHITECTURE.md draws them: `a, b → c, d` between the
/// two marks, one room per line.
fn drawn_arrows() -> BTreeMap<String, BTreeSet<String>> {
    let text = fs::read_to_string(repository().join("ARCHITECTURE.md")).unwrap();
    let block = text.split("<!-- arrows -->").nth(1).expect("ARCHITECTURE.md draws the arrows");
    let mut arrows = BTreeMap::new();
    for line in block.lines().filter(|it| it.contains('→')) {
        let (from, to) = line.split_once('→').unwrap();
        let names = |text: &str| {
            let words = text.split(',').map(|it| it.trim().trim_matches('`').to_owned());
            words.filter(|it| !it.is_empty()).collect::<BTreeSet<_>>()
        };
        for from in names(from) {
            arrows.insert(from, names(to));
        }
    }
    arrows
}

#[test]
fn every_arrow_is_one_that_architecture_draws() {
    let metadata = metadata();
    let ours: BTreeSet<String> =
        metadata.workspace_packages().iter().map(|it| it.name.to_string()).collect();
    let drawn = drawn_arrows();
    let mut wrong = String::new();
    for package in metadata.workspace_packages() {
        let Some(allowed) = drawn.get(package.name.as_str()) else {
            writeln!(wrong, "{} is not drawn", package.name).unwrap();
            continue;
        };
        let used = package.dependencies.iter().filter(|it| ours.contains(&it.name));
        for name in used.map(|it| &it.name).collect::<BTreeSet<_>>() {
            if !allowed.contains(name) {
                writeln!(wrong, "{} must not use {name}", package.name).unwrap();
            }
        }
    }
    assert_eq!(wrong, "");
}

#[test]
fn the_pure_rooms_reach_no_io_no_clock_and_no_chance() {
    let metadata = metadata();
    let mut wrong = String::new();
    for package in
        metadata.workspace_packages().iter().filter(|it| PURE.contains(&it.name.as_str()))
    {
        for reached in reach(&metadata, &package.id) {
            let name = metadata[&reached].name.as_str();
            if IMPURE.contains(&name) || name.starts_with("i-slint") {
                writeln!(wrong, "{} is pure, but reaches {name}", package.name).unwrap();
            }
        }
        let source = fs::read_to_string(package.targets[0].src_path.as_std_path()).unwrap();
        if !source.contains("#![forbid(unsafe_code)]") {
            writeln!(wrong, "{} is pure, but does not forbid unsafe code", package.name).unwrap();
        }
    }
    assert_eq!(wrong, "");
}

/// Everything that a package is built with, tests aside.
fn reach(metadata: &Metadata, from: &PackageId) -> BTreeSet<PackageId> {
    let nodes: BTreeMap<_, _> =
        metadata.resolve.as_ref().unwrap().nodes.iter().map(|it| (&it.id, it)).collect();
    let (mut reached, mut open) = (BTreeSet::new(), vec![from.clone()]);
    while let Some(id) = open.pop() {
        let normal = nodes[&id]
            .deps
            .iter()
            .filter(|it| it.dep_kinds.iter().any(|kind| kind.kind == DependencyKind::Normal));
        open.extend(normal.map(|it| it.pkg.clone()).filter(|it| reached.insert(it.clone())));
    }
    reached
}

#[test]
fn every_door_has_its_owner() {
    let mut wrong = String::new();
    for package in metadata().workspace_packages() {
        for (door, owners) in DOORS {
            let opens = package.dependencies.iter().any(|it| it.name == door);
            if opens && !owners.contains(&package.name.as_str()) {
                writeln!(wrong, "{} opens {door}, which belongs to {owners:?}", package.name)
                    .unwrap();
            }
        }
    }
    assert_eq!(wrong, "");
}

/// Every file that git tracks or would track, by the end of its name.
fn files(ends: &[&str]) -> Vec<PathBuf> {
    let listed = Command::new("git")
        .args(["ls-files", "--cached", "--others", "--exclude-standard"])
        .current_dir(repository())
        .output()
        .unwrap();
    assert!(listed.status.success(), "the rules are checked in a git checkout");
    let text = String::from_utf8(listed.stdout).unwrap();
    let named = text.lines().filter(|it| ends.iter().any(|end| it.ends_with(end)));
    named.map(|it| repository().join(it)).filter(|it| it.is_file()).collect()
}

/// Collects `file:line: what` over all files.
fn look(
    ends: &[&str],
    mut judge: impl FnMut(&Path, usize, &str) -> Option<&'static str>,
) -> String {
    let mut wrong = String::new();
    for path in files(ends) {
        let text = fs::read_to_string(&path).unwrap();
        let shown = path.strip_prefix(repository()).unwrap();
        for (nth, line) in (1..).zip(text.lines()) {
            if let Some(what) = judge(shown, nth, line) {
                writeln!(wrong, "{}:{nth}: {what}", shown.display()).unwrap();
            }
        }
    }
    wrong
}

const CODE: [&str; 5] = [".rs", ".slint", ".js", ".css", ".html"];

#[test]
fn every_source_file_says_what_it_is_for() {
    let wrong = look(&[".rs"], |_, nth, line| {
        (nth == 1 && !line.starts_with("//! ")).then_some("a file begins with `//!`")
    });
    assert_eq!(wrong, "");
}

#[test]
fn no_file_is_too_long_to_read() {
    let wrong = look(&CODE, |_, nth, _| (nth == LINES_MAX + 1).then_some("the file has two ideas"));
    assert_eq!(wrong, "");
    let architecture = fs::read_to_string(repository().join("ARCHITECTURE.md")).unwrap();
    assert!(architecture.lines().count() <= ARCHITECTURE_LINES_MAX);
}

#[test]
fn nothing_is_left_to_be_done_later() {
    // Spelled so that this file does not find itself.
    let marks = [concat!("TO", "DO"), concat!("FIX", "ME"), concat!("XX", "X:")];
    let wrong = look(&CODE, |_, _, line| {
        marks.iter().any(|mark| line.contains(mark)).then_some("it is done, or it is an issue")
    });
    assert_eq!(wrong, "");
}

#[test]
fn colours_are_named_in_the_theme_and_nowhere_else() {
    let wrong = look(&[".slint"], |path, _, line| {
        let theme = path == Path::new("assets/ui/theme.slint");
        let code = line.split("//").next().unwrap_or_default();
        let hex = code
            .split('#')
            .skip(1)
            .any(|it| it.chars().take_while(char::is_ascii_hexdigit).count() >= 3);
        (!theme && (hex || code.contains("Colors.") || code.contains("rgb(")))
            .then_some("a colour belongs into assets/ui/theme.slint")
    });
    assert_eq!(wrong, "");
}

#[test]
fn every_font_and_vendored_file_has_its_licence_recorded() {
    let record = fs::read_to_string(repository().join("assets/LICENSES.md")).unwrap();
    let shipped = files(&[".ttf", ".otf", ".ogg", ".pcf.gz", ".bin", ".efont"]);
    let missing: Vec<_> = shipped
        .iter()
        .filter_map(|it| it.strip_prefix(repository().join("assets")).ok()?.to_str())
        .filter(|it| !record.contains(it.rsplit('/').next().unwrap()) && !is_listed_clip(it))
        .collect();
    assert_eq!(missing, Vec::<&str>::new());
}

/// Whether it is a clip of a voice pack, whose manifest says for each what
/// it was made from and its licence.
fn is_listed_clip(file: &str) -> bool {
    let mut parts = file.splitn(3, '/');
    let (Some("voice"), Some(folder), Some(clip)) = (parts.next(), parts.next(), parts.next())
    else {
        return false;
    };
    let manifest = repository().join("assets/voice").join(folder).join("MANIFEST.tsv");
    let rows = fs::read_to_string(manifest).unwrap_or_default();
    rows.lines().any(|row| {
        let mut columns = row.split('\t');
        columns.next() == Some(clip) && columns.nth(5).is_some_and(|licence| !licence.is_empty())
    })
}
