//! The ways in which a name fails to become an address.

/// Why a name has no address that can be used.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum NameFailure {
    /// There is no such name (NXDOMAIN).
    NotFound,
    /// The name exists, and has no address.
    NoAddress,
    /// It has private addresses only, and a public server has named it.
    OnlyPrivate,
    /// No DNS server answered in time.
    Silent,
    /// The DNS server answered that it has failed, or refuses to answer.
    ServerFailed,
    /// No DNS server is known: resolv.conf is missing, or names none.
    NoServers,
    /// The system's resolver failed, and does not say in a way that programs understand why.
    Other,
}

impl NameFailure {
    /// Whether another attempt may bring an address. Servers that keep silent were asked more than once already.
    pub(crate) const fn is_transient(self) -> bool {
        match self {
            Self::ServerFailed | Self::Other => true,
            Self::NotFound
            | Self::NoAddress
            | Self::OnlyPrivate
            | Self::Silent
            | Self::NoServers => false,
        }
    }
}
