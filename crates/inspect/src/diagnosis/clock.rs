//! The clocks of this machine and of the server.

use super::fail;
use crate::context::ProfileContext;
use crate::finding::{Finding, Who};

/// The clocks are apart. `skew`: the server's time minus ours, in seconds.
pub fn clock(context: &ProfileContext, skew: i64, signs: bool) -> Finding {
    let (side, effect) = if skew > 0 {
        ("behind", "have expired on arrival")
    } else {
        ("ahead of", "appear to be issued in the future")
    };
    let diagnosis = fail(
        "clock.skewed",
        Who::You,
        format!(
            "this machine's clock is {} s {side} the server's",
            skew.abs()
        ),
    )
    .seen_if(
        context
            .now
            .as_ref()
            .map(|now| format!("this machine says {now}")),
    );
    let diagnosis = if signs {
        diagnosis.seen(format!("assertions signed now {effect}"))
    } else {
        diagnosis.seen("tokens may look expired or not yet valid to this machine")
    };
    diagnosis
        .remedy("synchronize this machine's clock: `timedatectl set-ntp true`, or chrony")
        .remedy("in a virtual machine or a container, set the host's clock; if this clock is right, tell the server's operator")
}

#[cfg(test)]
mod tests {
    use super::clock;
    use crate::diagnosis::testing::context;

    #[test]
    fn a_clock_is_named_by_the_side_on_which_it_is_wrong() {
        let behind = clock(&context(), 90, true);
        assert!(behind.what.contains("90 s behind"), "{behind:?}");
        assert!(behind.seen[1].contains("have expired"), "{behind:?}");
        let ahead = clock(&context(), -90, false);
        assert!(ahead.what.contains("90 s ahead of"), "{ahead:?}");
    }
}
