//! The throw-away profile of `jeton serve --dev`: written at the start, removed at the end.

use super::profile::ClientProfile;
use crate::error::{Error, Result};
use crate::output::clean::clean;
use crate::output::export::shell_word;
use jeton_oauth::Issuer;
use jeton_server::DevAccess;
use std::fmt::Write as _;
use std::path::{Path, PathBuf};

/// The private key of the client and a configuration file that names it (0600), removed with the server.
pub(super) struct DevFolder {
    path: PathBuf,
    config: PathBuf,
    toml: String,
}

impl DevFolder {
    /// Makes it in the folder for temporary files.
    ///
    /// # Errors
    /// Exit 3 where it cannot be written, or its path is not UTF-8, which TOML cannot name.
    pub(super) fn create(issuer: &Issuer, access: &DevAccess) -> Result<Self> {
        let unwritable = |path: &Path, error: &std::io::Error| {
            Error::config(format!("cannot write {}: {error}", path.display()))
        };
        // A random name that cannot exist yet: every user can write to the folder for temporary files.
        let mut name = [0; 8];
        aws_lc_rs::rand::fill(&mut name).map_err(|_| anyhow::anyhow!("no randomness"))?;
        let name = format!("jeton-dev-{:016x}", u64::from_be_bytes(name));
        let path = std::env::temp_dir().join(name);
        let (key, config) = (path.join("dev-key.pem"), path.join("config.toml"));
        let Some(private_key) = key.to_str() else {
            return Err(
                Error::config(format!("the path {} is not UTF-8", path.display()))
                    .hint("set TMPDIR to another folder"),
            );
        };
        let profile = ClientProfile {
            name: "dev",
            environment: Some("dev"),
            issuer: issuer.as_str(),
            client_id: &access.key_client_id,
            scopes: &access.scopes,
            resource: &access.resource,
            private_key,
        };
        let toml = profile.to_toml();
        jeton_files::folder::create_new(&path).map_err(|error| unwritable(&path, &error))?;
        // From here on a failure removes it again.
        let folder = Self { path, config, toml };
        for (file, content) in [
            (&key, access.private_key_pem.as_str()),
            (&folder.config, folder.toml.as_str()),
        ] {
            jeton_files::replace(file, content.as_bytes())
                .map_err(|error| unwritable(file, &error))?;
        }
        Ok(folder)
    }

    /// What a person needs to try the authority: the profile, and the same for a script.
    pub(super) fn instructions(&self, issuer: &Issuer, access: &DevAccess) -> String {
        let config = self.config.to_string_lossy();
        let word = shell_word(&config);
        // A path may have a line break in it, which would end a comment of TOML.
        let (config, word) = (clean(&config), clean(&word));
        let mut text = format!("{}\n", self.toml);
        let _ = writeln!(
            text,
            "# {config} contains this profile while the server runs:"
        );
        let _ = writeln!(text, "#   jeton --config {word} token get");
        let _ = writeln!(text, "# A client with a secret, for scripts:");
        let _ = writeln!(
            text,
            "#   OIDC_ISSUER={issuer} CC_CLIENT_ID={} CC_CLIENT_SECRET={} jeton token get",
            access.secret_client_id,
            access.secret.expose()
        );
        text
    }
}

impl Drop for DevFolder {
    fn drop(&mut self) {
        let _ = std::fs::remove_dir_all(&self.path);
    }
}
