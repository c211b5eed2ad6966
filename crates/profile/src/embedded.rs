//! The client of an authority inside this process: it takes the place of whatever is configured.

use super::origin::{Origin, Sourced};
use super::profile::Profile;
use super::secret_ref::SecretRef;
use jeton_client::MethodChoice;
use jeton_oauth::{AuthMethod, ClientSecret, Issuer, ResourceUri, Scopes};

/// The name of its profile.
pub const EMBEDDED_PROFILE: &str = "embedded";

/// What such an authority says of the client that it made. `Debug` shows no secret.
#[derive(Debug, Clone)]
pub struct EmbeddedClient {
    /// The issuer.
    pub issuer: Issuer,
    /// The client identifier.
    pub client_id: String,
    /// PEM. It is in this process alone, and authenticates nobody after it.
    pub private_key: ClientSecret,
    /// What it may ask for.
    pub scopes: Scopes,
    /// What its tokens are for.
    pub resource: ResourceUri,
}

impl EmbeddedClient {
    /// The profile that the client would have in a file. What was asked for on the command line stays as it is.
    pub(super) fn complete(&self, mut profile: Profile) -> Profile {
        profile.issuer = Some(embedded(self.issuer.clone()));
        profile.client_id = Some(embedded(self.client_id.clone()));
        profile.auth_method = embedded(MethodChoice::One(AuthMethod::PrivateKeyJwt));
        let key = SecretRef::Literal(self.private_key.clone());
        profile.assertion.private_key = Some(embedded(key));
        if profile.scopes.value.is_empty() {
            profile.scopes = embedded(self.scopes.clone());
        }
        if profile.resource.value.is_empty() && profile.audience.value.is_empty() {
            profile.resource = embedded(vec![self.resource.clone()]);
        }
        profile
    }
}

const fn embedded<T>(value: T) -> Sourced<T> {
    Sourced::new(value, Origin::Flag("--embedded"))
}

#[cfg(test)]
#[expect(clippy::unwrap_used, reason = "a test fails by panicking")]
mod tests {
    use super::EmbeddedClient;
    use crate::purpose::Purpose;
    use crate::testing::{Home, NoKeyring};
    use crate::{Settings, profile_rows};
    use jeton_oauth::{ClientSecret, Issuer, ResourceUri, Scopes};

    fn client() -> EmbeddedClient {
        EmbeddedClient {
            issuer: Issuer::parse("http://127.0.0.1:1").unwrap(),
            client_id: "dev-key".to_owned(),
            private_key: ClientSecret::new("canary"),
            scopes: Scopes::parse("api.read").unwrap(),
            resource: ResourceUri::parse("https://api.example.com").unwrap(),
        }
    }

    const FILE: &str = "default_profile = 'a'\n[defaults]\ntimeout = '5s'\n[profiles.a]\nissuer = 'https://a.example.com'\nenvironment = 'prod'\n[profiles.b]\n";

    #[test]
    fn it_takes_the_place_of_file_and_environment() {
        let home = Home::new(FILE);
        let mut inputs = home.inputs(&[("CC_CLIENT_ID", "other"), ("JETON_PROFILE", "b")]);
        inputs.embedded = Some(client());
        let settings = Settings::load(&inputs).unwrap();
        let profile = settings.select().unwrap();
        assert_eq!(profile.name, "embedded");
        assert_eq!(settings.all().unwrap(), std::slice::from_ref(&profile));
        assert_eq!(settings.chosen_by().unwrap(), "flag --embedded");
        assert!(!settings.undecided().unwrap());
        let rows = profile_rows(&profile);
        let row = |key: &str| {
            let row = rows.iter().find(|row| row.key == key).unwrap();
            (row.value.as_str(), row.origin.as_str())
        };
        assert_eq!(row("issuer"), ("http://127.0.0.1:1", "flag --embedded"));
        assert_eq!(row("client_id"), ("dev-key", "flag --embedded"));
        assert_eq!(row("scopes"), ("api.read", "flag --embedded"));
        assert_eq!(row("timeout"), ("5s", "config.toml:3"));
        assert_eq!(
            row("assertion.private_key"),
            ("(masked)", "flag --embedded")
        );
    }

    #[test]
    fn what_is_asked_for_stays_and_nothing_shows_the_key() {
        let home = Home::empty();
        let mut inputs = home.inputs(&[]);
        inputs.embedded = Some(client());
        inputs.overrides.set("--scope", ["api.write"]);
        inputs.overrides.set("--audience", ["urn:x"]);
        let settings = Settings::load(&inputs).unwrap();
        let profile = settings.select().unwrap();
        assert_eq!(profile.scopes.value.to_string(), "api.write");
        assert_eq!(profile.audience.value, ["urn:x"]);
        assert!(profile.resource.value.is_empty());
        let key = profile.private_key();
        let purpose = Purpose::PrivateKey("embedded");
        let fetched = settings.fetch(&key, purpose, &NoKeyring).unwrap();
        assert_eq!(
            (fetched.text.as_str(), fetched.source),
            ("canary", "config")
        );
        let shown = format!("{settings:?} {inputs:?} {profile:?} {:?}", client());
        assert!(!shown.contains("canary"), "{shown}");
    }
}
