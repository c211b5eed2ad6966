//! `jeton key generate`: a new key pair; the private half into a file, the public one to stdout.

use super::input::{self, SigningAlgorithm};
use crate::commands::app::App;
use crate::commands::verb::{Shared, Verb};
use crate::error::{Error, Result};
use crate::exit::Exit;
use crate::output::pretty_json;
use clap::Args;
use jeton_oauth::{Algorithm, KeyError, PrivateKey};
use std::io::ErrorKind;
use std::path::{Path, PathBuf};

const EXAMPLES: &str = "Examples:
  jeton key generate billing.pem > jwks.json
      a key pair for `private_key_jwt`, and the key set to register
  jeton key generate client.key --alg RS256 --bits 3072 -q > client.jwks
      an RSA key";

/// Make a key pair: the private key into a new file, the public one as a JWKS to stdout
///
/// The file is a PEM document (PKCS#8) that only you can read. An existing file is not replaced without --force. The key set has
/// `use`, `alg` and `kid`, and can be registered as it is.
#[derive(Debug, Args)]
#[group(skip)]
#[command(after_help = EXAMPLES)]
pub(crate) struct GenerateArgs {
    /// The file of the private key
    #[arg(value_name = "FILE")]
    file: PathBuf,

    /// The algorithm that the key is for
    #[arg(
        long,
        value_name = "ALG",
        value_enum,
        ignore_case = true,
        default_value = "ES256"
    )]
    alg: SigningAlgorithm,

    /// Size of an RSA key: 2048, 3072, 4096 or 8192 [default: 3072]
    #[arg(long, value_name = "BITS")]
    bits: Option<u32>,

    /// The key id [default: the thumbprint of the key, RFC 7638]
    #[arg(long, value_name = "KID")]
    kid: Option<String>,

    /// Replace an existing file
    #[arg(long)]
    force: bool,
}

/// The size of an RSA key for which nothing else was asked: as strong as ES256 (NIST SP 800-57).
const RSA_BITS: u32 = 3072;

impl Verb for GenerateArgs {
    fn shared(&self) -> Shared<'_> {
        Shared::default()
    }

    /// Writes a private key and prints the public one.
    ///
    /// # Errors
    /// Exit 2: a size that does not fit the algorithm. Exit 3: there is a file already, or it cannot be written.
    fn run(&self, app: App) -> Result<Exit> {
        let alg = self.alg.0;
        let key = self.key()?;
        let jwk = input::registered(&key, Some(alg), self.kid.as_deref())?;
        let pem = key.to_pem().map_err(anyhow::Error::from)?;
        write(&self.file, pem.as_bytes(), self.force)?;
        let kid = jwk.kid.clone().unwrap_or_default();
        let keys = input::set_of(jwk);
        if app.json {
            app.print_json(&serde_json::json!({
                "path": self.file, "alg": alg.as_str(), "kid": kid, "jwks": keys,
            }))?;
            return Ok(Exit::Done);
        }
        app.console.print(&pretty_json(&keys)?)?;
        let path = self.file.display();
        app.console.note(&format!(
            "the private key is in {path}; register the key set of stdout at the server"
        ));
        app.console.note("and add this to the profile:");
        app.console.note("  auth_method = \"private_key_jwt\"");
        app.console.note(&format!(
            "  assertion = {{ alg = \"{alg}\", kid = {kid:?}, private_key = {{ file = {:?} }} }}",
            absolute(&self.file)
        ));
        Ok(Exit::Done)
    }
}

impl GenerateArgs {
    fn key(&self) -> Result<PrivateKey> {
        let alg = self.alg.0;
        let is_rsa = matches!(
            alg,
            Algorithm::RS256
                | Algorithm::RS384
                | Algorithm::RS512
                | Algorithm::PS256
                | Algorithm::PS384
                | Algorithm::PS512
        );
        if self.bits.is_some() && !is_rsa {
            return Err(Error::usage(format!(
                "--bits is for RSA keys, and {alg} has a fixed size"
            )));
        }
        let key = if is_rsa {
            PrivateKey::generate_rsa(self.bits.unwrap_or(RSA_BITS))
        } else {
            PrivateKey::generate(alg)
        };
        key.map_err(|error| match error {
            KeyError::Unsupported(what) => Error::usage(format!("cannot make a key: {what}"))
                .hint("an RSA key has 2048, 3072, 4096 or 8192 bits"),
            other => Error::bug(&anyhow::Error::from(other)),
        })
    }
}

fn write(path: &Path, pem: &[u8], force: bool) -> Result<()> {
    let written = if force {
        jeton_files::replace(path, pem)
    } else {
        jeton_files::create(path, pem)
    };
    written.map_err(|error| match error.kind() {
        ErrorKind::AlreadyExists => Error::config(format!("{} already exists", path.display()))
            .hint("choose another name; --force replaces the file, and its key is lost"),
        _ => Error::config(format!("cannot write {}: {error}", path.display())),
    })
}

/// As the configuration needs it, whose relative paths start at its own folder.
fn absolute(path: &Path) -> PathBuf {
    std::path::absolute(path).unwrap_or_else(|_| path.to_owned())
}
