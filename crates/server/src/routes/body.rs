//! A form, read strictly (OAuth 2.1 section 3.2): type, length, time, encoding, repetitions, and no credentials in the query.

use super::response::{Rejection, texts};
use crate::auth::CREDENTIALS;
use crate::config::Limits;
use crate::refusal::Refusal;
use axum::extract::Request;
use http::header::CONTENT_TYPE;
use http::{HeaderMap, StatusCode};
use http_body_util::{BodyExt, LengthLimitError, Limited};
use jeton_oauth::ErrorCode;
use jeton_oauth::form::{self, FormError, FormParams};

/// The headers and the parameters of a request.
pub(super) async fn read_form(
    request: Request,
    limits: Limits,
) -> Result<(HeaderMap, FormParams), Rejection> {
    let (head, body) = request.into_parts();
    let query = head.uri.query().unwrap_or_default();
    let named = |(name, _): &(_, _)| CREDENTIALS.contains(&AsRef::<str>::as_ref(name));
    if url::form_urlencoded::parse(query.as_bytes()).any(|pair| named(&pair)) {
        return Err(Rejection::unreadable(
            StatusCode::BAD_REQUEST,
            "credentials do not belong into the query: consider this one as lost",
        ));
    }
    if !is_form(&texts(&head.headers, CONTENT_TYPE).unwrap_or_default()) {
        return Err(Rejection::unreadable(
            StatusCode::UNSUPPORTED_MEDIA_TYPE,
            "the body must be application/x-www-form-urlencoded",
        ));
    }
    let whole = Limited::new(body, limits.body_bytes).collect();
    let whole = tokio::time::timeout(limits.body_timeout, whole)
        .await
        .map_err(|_| {
            Rejection::unreadable(StatusCode::REQUEST_TIMEOUT, "the body came too slowly")
        })?
        .map_err(|error| {
            if error.is::<LengthLimitError>() {
                Rejection::unreadable(StatusCode::PAYLOAD_TOO_LARGE, "the body is too long")
            } else {
                Rejection::unreadable(StatusCode::BAD_REQUEST, "the body did not come whole")
            }
        })?;
    let form = form::parse_strict(&whole.to_bytes()).map_err(|error| {
        let refusal = match error {
            FormError::Malformed => Refusal::open(
                ErrorCode::InvalidRequest,
                "the body is not form-encoded UTF-8",
            ),
            FormError::Repeated(name) => Refusal::quoting(
                ErrorCode::InvalidRequest,
                "a parameter appears more than once",
                &name,
            ),
        };
        Rejection::from(refusal)
    })?;
    Ok((head.headers, form))
}

/// One content type, without parameters but a charset of UTF-8.
fn is_form(types: &[&str]) -> bool {
    let [one] = types else {
        return false;
    };
    let mut parts = one.split(';').map(str::trim);
    let essence = parts.next().unwrap_or_default();
    essence.eq_ignore_ascii_case("application/x-www-form-urlencoded")
        && parts.all(|parameter| {
            let parameter = parameter.to_ascii_lowercase();
            matches!(
                parameter.as_str(),
                "" | "charset=utf-8" | "charset=\"utf-8\""
            )
        })
}

#[cfg(test)]
mod tests {
    use super::is_form;

    #[test]
    fn the_content_type_may_have_a_charset_and_nothing_else() {
        for yes in [
            "application/x-www-form-urlencoded",
            "Application/X-WWW-Form-Urlencoded; charset=UTF-8",
            "application/x-www-form-urlencoded;charset=\"utf-8\"",
        ] {
            assert!(is_form(&[yes]), "{yes}");
        }
        for no in [
            "application/json",
            "text/plain",
            "",
            "application/x-www-form-urlencoded; charset=utf-16",
            "application/x-www-form-urlencoded2",
        ] {
            assert!(!is_form(&[no]), "{no}");
        }
        let form = "application/x-www-form-urlencoded";
        assert!(!is_form(&[]) && !is_form(&[form, form]));
    }
}
