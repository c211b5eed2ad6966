//! Flag, environment, file, default: which of them wins, and what is said of where a value comes from.

use super::FULL;
use crate::ErrorKind;
use crate::choice::{CacheKeySource, CacheStore};
use crate::testing::Home;
use crate::{ENV_PROFILE, Origin, SecretRef, Settings};
use jeton_client::{BasicEncoding, MethodChoice};
use jeton_oauth::{Algorithm, AuthMethod};
use std::path::Path;
use std::time::Duration;

#[test]
fn every_key_arrives_with_its_line() {
    let home = Home::new(FULL);
    let settings = home.load(&[]).unwrap();
    assert!(settings.warnings.is_empty());
    assert_eq!(settings.tool.cache_store.value, CacheStore::Memory);
    assert_eq!(settings.tool.cache_key.value, CacheKeySource::File);
    let profile = settings.select().unwrap();
    assert_eq!(profile.name, "billing");
    assert_eq!(
        profile.issuer.as_ref().unwrap().value.as_str(),
        "https://auth.example.com"
    );
    assert_eq!(
        profile.issuer.as_ref().unwrap().origin.to_string(),
        "config.toml:13"
    );
    assert_eq!(
        profile.auth_method.value,
        MethodChoice::One(AuthMethod::PrivateKeyJwt)
    );
    assert_eq!(profile.scopes.value.to_string(), "api.read api.write");
    assert_eq!(profile.audience.value, ["one"]);
    assert_eq!(
        profile.resource.value[0].as_str(),
        "https://api.example.com"
    );
    assert_eq!(profile.basic_encoding.value, BasicEncoding::Raw);
    assert!(profile.send_client_id.value);
    assert_eq!(profile.timeout.value, Duration::from_secs(20));
    assert_eq!(profile.timeout.origin.to_string(), "config.toml:8");
    assert_eq!(profile.min_ttl.value, Duration::from_secs(5));
    assert_eq!(profile.refresh_before.origin, Origin::Default);
    assert_eq!(
        profile.assertion.alg.as_ref().unwrap().value,
        Algorithm::ES256
    );
    assert_eq!(profile.assertion.lifetime.value, Duration::from_secs(120));
    let key = SecretRef::File(home.folder.path().join("billing.pem"));
    assert_eq!(profile.private_key().value, key);
    assert_eq!(
        profile.params.get("tenant").unwrap().value.as_str(),
        "canary"
    );
    assert_eq!(profile.require_client_id().unwrap(), "billing-batch");
    profile.require_server().unwrap();
}

#[test]
fn without_a_file_everything_is_as_documented() {
    let settings = Home::empty().load(&[]).unwrap();
    assert!(!settings.tool.config_found);
    let error = settings.select().unwrap_err();
    assert_eq!(error.kind, ErrorKind::NotConfigured);
    assert!(error.hints.join("").contains("config init"));
}

#[test]
fn a_file_that_was_named_must_exist() {
    let home = Home::empty();
    let mut inputs = home.inputs(&[]);
    inputs.config = Some(home.folder.path().join("none.toml"));
    let error = Settings::load(&inputs).unwrap_err();
    assert_eq!(error.kind, ErrorKind::NotConfigured);
    assert!(
        error.message.contains("none.toml") && error.message.contains("flag --config"),
        "{error}"
    );
    let missing = home.folder.path().join("other.toml");
    let error = home
        .load(&[("JETON_CONFIG", missing.to_str().unwrap())])
        .unwrap_err();
    assert!(error.message.contains("env JETON_CONFIG"), "{error}");
}

#[test]
fn the_environment_alone_makes_a_profile() {
    let env = [
        ("OIDC_ISSUER", "https://auth.example.com"),
        ("CC_CLIENT_ID", "me"),
        ("CC_SCOPES", "a  b"),
        ("CC_AUDIENCE", "x y"),
        ("CC_RESOURCE", "https://r.example.com"),
        ("CC_AUTH_METHOD", "client_secret_post"),
        ("CC_JWT_SIGNING_ALG", "PS256"),
        ("CC_JWT_SIGNING_KID", "k"),
        ("CC_CLIENT_SECRET_FILE", "/run/secret"),
    ];
    let profile = Home::empty().load(&env).unwrap().select().unwrap();
    assert_eq!(profile.name, ENV_PROFILE);
    assert_eq!(profile.scopes.value.to_string(), "a b");
    assert_eq!(profile.audience.value, ["x", "y"]);
    assert_eq!(profile.resource.value.len(), 1);
    assert_eq!(profile.auth_method.origin.to_string(), "env CC_AUTH_METHOD");
    assert_eq!(profile.assertion.alg.unwrap().value, Algorithm::PS256);
    assert_eq!(
        profile.client_secret.unwrap().value,
        SecretRef::File("/run/secret".into())
    );
    // A file without profiles is no different.
    let of_file = Home::new("[cache]\n").load(&env).unwrap().select().unwrap();
    assert_eq!(of_file.name, ENV_PROFILE);
    // A profile of the file takes the environment's values.
    let home = Home::new("[profiles.p]\nclient_id = 'file'\nregion = 'eu'\n");
    let overlaid = home.load(&env).unwrap().select().unwrap();
    assert_eq!(
        (
            overlaid.name.as_str(),
            overlaid.client_id.unwrap().value.as_str()
        ),
        ("p", "me")
    );
    assert_eq!(overlaid.region.unwrap().value, "eu");
}

#[test]
fn flags_win_over_environment_and_file() {
    let home = Home::new("[profiles.p]\nclient_id = 'file'\nscopes = 'file'\ntimeout = '1s'\n");
    let mut inputs = home.inputs(&[("CC_CLIENT_ID", "env"), ("CC_SCOPES", "env")]);
    inputs.overrides.set("--scope", ["f1 f2", "f3"]);
    inputs.overrides.set("--audience", ["a"]);
    inputs
        .overrides
        .set("--resource", ["https://r.example.com"]);
    inputs.overrides.set("--min-ttl", ["9s"]);
    inputs.overrides.set("--ca-file", ["ca.pem"]);
    let profile = Settings::load(&inputs).unwrap().select().unwrap();
    assert_eq!(profile.client_id.unwrap().value, "env");
    assert_eq!(profile.scopes.value.to_string(), "f1 f2 f3");
    assert_eq!(profile.scopes.origin, Origin::Flag("--scope"));
    assert_eq!(profile.audience.value, ["a"]);
    assert_eq!(profile.resource.origin, Origin::Flag("--resource"));
    assert_eq!(profile.min_ttl.value, Duration::from_secs(9));
    assert_eq!(profile.ca_file.unwrap().value, Path::new("ca.pem"));

    // client requirement 18
    inputs.overrides.set("--resource", ["api"]);
    let error = Settings::load(&inputs).unwrap().select().unwrap_err();
    assert!(
        error
            .message
            .starts_with("flag --resource: api: a resource must be"),
        "{error}"
    );
    inputs.overrides.set("--resource", [""; 0]);
    inputs.overrides.set("--scope", ["\""]);
    let error = Settings::load(&inputs).unwrap().select().unwrap_err();
    assert!(error.message.starts_with("flag --scope: "), "{error}");
    let error = home
        .load(&[("OIDC_ISSUER", "canary")])
        .unwrap()
        .select()
        .unwrap_err();
    assert_eq!(
        error.message,
        "env OIDC_ISSUER: the issuer is not an absolute URL"
    );
}

/// A slip of the program must not become a setting that does nothing.
#[test]
fn a_flag_of_no_setting_is_refused() {
    let home = Home::new("[profiles.p]\n");
    let mut inputs = home.inputs(&[]);
    inputs.overrides.set("--scopes", ["a"]);
    let error = Settings::load(&inputs).unwrap().select().unwrap_err();
    assert_eq!(error.kind, ErrorKind::Usage);
    assert!(error.message.contains("--scopes"), "{error}");
    inputs.overrides.set("--scopes", [""; 0]);
    Settings::load(&inputs).unwrap().select().unwrap();
}

#[test]
fn production_is_off_until_it_is_switched_on() {
    let enabled = |toml: &str| {
        let home = Home::new(&format!("[profiles.p]\n{toml}\n"));
        home.load(&[])
            .unwrap()
            .select()
            .map_err(|error| error.kind)
            .map(|_| ())
    };
    assert_eq!(enabled("environment = 'prod'"), Err(ErrorKind::Config));
    assert_eq!(enabled("environment = 'PROD'"), Err(ErrorKind::Config));
    assert_eq!(enabled("environment = 'prod'\nenabled = true"), Ok(()));
    assert_eq!(enabled("environment = 'dev'"), Ok(()));
    assert_eq!(enabled("enabled = false"), Err(ErrorKind::Config));
}
