//! Where the paper lands: a folder with a picture, a text and a record
//! for each receipt, a page that shows them, and the fault of the day.

use std::fmt::Write as _;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use crate::fault::Fault;
use crate::receipt::Receipt;

/// How many receipts the page shows.
const PAGE_RECEIPTS_MAX: usize = 100;

/// The folder of an emulated printer.
#[derive(Clone, Debug)]
pub struct Folder {
    path: PathBuf,
}

impl Folder {
    /// Takes a folder over, making it if it is not there.
    pub fn open(path: &Path) -> io::Result<Self> {
        fs::create_dir_all(path)?;
        let folder = Self { path: path.to_owned() };
        folder.write_page()?;
        Ok(folder)
    }

    /// The file whose text is the present fault.
    pub fn fault_file(&self) -> PathBuf {
        self.path.join("fault")
    }

    /// The present fault; a text that names none is none.
    pub fn fault(&self) -> Option<Fault> {
        fs::read_to_string(self.fault_file()).ok()?.trim().parse().ok()
    }

    /// Sets or clears the fault, as a person would with `echo`.
    pub fn set_fault(&self, fault: Option<Fault>) -> io::Result<()> {
        let text = fault.map(|it| it.to_string()).unwrap_or_default();
        write_whole(&self.fault_file(), text.as_bytes())
    }

    /// Puts a receipt in, the record last, and numbers it.
    pub fn keep(&self, receipt: &mut Receipt) -> io::Result<()> {
        receipt.number = self.numbers()?.last().copied().unwrap_or(0) + 1;
        let name = |ending: &str| self.path.join(format!("{:04}.{ending}", receipt.number));
        let mut picture = Vec::new();
        receipt.paper.write_png(&mut picture).map_err(io::Error::other)?;
        write_whole(&name("png"), &picture)?;
        write_whole(&name("txt"), receipt.text().as_bytes())?;
        write_whole(&name("json"), &serde_json::to_vec_pretty(receipt)?)?;
        self.write_page()
    }

    /// The receipts that are here, oldest first.
    pub fn receipts(&self) -> io::Result<Vec<Receipt>> {
        self.numbers()?.into_iter().map(|it| self.receipt(it)).collect()
    }

    fn receipt(&self, number: u32) -> io::Result<Receipt> {
        let record = fs::read(self.path.join(format!("{number:04}.json")))?;
        Ok(serde_json::from_slice(&record)?)
    }

    fn numbers(&self) -> io::Result<Vec<u32>> {
        let mut numbers = Vec::new();
        for entry in fs::read_dir(&self.path)? {
            let name = entry?.file_name();
            let number = name.to_str().and_then(|it| it.strip_suffix(".json"));
            numbers.extend(number.and_then(|it| it.parse::<u32>().ok()));
        }
        numbers.sort_unstable();
        Ok(numbers)
    }

    fn write_page(&self) -> io::Result<()> {
        let mut page = String::from(PAGE_HEAD);
        for number in self.numbers()?.into_iter().rev().take(PAGE_RECEIPTS_MAX) {
            let receipt = self.receipt(number)?;
            let state = if receipt.complete { "" } else { " · torn off unfinished" };
            let faults = match receipt.faults.len() {
                0 => String::new(),
                n => format!(" · {n} faults"),
            };
            let _ = writeln!(
                page,
                "<figure><img src=\"{number:04}.png\" alt=\"{}\"><figcaption>{number:04} · {} bytes\
                 {state}{faults}</figcaption></figure>",
                escape(&receipt.text()),
                receipt.bytes,
            );
        }
        page.push_str("</main>\n");
        write_whole(&self.path.join("index.html"), page.as_bytes())
    }
}

const PAGE_HEAD: &str = r#"<!doctype html>
<html lang="zh">
<meta charset="utf-8">
<meta http-equiv="refresh" content="2">
<title>virtual-printer</title>
<style>
body { background: #6b7280; font: 14px sans-serif; margin: 16px; }
main { display: flex; flex-wrap: wrap; gap: 16px; align-items: flex-start; }
figure { margin: 0; color: #fff; }
img { display: block; background: #fff; box-shadow: 0 2px 8px #0006; }
figcaption { padding: 4px 0; }
</style>
<main>
"#;

fn escape(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('"', "&quot;")
}

/// Writes beside and renames, so that a reader sees all or nothing.
fn write_whole(path: &Path, bytes: &[u8]) -> io::Result<()> {
    let beside = path.with_extension("new");
    fs::write(&beside, bytes)?;
    fs::rename(beside, path)
}
