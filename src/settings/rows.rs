//! Settings as rows: key, value, origin. Secrets are masked, or shown as where they are.

use super::choice::Words;
use super::duration;
use super::extras::Extras;
use super::mtls::MtlsSettings;
use super::origin::{Origin, Sourced};
use super::profile::Profile;
use super::tool::Tool;
use serde::Serialize;

/// A setting, ready to be shown.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub(crate) struct Row {
    /// The key as the file has it, below the table of the profile: `assertion.alg`.
    pub(crate) key: String,
    /// The value; a secret is masked or shown as where it is.
    pub(crate) value: String,
    /// Where it comes from: `env CC_CLIENT_ID`.
    pub(crate) origin: String,
}

#[derive(Default)]
struct Rows(Vec<Row>);

impl Rows {
    fn add(&mut self, key: impl Into<String>, value: &dyn ToString, origin: &Origin) {
        self.0.push(Row {
            key: key.into(),
            value: value.to_string(),
            origin: origin.to_string(),
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

    fn add_list<T: ToString>(&mut self, key: &str, list: &Sourced<Vec<T>>) {
        let items: Vec<_> = list.value.iter().map(T::to_string).collect();
        self.add(key, &items.join(" "), &list.origin);
    }

    /// Further parameters and headers: which there are, not what they say.
    fn add_extras(&mut self, table: &str, extras: &Extras) {
        for (name, value) in extras {
            self.add(format!("{table}.{name}"), &"(masked)", &value.origin);
        }
    }
}

/// The settings of the tool.
pub(crate) fn tool_rows(tool: &Tool) -> Vec<Row> {
    let mut rows = Rows::default();
    let config = &tool.config_path;
    rows.add("config", &config.value.display(), &config.origin);
    let folder = &tool.cache_dir;
    rows.add("cache.dir", &folder.value.display(), &folder.origin);
    let (store, key) = (&tool.cache_store, &tool.cache_key);
    rows.add("cache.store", &store.value.word(), &store.origin);
    rows.add("cache.key", &key.value.word(), &key.origin);
    rows.add("no_input", &tool.no_input.value, &tool.no_input.origin);
    let proxies = &tool.proxies;
    rows.add_if("proxy.https", proxies.https.as_ref(), ToString::to_string);
    rows.add_if("proxy.http", proxies.http.as_ref(), ToString::to_string);
    rows.add_if("proxy.all", proxies.all.as_ref(), ToString::to_string);
    rows.add_if("proxy.none", proxies.no_proxy.as_ref(), Clone::clone);
    rows.add_if("ssl_cert_file", tool.ssl_cert_file.as_ref(), |path| {
        path.display().to_string()
    });
    rows.0
}

/// The settings of a profile, in the order of the reference file.
pub(crate) fn profile_rows(profile: &Profile) -> Vec<Row> {
    let mut rows = Rows::default();
    rows.add("enabled", &profile.enabled.value, &profile.enabled.origin);
    rows.add_if("environment", profile.environment.as_ref(), Clone::clone);
    rows.add_if(
        "environment_id",
        profile.environment_id.as_ref(),
        Clone::clone,
    );
    rows.add_if("region", profile.region.as_ref(), Clone::clone);
    rows.add_if("issuer", profile.issuer.as_ref(), ToString::to_string);
    rows.add_if(
        "token_endpoint",
        profile.token_endpoint.as_ref(),
        ToString::to_string,
    );
    rows.add_if("client_id", profile.client_id.as_ref(), Clone::clone);
    let secret = profile.secret();
    rows.add("client_secret", &secret.value, &secret.origin);
    let method = &profile.auth_method;
    rows.add("auth_method", &method.value, &method.origin);
    rows.add("scopes", &profile.scopes.value, &profile.scopes.origin);
    rows.add_list("audience", &profile.audience);
    rows.add_list("resource", &profile.resource);
    rows.add_list("match", &profile.matches);
    let encoding = &profile.basic_encoding;
    rows.add("basic_encoding", &encoding.value.word(), &encoding.origin);
    let send = &profile.send_client_id;
    rows.add("send_client_id", &send.value, &send.origin);
    rows.add_if("ca_file", profile.ca_file.as_ref(), |path| {
        path.display().to_string()
    });
    for (key, span) in [
        ("timeout", &profile.timeout),
        ("refresh_before", &profile.refresh_before),
        ("min_ttl", &profile.min_ttl),
    ] {
        rows.add(key, &duration::format(span.value), &span.origin);
    }
    let assertion = &profile.assertion;
    rows.add_if("assertion.alg", assertion.alg.as_ref(), ToString::to_string);
    rows.add_if("assertion.kid", assertion.kid.as_ref(), Clone::clone);
    let key = profile.private_key();
    rows.add("assertion.private_key", &key.value, &key.origin);
    let lifetime = &assertion.lifetime;
    rows.add(
        "assertion.lifetime",
        &duration::format(lifetime.value),
        &lifetime.origin,
    );
    let audience = &assertion.audience;
    rows.add("assertion.audience", &audience.value, &audience.origin);
    rows.add(
        "assertion.typ",
        &assertion.typ.value.word(),
        &assertion.typ.origin,
    );
    add_mtls(&mut rows, profile);
    rows.add_extras("params", &profile.params);
    rows.add_extras("headers", &profile.headers);
    rows.0
}

/// Nothing where nothing is configured: mutual TLS is then no part of the profile.
fn add_mtls(rows: &mut Rows, profile: &Profile) {
    let mtls = &profile.mtls;
    if *mtls == MtlsSettings::default() {
        return;
    }
    let enabled = mtls.enabled();
    rows.add("mtls.enabled", &enabled.value, &enabled.origin);
    rows.add_if("mtls.cert", mtls.cert.as_ref(), |path| {
        path.display().to_string()
    });
    rows.add_if("mtls.key", mtls.key().as_ref(), ToString::to_string);
}
