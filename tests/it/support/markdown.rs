//! The documents of the repository, read as far as the tests need it: links, headings, code.

use std::fs;
use std::path::{Path, PathBuf};

/// The folder of the checkout.
pub(crate) fn root() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR"))
}

/// Every document: those at the top, and those below `docs` and `bench`.
pub(crate) fn pages() -> Vec<Page> {
    let folders = ["", "docs", "docs/decisions", "bench"];
    folders.into_iter().flat_map(pages_in).collect()
}

/// The documents of one folder, sorted.
pub(crate) fn pages_in(folder: &str) -> Vec<Page> {
    let entries = fs::read_dir(root().join(folder)).unwrap();
    let mut files: Vec<PathBuf> = entries
        .map(|entry| entry.unwrap().path())
        .filter(|path| path.extension().is_some_and(|kind| kind == "md"))
        .collect();
    files.sort();
    files.iter().map(|file| Page::read(file)).collect()
}

/// Every source file of the workspace, relative to the checkout.
pub(crate) fn tracked() -> Vec<String> {
    let mut files = Vec::new();
    let mut folders = vec![root()];
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(&folder).unwrap().map(Result::unwrap) {
            let path = entry.path();
            let name = entry.file_name();
            let generated = ["target", "node_modules", ".git"];
            if generated.iter().any(|skipped| name == *skipped) {
                continue;
            }
            if entry.file_type().unwrap().is_dir() {
                folders.push(path);
            } else {
                let shown = path.strip_prefix(root()).unwrap();
                files.push(shown.to_str().unwrap().to_owned());
            }
        }
    }
    files
}

/// A document.
pub(crate) struct Page {
    pub(crate) file: PathBuf,
    text: String,
}

/// A fenced block: its lines with their numbers, without the fences.
pub(crate) struct Block {
    pub(crate) lines: Vec<(usize, String)>,
}

impl Page {
    pub(crate) fn read(file: &Path) -> Self {
        let text = fs::read_to_string(file)
            .unwrap_or_else(|error| panic!("{} cannot be read: {error}", file.display()));
        Self {
            file: file.to_owned(),
            text,
        }
    }

    /// Its path in the checkout.
    pub(crate) fn name(&self) -> String {
        let shown = self.file.strip_prefix(root()).unwrap_or(&self.file);
        shown.display().to_string()
    }

    /// The lines outside of fenced blocks, and the blocks.
    fn parts(&self) -> (Vec<(usize, &str)>, Vec<Block>) {
        let mut prose = Vec::new();
        let mut blocks = Vec::new();
        let mut open: Option<Block> = None;
        for (index, line) in self.text.lines().enumerate() {
            if line.starts_with("```") {
                match open.take() {
                    Some(block) => blocks.push(block),
                    None => open = Some(Block { lines: Vec::new() }),
                }
            } else if let Some(block) = &mut open {
                block.lines.push((index + 1, line.to_owned()));
            } else {
                prose.push((index + 1, line));
            }
        }
        assert!(open.is_none(), "{}: a block is not closed", self.name());
        (prose, blocks)
    }

    /// The fenced blocks.
    pub(crate) fn blocks(&self) -> Vec<Block> {
        self.parts().1
    }

    /// The targets of its links, with their lines.
    pub(crate) fn links(&self) -> Vec<(usize, String)> {
        let mut links = Vec::new();
        for (number, line) in self.parts().0 {
            for piece in line.split("](").skip(1) {
                let target = piece.split(')').next().unwrap_or_default();
                links.push((number, target.to_owned()));
            }
        }
        links
    }

    /// What is written in backticks, with its line.
    pub(crate) fn code_spans(&self) -> Vec<(usize, String)> {
        let mut spans = Vec::new();
        for (number, line) in self.parts().0 {
            let inside = line.split('`').skip(1).step_by(2);
            spans.extend(inside.map(|span| (number, span.to_owned())));
        }
        spans
    }

    /// The anchors of its headings, as GitHub makes them.
    pub(crate) fn anchors(&self) -> Vec<String> {
        let prose = self.parts().0;
        prose
            .iter()
            .filter(|(_, line)| line.starts_with('#'))
            .map(|(_, line)| anchor(line.trim_start_matches('#').trim()))
            .collect()
    }

    /// Every `jeton …` that a reader could copy: behind a prompt, or in a block without prompts.
    pub(crate) fn commands(&self) -> Vec<String> {
        let mut commands = Vec::new();
        for block in self.blocks() {
            let prompts = block.lines.iter().any(|(_, line)| line.starts_with("$ "));
            for (_, line) in &block.lines {
                let typed = match line.strip_prefix("$ ") {
                    Some(typed) => typed,
                    None if prompts => continue,
                    None => line,
                };
                commands.extend(invocations(typed));
            }
        }
        commands
    }
}

/// The parts of a line of shell (or of YAML) that begin with `jeton `.
fn invocations(line: &str) -> Vec<String> {
    let line = line.split(" #").next().unwrap_or_default();
    let mut rest = line.to_owned();
    for end in ["$(", "&&", "||", "run: ", "script: "] {
        rest = rest.replace(end, "|");
    }
    rest.split(['|', ')', '>', '<', ';'])
        .map(str::trim)
        .filter(|part| part.starts_with("jeton "))
        .map(str::to_owned)
        .collect()
}

fn anchor(heading: &str) -> String {
    heading
        .to_lowercase()
        .chars()
        .filter(|c| c.is_alphanumeric() || "_- ".contains(*c))
        .map(|c| if c == ' ' { '-' } else { c })
        .collect()
}
