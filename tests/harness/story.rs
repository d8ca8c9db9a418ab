//! Stories: texts that say what happens in a hall and what is seen then,
//! told on the real cores, the real desk and a real journal, with a
//! network, printers and a clock of the story's own.
//!
//! A line at the margin happens (`who: what`, or a time of day); the
//! indented lines below it are what is seen. The runner writes the
//! indented lines anew, so a story that still holds comes back as it was.
//! What every story must keep, said or not, is looked at after each line.

mod board;
mod hall;
mod kiosk;
mod server;

use std::fmt::Write;

use anyhow::{Context, bail};
use jiff::civil::Time;

use hall::Hall;

/// A window of the demo hall and a device are named by a small number.
type Nth = u16;

/// Tells a story and returns it with what was seen.
pub fn tell(name: &str, text: &str) -> anyhow::Result<String> {
    let mut hall = Hall::open(name)?;
    let mut told = String::new();
    for (nth, line) in (1..).zip(text.lines()) {
        if line.starts_with(' ') {
            continue;
        }
        told.push_str(line);
        told.push('\n');
        if line.is_empty() || line.starts_with('#') {
            continue;
        }
        happen(&mut hall, line).with_context(|| format!("line {nth}: `{line}`"))?;
        hall.check().with_context(|| format!("line {nth}: after `{line}`"))?;
        for seen in hall.take_seen() {
            writeln!(told, "  {seen}").context("a story fits into memory")?;
        }
    }
    hall.check_record()?;
    Ok(told)
}

/// One line at the margin.
fn happen(hall: &mut Hall, line: &str) -> anyhow::Result<()> {
    let Some((who, what)) = line.split_once(": ") else {
        return pass(hall, line);
    };
    let (part, nth) = named(who)?;
    for what in what.split(", ") {
        match part {
            "kiosk" => hall.at_kiosk(nth, what)?,
            "printer" => hall.at_printer(nth, what)?,
            "line" => hall.at_line(nth, what)?,
            "window" => hall.at_window(nth, what)?,
            "board" => hall.at_board(nth, what)?,
            "server" => hall.at_server(what)?,
            _ => bail!("nobody is called `{part}`"),
        }
    }
    Ok(())
}

/// `09:41`, `next day 08:50` or `wait 10 s`.
fn pass(hall: &mut Hall, line: &str) -> anyhow::Result<()> {
    if let Some(time) = line.strip_prefix("next day ") {
        return hall.sleep_until(time.parse().context("a time of day")?);
    }
    if let Some(seconds) = line.strip_prefix("wait ").and_then(|it| it.strip_suffix(" s")) {
        return hall.wait(seconds.parse().context("seconds")?);
    }
    hall.wait_until(line.parse::<Time>().context("neither a time of day nor `who: what`")?)
}

/// `kiosk 2` is the second kiosk, `board` the first board.
fn named(who: &str) -> anyhow::Result<(&str, Nth)> {
    match who.split_once(' ') {
        Some((part, nth)) => Ok((part, nth.parse().context("which one is a number")?)),
        None => Ok((who, 1)),
    }
}
