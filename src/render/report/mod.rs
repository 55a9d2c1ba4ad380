//! Reports as papers: their data as a [`Document`], in either language.

mod assessment;
mod daily;
mod incident;
mod paper;
mod sections;
mod words;

pub(crate) use assessment::assessment;
pub(crate) use daily::daily;
pub(crate) use incident::incident;
pub(crate) use paper::Names;

use paper::Paper;
use words::Word;

use crate::render::document::Document;
use crate::report::{Answers, Head};

/// The lines under a title: what it answers, and when it was made.
fn under(paper: &Paper<'_>, first: Vec<Word>, answers: &[Answers], head: &Head) -> Vec<String> {
    let mut lines: Vec<String> = first.iter().map(|word| paper.say(word)).collect();
    for answer in answers {
        let names = &paper.names;
        let Some(duty) = names.policy().duties.iter().find(|duty| duty.id == answer.duty) else { continue };
        let (what, by) = (duty.label.get(names.lang).to_owned(), names.roles(&duty.owed_by));
        let (to, clause) = (names.roles(&duty.owed_to), duty.basis.clause.clone());
        let word = match (&answer.due, answer.certain) {
            (None, _) => Word::Owed { what, by, to, clause },
            (Some(due), true) => Word::OwedDue { what, by, to, due: paper.due(due), clause },
            (Some(due), false) => Word::OwedUncertain { what, by, to, due: paper.due(due), clause },
        };
        lines.push(paper.say(&word));
    }
    if answers.is_empty() {
        lines.push(paper.say(&Word::NotOwed));
    }
    lines.push(paper.say(&Word::Made { at: paper.moment(head.made), basis: head.volume_basis.clone() }));
    lines
}

fn document(paper: Paper<'_>, title: &Word, under: Vec<String>, head: &Head) -> Document {
    let (case, entries) = (head.case.clone(), head.entries.to_string());
    let foot = paper.say(&Word::Foot { case, head: head.head.clone(), entries });
    Document { title: paper.say(title), date: head.made.date(), under, marks: Vec::new(), blocks: paper.blocks, foot }
}
