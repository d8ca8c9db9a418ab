//! Bugs put in on purpose, one at a time: the simulation must find each,
//! or it would not find the next real one either.
//!
//! Works on a copy of the tree in `target/mutants`, so that the tree
//! itself is never touched.

use std::fs;
use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use ::tests::program::repository;
use anyhow::{Context, ensure};

/// Hours that each mutant is given to be found.
const HOURS: &str = "1500";

/// A bug.
struct Mutant {
    /// What it breaks.
    name: &'static str,
    file: &'static str,
    old: &'static str,
    new: &'static str,
}

const CORE: &str = "queue-server/queue-core/src";
const ENGINE: &str = "queue-server/src/engine";
const KIOSK: &str = "kiosk/kiosk-core/src/update";

macro_rules! mutants {
    ($($name:literal in $root:ident / $file:literal: $old:literal => $new:literal;)*) => {
        &[$((
            $root,
            Mutant { name: $name, file: $file, old: $old, new: $new },
        )),*]
    };
}

const MUTANTS: &[(&str, Mutant)] = mutants! {
    "a repeated command is done again" in ENGINE / "memory.rs":
        "let before = self.done.get(id)?;" => "let before = self.done.get(id).filter(|_| false)?;";
    "what was not stored is remembered as done" in ENGINE / "desk.rs":
        "self.memory.forget_after(expected);" => "";
    "a failed commit leaves the hall ahead of the record" in ENGINE / "desk.rs":
        "self.hall = self.published.hall().clone();" => "";
    "a commit that failed is answered as done" in ENGINE / "desk.rs":
        "self.store(&rows)?;" => "let _unsure = self.store(&rows);";
    "yesterday's commands are forgotten at midnight" in ENGINE / "memory.rs":
        "self.done.retain(|_, it| it.seq >= yesterday_from);" =>
        "self.done.retain(|_, it| it.seq >= today_from);";
    "last come, first served" in CORE / "queue.rs":
        "line.insert(at, place);" => "line.insert(at.min(0), place);";
    "a place in the line is lost by a transfer" in CORE / "queue.rs":
        "let at = line.partition_point(|it| *it < place);" => "let at = line.len();";
    "nobody is past the cap" in CORE / "discipline.rs":
        "now.duration_since(place.from) >= cap)" => "now.duration_since(place.from) >= cap + cap)";
    "a window helps others before its own" in CORE / "discipline.rs":
        "choose(own_lines(window, rules), false).or_else(|| choose(helped_lines(rules), true))" =>
        "choose(helped_lines(rules), true).or_else(|| choose(own_lines(window, rules), false))";
    "who was sent to a window is called by none" in CORE / "discipline.rs":
        "[Line::Window(window)].into_iter().chain(lanes).collect()" =>
        "[Line::Window(WindowId(window.0 + 1))].into_iter().chain(lanes).collect()";
    "who is called stays in the line" in CORE / "hall/apply.rs":
        "assert!(self.leave_line(id), \"only who waits is called\");" => "";
    "a number is given twice" in CORE / "hall/numbers.rs":
        "lane.last = number.count;" =>
        "lane.last = number.count.saturating_sub(u32::from(number.count == 9));";
    "numbers of a lease are given in turn" in CORE / "hall/numbers.rs":
        "self.set_apart(&lease.blocks);" => "";
    "every lease begins with the same number" in CORE / "hall/numbers.rs":
        "first.max(self.last + 1).max(behind_blocks).max(behind_taken)" =>
        "first.max(self.last + 1).max(behind_blocks.min(first)).max(behind_taken)";
    "an old copy goes on where it stood" in ENGINE / "desk.rs":
        "if self.journal.is_copy() {" => "if false {";
    "a number that a kiosk gave does not replace the answer that was lost" in CORE / "decide/offline.rs":
        "answered.filter(|it| matches!(it.state, TicketState::Waiting | TicketState::Called))" =>
        "answered.filter(|it| matches!(it.state, TicketState::Parked))";
    "a window waits for a number whose answer was lost" in CORE / "decide/offline.rs":
        "TicketState::Waiting | TicketState::Called" => "TicketState::Waiting";
    "a request that was given up takes a second number" in ENGINE / "memory.rs":
        "self.done.entry(offline.asked_as.clone()).or_insert_with(answer);" => "let _ = (offline, answer);";
    "who came offline stands behind everybody" in CORE / "decide/offline.rs":
        "let came = told.issued_at.max(granted_at).min(now);" => "let came = now.max(granted_at);";
    "a kiosk gives the numbers of another day" in KIOSK / "offline.rs":
        "it.business_day == now.date();" => "it.business_day <= now.date();";
    "those left over stay when the day ends" in CORE / "decide.rs":
        "events.extend(end_of_day(hall, day));" => "";
    "a number that nobody saw is called" in CORE / "decide.rs":
        "ticket.state == TicketState::Waiting && print.is_unseen()" => "false && print.is_unseen()";
    "a window that is away calls" in CORE / "decide/window.rs":
        "    serving(window)?;\n    idle(hall, window)?;\n    let choice" =>
        "    idle(hall, window)?;\n    let choice";
    "a window calls a second visitor" in CORE / "decide/window.rs":
        "    serving(window)?;\n    idle(hall, window)?;\n    let choice" =>
        "    serving(window)?;\n    let choice";
    "a closed window keeps whom it set aside" in CORE / "decide/window.rs":
        ".filter(bound).chain(hall.parked_at(id))" => ".filter(bound)";
    "a visitor is sent to a window where nobody sits" in CORE / "decide/window.rs":
        "if hall.window(*window).status == WindowStatus::Closed =>" => "if false =>";
    "the next matter stays at any window" in CORE / "decide/window.rs":
        "it.lanes.contains(&next.lane) || it.helps.contains(&next.lane)" => "!it.lanes.is_empty()";
    "a place is given back twice" in CORE / "decide/reinstate.rs":
        "if ticket.reinstated {" => "if false {";
    "who is before their slot goes first" in CORE / "discipline.rs":
        "return Rank::Early(*place);" => "return Rank::PastCap(*place);";
    "who is early counts from coming" in CORE / "decide/appoint.rs":
        "(!late).then_some(it.starts);" => "(!late).then_some(it.starts.min(now));";
    "who is late keeps the place of the slot" in CORE / "decide/appoint.rs":
        "let waits_from = (!late)" => "let waits_from = true";
    "a slot is booked over its capacity" in CORE / "decide/appoint.rs":
        "if capacity.free(book, *day, *time) == 0 {" => "if false {";
    "lanes that share windows are booked as if each had them alone" in CORE / "appointment/slots.rs":
        "!of_lane.is_empty() && of_lane.is_subset(windows)" => "!of_lane.is_empty() && *it == lane";
    "the place of a cancelled appointment stays taken" in CORE / "appointment/book.rs":
        "if !takes_place(state) {" => "if false {";
    "who did not come is not written down" in CORE / "decide.rs":
        "events.splice(0..0, appoint::missed_before(hall, day));" => "";
    "who is awaited tomorrow is missed today" in CORE / "decide/appoint.rs":
        "it.state == AppointmentState::Booked && it.appointment.day < day" =>
        "it.state == AppointmentState::Booked && it.appointment.day <= day";
    "a missed appointment is kept" in CORE / "decide/appoint.rs":
        "if it.day < today || is_missed(hall, it, now) {" => "if it.day < today {";
    "a cancelled appointment is kept" in CORE / "decide/appoint.rs":
        "_ => return Err(Rejection::NotBooked(id))," => "_ => {}";
    "who comes twice has two tickets" in CORE / "decide/appoint.rs":
        "return Err(Rejection::CheckedInBefore(ticket));" => "let _second = ticket;";
    "who is on time is sent away" in CORE / "decide/appoint.rs":
        "let opens = it.starts.saturating_sub(minutes(rules.early_minutes)).unwrap_or(it.starts);" =>
        "let opens = it.starts;";
    "a return pass is taken twice" in CORE / "decide/issue.rs":
        "held.used || over ||" => "over ||";
    "pressing again takes another number" in KIOSK / "errand.rs":
        "let asked = visit.asked.take().unwrap_or(Asked { request, ticket: None });" =>
        "visit.asked = None; let asked = Asked { request, ticket: None };";
    "an answer that comes twice prints twice" in KIOSK / "errand.rs":
        "if state.answers_again(command_id) {" => "if false {";
    "who left is not reported" in KIOSK / "errand.rs":
        "return vec![not_started(ticket.id, command_id, VISITOR_LEFT)];" => "return Vec::new();";
};

/// Runs the simulation against every bug whose name has this part; those
/// it does not find are named.
pub(super) fn hunt(out: &mut impl Write, part: &str) -> anyhow::Result<()> {
    let root = repository();
    let tree = root.join("target/mutants/tree");
    copy(&root, &tree)?;
    let mut alive = Vec::new();
    let hunted = || MUTANTS.iter().filter(|(_, it)| it.name.contains(part));
    for (folder, mutant) in hunted() {
        let path = tree.join(folder).join(mutant.file);
        let sound = fs::read_to_string(&path).with_context(|| mutant.file.to_owned())?;
        let count = sound.matches(mutant.old).count();
        ensure!(count == 1, "`{}`: its place is there {count} times", mutant.name);
        fs::write(&path, sound.replace(mutant.old, mutant.new))?;
        let found = runs(&tree);
        fs::write(&path, sound)?;
        if let Some(how) = found? {
            writeln!(out, "found: {} ({how})", mutant.name)?;
        } else {
            writeln!(out, "NOT FOUND: {}", mutant.name)?;
            alive.push(mutant.name);
        }
    }
    let count = hunted().count();
    ensure!(alive.is_empty(), "{} of {count} not found: {alive:?}", alive.len());
    writeln!(out, "{count} of {count} found")?;
    Ok(())
}

/// What git knows of the tree, as it lies there now.
fn copy(root: &Path, tree: &Path) -> anyhow::Result<()> {
    let listed = Command::new("git").args(["ls-files", "-z"]).current_dir(root).output()?;
    ensure!(listed.status.success(), "git does not list the tree");
    let names = String::from_utf8(listed.stdout)?;
    for name in names.split('\0').filter(|it| !it.is_empty()) {
        let (from, to) = (root.join(name), tree.join(name));
        let text = fs::read(&from).with_context(|| name.to_owned())?;
        // What is the same keeps its time, so that cargo builds less.
        if fs::read(&to).is_ok_and(|it| it == text) {
            continue;
        }
        fs::create_dir_all(to.parent().unwrap_or(tree))?;
        fs::write(&to, text)?;
    }
    Ok(())
}

/// The last word of a simulation that failed; none if it found nothing.
fn runs(tree: &Path) -> anyhow::Result<Option<String>> {
    let target: PathBuf = tree.join("../build");
    let cargo = |words: &[&str]| {
        let mut command = Command::new("cargo");
        command.args(words).env("CARGO_TARGET_DIR", &target).current_dir(tree);
        // One line is another: what it does not reach is not compiled anew.
        command.env("CARGO_INCREMENTAL", "1");
        command
    };
    let built = cargo(&["build", "-q", "--profile", "fuzz", "--bin", "simulate"])
        .stderr(Stdio::piped())
        .output()?;
    ensure!(built.status.success(), "{}", String::from_utf8_lossy(&built.stderr));
    let ran = Command::new(target.join("fuzz/simulate")).args(["--hours", HOURS]).output()?;
    if ran.status.success() {
        return Ok(None);
    }
    let said = [ran.stdout, ran.stderr].concat();
    let said = String::from_utf8_lossy(&said).into_owned();
    let word = |line: &&str| line.contains("SIM_SEED") || line.contains("panicked");
    let at = said.lines().position(|line| word(&line)).unwrap_or(0);
    let lines: Vec<&str> = said.lines().skip(at).take(2).collect();
    Ok(Some(lines.join(" ").chars().take(160).collect()))
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Whoever changes a line that a bug is put into sees it here, and not
    /// after an hour of hunting.
    #[test]
    fn the_place_of_every_bug_is_there_once() {
        let root = repository();
        for (folder, mutant) in MUTANTS {
            let text = fs::read_to_string(root.join(folder).join(mutant.file)).unwrap();
            assert_eq!(text.matches(mutant.old).count(), 1, "{}", mutant.name);
        }
    }
}
