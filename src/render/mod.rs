//! Words and tables.
