//! A TOML file that is read to the end whatever is wrong with it: every
//! fault is noted with its line, the part that bears it is taken out,
//! and reading goes on. What a sound part means is not known here.

use std::collections::BTreeSet;
use std::ops::Range;

use serde::de::DeserializeOwned;
use toml::Spanned;
use toml::de::{DeArray, DeTable, DeValue, Deserializer};

use crate::{Fault, SourceFile};

/// A file, what is left of it, and what is wrong with it so far.
#[derive(Debug)]
pub struct Document<'f> {
    file: &'f SourceFile,
    /// Where each line begins, but for the first.
    line_starts: Vec<usize>,
    root: DeTable<'f>,
    /// Top-level keys with a fault in or under them.
    unsound: BTreeSet<String>,
    faults: Vec<Fault>,
}

/// More faults of shape than this in one file are not looked for.
const SHAPE_FAULTS_MAX: usize = 100;

/// How serde begins to say that nobody reads a key; without it the rest
/// is still all there.
const UNKNOWN_FIELD: &str = "unknown field `";

/// A step on the way to a part: a key, or a place in an array.
#[derive(Clone, Debug, PartialEq, Eq)]
enum Step {
    Key(String),
    At(usize),
}

type Way = Vec<Step>;

impl<'f> Document<'f> {
    /// Reads the TOML of a file. Faults of syntax are noted; the lines
    /// around them are still read.
    pub fn parse(file: &'f SourceFile) -> Document<'f> {
        let (root, errors) = DeTable::parse_recoverable(&file.text);
        let root = root.into_inner();
        let line_starts = file.text.match_indices('\n').map(|(at, _)| at + 1).collect();
        let (unsound, faults) = (BTreeSet::new(), Vec::new());
        let mut document = Document { file, line_starts, root, unsound, faults };
        for error in errors {
            let at = error.span().map_or(0, |span| span.start);
            document.note(at, error.message());
        }
        document
    }

    /// The file as a `T`. A part with a fault is left out; where a `T`
    /// cannot be without it, the part of the same key in `spare`, the
    /// text of a sound `T`, stands in, and [`Document::is_sound`] of
    /// that key is false. None if the file is hopeless.
    pub fn read<T: DeserializeOwned>(&mut self, spare: &'static str) -> Option<T> {
        let spare = DeTable::parse(spare).map(Spanned::into_inner).unwrap_or_default();
        let mut pruned: Vec<(Range<usize>, String)> = Vec::new();
        for _ in 0..SHAPE_FAULTS_MAX {
            let whole = Spanned::new(0..self.file.text.len(), self.root.clone());
            let error = match T::deserialize(Deserializer::from(whole)) {
                Ok(value) => return Some(value),
                Err(error) => error,
            };
            let message = shortened(error.message());
            let Some(span) = error.span() else {
                self.note(0, &message);
                return None;
            };
            let missing = missing_field(&message);
            let way = self.way_to(&span, missing.is_some());
            match (missing, way.as_slice()) {
                (Some(key), []) => {
                    if self.unsound.insert(key.to_owned()) {
                        self.note(0, &message);
                    }
                    let (key, value) = spare.get_key_value(key)?;
                    self.root.insert(key.clone(), value.clone());
                }
                (None, []) => {
                    self.note(span.start, &message);
                    return None;
                }
                (missing, way) => {
                    let bears = |key: &str| pruned.contains(&(span.clone(), key.to_owned()));
                    if !missing.is_some_and(bears) {
                        self.note(span.start, &message);
                    }
                    if !message.starts_with(UNKNOWN_FIELD) {
                        pruned.extend(self.parent_span(way));
                        self.mark_unsound(way);
                    }
                    prune(&mut self.root, way);
                }
            }
        }
        None
    }

    /// Whether no fault of shape is in or under a top-level key, so that
    /// what is read of it is all that the file says.
    pub fn is_sound(&self, key: &str) -> bool {
        !self.unsound.contains(key)
    }

    /// Whether nothing at all is wrong so far.
    pub fn is_faultless(&self) -> bool {
        self.faults.is_empty()
    }

    /// The file's name.
    pub fn name(&self) -> &'f str {
        &self.file.name
    }

    /// The line of a part, named by its keys and places:
    /// `materials.3.when`. A part that the file leaves out has the line
    /// of what it belongs to.
    pub fn line(&self, part: &str) -> usize {
        let mut offset = 0;
        let mut here: Option<&DeValue<'_>> = None;
        for step in part.split('.') {
            let table = match here {
                None => Some(&self.root),
                Some(DeValue::Table(table)) => Some(table),
                Some(_) => None,
            };
            let next = match (table, here) {
                (Some(table), _) => {
                    table.get_key_value(step).map(|(key, value)| (key.span().start, value))
                }
                (None, Some(DeValue::Array(array))) => {
                    let item = step.parse().ok().and_then(|at: usize| array.get(at));
                    item.map(|value| (value.span().start, value))
                }
                (None, _) => None,
            };
            let Some((start, value)) = next else { break };
            offset = start;
            here = Some(value.get_ref());
        }
        self.line_at(offset)
    }

    /// Notes that something is wrong with a part, named as for
    /// [`Document::line`].
    pub fn fault(&mut self, part: &str, message: impl Into<String>) {
        let (file, line) = (self.file.name.clone(), self.line(part));
        self.faults.push(Fault { file, line, message: message.into() });
    }

    /// Everything that is wrong.
    pub fn into_faults(self) -> Vec<Fault> {
        self.faults
    }

    /// Calls `visit` with the name of every text in the file and the
    /// text.
    pub fn each_text(&self, visit: &mut impl FnMut(&str, &str)) {
        for (key, value) in &self.root {
            each_text(key.get_ref(), value.get_ref(), visit);
        }
    }

    fn note(&mut self, offset: usize, message: &str) {
        let (file, line) = (self.file.name.clone(), self.line_at(offset));
        self.faults.push(Fault { file, line, message: message.to_owned() });
    }

    fn line_at(&self, offset: usize) -> usize {
        self.line_starts.partition_point(|&start| start <= offset) + 1
    }

    fn mark_unsound(&mut self, way: &[Step]) {
        if let Some(Step::Key(key)) = way.first() {
            self.unsound.insert(key.clone());
        }
    }

    /// The way to the part with this span: a key, a value, or only a
    /// table; empty for the whole file.
    fn way_to(&self, span: &Range<usize>, only_table: bool) -> Way {
        let mut search = Search { span: span.clone(), only_table, here: Vec::new(), found: None };
        search.table(&self.root);
        search.found.unwrap_or_default()
    }

    /// The span of the table that a key stands in, with that key.
    fn parent_span(&self, way: &[Step]) -> Option<(Range<usize>, String)> {
        let (Step::Key(key), above) = way.split_last()? else { return None };
        let mut span = 0..self.file.text.len();
        let mut here: Option<&DeValue<'_>> = None;
        for step in above {
            let next = match (step, here) {
                (Step::Key(key), None) => self.root.get(key.as_str()),
                (Step::Key(key), Some(DeValue::Table(table))) => table.get(key.as_str()),
                (Step::At(at), Some(DeValue::Array(array))) => array.get(*at),
                _ => None,
            }?;
            span = next.span();
            here = Some(next.get_ref());
        }
        Some((span, key.clone()))
    }
}

struct Search {
    span: Range<usize>,
    only_table: bool,
    here: Way,
    found: Option<Way>,
}

impl Search {
    fn table(&mut self, table: &DeTable<'_>) {
        for (key, value) in table {
            self.here.push(Step::Key(key.get_ref().to_string()));
            if !self.only_table && key.span() == self.span {
                self.found = Some(self.here.clone());
            }
            self.value(value);
            self.here.pop();
        }
    }

    /// The deepest part with the span wins: an array of tables has the
    /// span of its first.
    fn value(&mut self, value: &Spanned<DeValue<'_>>) {
        let fits = !self.only_table || matches!(value.get_ref(), DeValue::Table(_));
        if fits && value.span() == self.span {
            self.found = Some(self.here.clone());
        }
        match value.get_ref() {
            DeValue::Table(table) => self.table(table),
            DeValue::Array(array) => {
                for (at, item) in array.iter().enumerate() {
                    self.here.push(Step::At(at));
                    self.value(item);
                    self.here.pop();
                }
            }
            _ => {}
        }
    }
}

/// Takes a part out.
fn prune(table: &mut DeTable<'_>, way: &[Step]) {
    match way {
        [Step::Key(key)] => drop(table.remove(key.as_str())),
        [Step::Key(key), below @ ..] => {
            if let Some(value) = table.get_mut(key.as_str()) {
                prune_value(value.get_mut(), below);
            }
        }
        _ => {}
    }
}

fn prune_value(value: &mut DeValue<'_>, way: &[Step]) {
    match (value, way) {
        (DeValue::Table(table), way) => prune(table, way),
        (DeValue::Array(array), [Step::At(at)]) => {
            let mut kept = DeArray::new();
            let others = array.iter().enumerate().filter(|(place, _)| place != at);
            others.for_each(|(_, item)| kept.push(item.clone()));
            *array = kept;
        }
        (DeValue::Array(array), [Step::At(at), below @ ..]) => {
            if let Some(item) = array.get_mut(*at) {
                prune_value(item.get_mut(), below);
            }
        }
        _ => {}
    }
}

fn each_text(name: &str, value: &DeValue<'_>, visit: &mut impl FnMut(&str, &str)) {
    match value {
        DeValue::String(text) => visit(name, text),
        DeValue::Table(table) => {
            for (key, value) in table {
                each_text(&format!("{name}.{}", key.get_ref()), value.get_ref(), visit);
            }
        }
        DeValue::Array(array) => {
            for (at, item) in array.iter().enumerate() {
                each_text(&format!("{name}.{at}"), item.get_ref(), visit);
            }
        }
        _ => {}
    }
}

/// The key in serde's "missing field `key`".
fn missing_field(message: &str) -> Option<&str> {
    message.strip_prefix("missing field `")?.strip_suffix('`')
}

/// Serde names every key it would have known; a line holds the first
/// part of that.
fn shortened(message: &str) -> String {
    message.lines().next().unwrap_or_default().trim_end_matches('.').to_owned()
}

#[cfg(test)]
mod tests;
