//! The exit codes: part of the stable interface, with their descriptions in the manual.

/// How a run ended. The numbers change with a major version only.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[repr(u8)]
pub(crate) enum Exit {
    /// Done.
    Done = 0,
    /// A bug in jeton.
    Bug = 1,
    /// Wrong usage.
    Usage = 2,
    /// Configuration missing or wrong.
    Config = 3,
    /// Credential not available: no secret, locked keyring, unreadable key.
    Credential = 4,
    /// Refused by the authorization server: an OAuth error.
    Refused = 5,
    /// Network or TLS failure.
    Network = 6,
    /// The authorization server failed: 5xx, still limited after retries, an invalid response.
    Server = 7,
    /// A check failed.
    Check = 8,
    /// Interrupted.
    Interrupted = 130,
}

impl Exit {
    /// Every code, in order: the table of `--help` and of the manual is made from it.
    pub(crate) const ALL: [Self; 10] = [
        Self::Done,
        Self::Bug,
        Self::Usage,
        Self::Config,
        Self::Credential,
        Self::Refused,
        Self::Network,
        Self::Server,
        Self::Check,
        Self::Interrupted,
    ];

    /// The number that the shell sees.
    pub(crate) const fn code(self) -> u8 {
        self as u8
    }

    /// What the number means, as the manual says it.
    pub(crate) const fn meaning(self) -> &'static str {
        match self {
            Self::Done => "done",
            Self::Bug => "a bug in jeton",
            Self::Usage => "wrong usage",
            Self::Config => "configuration missing or wrong",
            Self::Credential => {
                "credential not available (no secret, locked keyring, unreadable key)"
            }
            Self::Refused => "refused by the authorization server (an OAuth error)",
            Self::Network => "network or TLS failure",
            Self::Server => {
                "the authorization server failed (5xx, still limited after retries, an invalid response)"
            }
            Self::Check => "a check failed",
            Self::Interrupted => "interrupted",
        }
    }
}

impl From<Exit> for std::process::ExitCode {
    fn from(exit: Exit) -> Self {
        Self::from(exit.code())
    }
}
