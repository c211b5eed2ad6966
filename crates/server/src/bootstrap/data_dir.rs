//! The data folder of an authority that stays: `master.key`, `jeton.db`, `admin.pem` for the one who administers it, and `lock`,
//! which keeps a second process away.

use super::dev::{invalid, key_pair, public_set};
use crate::admin::{Admin, AdminError};
use crate::client::Registration;
use crate::config::StoreLocation;
use crate::keys::{BadMasterKey, MasterKey};
use crate::random::NoRandomness;
use crate::resource::{Resource, comparable};
use jeton_files::{Access, folder};
use jeton_oauth::{AuthMethod, PrivateKey, Scopes};
use std::fs::{File, TryLockError};
use std::io;
use std::path::{Path, PathBuf};
use zeroize::Zeroizing;

/// A data folder, with its master key read or made.
#[derive(Debug)]
pub struct DataDir {
    path: PathBuf,
    /// Seals what the database keeps secret. A backup without it is worth nothing, with it everything: keep them apart.
    pub master_key: MasterKey,
    /// `true` when the master key was made just now.
    pub first_start: bool,
    /// Locked for as long as the folder is in use.
    _lock: File,
}

/// What the administrator's profile needs.
#[derive(Debug)]
pub struct AdminAccess {
    /// The issuer.
    pub issuer: String,
    /// The client; `private_key_jwt`.
    pub client_id: String,
    /// The file with its private key (PKCS#8 as PEM, ES256), mode 0600.
    pub private_key_file: PathBuf,
    /// What it may ask for.
    pub scopes: Scopes,
    /// What its tokens are for: the administration of this authority.
    pub resource: String,
}

/// Why a data folder cannot be used.
#[derive(Debug, thiserror::Error)]
pub enum DataDirError {
    /// The folder, or a file in it.
    #[error("{path} cannot be used: {cause}")]
    File {
        /// Which one.
        path: PathBuf,
        /// Why.
        cause: io::Error,
    },
    /// The master key file holds something else.
    #[error("{path} is {cause}")]
    MasterKey {
        /// The file.
        path: PathBuf,
        /// Why.
        cause: BadMasterKey,
    },
    /// There is a database, but not the key that opens it.
    #[error(
        "{0} is not there, but the database is: put back the master key that the database was made with"
    )]
    MasterKeyLost(PathBuf),
    /// Another process has locked the folder.
    #[error("{0} is in use by another process: stop that one first, or choose another folder")]
    InUse(PathBuf),
    /// The system.
    #[error(transparent)]
    NoRandomness(#[from] NoRandomness),
}

const CLIENT: &str = "jeton-admin";
/// No key file is longer (64 KiB).
const LONGEST: usize = 64 * 1024;

const SCOPES: &str = "jeton:admin jeton:admin.read";

impl DataDir {
    /// Opens a data folder; creates it (0700) and its master key (0600) if they do not exist.
    ///
    /// # Errors
    ///
    /// When others may read it, when it cannot be written, when its master key is lost or damaged.
    pub fn open(path: impl Into<PathBuf>) -> Result<Self, DataDirError> {
        let path = path.into();
        folder::create(&path)
            .and_then(|()| folder::access(&path))
            .and_then(|access| closed_to_others(&path, access))
            .map_err(|cause| file(&path, cause))?;
        let lock = lock(&path)?;
        let key_file = path.join("master.key");
        let text = read_private(&key_file).map_err(|cause| file(&key_file, cause))?;
        if let Some(text) = text {
            let master_key =
                MasterKey::from_text(&text).map_err(|cause| DataDirError::MasterKey {
                    path: key_file,
                    cause,
                })?;
            return Ok(Self {
                path,
                master_key,
                first_start: false,
                _lock: lock,
            });
        }
        if database(&path).exists() {
            return Err(DataDirError::MasterKeyLost(key_file));
        }
        let master_key = MasterKey::generate()?;
        let text = Zeroizing::new(format!("{}\n", *master_key.to_text()));
        jeton_files::create(&key_file, text.as_bytes()).map_err(|cause| file(&key_file, cause))?;
        Ok(Self {
            path,
            master_key,
            first_start: true,
            _lock: lock,
        })
    }

    /// Where the folder is.
    #[must_use]
    pub fn path(&self) -> &Path {
        &self.path
    }

    /// The database in it.
    #[must_use]
    pub fn store(&self) -> StoreLocation {
        StoreLocation::File(database(&self.path))
    }

    /// The administrator's client and its key. The first start creates them; the next start finishes one that was killed.
    ///
    /// # Errors
    ///
    /// When the key file cannot be read or written, or the client cannot be registered.
    pub async fn admin_access(&self, admin: &Admin) -> Result<AdminAccess, AdminAccessError> {
        let key_file = self.path.join("admin.pem");
        let unusable = |cause| file(&key_file, cause);
        let mut new_key = false;
        let jwks = match read_private(&key_file).map_err(unusable)? {
            Some(pem) => {
                let key = PrivateKey::from_text(&pem).map_err(|error| invalid(&error))?;
                public_set(&key)?
            }
            None => {
                let (pem, jwks) = key_pair()?;
                // the key first: a client without a key would lock the administrator out
                jeton_files::create(&key_file, pem.as_bytes()).map_err(unusable)?;
                new_key = true;
                jwks
            }
        };
        let access = AdminAccess {
            issuer: admin.issuer().as_str().to_owned(),
            client_id: CLIENT.to_owned(),
            private_key_file: key_file,
            scopes: Scopes::parse(SCOPES).map_err(|error| invalid(&error))?,
            resource: format!("{}/admin/v1", admin.issuer().as_str().trim_end_matches('/')),
        };
        let resource = Resource::new(access.resource.as_str(), Some(access.scopes.clone()));
        let registration = Registration {
            id: Some(CLIENT.to_owned()),
            scopes: access.scopes.clone(),
            resources: vec![access.resource.clone()],
            default_resources: vec![access.resource.clone()],
            jwks: Some(jwks),
            ..Registration::new("administrator", AuthMethod::PrivateKeyJwt)
        };
        let clients = admin.clients();
        let known = clients.iter().find(|client| client.client_id == CLIENT);
        let target = comparable(&access.resource);
        let as_before = known.is_some_and(|known| !new_key && known.resources.contains(&target));
        if known.is_some() && !as_before {
            // the owner of the folder who lost the key gets a new one, and the old one is void; another issuer has another
            // administration
            admin.delete_client(CLIENT).await?;
        }
        if !as_before {
            admin.put_resource(resource).await?;
            admin.register(registration).await?;
        }
        Ok(access)
    }
}

/// Why the administrator has no access.
#[derive(Debug, thiserror::Error)]
pub enum AdminAccessError {
    /// The key file.
    #[error(transparent)]
    File(#[from] DataDirError),
    /// The client.
    #[error(transparent)]
    Admin(#[from] AdminError),
}

/// Locks a folder for this process. The kernel removes the lock when the process ends, however it ends.
fn lock(folder: &Path) -> Result<File, DataDirError> {
    let path = folder.join("lock");
    let failed = |cause| file(&path, cause);
    jeton_files::create_missing(&path).map_err(failed)?;
    let lock = File::open(&path).map_err(failed)?;
    match lock.try_lock() {
        Ok(()) => Ok(lock),
        Err(TryLockError::WouldBlock) => Err(DataDirError::InUse(folder.to_owned())),
        Err(TryLockError::Error(cause)) => Err(failed(cause)),
    }
}

/// Reads a file with a secret, or the file that a link leads to; `None` if it does not exist.
fn read_private(path: &Path) -> io::Result<Option<Zeroizing<String>>> {
    let content = match jeton_files::read(path, LONGEST) {
        Ok(content) => content,
        Err(error) if error.is_not_found() => return Ok(None),
        Err(error) => return Err(error.into()),
    };
    closed_to_others(path, content.access)?;
    let text = content.text().ok_or(io::ErrorKind::InvalidData)?;
    Ok(Some(Zeroizing::new(text.to_owned())))
}

fn closed_to_others(path: &Path, access: Access) -> io::Result<()> {
    let mode = access.mode();
    if !mode.is_open_to_others() {
        return Ok(());
    }
    Err(io::Error::other(format!(
        "others may read it (mode {mode}): take that from them with chmod go= {}",
        path.display()
    )))
}

fn database(folder: &Path) -> PathBuf {
    folder.join("jeton.db")
}

fn file(path: &Path, cause: io::Error) -> DataDirError {
    DataDirError::File {
        path: path.to_owned(),
        cause,
    }
}
