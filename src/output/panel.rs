//! The panel: labels on the left, values beside them, an aside on the right where there is room.

use super::clean::{SHOWN, clean, clean_bounded, is_ci_command, strip};
use super::terminal::{Look, Paint};
use super::width::{columns, pad, wrap};

const INDENT: usize = 2;
const GAP: usize = 2;
/// Where asides begin, counted from the values, as long as no value reaches that far.
const ASIDE_AT: usize = 40;

/// One line of a panel, or several where the value is long.
#[derive(Debug, Clone)]
pub(crate) struct Row {
    label: String,
    value: String,
    aside: Option<String>,
    paint: Option<Paint>,
    whole: bool,
}

impl Row {
    /// A label and its value. Both are cleaned and bounded.
    pub(crate) fn new(label: &str, value: &str) -> Self {
        Self {
            label: clean_bounded(label, SHOWN),
            value: clean_bounded(value, SHOWN),
            aside: None,
            paint: None,
            whole: false,
        }
    }

    /// A value that is never wrapped or shortened, such as a revealed token to be copied.
    pub(crate) fn whole(label: &str, value: &str) -> Self {
        Self {
            value: unaltered(value),
            whole: true,
            ..Self::new(label, "")
        }
    }

    /// Adds the text on the right. It is cleaned and bounded.
    pub(crate) fn aside(mut self, aside: &str) -> Self {
        self.aside = Some(clean_bounded(aside, SHOWN)).filter(|aside| !aside.is_empty());
        self
    }

    /// Colours the value.
    pub(crate) fn paint(mut self, paint: Paint) -> Self {
        self.paint = Some(paint);
        self
    }
}

/// A value that is copied from the screen: it is altered only where it would do harm there.
fn unaltered(value: &str) -> String {
    let stripped = strip(value);
    if is_ci_command(&stripped) {
        return clean(value).into_owned();
    }
    stripped.into_owned()
}

/// Rows under an optional title.
#[derive(Debug, Clone, Default)]
pub(crate) struct Panel {
    title: Option<String>,
    rows: Vec<Row>,
}

impl Panel {
    /// An empty panel.
    pub(crate) fn new() -> Self {
        Self::default()
    }

    /// An empty panel under a title.
    pub(crate) fn titled(title: &str) -> Self {
        Self {
            title: Some(title.to_owned()),
            rows: Vec::new(),
        }
    }

    /// Adds a row.
    pub(crate) fn push(&mut self, row: Row) {
        self.rows.push(row);
    }

    /// The text, each line ended.
    pub(crate) fn render(&self, look: Look) -> String {
        let fitted = |text: &str| look.fit(text);
        let labels: Vec<_> = self.rows.iter().map(|row| fitted(&row.label)).collect();
        // A foreign label (the name of a claim) must not push the values off the screen.
        let widest = look.width / 3;
        let label_width = labels
            .iter()
            .map(|label| columns(label))
            .max()
            .unwrap_or(0)
            .min(widest);
        let start = INDENT + label_width + GAP;
        let room = look.width.saturating_sub(start).max(GAP);
        let values: Vec<Vec<String>> = self
            .rows
            .iter()
            .map(|row| match row.whole {
                true => vec![fitted(&row.value)],
                false => wrap(&fitted(&row.value), room),
            })
            .collect();
        let aside_at = self.aside_at(look, &values, room);

        let mut out = String::new();
        if let Some(title) = &self.title {
            out.push_str(&look.paint(Paint::Strong, &fitted(title)));
            out.push('\n');
        }
        for ((row, label), lines) in self.rows.iter().zip(&labels).zip(&values) {
            spaces(&mut out, INDENT);
            out.push_str(&look.paint(Paint::Label, label));
            pad(&mut out, label, label_width);
            if columns(label) > label_width {
                out.push('\n');
                spaces(&mut out, INDENT + label_width);
            }
            for (index, line) in lines.iter().enumerate() {
                spaces(&mut out, if index == 0 { GAP } else { start });
                match row.paint {
                    Some(paint) => out.push_str(&look.paint(paint, line)),
                    None => out.push_str(line),
                }
                if index + 1 < lines.len() {
                    out.push('\n');
                }
            }
            if let Some(aside) = &row.aside {
                let aside = fitted(aside);
                let used = lines.last().map_or(0, |line| columns(line));
                if lines.len() == 1 && used < aside_at && aside_at + columns(&aside) <= room {
                    pad(&mut out, &lines[0], aside_at);
                    out.push_str(&look.paint(Paint::Label, &aside));
                } else {
                    for line in wrap(&aside, room) {
                        out.push('\n');
                        spaces(&mut out, start);
                        out.push_str(&look.paint(Paint::Label, &line));
                    }
                }
            }
            while out.ends_with(' ') {
                out.pop();
            }
            out.push('\n');
        }
        out
    }

    /// Where asides begin, counted from the values: at their usual place if all have room there, else close to the
    /// longest value that leaves room for its own.
    fn aside_at(&self, look: Look, values: &[Vec<String>], room: usize) -> usize {
        let beside = || {
            self.rows.iter().zip(values).filter_map(|(row, lines)| {
                let aside = columns(&look.fit(row.aside.as_deref()?));
                let value = columns(lines.first().filter(|_| lines.len() == 1)?) + GAP;
                (value + aside <= room).then_some((value, aside))
            })
        };
        let closest = beside().map(|(value, _)| value).max().unwrap_or(0);
        let widest = beside().map(|(_, aside)| aside).max().unwrap_or(0);
        let usual = closest.max(ASIDE_AT);
        if usual + widest <= room {
            usual
        } else {
            closest
        }
    }
}

fn spaces(out: &mut String, count: usize) {
    out.extend(std::iter::repeat_n(' ', count));
}

#[cfg(test)]
mod tests {
    use super::{Panel, Row};
    use crate::output::terminal::Look;

    fn sample(width: usize) -> String {
        let mut panel = Panel::new();
        panel.push(Row::new("Profile", "billing").aside("prod · eu"));
        panel.push(Row::new("Scope", "api.read api.write api.delete 世界.read"));
        panel.push(Row::new("Name", "世界").aside("wide"));
        panel.push(Row::new("Evil", "a\u{1b}[2Jb\u{202e}c\nd"));
        let look = Look {
            width,
            ..Look::plain()
        };
        panel.render(look)
    }

    #[test]
    fn aligned_where_there_is_room() {
        insta::assert_snapshot!(sample(80), @r"
          Profile  billing                                 prod · eu
          Scope    api.read api.write api.delete 世界.read
          Name     世界                                    wide
          Evil     abc d
        ");
    }

    #[test]
    fn wrapped_where_there_is_little() {
        insta::assert_snapshot!(sample(30), @r"
          Profile  billing  prod · eu
          Scope    api.read api.write
                   api.delete
                   世界.read
          Name     世界     wide
          Evil     abc d
        ");
    }

    #[test]
    fn a_long_foreign_label_leaves_room() {
        let mut panel = Panel::new();
        panel.push(Row::new("https://example.com/a/very/long/claim", "value"));
        panel.push(Row::new("iss", "value"));
        let look = Look {
            width: 60,
            ..Look::plain()
        };
        insta::assert_snapshot!(panel.render(look), @r"
          https://example.com/a/very/long/claim
                                value
          iss                   value
        ");
    }

    #[test]
    fn a_revealed_token_is_altered_only_where_it_does_harm() {
        let shown = |token: &str| {
            let mut panel = Panel::new();
            panel.push(Row::whole("Token", token));
            panel.render(Look::plain())
        };
        assert_eq!(shown("project::key"), "  Token  project::key\n");
        assert_eq!(shown("a##vso[b]"), "  Token  a# #vso[b]\n");
        assert_eq!(shown("::a::b"), "  Token  : :a: :b\n");
    }

    #[test]
    fn a_revealed_token_stays_in_one_piece() {
        let mut panel = Panel::new();
        let token = "x".repeat(150);
        panel.push(Row::whole("Token", &token).aside("opaque"));
        let look = Look {
            width: 40,
            ..Look::plain()
        };
        assert_eq!(
            panel.render(look),
            format!("  Token  {token}\n         opaque\n")
        );
    }
}
