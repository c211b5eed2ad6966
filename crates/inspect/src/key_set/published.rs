//! Keys whose private half anyone can look up: the examples of standards and of a well-known web page. They turn up in
//! real key sets, copied together with the code around them.

use super::key::KeyValidation;
use crate::finding::Finding;

/// Thumbprint (RFC 7638) and place.
const EXAMPLES: [(&str, &str); 6] = [
    (
        "oKIywvGUpTVTyxMQ3bwIIeQUudfr_CkLMjCE19ECD-U",
        "RFC 7515 A.3",
    ),
    (
        "cn-I_WNMClehiVp51i_0VpOENW1upEerA8sEam5hn-s",
        "RFC 7517 A.2",
    ),
    (
        "NzbLsXh8uDCcd-6MNwXF4W_7noWXFZAfHkxZsRGC9Xs",
        "RFC 7517 A.2",
    ),
    (
        "kPrK_qmxVWaYVA9wwBF6Iuo3vVzz7TxHCTwXBygrS4k",
        "RFC 8037 A.1",
    ),
    (
        "19J8y7Zprt2-QKLjF2I5pVk0OELX6cY2AfaAv1LC_w8",
        "the ES256 example of jwt.io",
    ),
    (
        "oGDmHqCJ7yzMkWEkrlZVHkvrHIyQwtlDmeq5ForUHeY",
        "the RS256 example of jwt.io",
    ),
];

pub(super) fn validate(key: &mut KeyValidation) {
    let Some(thumbprint) = key.thumbprint.as_deref() else {
        return;
    };
    if let Some((_, place)) = EXAMPLES.iter().find(|(known, _)| *known == thumbprint) {
        key.say(Finding::fail(
            "key.example",
            format!("it is the key of {place}, whose private half is printed there: anyone can sign with it"),
        ));
    }
}
