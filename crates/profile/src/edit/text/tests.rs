#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]

use super::{with_default, with_profile, without_profile};
use crate::edit::NewProfile;

const FILE: &str = r#"# Ours. Ask before you change it.

[cache]
store = "disk"   # the usual

# Pays the bills.
[profiles.billing]
issuer = "https://auth.example.com" # the real one
client_id = "billing"

[profiles.billing.assertion]
kid = "1"

# Everything below is for reports.

# Sends them.
[profiles.reports]
client_id = "reports"
# the end
"#;

fn new(name: &str) -> NewProfile {
    NewProfile {
        name: name.to_owned(),
        issuer: Some("https://a.example".to_owned()),
        client_id: Some("c".to_owned()),
        ..NewProfile::default()
    }
}

#[test]
fn a_new_profile_is_at_the_end_and_nothing_else_changes() {
    let text = with_profile(FILE, &new("new one")).unwrap();
    let added = "\n[profiles.\"new one\"]\nissuer = \"https://a.example\"\nclient_id = \"c\"\n";
    assert_eq!(text, format!("{FILE}{added}"));
    let text = with_profile("", &new("p")).unwrap();
    assert_eq!(
        text,
        "[profiles.p]\nissuer = \"https://a.example\"\nclient_id = \"c\"\n"
    );
    let text = with_profile("# mine\n", &new("p")).unwrap();
    assert!(text.starts_with("# mine\n\n[profiles.p]\n"), "{text}");
}

#[test]
fn every_part_of_a_profile_is_written() {
    let profile = NewProfile {
        scopes: vec!["a".to_owned(), "b".to_owned()],
        secret_file: Some("/run/secret".into()),
        private_key: Some("/run/key.pem".into()),
        ..new("p")
    };
    let text = with_profile("", &profile).unwrap();
    for line in [
        "client_secret = { file = \"/run/secret\" }",
        "scopes = [\"a\", \"b\"]",
        "[profiles.p.assertion]\nprivate_key = { file = \"/run/key.pem\" }",
    ] {
        assert!(text.contains(line), "{text}");
    }
}

#[test]
fn a_removed_profile_takes_its_own_comments_and_no_others() {
    let text = without_profile(FILE, "billing").unwrap();
    let begin = FILE.find("# Pays").unwrap();
    let end = FILE.find("# Everything").unwrap();
    assert_eq!(text, format!("{}{}", &FILE[..begin], &FILE[end..]));
    let text = without_profile(FILE, "reports").unwrap();
    assert!(text.contains("# Everything below"), "{text}");
    assert!(
        !text.contains("Sends them") && !text.contains("[profiles.reports]"),
        "{text}"
    );
    let both = without_profile(&text, "billing").unwrap();
    assert!(both.starts_with("# Ours.") && both.contains("store = \"disk\"   # the usual"));
}

#[test]
fn the_head_of_the_file_outlives_its_first_table() {
    let file = "# Head.\n\n# About a.\n[profiles.a]\nclient_id = \"a\"\n\n[profiles.b]\nclient_id = \"b\"\n";
    let text = without_profile(file, "a").unwrap();
    assert!(
        text.starts_with("# Head.\n") && !text.contains("About a"),
        "{text}"
    );
}

#[test]
fn the_default_is_replaced_in_place_or_put_at_the_top() {
    let file = "default_profile = \"a\" # today\n\n[profiles.a]\n[profiles.b]\n";
    assert_eq!(
        with_default(file, "b").unwrap(),
        file.replace("\"a\"", "\"b\"")
    );
    let text = with_default(FILE, "billing").unwrap();
    let expected = FILE.replacen("\n\n", "\n\ndefault_profile = \"billing\"\n\n", 1);
    assert_eq!(text, expected);
    let removed = without_profile(&text, "billing").unwrap();
    assert!(!removed.contains("default_profile"), "{removed}");
    let other = without_profile(&text, "reports").unwrap();
    assert!(other.contains("default_profile = \"billing\""), "{other}");
}

#[test]
fn line_ends_and_other_forms_of_tables() {
    let crlf = FILE.replace('\n', "\r\n");
    let text = with_profile(&crlf, &new("p")).unwrap();
    assert!(!text.replace("\r\n", "").contains('\n'), "{text:?}");
    let dotted = "profiles.a.client_id = \"x\"\nprofiles.b.client_id = \"y\"\n";
    let text = without_profile(dotted, "a").unwrap();
    assert_eq!(text, "profiles.b.client_id = \"y\"\n");
    let inline = "profiles = { a = { client_id = \"x\" } }\n";
    assert!(with_profile(inline, &new("p")).is_err());
}
