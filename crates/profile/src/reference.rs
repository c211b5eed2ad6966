//! Every variable that is read, as the reference pages list them.

use crate::assertion::AssertionSettings;
use crate::env::{OTHERS, Variable};
use crate::mtls::MtlsSettings;
use crate::profile::Profile;
use crate::setting::{Declarations, Setting};

/// Every environment variable that is read, in the order of the reference pages: those of a profile, then the others.
#[must_use]
pub fn variables() -> Vec<Variable> {
    let settings = declared();
    let of_settings = settings
        .iter()
        .flat_map(|setting| [setting.secret, setting.variable])
        .flatten();
    of_settings.chain(OTHERS.iter().copied()).collect()
}

/// The settings of a profile and of the tables in it.
pub(crate) fn declared() -> Vec<Setting> {
    let mut settings = Declarations::of(|visitor| Profile::default().visit(visitor)).0;
    settings.extend(Declarations::of(|visitor| AssertionSettings::default().visit(visitor)).0);
    settings.extend(Declarations::of(|visitor| MtlsSettings::default().visit(visitor)).0);
    settings
}

#[cfg(test)]
mod tests {
    use super::{declared, variables};
    use crate::env::Kind;

    #[test]
    fn names_are_unique_and_documented() {
        let all = variables();
        for (index, variable) in all.iter().enumerate() {
            assert!(!variable.doc.is_empty() && !variable.doc.ends_with('.'));
            let again = all.iter().skip(index + 1).any(|v| v.name == variable.name);
            assert!(!again, "{} twice", variable.name);
        }
    }

    #[test]
    fn secrets_are_marked_as_such() {
        let secrets: Vec<_> = variables()
            .into_iter()
            .filter(|variable| variable.kind == Kind::Secret)
            .map(|variable| variable.name)
            .collect();
        assert_eq!(
            secrets,
            ["CC_CLIENT_SECRET", "CC_JWT_PRIVATE_KEY", "JETON_CACHE_KEY"]
        );
    }

    #[test]
    fn flags_are_unique() {
        let mut flags: Vec<_> = declared()
            .iter()
            .filter_map(|setting| setting.flag)
            .collect();
        let all = flags.len();
        flags.sort_unstable();
        flags.dedup();
        assert_eq!(flags.len(), all);
        assert!(all > 0);
    }
}
