//! Reading aloud: what a page says when it comes, and what the keyboard is
//! at, go to the voice together, once the page stands.

use std::cell::{Cell, RefCell};
use std::rc::Rc;
use std::time::Duration;

use catalogue::Lang;
use kiosk_core::Msg;
use slint::{ComponentHandle, SharedString, Timer};
use voice::{Guidance, Language};

use super::generated::{Aloud, Kiosk, KioskWindow};
use crate::aloud::{Voice, VoiceOptions};

/// A page is built within a few frames; what it says is said together.
const TOGETHER: Duration = Duration::from_millis(60);

/// Reads the screen aloud while the visitor has that on.
pub(crate) struct Reader {
    voice: Voice,
    state: RefCell<State>,
    /// What is to be said waits for this.
    together: Timer,
    /// Which page it is.
    turn: Cell<i32>,
}

#[derive(Default)]
struct State {
    /// In which language, while it is on.
    on: Option<Language>,
    /// What the page has to say.
    page: Vec<Guidance>,
    /// What is to be said next …
    next: Vec<Guidance>,
    /// … in place of what is being said: another page has come, or the
    /// keyboard has gone on. What only changes on a page can wait.
    cuts: bool,
}

impl Reader {
    /// Starts the voice and listens to the window; `send` hears whether
    /// there is sound.
    pub(crate) fn start(
        options: &VoiceOptions,
        window: &KioskWindow,
        send: impl Fn(Msg) + 'static,
    ) -> anyhow::Result<Rc<Reader>> {
        let weak = window.as_weak();
        let voice = Voice::start(options, move |ready| {
            // Without an event loop the kiosk is at its end.
            let _ = weak.upgrade_in_event_loop(move |it| it.global::<Aloud>().invoke_sound(ready));
        })?;
        let reader = Rc::new(Reader {
            voice,
            state: RefCell::default(),
            together: Timer::default(),
            turn: Cell::new(0),
        });
        let aloud = window.global::<Aloud>();
        aloud.on_sound(move |ready| send(Msg::SoundChanged { ready }));
        aloud.on_text(reader.hears(Guidance::Text, true));
        aloud.on_number(reader.hears(Guidance::Number, true));
        aloud.on_window(reader.hears(Guidance::Window, true));
        aloud.on_at(reader.hears(Guidance::Text, false));
        Ok(reader)
    }

    /// Something stands on the screen; `stays` if it belongs to the page.
    fn hears(
        self: &Rc<Reader>,
        guidance: fn(String) -> Guidance,
        stays: bool,
    ) -> impl Fn(SharedString) + 'static {
        let reader = Rc::downgrade(self);
        move |text| {
            let Some(reader) = reader.upgrade() else { return };
            let guidance = guidance(text.into());
            let mut state = reader.state.borrow_mut();
            if !stays {
                state.cuts = true;
            } else if !state.page.contains(&guidance) {
                state.page.push(guidance.clone());
            }
            state.next.push(guidance);
            drop(state);
            reader.say_soon();
        }
    }

    /// The window shows another view now, in this language; and whether that
    /// is read aloud.
    pub(crate) fn follow(self: &Rc<Reader>, window: &KioskWindow, lang: Lang, aloud: bool) {
        let turn = window.global::<Kiosk>().get_turn();
        let mut state = self.state.borrow_mut();
        if self.turn.replace(turn) != turn {
            state.page.clear();
            state.next.clear();
            state.cuts = true;
        }
        let language = if lang == Lang::En { Language::En } else { Language::Zh };
        let on = aloud.then_some(language);
        let before = std::mem::replace(&mut state.on, on);
        match (before, on) {
            (None, Some(_)) => {
                let page = state.page.clone();
                state.next = page;
                drop(state);
                self.say_soon();
            }
            // What the page says in the other language is heard at once.
            (Some(one), Some(other)) => state.cuts |= one != other,
            (Some(language), None) => self.voice.say_instead(Vec::new(), language),
            (None, None) => {}
        }
    }

    fn say_soon(self: &Rc<Reader>) {
        let reader = Rc::downgrade(self);
        self.together.start(slint::TimerMode::SingleShot, TOGETHER, move || {
            let Some(reader) = reader.upgrade() else { return };
            let mut state = reader.state.borrow_mut();
            let next = std::mem::take(&mut state.next);
            let cuts = std::mem::take(&mut state.cuts);
            match state.on {
                None => {}
                Some(language) if cuts => reader.voice.say_instead(next, language),
                Some(language) => reader.voice.say_next(next, language),
            }
        });
    }
}
