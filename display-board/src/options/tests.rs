//! The command line and the file, read together.

use std::fs;

use super::*;

fn parse(line: &str) -> Arguments {
    Cli::try_parse_from(line.split_whitespace()).unwrap().arguments
}

#[test]
fn the_contract_s_command_line_is_understood() {
    let line = "display-board --server http://10.0.0.2:8080 --zone A --voice off --fullscreen \
                --size 1080x1920 --theme contrast --lang en";
    let arguments = parse(line).with_config().unwrap();
    assert_eq!(arguments.server.as_deref(), Some("http://10.0.0.2:8080"));
    assert_eq!(arguments.voice, Some(OnOff::Off));
    assert_eq!(arguments.size, Some(Size { width: 1080, height: 1920 }));
    assert_eq!(arguments.theme, Some(Theme::Contrast));
    assert_eq!(arguments.lang, Some(Language::En));
    assert!(arguments.fullscreen);
}

#[test]
fn the_sample_file_sets_every_key_and_the_command_line_wins() {
    let sample = concat!(env!("CARGO_MANIFEST_DIR"), "/../assets/display-board.toml");
    let line = format!("display-board --config {sample} --zone B");
    let arguments = parse(&line).with_config().unwrap();
    assert_eq!(arguments.zone.as_deref(), Some("B"));
    assert_eq!(arguments.server.as_deref(), Some("http://127.0.0.1:8080"));
    assert_eq!(arguments.lang, Some(Language::Zh));
    assert_eq!(arguments.size, Some(Size { width: 1920, height: 1080 }));
    assert!(arguments.token_file.is_some() && arguments.theme.is_some());
    assert!(arguments.state.is_some() && arguments.name.is_some());
    assert!(arguments.voice.is_some() && arguments.fullscreen);
}

#[test]
fn an_unknown_key_is_refused() {
    let path = std::env::temp_dir().join(format!("board-options-{}.toml", std::process::id()));
    fs::write(&path, "colour = \"red\"\n").unwrap();
    let line = format!("display-board --config {}", path.display());
    let refused = parse(&line).with_config().is_err();
    fs::remove_file(&path).unwrap();
    assert!(refused, "an unknown key");
}
