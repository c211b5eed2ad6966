//! Which profile is meant.

use super::match_url::web_url;
use super::nearest::nearest;
use super::origin::{Origin, Sourced};
use super::profile::Profile;
use crate::error::Error;

/// What was said about the profile, in order of precedence: flags, then environment, then the file.
pub(super) struct Wanted<'a> {
    /// `--profile`
    pub(super) flag: Option<&'a str>,
    /// `--for`
    pub(super) for_url: Option<&'a str>,
    /// `JETON_PROFILE`
    pub(super) variable: Option<Sourced<String>>,
    /// `default_profile`
    pub(super) default: Option<&'a Sourced<String>>,
}

/// Finds the profile that is meant; nothing said, the only one there is.
///
/// # Errors
/// Exit 3: no such profile (the nearest name is offered), none or two that cover the URL, nothing said and several there.
pub(super) fn select<'a>(
    profiles: &'a [Profile],
    wanted: &Wanted<'_>,
) -> Result<&'a Profile, Error> {
    if let Some(name) = wanted.flag {
        return named(profiles, name, &Origin::Flag("--profile"));
    }
    if let Some(url) = wanted.for_url {
        return covering(profiles, url);
    }
    if let Some(Sourced { value, origin }) = wanted.variable.as_ref().or(wanted.default) {
        return named(profiles, value, origin);
    }
    match profiles {
        [] => Err(none_at_all()),
        [only] => Ok(only),
        several => Err(
            Error::config("several profiles are configured and none is selected")
                .detail(format!("available: {}", names(several)))
                .hint("select one with --profile, JETON_PROFILE or default_profile in the file"),
        ),
    }
}

fn named<'a>(profiles: &'a [Profile], name: &str, origin: &Origin) -> Result<&'a Profile, Error> {
    if let Some(found) = profiles.iter().find(|profile| profile.name == name) {
        return Ok(found);
    }
    let message = format!("no profile {name} ({origin})");
    if profiles.is_empty() {
        return Err(Error::not_configured(message)
            .hint("no profile is configured: `jeton config init` writes a file to start from"));
    }
    let error = Error::config(message).detail(format!("available: {}", names(profiles)));
    let candidates = profiles.iter().map(|profile| profile.name.as_str());
    Err(match nearest(name, candidates) {
        Some(near) => error.hint(format!("did you mean {near}?")),
        None => error,
    })
}

/// The profile whose `match` covers the URL most closely. A disabled one is found too: to take the next best would
/// send a token that was not meant for this place.
fn covering<'a>(profiles: &'a [Profile], text: &str) -> Result<&'a Profile, Error> {
    let url = web_url(text).map_err(|reason| Error::usage(format!("flag --for: {reason}")))?;
    let mut best: Option<(usize, Vec<&Profile>)> = None;
    for profile in profiles {
        let prefixes = profile.matches.value.iter();
        let Some(closeness) = prefixes.filter_map(|prefix| prefix.covers(&url)).max() else {
            continue;
        };
        match &mut best {
            Some((most, found)) if *most == closeness => found.push(profile),
            Some((most, _)) if *most > closeness => {}
            _ => best = Some((closeness, vec![profile])),
        }
    }
    let shown = url.origin().ascii_serialization();
    match best.as_ref().map(|(_, found)| found.as_slice()) {
        Some([only]) => Ok(only),
        Some(several) => Err(Error::config(format!(
            "several profiles cover {shown} equally closely: {}",
            several
                .iter()
                .map(|profile| profile.name.as_str())
                .collect::<Vec<_>>()
                .join(", ")
        ))
        .hint("select one with --profile, or make one `match` longer")),
        None => Err(Error::config(format!("no profile covers {text}"))
            .hint("add the URL to the `match` list of a profile, or select one with --profile")),
    }
}

fn none_at_all() -> Error {
    Error::not_configured("no profile is configured")
        .hint("`jeton config init` writes a file to start from")
        .hint("or set OIDC_ISSUER, CC_CLIENT_ID and CC_CLIENT_SECRET in the environment")
        .hint("or try it without configuration: `jeton token get --embedded`")
}

fn names(profiles: &[Profile]) -> String {
    let names: Vec<_> = profiles
        .iter()
        .map(|profile| profile.name.as_str())
        .collect();
    names.join(", ")
}

#[cfg(test)]
#[expect(clippy::unwrap_used, reason = "a test fails by panicking")]
mod tests {
    use crate::ErrorKind;
    use crate::testing::Home;

    const TWO: &str = r#"
[profiles.billing]
match = ["https://api.example.com/billing"]
[profiles.wide]
match = ["https://api.example.com/", "https://other.example.com/"]
"#;

    fn chosen(
        toml: &str,
        env: &[(&str, &str)],
        flag: Option<&str>,
        url: Option<&str>,
    ) -> Result<String, String> {
        let home = Home::new(toml);
        let mut inputs = home.inputs(env);
        inputs.profile = flag.map(str::to_owned);
        inputs.for_url = url.map(str::to_owned);
        crate::Settings::load(&inputs)
            .unwrap()
            .chosen()
            .map(|profile| profile.name)
            .map_err(|error| {
                format!(
                    "{:?} {error} {:?} {:?}",
                    error.kind, error.details, error.hints
                )
            })
    }

    #[test]
    fn flag_then_url_then_variable_then_default_then_the_only_one() {
        let with_default = format!("default_profile = \"wide\"\n{TWO}");
        let wide = Some("https://other.example.com/x");
        let variable = [("JETON_PROFILE", "billing")];
        assert_eq!(
            chosen(&with_default, &variable, Some("billing"), wide).unwrap(),
            "billing"
        );
        assert_eq!(
            chosen(&with_default, &variable, None, wide).unwrap(),
            "wide"
        );
        assert_eq!(
            chosen(&with_default, &variable, None, None).unwrap(),
            "billing"
        );
        assert_eq!(chosen(&with_default, &[], None, None).unwrap(), "wide");
        assert_eq!(chosen("[profiles.only]", &[], None, None).unwrap(), "only");
        let told = chosen(TWO, &[], None, None).unwrap_err();
        assert!(
            told.starts_with("Config") && told.contains("billing, wide"),
            "{told}"
        );
    }

    #[test]
    fn the_longest_match_wins() {
        for (url, expected) in [
            ("https://api.example.com/billing/1", "billing"),
            ("https://api.example.com/billings", "wide"),
            ("https://api.example.com", "wide"),
        ] {
            assert_eq!(chosen(TWO, &[], None, Some(url)).unwrap(), expected);
        }
        let told =
            chosen(TWO, &[], None, Some("https://api.example.com.evil/billing")).unwrap_err();
        assert!(told.contains("no profile covers"), "{told}");
        let usage = chosen(TWO, &[], None, Some("nonsense")).unwrap_err();
        assert!(usage.starts_with("Usage"), "{usage}");
    }

    #[test]
    fn a_tie_is_not_decided_by_chance() {
        let toml = "[profiles.a]\nmatch = 'https://h.example/x'\n[profiles.b]\nmatch = 'https://h.example/x/'";
        let told = chosen(toml, &[], None, Some("https://h.example/x/y")).unwrap_err();
        assert!(told.contains("a, b"), "{told}");
    }

    #[test]
    fn an_unknown_name_is_met_with_the_nearest() {
        let told = chosen(TWO, &[], Some("biling"), None).unwrap_err();
        assert!(
            told.contains("did you mean billing?") && told.contains("--profile"),
            "{told}"
        );
    }

    #[test]
    fn a_disabled_profile_is_not_passed_over() {
        let toml = "[profiles.a]\nenvironment = 'prod'\nmatch = 'https://h.example/x'\n[profiles.b]\nmatch = 'https://h.example/'";
        let home = Home::new(toml);
        let mut inputs = home.inputs(&[]);
        inputs.for_url = Some("https://h.example/x".to_owned());
        let settings = crate::Settings::load(&inputs).unwrap();
        assert_eq!(settings.chosen().unwrap().name, "a");
        let error = settings.select().unwrap_err();
        assert_eq!(error.kind, ErrorKind::Config);
        assert!(error.hints.join("").contains("enabled = true"), "{error:?}");
    }
}
