//! A profile as the context of advice: what is configured, and where.

use jeton_client::AssertionAudience;
use jeton_client::method::CredentialKind;
use jeton_inspect::context::{self, CertificateSetting, ProfileContext, Setting};
use jeton_profile::{ENV_PROFILE, Origin, Profile, SecretRef, Sourced, env};

/// What advice about this profile names; `kind`: what the client proves its identity with. The time and the proxy are left out.
pub(crate) fn profile_context(profile: &Profile, kind: CredentialKind) -> ProfileContext {
    let place = Places { profile };
    let (target, target_key) = match (&profile.token_endpoint, &profile.issuer) {
        (Some(url), _) => (set(&url.value, &url.origin), "token_endpoint"),
        (None, Some(issuer)) => (set(&issuer.value, &issuer.origin), "issuer"),
        (None, None) => (Setting::default(), "issuer"),
    };
    let (credential, in_keyring) = credential(profile, kind);
    let client_id = profile.client_id.as_ref();
    let audience = &profile.assertion.audience;
    let only_audience = profile.resource.value.is_empty() && !profile.audience.value.is_empty();
    ProfileContext {
        profile: profile.name.clone(),
        target,
        target_key,
        client_id: client_id.map_or_else(Setting::default, |id| set(&id.value, &id.origin)),
        credential,
        secret_oddity: None,
        in_keyring,
        method_origin: place
            .of(&profile.auth_method.origin, env::CC_AUTH_METHOD)
            .to_string(),
        scopes: Setting {
            value: profile.scopes.value.to_string(),
            origin: place.of(&profile.scopes.origin, env::CC_SCOPES),
        },
        resource_origin: match only_audience {
            true => place.of(&profile.audience.origin, env::CC_AUDIENCE),
            false => place.of(&profile.resource.origin, env::CC_RESOURCE),
        }
        .to_string(),
        proxy: None,
        assertion_audience: Setting {
            value: match &audience.value {
                AssertionAudience::Issuer => "issuer".to_owned(),
                AssertionAudience::TokenEndpoint => "token_endpoint".to_owned(),
                AssertionAudience::Own(own) => own.clone(),
            },
            origin: place.of(&audience.origin, ""),
        },
        certificate: certificate(profile),
        ca_file: profile
            .ca_file
            .as_ref()
            .map(|Sourced { value, origin }| format!("{} ({origin})", value.display())),
        now: None,
    }
}

fn set(value: &impl ToString, origin: &Origin) -> Setting {
    Setting {
        value: value.to_string(),
        origin: known(origin),
    }
}

/// The origin of a value, as the vocabulary of advice has it.
pub(crate) fn known(origin: &Origin) -> context::Origin {
    match origin {
        Origin::Flag(flag) => context::Origin::Flag((*flag).to_owned()),
        Origin::Env(name) => context::Origin::Environment(name.clone()),
        other => context::Origin::Other(other.to_string()),
    }
}

/// Where a value would be set that nobody has set.
struct Places<'a> {
    profile: &'a Profile,
}

impl Places<'_> {
    fn of(&self, origin: &Origin, variable: &str) -> context::Origin {
        match origin {
            Origin::Default if self.profile.name == ENV_PROFILE && !variable.is_empty() => {
                context::Origin::Environment(variable.to_owned())
            }
            Origin::Default => {
                context::Origin::Other(format!("in [profiles.{}]", self.profile.name))
            }
            set => known(set),
        }
    }
}

/// Where the credential is, and whether that is the keyring.
fn credential(profile: &Profile, kind: CredentialKind) -> (String, bool) {
    let place = match kind {
        CredentialKind::PrivateKey => profile.private_key(),
        CredentialKind::Secret | CredentialKind::Certificate => profile.secret(),
    };
    let in_keyring = matches!(place.value, SecretRef::Keyring { .. });
    match kind {
        CredentialKind::Certificate => (certificate_place(profile), in_keyring),
        CredentialKind::PrivateKey | CredentialKind::Secret => {
            (credential_place(&place), in_keyring)
        }
    }
}

fn certificate(profile: &Profile) -> CertificateSetting {
    let enabled = profile.mtls.enabled();
    match (profile.mtls.certificate(), &profile.mtls.cert) {
        (Some(cert), _) => CertificateSetting::Presented {
            place: format!("{} ({})", cert.value.display(), cert.origin),
        },
        (None, Some(_)) => CertificateSetting::Disabled {
            origin: enabled.origin.to_string(),
        },
        (None, None) => CertificateSetting::None,
    }
}

/// `client certificate from /home/me/client.pem (config.toml:9)`
pub(crate) fn certificate_place(profile: &Profile) -> String {
    let place = profile.mtls.certificate();
    place.map_or_else(
        || "client certificate".to_owned(),
        |place| {
            format!(
                "client certificate from {} ({})",
                place.value.display(),
                place.origin
            )
        },
    )
}

/// `file /home/me/billing.secret (config.toml:8)`
pub(crate) fn credential_place(place: &Sourced<SecretRef>) -> String {
    let (value, origin) = (place.value.to_string(), place.origin.to_string());
    if value == origin {
        value
    } else {
        format!("{value} ({origin})")
    }
}
