//! The known name that was probably meant.

/// The candidate nearest to what was typed, if one is near enough to be offered.
pub(crate) fn nearest<'a>(
    typed: &str,
    candidates: impl IntoIterator<Item = &'a str>,
) -> Option<&'a str> {
    let plain = |name: &str| name.to_lowercase().replace(['_', '-'], "");
    let typed = plain(typed);
    candidates
        .into_iter()
        .map(|candidate| (strsim::osa_distance(&typed, &plain(candidate)), candidate))
        .filter(|(distance, candidate)| *distance <= candidate.len().div_ceil(3).min(3))
        .min_by_key(|(distance, _)| *distance)
        .map(|(_, candidate)| candidate)
}

#[cfg(test)]
mod tests {
    use super::nearest;

    #[test]
    fn slips_are_recognised_and_strangers_are_not() {
        let keys = ["issuer", "client_id", "client_secret", "scopes"];
        for (typed, meant) in [
            ("isuer", Some("issuer")),
            ("client-id", Some("client_id")),
            ("clientId", Some("client_id")),
            ("scope", Some("scopes")),
            ("client_sercet", Some("client_secret")),
            ("colour", None),
            ("", None),
        ] {
            assert_eq!(nearest(typed, keys), meant, "{typed}");
        }
    }
}
