//! Rules for the header.

use super::finding::{Rule, RuleFinding};
use super::rules::{Claims, Rules};
use jeton_oauth::Algorithm;
use jeton_oauth::jwt::Header;

/// Header parameters that bring a key along, or say where one is (RFC 7515 4.1.2 to 4.1.6).
const EMBEDDED: [&str; 4] = ["jwk", "jku", "x5u", "x5c"];

/// Media types of JWTs that are something else than an access token: a token of one kind must not pass for another.
const OTHER_KINDS: [&str; 9] = [
    "client-authentication+jwt",
    "dpop+jwt",
    "entity-statement+jwt",
    "logout+jwt",
    "oauth-authz-req+jwt",
    "oauth-client-attestation+jwt",
    "oauth-id-jag+jwt",
    "secevent+jwt",
    "token-introspection+jwt",
];

/// `crit`, `alg`, and keys inside the token. Returns the algorithm if it is allowed.
pub(super) fn validate(
    header: &Header,
    rules: &Rules,
    findings: &mut Vec<RuleFinding>,
) -> Option<Algorithm> {
    if let Err(error) = header.check_crit() {
        findings.push(RuleFinding::fail(Rule::Crit, error.to_string()));
    }
    let embedded: Vec<&str> = EMBEDDED
        .into_iter()
        .filter(|name| header.raw.contains_key(*name))
        .collect();
    if !embedded.is_empty() {
        findings.push(RuleFinding::note(
            Rule::EmbeddedKey,
            format!(
                "the header contains {}: ignored, only configured keys are used",
                embedded.join(", ")
            ),
        ));
    }
    let name = header.alg.as_str();
    let alg = Algorithm::from_name(name);
    let allowed = alg.filter(|alg| rules.algorithms.contains(alg));
    findings.push(match (allowed, alg) {
        (Some(_), _) => RuleFinding::ok(Rule::Algorithm, name.to_owned()),
        (None, Some(_)) => {
            RuleFinding::fail(Rule::Algorithm, format!("{name} is not allowed here"))
        }
        (None, None) if name.eq_ignore_ascii_case("none") => RuleFinding::fail(
            Rule::Algorithm,
            format!("\"{name}\": the token is not signed"),
        ),
        (None, None) => RuleFinding::fail(Rule::Algorithm, format!("\"{name}\" is unknown")),
    });
    allowed
}

/// `typ`, as a media type: without case, `application/` may be left out (client requirement 63).
pub(super) fn validate_type(header: &Header, claims: &Claims) -> Option<RuleFinding> {
    let typ = header.typ.as_deref();
    let said = typ.map_or_else(|| "there is no typ".to_owned(), |typ| format!("\"{typ}\""));
    match claims {
        Claims::NotChecked => None,
        Claims::Introspection(_) => Some(if header.typ_is("token-introspection+jwt") {
            RuleFinding::ok(Rule::Type, "a signed introspection response")
        } else {
            let words =
                format!("{said}; a signed introspection response has token-introspection+jwt");
            RuleFinding::fail(Rule::Type, words)
        }),
        Claims::AccessToken(rules) => Some(if header.typ_is("at+jwt") {
            RuleFinding::ok(Rule::Type, "an access token (at+jwt)")
        } else if OTHER_KINDS.iter().any(|kind| header.typ_is(kind)) {
            let words = format!("{said} is another kind of token, not an access token");
            RuleFinding::fail(Rule::Type, words)
        } else {
            let words = format!("{said}; RFC 9068 requires at+jwt");
            if rules.strict {
                RuleFinding::fail(Rule::Type, words)
            } else {
                RuleFinding::note(Rule::Type, words)
            }
        }),
    }
}
