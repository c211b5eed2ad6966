//! Where lines go: stderr, without ever waiting for its reader.
//!
//! A pipe whose reader has stopped would hold the program up at its next line. So before a write to a pipe, a socket
//! or a device the kernel is asked whether there is room, and the line is left out where there is none; what is
//! written then is at most PIPE_BUF bytes, which go in whole. Files and terminals are written to at once. Another
//! process that fills the same pipe between question and write can still cause a wait: that is rare, and short.

#[cfg(test)]
use std::fs::File;
use std::io::Write;

/// What Linux takes in one piece; no system that we build for takes less than 512 (POSIX), and those that do take
/// less split a line rather than lose it.
const PIPE_BUF: usize = 4_096;
const CLEAR: &[u8] = b"\r\x1b[K";

/// The open end, and what is known of it.
#[derive(Debug)]
pub(super) struct Sink {
    target: Target,
    /// Decided at the first line.
    may_block: Option<bool>,
    drawn: bool,
    dropped: u64,
}

#[derive(Debug)]
enum Target {
    Stderr,
    #[cfg(test)]
    File(File),
}

impl Sink {
    /// The standard error of this process.
    pub(super) const fn stderr() -> Self {
        Self::of(Target::Stderr)
    }

    /// An open file or pipe.
    #[cfg(test)]
    pub(super) const fn file(file: File) -> Self {
        Self::of(Target::File(file))
    }

    const fn of(target: Target) -> Self {
        Self {
            target,
            may_block: None,
            drawn: false,
            dropped: 0,
        }
    }

    /// Writes one line with its end, or counts it as left out.
    pub(super) fn line(&mut self, line: &[u8]) {
        self.clear();
        if !self.is_careful() {
            self.put(line);
            return;
        }
        if self.target.has_room() {
            self.put(&shortened(line));
        } else {
            self.dropped += 1;
        }
    }

    /// Draws a line without an end in place of the one before. For terminals.
    pub(super) fn draw(&mut self, status: &str) {
        let mut text = CLEAR.to_vec();
        text.extend_from_slice(status.as_bytes());
        self.put(&text);
        self.drawn = true;
    }

    /// Takes away what was drawn.
    pub(super) fn clear(&mut self) {
        if std::mem::take(&mut self.drawn) {
            self.put(CLEAR);
        }
    }

    fn is_careful(&mut self) -> bool {
        let target = &self.target;
        *self.may_block.get_or_insert_with(|| target.may_block())
    }

    fn put(&mut self, bytes: &[u8]) {
        // There is nowhere to say that stderr is gone.
        let _ = match &mut self.target {
            Target::Stderr => std::io::stderr().lock().write_all(bytes),
            #[cfg(test)]
            Target::File(file) => file.write_all(bytes),
        };
    }
}

impl Drop for Sink {
    /// Says at the end what was left out, if there is room for that by then.
    fn drop(&mut self) {
        self.clear();
        if self.dropped > 0 && self.target.has_room() {
            let text = format!(
                "warning: {} log lines left out: standard error was not read\n",
                self.dropped
            );
            self.put(text.as_bytes());
        }
    }
}

/// A line that goes into a pipe in one piece: what is too long is cut at a character, and marked.
fn shortened(line: &[u8]) -> std::borrow::Cow<'_, [u8]> {
    const MARK: &[u8] = b"...\n";
    if line.len() <= PIPE_BUF {
        return line.into();
    }
    let mut end = PIPE_BUF - MARK.len();
    while end > 0 && line[end] & 0xc0 == 0x80 {
        end -= 1;
    }
    [&line[..end], MARK].concat().into()
}

#[cfg(unix)]
impl Target {
    /// Whether a write could wait: for anything but files and terminals.
    fn may_block(&self) -> bool {
        use rustix::fs::FileType;
        self.with(|fd| {
            let kind = rustix::fs::fstat(fd).map(|stat| FileType::from_raw_mode(stat.st_mode));
            !matches!(kind, Ok(FileType::RegularFile)) && !rustix::termios::isatty(fd)
        })
    }

    fn has_room(&self) -> bool {
        use rustix::event::{PollFd, PollFlags, Timespec, poll};
        let at_once = Timespec {
            tv_sec: 0,
            tv_nsec: 0,
        };
        self.with(|fd| {
            let mut fds = [PollFd::from_borrowed_fd(fd, PollFlags::OUT)];
            let asked = poll(&mut fds, Some(&at_once));
            asked.is_ok() && fds[0].revents().contains(PollFlags::OUT)
        })
    }

    fn with<T>(&self, look: impl FnOnce(rustix::fd::BorrowedFd<'_>) -> T) -> T {
        match self {
            Self::Stderr => look(rustix::stdio::stderr()),
            #[cfg(test)]
            Self::File(file) => look(rustix::fd::AsFd::as_fd(file)),
        }
    }
}

#[cfg(not(unix))]
impl Target {
    fn may_block(&self) -> bool {
        false
    }

    fn has_room(&self) -> bool {
        true
    }
}

#[cfg(all(test, unix))]
mod tests {
    #![expect(clippy::unwrap_used, reason = "a test fails by panicking")]

    use super::{PIPE_BUF, Sink, shortened};
    use std::fs::File;
    use std::io::{Read, Seek, SeekFrom};
    use std::os::fd::OwnedFd;

    #[test]
    fn a_reader_that_stopped_holds_nothing_up() {
        let (mut reader, writer) = std::io::pipe().unwrap();
        let mut sink = Sink::file(File::from(OwnedFd::from(writer)));
        // Sixteen times what a pipe holds: without the question this would never return.
        for _ in 0..16_384 {
            sink.line(&[b'x'; 64]);
        }
        assert!(sink.dropped > 0);
        let dropped = sink.dropped;
        let mut some = vec![0; 32_768];
        reader.read_exact(&mut some).unwrap();
        drop(sink);
        let mut rest = String::new();
        reader.read_to_string(&mut rest).unwrap();
        assert!(rest.ends_with(&format!(
            "warning: {dropped} log lines left out: standard error was not read\n"
        )));
    }

    #[test]
    fn a_reader_that_left_is_no_failure() {
        let (reader, writer) = std::io::pipe().unwrap();
        drop(reader);
        let mut sink = Sink::file(File::from(OwnedFd::from(writer)));
        sink.line(b"nobody reads this\n");
    }

    #[test]
    fn lines_for_pipes_are_cut_at_a_character() {
        let long = "é".repeat(PIPE_BUF);
        let cut = shortened(long.as_bytes());
        assert!(cut.len() <= PIPE_BUF);
        assert!(std::str::from_utf8(&cut).unwrap().ends_with("é...\n"));
        assert_eq!(&*shortened(b"short\n"), b"short\n");
    }

    #[test]
    fn a_line_takes_the_place_of_what_is_drawn() {
        let mut file = tempfile::tempfile().unwrap();
        let mut sink = Sink::file(file.try_clone().unwrap());
        sink.draw("working");
        sink.line(b"line\n");
        sink.line(b"line\n");
        sink.draw("working");
        drop(sink);
        let mut text = String::new();
        file.seek(SeekFrom::Start(0)).unwrap();
        file.read_to_string(&mut text).unwrap();
        assert_eq!(
            text,
            "\r\x1b[Kworking\r\x1b[Kline\nline\n\r\x1b[Kworking\r\x1b[K"
        );
    }
}
