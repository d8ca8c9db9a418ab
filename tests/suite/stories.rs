//! The stories of the hall, one text each, across all cores. After a
//! change on purpose, `UPDATE_EXPECT=1` writes what is seen now.

use std::fs;

use expect_test::expect_file;
use tests::program::repository;
use tests::story;

#[test]
fn every_story_is_seen_as_it_is_told() {
    let folder = repository().join("tests/stories");
    let mut paths: Vec<_> = fs::read_dir(folder).unwrap().map(|it| it.unwrap().path()).collect();
    paths.retain(|it| it.extension().is_some_and(|it| it == "txt"));
    paths.sort();
    assert!(!paths.is_empty(), "there are stories");
    for path in paths {
        let text = fs::read_to_string(&path).unwrap();
        let name = path.file_stem().unwrap().to_str().unwrap();
        let told = story::tell(name, &text).unwrap_or_else(|error| panic!("{name}: {error:#}"));
        expect_file![&path].assert_eq(&told);
    }
}
