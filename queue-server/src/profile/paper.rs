//! Words of the hall that would be missing on paper: slips are made of
//! them, and a printer puts 〓 where nobody can draw a character.

use catalogue::{Document, Fault, SourceFile};

/// A fault for every text of a file that a slip cannot show whole.
pub(super) fn unprintable(file: &SourceFile) -> Vec<Fault> {
    let document = Document::parse(file);
    let mut faults = Vec::new();
    document.each_text(&mut |part, text| {
        // Slips leave control characters out without a word.
        let controls = text.chars().filter(|it| it.is_control()).map(code);
        let missing = slip::unprintable(text).into_iter().map(|it| format!("{it} {}", code(it)));
        let all: Vec<String> = controls.chain(missing).collect();
        if !all.is_empty() {
            let (file, line) = (file.name.clone(), document.line(part));
            let message = format!("no printer can print {}", all.join(", "));
            faults.push(Fault { file, line, message });
        }
    });
    faults
}

fn code(character: char) -> String {
    format!("U+{:04X}", u32::from(character))
}
