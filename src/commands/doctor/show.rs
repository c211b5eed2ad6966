//! The steps on the screen: one line each, then the first broken one explained.

use super::report::Report;
use super::step::{Status, Step};
use crate::output::{Look, Paint, Panel, Row};

/// Everything, for this look.
pub(super) fn panel(report: &Report, look: Look) -> String {
    let mut steps = Panel::new();
    for step in &report.steps {
        steps.push(line(step));
    }
    let broken = report.steps.iter().find(|step| step.is_broken());
    let warned = report
        .steps
        .iter()
        .filter(|step| step.status == Status::Warn);
    let mut panels = vec![steps];
    panels.extend(broken.map(|step| explained(step, "First broken", Paint::Bad)));
    panels.extend(warned.map(|step| explained(step, "Warning", Paint::Warning)));
    if broken.is_none() {
        panels.push(well(report));
    }
    let texts: Vec<String> = panels.iter().map(|panel| panel.render(look)).collect();
    texts.join("\n")
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
    // A step that took no time shows none.
    let row = match step
        .ms
        .filter(|ms| *ms > 0 && step.status != Status::Skipped)
    {
        Some(ms) => row.aside(&format!("{ms} ms")),
        None => row,
    };
    match paint {
        Some(paint) => row.paint(paint),
        None => row,
    }
}

fn explained(step: &Step, title: &str, paint: Paint) -> Panel {
    let mut panel = Panel::titled(&format!("{title}: {}", step.name.as_str()));
    let Some(finding) = &step.finding else {
        return panel;
    };
    panel.push(Row::new("What", &finding.what).paint(paint));
    for (place, line) in finding.seen.iter().enumerate() {
        panel.push(Row::new(if place == 0 { "Seen" } else { "" }, line));
    }
    for (place, line) in finding.remedy.iter().enumerate() {
        let number = format!("{}. {line}", place + 1);
        let line = if finding.remedy.len() > 1 {
            &number
        } else {
            line
        };
        panel.push(Row::new(if place == 0 { "To do" } else { "" }, line).paint(Paint::Hint));
    }
    if let Some(who) = finding.who {
        panel.push(Row::new("By", who.as_str()));
    }
    panel
}

fn well(report: &Report) -> Panel {
    let mut panel = Panel::titled("Verdict");
    let words = match (report.verdict, report.would_exit) {
        (Status::Warn, _) => "nothing is broken, but there are warnings",
        (_, Some(0)) => "token obtained and verified",
        _ => "nothing is broken in the steps that ran",
    };
    panel.push(Row::new("", words).paint(Paint::Good));
    panel
}
