//! Text as the source of a manual page.

/// Text without markup: backslashes, hyphens and quotes appear as they are, and nothing is read as a request.
pub(super) fn escaped(text: &str) -> String {
    let text = text
        .replace('\\', "\\e")
        .replace('-', "\\-")
        .replace('\'', "\\(aq");
    if text.starts_with('.') {
        return format!("\\&{text}");
    }
    text
}

/// What stands between backticks is set in bold; the line is escaped already.
pub(super) fn code_in_bold(line: &str) -> String {
    let parts: Vec<&str> = line.split('`').collect();
    // Without a partner, the last one is a backtick.
    if parts.len().is_multiple_of(2) {
        return line.to_owned();
    }
    let mut text = String::new();
    for (index, part) in parts.iter().enumerate() {
        if index % 2 == 0 {
            text.push_str(part);
        } else {
            text.push_str(&format!("\\fB{part}\\fR"));
        }
    }
    text
}

/// A term with its description.
pub(super) fn term(term: &str, description: &str) -> String {
    format!(".TP\n\\fB{}\\fR\n{}\n", escaped(term), escaped(description))
}

/// The examples of a help text: command lines, each followed by its description, which is indented further.
pub(super) fn examples(help: &str) -> String {
    let mut text = String::new();
    let mut in_command = false;
    for line in help.lines() {
        let is_description = line.starts_with("      ");
        if !is_description && !in_command {
            // A heading starts a paragraph itself.
            text.push_str(if text.is_empty() {
                ".nf\n"
            } else {
                ".PP\n.nf\n"
            });
        } else if is_description && in_command {
            text.push_str(".fi\n.RS 4\n");
        }
        let line_text = escaped(line.trim_start());
        if is_description {
            text.push_str(&code_in_bold(&line_text));
        } else {
            text.push_str(&line_text);
        }
        text.push('\n');
        if is_description {
            text.push_str(".RE\n");
        }
        in_command = !is_description;
    }
    if in_command {
        text.push_str(".fi\n");
    }
    text
}

#[cfg(test)]
mod tests {
    use super::{code_in_bold, escaped, examples};

    #[test]
    fn nothing_in_a_text_is_a_request() {
        assert_eq!(escaped(".TH x"), "\\&.TH x");
        assert_eq!(escaped("'br"), "\\(aqbr");
        assert_eq!(escaped("a\\fB-p"), "a\\efB\\-p");
    }

    #[test]
    fn backticks_become_bold_only_in_pairs() {
        assert_eq!(code_in_bold("a `b` c `d`"), "a \\fBb\\fR c \\fBd\\fR");
        assert_eq!(code_in_bold("a `b"), "a `b");
    }

    #[test]
    fn a_command_keeps_its_line_and_its_description_is_indented() {
        let text = examples("  jeton a -p x\n  jeton b\n      both");
        let expected = ".nf\njeton a \\-p x\njeton b\n.fi\n.RS 4\nboth\n.RE\n";
        assert_eq!(text, expected);
    }
}
