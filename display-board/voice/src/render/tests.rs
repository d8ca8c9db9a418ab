//! Where clips lie in what is heard.

use super::*;

#[test]
fn clips_stand_apart_and_pauses_last_as_long_as_planned() {
    let clip = Arc::new(Clip::from_recording(vec![0.2; 2_400]).unwrap());
    let steps = [
        Step::Clip("a".to_owned()),
        Step::Clip("b".to_owned()),
        Step::Pause(60),
        Step::Clip("c".to_owned()),
        Step::Clip("unknown".to_owned()),
    ];
    let speech = render(&steps, |name| (name != "unknown").then(|| Arc::clone(&clip)));
    let places: Vec<Range<usize>> = speech.pieces.iter().map(|(_, place)| place.clone()).collect();
    assert_eq!(places, [0..2_400, 2_640..5_040, 6_480..8_880]);
    assert!(speech.samples[2_400..2_640].iter().all(|it| *it == 0.0), "a join is silent");
    assert_eq!(speech.millis(), 370);
}
