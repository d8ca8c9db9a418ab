//! A file system for SQLite that does what the system's own does, and
//! writes down every call that changes a file below one folder.
//!
//! It is the process's default, so that the real journal opens its files
//! through it unchanged. Only the methods that change something are
//! replaced; it neither delays nor refuses anything. Shared memory is not
//! written down: it does not outlive a power cut.

#![expect(unsafe_code, reason = "SQLite's file systems are tables of C functions")]

use std::collections::HashMap;
use std::ffi::{CStr, c_char, c_int, c_void};
use std::path::{Path, PathBuf};
use std::slice;
use std::sync::{Mutex, MutexGuard, Once, PoisonError};

use queue_server::archive::Step;
use rusqlite::ffi::{
    SQLITE_OK, sqlite3_file, sqlite3_int64, sqlite3_io_methods, sqlite3_vfs, sqlite3_vfs_find,
    sqlite3_vfs_register,
};

/// A call that changed a file, named without its folder.
#[derive(Clone, Debug)]
pub(crate) struct Op {
    pub(crate) file: String,
    pub(crate) change: Change,
}

/// What the call did.
#[derive(Clone, Debug)]
pub(crate) enum Change {
    Write {
        at: usize,
        bytes: Vec<u8>,
    },
    Truncate {
        length: usize,
    },
    /// All before it is on the disk from here on.
    Sync,
    /// The names of all files are, and that others are gone.
    SyncFolder,
    Delete,
    /// It has another name, which no other file has from here on.
    Rename {
        to: String,
    },
}

/// Everything below `folder` is written down while this lives.
#[derive(Debug)]
pub(crate) struct Recording {
    folder: PathBuf,
}

impl Recording {
    /// Begins; the folder is to be empty.
    pub(crate) fn of(folder: &Path) -> Recording {
        static REGISTERED: Once = Once::new();
        REGISTERED.call_once(register);
        state().recorded.insert(folder.to_owned(), Vec::new());
        Recording { folder: folder.to_owned() }
    }

    /// Writes down what was done to the disk without SQLite.
    pub(crate) fn note(&self, step: Step<'_>) {
        let name = |path: &Path| path.file_name().unwrap().to_str().unwrap().to_owned();
        let op = match step {
            Step::Synced(path) => Op { file: name(path), change: Change::Sync },
            Step::Named { from, to } => {
                Op { file: name(from), change: Change::Rename { to: name(to) } }
            }
            Step::FolderSynced(_) => Op { file: String::new(), change: Change::SyncFolder },
        };
        let mut state = state();
        state.recorded.get_mut(&self.folder).expect("it was begun").push(op);
    }

    /// How many calls there were so far.
    pub(crate) fn n_ops(&self) -> usize {
        state().recorded[&self.folder].len()
    }

    /// The calls, in order.
    pub(crate) fn finish(self) -> Vec<Op> {
        state().recorded.remove(&self.folder).expect("it was begun")
    }
}

/// The hooks' memory: C knows no closures.
struct State {
    recorded: HashMap<PathBuf, Vec<Op>>,
    /// Open files below a recorded folder, by the address SQLite keeps
    /// them at.
    open: HashMap<usize, Open>,
    /// The system's tables of methods by address, each with its copy that
    /// records.
    hooked: HashMap<usize, &'static sqlite3_io_methods>,
    system: usize,
}

#[derive(Clone)]
struct Open {
    folder: PathBuf,
    file: String,
    synced: bool,
    system: &'static sqlite3_io_methods,
}

static STATE: Mutex<Option<State>> = Mutex::new(None);

/// The state, locked for one expression.
struct Held(MutexGuard<'static, Option<State>>);

impl std::ops::Deref for Held {
    type Target = State;
    fn deref(&self) -> &State {
        self.0.as_ref().expect("it is there from `register` on")
    }
}

impl std::ops::DerefMut for Held {
    fn deref_mut(&mut self) -> &mut State {
        self.0.as_mut().expect("it is there from `register` on")
    }
}

fn state() -> Held {
    Held(STATE.lock().unwrap_or_else(PoisonError::into_inner))
}

/// Makes a copy of the system's file system with our `xOpen` and
/// `xDelete` the default of this process.
fn register() {
    // SAFETY: SQLite owns its default file system for the life of the
    // process and never changes it; a copy with two functions replaced by
    // ones of the same meaning is one as well, and is leaked on purpose.
    unsafe {
        let system = sqlite3_vfs_find(std::ptr::null());
        *STATE.lock().unwrap_or_else(PoisonError::into_inner) = Some(State {
            recorded: HashMap::new(),
            open: HashMap::new(),
            hooked: HashMap::new(),
            system: system as usize,
        });
        let mut ours = *system;
        ours.zName = c"recorder".as_ptr();
        ours.xOpen = Some(open);
        ours.xDelete = Some(delete);
        let registered = sqlite3_vfs_register(Box::leak(Box::new(ours)), 1);
        assert_eq!(registered, SQLITE_OK);
    }
}

fn system() -> *mut sqlite3_vfs {
    state().system as *mut sqlite3_vfs
}

/// Folder and name, if the path lies in a recorded folder.
fn recorded(path: &Path) -> Option<(PathBuf, String)> {
    let folder = path.parent()?.to_owned();
    let name = path.file_name()?.to_str()?.to_owned();
    state().recorded.contains_key(&folder).then_some((folder, name))
}

/// # Safety
///
/// `name` is a C string or null, as SQLite passes it.
unsafe fn path_of(name: *const c_char) -> Option<PathBuf> {
    if name.is_null() {
        return None;
    }
    // SAFETY: said above.
    unsafe { CStr::from_ptr(name) }.to_str().ok().map(PathBuf::from)
}

unsafe extern "C" fn open(
    _ours: *mut sqlite3_vfs,
    name: *const c_char,
    file: *mut sqlite3_file,
    flags: c_int,
    out: *mut c_int,
) -> c_int {
    let vfs = system();
    // SAFETY: SQLite's own arguments go to SQLite's own function; after
    // it the file's method table is set or null. Tables are static.
    unsafe {
        let done = (*vfs).xOpen.expect("every file system opens")(vfs, name, file, flags, out);
        let place = path_of(name).and_then(|it| recorded(&it));
        if let (SQLITE_OK, Some((folder, name))) = (done, place) {
            let system: &'static sqlite3_io_methods = &*(*file).pMethods;
            let mut state = state();
            state.open.insert(file as usize, Open { folder, file: name, synced: false, system });
            let hooked =
                state.hooked.entry(std::ptr::from_ref(system) as usize).or_insert_with(|| {
                    Box::leak(Box::new(sqlite3_io_methods {
                        xClose: Some(close),
                        xWrite: Some(write),
                        xTruncate: Some(truncate),
                        xSync: Some(sync),
                        ..*system
                    }))
                });
            (*file).pMethods = *hooked;
        }
        done
    }
}

unsafe extern "C" fn delete(
    _ours: *mut sqlite3_vfs,
    name: *const c_char,
    sync_folder: c_int,
) -> c_int {
    let vfs = system();
    // SAFETY: as for `open`.
    unsafe {
        let done = (*vfs).xDelete.expect("every file system deletes")(vfs, name, sync_folder);
        if let (SQLITE_OK, Some((folder, file))) =
            (done, path_of(name).and_then(|it| recorded(&it)))
        {
            let mut state = state();
            let ops = state.recorded.get_mut(&folder).expect("it is recorded");
            ops.push(Op { file: file.clone(), change: Change::Delete });
            if sync_folder != 0 {
                ops.push(Op { file, change: Change::SyncFolder });
            }
        }
        done
    }
}

fn opened(file: *mut sqlite3_file) -> Open {
    state().open[&(file as usize)].clone()
}

/// Writes down what was done, if it was.
fn note(of: &Open, done: c_int, change: impl FnOnce() -> Change) -> c_int {
    if done == SQLITE_OK
        && let Some(ops) = state().recorded.get_mut(&of.folder)
    {
        ops.push(Op { file: of.file.clone(), change: change() });
    }
    done
}

fn size(n: sqlite3_int64) -> usize {
    usize::try_from(n).expect("a place in a file")
}

unsafe extern "C" fn close(file: *mut sqlite3_file) -> c_int {
    let of = opened(file);
    state().open.remove(&(file as usize));
    // SAFETY: the system's own method on the system's own file.
    unsafe { of.system.xClose.expect("files close")(file) }
}

unsafe extern "C" fn write(
    file: *mut sqlite3_file,
    from: *const c_void,
    length: c_int,
    at: sqlite3_int64,
) -> c_int {
    let of = opened(file);
    // SAFETY: as for `close`; SQLite has `length` bytes at `from`.
    let (done, bytes) = unsafe {
        let done = of.system.xWrite.expect("files are written")(file, from, length, at);
        (done, slice::from_raw_parts(from.cast::<u8>(), size(length.into())))
    };
    note(&of, done, || Change::Write { at: size(at), bytes: bytes.to_vec() })
}

unsafe extern "C" fn truncate(file: *mut sqlite3_file, length: sqlite3_int64) -> c_int {
    let of = opened(file);
    // SAFETY: as for `close`.
    let done = unsafe { of.system.xTruncate.expect("files are cut")(file, length) };
    note(&of, done, || Change::Truncate { length: size(length) })
}

unsafe extern "C" fn sync(file: *mut sqlite3_file, flags: c_int) -> c_int {
    let of = opened(file);
    // SAFETY: as for `close`.
    let done = unsafe { of.system.xSync.expect("files are brought to the disk")(file, flags) };
    // SQLite's file system brings the folder along when it first syncs a
    // log that it has opened.
    if is_log(&of.file) && !of.synced {
        state().open.get_mut(&(file as usize)).expect("it is open").synced = true;
        note(&of, done, || Change::SyncFolder);
    }
    note(&of, done, || Change::Sync)
}

fn is_log(file: &str) -> bool {
    file.ends_with("-wal") || file.ends_with("-journal")
}
