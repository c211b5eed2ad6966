//! File descriptors: each connection needs one, and a process has only so many.

/// What the process needs besides connections: database, listeners, standard streams, log.
#[cfg(unix)]
const RESERVE: u64 = 64;

/// Raises the limit of this process as far as the hard limit allows; returns for how many of `wanted` connections it suffices.
#[cfg(unix)]
pub(super) fn raise(wanted: usize) -> usize {
    use rustix::process::{Resource, Rlimit, getrlimit, setrlimit};
    let limit = getrlimit(Resource::Nofile);
    let needed = u64::try_from(wanted)
        .unwrap_or(u64::MAX)
        .saturating_add(RESERVE);
    let Some(current) = limit.current else {
        return wanted;
    };
    if current >= needed {
        return wanted;
    }
    let raised = limit.maximum.map_or(needed, |maximum| maximum.min(needed));
    let raised_limit = Rlimit {
        current: Some(raised),
        maximum: limit.maximum,
    };
    let current = match setrlimit(Resource::Nofile, raised_limit) {
        Ok(()) => raised,
        Err(_) => current,
    };
    let room = current.saturating_sub(RESERVE).max(1);
    usize::try_from(room).map_or(wanted, |room| room.min(wanted))
}

/// Other systems have no such limit.
#[cfg(not(unix))]
pub(super) const fn raise(wanted: usize) -> usize {
    wanted
}
