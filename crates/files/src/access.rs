//! Owner and permission bits of an open file, and what follows from them.

use crate::error::Distrust;
use crate::system;
use std::fmt;
use std::fs::{File, Metadata};
use std::io;

/// The permission bits of a file, with set-user-id, set-group-id and sticky (`0o7777`). `Display` is octal.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Mode(u32);

impl Mode {
    /// The permission bits among `bits`.
    #[must_use]
    pub const fn new(bits: u32) -> Self {
        Self(bits & 0o7777)
    }

    /// The bits.
    #[must_use]
    pub const fn bits(self) -> u32 {
        self.0
    }

    /// Whether the group or everybody may read, write or execute.
    #[must_use]
    pub const fn is_open_to_others(self) -> bool {
        self.0 & 0o077 != 0
    }

    /// Whether the group or everybody may read.
    #[must_use]
    pub const fn is_readable_by_others(self) -> bool {
        self.0 & 0o044 != 0
    }

    /// Whether the group may write.
    #[must_use]
    pub const fn is_group_writable(self) -> bool {
        self.0 & 0o020 != 0
    }

    /// Whether everybody may write.
    #[must_use]
    pub const fn is_world_writable(self) -> bool {
        self.0 & 0o002 != 0
    }
}

/// Three octal digits, such as `640`, or as many as the width asks for.
impl fmt::Display for Mode {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let width = f.width().unwrap_or(3);
        write!(f, "{:0width$o}", self.0)
    }
}

/// Whose a file is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Owner {
    /// The user that this process runs as, who may be root.
    Us,
    /// Root, and we are somebody else.
    Root,
    /// The user id of a third.
    Other(u32),
}

/// Owner and permission bits of a file or folder.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Access {
    owner: Owner,
    mode: Mode,
}

/// Who can read a file that holds a secret.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Privacy {
    /// Nobody but us.
    Private,
    /// It is ours, and the group or everybody has some right to it.
    OpenToOthers(Mode),
    /// It belongs to somebody else, who may be root.
    Foreign,
}

/// Who can change a file that decides where secrets are sent.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Trust {
    /// Nobody but us and root.
    Trusted,
    /// The group as well.
    GroupWritable(Mode),
    /// Everybody.
    WorldWritable(Mode),
    /// Its owner, who is neither we nor root; the user id.
    Foreign(u32),
}

impl Access {
    /// Owner and mode of an open file.
    ///
    /// # Errors
    ///
    /// The system's.
    pub fn of(file: &File) -> io::Result<Self> {
        file.metadata().map(|metadata| Self::from(&metadata))
    }

    pub(crate) const fn new(owner: Owner, mode: Mode) -> Self {
        Self { owner, mode }
    }

    /// The permission bits.
    #[must_use]
    pub const fn mode(self) -> Mode {
        self.mode
    }

    /// Who can read the file.
    #[must_use]
    pub const fn privacy(self) -> Privacy {
        match self.owner {
            Owner::Us if self.mode.is_open_to_others() => Privacy::OpenToOthers(self.mode),
            Owner::Us => Privacy::Private,
            Owner::Root | Owner::Other(_) => Privacy::Foreign,
        }
    }

    /// Who can change the file.
    #[must_use]
    pub const fn trust(self) -> Trust {
        match self.owner {
            Owner::Other(uid) => Trust::Foreign(uid),
            Owner::Us | Owner::Root if self.mode.is_world_writable() => {
                Trust::WorldWritable(self.mode)
            }
            Owner::Us | Owner::Root if self.mode.is_group_writable() => {
                Trust::GroupWritable(self.mode)
            }
            Owner::Us | Owner::Root => Trust::Trusted,
        }
    }

    /// That the file may decide where secrets are sent: it belongs to us or root, and not everybody may write it. Its group may:
    /// [`Access::trust`] tells, for a warning.
    ///
    /// # Errors
    ///
    /// [`Distrust::OtherOwner`], [`Distrust::WorldWritable`].
    pub const fn require_trusted(self) -> Result<(), Distrust> {
        match self.trust() {
            Trust::Trusted | Trust::GroupWritable(_) => Ok(()),
            Trust::WorldWritable(mode) => Err(Distrust::WorldWritable(mode)),
            Trust::Foreign(uid) => Err(Distrust::OtherOwner(uid)),
        }
    }

    /// Ours, and closed to others.
    pub(crate) const fn require_private(self) -> Result<(), Distrust> {
        match self.owner {
            Owner::Root => Err(Distrust::OtherOwner(0)),
            Owner::Other(uid) => Err(Distrust::OtherOwner(uid)),
            Owner::Us if self.mode.is_open_to_others() => Err(Distrust::OpenToOthers(self.mode)),
            Owner::Us => Ok(()),
        }
    }
}

impl From<&Metadata> for Access {
    fn from(metadata: &Metadata) -> Self {
        system::access(metadata)
    }
}

#[cfg(test)]
mod tests {
    use super::{Access, Mode, Owner, Privacy, Trust};
    use crate::error::Distrust;
    use proptest::prelude::{prop_assert_eq, proptest};

    fn access(owner: Owner, mode: u32) -> Access {
        Access::new(owner, Mode::new(mode))
    }

    #[test]
    fn modes_are_shown_in_octal() {
        let mode = Mode::new(0o100_640);
        assert_eq!(format!("{mode} {mode:04}"), "640 0640");
        assert_eq!(Mode::new(0o7).to_string(), "007");
    }

    #[test]
    fn a_file_of_root_is_trusted_but_not_private() {
        let of_root = access(Owner::Root, 0o444);
        assert_eq!(of_root.trust(), Trust::Trusted);
        assert_eq!(of_root.privacy(), Privacy::Foreign);
        assert_eq!(of_root.require_private(), Err(Distrust::OtherOwner(0)));
        let writable = access(Owner::Root, 0o646);
        assert_eq!(writable.trust(), Trust::WorldWritable(Mode::new(0o646)));
    }

    proptest! {
        #[test]
        fn only_closed_files_of_ours_are_private(mode in 0u32..0o10000, uid in 1u32..) {
            let (ours, foreign) = (access(Owner::Us, mode), access(Owner::Other(uid), mode));
            let open = mode & 0o077 != 0;
            prop_assert_eq!(ours.privacy() == Privacy::Private, !open);
            prop_assert_eq!(ours.require_private().is_ok(), !open);
            prop_assert_eq!(foreign.privacy(), Privacy::Foreign);
            prop_assert_eq!(foreign.require_private(), Err(Distrust::OtherOwner(uid)));
        }

        #[test]
        fn only_what_nobody_else_can_write_is_trusted(mode in 0u32..0o10000, uid in 1u32..) {
            let trust = access(Owner::Us, mode).trust();
            let expected = match (mode & 0o002 != 0, mode & 0o020 != 0) {
                (true, _) => Trust::WorldWritable(Mode::new(mode)),
                (false, true) => Trust::GroupWritable(Mode::new(mode)),
                (false, false) => Trust::Trusted,
            };
            prop_assert_eq!(trust, expected);
            let foreign = access(Owner::Other(uid), mode);
            prop_assert_eq!(foreign.trust(), Trust::Foreign(uid));
            prop_assert_eq!(foreign.require_trusted(), Err(Distrust::OtherOwner(uid)));
            for ours in [Owner::Us, Owner::Root].map(|owner| access(owner, mode)) {
                prop_assert_eq!(ours.require_trusted().is_ok(), mode & 0o002 == 0);
            }
        }
    }
}
