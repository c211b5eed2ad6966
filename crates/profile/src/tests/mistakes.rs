//! What is wrong with a file or a variable, told with its place and what to do.

use crate::ErrorKind;
use crate::Settings;
use crate::file::ROOT_KEYS;
use crate::profile_file::{assertion_keys, mtls_keys, profile_keys};
use crate::testing::Home;
use jeton_files::Privacy;
use std::path::Path;

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
                finding.finding.what,
                finding.finding.remedy.join(" ")
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
        found[4].starts_with("6:1 unknown key `colour` | known keys: enabled, "),
        "{found:?}"
    );
    assert_eq!(
        found[5..],
        [
            "8:1 unknown key `client_id` | it belongs in the profile's table",
            "10:1 unknown key `stor` | did you mean `store`?",
            "12:1 unknown key `scopes` | set it in each [profiles.NAME]",
        ]
    );
    let error = Home::new(toml).load(&[]).unwrap_err();
    assert_eq!((error.kind, error.details.len()), (ErrorKind::Config, 8));
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
            "13 `client_id`: expected a string, found a number",
        ),
        ("client_id = ''", "`client_id`: the value is empty"),
        (
            "enabled = 'yes'",
            "`enabled`: expected true or false, found a string",
        ),
        (
            "scopes = [1]",
            "`scopes`: expected a string or a list of strings, found a number",
        ),
        ("scopes = ['a\"b']", "`scopes`: a scope has characters"),
        (
            "timeout = 30",
            "`timeout`: a duration needs a unit: write \"30s\"",
        ),
        ("timeout = '30'", "`timeout`: a duration needs a unit"),
        ("timeout = '0s'", "`timeout`: must be more than zero"),
        (
            "assertion = 1",
            "`assertion`: expected a table, found a number",
        ),
        (
            "assertion.backdate = '301s'",
            "`backdate`: an assertion is set back by 5m at most",
        ),
        (
            "assertion.lifetime = '10ms'",
            "`lifetime`: must be at least one second",
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
        ("mtls.cert = ['x']", "`cert`: expected a string"),
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
            "unknown key `certificate` | known keys: enabled, cert, key",
        ),
        ("mtls.crt = 'x'", "unknown key `crt` | did you mean `cert`?"),
        (
            "mtls.client_id = 'x'",
            "unknown key `client_id` | it belongs in the profile's table",
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
            "http is allowed on loopback only",
        ),
        (
            "token_endpoint = 'https://u:canary@auth.example.com/t'",
            "must not have user information",
        ),
        ("resource = 'api'", "a resource must be an absolute URI"),
        ("match = 'https://h.example/?q'", "must not have a query"),
        (
            "params.grant_type = 'password'",
            "jeton sets the parameter `grant_type` itself",
        ),
        ("params.n = 1", "`n`: expected a string, found a number"),
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
    assert!(findings("[profiles.'']\n")[0].contains("a printable name"));
}

#[test]
fn what_this_version_does_not_do_is_refused_in_the_environment_too() {
    let home = Home::new("[profiles.p]\n");
    for (name, value) in [("CC_DPOP", "1"), ("CC_AUTH_METHOD", "federated")] {
        let error = home.load(&[(name, value)]).unwrap().select().unwrap_err();
        assert_eq!(error.kind, ErrorKind::Config);
        assert!(
            error.message.contains("not supported by this version"),
            "{error}"
        );
    }
    let off = [("CC_DPOP", "0")];
    home.load(&off).unwrap().select().unwrap();
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

/// Reads a text as a configuration file, with everything behind it.
fn digest(text: &str) -> usize {
    let source = crate::document::Source::new(Path::new("c.toml"), text, Privacy::Private, None);
    let home = Home::empty();
    let mut settings = home.load(&[]).unwrap();
    let mut found = Vec::new();
    crate::file::read(&source, &mut settings.tool, &mut found);
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
            [ROOT_KEYS, &profile_keys(), &assertion_keys(), &mtls_keys(), &["store", "dpop", "\"\""]].concat()
        ),
        value in proptest::sample::select(vec![
            "1", "-1", "1.5", "true", "''", "'x'", "[]", "['x', 1]", "{}", "{ env = 1 }", "{ file = 'x' }", "{ command = ['', 1] }",
            "{ keyring = '/' }", "{ keyring = {} }", "1979-05-27", "'é'", "'https://h'", "'99999999999999999999s'", "nan", "[[[]]]",
        ]),
    ) {
        digest(&format!("{table}\n{key} = {value}\n"));
    }
}
