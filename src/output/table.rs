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
    /// Which part goes where it does not fit.
    cut: Cut,
}

/// Which part of a text goes where it does not fit.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Cut {
    End,
    /// Of a path the end tells most, and the start tells what it is.
    Middle,
}

impl Cell {
    /// A field in the stream's own colour. The text is cleaned and bounded.
    pub(crate) fn new(text: &str) -> Self {
        Self {
            text: clean_bounded(text, SHOWN),
            paint: None,
            cut: Cut::End,
        }
    }

    /// Colours it.
    pub(crate) fn paint(mut self, paint: Paint) -> Self {
        self.paint = Some(paint);
        self
    }

    /// Cuts it in the middle where it does not fit: for a path, whose end tells most.
    pub(crate) fn keep_end(mut self) -> Self {
        self.cut = Cut::Middle;
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
    /// Below this, a cut column says too little.
    narrowest: usize,
}

impl Table {
    /// An empty table.
    pub(crate) fn new<'a>(headings: impl IntoIterator<Item = &'a str>) -> Self {
        Self {
            headings: headings.into_iter().map(str::to_owned).collect(),
            rows: Vec::new(),
            narrowest: NARROWEST,
        }
    }

    /// Cuts no column below this many characters.
    pub(crate) fn narrowest(mut self, columns: usize) -> Self {
        self.narrowest = columns;
        self
    }

    /// Adds a row. Cells that are missing are empty.
    pub(crate) fn push(&mut self, row: Vec<Cell>) {
        self.rows.push(row);
    }

    /// The text, each line ended. On a terminal too narrow for it the widest column is cut, marked by `…`; where that would leave
    /// too little, each row becomes a block with a line for each column. Elsewhere nothing is cut.
    pub(crate) fn render(&self, look: Look) -> String {
        let headings = self
            .headings
            .iter()
            .map(|text| Cell::new(text).paint(Paint::Label))
            .collect();
        let rows: Vec<Vec<Cell>> = std::iter::once(headings)
            .chain(self.rows.iter().cloned())
            .collect();
        if look.terminal && least(&natural(&rows, look), self.narrowest) > look.width {
            return self.blocks(look);
        }
        lay_out_from(&rows, look, self.narrowest)
    }

    /// A block for each row: heading and value.
    fn blocks(&self, look: Look) -> String {
        let blocks: Vec<String> = self
            .rows
            .iter()
            .map(|row| {
                let headings = self
                    .headings
                    .iter()
                    .map(|text| Cell::new(text).paint(Paint::Label));
                let lines: Vec<Vec<Cell>> = headings
                    .zip(row)
                    .map(|(heading, cell)| vec![heading, cell.clone()])
                    .collect();
                lay_out(&lines, look)
            })
            .collect();
        blocks.join("\n")
    }
}

/// Rows of cells in columns, each line ended; each row may have as many cells as it likes.
pub(super) fn lay_out(rows: &[Vec<Cell>], look: Look) -> String {
    lay_out_from(rows, look, NARROWEST)
}

fn lay_out_from(rows: &[Vec<Cell>], look: Look, narrowest: usize) -> String {
    let mut widths = natural(rows, look);
    if look.terminal {
        shrink(&mut widths, look.width, narrowest);
    }
    let mut out = String::new();
    for row in rows {
        line(&mut out, look, &widths, row);
    }
    out
}

/// How wide each column is where nothing is cut.
fn natural(rows: &[Vec<Cell>], look: Look) -> Vec<usize> {
    let mut widths: Vec<usize> = Vec::new();
    for row in rows {
        widths.resize(widths.len().max(row.len()), 0);
        for (width, cell) in widths.iter_mut().zip(row) {
            *width = columns(&look.fit(&cell.text)).max(*width);
        }
    }
    widths
}

/// The width of a line whose columns are all cut as far as they may be.
fn least(widths: &[usize], narrowest: usize) -> usize {
    let cut: usize = widths.iter().map(|width| (*width).min(narrowest)).sum();
    cut + GAP * widths.len().saturating_sub(1)
}

/// Takes from the widest column until the line fits or nothing more can be taken.
fn shrink(widths: &mut [usize], width: usize, narrowest: usize) {
    let gaps = GAP * widths.len().saturating_sub(1);
    let mut excess = (widths.iter().sum::<usize>() + gaps).saturating_sub(width);
    while excess > 0 {
        let Some(widest) = widths
            .iter_mut()
            .max()
            .filter(|widest| **widest > narrowest)
        else {
            return;
        };
        *widest -= 1;
        excess -= 1;
    }
}

fn line(out: &mut String, look: Look, widths: &[usize], row: &[Cell]) {
    for (cell, width) in row.iter().zip(widths) {
        let text = cut(&look.fit(&cell.text), *width, cell.cut, look);
        match cell.paint {
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

fn cut(text: &str, width: usize, side: Cut, look: Look) -> String {
    if columns(text) <= width {
        return text.to_owned();
    }
    let mark = if look.unicode { "…" } else { "..." };
    let room = width.saturating_sub(columns(mark));
    let tail = match side {
        Cut::End => 0,
        Cut::Middle => room - room / 4,
    };
    let head = start(text.chars(), room - tail);
    let end: String = start(text.chars().rev(), tail).chars().rev().collect();
    format!("{head}{mark}{end}")
}

/// As many of the characters as fit into `room` columns.
fn start(text: impl Iterator<Item = char>, room: usize) -> String {
    let mut out = String::new();
    let mut used = 0;
    for character in text {
        used += columns(character.encode_utf8(&mut [0; 4]));
        if used > room {
            break;
        }
        out.push(character);
    }
    out
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

    #[test]
    fn the_end_of_a_path_stays() {
        let mut table = Table::new(["A", "PLACE"]);
        table.push(vec![
            "x".into(),
            Cell::new("file /home/me/projects/billing/billing.pem (config.toml:10)").keep_end(),
        ]);
        let look = Look {
            width: 40,
            terminal: true,
            ..Look::plain()
        };
        insta::assert_snapshot!(table.render(look), @r"
        A  PLACE
        x  file /hom…illing.pem (config.toml:10)
        ");
    }

    #[test]
    fn a_row_becomes_a_block_where_too_little_would_be_left() {
        let look = Look {
            width: 30,
            terminal: true,
            ..Look::plain()
        };
        insta::assert_snapshot!(sample().narrowest(16).render(look), @r"
        PROFILE     billing
        TOKEN       in 9m
        CREDENTIAL  keyring jeton/bil…

        PROFILE     世界
        TOKEN       none
        CREDENTIAL  env CC_CLIENT_SEC…
        ");
        assert!(
            sample()
                .narrowest(16)
                .render(look)
                .lines()
                .all(|line| super::columns(line) <= 30)
        );
    }
}
