//! Every environment variable that jeton reads: the one table from which the reference pages are made.

/// What a variable is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Kind {
    /// A setting of the selected profile.
    Profile,
    /// A secret of the selected profile.
    Secret,
    /// A setting of the tool itself.
    Tool,
    /// A convention of others that jeton honours.
    Honoured,
}

/// A variable: its name, what it does in one line, what it is for.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Variable {
    pub(crate) name: &'static str,
    pub(crate) doc: &'static str,
    pub(crate) kind: Kind,
}

/// Declares each variable as a documented constant and all of them as `ALL`.
macro_rules! variables {
    ($($kind:ident $constant:ident = $name:literal, $doc:literal;)*) => {
        $(
            #[doc = $doc]
            pub(crate) const $constant: &str = $name;
        )*
        /// Every variable, in the order of the reference page.
        pub(crate) const ALL: &[Variable] = &[
            $(Variable { name: $constant, doc: $doc, kind: Kind::$kind },)*
        ];
    };
}

variables! {
    Profile OIDC_ISSUER = "OIDC_ISSUER", "issuer identifier of the authorization server, as its metadata states it";
    Profile CC_TOKEN_ENDPOINT = "CC_TOKEN_ENDPOINT", "token endpoint, where the server publishes no metadata";
    Profile CC_CLIENT_ID = "CC_CLIENT_ID", "client identifier";
    Secret CC_CLIENT_SECRET = "CC_CLIENT_SECRET", "client secret; wins over CC_CLIENT_SECRET_FILE";
    Profile CC_CLIENT_SECRET_FILE = "CC_CLIENT_SECRET_FILE", "file that holds the client secret";
    Profile CC_AUTH_METHOD = "CC_AUTH_METHOD", "authentication method: auto, client_secret_basic, client_secret_post, client_secret_jwt, private_key_jwt, tls_client_auth or self_signed_tls_client_auth";
    Profile CC_SCOPES = "CC_SCOPES", "scopes to ask for, separated by spaces";
    Profile CC_AUDIENCE = "CC_AUDIENCE", "audience parameter; several are separated by spaces";
    Profile CC_RESOURCE = "CC_RESOURCE", "resource parameter (RFC 8707); several are separated by spaces";
    Profile CC_JWT_SIGNING_ALG = "CC_JWT_SIGNING_ALG", "algorithm that signs the client assertion, such as ES256";
    Profile CC_JWT_SIGNING_KID = "CC_JWT_SIGNING_KID", "key id in the header of the client assertion";
    Secret CC_JWT_PRIVATE_KEY = "CC_JWT_PRIVATE_KEY", "private key as PEM or JWK; wins over CC_JWT_PRIVATE_KEY_FILE";
    Profile CC_JWT_PRIVATE_KEY_FILE = "CC_JWT_PRIVATE_KEY_FILE", "file that holds the private key";
    Profile CC_ENABLE_MTLS = "CC_ENABLE_MTLS", "whether the client certificate is used: true where one is configured";
    Profile CC_MTLS_CERT = "CC_MTLS_CERT", "file of the client certificate and of those between it and its authority, as PEM";
    Profile CC_MTLS_KEY = "CC_MTLS_KEY", "file of its private key, where that is not in the file of the certificate";
    Profile CC_DPOP = "CC_DPOP", "DPoP-bound tokens: not supported by this version, refused unless false";
    Tool JETON_CONFIG = "JETON_CONFIG", "configuration file";
    Tool JETON_PROFILE = "JETON_PROFILE", "profile to use";
    Tool JETON_CACHE_DIR = "JETON_CACHE_DIR", "folder of the cache";
    Secret JETON_CACHE_KEY = "JETON_CACHE_KEY", "key that seals the cache: 32 bytes in hexadecimal or Base64, or a passphrase of at least 16 characters";
    Tool JETON_LOG = "JETON_LOG", "least severity that is logged: off, error, warn, info, debug or trace";
    Tool JETON_LOG_FORMAT = "JETON_LOG_FORMAT", "form of the log: text or json";
    Tool JETON_NO_INPUT = "JETON_NO_INPUT", "never ask anything on the terminal";
    Honoured NO_COLOR = "NO_COLOR", "no colour and no emoji when set and not empty";
    Honoured CLICOLOR_FORCE = "CLICOLOR_FORCE", "colour even where the output is no terminal, unless 0";
    Honoured HTTPS_PROXY = "HTTPS_PROXY", "proxy for https; https_proxy wins over it";
    Honoured HTTP_PROXY = "HTTP_PROXY", "proxy for http; http_proxy wins over it, and it is ignored inside a CGI program";
    Honoured ALL_PROXY = "ALL_PROXY", "proxy where neither of the two applies; all_proxy wins over it";
    Honoured NO_PROXY = "NO_PROXY", "hosts that are reached directly; no_proxy wins over it";
    Honoured SSL_CERT_FILE = "SSL_CERT_FILE", "certificates of the authorities to trust, as PEM";
    Honoured XDG_CONFIG_HOME = "XDG_CONFIG_HOME", "folder in which jeton/config.toml is looked for";
    Honoured XDG_CACHE_HOME = "XDG_CACHE_HOME", "folder in which the cache is kept";
    Honoured XDG_DATA_HOME = "XDG_DATA_HOME", "folder in which the cache key is kept when there is no keyring";
    Honoured GITHUB_ENV = "GITHUB_ENV", "file that takes variables for the later steps of a job";
    Honoured GITHUB_OUTPUT = "GITHUB_OUTPUT", "file that takes the outputs of a step";
}

#[cfg(test)]
mod tests {
    use super::{ALL, Kind};

    #[test]
    fn names_are_unique_and_documented() {
        for (index, variable) in ALL.iter().enumerate() {
            assert!(!variable.doc.is_empty() && !variable.doc.ends_with('.'));
            let again = ALL.iter().skip(index + 1).any(|v| v.name == variable.name);
            assert!(!again, "{} twice", variable.name);
        }
    }

    #[test]
    fn secrets_are_marked_as_such() {
        let secrets: Vec<_> = ALL
            .iter()
            .filter(|variable| variable.kind == Kind::Secret)
            .map(|variable| variable.name)
            .collect();
        assert_eq!(
            secrets,
            ["CC_CLIENT_SECRET", "CC_JWT_PRIVATE_KEY", "JETON_CACHE_KEY"]
        );
    }
}
