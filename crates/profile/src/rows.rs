//! Settings as rows: key, value, origin. Secrets are masked, or shown as where they are.

use super::choice::Words;
use super::extras::Extras;
use super::mtls::MtlsSettings;
use super::origin::{Origin, Sourced};
use super::profile::Profile;
use super::setting::{Check, Kind, Setting, Slot, Visitor};
use super::tool::Tool;
use crate::error::Result;
use jeton_client::MethodChoice;
use jeton_oauth::AuthMethod;
use serde::Serialize;
use std::path::PathBuf;

/// A setting, ready to be shown.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Row {
    /// The key as the file has it, below the table of the profile: `assertion.alg`.
    pub key: String,
    /// The value; a secret is masked or shown as where it is.
    pub value: String,
    /// Where it comes from: `env CC_CLIENT_ID`.
    pub origin: String,
    /// Somebody set it.
    #[serde(skip)]
    set: bool,
}

#[derive(Default)]
struct Rows(Vec<Row>);

impl Rows {
    fn add(&mut self, key: impl Into<String>, value: &dyn ToString, origin: &Origin) {
        self.0.push(Row {
            key: key.into(),
            value: value.to_string(),
            origin: origin.to_string(),
            set: !matches!(origin, Origin::Default | Origin::Keyring { .. }),
        });
    }

    fn add_if<T>(
        &mut self,
        key: &str,
        value: Option<&Sourced<T>>,
        show: impl FnOnce(&T) -> String,
    ) {
        if let Some(found) = value {
            self.add(key, &show(&found.value), &found.origin);
        }
    }

    fn add_settings(
        &mut self,
        table: &'static str,
        visit: impl FnOnce(&mut AddRow<'_>) -> Result<()>,
    ) {
        // Nothing fails on the way: the visitor only shows.
        let _shown = visit(&mut AddRow { table, rows: self });
    }

    /// Further parameters and headers: which there are, not what they say.
    fn add_extras(&mut self, table: &str, extras: &Extras) {
        for (name, value) in extras {
            self.add(format!("{table}.{name}"), &"(masked)", &value.origin);
        }
    }
}

/// The settings of the tool.
#[must_use]
pub fn tool_rows(tool: &Tool) -> Vec<Row> {
    let mut rows = Rows::default();
    let path = |path: &PathBuf| path.display().to_string();
    rows.add_if("config", tool.config_path.as_ref(), path);
    rows.add_if("cache.dir", tool.cache_dir.as_ref(), path);
    let (store, key) = (&tool.cache_store, &tool.cache_key);
    rows.add("cache.store", &store.value.word(), &store.origin);
    rows.add("cache.key", &key.value.word(), &key.origin);
    rows.add("no_input", &tool.no_input.value, &tool.no_input.origin);
    let proxies = &tool.proxies;
    rows.add_if("proxy.https", proxies.https.as_ref(), ToString::to_string);
    rows.add_if("proxy.http", proxies.http.as_ref(), ToString::to_string);
    rows.add_if("proxy.all", proxies.all.as_ref(), ToString::to_string);
    rows.add_if("proxy.none", proxies.no_proxy.as_ref(), Clone::clone);
    rows.add_if("ssl_cert_file", tool.ssl_cert_file.as_ref(), path);
    rows.0
}

/// The settings of a profile, in the order of the reference file: those that are set, and those that its method uses.
#[must_use]
pub fn profile_rows(profile: &Profile) -> Vec<Row> {
    let mut rows = Rows::default();
    let mut shown = in_effect(profile);
    rows.add_settings("", |visitor| shown.visit(visitor));
    rows.add_settings("assertion.", |visitor| shown.assertion.visit(visitor));
    rows.add_settings("mtls.", |visitor| shown.mtls.visit(visitor));
    rows.0.retain(|row| row.set || is_used(&row.key, profile));
    rows.add_extras("params", &profile.params);
    rows.add_extras("headers", &profile.headers);
    rows.0
}

/// Whether the method of the profile has a use for a setting that nobody set. `auto` decides later, by what the server allows, but
/// looks for one credential only where none is configured.
fn is_used(key: &str, profile: &Profile) -> bool {
    use AuthMethod::{ClientSecretBasic, ClientSecretJwt, ClientSecretPost, PrivateKeyJwt};
    let method = match profile.auth_method.value {
        MethodChoice::One(method) => method,
        MethodChoice::Auto => {
            let (secret, private_key) = (&profile.client_secret, &profile.assertion.private_key);
            return match key {
                "client_secret" => private_key.is_none(),
                "assertion.private_key" => secret.is_none(),
                _ => true,
            };
        }
    };
    match key {
        "client_secret" => matches!(
            method,
            ClientSecretBasic | ClientSecretPost | ClientSecretJwt
        ),
        "basic_encoding" => method == ClientSecretBasic,
        "assertion.private_key" => method == PrivateKeyJwt,
        "send_client_id" => matches!(method, PrivateKeyJwt | ClientSecretJwt),
        _ if key.starts_with("assertion.") => matches!(method, PrivateKeyJwt | ClientSecretJwt),
        _ => true,
    }
}

/// The profile with what follows where nothing is set. Where nothing is said of mutual TLS, it is no part of the profile.
fn in_effect(profile: &Profile) -> Profile {
    let mut shown = profile.clone();
    shown.client_secret = Some(profile.secret());
    shown.assertion.private_key = Some(profile.private_key());
    if profile.mtls != MtlsSettings::default() {
        shown.mtls.enabled = Some(profile.mtls.enabled());
        shown.mtls.key = profile.mtls.key();
    }
    shown
}

/// Adds a row for each setting that has a value.
struct AddRow<'a> {
    table: &'static str,
    rows: &'a mut Rows,
}

impl Visitor for AddRow<'_> {
    fn visit<K: Kind, S: Slot<Value = K::Value>>(
        &mut self,
        setting: &Setting,
        slot: &mut S,
        _check: Check<K::Value>,
    ) -> Result<()> {
        if let Some(found) = slot.get() {
            let key = format!("{}{}", self.table, setting.key);
            self.rows.add(key, &K::show(&found.value), &found.origin);
        }
        Ok(())
    }
}

#[cfg(test)]
#[expect(clippy::unwrap_used, reason = "a test fails by panicking")]
mod tests {
    use super::profile_rows;
    use crate::testing::Home;

    #[test]
    fn what_the_method_has_no_use_for_is_shown_only_if_it_is_set() {
        let shown = |lines: &str| {
            let home = Home::new(&format!("[profiles.p]\n{lines}\n"));
            let profile = home.load(&[]).unwrap().select().unwrap();
            let keys = profile_rows(&profile).into_iter().map(|row| row.key);
            keys.filter(|key| {
                key.starts_with("assertion") || key == "client_secret" || key == "basic_encoding"
            })
            .collect::<Vec<_>>()
            .join(" ")
        };
        let assertion = "assertion.lifetime assertion.backdate assertion.audience assertion.typ";
        for (lines, keys) in [
            (
                "auth_method = 'private_key_jwt'",
                format!("assertion.private_key {assertion}"),
            ),
            (
                "auth_method = 'client_secret_basic'",
                "client_secret basic_encoding".to_owned(),
            ),
            (
                "auth_method = 'client_secret_post'",
                "client_secret".to_owned(),
            ),
            (
                "auth_method = 'client_secret_jwt'",
                format!("client_secret {assertion}"),
            ),
            ("auth_method = 'tls_client_auth'", String::new()),
            (
                "auth_method = 'private_key_jwt'\nclient_secret.env = 'S'",
                format!("client_secret assertion.private_key {assertion}"),
            ),
            (
                "client_secret.env = 'S'",
                format!("client_secret basic_encoding {assertion}"),
            ),
            (
                "assertion.private_key.env = 'S'",
                format!("basic_encoding assertion.private_key {assertion}"),
            ),
        ] {
            assert_eq!(shown(lines), keys, "{lines}");
        }
    }
}
