//! `serve --dev` and `--embedded`: throw-away clients, one for each way that a person tries first.

use crate::admin::{Admin, AdminError};
use crate::client::{InvalidRegistration, Registration};
use crate::resource::Resource;
use jeton_oauth::{Algorithm, AuthMethod, ClientSecret, JwkSet, PrivateKey, Scopes};
use std::fmt;
use zeroize::Zeroizing;

/// What a person needs to get a token from a throw-away authority. `Debug` shows neither the key nor the secret.
pub struct DevAccess {
    /// The client with `private_key_jwt`.
    pub key_client_id: String,
    /// Its private key, PKCS#8 as PEM, for ES256.
    pub private_key_pem: Zeroizing<String>,
    /// The client with `client_secret_basic`.
    pub secret_client_id: String,
    /// Its secret.
    pub secret: ClientSecret,
    /// What both may ask for.
    pub scopes: Scopes,
    /// What both get tokens for when they name nothing.
    pub resource: String,
}

const RESOURCE: &str = "https://api.example.com";
const SCOPES: &str = "api.read api.write";

impl fmt::Debug for DevAccess {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("DevAccess")
            .field("key_client_id", &self.key_client_id)
            .field("secret_client_id", &self.secret_client_id)
            .field("scopes", &self.scopes)
            .field("resource", &self.resource)
            .finish_non_exhaustive()
    }
}

impl DevAccess {
    /// Registers `dev-key` and `dev-secret`.
    ///
    /// # Errors
    ///
    /// When they are there already, or the store fails.
    pub async fn create(admin: &Admin) -> Result<Self, AdminError> {
        let scopes = Scopes::parse(SCOPES).map_err(|error| invalid(&error))?;
        admin
            .put_resource(Resource::new(RESOURCE, Some(scopes.clone())))
            .await?;
        let client = |id: &str, method| Registration {
            id: Some(id.to_owned()),
            scopes: scopes.clone(),
            resources: vec![RESOURCE.to_owned()],
            default_resources: vec![RESOURCE.to_owned()],
            ..Registration::new(format!("{id} (throw-away)"), method)
        };
        let (private_key_pem, jwks) = key_pair()?;
        let key = Registration {
            jwks: Some(jwks),
            ..client("dev-key", AuthMethod::PrivateKeyJwt)
        };
        let key = admin.register(key).await?;
        let secret = client("dev-secret", AuthMethod::ClientSecretBasic);
        let secret = admin.register(secret).await?;
        Ok(Self {
            key_client_id: key.client_id,
            private_key_pem,
            secret_client_id: secret.client_id,
            secret: secret
                .secret
                .ok_or_else(|| invalid(&"the client got no secret"))?,
            scopes,
            resource: RESOURCE.to_owned(),
        })
    }
}

/// A new ES256 key: its private half as PEM, its public half as a key set.
pub(super) fn key_pair() -> Result<(Zeroizing<String>, String), AdminError> {
    let key = PrivateKey::generate(Algorithm::ES256).map_err(|error| invalid(&error))?;
    let pem = key.to_pem().map_err(|error| invalid(&error))?;
    Ok((pem, public_set(&key)?))
}

/// A key set with the public half of a key; the `kid` is its thumbprint.
pub(super) fn public_set(key: &PrivateKey) -> Result<String, AdminError> {
    let mut jwk = key.public_jwk();
    jwk.kid = jwk.kid.or_else(|| key.public_jwk().thumbprint());
    let set = JwkSet {
        keys: vec![jwk],
        skipped: Vec::new(),
    };
    serde_json::to_string(&set).map_err(|error| invalid(&error))
}

pub(super) fn invalid(error: &dyn fmt::Display) -> AdminError {
    InvalidRegistration(error.to_string()).into()
}
