//! Just enough HTTP/1.1 to stand in front of the real server: one request, one answer, one connection.

use std::io::{BufRead, BufReader, Read, Write};
use std::net::TcpStream;

/// A request as it came in.
#[derive(Debug, Clone)]
pub(crate) struct Request {
    pub(crate) method: String,
    /// Path and query as sent.
    pub(crate) target: String,
    /// Names in lower case, in order.
    pub(crate) headers: Vec<(String, String)>,
    pub(crate) body: Vec<u8>,
}

impl Request {
    /// The path without the query.
    pub(crate) fn path(&self) -> &str {
        self.target.split('?').next().unwrap_or_default()
    }

    /// The first header of that name (lower case).
    pub(crate) fn header(&self, name: &str) -> Option<&str> {
        find(&self.headers, name)
    }

    /// The form in the body, decoded, in order.
    pub(crate) fn form(&self) -> Vec<(String, String)> {
        url::form_urlencoded::parse(&self.body)
            .into_owned()
            .collect()
    }

    /// The value of a form parameter that was sent exactly once.
    pub(crate) fn param(&self, name: &str) -> Option<String> {
        let mut values = self.params(name);
        assert!(values.len() < 2, "{name} was sent {} times", values.len());
        values.pop()
    }

    /// All values of a form parameter.
    pub(crate) fn params(&self, name: &str) -> Vec<String> {
        let form = self.form().into_iter();
        form.filter(|(key, _)| key == name)
            .map(|(_, value)| value)
            .collect()
    }

    /// Reads one request; `None` where the other side closed or sent no HTTP.
    pub(crate) fn read(stream: impl Read) -> Option<Self> {
        let mut reader = BufReader::new(stream);
        let (first, headers) = read_head(&mut reader)?;
        let mut words = first.split(' ');
        let (method, target) = (words.next()?.to_owned(), words.next()?.to_owned());
        let body = read_body(&mut reader, &headers)?;
        Some(Self {
            method,
            target,
            headers,
            body,
        })
    }

    /// Sends the request on, over a connection of its own, and reads the whole answer.
    pub(crate) fn forward(&self, upstream: std::net::SocketAddr) -> Option<Response> {
        let mut stream = TcpStream::connect(upstream).ok()?;
        let mut head = format!("{} {} HTTP/1.1\r\n", self.method, self.target);
        for (name, value) in &self.headers {
            if !matches!(
                name.as_str(),
                "connection" | "transfer-encoding" | "content-length"
            ) {
                head.push_str(&format!("{name}: {value}\r\n"));
            }
        }
        head.push_str(&format!(
            "content-length: {}\r\nconnection: close\r\n\r\n",
            self.body.len()
        ));
        stream.write_all(head.as_bytes()).ok()?;
        stream.write_all(&self.body).ok()?;
        Response::read(stream)
    }
}

/// An answer, with its body whole.
#[derive(Debug, Clone)]
pub(crate) struct Response {
    pub(crate) status: u16,
    /// Names in lower case, in order; the framing headers are left out.
    pub(crate) headers: Vec<(String, String)>,
    pub(crate) body: Vec<u8>,
}

impl Response {
    /// Reads one answer to its end.
    pub(crate) fn read(stream: impl Read) -> Option<Self> {
        let mut reader = BufReader::new(stream);
        let (first, mut headers) = read_head(&mut reader)?;
        let status = first.split(' ').nth(1)?.parse().ok()?;
        let body = if framed(&headers) {
            read_body(&mut reader, &headers)?
        } else {
            let mut rest = Vec::new();
            reader.read_to_end(&mut rest).ok()?;
            rest
        };
        headers.retain(|(name, _)| {
            !matches!(
                name.as_str(),
                "connection" | "transfer-encoding" | "content-length"
            )
        });
        Some(Self {
            status,
            headers,
            body,
        })
    }

    /// Replaces a header, or adds it.
    pub(crate) fn set(&mut self, name: &str, value: &str) {
        self.headers.retain(|(key, _)| key != name);
        self.headers.push((name.to_owned(), value.to_owned()));
    }

    /// The body as JSON, where it is.
    pub(crate) fn json(&self) -> Option<serde_json::Value> {
        serde_json::from_slice(&self.body).ok()
    }
}

/// A GET on loopback, for what a test wants to know of a server itself.
#[track_caller]
pub(crate) fn get(url: &str) -> Response {
    match try_get(url) {
        Some(response) => response,
        None => panic!("no answer from {url}"),
    }
}

/// The same where there may be no server.
pub(crate) fn try_get(url: &str) -> Option<Response> {
    let url = url::Url::parse(url).unwrap();
    let address = url.socket_addrs(|| None).unwrap()[0];
    let request = Request {
        method: "GET".to_owned(),
        target: url.path().to_owned(),
        headers: vec![("host".to_owned(), address.to_string())],
        body: Vec::new(),
    };
    request.forward(address)
}

fn find<'a>(headers: &'a [(String, String)], name: &str) -> Option<&'a str> {
    let found = headers.iter().find(|(key, _)| key == name);
    found.map(|(_, value)| value.as_str())
}

fn framed(headers: &[(String, String)]) -> bool {
    find(headers, "content-length").is_some() || find(headers, "transfer-encoding").is_some()
}

fn read_head(reader: &mut impl BufRead) -> Option<(String, Vec<(String, String)>)> {
    let first = read_line(reader)?;
    let mut headers = Vec::new();
    loop {
        let line = read_line(reader)?;
        if line.is_empty() {
            return Some((first, headers));
        }
        let (name, value) = line.split_once(':')?;
        headers.push((name.to_ascii_lowercase(), value.trim().to_owned()));
    }
}

fn read_line(reader: &mut impl BufRead) -> Option<String> {
    let mut line = String::new();
    let read = reader.read_line(&mut line).ok()?;
    (read > 0).then(|| line.trim_end_matches(['\r', '\n']).to_owned())
}

fn read_body(reader: &mut impl BufRead, headers: &[(String, String)]) -> Option<Vec<u8>> {
    if find(headers, "transfer-encoding").is_some() {
        return read_chunks(reader);
    }
    let length = find(headers, "content-length").map_or(Some(0), |text| text.parse().ok())?;
    let mut body = vec![0; length];
    reader.read_exact(&mut body).ok()?;
    Some(body)
}

fn read_chunks(reader: &mut impl BufRead) -> Option<Vec<u8>> {
    let mut body = Vec::new();
    loop {
        let size = usize::from_str_radix(read_line(reader)?.trim(), 16).ok()?;
        let start = body.len();
        body.resize(start + size, 0);
        reader.read_exact(&mut body[start..]).ok()?;
        read_line(reader)?;
        if size == 0 {
            return Some(body);
        }
    }
}
