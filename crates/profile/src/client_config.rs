//! What the client library needs of a profile.

use crate::certificate_file::CertificateFile;
use crate::error::Result;
use crate::extras::Extras;
use crate::origin::Sourced;
use crate::profile::Profile;
use crate::proxies::ProxyUrl;
use crate::tool::Tool;
use jeton_client::policy::Thresholds;
use jeton_client::{ClientConfig, HttpConfig, Labels, Proxies, ProxySetting};
use jeton_oauth::ClientCredentialsRequest;

/// How a profile connects.
#[must_use]
pub fn http_config(tool: &Tool, profile: &Profile) -> HttpConfig {
    let proxies = crate::Proxies::of(tool, profile);
    let url = |proxy: &Option<Sourced<ProxyUrl>>| {
        let proxy = proxy.as_ref().or(proxies.all.as_ref())?;
        Some(ProxySetting::new(
            proxy.value.expose().as_str(),
            proxy.origin.to_string(),
        ))
    };
    HttpConfig {
        ca_file: profile.ca_file.as_ref().map(|file| file.value.clone()),
        proxies: Proxies {
            https: url(&proxies.https),
            http: url(&proxies.http),
            no_proxy: proxies.no_proxy.as_ref().map(|list| list.value.clone()),
        },
        ..HttpConfig::default()
    }
}

impl Profile {
    /// The client certificate that the profile uses, if it uses one. Its file is read; its private key is not, unless the two
    /// stand in one file.
    ///
    /// # Errors
    /// [`crate::ErrorKind::Config`] where the profile contradicts itself, [`crate::ErrorKind::Credential`] where the file
    /// cannot be read or has no certificate.
    pub fn certificate(&self) -> Result<Option<CertificateFile>> {
        CertificateFile::of(self)
    }

    /// The configuration of the client that the profile describes, with the certificate of [`Profile::certificate`].
    ///
    /// # Errors
    /// [`crate::ErrorKind::Config`] where client or server are missing.
    pub fn client_config(&self, certificate: Option<&CertificateFile>) -> Result<ClientConfig> {
        self.require_server()?;
        let client_id = self.require_client_id()?.to_owned();
        // Named one by one, so that a setting that is forgotten here does not compile.
        let Self {
            name,
            enabled: _,
            environment,
            environment_id,
            region,
            issuer,
            token_endpoint,
            client_id: _,
            client_secret: _fetched_when_it_is_needed,
            auth_method,
            scopes,
            audience,
            resource,
            matches: _,
            basic_encoding,
            send_client_id,
            ca_file: _of_connections,
            proxy: _of_connections_too,
            timeout,
            refresh_before,
            min_ttl,
            assertion,
            mtls: _in_certificate,
            params,
            headers,
        } = self;
        Ok(ClientConfig {
            issuer: value(issuer),
            token_endpoint: value(token_endpoint),
            client_id,
            method: auth_method.value,
            request: ClientCredentialsRequest {
                scopes: scopes.value.clone(),
                audience: audience.value.clone(),
                resources: resource.value.clone(),
                params: pairs(params),
            },
            assertion: assertion.config(send_client_id.value),
            certificate: certificate.map(|found| found.thumbprint().to_owned()),
            basic_encoding: basic_encoding.value,
            headers: pairs(headers),
            timeout: timeout.value,
            thresholds: Thresholds {
                refresh_before: refresh_before.value,
                min_ttl: min_ttl.value,
            },
            labels: Labels {
                profile: name.clone(),
                environment: value(environment),
                environment_id: value(environment_id),
                region: value(region),
            },
        })
    }
}

fn value<T: Clone>(setting: &Option<Sourced<T>>) -> Option<T> {
    setting.as_ref().map(|found| found.value.clone())
}

fn pairs(extras: &Extras) -> Vec<(String, String)> {
    extras
        .iter()
        .map(|(name, value)| (name.clone(), value.value.as_str().to_owned()))
        .collect()
}
