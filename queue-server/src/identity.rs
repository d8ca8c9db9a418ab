//! The key of the day, with which kiosks make what is kept of an identity
//! card. It lies in a file of its own, in no copy and in no record, and is
//! destroyed when its day is over: what was made with it is then nobody's.

use std::fs::{self, File};
use std::io::{self, Write};
use std::os::unix::fs::OpenOptionsExt as _;
use std::path::{Path, PathBuf};
use std::sync::{Mutex, MutexGuard, PoisonError};

use jiff::civil::Date;
use queue_api::IdentityKey;

use crate::secret;

/// Beside the journal, so that a restart within the day does not forget
/// whose tickets are whose.
const FILE: &str = "identity.key";

/// The keeper of the key.
#[derive(Debug)]
pub(crate) struct DayKey {
    path: PathBuf,
    held: Mutex<Option<IdentityKey>>,
}

impl DayKey {
    /// Takes up the key that a run before left, if it can be read.
    pub(crate) fn open(data: &Path) -> DayKey {
        let path = data.join(FILE);
        let held = fs::read_to_string(&path).ok().and_then(|text| read(&text));
        DayKey { path, held: Mutex::new(held) }
    }

    /// The key of this day, made when it is asked for first.
    pub(crate) fn of(&self, day: Date) -> io::Result<IdentityKey> {
        let mut held = self.lock();
        if let Some(key) = held.as_ref().filter(|it| it.business_day == day) {
            return Ok(key.clone());
        }
        self.destroy(&mut held)?;
        let key = IdentityKey { business_day: day, key: secret::day_key() };
        let mut file = File::options().write(true).create_new(true).mode(0o600).open(&self.path)?;
        file.write_all(format!("{day}\n{}\n", key.key).as_bytes())?;
        file.sync_all()?;
        *held = Some(key.clone());
        Ok(key)
    }

    /// Destroys the key unless its day is the one that is open.
    pub(crate) fn outlive(&self, open: Option<Date>) {
        let mut held = self.lock();
        let over = held.as_ref().map_or(self.path.exists(), |it| Some(it.business_day) != open);
        if !over {
            return;
        }
        match self.destroy(&mut held) {
            Ok(()) => tracing::info!("the day is over: its identity key is destroyed"),
            Err(error) => tracing::error!(%error, "the identity key of a day that is over remains"),
        }
    }

    /// Overwritten first: the name alone would leave the bytes.
    fn destroy(&self, held: &mut Option<IdentityKey>) -> io::Result<()> {
        *held = None;
        let length = match fs::metadata(&self.path) {
            Ok(file) => usize::try_from(file.len()).unwrap_or(0),
            Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(()),
            Err(error) => return Err(error),
        };
        let mut file = File::options().write(true).open(&self.path)?;
        file.write_all(&vec![b'0'; length])?;
        file.sync_all()?;
        fs::remove_file(&self.path)
    }

    fn lock(&self) -> MutexGuard<'_, Option<IdentityKey>> {
        self.held.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// The day, and the key below it.
fn read(text: &str) -> Option<IdentityKey> {
    let (day, key) = text.split_once('\n')?;
    let key = key.trim().to_owned();
    let sound = key.len() == 64 && key.bytes().all(|it| it.is_ascii_hexdigit());
    Some(IdentityKey { business_day: day.parse().ok()?, key }).filter(|_| sound)
}

#[cfg(test)]
mod tests {
    use std::os::unix::fs::PermissionsExt as _;

    use jiff::civil::date;

    use super::*;
    use crate::scratch::Scratch;

    #[test]
    fn a_day_has_one_key_over_restarts_and_the_next_has_another() {
        let dir = Scratch::new("day-key-one");
        let (today, tomorrow) = (date(2026, 11, 30), date(2026, 12, 1));
        let keys = DayKey::open(dir.path());
        let key = keys.of(today).unwrap().key;
        assert_eq!(keys.of(today).unwrap().key, key);
        let again = DayKey::open(dir.path());
        again.outlive(Some(today));
        assert_eq!(again.of(today).unwrap().key, key, "a restart keeps it");
        let mode = fs::metadata(dir.path().join(FILE)).unwrap().permissions().mode();
        assert_eq!(mode & 0o777, 0o600, "nobody else reads it");
        let next = again.of(tomorrow).unwrap().key;
        assert_ne!(next, key);
        let left = fs::read_to_string(dir.path().join(FILE)).unwrap();
        assert!(!left.contains(&key), "yesterday's is gone");
    }

    #[test]
    fn it_goes_with_its_day_whoever_asks() {
        let dir = Scratch::new("day-key-goes");
        let keys = DayKey::open(dir.path());
        keys.of(date(2026, 11, 30)).unwrap();
        keys.outlive(None);
        assert!(!dir.path().join(FILE).exists(), "the day was closed");
        keys.of(date(2026, 11, 30)).unwrap();
        let later = DayKey::open(dir.path());
        later.outlive(Some(date(2026, 12, 1)));
        assert!(!dir.path().join(FILE).exists(), "a server that was off over night");
        fs::write(dir.path().join(FILE), "rubbish").unwrap();
        let spoilt = DayKey::open(dir.path());
        spoilt.outlive(Some(date(2026, 12, 1)));
        assert!(!dir.path().join(FILE).exists());
        assert_eq!(spoilt.of(date(2026, 12, 1)).unwrap().key.len(), 64);
    }
}
