//! What a verb is: its options, and its run.

use super::app::App;
use crate::cli::selection::{AcquireArgs, ClientArgs, NetworkArgs, ProfileArgs, WantedArgs};
use crate::error::Result;
use crate::exit::Exit;
use crate::output::export::ExportFormat;
use crate::output::{ShowFormat, TokenFormat};

/// A verb and its options. The doc comments of the options are its help.
pub(crate) trait Verb {
    /// The shared options that this verb supports, with their values.
    fn shared(&self) -> Shared<'_>;

    /// Runs it.
    ///
    /// # Errors
    /// What failed, for the user; the caller prints it.
    fn run(&self, app: App) -> Result<Exit>;
}

/// The options that verbs share, with the values of one command line.
#[derive(Debug, Default, Clone, Copy)]
pub(crate) struct Shared<'a> {
    /// `--profile`, `--for`
    pub(super) profile: Option<&'a ProfileArgs>,
    /// `--embedded`
    pub(super) embedded: bool,
    /// `--scope`, `--resource`, `--audience`
    pub(super) wanted: Option<&'a WantedArgs>,
    /// `--min-ttl`, `--fresh`
    pub(super) acquire: Option<&'a AcquireArgs>,
    /// `--ca-file`
    pub(super) network: Option<&'a NetworkArgs>,
    /// `--output`, `--format`; nothing if none was given.
    form: Option<Form>,
}

/// The format of a result, as far as `--json` is concerned.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Form {
    Json,
    Other,
}

impl<'a> Shared<'a> {
    /// Supports `--profile` and `--for`.
    pub(super) fn profile(mut self, args: &'a ProfileArgs) -> Self {
        self.profile = Some(args);
        self
    }

    /// Supports `--profile`, `--for` and `--embedded`.
    pub(super) fn client(mut self, args: &'a ClientArgs) -> Self {
        self.embedded = args.embedded;
        self.profile(&args.profile)
    }

    /// Supports `--scope`, `--resource` and `--audience`.
    pub(super) fn wanted(mut self, args: &'a WantedArgs) -> Self {
        self.wanted = Some(args);
        self
    }

    /// Supports `--min-ttl` and `--fresh`.
    pub(super) fn acquire(mut self, args: &'a AcquireArgs) -> Self {
        self.acquire = Some(args);
        self
    }

    /// Supports `--ca-file`.
    pub(super) fn network(mut self, args: &'a NetworkArgs) -> Self {
        self.network = Some(args);
        self
    }

    /// Supports other formats than JSON; `named` is the one that was given.
    pub(super) fn form(mut self, named: Option<impl Into<Form>>) -> Self {
        self.form = named.map(Into::into);
        self
    }

    /// Whether a format was given that conflicts with `--json`.
    pub(crate) fn names_another_form(&self) -> bool {
        self.form == Some(Form::Other)
    }
}

impl From<ShowFormat> for Form {
    fn from(format: ShowFormat) -> Self {
        match format {
            ShowFormat::Json => Self::Json,
            ShowFormat::Panel => Self::Other,
        }
    }
}

impl From<TokenFormat> for Form {
    fn from(format: TokenFormat) -> Self {
        if format == TokenFormat::Json {
            Self::Json
        } else {
            Self::Other
        }
    }
}

impl From<ExportFormat> for Form {
    fn from(format: ExportFormat) -> Self {
        if format == ExportFormat::Json {
            Self::Json
        } else {
            Self::Other
        }
    }
}
