//! The demo hall's matters and calendars, for the tests of this crate.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::Path;
use std::sync::OnceLock;

use crate::{
    Catalogue, ContactWords, Contacts, Fault, HallTerms, SourceFile, Text, read, read_calendars,
};

/// The files of a folder of the demo hall by name.
pub(crate) fn files(folder: &str) -> Vec<SourceFile> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../assets/halls/demo").join(folder);
    let mut names: Vec<String> = fs::read_dir(&root)
        .unwrap()
        .map(|entry| entry.unwrap().file_name().into_string().unwrap())
        .collect();
    names.sort();
    names
        .into_iter()
        .map(|name| SourceFile {
            text: fs::read_to_string(root.join(&name)).unwrap(),
            name: format!("{folder}/{name}"),
        })
        .collect()
}

/// A hall with every lane and no blank.
pub(crate) fn terms() -> HallTerms {
    let both = |zh: &str, en: &str| Some(Text { zh: zh.to_owned(), en: en.to_owned() });
    let hall = ContactWords {
        window: None,
        phone: Some("0519-12345678".to_owned()),
        complaint: Some("12345".to_owned()),
        address: both("人民路1号", "1 Renmin Road"),
        hours: both("工作日 9:00–17:00", "Working days 9:00–17:00"),
    };
    let lanes: BTreeSet<String> = ('A'..='L').map(|lane| lane.to_string()).collect();
    let windows = lanes.iter().map(|lane| (lane.clone(), "A01".to_owned())).collect();
    let contacts = Contacts { departments: BTreeMap::new(), windows, hall };
    HallTerms { lanes: Some(lanes), contacts: Some(contacts) }
}

pub(crate) fn read_demo() -> (Catalogue, Vec<Fault>) {
    let (workdays, faults) = read_calendars(&files("calendar"));
    assert_eq!(faults, []);
    read(&files("matters"), workdays, &terms())
}

/// The demo catalogue; it is read once.
pub(crate) fn catalogue() -> &'static Catalogue {
    static CATALOGUE: OnceLock<Catalogue> = OnceLock::new();
    CATALOGUE.get_or_init(|| {
        let (catalogue, faults) = read_demo();
        assert_eq!(faults, []);
        catalogue
    })
}
