//! Distinguished names as text (RFC 4514): the form in which `tls_client_auth_subject_dn` is registered (RFC 8705 2.1.2).

use std::fmt::Write as _;
use x509_parser::asn1_rs::{Tag, ToDer as _};
use x509_parser::prelude::FromDer as _;
use x509_parser::x509::{AttributeTypeAndValue, X509Name};

/// Short names by object identifier: those of RFC 4514 3, then those that OpenSSL and directories write too. Any other
/// type is written as its number.
const TYPES: [(&str, &str); 22] = [
    ("2.5.4.3", "CN"),
    ("2.5.4.7", "L"),
    ("2.5.4.8", "ST"),
    ("2.5.4.10", "O"),
    ("2.5.4.11", "OU"),
    ("2.5.4.6", "C"),
    ("2.5.4.9", "STREET"),
    ("0.9.2342.19200300.100.1.25", "DC"),
    ("0.9.2342.19200300.100.1.1", "UID"),
    ("2.5.4.4", "SN"),
    ("2.5.4.5", "serialNumber"),
    ("2.5.4.12", "title"),
    ("2.5.4.13", "description"),
    ("2.5.4.15", "businessCategory"),
    ("2.5.4.17", "postalCode"),
    ("2.5.4.41", "name"),
    ("2.5.4.42", "GN"),
    ("2.5.4.43", "initials"),
    ("2.5.4.46", "dnQualifier"),
    ("2.5.4.65", "pseudonym"),
    ("2.5.4.97", "organizationIdentifier"),
    ("1.2.840.113549.1.9.1", "emailAddress"),
];

/// The name in the form of RFC 4514: last component first, joined by commas, special characters escaped. Empty for an
/// empty name.
#[must_use]
pub fn distinguished_name(name: &X509Name<'_>) -> String {
    let components: Vec<_> = name.iter_rdn().collect();
    let mut text = String::new();
    for (place, component) in components.iter().rev().enumerate() {
        if place > 0 {
            text.push(',');
        }
        // Their order says nothing; this one is that of OpenSSL.
        let attributes: Vec<_> = component.iter().collect();
        for (place, attribute) in attributes.into_iter().rev().enumerate() {
            if place > 0 {
                text.push('+');
            }
            write_attribute(&mut text, attribute);
        }
    }
    text
}

/// The same of a name in DER, as servers list the CAs that they ask for; `None` where it is none.
#[must_use]
pub fn name_from_der(der: &[u8]) -> Option<String> {
    match X509Name::from_der(der) {
        Ok(([], name)) => Some(distinguished_name(&name)),
        _ => None,
    }
}

fn write_attribute(text: &mut String, attribute: &AttributeTypeAndValue<'_>) {
    let number = attribute.attr_type().to_id_string();
    let short = TYPES.iter().find(|(known, _)| *known == number);
    let value = short.and_then(|_| string_of(attribute));
    text.push_str(short.map_or(number.as_str(), |(_, short)| short));
    text.push('=');
    match value {
        Some(value) => escape(text, &value),
        // Of a type without a name, and of what is no string: the bytes (RFC 4514 2.4).
        None => {
            text.push('#');
            let der = attribute.attr_value().to_der_vec().unwrap_or_default();
            for byte in der {
                let _ = write!(text, "{byte:02X}");
            }
        }
    }
}

fn string_of(attribute: &AttributeTypeAndValue<'_>) -> Option<String> {
    let value = attribute.attr_value();
    let bytes = value.data;
    match value.tag() {
        Tag::BmpString => {
            let units = bytes.chunks(2).map(|pair| match pair {
                [high, low] => u16::from_be_bytes([*high, *low]),
                _ => 0xfffd,
            });
            Some(
                char::decode_utf16(units)
                    .map(|c| c.unwrap_or(char::REPLACEMENT_CHARACTER))
                    .collect(),
            )
        }
        // Written as Latin-1 by those who use it.
        Tag::TeletexString => Some(bytes.iter().map(|byte| char::from(*byte)).collect()),
        Tag::Utf8String
        | Tag::PrintableString
        | Tag::Ia5String
        | Tag::NumericString
        | Tag::VisibleString => String::from_utf8(bytes.to_vec()).ok(),
        _ => None,
    }
}

/// RFC 4514 2.4; control characters too, as hexadecimal pairs.
fn escape(text: &mut String, value: &str) {
    let last = value.chars().count().saturating_sub(1);
    for (place, c) in value.chars().enumerate() {
        let special = match c {
            '"' | '+' | ',' | ';' | '<' | '>' | '\\' => true,
            ' ' => place == 0 || place == last,
            '#' => place == 0,
            _ => false,
        };
        if special {
            text.push('\\');
            text.push(c);
        } else if c.is_control() {
            let mut buffer = [0; 4];
            for byte in c.encode_utf8(&mut buffer).bytes() {
                let _ = write!(text, "\\{byte:02X}");
            }
        } else {
            text.push(c);
        }
    }
}
