//! A server certificate that is not trusted.

use crate::context::ProfileContext;
use crate::evidence::Distrust;

/// What to do about it, most likely first. Another CA file helps only where the issuer is unknown.
pub(super) fn advice(context: &ProfileContext, distrust: Distrust) -> Vec<String> {
    let at = context.target_setting();
    let now = context.now.as_ref();
    let clock = now.map_or_else(
        || "is this machine's clock right?".to_owned(),
        |now| format!("is this machine's clock right? it says {now}"),
    );
    let renew = "tell the server's operator: the certificate has to be renewed".to_owned();
    match distrust {
        Distrust::Expired => vec![renew, clock],
        Distrust::NotYetValid => vec![clock, "if it is right: tell the server's operator".to_owned()],
        Distrust::UnknownIssuer => vec![
            "for a private certificate authority, name its certificate: --ca-file, or ca_file in the profile".to_owned(),
            "if you do not know the authority: a proxy or a captive network may be intercepting TLS; do not trust it unless you know it".to_owned(),
        ],
        Distrust::OtherKey => vec![
            "an authority of that name is trusted, but with another key: it was renewed, or somebody imitates it; ask the server's operator".to_owned(),
        ],
        Distrust::OtherName => vec![
            format!("use a name that is in the certificate: check the host in {at}"),
            "if the name is right: the operator must add it to the certificate, or a proxy responds instead of the server".to_owned(),
        ],
        Distrust::Revoked => vec![renew],
        Distrust::Other => vec!["tell the server's operator that the certificate is not trusted".to_owned()],
    }
}
