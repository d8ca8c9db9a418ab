//! Facts about the demo hall's files and about reading them.

use std::collections::BTreeSet;
use std::fmt::Write as _;

use expect_test::expect;

use crate::{Catalogue, demo, read, read_calendars};

#[test]
fn the_demo_matters_pass_the_gate() {
    let (catalogue, faults) = demo::read_demo();
    let faults: Vec<String> = faults.iter().map(ToString::to_string).collect();
    assert_eq!(faults.join("\n"), "");
    assert_eq!(catalogue.matters.len(), 30);
}

/// The table of the domain notes: questions, situations, different lists
/// of papers, fewest and most papers on one list.
#[test]
fn every_matter_has_the_lists_it_is_known_for() {
    let mut table = String::new();
    let mut situations = 0;
    for matter in &demo::catalogue().matters {
        let combinations = matter.combinations().unwrap().len();
        let lists: BTreeSet<Vec<usize>> = matter.paper_lists().unwrap();
        let papers = || lists.iter().map(Vec::len);
        let (id, questions) = (&matter.id, matter.questions.len());
        let (fewest, most) = (papers().min().unwrap(), papers().max().unwrap());
        let lists = lists.len();
        writeln!(table, "{id} {questions} {combinations} {lists} {fewest}-{most}").unwrap();
        situations += combinations;
    }
    writeln!(table, "in all {situations}").unwrap();
    expect![[r#"
        birth-plan-registration 3 8 4 4-6
        birth-registration 3 27 14 5-7
        company-registration 5 168 72 6-12
        construction-permit 5 32 16 8-13
        disability-certificate 3 20 4 5-8
        drainage-permit 3 20 12 4-8
        driving-licence-renewal 3 24 12 2-6
        flexible-employment-insurance 4 56 8 2-6
        food-operation-permit 3 14 4 5-8
        food-prepackaged-filing 3 8 4 3-6
        housing-fund-withdrawal 4 30 30 4-9
        hukou-migration 3 36 36 4-8
        id-card-renewal 3 20 7 1-5
        individual-business-registration 5 56 56 3-9
        invoice-issuance 3 6 2 4-5
        medical-elsewhere-filing 3 14 10 2-5
        minimum-living-allowance 3 64 32 5-11
        nurse-registration 3 10 10 3-9
        passport-ordinary 3 9 9 3-6
        pension-claim 4 40 18 3-7
        private-nonenterprise-registration 3 12 12 5-9
        public-place-hygiene-permit 4 48 8 6-9
        realty-first 4 16 8 8-12
        realty-transfer 4 320 128 5-14
        residence-permit 5 48 33 2-5
        road-freight-permit 4 12 4 6-8
        senior-card 3 8 4 2-4
        special-equipment-registration 3 24 20 4-8
        teacher-qualification 3 24 6 8-8
        unemployment-registration 2 5 5 2-4
        in all 1179
    "#]]
    .assert_eq(&table);
}

#[test]
fn a_catalogue_comes_back_from_json_as_it_was() {
    let catalogue = demo::catalogue();
    let json = serde_json::to_string(catalogue).unwrap();
    let back: Catalogue = serde_json::from_str(&json).unwrap();
    assert_eq!(&back, catalogue);
}

#[test]
fn the_revision_changes_with_any_matter_and_with_nothing_else() {
    let revision = |from: &str, to: &str| {
        let mut files = demo::files("matters");
        assert!(files[3].text.contains(from));
        files[3].text = files[3].text.replacen(from, to, 1);
        let (catalogue, faults) = read(&files, demo::catalogue().workdays.clone(), &demo::terms());
        assert_eq!(faults, []);
        catalogue.revision
    };
    let published = &demo::catalogue().revision;
    assert_eq!(published.len(), "20261122-3fa9c1".len());
    assert_eq!(&revision("schema = 1", "# note\nschema = 1"), published);
    assert_ne!(&revision("visits = ", "visits = 1"), published);
    assert_ne!(&revision("2026-11-22", "2026-11-23"), published);
}

#[test]
fn a_department_fills_its_blanks_before_the_hall_does() {
    let mut terms = demo::terms();
    let contacts = terms.contacts.as_mut().unwrap();
    let own = contacts.departments.entry("wjw".to_owned()).or_default();
    own.phone = Some("0519-1".to_owned());
    let (catalogue, faults) =
        read(&demo::files("matters"), demo::catalogue().workdays.clone(), &terms);
    assert_eq!(faults, []);
    let contact = |id: &str| &catalogue.matter(id).unwrap().contact;
    assert_eq!(contact("nurse-registration").phone, "0519-1");
    assert_eq!(contact("nurse-registration").complaint, "12345");
    assert_eq!(contact("senior-card").phone, "0519-12345678");
    assert_eq!(contact("senior-card").window, "A01");
}

#[test]
fn a_blank_that_nobody_fills_is_a_fault() {
    let mut terms = demo::terms();
    terms.contacts.as_mut().unwrap().hall.phone = None;
    let (_, faults) = read(&demo::files("matters"), demo::catalogue().workdays.clone(), &terms);
    assert_eq!(faults.len(), 30);
    expect!["matters/birth-plan-registration.toml:175: contact without `phone`, here or in the hall's file"].assert_eq(&faults[0].to_string());
}

#[test]
fn a_calendar_with_faults_says_them_all() {
    let mut files = demo::files("calendar");
    files[1].text = "year = 2026\nsource = \"\"\nweek = 5\n\
        off = [\n{ date = 2027-01-01, zh = \"\" },\n{ date = 2026-02-30, zh = \"\" },\n\
        { date = \"2026-01-01\", zh = \"\" },\n{ date = 2026-10-01, zh = \"\" },\n]\n\
        work = [\n{ date = 2026-10-01, zh = \"\" },\n]\n"
        .to_owned();
    files.push(files[0].clone());
    let (_, faults) = read_calendars(&files);
    let faults: Vec<String> = faults.iter().map(ToString::to_string).collect();
    expect![[r#"
        calendar/2025.toml:2: the year 2025 is in another file too
        calendar/2026.toml:3: unknown field `week`, expected one of `year`, `source`, `note`, `off`, `work`
        calendar/2026.toml:5: `2027-01-01` is not in the year 2026
        calendar/2026.toml:6: invalid date, expected day between 01 and 28
        calendar/2026.toml:6: invalid datetime, expected year or hour
        calendar/2026.toml:7: invalid type: string "2026-01-01", expected a TOML datetime
        calendar/2026.toml:11: `2026-10-01` is there twice
        calendar/2026.toml:11: `2026-10-01` is worked anyway"#]].assert_eq(&faults.join("\n"));
}
