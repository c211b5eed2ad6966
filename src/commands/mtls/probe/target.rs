//! Which server to probe.

use super::ProbeArgs;
use crate::commands::app::App;
use crate::commands::source;
use crate::error::{Error, Result};
use crate::log::Module;
use jeton_client::HttpConfig;
use jeton_probe::mtls::{Target, TargetError, of_issuer};
use jeton_profile::{Profile, Settings, http_config};
use std::sync::Arc;

/// What to probe, and how to connect.
pub(super) struct ProbeContext {
    typed: Option<Target>,
    pub(super) http: HttpConfig,
    pub(super) profile: Profile,
    pub(super) settings: Arc<Settings>,
}

/// The server to probe.
pub(super) struct ProbedServer {
    pub(super) target: Target,
    /// `url` where it was typed, `profile` where it is a token endpoint.
    pub(super) kind: &'static str,
    /// Whether it is the alias of the token endpoint for clients with a certificate.
    pub(super) alias: bool,
}

impl ProbeContext {
    /// The server of the command line, or of the profile.
    ///
    /// # Errors
    /// Exit 2: the argument is not a server. Exit 3: no profile, or one without a server.
    pub(super) fn of(args: &ProbeArgs, app: &mut App) -> Result<Self> {
        let typed = args.target.as_deref().map(|typed| {
            Target::parse(typed).map_err(|error| {
                let failure = Error::usage(format!("{typed} is not a server to probe: {error}"));
                match error {
                    TargetError::Malformed => failure
                        .hint("write https://auth.example.com/token, or auth.example.com:8443"),
                    TargetError::Scheme(_) | TargetError::Credentials => failure,
                }
            })
        });
        let typed = typed.transpose()?;
        let settings = app.settings()?;
        let profile = if typed.is_some() && !args.profile.is_named() {
            settings.own_profile("mtls")?
        } else {
            settings.select()?
        };
        if typed.is_none() {
            profile.require_server()?;
        }
        Ok(Self {
            typed,
            http: http_config(&settings.tool, &profile),
            profile,
            settings,
        })
    }

    /// Finds it: the token endpoint may have to be discovered.
    ///
    /// # Errors
    /// As for discovery; exit 3 where the token endpoint has no TLS.
    pub(super) async fn server(&self, app: &App) -> Result<ProbedServer> {
        if let Some(target) = &self.typed {
            return Ok(ProbedServer {
                target: target.clone(),
                kind: "url",
                alias: false,
            });
        }
        let name = &self.profile.name;
        if let Some(url) = &self.profile.token_endpoint {
            let target = Target::of(url.value.clone()).map_err(|error| {
                Error::config(format!(
                    "cannot probe the token endpoint of the profile {name}: {error}"
                ))
            })?;
            return Ok(ProbedServer {
                target,
                kind: "profile",
                alias: false,
            });
        }
        let Some(issuer) = &self.profile.issuer else {
            return Err(Error::config(format!("the profile {name} has no server")));
        };
        let network = source::Uncached::of(app, &self.settings.tool, &self.profile);
        let found = of_issuer(&network.context(), &issuer.value)
            .await
            .map_err(|error| source::explain(error, &self.profile))?;
        if found.alias {
            let chosen = "alias endpoint chosen (mtls_endpoint_aliases)";
            app.log.info(Module::Mtls, chosen, &[]);
        }
        Ok(ProbedServer {
            target: found.target,
            kind: "profile",
            alias: found.alias,
        })
    }
}
