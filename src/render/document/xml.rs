//! Markup that is well-formed however it is put together: what is opened is closed, and every text is escaped.

/// Attributes of an element.
pub(in crate::render) type Attributes<'a> = &'a [(&'a str, &'a str)];

/// A document in the making.
pub(in crate::render) struct Xml {
    text: String,
}

impl Xml {
    /// Under a first line.
    pub(in crate::render) fn new(first: &str) -> Self {
        Self { text: format!("{first}\n") }
    }

    /// All of it.
    pub(in crate::render) fn into_text(self) -> String {
        self.text
    }

    /// An element with what is inside.
    pub(in crate::render) fn element(
        &mut self,
        name: &str,
        attributes: Attributes<'_>,
        inside: impl FnOnce(&mut Self),
    ) {
        self.tag(name, attributes);
        self.text.push('>');
        inside(self);
        self.text.push_str("</");
        self.text.push_str(name);
        self.text.push('>');
    }

    /// An element with nothing inside.
    pub(in crate::render) fn empty(&mut self, name: &str, attributes: Attributes<'_>) {
        self.tag(name, attributes);
        self.text.push_str("/>");
    }

    /// An element with a text inside.
    pub(in crate::render) fn leaf(&mut self, name: &str, attributes: Attributes<'_>, text: &str) {
        self.element(name, attributes, |xml| xml.text(text));
    }

    /// A text, escaped.
    pub(in crate::render) fn text(&mut self, text: &str) {
        for c in text.chars() {
            match c {
                '&' => self.text.push_str("&amp;"),
                '<' => self.text.push_str("&lt;"),
                '>' => self.text.push_str("&gt;"),
                '"' => self.text.push_str("&quot;"),
                c => self.text.push(c),
            }
        }
    }

    /// A text of ours without `<` and `&`, as it is: a style sheet, which a browser reads without undoing escapes.
    pub(in crate::render) fn verbatim(&mut self, text: &str) {
        self.text.push_str(text);
    }

    /// A line end between elements, for the eye of whoever opens the file.
    pub(in crate::render) fn line_end(&mut self) {
        self.text.push('\n');
    }

    fn tag(&mut self, name: &str, attributes: Attributes<'_>) {
        self.text.push('<');
        self.text.push_str(name);
        for (name, value) in attributes {
            self.text.push(' ');
            self.text.push_str(name);
            self.text.push_str("=\"");
            self.text(value);
            self.text.push('"');
        }
    }
}
