//! `jeton key thumbprint`: the names that keys and certificates have for a server.

use super::input;
use crate::commands::app::App;
use crate::commands::verb::{Shared, Verb};
use crate::error::Result;
use crate::exit::Exit;
use clap::Args;
use jeton_oauth::{Jwk, JwkSet, PrivateKey, certificate};
use serde::Serialize;
use std::path::{Path, PathBuf};

const EXAMPLES: &str = "Examples:
  jeton key thumbprint billing.pem
      the thumbprint of a key (RFC 7638), the usual `kid`
  jeton key thumbprint client.pem
      of a certificate: `x5t#S256`, as a token that is bound to it has it";

/// Print the thumbprint of a key (RFC 7638), or of a certificate (RFC 8705)
#[derive(Debug, Args)]
#[group(skip)]
#[command(after_help = EXAMPLES)]
pub(crate) struct ThumbprintArgs {
    /// A private key (PEM, JWK), a public JWK, a JWKS, or a certificate (PEM); `-` for stdin
    #[arg(value_name = "FILE")]
    file: PathBuf,
}

/// What is printed for each key.
#[derive(Serialize)]
struct Thumbprint {
    /// Which thumbprint: `jkt` of a key, `x5t#S256` of a certificate.
    kind: &'static str,
    thumbprint: String,
}

impl Verb for ThumbprintArgs {
    fn shared(&self) -> Shared<'_> {
        Shared::default()
    }

    /// Prints thumbprints, one per line.
    ///
    /// # Errors
    /// Exit 4: the key cannot be read.
    fn run(&self, app: App) -> Result<Exit> {
        let text = input::text(&self.file)?;
        let found = thumbprints(&self.file, &text)?;
        if app.json {
            app.print_json(&found)?;
        } else {
            let lines: String = found
                .iter()
                .map(|found| format!("{}\n", found.thumbprint))
                .collect();
            app.console.print(&lines)?;
        }
        Ok(Exit::Done)
    }
}

fn thumbprints(path: &Path, text: &str) -> Result<Vec<Thumbprint>> {
    let of_key = |jwk: &Jwk| {
        let thumbprint = jwk.thumbprint();
        let thumbprint =
            thumbprint.ok_or_else(|| input::failed(path, "the JSON Web Key is incomplete"))?;
        Ok(Thumbprint {
            kind: "jkt",
            thumbprint,
        })
    };
    if text.contains("-----BEGIN CERTIFICATE-----") {
        let thumbprint = certificate::thumbprint(text.as_bytes())
            .map_err(|error| input::failed(path, &error.to_string()))?;
        return Ok(vec![Thumbprint {
            kind: "x5t#S256",
            thumbprint,
        }]);
    }
    if text.trim_start().starts_with('{') {
        if let Ok(set) = JwkSet::parse(text.as_bytes()) {
            return set.keys.iter().map(of_key).collect();
        }
        if let Ok(jwk) = serde_json::from_str::<Jwk>(text) {
            return Ok(vec![of_key(&jwk)?]);
        }
    }
    let key = PrivateKey::from_text(text).map_err(|error| input::invalid(path, &error))?;
    Ok(vec![of_key(&key.public_jwk())?])
}
