//! Markup that is well-formed however it is put together: what is opened is closed, and every text is escaped.

/// Attributes of an element.
pub(super) type Attributes<'a> = &'a [(&'a str, &'a str)];

/// A document in the making.
pub(super) struct Xml {
    text: String,
}

impl Xml {
    /// Under a first line.
    pub(super) fn new(first: &str) -> Self {
        Self { text: format!("{first}\n") }
    }

    /// All of it.
    pub(super) fn into_text(self) -> String {
        self.text
    }

    /// An element with what is inside.
    pub(super) fn element(&mut self, name: &str, attributes: Attributes<'_>, inside: impl FnOnce(&mut Self)) {
        self.tag(name, attributes);
        self.text.push('>');
        inside(self);
        self.text.push_str("</");
        self.text.push_str(name);
        self.text.push('>');
    }

    /// An element with nothing inside.
    pub(super) fn empty(&mut self, name: &str, attributes: Attributes<'_>) {
        self.tag(name, attributes);
        self.text.push_str("/>");
    }

    /// An element with a text inside.
    pub(super) fn leaf(&mut self, name: &str, attributes: Attributes<'_>, text: &str) {
        self.element(name, attributes, |xml| xml.text(text));
    }

    /// A text, escaped.
    pub(super) fn text(&mut self, text: &str) {
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
    pub(super) fn verbatim(&mut self, text: &str) {
        self.text.push_str(text);
    }

    /// A line end between elements, for the eye of whoever opens the file.
    pub(super) fn line_end(&mut self) {
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
