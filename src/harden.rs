//! Keeps memory that holds secrets out of core dumps and away from other processes of the same user.

/// Turns core dumps off and, on Linux, takes the process out of reach of `ptrace` and `/proc/PID/mem`.
///
/// Best effort: where the system refuses (a sandbox that forbids the call), jeton goes on as it is.
/// A program that jeton starts gets its own setting back with `exec`, except for the limit on core files.
pub(crate) fn process() {
    #[cfg(unix)]
    {
        use rustix::process::{Resource, Rlimit, setrlimit};
        let none = Rlimit {
            current: Some(0),
            maximum: Some(0),
        };
        let _refused = setrlimit(Resource::Core, none);
    }
    #[cfg(target_os = "linux")]
    {
        use rustix::process::{DumpableBehavior, set_dumpable_behavior};
        let _refused = set_dumpable_behavior(DumpableBehavior::NotDumpable);
    }
}

#[cfg(all(test, target_os = "linux"))]
mod tests {
    use rustix::process::{DumpableBehavior, Resource, dumpable_behavior, getrlimit};

    #[test]
    fn no_core_is_left_behind() {
        super::process();
        assert_eq!(getrlimit(Resource::Core).current, Some(0));
        assert!(matches!(
            dumpable_behavior(),
            Ok(DumpableBehavior::NotDumpable)
        ));
    }
}
