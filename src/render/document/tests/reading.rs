//! Papers read back by somebody else's parsers.

use std::io::{Cursor, Read};

use pulldown_cmark::{Event as Mark, Options, Parser, Tag, TagEnd};
use quick_xml::Reader;
use quick_xml::events::Event;

/// The events of an XML text, which must be well-formed from its beginning to its end.
fn events(xml: &str) -> Vec<Event<'_>> {
    let mut reader = Reader::from_str(xml);
    reader.config_mut().expand_empty_elements = true;
    let (mut events, mut open) = (Vec::new(), 0);
    loop {
        match reader.read_event().unwrap_or_else(|error| panic!("{error}: {xml}")) {
            Event::Eof => break,
            event => {
                match &event {
                    Event::Start(tag) => {
                        tag.attributes().for_each(|attribute| drop(attribute.unwrap()));
                        open += 1;
                    }
                    Event::End(_) => open -= 1,
                    _ => (),
                }
                events.push(event);
            }
        }
    }
    assert_eq!(open, 0, "{xml}");
    events
}

/// The texts inside the elements that `begins` names, within `within`; `br` names a line end.
fn texts(xml: &str, within: &str, begins: &[&str], collects: &[&str], br: &str) -> Vec<String> {
    let (mut texts, mut inside, mut open): (Vec<String>, bool, bool) = (Vec::new(), false, false);
    for event in events(xml) {
        match event {
            Event::Start(tag) => {
                let name = tag.name().as_ref().to_owned();
                inside |= name == within;
                if inside && begins.contains(&name.as_str()) {
                    texts.push(String::new());
                }
                open |= inside && collects.contains(&name.as_str());
                if inside && name == br {
                    texts.last_mut().unwrap().push('\n');
                }
            }
            Event::End(tag) => {
                let name = tag.name().as_ref().to_owned();
                inside &= name != within;
                open &= !collects.contains(&name.as_str());
            }
            Event::Text(text) if inside && open => texts.last_mut().unwrap().push_str(&text),
            Event::GeneralRef(entity) if inside && open => {
                let c = quick_xml::escape::resolve_predefined_entity(&entity).unwrap();
                texts.last_mut().unwrap().push_str(c);
            }
            _ => (),
        }
    }
    texts
}

/// The texts of the page's main part.
pub(super) fn html(file: &[u8]) -> Vec<String> {
    let page = std::str::from_utf8(file).unwrap();
    let leaves = ["h1", "h2", "p", "dt", "dd", "li", "th", "td"];
    texts(page, "main", &leaves, &leaves, "br")
}

/// The texts of the body, and an empty one for each line to write on; every part must be well-formed.
pub(super) fn docx(file: Vec<u8>) -> Vec<String> {
    let mut zip = zip::ZipArchive::new(Cursor::new(file)).unwrap();
    let mut body = String::new();
    for at in 0..zip.len() {
        let mut part = zip.by_index(at).unwrap();
        let mut xml = String::new();
        part.read_to_string(&mut xml).unwrap();
        events(&xml);
        if part.name().unwrap() == "word/document.xml" {
            body = xml;
        }
    }
    // A text is one run; so is the tab that draws a line to write on.
    texts(&body, "w:body", &["w:r"], &["w:t"], "w:br")
}

/// The texts of the headings, paragraphs, points and cells; an empty one is not there.
pub(super) fn markdown(file: &[u8]) -> Vec<String> {
    let options = Options::ENABLE_TABLES
        | Options::ENABLE_STRIKETHROUGH
        | Options::ENABLE_TASKLISTS
        | Options::ENABLE_FOOTNOTES
        | Options::ENABLE_MATH
        | Options::ENABLE_GFM;
    let (mut texts, mut depth): (Vec<String>, usize) = (Vec::new(), 0);
    for event in Parser::new_ext(std::str::from_utf8(file).unwrap(), options) {
        match event {
            Mark::Start(Tag::Item) => {
                depth += 1;
                texts.push(String::new());
            }
            Mark::End(TagEnd::Item) => depth -= 1,
            Mark::Start(Tag::Paragraph) if depth > 0 => (),
            Mark::Start(Tag::Heading { .. } | Tag::Paragraph | Tag::TableCell) => texts.push(String::new()),
            Mark::Start(
                Tag::BlockQuote(_)
                | Tag::List(_)
                | Tag::Table(_)
                | Tag::TableHead
                | Tag::TableRow
                | Tag::Strong
                | Tag::Emphasis,
            ) => (),
            Mark::Start(tag) => panic!("{tag:?}"),
            Mark::Text(text) => texts.last_mut().unwrap().push_str(&text),
            Mark::HardBreak => texts.last_mut().unwrap().push('\n'),
            Mark::InlineHtml(html) if &*html == "<br>" => texts.last_mut().unwrap().push('\n'),
            Mark::End(_) | Mark::Rule => (),
            other => panic!("{other:?}"),
        }
    }
    texts.retain(|text| !text.is_empty());
    texts
}
