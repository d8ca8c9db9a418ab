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
    let sample = include_str!("../../../assets/display-board.toml");
    let installed: Arguments = toml_of(sample);
    assert!(installed.token_file.is_none(), "a new board asks to come in");
    assert!(installed.loudspeaker.is_empty() && installed.zone.is_none());
    let example = |it: &'static str| it.strip_prefix('#').filter(|it| !it.starts_with(' '));
    let whole: Vec<&str> = sample.lines().map(|it| example(it).unwrap_or(it)).collect();
    let file = std::env::temp_dir().join(format!("board-sample-{}.toml", std::process::id()));
    fs::write(&file, whole.join("\n")).unwrap();
    let line = format!("display-board --config {} --zone B", file.display());
    let arguments = parse(&line).with_config().unwrap();
    fs::remove_file(&file).unwrap();
    assert_eq!((arguments.zone.as_deref(), arguments.window), (Some("B"), None));
    assert_eq!(arguments.server.as_deref(), Some("http://127.0.0.1:8080"));
    assert_eq!(arguments.lang, Some(Language::Zh));
    assert_eq!(arguments.size, Some(Size { width: 1920, height: 1080 }));
    assert!(arguments.token_file.is_some() && arguments.theme.is_some());
    assert!(arguments.state.is_some() && arguments.name.is_some());
    assert!(arguments.voice.is_some() && arguments.fullscreen);
    assert!(arguments.speak.is_some() && arguments.repeat.is_some());
    assert!(arguments.digit_one.is_some() && arguments.sound.is_some());
    assert!(arguments.voice_pack.is_some());
    assert_eq!((arguments.loudspeaker.len(), arguments.volume.len()), (1, 1));
}

#[test]
fn a_board_speaks_on_one_card_on_several_or_not_at_all() {
    let cards = |line: &str, file: &str| {
        let more: Arguments = toml_of(file);
        let arguments = Arguments { loudspeaker: more.loudspeaker, ..parse(line) };
        let voice = arguments.spoken();
        let card = |(card, place): (String, board_core::LoudspeakerPlace)| {
            format!("{card} {} {}", place.name, place.zones.join("+"))
        };
        voice.loudspeakers.into_iter().map(card).collect::<Vec<_>>()
    };
    let two = "[[loudspeaker]]\nname = \"东\"\ndevice = \"hw:1\"\nzones = [\"A\", \"B\"]\n\
               [[loudspeaker]]\nname = \"西\"\ndevice = \"hw:2\"\n";
    assert_eq!(cards("display-board", ""), ["default default "]);
    assert_eq!(cards("display-board", two), ["hw:1 东 A+B", "hw:2 西 "]);
    assert_eq!(cards("display-board --sound hw:3", two), ["hw:3 hw:3 "]);
    assert_eq!(cards("display-board --voice off", two), [""; 0]);
}

/// A file's options.
fn toml_of(text: &str) -> Arguments {
    // Tests run beside each other, each in a thread of its own.
    let (process, thread) = (std::process::id(), std::thread::current().id());
    let path = std::env::temp_dir().join(format!("board-options-{process}-{thread:?}.toml"));
    fs::write(&path, text).unwrap();
    let read = appliance::read_config(&path).unwrap();
    fs::remove_file(&path).unwrap();
    read
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
