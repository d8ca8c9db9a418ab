//! Lines into a printer's bytes.
//!
//! Text goes as text in GB18030, two bytes a character, so a ticket is
//! half a kilobyte where a picture of it would be fifty. The bytes come
//! in chunks that end where a command ends: a printer that waits too
//! long inside a command prints the rest of it as text. This file must
//! not send anything.

mod compiler;
mod image;
mod text;

use crate::layout::Line;
use crate::preview::code_picture;
use crate::profile::{Cut, Profile, QrDrawing};
use crate::qr;
use crate::{Slip, layout};

use self::compiler::Compiler;

/// The height of a line of plain text, in dots.
pub(crate) const LINE_DOTS: u8 = 30;

/// The most bytes of a chunk, unless one command is longer.
pub const CHUNK_BYTES_MAX: usize = 256;

/// Four printable characters by which a printer names a job that it has
/// finished; two jobs in a row must not share them.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct JobMark([u8; 4]);

impl JobMark {
    /// The mark of a counter's value.
    pub fn from_count(count: u32) -> Self {
        const LETTERS: &[u8; 32] = b"ABCDEFGHJKLMNPQRSTUVWXYZ23456789";
        let letter = |shift: u32| LETTERS[(count >> shift) as usize % LETTERS.len()];
        Self([letter(15), letter(10), letter(5), letter(0)])
    }

    /// The four characters.
    pub fn bytes(self) -> [u8; 4] {
        self.0
    }
}

/// Whole commands, to be sent without a pause.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Chunk(Vec<u8>);

impl Chunk {
    /// The bytes.
    pub fn bytes(&self) -> &[u8] {
        &self.0
    }
}

/// How a printer says that a job is on paper; the question is the last
/// chunk of the job.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Completion {
    /// It answers `GS r 1` when it comes to it.
    PaperReply,
    /// It repeats the mark when everything before it is printed.
    ProcessId([u8; 4]),
    /// It cannot say.
    Silent,
}

/// A slip, ready to be sent.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Job {
    /// What was laid out, for printers that are a folder.
    pub lines: Vec<Line>,
    /// The dots across the paper.
    pub width_dots: u16,
    /// The bytes, the completion question last.
    pub chunks: Vec<Chunk>,
    /// What the last chunk asks.
    pub completion: Completion,
    /// What could not be printed as meant.
    pub warnings: Vec<Warning>,
}

impl Job {
    /// All bytes on the wire.
    pub fn n_bytes(&self) -> usize {
        self.chunks.iter().map(|it| it.0.len()).sum()
    }
}

/// Something that could not be printed as meant.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Warning {
    /// Neither the printer nor we can draw this character; 〓 stands in
    /// its place.
    NoGlyph(char),
    /// The QR code's text is too long for the paper; it was left out.
    QrTooLong,
}

/// Lays a slip out and encodes it for a printer.
pub fn prepare(slip: &Slip, profile: &Profile, mark: JobMark) -> Job {
    encode(layout(slip, profile.columns()), profile, mark)
}

/// Encodes lines that were laid out for the profile's width.
pub fn encode(lines: Vec<Line>, profile: &Profile, mark: JobMark) -> Job {
    let mut compiler = Compiler::new(profile.hanzi_size);
    let mut warnings = Vec::new();
    compiler.begin();
    for line in &lines {
        match line {
            Line::Text(text) => text::encode(&mut compiler, text, profile, &mut warnings),
            Line::Rule => compiler.plain_line(&"-".repeat(profile.columns())),
            Line::Gap(dots) => compiler.feed_dots(*dots),
            Line::Qr(text) => encode_qr(&mut compiler, text, profile, &mut warnings),
        }
    }
    let feed = profile.feed_before_cut_dots;
    match profile.cut {
        Cut::Partial => compiler.command(&[0x1d, b'V', 66, feed]),
        Cut::Full => compiler.command(&[0x1d, b'V', 65, feed]),
        Cut::None => compiler.feed_dots(feed),
    }
    if let Some(presenter) = profile.presenter.as_ref().filter(|it| !it.present.is_empty()) {
        compiler.command(&presenter.present);
    }
    let completion = completion(profile, mark);
    let question = match completion {
        Completion::PaperReply => vec![0x1d, b'r', 1],
        Completion::ProcessId([a, b, c, d]) => vec![0x1d, b'(', b'H', 6, 0, 0x30, 0x30, a, b, c, d],
        Completion::Silent => Vec::new(),
    };
    let mut chunks = in_chunks(compiler.finish());
    if !question.is_empty() {
        chunks.push(Chunk(question));
    }
    Job { lines, width_dots: profile.width_dots, chunks, completion, warnings }
}

fn completion(profile: &Profile, mark: JobMark) -> Completion {
    if profile.abilities.process_id {
        Completion::ProcessId(mark.bytes())
    } else if profile.abilities.paper {
        Completion::PaperReply
    } else {
        Completion::Silent
    }
}

fn in_chunks(commands: Vec<Vec<u8>>) -> Vec<Chunk> {
    let mut chunks: Vec<Chunk> = Vec::new();
    for command in commands {
        match chunks.last_mut() {
            Some(Chunk(bytes)) if bytes.len() + command.len() <= CHUNK_BYTES_MAX => {
                bytes.extend_from_slice(&command);
            }
            _ => chunks.push(Chunk(command)),
        }
    }
    chunks
}

fn encode_qr(compiler: &mut Compiler, text: &str, profile: &Profile, warnings: &mut Vec<Warning>) {
    let Some(code) = qr::modules(text, profile.width_dots) else {
        warnings.push(Warning::QrTooLong);
        return;
    };
    match profile.qr {
        QrDrawing::Native => compiler.native_qr(text, code.dots),
        QrDrawing::Raster => {
            compiler.code(&code_picture(&code), code.dots, profile.raster_band_rows);
        }
    }
}
