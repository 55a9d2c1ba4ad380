//! `header1.xml` and `footer1.xml`: what stands on every page.

use super::{Beyond, FIRST, NAMESPACES, paragraph, properties, run, styled};
use crate::Lang;
use crate::render::document::words::{Piece, page_of};
use crate::render::document::xml::Xml;
use crate::render::document::{Document, Mark};

/// The marks.
pub(super) fn header(document: &Document, lang: Lang) -> String {
    let mut xml = Xml::new(FIRST);
    xml.element("w:hdr", NAMESPACES, |xml| {
        document.marks().for_each(|(mark, text)| paragraph(xml, style(*mark), text, lang));
        // A header has at least one paragraph, and this one keeps the last mark off the text.
        xml.element("w:p", &[], |xml| styled(xml, "Gap"));
    });
    xml.into_text()
}

const fn style(mark: Mark) -> &'static str {
    match mark {
        Mark::Order => "MarkOrder",
        Mark::Warning => "MarkWarning",
        Mark::Proposal | Mark::Past => "MarkProposal",
        Mark::Exercise => "MarkExercise",
    }
}

/// Where the paper comes from, and the number of the page.
pub(super) fn footer(document: &Document, lang: Lang) -> String {
    let mut xml = Xml::new(FIRST);
    xml.element("w:ftr", NAMESPACES, |xml| {
        // Whoever tears off the head of an exercise still holds an exercise.
        let exercises = document.marks().filter(|(mark, _)| *mark == Mark::Exercise);
        exercises.for_each(|(_, text)| paragraph(xml, "FootExercise", text, lang));
        paragraph(xml, "Footer", &document.foot, lang);
        xml.element("w:p", &[], |xml| {
            styled(xml, "PageNumber");
            for piece in page_of(lang) {
                match piece {
                    Piece::Text(text) => run(xml, &text, Beyond::default(), lang),
                    Piece::Page => field(xml, "PAGE", lang),
                    Piece::Pages => field(xml, "NUMPAGES", lang),
                }
            }
        });
    });
    xml.into_text()
}

/// A number that whoever opens the file fills in.
fn field(xml: &mut Xml, name: &str, lang: Lang) {
    let part = |xml: &mut Xml, inside: &dyn Fn(&mut Xml)| {
        xml.element("w:r", &[], |xml| {
            properties(xml, Beyond::default(), lang);
            inside(xml);
        });
    };
    let mark = |kind: &'static str| move |xml: &mut Xml| xml.empty("w:fldChar", &[("w:fldCharType", kind)]);
    part(xml, &mark("begin"));
    part(xml, &|xml| xml.leaf("w:instrText", &[("xml:space", "preserve")], &format!(" {name} ")));
    part(xml, &mark("separate"));
    part(xml, &|xml| xml.leaf("w:t", &[], "1"));
    part(xml, &mark("end"));
}
