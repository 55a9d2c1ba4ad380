//! Reads a case folder.
