//! Conditions on a visitor's answers: `place=rent and not (home=no)`.
//!
//! ```text
//! expr   = term { "or" term }
//! term   = factor { "and" factor }
//! factor = "not" factor | "(" expr ")" | question ("=" | "!=") option
//! ```
//!
//! A condition is read once and keeps its text; whether it holds is
//! asked of a [`Situation`], which knows three answers.

use std::fmt;
use std::ops::Range;

use serde::{Deserialize, Serialize};

use crate::situation::{Situation, Truth};

/// A condition that has been read.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct When {
    text: String,
    expr: Expr,
}

/// Why a text is not a condition.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{expected} at character {at} of `{text}`")]
pub struct BadWhen {
    /// The text.
    pub text: String,
    /// Where reading stopped, in characters, 1 and up.
    pub at: usize,
    /// What would have been read there.
    pub expected: &'static str,
}

#[derive(Clone, Debug, PartialEq, Eq)]
enum Expr {
    Or(Vec<Expr>),
    And(Vec<Expr>),
    Not(Box<Expr>),
    Is(Comparison),
}

/// `question=option` or `question!=option`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Comparison {
    pub(crate) question: String,
    pub(crate) option: String,
    pub(crate) differs: bool,
}

/// How deep brackets and `not` may nest; far more than anybody reads.
const DEPTH_MAX: usize = 16;

impl When {
    /// The condition as it was written.
    pub fn as_str(&self) -> &str {
        &self.text
    }

    /// Whether it holds.
    pub(crate) fn truth(&self, situation: &Situation<'_, '_>) -> Truth {
        self.expr.truth(situation)
    }

    /// Every comparison in it, from left to right.
    pub(crate) fn comparisons(&self) -> Vec<&Comparison> {
        let mut found = Vec::new();
        self.expr.collect(&mut found);
        found
    }
}

impl Expr {
    fn truth(&self, situation: &Situation<'_, '_>) -> Truth {
        match self {
            Expr::Or(terms) => {
                terms.iter().map(|it| it.truth(situation)).max().unwrap_or(Truth::No)
            }
            Expr::And(factors) => {
                factors.iter().map(|it| it.truth(situation)).min().unwrap_or(Truth::Yes)
            }
            Expr::Not(factor) => !factor.truth(situation),
            Expr::Is(comparison) => situation.compare(comparison),
        }
    }

    fn collect<'a>(&'a self, found: &mut Vec<&'a Comparison>) {
        match self {
            Expr::Or(parts) | Expr::And(parts) => parts.iter().for_each(|it| it.collect(found)),
            Expr::Not(factor) => factor.collect(found),
            Expr::Is(comparison) => found.push(comparison),
        }
    }
}

impl TryFrom<String> for When {
    type Error = BadWhen;

    fn try_from(text: String) -> Result<When, BadWhen> {
        let expr = Reader { words: words(&text), text: &text, next: 0 }.whole()?;
        Ok(When { text, expr })
    }
}

impl From<When> for String {
    fn from(when: When) -> String {
        when.text
    }
}

impl fmt::Display for When {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.text)
    }
}

/// Cuts a text into names, `=`, `!=`, brackets and whatever else there
/// is, one character each.
fn words(text: &str) -> Vec<Range<usize>> {
    let is_name = |c: char| c.is_ascii_alphanumeric() || c == '_' || c == '-';
    let mut words = Vec::new();
    let mut rest = text.char_indices().peekable();
    while let Some((start, c)) = rest.next() {
        let mut end = start + c.len_utf8();
        if c.is_whitespace() {
            continue;
        }
        if is_name(c) {
            while rest.next_if(|&(_, c)| is_name(c)).is_some() {
                end += 1;
            }
        } else if c == '!' && rest.next_if(|&(_, c)| c == '=').is_some() {
            end += 1;
        }
        words.push(start..end);
    }
    words
}

struct Reader<'a> {
    text: &'a str,
    words: Vec<Range<usize>>,
    next: usize,
}

impl Reader<'_> {
    fn whole(mut self) -> Result<Expr, BadWhen> {
        let expr = self.expr(0)?;
        if self.peek().is_some() {
            Err(self.bad("expected `and`, `or` or the end"))
        } else {
            Ok(expr)
        }
    }

    fn expr(&mut self, depth: usize) -> Result<Expr, BadWhen> {
        let mut terms = vec![self.term(depth)?];
        while self.take("or") {
            terms.push(self.term(depth)?);
        }
        Ok(single(terms, Expr::Or))
    }

    fn term(&mut self, depth: usize) -> Result<Expr, BadWhen> {
        let mut factors = vec![self.factor(depth)?];
        while self.take("and") {
            factors.push(self.factor(depth)?);
        }
        Ok(single(factors, Expr::And))
    }

    fn factor(&mut self, depth: usize) -> Result<Expr, BadWhen> {
        if depth == DEPTH_MAX {
            return Err(self.bad("expected fewer brackets"));
        }
        if self.take("not") {
            return Ok(Expr::Not(Box::new(self.factor(depth + 1)?)));
        }
        if self.take("(") {
            let expr = self.expr(depth + 1)?;
            return if self.take(")") { Ok(expr) } else { Err(self.bad("expected `)`")) };
        }
        let question = self.name("expected a question")?;
        let differs = self.take("!=");
        if !differs && !self.take("=") {
            return Err(self.bad("expected `=` or `!=`"));
        }
        let option = self.name("expected an option")?;
        Ok(Expr::Is(Comparison { question, option, differs }))
    }

    fn name(&mut self, expected: &'static str) -> Result<String, BadWhen> {
        match self.peek() {
            Some(word) if !matches!(word, "and" | "or" | "not") && is_name(word) => {
                let name = word.to_owned();
                self.next += 1;
                Ok(name)
            }
            _ => Err(self.bad(expected)),
        }
    }

    fn peek(&self) -> Option<&str> {
        self.words.get(self.next).map(|range| &self.text[range.clone()])
    }

    fn take(&mut self, word: &str) -> bool {
        let found = self.peek() == Some(word);
        self.next += usize::from(found);
        found
    }

    fn bad(&self, expected: &'static str) -> BadWhen {
        let byte = self.words.get(self.next).map_or(self.text.len(), |range| range.start);
        let at = self.text[..byte].chars().count() + 1;
        BadWhen { text: self.text.to_owned(), at, expected }
    }
}

fn is_name(word: &str) -> bool {
    word.starts_with(|c: char| c.is_ascii_alphanumeric() || c == '_' || c == '-')
}

/// One part stands for itself.
fn single(mut parts: Vec<Expr>, several: fn(Vec<Expr>) -> Expr) -> Expr {
    match parts.pop() {
        Some(only) if parts.is_empty() => only,
        Some(last) => {
            parts.push(last);
            several(parts)
        }
        None => several(parts),
    }
}

#[cfg(test)]
mod tests;
