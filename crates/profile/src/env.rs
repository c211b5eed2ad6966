//! Environment variables: what is known of each, and those that belong to no setting of a profile.

/// What a variable is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
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
pub struct Variable {
    /// Its name.
    pub name: &'static str,
    /// What it does, in one line.
    pub doc: &'static str,
    /// What it is for.
    pub kind: Kind,
}

/// Declares each variable as a documented constant, and all of them in one list.
macro_rules! variables {
    ($list:ident; $($kind:ident $constant:ident = $name:literal, $doc:literal;)*) => {
        $(
            #[doc = $doc]
            pub const $constant: &str = $name;
        )*
        pub(crate) const $list: &[Variable] = &[
            $(Variable { name: $constant, doc: $doc, kind: Kind::$kind },)*
        ];
    };
}

/// Declares the names of variables whose settings are declared elsewhere, and which more than one place must know.
macro_rules! names {
    ($($name:ident)*) => {
        $(
            #[doc = concat!("`", stringify!($name), "`")]
            pub const $name: &str = stringify!($name);
        )*
    };
}

names! {
    HOME
    OIDC_ISSUER
    CC_TOKEN_ENDPOINT
    CC_CLIENT_ID
    CC_CLIENT_SECRET
    CC_CLIENT_SECRET_FILE
    CC_AUTH_METHOD
    CC_SCOPES
    CC_AUDIENCE
    CC_RESOURCE
    CC_JWT_PRIVATE_KEY
    CC_JWT_PRIVATE_KEY_FILE
    CC_MTLS_CERT
}

variables! { OTHERS;
    Profile CC_DPOP = "CC_DPOP", "DPoP-bound tokens: not supported by this version, refused unless false";
    Tool JETON_CONFIG = "JETON_CONFIG", "configuration file";
    Tool JETON_PROFILE = "JETON_PROFILE", "profile to use";
    Tool JETON_CACHE_DIR = "JETON_CACHE_DIR", "folder of the cache";
    Secret JETON_CACHE_KEY = "JETON_CACHE_KEY", "key that seals the cache: 32 bytes in hexadecimal or Base64, or a passphrase of at least 16 characters";
    Tool JETON_LOG = "JETON_LOG", "minimum log level: off, error, warn, info, debug or trace";
    Tool JETON_LOG_FORMAT = "JETON_LOG_FORMAT", "format of the log: text or json";
    Tool JETON_NO_INPUT = "JETON_NO_INPUT", "never prompt on the terminal";
    Honoured NO_COLOR = "NO_COLOR", "no colour and no emoji when set and not empty";
    Honoured CLICOLOR_FORCE = "CLICOLOR_FORCE", "colour even if the output is not a terminal, unless 0";
    Honoured HTTPS_PROXY = "HTTPS_PROXY", "proxy for https; https_proxy wins over it";
    Honoured HTTP_PROXY = "HTTP_PROXY", "proxy for http; http_proxy wins over it, and it is ignored inside a CGI program";
    Honoured ALL_PROXY = "ALL_PROXY", "proxy if neither HTTPS_PROXY nor HTTP_PROXY applies; all_proxy wins over it";
    Honoured NO_PROXY = "NO_PROXY", "hosts to connect to without a proxy; no_proxy wins over it";
    Honoured SSL_CERT_FILE = "SSL_CERT_FILE", "certificate authorities to trust, as PEM";
    Honoured XDG_CONFIG_HOME = "XDG_CONFIG_HOME", "parent folder of jeton/config.toml";
    Honoured XDG_CACHE_HOME = "XDG_CACHE_HOME", "parent folder of the cache";
    Honoured XDG_DATA_HOME = "XDG_DATA_HOME", "parent folder of the cache key, if there is no keyring";
    Honoured GITHUB_ENV = "GITHUB_ENV", "file for variables for later steps of the job";
    Honoured KUBERNETES_EXEC_INFO = "KUBERNETES_EXEC_INFO", "request of kubectl: its apiVersion is that of -o exec-credential";
    Honoured GITHUB_OUTPUT = "GITHUB_OUTPUT", "file for outputs of the step";
}
