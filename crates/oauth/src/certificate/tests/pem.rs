//! What the reader of PEM takes, and which line it names.

use super::super::Problem;
use super::super::pem::{MOST_BLOCKS, PemError, read};
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use proptest::prelude::*;

fn failed(text: &str) -> (Option<usize>, Problem) {
    let PemError { line, problem } = read(text.as_bytes()).unwrap_err();
    (line, problem)
}

#[test]
fn labels_lines_and_text_around_the_blocks() {
    let text = "\u{feff}Bag Attributes\r\n    friendlyName: a\r\n-----BEGIN CERTIFICATE-----\r\nAA==\r\n-----END CERTIFICATE-----\r\nand so on\r\n\
         -----BEGIN PRIVATE KEY-----\nA Q\n == \n\n-----END PRIVATE KEY-----";
    let blocks = read(text.as_bytes()).unwrap();
    let told: Vec<_> = blocks
        .iter()
        .map(|block| (block.label.as_str(), block.line, block.der.as_slice()))
        .collect();
    assert_eq!(
        told,
        [("CERTIFICATE", 3, &[0][..]), ("PRIVATE KEY", 7, &[1])]
    );
    assert!(!format!("{blocks:?}").contains("[1]"));
}

#[test]
fn each_problem_with_its_line() {
    let owned = str::to_owned;
    for (text, line, problem) in [
        (" \n\r\n", None, Problem::Empty),
        ("\n", None, Problem::Empty),
        ("hello", None, Problem::NoBegin),
        (
            "-----BEGIN A-----\nAAAA\n",
            Some(1),
            Problem::NoEnd(owned("A")),
        ),
        (
            "x\n-----BEGIN A-----\nAAAA\n-----BEGIN B-----\nAAAA\n-----END B-----\n",
            Some(2),
            Problem::NoEnd(owned("A")),
        ),
        (
            "AAAA\n-----END A-----",
            Some(2),
            Problem::EndAlone(owned("A")),
        ),
        (
            "-----BEGIN A-----\nAAAA\n-----END B-----",
            Some(3),
            Problem::OtherEnd {
                label: owned("A"),
                ends: owned("B"),
            },
        ),
        (
            "-----BEGIN A-----\n-----END A-----",
            Some(1),
            Problem::EmptyBlock(owned("A")),
        ),
        (
            "-----BEGIN A-----\r\nAAAA\r\nAA_A\r\n-----END A-----",
            Some(3),
            Problem::Character('_'),
        ),
        (
            "-----BEGIN A-----\nAAAA\nAAäA\n-----END A-----",
            Some(3),
            Problem::Character('ä'),
        ),
        (
            "-----BEGIN A-----\nAA==\nAAAA\n-----END A-----",
            Some(3),
            Problem::AfterPadding,
        ),
        (
            "-----BEGIN A-----\nAA==AA==\n-----END A-----",
            Some(2),
            Problem::AfterPadding,
        ),
        (
            "-----BEGIN A-----\nAAAAA\n-----END A-----",
            Some(3),
            Problem::Truncated(owned("A")),
        ),
        (
            "-----BEGIN A-----\nAAA\n-----END A-----",
            Some(3),
            Problem::Truncated(owned("A")),
        ),
        (
            "-----BEGIN A----- AAAA -----END A-----",
            Some(1),
            Problem::OneLine,
        ),
        (
            "-----BEGIN A-----\\nAAAA\\n-----END A-----",
            Some(1),
            Problem::OneLine,
        ),
        (
            "-----BEGIN RSA PRIVATE KEY-----\nProc-Type: 4,ENCRYPTED\nDEK-Info: AES-256-CBC,00\n\nAAAA\n-----END RSA PRIVATE KEY-----",
            Some(2),
            Problem::Encrypted,
        ),
    ] {
        assert_eq!(failed(text), (line, problem), "{text}");
    }
    let utf16: Vec<u8> = "\u{feff}-----BEGIN A-----"
        .encode_utf16()
        .flat_map(u16::to_le_bytes)
        .collect();
    assert_eq!(read(&utf16).unwrap_err().problem, Problem::Utf16);
    let many = "-----BEGIN A-----\nAAAA\n-----END A-----\n".repeat(MOST_BLOCKS + 1);
    assert_eq!(failed(&many), (Some(MOST_BLOCKS * 3 + 1), Problem::TooMany));
}

#[test]
fn every_problem_says_where_and_what_helps() {
    let error = read(b"-----BEGIN A-----\nA\xc3\xa4\n-----END A-----").unwrap_err();
    assert_eq!(
        error.to_string(),
        "line 2: 'ä' is not a character of Base64"
    );
    assert!(error.problem.remedy().unwrap().contains("copy it anew"));
}

proptest! {
    #[test]
    fn any_bytes_are_blocks_or_an_error_with_a_line_that_is_there(bytes in proptest::collection::vec(any::<u8>(), 0..300)) {
        if let Err(error) = read(&bytes) {
            let lines = bytes.split(|byte| *byte == b'\n').count();
            prop_assert!(error.line.is_none_or(|line| (1..=lines).contains(&line)));
        }
    }

    #[test]
    fn pieces_of_pem_in_any_order(pieces in proptest::collection::vec(prop_oneof![
        Just("-----BEGIN A-----\n"), Just("-----END A-----\n"), Just("AAAA\n"), Just("A"), Just("=\n"), Just("\r\n"),
        Just("-----BEGIN "), Just("Proc-Type: x\n"), Just("ä"),
    ], 0..20)) {
        let text = pieces.concat();
        if let Err(error) = read(text.as_bytes()) {
            let lines = text.split('\n').count();
            prop_assert!(error.line.is_none_or(|line| (1..=lines).contains(&line)));
        }
    }

    #[test]
    fn what_was_written_is_read_whatever_stands_around_it(
        bytes in proptest::collection::vec(any::<u8>(), 1..200),
        width in 1_usize..100,
        ends in prop_oneof![Just("\n"), Just("\r\n"), Just(" \n")],
        before in proptest::collection::vec("[a-z: ]{0,20}", 0..4),
    ) {
        let base64 = STANDARD.encode(&bytes);
        let lines: Vec<&str> = base64.as_bytes().chunks(width).map(|line| std::str::from_utf8(line).unwrap()).collect();
        let mut text: String = before.iter().map(|line| format!("{line}{ends}")).collect();
        text.push_str(&format!("-----BEGIN X-----{ends}{}{ends}-----END X-----{ends}", lines.join(ends)));
        let blocks = read(text.as_bytes()).unwrap();
        prop_assert_eq!(blocks.len(), 1);
        prop_assert_eq!(blocks[0].line, before.len() + 1);
        prop_assert_eq!(&*blocks[0].der, &bytes);
    }
}
