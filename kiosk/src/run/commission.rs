//! `kiosk printer-test`: what the person who installs a printer is told.
//!
//! It asks the printer what it can, prints the test page, and writes
//! what is to be set and the line for `kiosk.toml`. It changes nothing.

use std::fmt::Write as _;
use std::io::Write;
use std::time::Duration;

use anyhow::{Context, bail};
use jiff::civil::DateTime;
use slip::{JobMark, Lang, PrintOutcome, PrinterStatus, Profile, Slip, TestSlip, prepare};

use crate::printer::{
    Before, Patience, Printer, PrinterPort, PrinterUri, ProfileChoice, Survey, heard_at, survey,
};

/// Below this speed a picture on a slip takes longer than anybody waits.
const BAUD_MIN: u32 = 38_400;

/// What the answers and the choices of a person come to.
struct Finding {
    /// With the profile that was named or proposed.
    uri: PrinterUri,
    profile: Profile,
    /// What the profile says and the printer does not do, as its keys.
    wrong_keys: Vec<&'static str>,
}

/// Tries a printer out and tells what was found, in words. An error
/// unless the test page came out.
pub fn printer_test(
    printer: &str,
    profile: Option<&str>,
    now: DateTime,
    out: &mut dyn Write,
) -> anyhow::Result<()> {
    let mut uri: PrinterUri = printer.parse().context("`--printer` is not understood")?;
    uri.profile = profile.map(ProfileChoice::from).or(uri.profile);
    let named = uri.profile.is_some();
    let chosen = uri.profile().context("there is no such profile")?;
    let answers = match &uri.port {
        PrinterPort::Dir(_) => None,
        port => {
            let survey = survey(port, named.then_some(&chosen))
                .with_context(|| format!("cannot open `{printer}`"))?;
            write!(out, "{}", told(&survey, &uri.port))?;
            Some(survey)
        }
    };
    if let Some(survey) = &answers {
        if survey.is_silent() {
            if let Some(baud) = heard_at(&uri.port) {
                bail!(
                    "nothing was printed: the printer answers at {baud} baud, write `baud={baud}`"
                );
            }
            bail!("the printer does not answer; nothing was printed");
        }
        if let Some(status) = survey.status.filter(|it| !it.can_print()) {
            bail!("nothing was printed: {}", in_words(status));
        }
    }
    let finding = find(uri, named, answers.as_ref())?;
    write!(out, "{}", finding.told(named))?;
    let page = TestSlip {
        lang: Lang::Zh,
        hall: "一门".to_owned(),
        printer: finding.uri.to_string(),
        profile: finding.profile.name.to_string(),
        printed_at: now,
    };
    let outcome = finding.print(Slip::Test(page), out)?;
    if let PrintOutcome::NotStarted { reason } = outcome {
        bail!("nothing was printed: {}", in_words(reason));
    }
    write!(out, "{}", finding.advice())?;
    match outcome {
        PrintOutcome::Done => Ok(()),
        _ => bail!("the page was begun and its end was not seen"),
    }
}

fn find(mut uri: PrinterUri, named: bool, survey: Option<&Survey>) -> anyhow::Result<Finding> {
    if !named && let Some(survey) = survey {
        let narrow = uri.profile()?.name == Profile::GENERIC_58.name;
        uri.profile = Some(ProfileChoice::from(survey.closest(narrow)));
    }
    let mut profile = uri.profile()?;
    let mut wrong_keys = Vec::new();
    if let Some(survey) = survey {
        let abilities = &mut profile.abilities;
        let answers = [
            ("dle_eot", &mut abilities.real_time, survey.status.is_some()),
            ("gs_r", &mut abilities.paper, survey.paper),
            ("gs_h", &mut abilities.process_id, survey.process_id != Some(false)),
        ];
        for (key, says, does) in answers {
            if *says && !does {
                *says = false;
                wrong_keys.push(key);
            }
        }
        if profile.presenter.is_some() && survey.mouth.is_none() {
            profile.presenter = None;
            wrong_keys.push("presenter");
        }
    }
    Ok(Finding { uri, profile, wrong_keys })
}

fn yes(answered: bool) -> &'static str {
    if answered { "answered" } else { "not answered" }
}

/// What was asked and answered.
fn told(survey: &Survey, port: &PrinterPort) -> String {
    let mut text = String::new();
    if survey.is_silent() {
        text.push_str(&silence(survey.noise, port));
        return text;
    }
    let _ = writeln!(text, "How are you (DLE EOT 1-4):     {}", yes(survey.status.is_some()));
    if let Some(status) = survey.status {
        let _ = writeln!(text, "  it says:                     {}", in_words(status));
        if !status.can_print() {
            text.push_str("The other questions wait until it can print: help it, and try again.\n");
            return text;
        }
    }
    let _ = writeln!(text, "Are you done (GS r 1):         {}", yes(survey.paper));
    if let Some(answered) = survey.process_id {
        let _ = writeln!(text, "Which job is done (GS ( H):    {}", yes(answered));
    }
    let _ = writeln!(text, "Slip in the mouth (10 04 14):  {}", yes(survey.mouth.is_some()));
    let names = [&survey.maker, &survey.model].into_iter().flatten().cloned();
    let names = names.collect::<Vec<_>>().join(", ");
    let names = if names.is_empty() { yes(false) } else { &names };
    let _ = writeln!(text, "What are you (GS I):           {names}");
    text
}

/// Where to look when nothing that means anything came.
fn silence(noise: bool, port: &PrinterPort) -> String {
    let mut text = String::from("It answers no question.\n");
    match port {
        PrinterPort::Serial { baud, .. } if noise => {
            let _ = writeln!(
                text,
                "Bytes came that mean nothing: its speed is not {baud} baud. Read the speed from\n\
                 its self-test page (hold FEED while switching it on) and write it as `baud=`."
            );
        }
        PrinterPort::Serial { baud, .. } => {
            let _ = writeln!(
                text,
                "Is it on, and online? Is its speed {baud} baud, 8 data bits, no parity? Does the\n\
                 cable carry both ways (three wires at least)? Does another program use the port?"
            );
        }
        PrinterPort::Lp(_) => text.push_str(
            "Is it on, and online? Some USB printers say nothing over this way; then use its\n\
             serial or network port, for the kiosk must know whether a slip came out.\n",
        ),
        PrinterPort::Tcp(_) | PrinterPort::Dir(_) => text.push_str(
            "The address takes connections and says nothing. Is it the printer's raw port\n\
             (9100), and does no other program hold it?\n",
        ),
    }
    text
}

/// A status as a person says it, and what helps.
fn in_words(status: PrinterStatus) -> &'static str {
    match status {
        PrinterStatus::Ready => "ready",
        PrinterStatus::NearEnd => "ready; the roll is near its end",
        PrinterStatus::NoPaper => "there is no paper; put a roll in",
        PrinterStatus::CoverOpen => "its cover is open; close it",
        PrinterStatus::CutterJam => "its cutter is stuck; free it",
        PrinterStatus::PaperJam => "paper is stuck; take it out",
        PrinterStatus::NotTaken => "a slip hangs in its mouth; take it",
        PrinterStatus::Cooling => "its head is hot; wait a minute",
        PrinterStatus::Broken => "it has a fault; switch it off and on",
        PrinterStatus::Offline => "it is offline; press its button",
        PrinterStatus::NoAnswer => "it does not answer",
        PrinterStatus::NotConnected => "there is no connection",
    }
}

impl Finding {
    fn told(&self, named: bool) -> String {
        let name = &self.profile.name;
        let how = if named { "as named" } else { "closest" };
        format!("Profile ({how}): {name}, {} dots\n", self.profile.width_dots)
    }

    /// Prints the page and says what became of it.
    fn print(&self, page: Slip, out: &mut dyn Write) -> anyhow::Result<PrintOutcome> {
        let n_bytes = prepare(&page, &self.profile, JobMark::from_count(1)).n_bytes();
        write!(out, "Printing the test page, {n_bytes} bytes")?;
        if let PrinterPort::Serial { baud, .. } = self.uri.port {
            let tenths = u64::try_from(n_bytes).unwrap_or(0) * 100 / u64::from(baud);
            write!(out, ", {}.{} s at {baud} baud", tenths / 10, tenths % 10)?;
        }
        writeln!(out, " …")?;
        out.flush()?;
        // Who stands beside it needs no minute to see that it stopped.
        let patience = Patience { hold: Duration::from_secs(20), ..Patience::DEFAULT };
        let printer =
            Printer::open(&self.uri, self.profile.clone(), Before::PerhapsSlip, patience, |_| {})
                .context("cannot start the printer's thread")?;
        let outcome = printer.print(page).blocking_recv().context("the printer's thread broke")?;
        let words = match outcome {
            PrintOutcome::Done => "It is on paper, once: the printer said so.",
            PrintOutcome::NotStarted { .. } => "Nothing was printed.",
            PrintOutcome::Unknown => {
                "It was begun and its end was not seen: look whether the page is whole."
            }
        };
        writeln!(out, "{words}")?;
        Ok(outcome)
    }

    /// What to look at, what to set, what to write down.
    fn advice(&self) -> String {
        let mut text = String::from(
            "\nCompare the page with what it says of itself, line by line:\n\
             - Digits that wrap or end early: the paper's width is another (`width=384`, `416`, `576`).\n\
             - Boxes or blanks in line 3: its font is smaller; set `font = \"gb2312\"` in a profile.\n\
             - Letters instead of hanzi: switch its Chinese mode on, code page GB18030 or GBK.\n\
             - Hanzi that stay small in line 5: set `hanzi_size = \"both\"`; no code: `qr = \"raster\"`.\n\
             \nSet on the printer:\n\
             - Reprint after paper out (缺纸重打): OFF. It would print a slip twice that counts once.\n",
        );
        match self.uri.port {
            PrinterPort::Serial { baud, .. } if baud < BAUD_MIN => {
                let _ = writeln!(
                    text,
                    "- Its speed: 38400 baud or more, better 115200. At {baud} a seal or a rare\n  \
                     character's line takes seconds."
                );
            }
            _ => {}
        }
        self.advise_profile(&mut text);
        let _ = write!(text, "\nPut into kiosk.toml:\nprinter = \"{}\"\n", self.uri);
        text
    }

    /// What is to be changed where printer and profile disagree.
    fn advise_profile(&self, text: &mut String) {
        if self.wrong_keys.is_empty() {
            return;
        }
        let keys = self.wrong_keys.join("`, `");
        let _ = write!(
            text,
            "\nThe profile promises what this printer did not do: `{keys}`.\n\
             Copy assets/printers/{}.toml, set these to false (a presenter's part is left out),\n\
             and name the copy as `profile=PATH.toml`.\n",
            self.profile.name
        );
        let says_end = self.profile.abilities.paper || self.profile.abilities.process_id;
        if !says_end {
            text.push_str(
                "A printer that cannot say when it is done leaves every slip unknown: take another.\n",
            );
        }
    }
}

#[cfg(test)]
mod tests {
    use expect_test::expect;
    use slip::Abilities;

    use super::*;

    #[test]
    fn what_printer_and_profile_disagree_on_is_to_be_written_down() {
        let uri: PrinterUri = "serial:/dev/ttyS0?baud=9600".parse().unwrap();
        let survey = Survey { status: Some(PrinterStatus::Ready), ..Survey::default() };
        let finding = find(uri, false, Some(&survey)).unwrap();
        let none = Abilities { paper: false, ..Profile::GENERIC_80.abilities };
        assert_eq!(finding.profile.abilities, none);
        let advice = finding.advice();
        expect![[r#"
            - Its speed: 38400 baud or more, better 115200. At 9600 a seal or a rare
              character's line takes seconds.

            The profile promises what this printer did not do: `gs_r`.
            Copy assets/printers/generic-80.toml, set these to false (a presenter's part is left out),
            and name the copy as `profile=PATH.toml`.
            A printer that cannot say when it is done leaves every slip unknown: take another.

            Put into kiosk.toml:
            printer = "serial:/dev/ttyS0?baud=9600&profile=generic-80"
        "#]]
        .assert_eq(advice.split_once("counts once.\n").unwrap().1);
    }

    #[test]
    fn a_silent_line_is_told_where_to_look() {
        let port = |uri: &str| uri.parse::<PrinterUri>().unwrap().port;
        let noisy = Survey { noise: true, ..Survey::default() };
        let told = told(&noisy, &port("serial:/dev/ttyS0?baud=9600"));
        assert!(told.contains("its speed is not 9600 baud"), "{told}");
    }

    #[test]
    fn the_closest_profile_is_told_by_name_and_mouth() {
        let survey = |model: &str| Survey { model: Some(model.to_owned()), ..Survey::default() };
        for (model, narrow, profile) in [
            ("TM-T82III", false, "epson-tm-cn"),
            ("XP-80C", false, "xprinter-80"),
            ("number 0x20", false, "generic-80"),
            ("number 0x20", true, "generic-58"),
        ] {
            assert_eq!(survey(model).closest(narrow), profile, "{model}");
        }
    }
}
