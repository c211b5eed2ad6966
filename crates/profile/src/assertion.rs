//! How client assertions are made.

use crate::env;
use crate::origin::Sourced;
use crate::secret_ref::SecretRef;
use crate::setting::{Reason, settings};
use jeton_client::{AssertionAudience, AssertionConfig, AssertionType};
use jeton_oauth::Algorithm;
use std::time::Duration;

settings! {
    /// How client assertions are made: `[profiles.NAME.assertion]`.
    pub struct AssertionSettings {
        /// Left out, it follows from the key and from what the server allows.
        "alg" => alg: Option<Sourced<Algorithm>> = None,
            env "CC_JWT_SIGNING_ALG" => "algorithm that signs the client assertion, such as ES256";
        /// `kid` of the header.
        "kid" => kid: Option<Sourced<String>> = None,
            env "CC_JWT_SIGNING_KID" => "key id in the header of the client assertion";
        /// Left out, it is looked for in the keyring: see [`crate::Profile::private_key`].
        "private_key" => private_key: Option<Sourced<SecretRef>> = None,
            secret env::CC_JWT_PRIVATE_KEY => "private key as PEM or JWK; wins over CC_JWT_PRIVATE_KEY_FILE",
            env env::CC_JWT_PRIVATE_KEY_FILE => "file with the private key";
        /// How long an assertion is valid.
        "lifetime" => lifetime: Sourced<Duration> = Sourced::default(Duration::from_secs(60)),
            check ten_minutes_at_most;
        /// How far `iat` is set back, for a server whose clock is behind.
        "backdate" => backdate: Sourced<Duration> = Sourced::default(Duration::ZERO),
            check five_minutes_at_most;
        /// Whom an assertion is addressed to.
        "audience" => audience: Sourced<AssertionAudience> = Sourced::default(AssertionAudience::Issuer);
        /// `typ` of the header.
        "typ" => typ: Sourced<AssertionType> = Sourced::default(AssertionType::ClientAuthentication);
    }
}

impl AssertionSettings {
    /// What the client library needs of it.
    pub(crate) fn config(&self, send_client_id: bool) -> AssertionConfig {
        // Named one by one, so that a setting that is forgotten here does not compile.
        let Self {
            alg,
            kid,
            private_key: _fetched_when_it_is_needed,
            lifetime,
            backdate,
            audience,
            typ,
        } = self;
        AssertionConfig {
            alg: alg.as_ref().map(|found| found.value),
            kid: kid.as_ref().map(|found| found.value.clone()),
            lifetime: lifetime.value,
            backdate: backdate.value,
            audience: audience.value.clone(),
            typ: typ.value,
            send_client_id,
        }
    }
}

/// A clock that is further behind is to be put right: the server would take assertions long past their end.
fn five_minutes_at_most(backdate: &Duration) -> Result<(), Reason> {
    if *backdate > Duration::from_secs(5 * 60) {
        return Err("an assertion is set back by 5m at most".into());
    }
    Ok(())
}

/// Whoever gets hold of an assertion can use it until it ends.
fn ten_minutes_at_most(lifetime: &Duration) -> Result<(), Reason> {
    if lifetime.as_secs() == 0 {
        return Err("must be at least one second".into());
    }
    if *lifetime > Duration::from_secs(10 * 60) {
        return Err(Reason {
            text: "an assertion is valid for 10m at most".to_owned(),
            hint: Some("60s is enough for one request"),
        });
    }
    Ok(())
}
