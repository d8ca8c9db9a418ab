//! The list of clips beside them: one a line, tab between the columns,
//! `#` before what is for people. Of the columns the first two count: the
//! file and what is said in it; the rest is length, source and licence.

/// A clip that the manifest promises.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Listed {
    /// What plans call it: folder and file without its ending
    /// (`zh/qing_A`).
    pub name: String,
    /// Where it lies, from the pack's folder on (`zh/clips/qing_A.ogg`).
    pub file: String,
    /// What is said in it.
    pub text: String,
}

/// Reads the manifest of a folder. A line that cannot be read is given
/// back with its number, and the others count.
pub fn read_manifest(folder: &str, manifest: &str) -> (Vec<Listed>, Vec<usize>) {
    let (mut listed, mut unread) = (Vec::new(), Vec::new());
    for (place, line) in manifest.lines().enumerate() {
        let line = line.trim_start_matches('\u{feff}').trim_end();
        if line.is_empty() || line.starts_with('#') {
            continue;
        }
        match clip(folder, line) {
            Some(clip) => listed.push(clip),
            None => unread.push(place + 1),
        }
    }
    (listed, unread)
}

fn clip(folder: &str, line: &str) -> Option<Listed> {
    let mut columns = line.split('\t').map(str::trim);
    let (file, text) = (columns.next()?, columns.next()?);
    let (stem, ending) = file.rsplit('/').next()?.rsplit_once('.')?;
    // A pack is a folder of its own: nothing outside it is read.
    let inside = !file.starts_with('/') && !file.split('/').any(|it| it == "..");
    (inside && !stem.is_empty() && matches!(ending, "ogg" | "wav")).then(|| Listed {
        name: format!("{folder}/{stem}"),
        file: format!("{folder}/{file}"),
        text: text.to_owned(),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn columns_one_and_two_count_and_bad_lines_are_named() {
        let manifest = "# pack\n\nclips/n_012.ogg\t零一二号\t1.2\nclips/a.mp3\tx\nn_1.wav\t一号\r\n\
                        only-a-name.ogg\n../../etc/x.ogg\tno\n";
        let (listed, unread) = read_manifest("zh", manifest);
        let names: Vec<&str> = listed.iter().map(|it| it.name.as_str()).collect();
        assert_eq!(names, ["zh/n_012", "zh/n_1"]);
        assert_eq!((listed[1].file.as_str(), listed[1].text.as_str()), ("zh/n_1.wav", "一号"));
        assert_eq!(unread, [4, 6, 7]);
    }
}
