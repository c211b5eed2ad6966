//! Configuration files: every one is read or refused with a place in it, and what was read is shown and used without a surprise.
#![no_main]

use jeton_profile::{Inputs, Located, SecretRef, Settings, profile_rows, tool_rows};
use libfuzzer_sys::fuzz_target;
use std::path::PathBuf;
use std::sync::LazyLock;

/// A file of this process; `fuzz/run` removes it with all others.
static FILE: LazyLock<PathBuf> =
    LazyLock::new(|| std::env::temp_dir().join(format!("jeton-fuzz-{}.toml", std::process::id())));

fuzz_target!(|text: &str| {
    jeton_files::replace(&FILE, text.as_bytes()).expect("a folder for temporary files");
    let inputs = Inputs {
        env: [("HOME".into(), "/home/me".into())].into(),
        config: Some(FILE.clone()),
        ..Inputs::default()
    };
    let (settings, findings) = Settings::examine(&inputs).expect("the file is there");
    let lines = text.split('\n').count();
    for finding in &findings {
        assert!(
            finding.line.is_none_or(|line| (1..=lines).contains(&line)),
            "{finding:?}"
        );
    }
    let errors = findings.iter().any(Located::is_error);
    let loaded = Settings::load(&inputs);
    assert_eq!(
        loaded.is_err(),
        errors,
        "an error refuses the file, and nothing else does"
    );
    assert!(!tool_rows(&settings.tool).is_empty());
    for profile in &settings.profiles {
        let rows = profile_rows(profile);
        for (at, row) in rows.iter().enumerate() {
            assert!(
                rows.iter().skip(at + 1).all(|other| other.key != row.key),
                "{}",
                row.key
            );
            let line = row
                .origin
                .rsplit_once(".toml:")
                .map(|(_, line)| line.parse());
            assert!(
                line.is_none_or(|line| line.is_ok_and(|line: usize| (1..=lines).contains(&line)))
            );
        }
        if let SecretRef::Literal(_) = profile.secret().value {
            let secret = rows.iter().find(|row| row.key == "client_secret");
            assert_eq!(secret.map(|row| row.value.as_str()), Some("(masked)"));
        }
        let usable = profile.require_client_id().is_ok() && profile.require_server().is_ok();
        assert_eq!(profile.client_config(None).is_ok(), usable);
    }
});
