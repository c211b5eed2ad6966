//! `jeton key csr`: a request for a certificate of a key (PKCS#10, RFC 2986).

use super::{input, subject};
use crate::commands::app::App;
use crate::commands::verb::{Shared, Verb};
use crate::error::{Error, Result};
use crate::exit::Exit;
use clap::Args;
use rcgen::{CertificateParams, KeyPair};
use std::path::PathBuf;
use zeroize::Zeroize as _;

const EXAMPLES: &str = r#"Examples:
  jeton key csr client.key --subject "CN=billing,O=Example" > client.csr
      a request to hand to the certificate authority
  jeton key csr client.key --subject CN=billing --san billing.example.com
      with an alternative name"#;

/// Print a certificate request (PKCS#10) for a private key
///
/// For mutual TLS: the certificate authority makes a client certificate of the request, and never sees the private key.
#[derive(Debug, Args)]
#[group(skip)]
#[command(after_help = EXAMPLES)]
pub(crate) struct CsrArgs {
    /// The private key, or `-` for stdin
    #[arg(value_name = "FILE")]
    file: PathBuf,

    /// The subject, such as "CN=billing,O=Example"; a comma in a value is written `\,`
    #[arg(long, value_name = "NAME")]
    subject: String,

    /// An alternative name: a DNS name, an IP address, a URI or an e-mail address; may be repeated
    #[arg(long, value_name = "NAME")]
    san: Vec<String>,
}

impl Verb for CsrArgs {
    fn shared(&self) -> Shared<'_> {
        Shared::default()
    }

    /// Prints a certificate request.
    ///
    /// # Errors
    /// Exit 2: a name that cannot be in a certificate. Exit 4: the key cannot be read.
    fn run(&self, app: App) -> Result<Exit> {
        let mut params = CertificateParams::default();
        params.distinguished_name = subject::distinguished_name(&self.subject)?;
        params.subject_alt_names = self
            .san
            .iter()
            .map(|name| subject::alternative_name(name))
            .collect::<Result<_>>()?;
        let key = input::private_key(&self.file)?;
        let der = key.to_pkcs8().map_err(anyhow::Error::from)?;
        let unusable = |error: rcgen::Error| {
            Error::credential(format!(
                "the key cannot sign a certificate request: {error}"
            ))
        };
        let mut pair = KeyPair::try_from(der.as_slice()).map_err(unusable)?;
        let request = params
            .serialize_request(&pair)
            .and_then(|request| request.pem());
        pair.zeroize();
        let pem = request.map_err(unusable)?;
        if app.json {
            app.print_json(&serde_json::json!({ "csr": pem }))?;
        } else {
            app.console.print(&pem)?;
            app.console
                .note("hand it to the certificate authority; the certificate it makes goes into `mtls.cert`, the key into `mtls.key`");
        }
        Ok(Exit::Done)
    }
}
