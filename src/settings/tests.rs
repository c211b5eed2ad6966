#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]

use super::choice::{CacheKeySource, CacheStore, MethodChoice};
use super::finding::Severity;
use super::testing::{Home, NoKeyring};
use super::{
    BasicEncoding, ENV_PROFILE, Origin, Profile, SecretRef, Settings, profile_rows, tool_rows,
};
use crate::exit::Exit;
use crate::platform::files::Privacy;
use jeton_oauth::{Algorithm, AuthMethod};
use std::path::Path;
use std::time::Duration;

const FULL: &str = r#"default_profile = "billing"

[cache]
store = "memory"
key = "file"

[defaults]
timeout = "20s"

[profiles.billing]
enabled = true
environment = "prod"
issuer = "https://auth.example.com"
client_id = "billing-batch"
auth_method = "private_key_jwt"
scopes = ["api.read", "api.write api.read"]
audience = "one"
resource = ["https://api.example.com"]
match = ["https://api.example.com/"]
basic_encoding = "raw"
send_client_id = true
min_ttl = "5s"
dpop = false

[profiles.billing.assertion]
alg = "ES256"
kid = "2026-10"
private_key = { file = "billing.pem" }
lifetime = "2m"

[profiles.billing.mtls]
enabled = false
cert = "client.pem"

[profiles.billing.params]
tenant = "canary"

[profiles.billing.headers]
X-Key = "canary"

[profiles.ping]
client_secret = { command = ["vault", "canary"] }
"#;

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

/// Security, client 1.
#[test]
fn no_debug_and_no_row_shows_a_secret() {
    let home = Home::new(&format!(
        "{FULL}[profiles.inline]\nclient_secret = 'canary'\n"
    ));
    let env = [
        ("CC_CLIENT_SECRET", "canary"),
        ("JETON_CACHE_KEY", "canary-canary-canary"),
    ];
    let settings = home.load(&env).unwrap();
    let all = settings.all().unwrap();
    let mut shown = format!("{settings:?} {all:?} {:?}", home.inputs(&env));
    let rows = all
        .iter()
        .flat_map(profile_rows)
        .chain(tool_rows(&settings.tool));
    for row in rows {
        shown.push_str(&format!("{row:?}"));
    }
    assert!(!shown.contains("canary"), "{shown}");
}

#[test]
fn without_a_file_everything_is_as_documented() {
    let settings = Home::empty().load(&[]).unwrap();
    assert!(!settings.tool.config_found);
    let error = settings.select().unwrap_err();
    assert_eq!(error.exit, Exit::Config);
    assert!(error.hints.join("").contains("config init"));
}

#[test]
fn a_file_that_was_named_must_exist() {
    let home = Home::empty();
    let mut inputs = home.inputs(&[]);
    inputs.config = Some(home.folder.path().join("none.toml"));
    let error = Settings::load(&inputs).unwrap_err();
    assert_eq!(error.exit, Exit::Config);
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
    inputs.overrides.scopes = vec!["f1 f2".to_owned(), "f3".to_owned()];
    inputs.overrides.audience = vec!["a".to_owned()];
    inputs.overrides.resource = vec!["https://r.example.com".to_owned()];
    inputs.overrides.min_ttl = Some(Duration::from_secs(9));
    inputs.overrides.ca_file = Some("ca.pem".into());
    let profile = Settings::load(&inputs).unwrap().select().unwrap();
    assert_eq!(profile.client_id.unwrap().value, "env");
    assert_eq!(profile.scopes.value.to_string(), "f1 f2 f3");
    assert_eq!(profile.scopes.origin, Origin::Flag("--scope"));
    assert_eq!(profile.audience.value, ["a"]);
    assert_eq!(profile.resource.origin, Origin::Flag("--resource"));
    assert_eq!(profile.min_ttl.value, Duration::from_secs(9));
    assert_eq!(profile.ca_file.unwrap().value, Path::new("ca.pem"));

    // client requirement 18
    inputs.overrides.resource = vec!["api".to_owned()];
    let error = Settings::load(&inputs).unwrap().select().unwrap_err();
    assert!(
        error
            .message
            .starts_with("flag --resource: api: a resource must be"),
        "{error}"
    );
    inputs.overrides.resource = vec![];
    inputs.overrides.scopes = vec!["\"".to_owned()];
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

#[test]
fn a_later_source_of_a_secret_is_not_opened() {
    let home = Home::new("[profiles.p]\nclient_secret = { file = '/nonexistent/secret' }\n");
    let settings = home
        .load(&[
            ("CC_CLIENT_SECRET", "s"),
            ("CC_CLIENT_SECRET_FILE", "/nonexistent/other"),
        ])
        .unwrap();
    let secret = settings.select().unwrap().secret();
    assert_eq!(secret.origin.to_string(), "env CC_CLIENT_SECRET");
    let fetched = settings.fetch(&secret.value, &NoKeyring).unwrap();
    assert_eq!((fetched.text.as_str(), fetched.source), ("s", "env"));
    // Set to nothing, the variable is told of: it does not make way for another source.
    let settings = home.load(&[("CC_CLIENT_SECRET", "")]).unwrap();
    let secret = settings.select().unwrap().secret();
    let error = settings.fetch(&secret.value, &NoKeyring).unwrap_err();
    assert_eq!(error.exit, Exit::Credential);
}

#[test]
fn left_out_secrets_are_looked_for_in_the_keyring() {
    let profile = Home::new("[profiles.p]\n")
        .load(&[])
        .unwrap()
        .select()
        .unwrap();
    let secret = profile.secret();
    assert_eq!(secret.origin.to_string(), "keyring jeton/p");
    assert_eq!(
        profile.private_key().origin.to_string(),
        "keyring jeton/p/private_key"
    );
}

/// What is wrong in a file, as `line:column message | hint`.
fn findings(toml: &str) -> Vec<String> {
    let home = Home::new(toml);
    let (_, findings) = Settings::examine(&home.inputs(&[])).unwrap();
    findings
        .iter()
        .map(|finding| {
            format!(
                "{}:{} {} | {}",
                finding.line.unwrap(),
                finding.column.unwrap(),
                finding.message,
                finding.hint.clone().unwrap_or_default()
            )
        })
        .collect()
}

#[test]
fn unknown_keys_are_all_reported_with_place_and_nearest_key() {
    let toml = "defualt_profile = 'a'\nissuer = 'x'\n[profiles.a]\n  isuer = 'x'\nkid = '1'\ncolour = 1\n[profiles.a.assertion]\nclient_id = 'x'\n[cache]\nstor = 1\n[defaults]\nscopes = []\n";
    let found = findings(toml);
    assert_eq!(
        found[..4],
        [
            "1:1 unknown key `defualt_profile` | did you mean `default_profile`?",
            "2:1 unknown key `issuer` | it belongs in a [profiles.NAME] table",
            "4:3 unknown key `isuer` | did you mean `issuer`?",
            "5:1 unknown key `kid` | it belongs in [profiles.a.assertion]",
        ]
    );
    assert!(
        found[4].starts_with("6:1 unknown key `colour` | known here: enabled, "),
        "{found:?}"
    );
    assert_eq!(
        found[5..],
        [
            "8:1 unknown key `client_id` | it belongs in the table of the profile",
            "10:1 unknown key `stor` | did you mean `store`?",
            "12:1 unknown key `scopes` | set it in each [profiles.NAME]",
        ]
    );
    let error = Home::new(toml).load(&[]).unwrap_err();
    assert_eq!((error.exit, error.details.len()), (Exit::Config, 8));
    let one = Home::new("[profiles.a]\nisuer = 1").load(&[]).unwrap_err();
    assert!(
        one.message
            .ends_with("config.toml:2:1: unknown key `isuer`"),
        "{one}"
    );
    assert_eq!(one.hints, ["did you mean `issuer`?"]);
}

#[test]
fn wrong_values_are_told_with_what_was_expected() {
    for (line, expected) in [
        (
            "client_id = 5",
            "13 `client_id`: expected a text in quotes, found a number",
        ),
        ("client_id = ''", "`client_id`: the value is empty"),
        (
            "enabled = 'yes'",
            "`enabled`: expected true or false, found a text",
        ),
        (
            "scopes = [1]",
            "`scopes`: expected a text in quotes or a list of texts, found a number",
        ),
        ("scopes = ['a\"b']", "`scopes`: a scope has characters"),
        (
            "timeout = 30",
            "`timeout`: a duration needs a unit: write \"30s\"",
        ),
        ("timeout = '30'", "`timeout`: a duration needs a unit"),
        (
            "timeout = '0s'",
            "`timeout`: nothing can be done in no time",
        ),
        (
            "assertion = 1",
            "`assertion`: expected a table, found a number",
        ),
        (
            "assertion.lifetime = '10ms'",
            "`lifetime`: an assertion has to live",
        ),
        ("assertion.alg = 'none'", "`alg`: expected one of"),
        (
            "auth_method = 'federated'",
            "not supported by this version of jeton yet",
        ),
        (
            "provider = 'okta'",
            "`provider` is not supported by this version of jeton yet",
        ),
        (
            "dpop = true",
            "`dpop` is not supported by this version of jeton yet",
        ),
        ("mtls = true", "`mtls`: expected a table, found true"),
        ("mtls.enabled = 'yes'", "`enabled`: expected true or false"),
        ("mtls.cert = ['x']", "`cert`: expected a text in quotes"),
        (
            "mtls.cert = '-----BEGIN canary'",
            "`cert`: expected the path of a PEM file",
        ),
        (
            "mtls.key = 'canary.key'",
            "`key`: expected where the key is: for a file write { file = ",
        ),
        (
            "mtls.certificate = 'x'",
            "unknown key `certificate` | known here: enabled, cert, key",
        ),
        ("mtls.crt = 'x'", "unknown key `crt` | did you mean `cert`?"),
        (
            "mtls.client_id = 'x'",
            "unknown key `client_id` | it belongs in the table of the profile",
        ),
        (
            "cert = 'x'",
            "unknown key `cert` | it belongs in [profiles.p.mtls]",
        ),
        (
            "issuer = 'http://auth.example.com'",
            "the issuer must be https",
        ),
        (
            "token_endpoint = 'http://auth.example.com/t'",
            "http is for loopback alone",
        ),
        (
            "token_endpoint = 'https://u:canary@auth.example.com/t'",
            "no user information",
        ),
        ("resource = 'api'", "a resource must be an absolute URI"),
        ("match = 'https://h.example/?q'", "no query"),
        (
            "params.grant_type = 'password'",
            "jeton sets the parameter `grant_type` itself",
        ),
        (
            "params.n = 1",
            "`n`: expected a text in quotes, found a number",
        ),
        (
            "headers.Authorization = 'canary'",
            "jeton sets the header `Authorization` itself",
        ),
        (
            "client_secret = 5",
            "`client_secret`: expected a table with one of",
        ),
        (
            "client_secret = {}",
            "`client_secret`: expected a table with one of",
        ),
        (
            "client_secret = { env = 'A', file = 'b' }",
            "expected a table with one of",
        ),
        (
            "client_secret = { fiel = 'b' }",
            "unknown kind of secret `fiel` | did you mean `file`?",
        ),
        (
            "client_secret = { env = 1 }",
            "`client_secret.env`: expected the name of a variable",
        ),
        (
            "client_secret = { command = 'pass canary' }",
            "there is no shell",
        ),
        ("client_secret = { command = [] }", "there is no shell"),
        (
            "client_secret = { keyring = '/canary' }",
            "expected the name of an entry",
        ),
    ] {
        let found = findings(&format!("[profiles.p]\n{line}\n"));
        assert_eq!(found.len(), 1, "{line}: {found:?}");
        assert!(
            found[0].starts_with("2:") && found[0].contains(expected),
            "{line}: {found:?}"
        );
        assert!(!found[0].contains("canary"), "{found:?}");
    }
    assert!(findings("default_profile = 'b'\n[profiles.a]\n")[0].contains("did you mean `a`?"));
    assert!(findings("profiles = 1")[0].contains("expected a table"));
    assert!(findings("[profiles]\na = 1")[0].contains("expected a table"));
    assert!(findings("[profiles.'']\n")[0].contains("a name that can be typed"));
}

#[test]
fn what_this_version_does_not_do_is_refused_in_the_environment_too() {
    let home = Home::new("[profiles.p]\n");
    for (name, value) in [("CC_DPOP", "1"), ("CC_AUTH_METHOD", "federated")] {
        let error = home.load(&[(name, value)]).unwrap().select().unwrap_err();
        assert_eq!(error.exit, Exit::Config);
        assert!(
            error.message.contains("not supported by this version"),
            "{error}"
        );
    }
    let off = [("CC_DPOP", "0")];
    home.load(&off).unwrap().select().unwrap();
}

#[test]
fn production_is_off_until_it_is_switched_on() {
    let enabled = |toml: &str| {
        let home = Home::new(&format!("[profiles.p]\n{toml}\n"));
        home.load(&[])
            .unwrap()
            .select()
            .map_err(|error| error.exit)
            .map(|_| ())
    };
    assert_eq!(enabled("environment = 'prod'"), Err(Exit::Config));
    assert_eq!(enabled("environment = 'PROD'"), Err(Exit::Config));
    assert_eq!(enabled("environment = 'prod'\nenabled = true"), Ok(()));
    assert_eq!(enabled("environment = 'dev'"), Ok(()));
    assert_eq!(enabled("enabled = false"), Err(Exit::Config));
}

#[test]
fn forms_of_a_reference() {
    let home = Home::new(
        "[profiles.a]\nclient_secret = { keyring = 'svc/user/more' }\n[profiles.b]\nclient_secret = { keyring = { service = 's', user = 'u' } }\n[profiles.c]\nclient_secret.file = '~/s'\n[profiles.d]\nclient_secret = { command = ['./get', '-x'] }\n[profiles.e]\nclient_secret.env = 'E'\n",
    );
    let settings = home.load(&[]).unwrap();
    let references: Vec<_> = settings
        .profiles
        .iter()
        .map(|profile| profile.secret().value)
        .collect();
    let keyring = |service: &str, user: &str| SecretRef::Keyring {
        service: service.to_owned(),
        user: user.to_owned(),
    };
    let folder = home.folder.path();
    let program = folder.join("./get").to_str().unwrap().to_owned();
    assert_eq!(
        references,
        [
            keyring("svc", "user/more"),
            keyring("s", "u"),
            SecretRef::File(folder.join("s")),
            SecretRef::Command(vec![program, "-x".to_owned()]),
            SecretRef::Env("E".to_owned()),
        ]
    );
}

#[cfg(unix)]
#[test]
fn a_literal_secret_needs_a_file_of_ones_own() {
    use std::os::unix::fs::PermissionsExt;
    let home = Home::new("[profiles.p]\nclient_secret = 'canary'\n");
    let settings = home.load(&[]).unwrap();
    let secret = settings.select().unwrap().secret();
    assert_eq!(
        settings.fetch(&secret.value, &NoKeyring).unwrap().source,
        "config"
    );
    assert_eq!(settings.warnings.len(), 1);
    assert_eq!(settings.warnings[0].severity, Severity::Warning);
    assert!(
        settings.warnings[0]
            .hint
            .as_ref()
            .unwrap()
            .contains("jeton auth login")
    );
    for mode in [0o644, 0o640, 0o604] {
        std::fs::set_permissions(home.config(), std::fs::Permissions::from_mode(mode)).unwrap();
        let error = home.load(&[]).unwrap_err();
        assert_eq!(error.exit, Exit::Config);
        assert!(error.hints.join("").contains("chmod 600"), "{error:?}");
        assert!(!format!("{error:?}").contains("canary"));
    }
}

#[test]
fn a_syntax_error_does_not_repeat_the_line() {
    let error = Home::new("[profiles.p]\nclient_secret = canary\n")
        .load(&[])
        .unwrap_err();
    assert!(
        error.message.contains("config.toml:2:17: not TOML"),
        "{error}"
    );
    assert!(!format!("{error:?}").contains("canary"), "{error:?}");
}

const EXAMPLE: &str = include_str!("../../config.example.toml");

/// A key behind a mark, and not a sentence.
fn is_setting(line: &str) -> bool {
    let key = line.split_once(" = ").map_or("", |(key, _)| key);
    !key.is_empty()
        && key
            .chars()
            .all(|c| c.is_ascii_alphanumeric() || "_-".contains(c))
}

/// The example file with the lines behind one of the marks switched on.
fn example(marks: &[&str]) -> String {
    let switch_on = |line: &str| {
        let setting = marks.iter().find_map(|mark| line.strip_prefix(mark));
        setting
            .filter(|rest| is_setting(rest))
            .unwrap_or(line)
            .to_owned()
    };
    EXAMPLE
        .lines()
        .map(switch_on)
        .collect::<Vec<_>>()
        .join("\n")
}

/// The settings of a text, without where they come from.
fn plain(toml: &str) -> (Vec<(String, String)>, Profile) {
    let home = Home::new(toml);
    let settings = home
        .load(&[("JETON_CACHE_DIR", "/c"), ("JETON_CONFIG", "/unused")])
        .unwrap();
    let profile = settings.chosen().unwrap();
    let rows = tool_rows(&settings.tool)
        .into_iter()
        .chain(profile_rows(&profile));
    let values = rows
        .filter(|row| row.key != "config")
        .map(|row| (row.key, row.value));
    (values.collect(), profile)
}

#[test]
fn the_documented_defaults_are_the_defaults() {
    let (bare, _) = plain("[profiles.example]\n");
    let (as_written, _) = plain(EXAMPLE);
    let (switched_on, profile) = plain(&example(&["# "]));
    assert_eq!(as_written, bare);
    assert_eq!(switched_on, bare);
    // The defaults were switched on indeed: they come from the file now.
    let from_file = profile_rows(&profile);
    let still_default: Vec<_> = from_file
        .iter()
        .filter(|row| row.origin == "default")
        .map(|row| row.key.as_str())
        .collect();
    assert_eq!(still_default, [""; 0]);
}

#[test]
fn the_example_shows_every_key() {
    let everything = example(&["## ", "# "]);
    // Some keys stand in [defaults] and in the profile both, so all of it is valid at once.
    let home = Home::new(&everything);
    let settings = home.load(&[]).unwrap();
    assert_eq!(settings.default_profile.unwrap().value, "example");
    let table: toml::Table = everything.parse().unwrap();
    let profile = table["profiles"]["example"].as_table().unwrap();
    for (keys, table) in [
        (super::file::ROOT_KEYS, &table),
        (super::tool::CACHE_KEYS, table["cache"].as_table().unwrap()),
        (
            super::profile_file::DEFAULTS_KEYS,
            table["defaults"].as_table().unwrap(),
        ),
        (super::profile_file::PROFILE_KEYS, profile),
        (
            super::profile_file::ASSERTION_KEYS,
            profile["assertion"].as_table().unwrap(),
        ),
        (super::mtls::MTLS_KEYS, profile["mtls"].as_table().unwrap()),
    ] {
        for key in keys {
            assert!(table.contains_key(*key), "`{key}` is not shown");
        }
    }
}

#[test]
fn the_example_names_every_variable_of_a_profile_that_works() {
    for variable in super::env::ALL {
        let of_profile = variable.name.starts_with("CC_") || variable.name.starts_with("OIDC_");
        let refused = variable.doc.contains("not supported");
        if of_profile && !refused {
            assert!(EXAMPLE.contains(variable.name), "{}", variable.name);
        }
    }
}

/// Reads a text as a configuration file, with everything behind it.
fn digest(text: &str) -> usize {
    let source = super::document::Source::new(Path::new("c.toml"), text, Privacy::Private, None);
    let home = Home::empty();
    let mut settings = home.load(&[]).unwrap();
    let mut found = Vec::new();
    super::file::read(&source, &mut settings.tool, &mut found);
    found.len()
}

proptest::proptest! {
    #[test]
    fn no_text_makes_the_loader_panic(text in "[a-c=\\[\\]{}.'\"#\n0-9é,]{0,60}") {
        digest(&text);
    }

    #[test]
    fn no_value_makes_the_loader_panic(
        table in proptest::sample::select(vec!["", "[cache]", "[defaults]", "[profiles]", "[profiles.p]", "[profiles.p.assertion]", "[profiles.p.mtls]", "[profiles.p.params]"]),
        key in proptest::sample::select(
            [super::file::ROOT_KEYS, super::profile_file::PROFILE_KEYS, super::profile_file::ASSERTION_KEYS, super::mtls::MTLS_KEYS, &["store", "dpop", "\"\""]].concat()
        ),
        value in proptest::sample::select(vec![
            "1", "-1", "1.5", "true", "''", "'x'", "[]", "['x', 1]", "{}", "{ env = 1 }", "{ file = 'x' }", "{ command = ['', 1] }",
            "{ keyring = '/' }", "{ keyring = {} }", "1979-05-27", "'é'", "'https://h'", "'99999999999999999999s'", "nan", "[[[]]]",
        ]),
    ) {
        digest(&format!("{table}\n{key} = {value}\n"));
    }
}
