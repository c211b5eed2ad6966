//! Trees: the structure on the left, and aligned columns beside it.

use super::table::{Cell, lay_out};
use super::terminal::{Look, Paint};

const INDENT: &str = "  ";

/// A line of a tree and the branches below it.
#[derive(Debug, Clone)]
pub(crate) struct Branch {
    cells: Vec<Cell>,
    branches: Vec<Branch>,
}

impl Branch {
    /// A line: what it is called, and its further columns. All texts are cleaned and bounded.
    pub(crate) fn new(name: impl Into<Cell>, columns: impl IntoIterator<Item = Cell>) -> Self {
        let mut cells = vec![name.into()];
        cells.extend(columns);
        Self {
            cells,
            branches: Vec::new(),
        }
    }

    /// Adds a chain: each link below the one before it, the first below this branch.
    pub(crate) fn chain(&mut self, links: Vec<Self>) {
        self.branches.extend(linked(links));
    }
}

/// The first link, with each of the others below the one before it.
fn linked(mut links: Vec<Branch>) -> Option<Branch> {
    let mut below = None;
    while let Some(mut link) = links.pop() {
        link.branches.extend(below.take());
        below = Some(link);
    }
    below
}

/// Branches under an optional title.
#[derive(Debug, Clone, Default)]
pub(crate) struct Tree {
    title: Option<String>,
    branches: Vec<Branch>,
}

impl Tree {
    /// An empty tree under a title.
    pub(crate) fn titled(title: &str) -> Self {
        Self {
            title: Some(title.to_owned()),
            branches: Vec::new(),
        }
    }

    /// Adds a branch at the root.
    pub(crate) fn push(&mut self, branch: Branch) {
        self.branches.push(branch);
    }

    /// Adds a chain at the root: each link below the one before it.
    pub(crate) fn chain(&mut self, links: Vec<Branch>) {
        self.branches.extend(linked(links));
    }

    /// The text, each line ended. On a terminal that is too narrow the widest column is cut.
    pub(crate) fn render(&self, look: Look) -> String {
        let mut out = String::new();
        if let Some(title) = &self.title {
            out.push_str(&look.paint(Paint::Strong, &look.fit(title)));
            out.push('\n');
        }
        let mut rows = Vec::new();
        grow(&self.branches, INDENT, true, &mut rows);
        out.push_str(&lay_out(&rows, look));
        out
    }
}

/// Roots have no lines before them; the branches below do.
fn grow(branches: &[Branch], before: &str, roots: bool, rows: &mut Vec<Vec<Cell>>) {
    for (place, branch) in branches.iter().enumerate() {
        let last = place + 1 == branches.len();
        let (mark, below) = match (roots, last) {
            (true, _) => ("", ""),
            (false, true) => ("└─ ", "   "),
            (false, false) => ("├─ ", "│  "),
        };
        let mut cells = branch.cells.clone();
        if let Some(name) = cells.first_mut() {
            name.put_before(&format!("{before}{mark}"));
        }
        rows.push(cells);
        grow(&branch.branches, &format!("{before}{below}"), false, rows);
    }
}

#[cfg(test)]
mod tests {
    use super::{Branch, Cell, Tree};
    use crate::output::terminal::{Look, Paint};

    fn sample() -> Tree {
        let leaf = |name: &str, text: &str| Branch::new(name, [Cell::new(text)]);
        let mut tree = Tree::titled("Key set");
        let mut first = Branch::new(
            "2026-10",
            ["EC P-256".into(), Cell::new("ok").paint(Paint::Good)],
        );
        first.chain(vec![
            leaf("CN=leaf", "in 3d"),
            leaf("CN=\u{1b}[2Jbetween", "in 1y"),
            leaf("CN=root", "in 9y"),
        ]);
        tree.push(first);
        let mut second = leaf("世界", "RSA 1024");
        second.chain(vec![leaf("one", "1")]);
        second.chain(vec![leaf("two", "2")]);
        tree.push(second);
        tree
    }

    #[test]
    fn aligned_over_all_branches() {
        insta::assert_snapshot!(sample().render(Look::plain()), @r"
        Key set
          2026-10           EC P-256  ok
          └─ CN=leaf        in 3d
             └─ CN=between  in 1y
                └─ CN=root  in 9y
          世界              RSA 1024
          ├─ one            1
          └─ two            2
        ");
    }

    #[test]
    fn in_ascii() {
        let look = Look {
            unicode: false,
            ..Look::plain()
        };
        let text = sample().render(look);
        assert!(text.is_ascii(), "{text}");
        assert!(text.contains("  |- one"), "{text}");
        assert!(text.contains("  `- two"), "{text}");
    }
}
