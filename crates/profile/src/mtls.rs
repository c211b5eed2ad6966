//! Mutual TLS of a profile (RFC 8705): the client's certificate, its key, and whether they are used.

use super::document::Section;
use super::env;
use super::environment::Environment;
use super::finding::Located;
use super::origin::Sourced;
use super::profile::{Profile, quoted};
use super::secret_ref::SecretRef;
use super::setting::{Kind, Reason, Setting, settings};
use crate::error::Error;
use jeton_client::MethodChoice;
use jeton_oauth::AuthMethod;
use std::path::PathBuf;

/// How every PEM document begins.
const PEM: &str = "-----BEGIN";

settings! {
    /// A client certificate, as configured: `[profiles.NAME.mtls]`. No file is opened here.
    pub struct MtlsSettings {
        /// Left out, a certificate that is configured is used: see [`MtlsSettings::enabled`].
        "enabled" => enabled: Option<Sourced<bool>> = None,
            env "CC_ENABLE_MTLS" => "whether to use the client certificate; true by default if one is configured";
        /// The PEM file of the certificate, and of the certificates between it and its authority.
        "cert" => cert: Option<Sourced<PathBuf>> = None,
            check is_path,
            env env::CC_MTLS_CERT => "file of the client certificate and its intermediates, as PEM";
        /// Left out, the key stands in the file of the certificate: see [`MtlsSettings::key`].
        "key" => key: Option<Sourced<SecretRef>> = None,
            as CertificateKey,
            check is_reference,
            env "CC_MTLS_KEY" => "file of its private key, if not in the same file as the certificate";
    }
}

impl MtlsSettings {
    /// Whether the certificate is used, and what says so.
    #[must_use]
    pub fn enabled(&self) -> Sourced<bool> {
        let by_cert = || match &self.cert {
            Some(cert) => Sourced::new(true, cert.origin.clone()),
            None => Sourced::default(false),
        };
        self.enabled.clone().unwrap_or_else(by_cert)
    }

    /// The file of the certificate that is used, where one is.
    #[must_use]
    pub fn certificate(&self) -> Option<&Sourced<PathBuf>> {
        self.cert.as_ref().filter(|_| self.enabled().value)
    }

    /// Where the private key is: as configured, else in the file of the certificate.
    #[must_use]
    pub fn key(&self) -> Option<Sourced<SecretRef>> {
        let beside = || self.cert.clone().map(|cert| cert.map(SecretRef::File));
        self.key.clone().or_else(beside)
    }
}

impl Profile {
    /// That what it says of mutual TLS goes together.
    ///
    /// # Errors
    /// Exit 3 where a certificate is wanted and none is configured, or it is switched off.
    pub fn require_mtls(&self) -> Result<(), Error> {
        let (name, table) = (&self.name, quoted(&self.name));
        let mtls = &self.mtls;
        let no_cert = |why: String| {
            Err(
                Error::config(format!("{why}, and the profile {name} has no mtls.cert")).hint(
                    format!(
                        "set cert in [profiles.{table}.mtls], or CC_MTLS_CERT in the environment"
                    ),
                ),
            )
        };
        let MethodChoice::One(method) = self.auth_method.value else {
            return self.require_cert(no_cert);
        };
        if !is_by_certificate(method) || mtls.certificate().is_some() {
            return self.require_cert(no_cert);
        }
        let by = &self.auth_method.origin;
        match &mtls.enabled {
            Some(Sourced { value: false, origin }) => Err(Error::config(format!(
                "the method {method} ({by}) needs a client certificate, and mutual TLS is disabled ({origin})"
            ))
            .hint(if origin.is_environment() {
                "set CC_ENABLE_MTLS=true, or unset it".to_owned()
            } else {
                format!("set enabled = true in [profiles.{table}.mtls]")
            })),
            _ => no_cert(format!("the method {method} ({by}) needs a client certificate")),
        }
    }

    fn require_cert(&self, no_cert: impl FnOnce(String) -> Result<(), Error>) -> Result<(), Error> {
        let mtls = &self.mtls;
        match (&mtls.enabled, &mtls.cert, &mtls.key) {
            (Some(on), None, _) if on.value => {
                no_cert(format!("mutual TLS is enabled ({})", on.origin))
            }
            (None, None, Some(key)) => no_cert(format!("mtls.key is set ({})", key.origin)),
            _ => Ok(()),
        }
    }
}

/// Whether the certificate itself is what the client authenticates with (RFC 8705 section 2).
#[must_use]
pub const fn is_by_certificate(method: AuthMethod) -> bool {
    matches!(
        method,
        AuthMethod::TlsClientAuth | AuthMethod::SelfSignedTlsClientAuth
    )
}

/// Where the key of the certificate is. In the file, a text is a slip: beside a path for the certificate, one is soon written
/// for the key. Nor is the key itself taken, as `jeton auth login` has no place for it that could be named instead.
struct CertificateKey;

impl Kind for CertificateKey {
    type Value = SecretRef;

    fn parse(path: &str) -> Result<SecretRef, String> {
        SecretRef::parse(path)
    }

    fn show(value: &SecretRef) -> String {
        SecretRef::show(value)
    }

    fn from_file(
        section: Section<'_>,
        key: &str,
        findings: &mut Vec<Located>,
    ) -> Option<Sourced<SecretRef>> {
        let value = section.get(key)?;
        if value.get_ref().is_str() {
            let message =
                format!("`{key}`: expected where the key is: for a file write {{ file = \"…\" }}");
            section.reject(value, message, findings);
            return None;
        }
        SecretRef::from_file(section, key, findings)
    }

    fn from_environment(
        setting: &Setting,
        environment: &Environment,
    ) -> Result<Option<Sourced<SecretRef>>, Error> {
        SecretRef::from_environment(setting, environment)
    }
}

fn is_reference(key: &SecretRef) -> Result<(), Reason> {
    match key {
        SecretRef::File(path) => is_path(path),
        _ => Ok(()),
    }
}

/// A path is shown, and the document may hold the key.
#[expect(clippy::ptr_arg, reason = "it is given the value of a setting")]
fn is_path(path: &PathBuf) -> Result<(), Reason> {
    if path.to_string_lossy().contains(PEM) {
        return Err(Reason {
            text: "expected the path of a PEM file, found the document itself".to_owned(),
            hint: Some(
                "write it to a file; for a key in a variable, set in the profile: mtls.key = { env = \"…\" }",
            ),
        });
    }
    Ok(())
}

#[cfg(test)]
#[expect(clippy::unwrap_used, reason = "a test fails by panicking")]
mod tests {
    use crate::ErrorKind;
    use crate::testing::Home;
    use crate::{Profile, SecretRef};

    const PROFILE: &str = "[profiles.p]\nissuer = 'https://a.example'\nclient_id = 'x'\n";

    fn profile(lines: &str, env: &[(&str, &str)]) -> (Home, Profile) {
        let home = Home::new(&format!("{PROFILE}{lines}\n"));
        let profile = home.load(env).unwrap().select().unwrap();
        (home, profile)
    }

    #[test]
    fn a_certificate_is_used_unless_it_is_switched_off() {
        for (lines, env, used, says) in [
            ("", &[][..], false, "default"),
            ("mtls.cert = 'c.pem'", &[], true, "config.toml:4"),
            (
                "mtls = { cert = 'c.pem', enabled = false }",
                &[],
                false,
                "config.toml:4",
            ),
            (
                "mtls = { cert = 'c.pem', enabled = true }",
                &[("CC_ENABLE_MTLS", "0")],
                false,
                "env CC_ENABLE_MTLS",
            ),
            (
                "mtls = { cert = 'c.pem', enabled = false }",
                &[("CC_ENABLE_MTLS", "1")],
                true,
                "env CC_ENABLE_MTLS",
            ),
            ("", &[("CC_MTLS_CERT", "c.pem")], true, "env CC_MTLS_CERT"),
        ] {
            let (_home, profile) = profile(lines, env);
            let enabled = profile.mtls.enabled();
            assert_eq!(
                (enabled.value, enabled.origin.to_string().as_str()),
                (used, says),
                "{lines}"
            );
            assert_eq!(profile.mtls.certificate().is_some(), used, "{lines}");
        }
    }

    #[test]
    fn paths_start_at_the_file_and_the_key_may_stand_beside_the_certificate() {
        let (home, one) = profile("mtls.cert = 'c.pem'", &[]);
        let cert = home.folder.path().join("c.pem");
        assert_eq!(one.mtls.certificate().unwrap().value, cert);
        assert_eq!(one.mtls.key().unwrap().value, SecretRef::File(cert));
        let (home, two) = profile("mtls = { cert = 'c.pem', key = { file = 'c.key' } }", &[]);
        let key = SecretRef::File(home.folder.path().join("c.key"));
        assert_eq!(two.mtls.key().unwrap().value, key);
        let env = [("CC_MTLS_CERT", "e.pem"), ("CC_MTLS_KEY", "e.key")];
        let (_home, three) = profile("mtls = { cert = 'c.pem', key.env = 'K' }", &env);
        assert_eq!(
            three.mtls.certificate().unwrap().value.to_str(),
            Some("e.pem")
        );
        let key = three.mtls.key().unwrap();
        assert_eq!(key.value, SecretRef::File("e.key".into()));
        assert_eq!(key.origin.to_string(), "env CC_MTLS_KEY");
    }

    #[test]
    fn what_does_not_go_together_is_exit_3_with_origin_and_remedy() {
        for (lines, env, says, remedy) in [
            (
                "mtls.enabled = true",
                &[][..],
                "enabled (config.toml:4)",
                "[profiles.p.mtls]",
            ),
            (
                "",
                &[("CC_ENABLE_MTLS", "true")],
                "enabled (env CC_ENABLE_MTLS)",
                "CC_MTLS_CERT",
            ),
            (
                "mtls.key.file = 'k'",
                &[],
                "mtls.key is set (config.toml:4)",
                "set cert",
            ),
            (
                "auth_method = 'tls_client_auth'",
                &[],
                "tls_client_auth (config.toml:4) needs",
                "set cert",
            ),
            (
                "auth_method = 'self_signed_tls_client_auth'\nmtls = { enabled = false, cert = 'c' }",
                &[],
                "disabled (config.toml:5)",
                "set enabled = true",
            ),
            (
                "mtls.cert = 'c'",
                &[
                    ("CC_AUTH_METHOD", "tls_client_auth"),
                    ("CC_ENABLE_MTLS", "no"),
                ],
                "tls_client_auth (env CC_AUTH_METHOD)",
                "CC_ENABLE_MTLS=true",
            ),
        ] {
            let (_home, profile) = profile(lines, env);
            let error = profile.require_mtls().unwrap_err();
            assert_eq!(error.kind, ErrorKind::Config);
            assert!(error.message.contains(says), "{error}");
            assert!(error.hints[0].contains(remedy), "{error:?}");
        }
        for lines in [
            "",
            "mtls = { enabled = false, key.file = 'k' }",
            "auth_method = 'tls_client_auth'\nmtls.cert = 'c'",
        ] {
            profile(lines, &[]).1.require_mtls().unwrap();
        }
    }

    #[test]
    fn security_client_1_a_document_in_place_of_a_path_is_refused_unshown() {
        let home = Home::new(PROFILE);
        let document = "-----BEGIN PRIVATE KEY-----\ncanary\n-----END PRIVATE KEY-----";
        for name in ["CC_MTLS_CERT", "CC_MTLS_KEY"] {
            let error = home
                .load(&[(name, document)])
                .unwrap()
                .select()
                .unwrap_err();
            assert_eq!(error.kind, ErrorKind::Config);
            assert!(error.message.contains(name), "{error}");
            assert!(!format!("{error:?}").contains("canary"), "{error:?}");
        }
    }
}
