//! The head of an HTTP/1 response, read from bytes of a server or a proxy that may send anything.

/// Ends a head (RFC 9112 2.1).
const END: &[u8] = b"\r\n\r\n";

/// A head, or as much of it as came. Its texts are foreign.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Head {
    /// The status, from 100 to 999.
    pub status: u16,
    headers: Vec<(String, String)>,
}

impl Head {
    /// Reads the head at the beginning of `bytes`; `None` where that is no response of HTTP/1.
    #[must_use]
    pub fn read(bytes: &[u8]) -> Option<Self> {
        let head = &bytes[..length(bytes).unwrap_or(bytes.len())];
        let text = String::from_utf8_lossy(head);
        let mut lines = text.lines();
        let mut status_line = lines.next()?.splitn(3, ' ');
        if !status_line.next()?.starts_with("HTTP/1.") {
            return None;
        }
        let headers = lines.filter_map(|line| line.split_once(':'));
        Some(Self {
            status: status(status_line.next()?)?,
            headers: headers
                .map(|(name, value)| (name.to_ascii_lowercase(), value.trim().to_owned()))
                .collect(),
        })
    }

    /// The first header of this name, which is written in lower case.
    #[must_use]
    pub fn header(&self, name: &str) -> Option<&str> {
        let mut headers = self.headers.iter();
        let (_, value) = headers.find(|(found, _)| found == name)?;
        Some(value)
    }
}

/// How many bytes at the beginning are the head, its empty line included; `None` where it has not come to its end.
#[must_use]
pub fn length(bytes: &[u8]) -> Option<usize> {
    let mut starts = bytes.windows(END.len());
    starts
        .position(|start| start == END)
        .map(|start| start + END.len())
}

/// Three digits (RFC 9112 4).
fn status(text: &str) -> Option<u16> {
    let is_status = text.len() == 3 && text.bytes().all(|byte| byte.is_ascii_digit());
    let status = text.parse().ok().filter(|_| is_status)?;
    (status >= 100).then_some(status)
}

#[cfg(test)]
#[expect(clippy::unwrap_used, reason = "a test fails by panicking")]
mod tests {
    use super::*;

    #[test]
    fn status_and_headers() {
        let bytes = b"HTTP/1.1 407 No\r\nVia:  one \r\nVIA: two\r\n\r\nServer: body";
        assert_eq!(length(bytes), Some(bytes.len() - 12));
        let head = Head::read(bytes).unwrap();
        assert_eq!(head.status, 407);
        assert_eq!(head.header("via"), Some("one"));
        assert_eq!(head.header("server"), None);
        // It may end early.
        let cut = Head::read(b"HTTP/1.0 200\r\nServer: x").unwrap();
        assert_eq!((cut.status, cut.header("server")), (200, Some("x")));
    }

    #[test]
    fn what_is_no_response() {
        for text in [
            "",
            "SSH-2.0-x\r\n",
            "HTTP/2 200",
            "HTTP/1.1",
            "HTTP/1.1 abc",
            "HTTP/1.1 20 OK",
            "HTTP/1.1 099 x",
            "HTTP/1.1 +20 x",
            "HTTP/1.1 2000 x",
        ] {
            assert_eq!(Head::read(text.as_bytes()), None, "{text}");
        }
    }
}
