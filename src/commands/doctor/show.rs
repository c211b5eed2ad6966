//! The walk on the screen: one line a step, then the first broken one explained.

use super::report::Report;
use super::step::{Status, Step};
use crate::output::{Look, Paint, Panel, Row};

/// Everything, for this look.
pub(super) fn panel(report: &Report, look: Look) -> String {
    let mut walk = Panel::new();
    for step in &report.steps {
        walk.push(line(step));
    }
    let mut text = walk.render(look);
    if report.diagnosis.is_none() {
        for step in report
            .steps
            .iter()
            .filter(|step| step.status == Status::Warn)
        {
            text.push('\n');
            text.push_str(&explained(step, "Warning").render(look));
        }
    }
    text.push('\n');
    match report.steps.iter().find(|step| step.is_broken()) {
        Some(step) => text.push_str(&explained(step, "First broken").render(look)),
        None => text.push_str(&well(report).render(look)),
    }
    text
}

fn line(step: &Step) -> Row {
    let (word, paint) = match step.status {
        Status::Ok => ("ok  ", None),
        Status::Warn => ("warn", Some(Paint::Warning)),
        Status::Fail => ("FAIL", Some(Paint::Bad)),
        Status::Skipped => ("skip", Some(Paint::Label)),
        Status::NotReached => ("-   ", Some(Paint::Label)),
    };
    let row = Row::new(&format!("{word}  {}", step.name.as_str()), &step.summary);
    let row = match step.ms.filter(|_| step.status != Status::Skipped) {
        Some(ms) => row.aside(&format!("{ms} ms")),
        None => row,
    };
    match paint {
        Some(paint) => row.paint(paint),
        None => row,
    }
}

fn explained(step: &Step, title: &str) -> Panel {
    let mut panel = Panel::titled(&format!("{title}: {}", step.name.as_str()));
    let Some(diagnosis) = &step.diagnosis else {
        return panel;
    };
    panel.push(Row::new("What", &diagnosis.what).paint(Paint::Bad));
    for (place, line) in diagnosis.seen.iter().enumerate() {
        panel.push(Row::new(if place == 0 { "Seen" } else { "" }, line));
    }
    for (place, line) in diagnosis.remedy.iter().enumerate() {
        let number = format!("{}. {line}", place + 1);
        let line = if diagnosis.remedy.len() > 1 {
            &number
        } else {
            line
        };
        panel.push(Row::new(if place == 0 { "To do" } else { "" }, line).paint(Paint::Hint));
    }
    panel.push(Row::new("By", diagnosis.who.words()));
    panel
}

fn well(report: &Report) -> Panel {
    let mut panel = Panel::titled("Verdict");
    let words = match (report.verdict, report.would_exit) {
        (Status::Warn, _) => "nothing is broken; mind the warnings",
        (_, Some(0)) => "all is well: a token came, and it holds",
        _ => "nothing is broken, as far as it was looked at",
    };
    panel.push(Row::new("", words).paint(Paint::Good));
    panel
}
