//! Answers of the token endpoint (RFC 6749 5.1 and 5.2). The first byte chooses status and content type.
#![no_main]

use jeton_oauth::jwt::{Unverified, claims};
use jeton_oauth::{AnswerError, TokenResponse};
use libfuzzer_sys::fuzz_target;

const STATUSES: [u16; 4] = [200, 400, 401, 503];
const KINDS: [Option<&str>; 4] = [
    Some("application/json"),
    Some("application/x-www-form-urlencoded"),
    Some("text/html; charset=utf-8"),
    None,
];
const YEAR: i64 = 365 * 24 * 3600;

fuzz_target!(|answer: &[u8]| {
    let Some((choice, body)) = answer.split_first() else {
        return;
    };
    let status = STATUSES[usize::from(choice & 3)];
    let kind = KINDS[usize::from(choice >> 2 & 3)];
    match TokenResponse::parse(status, kind, body) {
        Ok(response) => {
            assert_eq!(status, 200);
            let token = response.access_token.expose();
            assert!(!token.is_empty() && token.bytes().all(|byte| byte.is_ascii_graphic()));
            assert!(
                response
                    .expires_in
                    .is_none_or(|lifetime| (0..=YEAR).contains(&lifetime))
            );
            if let Ok(token) = Unverified::parse(token) {
                let _ = claims::numeric_date(token.claims(), "exp");
                let _ = claims::audience(token.claims());
            }
        }
        Err(AnswerError::Refused(error)) => {
            let _ = (error.error.as_str(), error.to_json());
        }
        Err(AnswerError::NotOAuth { reason }) => assert!(!reason.is_empty()),
    }
});
