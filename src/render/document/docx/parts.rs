//! The small parts: what the package holds, the title, the settings and the points of lists.

use super::{FIRST, NAMESPACES};
use crate::Lang;
use crate::render::document::xml::{Attributes, Xml};
use crate::render::document::{Document, clean};

const MAIN: &str = "application/vnd.openxmlformats-officedocument.wordprocessingml.";
const OFFICE: &str = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/";
const PACKAGE: &str = "http://schemas.openxmlformats.org/package/2006/";

/// The parts that `document.xml` refers to, by the order of their identifiers: kind and file.
const OF_DOCUMENT: [(&str, &str); 6] = [
    ("styles", "styles.xml"),
    ("fontTable", "fontTable.xml"),
    ("numbering", "numbering.xml"),
    ("settings", "settings.xml"),
    ("header", "header1.xml"),
    ("footer", "footer1.xml"),
];

pub(super) fn content_types() -> String {
    let mut xml = Xml::new(FIRST);
    xml.element("Types", &[("xmlns", &format!("{PACKAGE}content-types"))], |xml| {
        let relationships = "application/vnd.openxmlformats-package.relationships+xml";
        xml.empty("Default", &[("Extension", "rels"), ("ContentType", relationships)]);
        xml.empty("Default", &[("Extension", "xml"), ("ContentType", "application/xml")]);
        let mut part = |name: &str, kind: &str| xml.empty("Override", &[("PartName", name), ("ContentType", kind)]);
        part("/docProps/core.xml", "application/vnd.openxmlformats-package.core-properties+xml");
        part("/word/document.xml", &format!("{MAIN}document.main+xml"));
        for (kind, file) in OF_DOCUMENT {
            part(&format!("/word/{file}"), &format!("{MAIN}{kind}+xml"));
        }
    });
    xml.into_text()
}

pub(super) fn package() -> String {
    relationships(&[
        (format!("{OFFICE}officeDocument"), "word/document.xml"),
        (format!("{PACKAGE}relationships/metadata/core-properties"), "docProps/core.xml"),
    ])
}

pub(super) fn of_document() -> String {
    relationships(&OF_DOCUMENT.map(|(kind, file)| (format!("{OFFICE}{kind}"), file)))
}

fn relationships(targets: &[(String, &str)]) -> String {
    let mut xml = Xml::new(FIRST);
    xml.element("Relationships", &[("xmlns", &format!("{PACKAGE}relationships"))], |xml| {
        for (number, (kind, target)) in (1..).zip(targets) {
            xml.empty("Relationship", &[("Id", &format!("rId{number}")), ("Type", kind), ("Target", target)]);
        }
    });
    xml.into_text()
}

/// The title and the language; no dates and no names, which belong to the record.
pub(super) fn core(document: &Document, lang: Lang) -> String {
    let mut xml = Xml::new(FIRST);
    let namespaces: Attributes<'_> = &[
        ("xmlns:cp", &format!("{PACKAGE}metadata/core-properties")),
        ("xmlns:dc", "http://purl.org/dc/elements/1.1/"),
    ];
    xml.element("cp:coreProperties", namespaces, |xml| {
        xml.leaf("dc:title", &[], &clean::line(&document.title));
        xml.leaf("dc:language", &[], tag(lang));
    });
    xml.into_text()
}

/// The language of Latin letters is English in a Chinese paper, too.
const fn tag(lang: Lang) -> &'static str {
    match lang {
        Lang::En => "en-GB",
        Lang::Zh => "zh-CN",
    }
}

pub(super) fn settings(lang: Lang) -> String {
    let mut xml = Xml::new(FIRST);
    xml.element("w:settings", NAMESPACES, |xml| {
        xml.empty("w:zoom", &[("w:percent", "100")]);
        xml.empty("w:defaultTabStop", &[("w:val", "420")]);
        // Chinese punctuation gives way at the ends of lines.
        xml.empty("w:characterSpacingControl", &[("w:val", "compressPunctuation")]);
        xml.element("w:compat", &[], |xml| {
            // Otherwise Word opens the file as one of 2007.
            let mode = "http://schemas.microsoft.com/office/word";
            xml.empty("w:compatSetting", &[("w:name", "compatibilityMode"), ("w:uri", mode), ("w:val", "15")]);
        });
        let latin = match lang {
            Lang::En => tag(lang),
            Lang::Zh => "en-US",
        };
        xml.empty("w:themeFontLang", &[("w:val", latin), ("w:eastAsia", "zh-CN")]);
    });
    xml.into_text()
}

pub(super) fn numbering() -> String {
    let mut xml = Xml::new(FIRST);
    xml.element("w:numbering", NAMESPACES, |xml| {
        xml.element("w:abstractNum", &[("w:abstractNumId", "0")], |xml| {
            xml.empty("w:multiLevelType", &[("w:val", "singleLevel")]);
            xml.element("w:lvl", &[("w:ilvl", "0")], |xml| {
                xml.empty("w:start", &[("w:val", "1")]);
                xml.empty("w:numFmt", &[("w:val", "bullet")]);
                xml.empty("w:lvlText", &[("w:val", "•")]);
                xml.empty("w:lvlJc", &[("w:val", "left")]);
                xml.element("w:pPr", &[], |xml| xml.empty("w:ind", &[("w:left", "420"), ("w:hanging", "420")]));
                xml.element("w:rPr", &[], |xml| {
                    let font = "Times New Roman";
                    xml.empty("w:rFonts", &[("w:ascii", font), ("w:hAnsi", font), ("w:cs", font)]);
                });
            });
        });
        xml.element("w:num", &[("w:numId", "1")], |xml| xml.empty("w:abstractNumId", &[("w:val", "0")]));
    });
    xml.into_text()
}
