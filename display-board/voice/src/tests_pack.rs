//! The pack that the suite ships, as its manifests list it.

use crate::{Repertoire, read_manifest};

pub(crate) fn shipped() -> Repertoire {
    let manifests = [
        ("common", include_str!("../../../assets/voice/common/MANIFEST.tsv")),
        ("zh", include_str!("../../../assets/voice/zh/MANIFEST.tsv")),
        ("en", include_str!("../../../assets/voice/en/MANIFEST.tsv")),
    ];
    let listed = manifests.into_iter().flat_map(|(folder, manifest)| {
        let (listed, unread) = read_manifest(folder, manifest);
        assert_eq!(unread, [0; 0], "{folder}");
        listed
    });
    listed.map(|it| (it.name, it.text)).collect()
}

/// A pack of these clips and no others.
pub(crate) fn only(clips: &str) -> Repertoire {
    clips.split_whitespace().map(|it| (it, "")).collect()
}

/// Clip names in short, pauses as dots.
pub(crate) fn short(steps: &[crate::Step]) -> String {
    let short: Vec<&str> = steps
        .iter()
        .map(|step| match step {
            crate::Step::Clip(name) => name.rsplit('/').next().unwrap(),
            crate::Step::Pause(_) => "·",
        })
        .collect();
    short.join(" ")
}
