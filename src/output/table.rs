//! Aligned tables of foreign text.

use super::clean::{SHOWN, clean_bounded};
use super::terminal::{Look, Paint};
use super::width::{columns, pad};

const GAP: usize = 2;
/// No column is cut below this.
const NARROWEST: usize = 8;

/// One field of a table.
#[derive(Debug, Clone)]
pub(crate) struct Cell {
    text: String,
    paint: Option<Paint>,
}

impl Cell {
    /// A field in the stream's own colour. The text is cleaned and bounded.
    pub(crate) fn new(text: &str) -> Self {
        Self {
            text: clean_bounded(text, SHOWN),
            paint: None,
        }
    }

    /// Colours it.
    pub(crate) fn paint(mut self, paint: Paint) -> Self {
        self.paint = Some(paint);
        self
    }

    /// Puts the lines of a tree before the text.
    pub(super) fn put_before(&mut self, lines: &str) {
        self.text.insert_str(0, lines);
    }
}

impl<T: AsRef<str>> From<T> for Cell {
    fn from(text: T) -> Self {
        Self::new(text.as_ref())
    }
}

/// A heading for each column, and rows of as many cells.
#[derive(Debug, Clone)]
pub(crate) struct Table {
    headings: Vec<String>,
    rows: Vec<Vec<Cell>>,
}

impl Table {
    /// An empty table.
    pub(crate) fn new<'a>(headings: impl IntoIterator<Item = &'a str>) -> Self {
        Self {
            headings: headings.into_iter().map(str::to_owned).collect(),
            rows: Vec::new(),
        }
    }

    /// Adds a row. Cells that are missing are empty.
    pub(crate) fn push(&mut self, row: Vec<Cell>) {
        self.rows.push(row);
    }

    /// The text, each line ended. On a terminal too narrow for it the widest column is cut, marked by `…`;
    /// elsewhere nothing is cut.
    pub(crate) fn render(&self, look: Look) -> String {
        let headings = self
            .headings
            .iter()
            .map(|text| Cell::new(text).paint(Paint::Label))
            .collect();
        let rows: Vec<Vec<Cell>> = std::iter::once(headings)
            .chain(self.rows.iter().cloned())
            .collect();
        lay_out(&rows, look)
    }
}

/// Rows of cells in columns, each line ended; each row may have as many cells as it likes.
pub(super) fn lay_out(rows: &[Vec<Cell>], look: Look) -> String {
    let fitted: Vec<Vec<String>> = rows
        .iter()
        .map(|row| row.iter().map(|cell| look.fit(&cell.text)).collect())
        .collect();
    let mut widths: Vec<usize> = Vec::new();
    for row in &fitted {
        widths.resize(widths.len().max(row.len()), 0);
        for (width, text) in widths.iter_mut().zip(row) {
            *width = columns(text).max(*width);
        }
    }
    if look.terminal {
        shrink(&mut widths, look.width);
    }
    let mut out = String::new();
    for (row, texts) in rows.iter().zip(&fitted) {
        let cells = row
            .iter()
            .zip(texts)
            .map(|(cell, text)| (text.as_str(), cell.paint));
        line(&mut out, look, &widths, cells);
    }
    out
}

/// Takes from the widest column until the line fits or nothing more can be taken.
fn shrink(widths: &mut [usize], width: usize) {
    let gaps = GAP * widths.len().saturating_sub(1);
    let mut excess = (widths.iter().sum::<usize>() + gaps).saturating_sub(width);
    while excess > 0 {
        let Some(widest) = widths
            .iter_mut()
            .max()
            .filter(|widest| **widest > NARROWEST)
        else {
            return;
        };
        *widest -= 1;
        excess -= 1;
    }
}

fn line<'a>(
    out: &mut String,
    look: Look,
    widths: &[usize],
    cells: impl Iterator<Item = (&'a str, Option<Paint>)>,
) {
    for ((text, paint), width) in cells.zip(widths) {
        let text = cut(text, *width, look);
        match paint {
            Some(paint) => out.push_str(&look.paint(paint, &text)),
            None => out.push_str(&text),
        }
        pad(out, &text, width + GAP);
    }
    while out.ends_with(' ') {
        out.pop();
    }
    out.push('\n');
}

fn cut(text: &str, width: usize, look: Look) -> String {
    if columns(text) <= width {
        return text.to_owned();
    }
    let mark = if look.unicode { "…" } else { "..." };
    let mut out = String::new();
    let mut used = columns(mark);
    for character in text.chars() {
        let wide = columns(character.encode_utf8(&mut [0; 4]));
        if used + wide > width {
            break;
        }
        out.push(character);
        used += wide;
    }
    out + mark
}

#[cfg(test)]
mod tests {
    use super::{Cell, Paint, Table};
    use crate::output::terminal::Look;

    fn sample() -> Table {
        let mut table = Table::new(["PROFILE", "TOKEN", "CREDENTIAL"]);
        table.push(vec![
            "billing".into(),
            Cell::new("in 9m").paint(Paint::Good),
            "keyring jeton/billing".into(),
        ]);
        table.push(vec![
            "世界".into(),
            "none".into(),
            "env\u{1b}[2J CC_CLIENT_SECRET".into(),
        ]);
        table
    }

    #[test]
    fn aligned_and_cleaned() {
        insta::assert_snapshot!(sample().render(Look::plain()), @r"
        PROFILE  TOKEN  CREDENTIAL
        billing  in 9m  keyring jeton/billing
        世界     none   env CC_CLIENT_SECRET
        ");
    }

    #[test]
    fn cut_on_a_narrow_terminal_alone() {
        let narrow = Look {
            width: 30,
            ..Look::plain()
        };
        assert_eq!(sample().render(narrow), sample().render(Look::plain()));
        let terminal = Look {
            terminal: true,
            ..narrow
        };
        insta::assert_snapshot!(sample().render(terminal), @r"
        PROFILE  TOKEN  CREDENTIAL
        billing  in 9m  keyring jeton…
        世界     none   env CC_CLIENT…
        ");
    }
}
