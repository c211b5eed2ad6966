//! `--bundle`: a folder with everything that was seen, to hand on. No secret is in it, no token, no assertion, and the
//! user's home is written `~`.

use super::report::Report;
use super::settings::rows;
use super::show;
use super::subject::{Session, Subject};
use crate::error::{Error, Result};
use crate::output::Look;
use crate::output::clean::{clean, escape_json};
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use jeton_files::folder as folders;
use jeton_oauth::{Metadata, json};
use serde_json::{Value, json};
use std::ffi::OsStr;
use std::io::ErrorKind;
use std::path::{Path, PathBuf};

/// Members of a key that are private, or the key itself (RFC 7518 6.2.2, 6.3.2, 6.4): a server that publishes them has
/// a problem of its own, and the report must not spread it.
const PRIVATE: [&str; 8] = ["d", "p", "q", "dp", "dq", "qi", "oth", "k"];

/// Makes the folder before anything is checked: a name that cannot be used should not wait for its end.
///
/// # Errors
/// Exit 2: something is in it already, or it cannot be made.
pub(super) fn claim(folder: &Path) -> Result<PathBuf> {
    let shown = folder.display();
    let failed = |error: &std::io::Error| {
        Error::usage(format!("the folder {shown} cannot be made")).detail(error.to_string())
    };
    match folders::create_new(folder) {
        Ok(()) => {}
        Err(error) if error.kind() == ErrorKind::AlreadyExists => {
            let mut inside = std::fs::read_dir(folder).map_err(|error| failed(&error))?;
            if inside.next().is_some() {
                return Err(Error::usage(format!("{shown} is not empty")).hint("name a new folder"));
            }
            folders::close(folder).map_err(|error| failed(&error))?;
        }
        Err(error) => return Err(failed(&error)),
    }
    Ok(folder.to_path_buf())
}

/// Writes the files, each for the user's eyes alone.
///
/// # Errors
/// Exit 2 where one cannot be written.
pub(super) fn write(
    folder: &Path,
    report: &Report,
    session: &Session<'_>,
    subject: Option<&Subject<'_>>,
    chain: &[Vec<u8>],
) -> Result<()> {
    let home = home(session);
    let put = |name: &str, text: &str| {
        let text = without_home(text, home.as_deref());
        let path = folder.join(name);
        jeton_files::create(&path, text.as_bytes()).map_err(|error| {
            Error::usage(format!("{} cannot be written", path.display())).detail(error.to_string())
        })
    };
    put("report.txt", &show::panel(report, Look::FILE))?;
    put("report.json", &pretty(report)?)?;
    put("about.json", &pretty(&about(session, subject))?)?;
    put("log.txt", &session.app.log.copied())?;
    if !chain.is_empty() {
        let chain: String = chain.iter().map(|der| pem(der)).collect();
        put("server-certificates.pem", &chain)?;
    }
    for (name, text) in documents(session) {
        put(name, &text)?;
    }
    Ok(())
}

fn pretty(value: &impl serde::Serialize) -> Result<String> {
    let text = serde_json::to_string_pretty(value).map_err(anyhow::Error::from)?;
    Ok(format!("{}\n", escape_json(&text)))
}

/// Versions, settings with their origins, and which variables are set: names alone, but for the masks of `config show`.
fn about(session: &Session<'_>, subject: Option<&Subject<'_>>) -> Value {
    let set = |name: &str| {
        let env = &session.app.inputs.env;
        let lower = name.to_ascii_lowercase();
        [name, lower.as_str()]
            .into_iter()
            .find(|name| {
                env.get(OsStr::new(name))
                    .is_some_and(|value| !value.is_empty())
            })
            .map(str::to_owned)
    };
    let variables: Vec<String> = jeton_profile::variables()
        .iter()
        .filter_map(|known| set(known.name))
        .collect();
    let (tool, profile) = subject.map(rows).unwrap_or_default();
    json!({
        "jeton": env!("CARGO_PKG_VERSION"),
        "os": std::env::consts::OS,
        "arch": std::env::consts::ARCH,
        "settings": { "tool": tool, "profile": profile },
        "variables_set": variables,
    })
}

/// What the server published: the same documents, with what is harmful in them escaped.
fn documents(session: &Session<'_>) -> Vec<(&'static str, String)> {
    let mut found: Vec<(&'static str, String)> = Vec::new();
    for recorded in session.recorder.all().into_iter().rev() {
        let Some(body) = recorded.body else { continue };
        let text = String::from_utf8_lossy(&body).into_owned();
        let object = json::parse_object(&body).ok();
        let (name, text) = match &object {
            Some(set) if set.contains_key("keys") => {
                let text = without_private(set).unwrap_or(text);
                ("jwks.json", escape_json(&text).into_owned())
            }
            _ if Metadata::parse(&body).is_ok() => {
                ("metadata.json", escape_json(&text).into_owned())
            }
            // A page or an error instead of a document.
            _ => ("other-answer.txt", clean(&text).into_owned()),
        };
        if !found.iter().any(|(known, _)| *known == name) {
            found.push((name, text));
        }
    }
    found
}

/// The set without the private members of its keys; `None` where there are none, and it can stay as it came.
fn without_private(set: &json::Object) -> Option<String> {
    let mut set = set.clone();
    let mut touched = false;
    for key in set.get_mut("keys")?.as_array_mut()? {
        let Some(members) = key.as_object_mut() else {
            continue;
        };
        for name in PRIVATE {
            if let Some(value) = members.get_mut(name) {
                *value = "[redacted]".into();
                touched = true;
            }
        }
    }
    touched.then(|| Value::Object(set).to_string())
}

fn home(session: &Session<'_>) -> Option<String> {
    let home = session.app.inputs.env.get(OsStr::new("HOME"))?.to_str()?;
    Some(home.trim_end_matches('/').to_owned()).filter(|home| !home.is_empty())
}

fn without_home(text: &str, home: Option<&str>) -> String {
    match home {
        Some(home) => text.replace(home, "~"),
        None => text.to_owned(),
    }
}

/// RFC 7468 2.
fn pem(der: &[u8]) -> String {
    let base64 = STANDARD.encode(der);
    let mut text = "-----BEGIN CERTIFICATE-----\n".to_owned();
    let mut rest = base64.as_str();
    while !rest.is_empty() {
        let (line, more) = rest.split_at(rest.len().min(64));
        text.push_str(line);
        text.push('\n');
        rest = more;
    }
    text.push_str("-----END CERTIFICATE-----\n");
    text
}

#[cfg(test)]
#[expect(clippy::unwrap_used, reason = "a test fails by panicking")]
mod tests {
    use super::{claim, pem, without_home, without_private};
    use jeton_oauth::json;

    #[test]
    fn private_members_of_a_published_set_are_taken_out() {
        let parse = |text: &str| json::parse_object(text.as_bytes()).unwrap();
        let public = parse(r#"{"keys":[{"kty":"EC","x":"a"}]}"#);
        assert_eq!(without_private(&public), None);
        let leaked = parse(r#"{"keys":[{"kty":"EC","x":"a","d":"canary"},3,{"k":"canary"}]}"#);
        let text = without_private(&leaked).unwrap();
        assert!(
            !text.contains("canary") && text.contains("\"x\":\"a\""),
            "{text}"
        );
    }

    #[test]
    fn a_home_is_not_told() {
        assert_eq!(
            without_home("/home/me/x /home/me", Some("/home/me")),
            "~/x ~"
        );
        assert_eq!(without_home("/home/me/x", None), "/home/me/x");
    }

    #[test]
    fn lines_of_a_pem_are_64_long() {
        let text = pem(&[0; 100]);
        let lines: Vec<_> = text.lines().map(str::len).collect();
        assert_eq!(lines, [27, 64, 64, 8, 25]);
    }

    #[cfg(unix)]
    #[test]
    fn a_folder_is_taken_while_it_is_empty() {
        use std::os::unix::fs::PermissionsExt;
        let root = tempfile::tempdir().unwrap();
        let folder = root.path().join("report");
        for _ in 0..2 {
            claim(&folder).unwrap();
            let mode = folder.metadata().unwrap().permissions().mode();
            assert_eq!(mode & 0o777, 0o700);
            std::fs::set_permissions(&folder, std::fs::Permissions::from_mode(0o755)).unwrap();
        }
        std::fs::write(folder.join("x"), "").unwrap();
        assert_eq!(claim(&folder).unwrap_err().exit.code(), 2);
        assert!(claim(&root.path().join("a/b")).is_err());
    }
}
