//! `jeton token …`

use super::selection::{AcquireArgs, ClientArgs, NetworkArgs, WantedArgs};
use crate::output::{ShowFormat, TokenFormat, time};
use clap::{Args, Subcommand};
use jeton_profile::duration;
use std::path::PathBuf;
use std::time::Duration;

#[derive(Debug, Subcommand)]
#[command(defer = true)]
pub(crate) enum TokenCommand {
    /// Get a token: from the cache if it is fresh enough, else from the server
    ///
    /// The token is shown masked. `-o raw`, `-o header`, `-o exec-credential`, `-o credential` and `--reveal` print it.
    Get(Box<GetArgs>),
    /// Show what a token says, with readable times; nothing is verified
    ///
    /// Reads a JWT (RFC 7519), the header of an encrypted one, an `Authorization: Bearer …` line, and says so when a
    /// token is opaque. The token itself and its signature are not printed.
    Decode(DecodeArgs),
    /// Verify a signed token: its signature and what it claims, by every rule at once
    ///
    /// The keys are those of the issuer: of the profile, or of --iss; or they are named by --jwks or --key. Issuer and
    /// audience are judged by --iss and --aud, else by the issuer, resource and audience of the profile; what nobody
    /// named is noted as not judged. Exit 8 when a rule does not hold, with all findings on stderr.
    Verify(Box<VerifyArgs>),
    /// Ask the authorization server about a token (RFC 7662)
    ///
    /// The server answers for the client of the profile: a token that is not for it is inactive. That is a result, not
    /// a failure; --check makes it one.
    Introspect(IntrospectArgs),
    /// Have the authorization server revoke a token (RFC 7009), and drop it from the cache
    ///
    /// A server says the same of a token that it never knew.
    Revoke(RevokeArgs),
}

#[derive(Debug, Args)]
#[group(skip)]
pub(crate) struct GetArgs {
    #[command(flatten)]
    pub(crate) client: ClientArgs,
    #[command(flatten)]
    pub(crate) wanted: WantedArgs,
    #[command(flatten)]
    pub(crate) acquire: AcquireArgs,
    #[command(flatten)]
    pub(crate) network: NetworkArgs,

    /// Form of the result [default: panel]
    #[arg(short, long, value_name = "FORMAT")]
    pub(crate) output: Option<TokenFormat>,

    /// Show the token itself in the panel and in JSON
    #[arg(long)]
    pub(crate) reveal: bool,

    /// Put the token on the clipboard of the terminal (OSC 52)
    #[arg(long)]
    pub(crate) copy: bool,

    /// Fail (exit 8) unless the token has this scope; repeat it or separate by spaces
    #[arg(long, value_name = "SCOPE")]
    pub(crate) require_scope: Vec<String>,

    /// Fail (exit 8) unless the token is for this audience; may be repeated
    #[arg(long, value_name = "AUDIENCE")]
    pub(crate) require_aud: Vec<String>,
}

#[derive(Debug, Args)]
#[group(skip)]
pub(crate) struct DecodeArgs {
    /// The token, `-` for stdin, or `@FILE`; without it stdin is read when something is piped in
    #[arg(value_name = "TOKEN|-|@FILE", conflicts_with_all = ["profile", "for_url", "embedded"])]
    pub(crate) token: Option<String>,

    #[command(flatten)]
    pub(crate) client: ClientArgs,

    /// Form of the result [default: panel]
    #[arg(short, long, value_name = "FORMAT")]
    pub(crate) output: Option<ShowFormat>,
}

impl DecodeArgs {
    /// Whether the token of a profile is meant.
    pub(crate) fn names_a_profile(&self) -> bool {
        self.client.is_named()
    }
}

#[derive(Debug, Args)]
#[group(skip)]
pub(crate) struct VerifyArgs {
    /// The token, `-` for stdin, or `@FILE`; without it the cached token of the profile named by -p, else stdin
    #[arg(value_name = "TOKEN|-|@FILE", conflicts_with = "embedded")]
    pub(crate) token: Option<String>,

    #[command(flatten)]
    pub(crate) client: ClientArgs,

    #[command(flatten)]
    pub(crate) network: NetworkArgs,

    /// Take the keys from this JWK Set (RFC 7517) instead of the issuer's
    #[arg(long, value_name = "URL|FILE", conflicts_with_all = ["key", "embedded"])]
    pub(crate) jwks: Option<String>,

    /// Take this public key, PEM (that of a certificate too) or JWK, whatever `kid` the token has
    #[arg(long, value_name = "FILE", conflicts_with = "embedded")]
    pub(crate) key: Option<PathBuf>,

    /// Demand this issuer, to the letter; its metadata says where the keys are
    #[arg(long, value_name = "URL", conflicts_with = "embedded")]
    pub(crate) iss: Option<String>,

    /// Demand that the token is for this audience; repeated, for one of them
    #[arg(long, value_name = "AUDIENCE")]
    pub(crate) aud: Vec<String>,

    /// Let a token pass that names no audience at all, as access tokens of Amazon Cognito
    #[arg(long)]
    pub(crate) allow_no_aud: bool,

    /// Demand this scope; repeat it or separate by spaces
    #[arg(long, value_name = "SCOPE")]
    pub(crate) scope: Vec<String>,

    /// Demand what RFC 9068 requires of an access token: typ at+jwt, and seven claims; otherwise it is noted
    #[arg(long)]
    pub(crate) profile_strict: bool,

    /// How far clocks may be apart, such as 5s [default: 30s]
    #[arg(long, value_name = "DURATION", value_parser = duration::parse)]
    pub(crate) leeway: Option<Duration>,

    /// Judge as of this time: seconds since 1970, or RFC 3339 [default: now]
    #[arg(long, value_name = "TIME", value_parser = time::parse, allow_negative_numbers = true)]
    pub(crate) at: Option<i64>,

    /// Judge the signature alone, and say so: nothing is known then of times, issuer and audience
    #[arg(long, conflicts_with_all = ["aud", "allow_no_aud", "scope", "profile_strict", "leeway", "at"])]
    pub(crate) signature_only: bool,

    /// Form of the result [default: panel]
    #[arg(short, long, value_name = "FORMAT")]
    pub(crate) output: Option<ShowFormat>,
}

#[derive(Debug, Args)]
#[group(skip)]
pub(crate) struct IntrospectArgs {
    /// The token, `-` for stdin, or `@FILE`; without it the cached token of the profile named by -p, else stdin
    #[arg(value_name = "TOKEN|-|@FILE", conflicts_with = "embedded")]
    pub(crate) token: Option<String>,

    #[command(flatten)]
    pub(crate) client: ClientArgs,

    #[command(flatten)]
    pub(crate) network: NetworkArgs,

    /// Demand a signed answer (RFC 9701) and verify it
    #[arg(long)]
    pub(crate) jwt: bool,

    /// Fail (exit 8) unless the token is active
    #[arg(long)]
    pub(crate) check: bool,

    /// Form of the result [default: panel]
    #[arg(short, long, value_name = "FORMAT")]
    pub(crate) output: Option<ShowFormat>,
}

#[derive(Debug, Args)]
#[group(skip)]
pub(crate) struct RevokeArgs {
    /// The token, `-` for stdin, or `@FILE`; without it the cached token of the profile named by -p, else stdin
    #[arg(value_name = "TOKEN|-|@FILE", conflicts_with = "embedded")]
    pub(crate) token: Option<String>,

    #[command(flatten)]
    pub(crate) client: ClientArgs,

    #[command(flatten)]
    pub(crate) network: NetworkArgs,
}
