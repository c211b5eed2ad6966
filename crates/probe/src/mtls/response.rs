//! The response to a request without credentials: its status, a few words of it, and what it says about certificates.

use crate::http_head::{self, Head};
use jeton_client::Meaning;
use serde::Serialize;
use serde_json::{Map, Value};

/// Of a text of the server, more characters are not kept.
const MAX_TEXT: usize = 200;

/// The response. Its texts are foreign.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Response {
    /// The HTTP status.
    pub status: u16,
    /// `error` and its description, the title of a page, or the first line.
    pub says: Option<String>,
    /// `Location`, which is not followed.
    pub location: Option<String>,
    /// What it says about certificates.
    pub meaning: Meaning,
}

impl Response {
    /// Reads a response of HTTP/1; `None` where it is none.
    pub(super) fn read(bytes: &[u8]) -> Option<Self> {
        let head = Head::read(bytes)?;
        let body = &bytes[http_head::length(bytes).unwrap_or(bytes.len())..];
        let body = String::from_utf8_lossy(body);
        let location = head.header("location");
        Some(Self {
            status: head.status,
            says: says(head.status, &body),
            location: location.map(|text| text.chars().take(MAX_TEXT).collect()),
            meaning: Meaning::of(head.status, &body),
        })
    }

    /// Whether nothing of it is missing, as far as its head says how long it is.
    pub(super) fn is_complete(bytes: &[u8]) -> bool {
        let Some(length) = http_head::length(bytes) else {
            return false;
        };
        let Some(head) = Head::read(bytes) else {
            return false;
        };
        let body = &bytes[length..];
        if head.header("transfer-encoding").is_some() {
            return body.ends_with(b"0\r\n\r\n");
        }
        let length = head.header("content-length");
        length
            .and_then(|length| length.parse().ok())
            .is_some_and(|length: usize| body.len() >= length)
    }
}

/// A few words of the body. Of a response that succeeds, only what calls itself an error or a page is quoted: a server that
/// issues a token to whoever presents the right certificate would have it printed here.
fn says(status: u16, body: &str) -> Option<String> {
    let text = oauth_error(body).or_else(|| title(body)).or_else(|| {
        let mut lines = body.lines().map(str::trim);
        if status < 400 || lines.clone().any(|line| line.starts_with(['{', '['])) {
            return None;
        }
        // Not the markup of a page without a title, nor the length of a chunk.
        let line = lines.find(|line| {
            let is_length = line.bytes().all(|byte| byte.is_ascii_hexdigit());
            !is_length && !line.starts_with('<')
        });
        line.map(str::to_owned)
    })?;
    // Titles of nginx repeat the status.
    let text = text.strip_prefix(&format!("{status} ")).unwrap_or(&text);
    Some(text.chars().take(MAX_TEXT).collect())
}

/// RFC 6749 5.2, wherever in the body the object begins: chunks put their length before it.
fn oauth_error(body: &str) -> Option<String> {
    let object = &body[body.find('{')?..];
    let mut objects = serde_json::Deserializer::from_str(object).into_iter::<Map<String, Value>>();
    let object = objects.next()?.ok()?;
    let error = object.get("error")?.as_str()?;
    let description = object.get("error_description").and_then(Value::as_str);
    Some(description.map_or_else(
        || error.to_owned(),
        |description| format!("{error}: {description}"),
    ))
}

fn title(body: &str) -> Option<String> {
    let lower = body.to_ascii_lowercase();
    let start = lower.find("<title>")? + "<title>".len();
    let end = start + lower[start..].find("</title>")?;
    let text = body[start..end].split_whitespace().collect::<Vec<_>>();
    Some(text.join(" ")).filter(|text| !text.is_empty())
}

#[cfg(test)]
#[expect(clippy::unwrap_used, reason = "a test fails by panicking")]
mod tests {
    use super::*;
    use proptest::prelude::*;

    const NGINX: &str = "HTTP/1.1 400 Bad Request\r\nServer: nginx/1.22.1\r\nContent-Length: 5\r\n\r\n<html>\r\n<head><title>400 No required SSL certificate was sent</title></head>";

    fn read(text: &str) -> Response {
        Response::read(text.as_bytes()).unwrap()
    }

    #[test]
    fn what_servers_say_about_certificates() {
        let response = read(NGINX);
        assert_eq!((response.status, response.meaning), (400, Meaning::Missing));
        let says = "No required SSL certificate was sent";
        assert_eq!(response.says.as_deref(), Some(says));
    }

    #[test]
    fn a_few_words_of_the_body() {
        let says = |body: &str| read(&format!("HTTP/1.1 401 X\r\nA: b\r\n\r\n{body}")).says;
        let error = r#"{"error":"invalid_client","error_description":"no"}"#;
        assert_eq!(says(error).unwrap(), "invalid_client: no");
        let chunked = format!("31\r\n{error}\r\n0\r\n\r\n");
        assert_eq!(says(&chunked).unwrap(), "invalid_client: no");
        assert_eq!(says("\n not found \n x").unwrap(), "not found");
        assert_eq!(says("5\r\nhello\r\n0\r\n\r\n").unwrap(), "hello");
        assert_eq!(says("<TITLE> a\n b </TITLE>").unwrap(), "a b");
        assert_eq!(says(""), None);
        assert_eq!(says(&"x".repeat(500)).unwrap().len(), 200);
        let moved = read("HTTP/1.1 302 Found\r\nLOCATION: https://x.example/\r\n\r\n");
        assert_eq!(moved.location.as_deref(), Some("https://x.example/"));
    }

    #[test]
    fn security_client_1_a_token_that_a_get_brings_is_not_quoted() {
        let body = "{\n\"access_token\": \"canary-canary\",\n\"token_type\": \"Bearer\"\n}";
        for status in [200, 400] {
            let head = format!("HTTP/1.1 {status} X\r\n\r\n");
            for body in [body.to_owned(), format!("36\r\n{body}\r\n0\r\n\r\n")] {
                assert_eq!(read(&format!("{head}{body}")).says, None, "{status} {body}");
            }
        }
        assert_eq!(read("HTTP/1.1 200 OK\r\n\r\ncanary").says, None);
    }

    #[test]
    fn when_nothing_is_missing() {
        let whole = |text: &str| Response::is_complete(text.as_bytes());
        assert!(whole(NGINX));
        assert!(!whole("HTTP/1.1 200 OK\r\nContent-Length: 5\r\n"));
        assert!(!whole("HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\n1234"));
        assert!(!whole("HTTP/1.1 200 OK\r\n\r\n1234"));
        let chunked = "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n1\r\na\r\n";
        assert!(!whole(chunked));
        assert!(whole(&format!("{chunked}0\r\n\r\n")));
        assert_eq!(Response::read(b"SSH-2.0\r\n"), None);
        assert_eq!(Response::read(b"HTTP/1.1 abc\r\n"), None);
    }

    proptest! {
        #[test]
        fn any_bytes(bytes in proptest::collection::vec(any::<u8>(), 0..200), head in prop_oneof![Just(""), Just("HTTP/1.1 200 OK\r\n\r\n")]) {
            let bytes = [head.as_bytes(), &bytes].concat();
            let _ = Response::is_complete(&bytes);
            prop_assert_eq!(Response::read(&bytes).is_some(), !head.is_empty() || bytes.starts_with(b"HTTP/1."));
        }
    }
}
