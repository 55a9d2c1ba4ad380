//! `styles.xml` and `fontTable.xml`: how the paper looks, as styles that an office can change in one place.
//!
//! In Chinese as official papers are set: the title and the headings in 黑体, the text in 仿宋, two characters indented,
//! Latin letters and figures in Times New Roman.

use super::{FIRST, NAMESPACES, Sheet};
use crate::Lang;
use crate::render::document::xml::Xml;

/// A face: the font of Latin letters and figures, and of Chinese.
#[derive(Clone, Copy)]
enum Face {
    Text,
    Head,
}

impl Face {
    const fn fonts(self, lang: Lang) -> (&'static str, &'static str) {
        match (self, lang) {
            (Self::Text, Lang::Zh) => ("Times New Roman", "仿宋"),
            (Self::Text, Lang::En) => ("Times New Roman", "宋体"),
            (Self::Head, _) => ("Arial", "黑体"),
        }
    }
}

/// A line around a paragraph: its kind, its thickness in eighths of a point.
type Border = (&'static str, &'static str);

/// A style of paragraphs. Lengths are in twentieths of a point.
#[derive(Clone, Copy)]
struct Style {
    id: &'static str,
    name: &'static str,
    /// Word has it, too, and shows it under its own name in its own language.
    built_in: bool,
    face: Face,
    bold: bool,
    /// In half-points.
    size: u32,
    /// The distance of lines.
    line: u32,
    before: u32,
    after: u32,
    side: &'static str,
    /// It stays with what follows.
    keeps: bool,
    kind: Kind,
}

/// What is special about a style.
#[derive(Clone, Copy)]
enum Kind {
    Plain,
    /// In the outline of the paper.
    Heading,
    /// The first line is indented.
    Indented,
    /// A point of a list.
    Point,
    /// In a box.
    Boxed(Border),
    /// Under a line.
    Under,
    /// A line to write on.
    Blank,
}

const PLAIN: Style = Style {
    id: "",
    name: "",
    built_in: false,
    face: Face::Text,
    bold: false,
    size: 22,
    line: 320,
    before: 0,
    after: 0,
    side: "left",
    keeps: false,
    kind: Kind::Plain,
};

fn styles(lang: Lang) -> Vec<Style> {
    let zh = lang == Lang::Zh;
    // 四号 and 11 pt.
    let (size, line) = if zh { (28, 520) } else { (22, 320) };
    let bold = !zh;
    let text = Style { size, line, ..PLAIN };
    let built_in = Style { built_in: true, ..text };
    let cell = Style { size: 21, line: 300, before: 20, after: 20, ..PLAIN };
    let mark = |id, name, border| Style {
        id,
        name,
        face: Face::Head,
        bold: true,
        size: 28,
        line: 400,
        after: 80,
        side: "center",
        kind: Kind::Boxed(border),
        ..PLAIN
    };
    vec![
        Style { id: "Normal", name: "Normal", ..built_in },
        Style {
            id: "Title",
            name: "Title",
            face: Face::Head,
            bold,
            size: if zh { 44 } else { 34 },
            line: if zh { 640 } else { 460 },
            before: 120,
            after: 120,
            side: "center",
            keeps: true,
            ..built_in
        },
        Style {
            id: "Subtitle",
            name: "Subtitle",
            size: if zh { 24 } else { 21 },
            line: if zh { 400 } else { 300 },
            side: "center",
            ..built_in
        },
        Style {
            id: "Heading1",
            name: "heading 1",
            face: Face::Head,
            bold,
            size: if zh { 30 } else { 25 },
            before: 240,
            after: 80,
            keeps: true,
            kind: Kind::Heading,
            ..built_in
        },
        Style {
            id: "BodyText",
            name: "Body Text",
            after: if zh { 0 } else { 100 },
            side: "both",
            kind: if zh { Kind::Indented } else { Kind::Plain },
            ..built_in
        },
        Style { id: "ListBullet", name: "List Bullet", after: 40, kind: Kind::Point, ..built_in },
        Style {
            id: "Loud",
            name: "Loud",
            face: Face::Head,
            bold: true,
            line: if zh { 440 } else { 320 },
            before: 120,
            after: 160,
            kind: Kind::Boxed(("single", "12")),
            ..text
        },
        Style {
            id: "Note",
            name: "Note",
            size: if zh { 20 } else { 18 },
            line: if zh { 320 } else { 250 },
            before: 40,
            after: 80,
            ..PLAIN
        },
        Style { id: "Asked", name: "Asked", before: 120, keeps: true, ..text },
        Style { id: "FillIn", name: "Fill In", line: 500, kind: Kind::Blank, ..text },
        Style { id: "Cell", name: "Cell", ..cell },
        Style { id: "CellFigure", name: "Cell Figure", side: "right", ..cell },
        Style { id: "CellHead", name: "Cell Head", face: Face::Head, side: "center", keeps: true, ..cell },
        Style { id: "FactName", name: "Fact Name", face: Face::Head, ..cell },
        Style { id: "FactValue", name: "Fact Value", ..cell },
        Style { id: "Gap", name: "Gap", size: 8, line: 120, ..PLAIN },
        mark("MarkOrder", "Mark Order", ("single", "24")),
        mark("MarkWarning", "Mark Warning", ("dashed", "24")),
        mark("MarkProposal", "Mark Proposal", ("dotted", "24")),
        Style { size: 36, line: 500, ..mark("MarkExercise", "Mark Exercise", ("double", "24")) },
        Style { size: 26, line: 380, after: 120, ..mark("FootExercise", "Foot Exercise", ("double", "18")) },
        Style { id: "Footer", name: "footer", size: 16, line: 220, kind: Kind::Under, ..built_in },
        Style { id: "PageNumber", name: "Page Number Line", size: 18, line: 280, side: "center", ..PLAIN },
    ]
}

pub(super) fn write(lang: Lang, sheet: Sheet) -> String {
    let mut xml = Xml::new(FIRST);
    xml.element("w:styles", NAMESPACES, |xml| {
        xml.element("w:docDefaults", &[], |xml| {
            xml.element("w:rPrDefault", &[], |xml| {
                xml.element("w:rPr", &[], |xml| {
                    fonts_of(xml, Face::Text, lang);
                    let latin = if lang == Lang::Zh { "en-US" } else { "en-GB" };
                    xml.empty("w:lang", &[("w:val", latin), ("w:eastAsia", "zh-CN"), ("w:bidi", "ar-SA")]);
                });
            });
            xml.empty("w:pPrDefault", &[]);
        });
        xml.line_end();
        styles(lang).iter().for_each(|style| paragraphs(xml, style, lang, sheet));
        tables(xml);
    });
    xml.into_text()
}

fn paragraphs(xml: &mut Xml, style: &Style, lang: Lang, sheet: Sheet) {
    let kind: &[(&str, &str)] = match (style.id, style.built_in) {
        ("Normal", _) => &[("w:default", "1")],
        (_, true) => &[],
        (_, false) => &[("w:customStyle", "1")],
    };
    let attributes = [&[("w:type", "paragraph"), ("w:styleId", style.id)], kind].concat();
    xml.element("w:style", &attributes, |xml| {
        xml.empty("w:name", &[("w:val", style.name)]);
        if style.id != "Normal" {
            xml.empty("w:basedOn", &[("w:val", "Normal")]);
        }
        xml.empty("w:qFormat", &[]);
        xml.element("w:pPr", &[], |xml| of_paragraph(xml, style, sheet));
        xml.element("w:rPr", &[], |xml| {
            fonts_of(xml, style.face, lang);
            if style.bold {
                xml.empty("w:b", &[]);
                xml.empty("w:bCs", &[]);
            }
            let size = style.size.to_string();
            xml.empty("w:sz", &[("w:val", &size)]);
            xml.empty("w:szCs", &[("w:val", &size)]);
        });
    });
    xml.line_end();
}

/// In the order in which the standard lists the elements, which Word insists on.
fn of_paragraph(xml: &mut Xml, style: &Style, sheet: Sheet) {
    if style.keeps {
        xml.empty("w:keepNext", &[]);
    }
    match style.kind {
        Kind::Boxed(_) | Kind::Point => xml.empty("w:keepLines", &[]),
        _ => (),
    }
    match style.kind {
        Kind::Point => xml.element("w:numPr", &[], |xml| xml.empty("w:numId", &[("w:val", "1")])),
        Kind::Boxed(border) => xml.element("w:pBdr", &[], |xml| {
            ["w:top", "w:left", "w:bottom", "w:right"].iter().for_each(|side| line(xml, side, border, "4"));
        }),
        Kind::Under => xml.element("w:pBdr", &[], |xml| line(xml, "w:top", ("single", "4"), "3")),
        Kind::Blank => xml.element("w:tabs", &[], |xml| {
            let end = sheet.text().to_string();
            xml.empty("w:tab", &[("w:val", "right"), ("w:leader", "underscore"), ("w:pos", &end)]);
        }),
        Kind::Plain | Kind::Heading | Kind::Indented => (),
    }
    let (before, after, distance) = (style.before.to_string(), style.after.to_string(), style.line.to_string());
    xml.empty(
        "w:spacing",
        &[("w:before", &before), ("w:after", &after), ("w:line", &distance), ("w:lineRule", "exact")],
    );
    match style.kind {
        Kind::Indented => {
            // In characters for Word and WPS, in points for whoever does not know characters.
            let points = (style.size * 20).to_string();
            xml.empty("w:ind", &[("w:firstLineChars", "200"), ("w:firstLine", &points)]);
        }
        // The box stands inside the margins.
        Kind::Boxed(_) => xml.empty("w:ind", &[("w:left", "140"), ("w:right", "140")]),
        _ => (),
    }
    xml.empty("w:jc", &[("w:val", style.side)]);
    if matches!(style.kind, Kind::Heading) {
        xml.empty("w:outlineLvl", &[("w:val", "0")]);
    }
}

fn line(xml: &mut Xml, side: &str, (kind, thickness): Border, space: &str) {
    xml.empty(side, &[("w:val", kind), ("w:sz", thickness), ("w:space", space), ("w:color", "000000")]);
}

fn fonts_of(xml: &mut Xml, face: Face, lang: Lang) {
    let (latin, chinese) = face.fonts(lang);
    xml.empty("w:rFonts", &[("w:ascii", latin), ("w:hAnsi", latin), ("w:eastAsia", chinese), ("w:cs", latin)]);
}

/// The two kinds of tables: figures in a grid, and facts without lines.
fn tables(xml: &mut Xml) {
    for (id, name, lines) in [("Rows", "Rows", true), ("Facts", "Facts", false)] {
        let attributes = [("w:type", "table"), ("w:customStyle", "1"), ("w:styleId", id)];
        xml.element("w:style", &attributes, |xml| {
            xml.empty("w:name", &[("w:val", name)]);
            xml.empty("w:qFormat", &[]);
            xml.element("w:tblPr", &[], |xml| {
                if lines {
                    xml.element("w:tblBorders", &[], |xml| {
                        for side in ["w:top", "w:left", "w:bottom", "w:right"] {
                            line(xml, side, ("single", "12"), "0");
                        }
                        line(xml, "w:insideH", ("single", "4"), "0");
                        line(xml, "w:insideV", ("single", "4"), "0");
                    });
                }
                xml.element("w:tblCellMar", &[], |xml| {
                    for side in ["w:left", "w:right"] {
                        xml.empty(side, &[("w:w", "80"), ("w:type", "dxa")]);
                    }
                });
            });
        });
        xml.line_end();
    }
}

/// What a font is: its name, the one by which others know it, whether it is Chinese, and its family.
const FONTS: [(&str, &str, bool, &str); 5] = [
    ("Times New Roman", "Liberation Serif", false, "roman"),
    ("Arial", "Liberation Sans", false, "swiss"),
    ("仿宋", "FangSong", true, "modern"),
    ("宋体", "SimSun", true, "auto"),
    ("黑体", "SimHei", true, "modern"),
];

/// The fonts, so that a machine without one of them takes another of its kind.
pub(super) fn fonts() -> String {
    let mut xml = Xml::new(FIRST);
    xml.element("w:fonts", NAMESPACES, |xml| {
        for (name, other, chinese, family) in FONTS {
            xml.element("w:font", &[("w:name", name)], |xml| {
                xml.empty("w:altName", &[("w:val", other)]);
                xml.empty("w:charset", &[("w:val", if chinese { "86" } else { "00" })]);
                xml.empty("w:family", &[("w:val", family)]);
                xml.empty("w:pitch", &[("w:val", "variable")]);
            });
        }
    });
    xml.into_text()
}
