//! What CI runners execute when they read it in the log of a job.
//!
//! GitHub executes `::NAME …::…` at the start of a line, leading white space aside, and like Azure Pipelines `##[…]` and
//! `##vso[…]` anywhere in a line; TeamCity reads `##teamcity[…]`. Text is wrapped and put behind other text, so `::` is broken
//! wherever it stands, except in an IPv6 address, which is no command.

use std::borrow::Cow;
use std::net::Ipv6Addr;

/// No IPv6 address is longer (RFC 4291 2.2, with an IPv4 address at its end).
const LONGEST_ADDRESS: usize = 45;

/// The text with a space inside every `::`, `##[` and `##vso[`.
pub(super) fn break_commands(text: &str) -> Cow<'_, str> {
    if !text.contains("::") && !text.contains("##") {
        return Cow::Borrowed(text);
    }
    let mut out = String::with_capacity(text.len() + 8);
    for (at, character) in text.char_indices() {
        out.push(character);
        let rest = &text[at..];
        let breaks = match character {
            '#' => starts_bracket_command(rest),
            ':' => rest.starts_with("::") && !is_in_address(text, at),
            _ => false,
        };
        if breaks {
            out.push(' ');
        }
    }
    Cow::Owned(out)
}

/// Whether a CI runner executes a line that is this text.
pub(super) fn is_command(line: &str) -> bool {
    line.trim_start().starts_with("::")
        || line
            .match_indices("##")
            .any(|(at, _)| starts_bracket_command(&line[at..]))
}

/// Whether a text begins with `##`, perhaps a name, and `[`; more than two `#` count as well.
pub(super) fn starts_bracket_command(text: &str) -> bool {
    const LONGEST_NAME: usize = 40;
    let Some(rest) = text.strip_prefix("##") else {
        return false;
    };
    let name = |byte: &u8| byte.is_ascii_alphanumeric() || b"#-_.".contains(byte);
    let rest = rest.as_bytes();
    let length = rest
        .iter()
        .take(LONGEST_NAME)
        .take_while(|byte| name(byte))
        .count();
    rest.get(length) == Some(&b'[')
}

/// Whether the `::` at this place is a part of an IPv6 address that stands alone or in brackets.
fn is_in_address(text: &str, at: usize) -> bool {
    let bytes = text.as_bytes();
    let of_address = |byte: &u8| byte.is_ascii_hexdigit() || matches!(byte, b':' | b'.');
    let before = bytes[..at].iter().rev().take(LONGEST_ADDRESS);
    let start = at - before.take_while(|byte| of_address(byte)).count();
    let after = bytes[at..].iter().take(LONGEST_ADDRESS);
    let end = at + after.take_while(|byte| of_address(byte)).count();
    let is_boundary = |byte: Option<&u8>| {
        byte.is_none_or(|byte| byte.is_ascii_whitespace() || b"[](){}<>,;/\"'`=%".contains(byte))
    };
    let before = start.checked_sub(1).and_then(|before| bytes.get(before));
    // A sentence may go on with a colon or end with a full stop.
    let address = text[start..end].trim_end_matches('.');
    let address = match address.strip_suffix(':') {
        Some(shorter) if !shorter.ends_with(':') => shorter,
        _ => address,
    };
    // `a::b` is an address, and more likely something else.
    let looks_like_one = address.contains(|c: char| c.is_ascii_digit()) || before == Some(&b'[');
    looks_like_one
        && is_boundary(before)
        && is_boundary(bytes.get(end))
        && address.parse::<Ipv6Addr>().is_ok()
}

#[cfg(test)]
mod tests {
    use super::{break_commands, is_command};
    use std::borrow::Cow;

    #[test]
    fn client_14_commands_are_broken() {
        for (foreign, shown) in [
            ("::set-output name=a::b", ": :set-output name=a: :b"),
            ("  ::add-mask::x", "  : :add-mask: :x"),
            ("::::", ": : : :"),
            ("::debug::", ": :debug: :"),
            ("a::b", "a: :b"),
            ("::add::", ": :add: :"),
            ("::", ": :"),
            ("##[group]x", "# #[group]x"),
            ("x ##vso[task.setvariable]y", "x # #vso[task.setvariable]y"),
            ("###[error]", "# # #[error]"),
            ("##teamcity[message]", "# #teamcity[message]"),
        ] {
            assert_eq!(break_commands(foreign), shown);
        }
    }

    #[test]
    fn client_14_a_line_that_is_a_command() {
        for line in ["::add-path::/x", " ::x", "a##vso[b]", "###[c]"] {
            assert!(is_command(line), "{line}");
        }
        for line in ["a::b", "#a", "## a", "eyJ.a.b"] {
            assert!(!is_command(line), "{line}");
        }
    }

    #[test]
    fn ordinary_text_stays() {
        for text in [
            "https://[::1]:8080/",
            "listening on [::]:443",
            "cannot listen on ::1",
            "connect to fe80::1%eth0: refused",
            "2001:db8::1.",
            "::ffff:192.0.2.1",
            "# heading ## another",
            "issue #[1]",
            "a: b",
        ] {
            assert_eq!(break_commands(text), text);
        }
        assert!(matches!(break_commands("a:b #c"), Cow::Borrowed(_)));
    }

    /// In quadratic time this would take minutes.
    #[test]
    fn long_runs_are_read_once() {
        assert_eq!(break_commands(&":".repeat(500_000)).len(), 999_999);
        break_commands(&"#".repeat(500_000));
    }
}
