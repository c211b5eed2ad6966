//! One sealed file per cache key in a private folder.
//!
//! ```text
//! <cache folder>/tokens-v1/           0700
//!     <64 hex digits>.token           0600  the entry, see `seal`
//!     <64 hex digits>.document        0600  a document of a server, sealed likewise
//!     <64 hex digits>.lock            0600  empty, see `lock`
//!     <64 hex digits>.<pid>-<n>.tmp   0600  an entry on its way, see [`jeton_files::Temporary`]
//! ```

use super::entry::Entry;
use super::error::{CacheError, Unreadable};
use super::key::CacheKey;
use super::lock::{self, Lock};
use super::seal::{self, KeyProvider, Sealer};
use super::{Filter, Listed, Lookup};
use jeton_files::{Distrust, FileError, Temporary, folder};
use std::ffi::OsStr;
use std::fmt;
use std::fs;
use std::io::ErrorKind;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, OnceLock};

/// The version is in the name: an incompatible format gets a folder of its own.
const FOLDER: &str = "tokens-v1";

/// The cache of a user. Making one touches nothing.
pub struct DiskCache {
    folder: PathBuf,
    keys: Box<dyn KeyProvider>,
    sealer: OnceLock<Result<Sealer, CacheError>>,
    swept: AtomicBool,
}

impl DiskCache {
    /// A cache below `cache_dir`, which is made when something is written.
    #[must_use]
    pub fn new(cache_dir: &Path, keys: Box<dyn KeyProvider>) -> Self {
        Self {
            folder: cache_dir.join(FOLDER),
            keys,
            sealer: OnceLock::new(),
            swept: AtomicBool::new(false),
        }
    }

    /// The file of an entry, whether there is one or not.
    #[must_use]
    pub fn path(&self, key: &CacheKey) -> PathBuf {
        self.folder.join(format!("{}.token", key.hex()))
    }

    fn document_path(&self, key: &CacheKey) -> PathBuf {
        self.folder.join(format!("{}.document", key.hex()))
    }

    fn lock_path(&self, key: &CacheKey) -> PathBuf {
        self.folder.join(format!("{}.lock", key.hex()))
    }

    pub(super) fn read(&self, key: &CacheKey) -> Lookup {
        match self.open(key) {
            Ok(Some(entry)) => Lookup::Hit(entry),
            Ok(None) => Lookup::Absent,
            Err(reason) => Lookup::Unreadable(reason),
        }
    }

    /// The warm path: looks at the folder, opens one file, reads it once, and changes nothing.
    fn open(&self, key: &CacheKey) -> Result<Option<Entry>, Unreadable> {
        let Some(sealed) = self.read_file(&self.path(key))? else {
            return Ok(None);
        };
        let sealer = self.sealer().map_err(Unreadable::Key)?;
        sealer.open(key, sealed).map(Some)
    }

    fn read_file(&self, path: &Path) -> Result<Option<Vec<u8>>, Unreadable> {
        match folder::check_own(&self.folder) {
            Ok(()) => {}
            // Writing will say what is wrong with the folder above.
            Err(FileError::Io(error))
                if matches!(error.kind(), ErrorKind::NotFound | ErrorKind::NotADirectory) =>
            {
                return Ok(None);
            }
            Err(FileError::Distrusted(distrust)) => return Err(Unreadable::Folder(distrust)),
            Err(error) => return Err(Unreadable::Io(Arc::new(error.into()))),
        }
        let mut content = match jeton_files::read_own(path, seal::MAX_FILE) {
            Ok(content) => content,
            Err(error) if error.is_not_found() => return Ok(None),
            Err(FileError::Distrusted(distrust)) => return Err(Unreadable::File(distrust)),
            Err(FileError::TooLong {
                length: Some(length),
                ..
            }) => return Err(Unreadable::TooLarge(length)),
            Err(error) => return Err(Unreadable::Io(Arc::new(error.into()))),
        };
        seal::check_format(&content.bytes)?;
        Ok(Some(std::mem::take(&mut *content.bytes)))
    }

    pub(super) fn write(&self, key: &CacheKey, entry: &Entry) -> Result<(), CacheError> {
        self.make_folder()?;
        let sealed = self.sealer()?.seal(key, entry)?;
        if !self.swept.swap(true, Ordering::Relaxed) {
            jeton_files::sweep(&self.folder);
        }
        self.replace(&self.path(key), key, &sealed)
    }

    pub(super) fn read_document(&self, key: &CacheKey) -> Option<Vec<u8>> {
        let sealed = self.read_file(&self.document_path(key)).ok()??;
        self.sealer().ok()?.open_document(key, sealed).ok()
    }

    pub(super) fn write_document(&self, key: &CacheKey, document: &[u8]) -> Result<(), CacheError> {
        self.make_folder()?;
        let sealed = self.sealer()?.seal_document(key, document)?;
        self.replace(&self.document_path(key), key, &sealed)
    }

    /// Puts `bytes` where `target` is, whole or not at all.
    ///
    /// They are not synced. After a power failure a file may be empty or torn; its seal then does not open and the token is
    /// fetched again, which costs less than a sync with every token. A kill, unlike a power failure, loses nothing that was
    /// written.
    fn replace(&self, target: &Path, key: &CacheKey, bytes: &[u8]) -> Result<(), CacheError> {
        let mut file = Temporary::create(&self.folder, OsStr::new(&key.hex()))
            .map_err(|(path, error)| CacheError::io("create", &path, error))?;
        file.write(bytes)
            .map_err(|error| CacheError::io("write", file.path(), error))?;
        file.rename(target)
            .or_else(|error| {
                // An empty folder is in the way; a full one stays, and so does the error.
                fs::remove_dir(target).map_err(|_| error)?;
                file.rename(target)
            })
            .map_err(|error| CacheError::io("replace", target, error))
    }

    pub(super) fn remove_document(&self, key: &CacheKey) {
        let _ = self.remove_file(&self.document_path(key));
    }

    pub(super) fn remove(&self, key: &CacheKey) -> Result<bool, CacheError> {
        self.remove_file(&self.path(key))
    }

    fn remove_file(&self, path: &Path) -> Result<bool, CacheError> {
        if !self.check_folder()? {
            return Ok(false);
        }
        match fs::remove_file(path).or_else(|error| fs::remove_dir(path).map_err(|_| error)) {
            Ok(()) => Ok(true),
            Err(error) if error.kind() == ErrorKind::NotFound => Ok(false),
            Err(error) => Err(CacheError::io("remove", path, error)),
        }
    }

    pub(super) fn try_lock(&self, key: &CacheKey) -> Result<Option<Lock>, CacheError> {
        self.make_folder()?;
        lock::acquire(&self.lock_path(key))
    }

    pub(super) fn list(&self) -> Result<Vec<Listed>, CacheError> {
        let listed = self.keys("token")?.into_iter().filter_map(|key| {
            let entry = match self.read(&key) {
                Lookup::Hit(entry) => Ok(entry),
                Lookup::Unreadable(reason) => Err(reason),
                Lookup::Absent => return None,
            };
            Some(Listed { key, entry })
        });
        Ok(listed.collect())
    }

    /// Goes on after an error, so that as much as possible is gone; then reports the first one.
    pub(super) fn clear(&self, filter: &Filter<'_>) -> Result<usize, CacheError> {
        if !self.check_folder()? {
            return Ok(0);
        }
        let chosen = |key: &CacheKey| match filter {
            Filter::All => true,
            Filter::Key(wanted) => *wanted == key,
            Filter::Expired { .. } | Filter::Matching(_) => {
                matches!(self.read(key), Lookup::Hit(entry) if filter.takes(key, &entry))
            }
        };
        let (mut removed, mut failed) = (0, None);
        for key in self.keys("token")?.iter().filter(|key| chosen(key)) {
            match self.remove(key) {
                Ok(found) => removed += usize::from(found),
                Err(error) => failed = failed.or(Some(error)),
            }
        }
        jeton_files::sweep(&self.folder);
        if matches!(filter, Filter::All) {
            for key in self.keys("document")? {
                self.remove_document(&key);
            }
        }
        for key in self.keys("lock")? {
            if !self.path(&key).exists() {
                lock::remove(&self.lock_path(&key));
            }
        }
        failed.map_or(Ok(removed), Err)
    }

    /// The keys of all files of one kind, in order.
    fn keys(&self, extension: &str) -> Result<Vec<CacheKey>, CacheError> {
        let files = match fs::read_dir(&self.folder) {
            Ok(files) => files,
            Err(error) if error.kind() == ErrorKind::NotFound => return Ok(Vec::new()),
            Err(error) => return Err(CacheError::io("list", &self.folder, error)),
        };
        let mut keys: Vec<_> = files
            .filter_map(|file| {
                let path = file.ok()?.path();
                let wanted = path.extension() == Some(OsStr::new(extension));
                wanted.then(|| CacheKey::from_hex(path.file_stem()?.to_str()?))?
            })
            .collect();
        keys.sort_unstable();
        Ok(keys)
    }

    /// Made where it is missing, ours alone afterwards.
    fn make_folder(&self) -> Result<(), CacheError> {
        if !self.check_folder()? {
            folder::create(&self.folder)
                .map_err(|error| CacheError::io("create", &self.folder, error))?;
        }
        Ok(())
    }

    /// Whether the folder is there. One of ours that is open to others is closed, all other faults are errors.
    fn check_folder(&self) -> Result<bool, CacheError> {
        match folder::check_own(&self.folder) {
            Ok(()) => Ok(true),
            Err(error) if error.is_not_found() => Ok(false),
            Err(FileError::Distrusted(Distrust::OpenToOthers(_))) => {
                folder::close_own(&self.folder)
                    .map(|()| true)
                    .map_err(|error| CacheError::io("close to others", &self.folder, error))
            }
            Err(error) => Err(CacheError::file("read", &self.folder, error)),
        }
    }

    /// Asks for the key once; everybody else waits for the same answer.
    fn sealer(&self) -> Result<&Sealer, CacheError> {
        self.sealer
            .get_or_init(|| self.keys.seal_key().and_then(|key| Sealer::new(&key)))
            .as_ref()
            .map_err(Clone::clone)
    }
}

impl fmt::Debug for DiskCache {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("DiskCache").field(&self.folder).finish()
    }
}
