//! Names of a certificate request, as they are typed.

use crate::error::{Error, Result};
use rcgen::{DistinguishedName, DnType, SanType};
use std::net::IpAddr;

/// The attributes that a subject may have, with their short names (RFC 4514 3).
const ATTRIBUTES: [(&str, DnType); 6] = [
    ("CN", DnType::CommonName),
    ("O", DnType::OrganizationName),
    ("OU", DnType::OrganizationalUnitName),
    ("L", DnType::LocalityName),
    ("ST", DnType::StateOrProvinceName),
    ("C", DnType::CountryName),
];

/// Reads a subject such as `CN=billing,O=Example`.
///
/// # Errors
/// Exit 2 where an attribute is unknown, repeated or empty.
pub(super) fn distinguished_name(typed: &str) -> Result<DistinguishedName> {
    let mut name = DistinguishedName::new();
    for part in parts(typed) {
        let wrong = |reason: &str| {
            let known: Vec<&str> = ATTRIBUTES.iter().map(|(name, _)| *name).collect();
            Error::usage(format!("--subject: {reason}: {part:?}")).hint(format!(
                "write it as CN=billing,O=Example; the attributes are {}",
                known.join(", ")
            ))
        };
        let (attribute, value) = part.split_once('=').ok_or_else(|| wrong("no attribute"))?;
        let attribute = attribute.trim();
        let known = ATTRIBUTES
            .iter()
            .find(|(name, _)| name.eq_ignore_ascii_case(attribute));
        let (_, kind) = known.ok_or_else(|| wrong("unknown attribute"))?;
        if value.trim().is_empty() {
            return Err(wrong("empty attribute"));
        }
        if name.get(kind).is_some() {
            return Err(wrong("repeated attribute"));
        }
        name.push(kind.clone(), value.trim());
    }
    Ok(name)
}

/// The parts between commas; a backslash takes the next character as it is.
fn parts(typed: &str) -> Vec<String> {
    let mut parts = vec![String::new()];
    let mut characters = typed.chars();
    while let Some(character) = characters.next() {
        match (character, parts.last_mut()) {
            (',', _) => parts.push(String::new()),
            ('\\', Some(part)) => part.extend(characters.next()),
            (other, Some(part)) => part.push(other),
            (_, None) => {}
        }
    }
    parts
}

/// Reads an alternative name; its form tells its kind.
///
/// # Errors
/// Exit 2 where it cannot be in a certificate.
pub(super) fn alternative_name(typed: &str) -> Result<SanType> {
    if let Ok(address) = typed.parse::<IpAddr>() {
        return Ok(SanType::IpAddress(address));
    }
    let text = typed.try_into().map_err(|_| {
        Error::usage(format!("--san: not ASCII: {typed:?}"))
            .hint("write a name of another script in its ASCII form (xn--…)")
    })?;
    Ok(if typed.contains("://") || typed.starts_with("urn:") {
        SanType::URI(text)
    } else if typed.contains('@') {
        SanType::Rfc822Name(text)
    } else {
        SanType::DnsName(text)
    })
}

#[cfg(test)]
mod tests {
    #![expect(clippy::unwrap_used, reason = "a test fails by panicking")]

    use super::{alternative_name, distinguished_name, parts};
    use rcgen::SanType;

    #[test]
    fn a_comma_that_is_escaped_belongs_to_the_value() {
        assert_eq!(parts(r"CN=a\,b,O=c\\d"), ["CN=a,b", r"O=c\d"]);
    }

    #[test]
    fn what_is_no_subject_is_refused() {
        for typed in ["", "billing", "CN=", "X=1", "CN=a,CN=b", "CN=a,"] {
            assert!(distinguished_name(typed).is_err(), "{typed}");
        }
        assert!(distinguished_name("cn=a, o=b").is_ok());
    }

    #[test]
    fn the_form_of_an_alternative_name_tells_its_kind() {
        let kind = |typed| alternative_name(typed).unwrap();
        assert!(matches!(kind("192.0.2.1"), SanType::IpAddress(_)));
        assert!(matches!(kind("2001:db8::1"), SanType::IpAddress(_)));
        assert!(matches!(kind("spiffe://example.org/a"), SanType::URI(_)));
        assert!(matches!(kind("a@example.org"), SanType::Rfc822Name(_)));
        assert!(matches!(kind("a.example.org"), SanType::DnsName(_)));
        assert!(alternative_name("ä.example.org").is_err());
    }
}
