//! A folder as a printer: a picture and a text for each slip.
//!
//! For trying things out without hardware. A person jams it with a file
//! `fault` in the folder that says `no-paper`, `cover-open`,
//! `paper-near-end`, `cutter-jam`, `paper-jam`, `not-taken` or
//! `head-hot`.

use std::fs;
use std::io;
use std::path::PathBuf;

use slip::{Bitmap, Job, PrintOutcome, PrinterStatus, plain_text, preview};
use tracing::warn;

/// The highest number a file gets.
const FILES_MAX: u32 = 9999;

/// A folder for slips.
#[derive(Debug)]
pub(super) struct Folder {
    path: PathBuf,
}

impl Folder {
    pub(super) fn new(path: PathBuf) -> Self {
        Self { path }
    }

    pub(super) fn status(&self) -> PrinterStatus {
        if fs::create_dir_all(&self.path).is_err() {
            return PrinterStatus::NotConnected;
        }
        match fs::read_to_string(self.path.join("fault")).unwrap_or_default().trim() {
            "no-paper" => PrinterStatus::NoPaper,
            "cover-open" => PrinterStatus::CoverOpen,
            "paper-near-end" => PrinterStatus::NearEnd,
            "cutter-jam" => PrinterStatus::CutterJam,
            "paper-jam" => PrinterStatus::PaperJam,
            "not-taken" => PrinterStatus::NotTaken,
            "head-hot" => PrinterStatus::Cooling,
            _ => PrinterStatus::Ready,
        }
    }

    pub(super) fn print(&self, job: &Job) -> PrintOutcome {
        let reason = self.status();
        if !reason.can_print() {
            return PrintOutcome::NotStarted { reason };
        }
        match self.write(job) {
            Ok(()) => PrintOutcome::Done,
            Err(error) => {
                warn!(%error, path = %self.path.display(), "cannot write a slip");
                PrintOutcome::Unknown
            }
        }
    }

    fn write(&self, job: &Job) -> io::Result<()> {
        let number = (1..=FILES_MAX)
            .find(|it| !self.path.join(format!("{it:04}.png")).exists())
            .ok_or_else(|| io::Error::other("the folder is full"))?;
        fs::write(self.path.join(format!("{number:04}.txt")), plain_text(&job.lines))?;
        let picture = preview(&job.lines, job.width_dots);
        fs::write(self.path.join(format!("{number:04}.png")), picture_png(&picture)?)
    }
}

/// The paper as a PNG, one bit a dot.
pub(crate) fn picture_png(picture: &Bitmap) -> io::Result<Vec<u8>> {
    let mut bytes = Vec::new();
    let mut encoder = png::Encoder::new(&mut bytes, picture.width(), picture.height());
    encoder.set_color(png::ColorType::Grayscale);
    encoder.set_depth(png::BitDepth::One);
    let white_is_one: Vec<u8> = picture.bits().iter().map(|it| !it).collect();
    encoder
        .write_header()
        .and_then(|mut it| it.write_image_data(&white_is_one))
        .map_err(io::Error::other)?;
    Ok(bytes)
}
