//! Tokens kept between calls.
//!
//! A [`CacheKey`] names the request, an [`Entry`] is what came back, a [`Cache`] keeps it: on disk (sealed, shared by all
//! processes of the user), in memory, or not at all. What an entry is still good for is decided in [`crate::policy`].
//!
//! No failure here fails a command. An entry that does not open is [`Lookup::Unreadable`]: treated as absent, told, and
//! replaced by the next write. A [`CacheError`] is a warning beside a token that was fetched all the same.

mod disk;
mod entry;
mod error;
mod hex;
mod identity;
mod key;
mod lock;
mod memory;
mod seal;
#[cfg(test)]
pub(crate) mod tests;

pub use disk::DiskCache;
pub use entry::Entry;
pub use error::{CacheError, Unreadable};
pub use identity::RequestIdentity;
pub use jeton_files::Distrust;
pub use key::CacheKey;
pub use lock::Lock;
pub use memory::MemoryCache;
pub use seal::{KeyProvider, SealKey};

/// Where tokens are kept.
#[derive(Debug)]
pub enum Cache {
    /// In sealed files, shared by all processes of the user.
    Disk(DiskCache),
    /// In this process.
    Memory(MemoryCache),
    /// Nowhere.
    None,
}

/// What a cache knows about a key.
#[derive(Debug)]
pub enum Lookup {
    /// There is an entry. It may have expired: see [`crate::policy::decide`].
    Hit(Entry),
    /// There is none.
    Absent,
    /// There is one that does not open. To be told, and otherwise treated as absent.
    Unreadable(Unreadable),
}

/// One line of [`Cache::list`].
#[derive(Debug)]
pub struct Listed {
    /// Its name.
    pub key: CacheKey,
    /// What is in it, or why that cannot be seen.
    pub entry: Result<Entry, Unreadable>,
}

/// What [`Cache::clear`] removes. Entries that do not open are removed by `All` and `Key` alone.
pub enum Filter<'a> {
    /// Everything.
    All,
    /// One entry.
    Key(&'a CacheKey),
    /// Entries that have ended.
    Expired {
        /// Unix seconds.
        now: i64,
    },
    /// Entries of a profile, an issuer, …
    Matching(&'a dyn Fn(&Entry) -> bool),
}

impl Filter<'_> {
    fn takes(&self, key: &CacheKey, entry: &Entry) -> bool {
        match self {
            Self::All => true,
            Self::Key(wanted) => *wanted == key,
            Self::Expired { now } => entry.expires_at.is_none_or(|end| end <= *now),
            Self::Matching(matches) => matches(entry),
        }
    }
}

impl Cache {
    /// Looks an entry up. On disk: one file opened, read once, nothing changed. A missing entry never asks for the seal key.
    #[must_use]
    pub fn read(&self, key: &CacheKey) -> Lookup {
        match self {
            Self::Disk(disk) => disk.read(key),
            Self::Memory(memory) => memory.read(key).map_or(Lookup::Absent, Lookup::Hit),
            Self::None => Lookup::Absent,
        }
    }

    /// Keeps an entry in place of the one before.
    ///
    /// # Errors
    ///
    /// [`CacheError::NoExpiry`] when nobody knows when the token ends: it is not kept. Otherwise whatever keeps the disk from
    /// taking it; the entry before then stays.
    pub fn write(&self, key: &CacheKey, entry: &Entry) -> Result<(), CacheError> {
        if matches!(self, Self::None) {
            return Ok(());
        }
        if entry.expires_at.is_none() {
            return Err(CacheError::NoExpiry);
        }
        match self {
            Self::Disk(disk) => disk.write(key, entry)?,
            Self::Memory(memory) => memory.write(key, entry),
            Self::None => {}
        }
        Ok(())
    }

    /// A document of a server that was kept, such as its metadata. Not kept in memory: whoever lives that long remembers it.
    #[must_use]
    pub fn read_document(&self, key: &CacheKey) -> Option<Vec<u8>> {
        match self {
            Self::Disk(disk) => disk.read_document(key),
            Self::Memory(_) | Self::None => None,
        }
    }

    /// Keeps a document, sealed like a token: whoever could change it would be sent the credentials.
    ///
    /// # Errors
    ///
    /// Whatever keeps the disk from taking it.
    pub fn write_document(&self, key: &CacheKey, document: &[u8]) -> Result<(), CacheError> {
        match self {
            Self::Disk(disk) => disk.write_document(key, document),
            Self::Memory(_) | Self::None => Ok(()),
        }
    }

    /// Forgets a document.
    pub fn remove_document(&self, key: &CacheKey) {
        if let Self::Disk(disk) = self {
            disk.remove_document(key);
        }
    }

    /// Removes an entry, readable or not; `false` when there was none.
    ///
    /// # Errors
    ///
    /// When it is still there.
    pub fn remove(&self, key: &CacheKey) -> Result<bool, CacheError> {
        match self {
            Self::Disk(disk) => disk.remove(key),
            Self::Memory(memory) => Ok(memory.remove(key)),
            Self::None => Ok(false),
        }
    }

    /// The right to ask the server for this key; `None` when another process has it.
    ///
    /// It keeps *processes* apart (and threads, on disk); a cache in memory has nobody to be kept apart from.
    ///
    /// # Errors
    ///
    /// When no lock can be had at all: a read-only or foreign folder.
    pub fn try_lock(&self, key: &CacheKey) -> Result<Option<Lock>, CacheError> {
        match self {
            Self::Disk(disk) => disk.try_lock(key),
            Self::Memory(_) | Self::None => Ok(Some(Lock::unshared())),
        }
    }

    /// All entries, ordered by key, those that do not open with the reason.
    ///
    /// # Errors
    ///
    /// When the folder cannot be listed.
    pub fn list(&self) -> Result<Vec<Listed>, CacheError> {
        match self {
            Self::Disk(disk) => disk.list(),
            Self::Memory(memory) => Ok(memory.list()),
            Self::None => Ok(Vec::new()),
        }
    }

    /// Removes what the filter takes, and what killed processes left behind; says how many entries are gone.
    ///
    /// # Errors
    ///
    /// The first entry that could not be removed, after all others were.
    pub fn clear(&self, filter: &Filter<'_>) -> Result<usize, CacheError> {
        match self {
            Self::Disk(disk) => disk.clear(filter),
            Self::Memory(memory) => Ok(memory.clear(filter)),
            Self::None => Ok(0),
        }
    }
}
