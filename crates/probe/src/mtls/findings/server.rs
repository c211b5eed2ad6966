//! Findings about the certificate of the server: trust, and the stapled OCSP response.

use crate::mtls::report::{Report, Staple};
use crate::mtls::trust::Trust;
use jeton_inspect::finding::Finding;
use jeton_oauth::certificate::OcspStatus;

pub(super) fn trust(report: &Report, found: &mut Vec<Finding>) {
    let text = match &report.trust {
        None | Some(Trust::Trusted) => return,
        Some(Trust::UnknownIssuer) => unknown_issuer(report),
        // The check of the chain has said it, unless the platform sees another certificate in it.
        Some(Trust::OutsideItsTime) if has(found, &["server.expired", "server.not_yet_valid"]) => {
            return;
        }
        Some(Trust::OtherName) if has(found, &["server.other_name"]) => return,
        Some(Trust::OutsideItsTime) => "the chain of the server is outside its time".to_owned(),
        Some(Trust::OtherName) => "the certificate of the server is for another host".to_owned(),
        Some(Trust::Refused(why)) => format!("the chain of the server is not trusted: {why}"),
    };
    found.push(Finding::fail("server.untrusted", text));
}

fn unknown_issuer(report: &Report) -> String {
    match report.chain.links.as_slice() {
        [own] if own.self_signed => {
            "the certificate of the server is self-signed, and this machine does not know it: name it with --ca-file".to_owned()
        }
        [own] => format!(
            "the server sends no intermediate certificate, and the issuer {} is not known here: configure the server to send the intermediate, or give the CA with --ca-file",
            own.issuer
        ),
        [.., last] if last.self_signed => format!(
            "the root {} is not known here: name it with --ca-file",
            last.subject
        ),
        [.., last] => format!(
            "the chain ends at {}, which is not known here: name that CA with --ca-file, or have the server send what is missing",
            last.issuer
        ),
        [] => "the server sends no certificate".to_owned(),
    }
}

fn has(found: &[Finding], codes: &[&str]) -> bool {
    found.iter().any(|finding| codes.contains(&finding.code))
}

pub(super) fn staple(report: &Report, now: i64, found: &mut Vec<Finding>) {
    let own = report.chain.links.first();
    match &report.staple {
        Staple::None => {
            if own.is_some_and(|own| own.must_staple) {
                found.push(Finding::warn(
                    "staple.missing",
                    "the certificate demands a stapled OCSP answer (RFC 7633), and the server sends none: strict clients refuse it",
                ));
            }
        }
        Staple::Unreadable(bytes) => found.push(Finding::note(
            "staple.unreadable",
            format!("{bytes} bytes are stapled, which are no OCSP answer"),
        )),
        Staple::Answer(answer) => {
            match answer.status {
                OcspStatus::Good => {}
                OcspStatus::Revoked => found.push(Finding::fail(
                    "staple.revoked",
                    "the stapled OCSP answer says that the certificate of the server is revoked",
                )),
                OcspStatus::Unknown => found.push(Finding::warn(
                    "staple.unknown",
                    "the stapled OCSP answer says that the CA does not know the certificate",
                )),
            }
            if answer.next_update.is_some_and(|next| next < now) {
                found.push(Finding::warn(
                    "staple.old",
                    "the stapled OCSP answer is over its time: strict clients refuse it",
                ));
            }
            if own.is_some_and(|own| own.serial != answer.serial) {
                found.push(Finding::warn(
                    "staple.other",
                    "the stapled OCSP answer is about another certificate",
                ));
            }
        }
    }
}
