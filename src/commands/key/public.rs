//! `jeton key public`: the public half of a private key, in the form that a server registers.

use super::input::{self, SigningAlgorithm};
use crate::commands::app::App;
use crate::commands::verb::{Form, Shared, Verb};
use crate::error::Result;
use crate::exit::Exit;
use crate::output::pretty_json;
use clap::{Args, ValueEnum};
use std::path::PathBuf;

const EXAMPLES: &str = "Examples:
  jeton key public billing.pem > jwks.json
      the key set to register for `private_key_jwt`
  jeton key public billing.pem -o pem
      for a server that takes PEM";

/// Print the public key of a private key
///
/// Reads a private key as PEM (PKCS#8, PKCS#1, SEC1) or JWK. The key set has `use` and `alg`; `kid` is the one of the JWK, or else the
/// thumbprint of the key (RFC 7638).
#[derive(Debug, Args)]
#[group(skip)]
#[command(after_help = EXAMPLES)]
pub(crate) struct PublicArgs {
    /// The private key, or `-` for stdin
    #[arg(value_name = "FILE")]
    file: PathBuf,

    /// The algorithm that the key is for [default: the usual one of its kind]
    #[arg(long, value_name = "ALG", value_enum, ignore_case = true)]
    alg: Option<SigningAlgorithm>,

    /// The key id
    #[arg(long, value_name = "KID")]
    kid: Option<String>,

    /// Output format [default: jwks]
    #[arg(short, long, value_name = "FORMAT")]
    output: Option<PublicFormat>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum PublicFormat {
    /// A JSON Web Key Set
    Jwks,
    /// A JSON Web Key
    Jwk,
    /// A PEM document, `BEGIN PUBLIC KEY`
    Pem,
}

impl Verb for PublicArgs {
    fn shared(&self) -> Shared<'_> {
        let form = self.output.map(|output| match output {
            PublicFormat::Jwks | PublicFormat::Jwk => Form::Json,
            PublicFormat::Pem => Form::Other,
        });
        Shared::default().form(form)
    }

    /// Prints a public key.
    ///
    /// # Errors
    /// Exit 2: an algorithm that the key cannot be used with. Exit 4: the key cannot be read.
    fn run(&self, app: App) -> Result<Exit> {
        let key = input::private_key(&self.file)?;
        let alg = self.alg.map(|alg| alg.0);
        let jwk = input::registered(&key, alg, self.kid.as_deref())?;
        match self.output.unwrap_or(PublicFormat::Jwks) {
            PublicFormat::Jwks => app.console.print(&pretty_json(&input::set_of(jwk))?)?,
            PublicFormat::Jwk => app.console.print(&pretty_json(&jwk)?)?,
            PublicFormat::Pem => {
                let pem = key.to_public_pem().map_err(anyhow::Error::from)?;
                app.console.print(&pem)?;
            }
        }
        Ok(Exit::Done)
    }
}
