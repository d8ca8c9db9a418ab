//! A card that comes and goes, without a card.

use std::sync::mpsc::{Receiver, channel};
use std::sync::{Arc, Mutex};

use super::*;

/// There or not, as the test says.
struct Plugged {
    there: Arc<Mutex<bool>>,
}

impl Card for Plugged {
    fn probe(&mut self) -> Result<(), String> {
        if *self.there.lock().unwrap() { Ok(()) } else { Err("pulled".to_owned()) }
    }

    /// A sample above 1 is heard until it is to end.
    fn play(
        &mut self,
        samples: &[f32],
        began: &mut dyn FnMut(),
        goes_on: &dyn Fn() -> bool,
    ) -> Result<(), String> {
        self.probe()?;
        began();
        while samples.iter().any(|it| *it > 1.0) && goes_on() {
            thread::yield_now();
        }
        Ok(())
    }
}

fn start(there: bool) -> (Loudspeaker, Arc<Mutex<bool>>, Receiver<String>) {
    let there = Arc::new(Mutex::new(there));
    let (sender, told) = channel();
    let card = Box::new(Plugged { there: Arc::clone(&there) });
    let tell: Tell = Box::new(move |it| {
        let text = match it {
            Told::Sound(sound) => format!("{sound:?}"),
            Told::Played(played) => format!("{played:?}"),
        };
        sender.send(text).unwrap();
    });
    (Loudspeaker::on(card, tell).unwrap(), there, told)
}

#[test]
fn what_is_played_is_told_from_beginning_to_end() {
    let (loudspeaker, _there, told) = start(true);
    assert_eq!(told.recv().unwrap(), "Ready");
    assert!(loudspeaker.play(|| vec![0.0]));
    assert_eq!([told.recv().unwrap(), told.recv().unwrap()], ["Began", "Whole"]);
}

#[test]
fn what_is_to_be_heard_instead_cuts_what_is_played() {
    let (loudspeaker, _there, told) = start(true);
    assert_eq!(told.recv().unwrap(), "Ready");
    loudspeaker.play_instead(|| vec![2.0]);
    assert_eq!(told.recv().unwrap(), "Began");
    assert!(loudspeaker.play(|| panic!("it waited, and comes no more")));
    loudspeaker.play_instead(|| vec![0.0]);
    let rest: Vec<String> = told.iter().take(4).collect();
    assert_eq!(rest, ["Cut", "Began", "Whole", "Cut"]);
}

#[test]
fn a_card_that_goes_is_told_once_and_comes_back_by_itself() {
    let (loudspeaker, there, told) = start(true);
    assert_eq!(told.recv().unwrap(), "Ready");
    *there.lock().unwrap() = false;
    assert!(loudspeaker.play(|| vec![0.0]));
    assert_eq!([told.recv().unwrap(), told.recv().unwrap()], ["Gone(\"pulled\")", "Broken"]);
    assert!(loudspeaker.play(|| vec![0.0]));
    assert_eq!(told.recv().unwrap(), "Broken", "that it is gone is known");
    *there.lock().unwrap() = true;
    assert_eq!(told.recv().unwrap(), "Ready", "nobody had to do anything");
}

#[test]
fn without_a_card_it_waits_longer_and_longer() {
    let card = Box::new(Plugged { there: Arc::new(Mutex::new(false)) });
    let mut worker = Worker {
        card,
        tell: Box::new(|_| ()),
        instead: Arc::default(),
        sound: None,
        wait: Duration::ZERO,
    };
    let mut waits = Vec::new();
    for _ in 0..7 {
        let probed = worker.card.probe();
        worker.found(probed);
        waits.push(worker.wait.as_secs());
    }
    assert_eq!(waits, [1, 2, 4, 8, 16, 30, 30]);
}
