//! Distinguished names as RFC 4514 writes them.

use super::super::Certificate;
use super::{params, self_signed};
use crate::certificate::pem;
use rcgen::{DistinguishedName, DnType, DnValue, string::BmpString};

fn subject(parts: &[(DnType, DnValue)]) -> String {
    let mut params = params("");
    params.distinguished_name = DistinguishedName::new();
    for (kind, value) in parts {
        params.distinguished_name.push(kind.clone(), value.clone());
    }
    let made = self_signed(params);
    let der = &pem::read(made.cert.as_bytes()).unwrap()[0].der;
    Certificate::read(der).unwrap().subject
}

fn common(name: &str) -> String {
    subject(&[(DnType::CommonName, DnValue::Utf8String(name.to_owned()))])
}

#[test]
fn client_38_the_last_component_comes_first() {
    let text = |text: &str| DnValue::Utf8String(text.to_owned());
    let subject = subject(&[
        (DnType::CountryName, text("DE")),
        (DnType::OrganizationName, text("Beispiel, Söhne")),
        (DnType::OrganizationalUnitName, text("API")),
        (DnType::CommonName, text("billing")),
        (DnType::CustomDnType(vec![1, 2, 3, 4]), text("x")),
    ]);
    let expected = "1.2.3.4=#0C0178,CN=billing,OU=API,O=Beispiel\\, Söhne,C=DE";
    assert_eq!(subject, expected);
}

#[test]
fn characters_that_are_escaped() {
    for (name, expected) in [
        ("a+b", r"CN=a\+b"),
        (r#"a"\<>;,b"#, r#"CN=a\"\\\<\>\;\,b"#),
        ("#a#", r"CN=\#a#"),
        (" a b ", r"CN=\ a b\ "),
        (" ", r"CN=\ "),
        ("a=b", "CN=a=b"),
        ("a\nb\u{0}", r"CN=a\0Ab\00"),
        ("\u{1b}[31m", r"CN=\1B[31m"),
        ("\u{9b}x", r"CN=\C2\9Bx"),
        ("", "CN="),
    ] {
        assert_eq!(common(name), expected, "{name:?}");
    }
    assert_eq!(subject(&[]), "");
    let wide = DnValue::BmpString(BmpString::try_from("Söhne").unwrap());
    assert_eq!(subject(&[(DnType::CommonName, wide)]), "CN=Söhne");
}
