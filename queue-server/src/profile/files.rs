//! Files and folders of a hall, as texts. What cannot be read is a fault
//! like any other.

use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use catalogue::{Fault, SourceFile};

/// No file of a hall is nearly as large.
const FILE_BYTES_MAX: u64 = 1 << 20;

/// A province's catalogue has fewer matters.
const FOLDER_FILES_MAX: usize = 10_000;

/// A file's text.
pub(super) fn file(path: &Path, faults: &mut Vec<Fault>) -> Option<SourceFile> {
    let name = path.display().to_string();
    let fault = |line, message| Fault { file: name.clone(), line, message };
    let bytes = match read(path) {
        Ok(bytes) => bytes,
        Err(error) => {
            faults.push(fault(1, format!("cannot be read: {error}")));
            return None;
        }
    };
    match String::from_utf8(bytes) {
        Ok(text) => Some(SourceFile { name, text }),
        Err(error) => {
            let good = &error.as_bytes()[..error.utf8_error().valid_up_to()];
            let line = good.split(|&byte| byte == b'\n').count();
            faults.push(fault(line, "is not UTF-8".to_owned()));
            None
        }
    }
}

fn read(path: &Path) -> io::Result<Vec<u8>> {
    if fs::metadata(path)?.len() > FILE_BYTES_MAX {
        return Err(io::Error::other(format!("longer than {FILE_BYTES_MAX} bytes")));
    }
    fs::read(path)
}

/// Every `.toml` file of a folder, by name. Others are somebody's notes.
pub(super) fn folder(path: &Path, faults: &mut Vec<Fault>) -> Vec<SourceFile> {
    let mut unreadable = |message: String| {
        faults.push(Fault { file: path.display().to_string(), line: 1, message });
    };
    let mut paths = match listed(path) {
        Ok(paths) => paths,
        Err(error) => {
            unreadable(format!("cannot be read: {error}"));
            return Vec::new();
        }
    };
    if paths.len() > FOLDER_FILES_MAX {
        unreadable(format!("more than {FOLDER_FILES_MAX} files"));
    }
    paths.retain(|path| path.extension().is_some_and(|it| it == "toml"));
    if paths.is_empty() {
        unreadable("there is no `.toml` file".to_owned());
    }
    paths.sort();
    paths.iter().filter_map(|path| file(path, faults)).collect()
}

fn listed(path: &Path) -> io::Result<Vec<PathBuf>> {
    let entries = fs::read_dir(path)?.take(FOLDER_FILES_MAX + 1);
    entries.map(|entry| Ok(entry?.path())).collect()
}
