//! Secrets: found where they are referred to, not opened before that, and shown nowhere.

use super::FULL;
use crate::ErrorKind;
use crate::purpose::Purpose;
use crate::testing::{Home, NoKeyring};
use crate::{SecretRef, profile_rows, tool_rows};

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
    let fetched = settings
        .fetch(&secret, Purpose::ClientSecret("p"), &NoKeyring)
        .unwrap();
    assert_eq!((fetched.text.as_str(), fetched.source), ("s", "env"));
    // Set to nothing, the variable is told of: it does not make way for another source.
    let settings = home.load(&[("CC_CLIENT_SECRET", "")]).unwrap();
    let secret = settings.select().unwrap().secret();
    let error = settings
        .fetch(&secret, Purpose::ClientSecret("p"), &NoKeyring)
        .unwrap_err();
    assert_eq!(error.kind, ErrorKind::Credential);
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
        settings
            .fetch(&secret, Purpose::ClientSecret("p"), &NoKeyring)
            .unwrap()
            .source,
        "config"
    );
    assert_eq!(settings.warnings.len(), 1);
    assert!(!settings.warnings[0].is_error());
    let remedy = &settings.warnings[0].finding.remedy;
    assert!(remedy[0].contains("jeton auth login"), "{remedy:?}");
    for mode in [0o644, 0o640, 0o604] {
        std::fs::set_permissions(home.config(), std::fs::Permissions::from_mode(mode)).unwrap();
        let error = home.load(&[]).unwrap_err();
        assert_eq!(error.kind, ErrorKind::Config);
        assert!(error.hints.join("").contains("chmod 600"), "{error:?}");
        assert!(!format!("{error:?}").contains("canary"));
    }
}
