//! How the client would authenticate, against what the metadata lists.

use super::fail;
use crate::context::ProfileContext;
use crate::finding::{Finding, Who};
use jeton_oauth::AuthMethod;

/// The method that is configured is not among those that the metadata lists.
pub fn not_offered(context: &ProfileContext, method: AuthMethod, offered: &[String]) -> Finding {
    let list = offered.join(", ");
    fail(
        "methods.not_offered",
        Who::You,
        format!("{method} is configured, and the server does not offer it"),
    )
    .seen(format!(
        "auth_method ({}) is {method}",
        context.method_origin
    ))
    .seen(format!("the server offers {list}"))
    .remedy(format!(
        "set auth_method ({}) to one that the client {} is registered for: {list}",
        context.method_origin, context.client_id.value
    ))
    .remedy("or set it to auto, which selects the strongest that both sides support")
}

/// An algorithm that is configured and not on the server's list: it is used all the same.
#[must_use]
pub fn algorithm_not_listed(alg: &str, listed: &[String]) -> Finding {
    fail(
        "methods.algorithm",
        Who::You,
        format!("assertions are signed with {alg}, which the server does not list"),
    )
    .seen(format!("the server accepts {}", listed.join(", ")))
    .remedy("leave assertion.alg out: it then follows from the key and the server's list")
    .remedy("or register a key of a kind that the server accepts")
}

#[cfg(test)]
mod tests {
    use super::{algorithm_not_listed, not_offered};
    use crate::diagnosis::testing::context;
    use jeton_oauth::AuthMethod;

    #[test]
    fn both_lists_are_named() {
        let offered = ["private_key_jwt".to_owned()];
        let found = not_offered(&context(), AuthMethod::ClientSecretBasic, &offered);
        assert!(found.seen[1].contains("private_key_jwt"), "{found:?}");
        let found = algorithm_not_listed("PS256", &["ES256".to_owned()]);
        assert!(
            found.what.contains("PS256") && found.seen[0].contains("ES256"),
            "{found:?}"
        );
    }
}
