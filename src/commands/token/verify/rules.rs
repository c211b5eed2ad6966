//! What is required of the token: by the command line, else by the profile.

use super::VerifyArgs;
use jeton_client::verify::{AccessTokenRules, Claims, DEFAULT_LEEWAY, Rules};
use jeton_profile::Profile;

/// The rules. A profile requires its issuer, and one of its resources or audiences.
pub(super) fn rules(args: &VerifyArgs, profile: Option<&Profile>) -> Rules {
    if args.signature_only {
        return Rules::new(Claims::NotChecked);
    }
    let issuer = args.iss.clone().or_else(|| {
        let issuer = profile?.issuer.as_ref()?;
        Some(issuer.value.as_str().to_owned())
    });
    let audience = match (args.aud.as_slice(), profile) {
        ([], Some(profile)) => {
            let resources = profile.resource.value.iter();
            let resources = resources.map(|resource| resource.as_str().to_owned());
            resources
                .chain(profile.audience.value.iter().cloned())
                .collect()
        }
        (named, _) => named.to_vec(),
    };
    Rules::new(Claims::AccessToken(AccessTokenRules {
        issuer,
        audience,
        audience_may_be_missing: args.allow_no_aud,
        expiry_may_be_missing: args.allow_no_exp,
        scopes: args
            .scope
            .iter()
            .flat_map(|list| list.split_whitespace())
            .map(str::to_owned)
            .collect(),
        leeway: args.leeway.unwrap_or(DEFAULT_LEEWAY),
        strict: args.profile_strict,
    }))
}
