//! The sound card. ALSA where the program is built with it; the sound
//! servers of a desktop stand behind ALSA's `default`.

/// What a loudspeaker hangs on.
pub(crate) trait Card: Send {
    /// Whether it can be opened now.
    fn probe(&mut self) -> Result<(), String>;

    /// Plays to the end, or for as long as it `goes_on`, and says when the
    /// first of it was handed over.
    fn play(
        &mut self,
        samples: &[f32],
        began: &mut dyn FnMut(),
        goes_on: &dyn Fn() -> bool,
    ) -> Result<(), String>;
}

/// The card of this name.
#[cfg(feature = "alsa")]
pub(crate) fn card(name: String) -> Box<dyn Card> {
    Box::new(alsa_card::AlsaCard::new(name))
}

/// Nothing, in a program without sound.
#[cfg(not(feature = "alsa"))]
pub(crate) fn card(_name: String) -> Box<dyn Card> {
    Box::new(NoCard)
}

#[cfg(not(feature = "alsa"))]
struct NoCard;

#[cfg(not(feature = "alsa"))]
impl Card for NoCard {
    fn probe(&mut self) -> Result<(), String> {
        Err("this program was built without sound".to_owned())
    }

    fn play(
        &mut self,
        _samples: &[f32],
        _began: &mut dyn FnMut(),
        _goes_on: &dyn Fn() -> bool,
    ) -> Result<(), String> {
        self.probe()
    }
}

#[cfg(feature = "alsa")]
mod alsa_card {
    use std::thread;
    use std::time::Duration;

    use alsa::pcm::{Access, Format, HwParams, IO, PCM, State};
    use alsa::{Direction, Output, ValueOr};
    use voice::RATE;

    use super::Card;
    use crate::wav::sixteen_bits;

    /// How much the card holds, in microseconds.
    const BUFFER_US: u32 = 400_000;

    /// A card that takes nothing for this long is stuck.
    const STUCK_MS_MAX: u32 = 2_000;

    /// What Linux calls `EAGAIN`: the card is full.
    const TRY_AGAIN: i32 = 11;

    /// How often it is asked whether the last sound is out.
    const DRAIN_LOOK_MS: u32 = 20;

    /// Opened for each call: whatever happened to it since the last one
    /// is over, and nobody else is kept from it.
    pub(super) struct AlsaCard {
        name: String,
    }

    impl AlsaCard {
        pub(super) fn new(name: String) -> AlsaCard {
            AlsaCard { name }
        }

        fn open(&self) -> Result<PCM, alsa::Error> {
            // The library writes pages about a missing card to the log; in
            // here it is heard once, and only the last error is told.
            let _quiet = Output::local_error_handler()?;
            let pcm = PCM::new(&self.name, Direction::Playback, true)?;
            {
                let wanted = HwParams::any(&pcm)?;
                wanted.set_rate_resample(true)?;
                wanted.set_channels(1)?;
                wanted.set_rate(RATE, ValueOr::Nearest)?;
                wanted.set_format(Format::s16())?;
                wanted.set_access(Access::RWInterleaved)?;
                wanted.set_buffer_time_near(BUFFER_US, ValueOr::Nearest)?;
                pcm.hw_params(&wanted)?;
            }
            Ok(pcm)
        }
    }

    impl Card for AlsaCard {
        fn probe(&mut self) -> Result<(), String> {
            self.open().map(|_| ()).map_err(|it| it.to_string())
        }

        fn play(
            &mut self,
            samples: &[f32],
            began: &mut dyn FnMut(),
            goes_on: &dyn Fn() -> bool,
        ) -> Result<(), String> {
            if samples.is_empty() {
                return self.probe();
            }
            let samples: Vec<i16> = sixteen_bits(samples).collect();
            let pcm = self.open().map_err(|it| it.to_string())?;
            let whole = write(&pcm, &samples, began, goes_on)? && drain(&pcm, goes_on)?;
            if !whole {
                pcm.drop().map_err(|it| it.to_string())?;
            }
            Ok(())
        }
    }

    /// Hands everything over; false if it was to end before.
    fn write(
        pcm: &PCM,
        samples: &[i16],
        began: &mut dyn FnMut(),
        goes_on: &dyn Fn() -> bool,
    ) -> Result<bool, String> {
        let io: IO<'_, i16> = pcm.io_i16().map_err(|it| it.to_string())?;
        let mut rest = samples;
        while !rest.is_empty() {
            if !goes_on() {
                return Ok(false);
            }
            match io.writei(rest) {
                Ok(n) => {
                    if rest.len() == samples.len() && n > 0 {
                        began();
                    }
                    rest = &rest[n..];
                }
                Err(error) if error.errno() == TRY_AGAIN => {
                    if !pcm.wait(Some(STUCK_MS_MAX)).map_err(|it| it.to_string())? {
                        return Err("the card takes no sound".to_owned());
                    }
                }
                // A gap, or a machine that slept: the card goes on.
                Err(error) => pcm.try_recover(error, true).map_err(|it| it.to_string())?,
            }
        }
        Ok(true)
    }

    /// Until the last sound is out; false if it was to end before. The thread is the loudspeaker's own, and
    /// only its state tells that a card is done.
    #[expect(clippy::disallowed_methods, reason = "ALSA wakes nobody at the end of a drain")]
    fn drain(pcm: &PCM, goes_on: &dyn Fn() -> bool) -> Result<bool, String> {
        let looks_max = (BUFFER_US / 1_000 + STUCK_MS_MAX) / DRAIN_LOOK_MS;
        match pcm.drain() {
            Err(error) if error.errno() != TRY_AGAIN => return Err(error.to_string()),
            _ => {}
        }
        for _ in 0..looks_max {
            match pcm.state() {
                State::Draining if !goes_on() => return Ok(false),
                State::Draining => thread::sleep(Duration::from_millis(DRAIN_LOOK_MS.into())),
                State::Disconnected => return Err("the card is gone".to_owned()),
                _ => return Ok(true),
            }
        }
        Err("the card does not come to its end".to_owned())
    }
}
