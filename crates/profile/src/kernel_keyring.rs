//! The keyring of the Linux kernel: holds the key of the cache for some hours, so that a warm call asks no service.

use zeroize::Zeroizing;

/// Where 32 bytes can be held in memory that belongs to the user and not to a process.
pub(crate) trait KernelKeyring {
    /// The bytes held under a name; `None` when there are none, or the kernel (or a container) does not let us look.
    fn recall(&self, name: &str) -> Option<Zeroizing<[u8; 32]>>;
    /// Holds bytes under a name. A refusal costs speed, not function, so it is not reported.
    fn hold(&self, name: &str, bytes: &[u8; 32]);
}

/// The kernel of this machine; elsewhere than on Linux it holds nothing.
#[derive(Debug, Clone, Copy, Default)]
pub(crate) struct SystemKernelKeyring;

#[cfg(target_os = "linux")]
mod linux {
    use super::{KernelKeyring, SystemKernelKeyring};
    use linux_keyutils::{
        Key, KeyError, KeyPermissionsBuilder, KeyRing, KeyRingIdentifier, Permission,
    };
    use zeroize::Zeroizing;

    /// How long the kernel keeps the key: a working day. After that the operating system's keyring is asked again.
    const KEPT_SECONDS: usize = 12 * 60 * 60;

    impl KernelKeyring for SystemKernelKeyring {
        fn recall(&self, name: &str) -> Option<Zeroizing<[u8; 32]>> {
            let key = user_ring().and_then(|ring| ring.search(name)).ok()?;
            // One byte more than is wanted, so that a longer payload shows.
            let mut payload = Zeroizing::new([0u8; 33]);
            let length = key.read(&mut *payload).ok()?;
            let mut bytes = Zeroizing::new([0u8; 32]);
            if length != bytes.len() {
                return None;
            }
            bytes.copy_from_slice(payload.get(..32)?);
            Some(bytes)
        }

        fn hold(&self, name: &str, bytes: &[u8; 32]) {
            let Ok(ring) = user_ring() else { return };
            // Rights are set by whoever possesses the key. A session without the user's keyring in it (a service,
            // a container) does not; the keyring of the process then serves as the link.
            if let Ok(process) = KeyRing::from_special_id(KeyRingIdentifier::Process, true) {
                let _unlinked = process.link_keyring(ring);
            }
            if let Ok(key) = ring.add_key(name, bytes)
                && restrict(key).is_err()
            {
                let _left_to_the_session = key.invalidate();
            }
        }
    }

    /// Lets go of a name.
    #[cfg(test)]
    pub(super) fn forget(name: &str) {
        if let Ok(key) = user_ring().and_then(|ring| ring.search(name)) {
            let _gone = key.invalidate();
        }
    }

    /// The keyring that all processes of the user share.
    fn user_ring() -> Result<KeyRing, KeyError> {
        KeyRing::from_special_id(KeyRingIdentifier::User, true)
    }

    /// Read and search for the user, in whichever session; nothing for group and others; gone after some hours.
    fn restrict(key: Key) -> Result<(), KeyError> {
        let user = Permission::VIEW | Permission::READ | Permission::SEARCH;
        key.set_timeout(KEPT_SECONDS)?;
        key.set_perms(
            KeyPermissionsBuilder::builder()
                .posessor(Permission::ALL)
                .user(user | Permission::WRITE | Permission::SETATTR)
                .build(),
        )
    }
}

#[cfg(not(target_os = "linux"))]
impl KernelKeyring for SystemKernelKeyring {
    fn recall(&self, _name: &str) -> Option<Zeroizing<[u8; 32]>> {
        None
    }

    fn hold(&self, _name: &str, _bytes: &[u8; 32]) {}
}

#[cfg(all(test, target_os = "linux"))]
mod tests {
    use super::{KernelKeyring, SystemKernelKeyring};

    /// Where the kernel has keyrings at all (containers often forbid them), what is held is recalled.
    #[test]
    fn what_is_held_is_recalled_until_it_is_forgotten() {
        let kernel = SystemKernelKeyring;
        let name = format!("jeton-test-{}", std::process::id());
        assert!(kernel.recall(&name).is_none());
        kernel.hold(&name, &[7; 32]);
        if let Some(bytes) = kernel.recall(&name) {
            assert_eq!(*bytes, [7; 32]);
        }
        super::linux::forget(&name);
        assert!(kernel.recall(&name).is_none());
    }
}
