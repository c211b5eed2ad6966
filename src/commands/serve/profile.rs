//! The profile of a client that the authority registered itself, as TOML.

use jeton_oauth::Scopes;
use std::fmt::Write;
use toml::{Table, Value};

/// A client that authenticates with `private_key_jwt`.
pub(super) struct ClientProfile<'a> {
    /// The name of the profile: a bare key of TOML.
    pub(super) name: &'static str,
    pub(super) environment: Option<&'static str>,
    pub(super) issuer: &'a str,
    pub(super) client_id: &'a str,
    pub(super) scopes: &'a Scopes,
    pub(super) resource: &'a str,
    /// The file of the private key; relative paths start at the folder of the configuration file.
    pub(super) private_key: &'a str,
}

impl ClientProfile<'_> {
    /// The tables of the profile as TOML.
    pub(super) fn to_toml(&self) -> String {
        let scopes: Vec<Value> = self.scopes.iter().map(Value::from).collect();
        let mut values: Vec<(&str, Value)> = Vec::new();
        values.extend(self.environment.map(|name| ("environment", name.into())));
        values.extend([
            ("issuer", self.issuer.into()),
            ("client_id", self.client_id.into()),
            ("auth_method", "private_key_jwt".into()),
            ("scopes", scopes.into()),
            ("resource", vec![self.resource].into()),
        ]);
        let key = Table::from_iter([("file".to_owned(), self.private_key.into())]);
        let mut text = table(&format!("profiles.{}", self.name), values);
        text.push('\n');
        text += &table(
            &format!("profiles.{}.assertion", self.name),
            [("private_key", key.into())],
        );
        text
    }
}

/// A heading, then one line a value, tables too.
fn table(heading: &str, values: impl IntoIterator<Item = (&'static str, Value)>) -> String {
    let mut text = format!("[{heading}]\n");
    for (key, value) in values {
        // Writing to a string cannot fail.
        let _ = writeln!(text, "{key} = {value}");
    }
    text
}

#[cfg(test)]
mod tests {
    #![expect(clippy::unwrap_used, reason = "a test fails by panicking")]

    use super::ClientProfile;
    use jeton_oauth::Scopes;
    use proptest::prelude::{any, prop_assert_eq, proptest};

    fn profile<'a>(scopes: &'a Scopes, hostile: &'a str) -> ClientProfile<'a> {
        ClientProfile {
            name: "dev",
            environment: Some("dev"),
            issuer: "http://127.0.0.1:8080",
            client_id: hostile,
            scopes,
            resource: hostile,
            private_key: hostile,
        }
    }

    #[test]
    fn a_person_can_read_it() {
        let scopes = Scopes::parse("api.read api.write").unwrap();
        insta::assert_snapshot!(profile(&scopes, "/tmp/a key.pem").to_toml(), @r#"
        [profiles.dev]
        environment = "dev"
        issuer = "http://127.0.0.1:8080"
        client_id = "/tmp/a key.pem"
        auth_method = "private_key_jwt"
        scopes = ["api.read", "api.write"]
        resource = ["/tmp/a key.pem"]

        [profiles.dev.assertion]
        private_key = { file = "/tmp/a key.pem" }
        "#);
    }

    /// The three values as the TOML parser reads them.
    fn read_back(text: &str) -> [String; 3] {
        let document: toml::Table = text.parse().unwrap();
        let dev = &document["profiles"]["dev"];
        let key = &dev["assertion"]["private_key"]["file"];
        [&dev["client_id"], &dev["resource"][0], key]
            .map(|value| value.as_str().unwrap().to_owned())
    }

    #[test]
    fn what_is_hard_to_quote_is_read_back() {
        let scopes = Scopes::parse("a").unwrap();
        for hostile in [
            "it's \"quoted\"",
            "'''\"\"\"",
            "C:\\new\\table\\",
            "\u{1b}[31m\u{7f}\u{85}\0",
            "🔑 é \u{202e}",
            "two\nlines\r\n\ttab",
            "",
            " # ] } = ",
        ] {
            let text = profile(&scopes, hostile).to_toml();
            assert_eq!(read_back(&text), [hostile; 3], "{text}");
        }
    }

    proptest! {
        #[test]
        fn every_text_is_read_back(hostile in any::<String>()) {
            let scopes = Scopes::parse("a").unwrap();
            let text = profile(&scopes, &hostile).to_toml();
            prop_assert_eq!(read_back(&text), [hostile.as_str(); 3]);
        }
    }
}
