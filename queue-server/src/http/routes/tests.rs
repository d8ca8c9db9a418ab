//! The table is the one that people read, and no way is beside it.

use std::fmt::Write;

use expect_test::expect_file;

use super::*;
use crate::http::openapi;

/// The table, one way a line.
fn table() -> String {
    let names: Vec<&str> = Role::ALL.iter().map(|it| it.name()).collect();
    let mut text = format!("# method path | who may come; all roles are: {}\n", names.join(" "));
    for route in routes() {
        let who: Vec<String> = match openapi::who(route.who) {
            serde_json::Value::Array(names) => {
                names.iter().filter_map(|it| it.as_str().map(str::to_owned)).collect()
            }
            _ => Vec::new(),
        };
        writeln!(text, "{} {} | {}", route.method, route.path, who.join(" ")).unwrap();
    }
    text
}

#[test]
fn the_table_is_the_one_that_people_read() {
    expect_file!["../../../../tests/golden/routes.txt"].assert_eq(&table());
}

#[test]
fn no_way_is_in_the_table_twice_and_roles_are_in_its_order() {
    let mut ways: Vec<(String, &str)> =
        routes().iter().map(|it| (it.method.to_string(), it.path)).collect();
    ways.sort();
    let n_ways = ways.len();
    ways.dedup();
    assert_eq!(ways.len(), n_ways);
    for route in routes() {
        let Who::Only(roles) = route.who else { continue };
        let order: Vec<Role> =
            Role::ALL.into_iter().filter(|role| route.lets_in(Some(*role))).collect();
        assert_eq!(order, roles, "{}", route.path);
        assert!(!route.lets_in(None));
    }
}

#[test]
fn every_way_is_described_with_words_and_an_answer() {
    for route in routes() {
        assert!(route.words.ends_with('.'), "{} {} has no words", route.method, route.path);
        assert!(!route.gives.is_empty(), "{} {} has no answer", route.method, route.path);
    }
}

/// A second router would be a way past the table.
#[test]
fn no_way_is_beside_the_table() {
    let here = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    let mut open = vec![here];
    let mut beside = Vec::new();
    while let Some(path) = open.pop() {
        if path.is_dir() {
            open.extend(std::fs::read_dir(&path).unwrap().map(|it| it.unwrap().path()));
        } else if !path.ends_with("http/routes.rs") && !path.ends_with("routes/tests.rs") {
            let text = std::fs::read_to_string(&path).unwrap();
            let adds = [".route(", ".nest(", "route_service("].iter().any(|it| text.contains(it));
            beside.extend(adds.then_some(path));
        }
    }
    assert_eq!(beside, Vec::<std::path::PathBuf>::new());
}
