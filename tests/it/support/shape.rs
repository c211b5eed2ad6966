//! Filters for snapshots: what changes from run to run is first checked to have its shape, and then hidden.

use chrono::{NaiveDateTime, Utc};

/// Further off than this from now, a time in the output is no time of this run.
const NEARNESS_SECS: i64 = 24 * 3600;

/// A text with everything that changes from run to run replaced by a word in brackets.
pub(crate) struct Shape {
    text: String,
}

impl Shape {
    /// Starts from the text of a stream.
    pub(crate) fn of(text: &str) -> Self {
        Self {
            text: text.to_owned(),
        }
    }

    /// A known value, which has to be there.
    #[track_caller]
    pub(crate) fn value(mut self, value: &str, word: &str) -> Self {
        assert!(
            self.text.contains(value),
            "{value:?} is not in:\n{}",
            self.text
        );
        self.text = self.text.replace(value, &format!("[{word}]"));
        self
    }

    /// Every point in time, as `2026-11-21 01:20:33` or `2026-11-21T01:20:33Z`; each must be one, and near now.
    #[track_caller]
    pub(crate) fn times(mut self) -> Self {
        let mut from = 0;
        while let Some((at, length)) = find_time(&self.text, from) {
            assert_near_now(&self.text[at..at + length]);
            self.text.replace_range(at..at + length, "[time]");
            from = at + "[time]".len();
        }
        self
    }

    /// Every measured duration, as `38 ms`.
    pub(crate) fn millis(mut self) -> Self {
        let words = self.text.split_inclusive(' ').collect::<Vec<_>>();
        let mut out = String::new();
        for (at, word) in words.iter().enumerate() {
            let next = words.get(at + 1).is_some_and(|next| next.starts_with("ms"));
            let digits = word.trim_end();
            if next && !digits.is_empty() && digits.bytes().all(|byte| byte.is_ascii_digit()) {
                out.push_str("[n] ");
            } else {
                out.push_str(word);
            }
        }
        self.text = out;
        self
    }

    /// The text for the snapshot.
    pub(crate) fn into_text(self) -> String {
        self.text
    }
}

fn find_time(text: &str, from: usize) -> Option<(usize, usize)> {
    const PATTERN: &[u8] = b"0000-00-00?00:00:00";
    let bytes = text.as_bytes();
    let fits = |window: &[u8]| {
        window.iter().zip(PATTERN).all(|(byte, shape)| match shape {
            b'0' => byte.is_ascii_digit(),
            b'?' => matches!(byte, b' ' | b'T'),
            other => byte == other,
        })
    };
    let at = (from..bytes.len().saturating_sub(PATTERN.len() - 1))
        .find(|&at| fits(&bytes[at..at + PATTERN.len()]))?;
    let zulu = usize::from(bytes.get(at + PATTERN.len()) == Some(&b'Z'));
    Some((at, PATTERN.len() + zulu))
}

#[track_caller]
fn assert_near_now(text: &str) {
    let plain = text.trim_end_matches('Z').replace('T', " ");
    let time = match NaiveDateTime::parse_from_str(&plain, "%Y-%m-%d %H:%M:%S") {
        Ok(time) => time.and_utc(),
        Err(error) => panic!("{text:?} is no time: {error}"),
    };
    let distance = (Utc::now() - time).num_seconds().abs();
    assert!(
        distance < NEARNESS_SECS,
        "{text:?} is {distance} s from now"
    );
}

mod tests {
    use super::Shape;

    #[test]
    fn what_changes_is_hidden_and_the_rest_is_kept() {
        let now = chrono::Utc::now();
        let line = format!(
            "[{}] token acquired exp={} in 38 ms at 127.0.0.1:1",
            now.format("%Y-%m-%d %H:%M:%S"),
            now.format("%Y-%m-%dT%H:%M:%SZ"),
        );
        let text = Shape::of(&line)
            .times()
            .millis()
            .value("127.0.0.1:1", "server")
            .into_text();
        assert_eq!(
            text,
            "[[time]] token acquired exp=[time] in [n] ms at [server]"
        );
    }

    #[test]
    #[should_panic(expected = "from now")]
    fn a_time_of_another_age_is_not_hidden() {
        let _ = Shape::of("exp=1970-01-01T00:00:00Z").times();
    }
}
