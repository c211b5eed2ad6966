//! Questions at the terminal whose answers are no secret.

use super::Console;
use crate::error::{Error, Result};
use std::io::{BufRead, Write};

impl Console {
    /// Asks on stderr, and reads one line of standard input, without blanks around it.
    ///
    /// # Errors
    /// Exit 2 where standard input has ended.
    pub(crate) fn ask(&self, question: &str) -> Result<String> {
        let _ = write!(std::io::stderr().lock(), "{question}");
        let mut line = String::new();
        let read = std::io::stdin().lock().read_line(&mut line);
        match read {
            Ok(0) | Err(_) => Err(Error::usage(format!(
                "no answer to the question: {}",
                question.trim_end_matches([':', ' '])
            ))),
            Ok(_) => Ok(line.trim().to_owned()),
        }
    }
}
