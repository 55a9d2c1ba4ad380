//! A curve over the shortfall as a screen, a table, data and a picture.

mod csv;
mod json;
mod screen;
mod svg;
mod view;

pub(crate) use csv::{decimal, plain, write as csv};
pub(crate) use json::{exact, write as json};
pub(crate) use screen::{Look, page};
pub(crate) use svg::picture;
pub(crate) use view::{percent, rounded};
