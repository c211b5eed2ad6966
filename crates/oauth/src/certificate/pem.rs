//! PEM documents (RFC 7468): blocks with labels, and for what is wrong with them the line.
//!
//! Read leniently where RFC 7468 2 allows it (text around the blocks, any line ends, lines of any length, white space), and
//! strictly inside: every character is Base64, every block ends under the name that it began with.

use super::error::Problem;
use base64::Engine as _;
use base64::alphabet;
use base64::engine::{DecodePaddingMode, GeneralPurpose, GeneralPurposeConfig};
use std::fmt;
use zeroize::Zeroizing;

/// More blocks than this are no credential of a client, but a bundle.
pub const MOST_BLOCKS: usize = 32;
const BEGIN: &[u8] = b"-----BEGIN ";
const END: &[u8] = b"-----END ";
const DASHES: &[u8] = b"-----";
/// A label that is longer is not shown whole.
const LONGEST_LABEL: usize = 64;

/// Last bits that say nothing are not looked at: some tools leave them set.
const BASE64: GeneralPurpose = GeneralPurpose::new(
    &alphabet::STANDARD,
    GeneralPurposeConfig::new()
        .with_decode_padding_mode(DecodePaddingMode::RequireCanonical)
        .with_decode_allow_trailing_bits(true),
);

/// What stands between a BEGIN line and its END line.
pub struct Block {
    /// Such as `CERTIFICATE`.
    pub label: String,
    /// The line of its BEGIN, from 1.
    pub line: usize,
    /// What the Base64 stands for; zeroed, since it may be a private key.
    pub der: Zeroizing<Vec<u8>>,
}

impl fmt::Debug for Block {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Block")
            .field("label", &self.label)
            .field("line", &self.line)
            .finish_non_exhaustive()
    }
}

/// Why a document is not PEM, and where.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PemError {
    /// From 1; none where it is about the document as a whole.
    pub line: Option<usize>,
    /// What is wrong.
    pub problem: Problem,
}

impl PemError {
    fn at(line: usize, problem: Problem) -> Self {
        Self {
            line: Some(line),
            problem,
        }
    }

    const fn whole(problem: Problem) -> Self {
        Self {
            line: None,
            problem,
        }
    }
}

/// A block that is being read.
struct Open {
    label: String,
    line: usize,
    base64: Zeroizing<Vec<u8>>,
    /// Base64 has begun, or the empty line that ends the headers of RFC 1421 was seen.
    in_body: bool,
}

/// The blocks of a document, in order.
///
/// # Errors
/// [`PemError`] with the first thing that is wrong; a document without a block is an error too.
pub fn read(bytes: &[u8]) -> Result<Vec<Block>, PemError> {
    let text = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes);
    if text.trim_ascii().is_empty() {
        return Err(PemError::whole(Problem::Empty));
    }
    if text.starts_with(b"\xff\xfe") || text.starts_with(b"\xfe\xff") {
        return Err(PemError::whole(Problem::Utf16));
    }
    let mut blocks = Vec::new();
    let mut open: Option<Open> = None;
    for (index, line) in text.split(|byte| *byte == b'\n').enumerate() {
        let number = index + 1;
        let line = line.trim_ascii();
        match open.take() {
            None if line.starts_with(BEGIN) => open = Some(Open::at(number, line)?),
            None if line.starts_with(END) => {
                return Err(PemError::at(number, Problem::EndAlone(label_of(line, END))));
            }
            None => {}
            Some(block) if line.starts_with(BEGIN) => return Err(block.unended()),
            Some(block) if line.starts_with(END) => {
                if blocks.len() == MOST_BLOCKS {
                    return Err(PemError::at(block.line, Problem::TooMany));
                }
                blocks.push(block.end(number, line)?);
            }
            Some(mut block) => {
                block.take(number, line)?;
                open = Some(block);
            }
        }
    }
    if let Some(block) = open {
        return Err(block.unended());
    }
    if blocks.is_empty() {
        return Err(PemError::whole(Problem::of_binary(text)));
    }
    Ok(blocks)
}

impl Open {
    fn at(number: usize, line: &[u8]) -> Result<Self, PemError> {
        let label = line
            .strip_prefix(BEGIN)
            .and_then(|rest| rest.strip_suffix(DASHES));
        // A dash inside: the line goes on behind the label, as it does where line breaks were lost.
        let label = label.filter(|label| !label.windows(2).any(|pair| pair == b"--"));
        if label.is_none() {
            return Err(PemError::at(number, Problem::OneLine));
        }
        Ok(Self {
            label: label_of(line, BEGIN),
            line: number,
            base64: Zeroizing::new(Vec::new()),
            in_body: false,
        })
    }

    fn unended(self) -> PemError {
        PemError::at(self.line, Problem::NoEnd(self.label))
    }

    fn take(&mut self, number: usize, line: &[u8]) -> Result<(), PemError> {
        if !self.in_body && line.contains(&b':') {
            // Headers of RFC 1421 4.4, which OpenSSL writes before encrypted keys alone.
            if line.to_ascii_uppercase().ends_with(b"ENCRYPTED") {
                return Err(PemError::at(number, Problem::Encrypted));
            }
            return Ok(());
        }
        self.in_body = true;
        let ended = self.base64.last() == Some(&b'=');
        for byte in line.iter().filter(|byte| !byte.is_ascii_whitespace()) {
            let belongs = byte.is_ascii_alphanumeric() || matches!(byte, b'+' | b'/' | b'=');
            if !belongs {
                return Err(PemError::at(number, Problem::Character(shown(line, *byte))));
            }
            if (ended || self.base64.last() == Some(&b'=')) && *byte != b'=' {
                return Err(PemError::at(number, Problem::AfterPadding));
            }
            self.base64.push(*byte);
        }
        Ok(())
    }

    fn end(self, number: usize, line: &[u8]) -> Result<Block, PemError> {
        let ends = label_of(line, END);
        if ends != self.label {
            let label = self.label;
            return Err(PemError::at(number, Problem::OtherEnd { label, ends }));
        }
        if self.base64.is_empty() {
            return Err(PemError::at(self.line, Problem::EmptyBlock(self.label)));
        }
        let Ok(der) = BASE64.decode(&*self.base64) else {
            return Err(PemError::at(number, Problem::Truncated(self.label)));
        };
        Ok(Block {
            label: self.label,
            line: self.line,
            der: Zeroizing::new(der),
        })
    }
}

/// The label of a line that begins with this, without its dashes, and cut where it is long.
fn label_of(line: &[u8], start: &[u8]) -> String {
    let rest = line.strip_prefix(start).unwrap_or(line);
    let rest = rest.strip_suffix(DASHES).unwrap_or(rest);
    let text = String::from_utf8_lossy(rest);
    text.trim().chars().take(LONGEST_LABEL).collect()
}

/// The character that the byte belongs to.
fn shown(line: &[u8], byte: u8) -> char {
    let text = String::from_utf8_lossy(line);
    let found = text.chars().find(|c| {
        let mut buffer = [0; 4];
        let bytes = c.encode_utf8(&mut buffer).as_bytes();
        bytes.first() == Some(&byte)
    });
    found.unwrap_or(char::REPLACEMENT_CHARACTER)
}
