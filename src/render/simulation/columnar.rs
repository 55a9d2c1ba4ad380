//! Tables of winters in columns: Apache Parquet, made of the same rows as the CSV, so that neither can say what the other does not.

use std::io::{self, Read, Write};
use std::sync::{Arc, Mutex};

use csv::StringRecord;
use parquet::basic::{Compression, ConvertedType, Repetition, Type as Physical};
use parquet::data_type::{ByteArray, ByteArrayType, DoubleType, Int32Type, Int64Type};
use parquet::errors::ParquetError;
use parquet::file::properties::WriterProperties;
use parquet::file::writer::{SerializedFileWriter, SerializedRowGroupWriter};
use parquet::schema::types::{Type, TypePtr};

use crate::units::Date;

/// So many rows are held in memory and written as a group.
const GROUP: usize = 8192;

/// What a column holds.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Kind {
    Text,
    Date,
    /// A mean or a temperature.
    Decimal,
    Whole,
}

/// What the columns of the tables hold, by name; who is not named here is a whole number.
fn kind(name: &str) -> Kind {
    match name {
        "scenario" | "value" | "figure" | "id" | "name_en" | "name_zh" | "unit" | "level" | "against" => Kind::Text,
        "date" | "until" => Kind::Date,
        "temperature_c" | "share" | "mean" | "error" | "low_95" | "high_95" | "mean_m3" | "error_m3" => Kind::Decimal,
        _ => Kind::Whole,
    }
}

/// Writes a table that comes as one CSV or as several, one behind the other, of the same heading. Flat in memory: a group of rows at a
/// time.
pub(crate) fn columnar(parts: Vec<Box<dyn Read + '_>>, to: &mut dyn Write) -> io::Result<()> {
    let held = Held::default();
    let mut writer: Option<(SerializedFileWriter<Held>, Vec<Kind>)> = None;
    let mut group: Vec<StringRecord> = Vec::new();
    for part in parts {
        let mut rows = csv::Reader::from_reader(part);
        if writer.is_none() {
            let names = rows.headers()?.clone();
            let kinds: Vec<Kind> = names.iter().map(kind).collect();
            let own = SerializedFileWriter::new(held.clone(), schema(&names, &kinds)?, properties()).map_err(other)?;
            writer = Some((own, kinds));
        }
        let Some((writer, kinds)) = &mut writer else { continue };
        for row in rows.records() {
            group.push(row?);
            if group.len() == GROUP {
                write_group(writer, kinds, &group)?;
                group.clear();
                held.pass(to)?;
            }
        }
    }
    if let Some((mut writer, kinds)) = writer {
        if !group.is_empty() {
            write_group(&mut writer, &kinds, &group)?;
        }
        writer.close().map_err(other)?;
    }
    held.pass(to)
}

fn properties() -> Arc<WriterProperties> {
    Arc::new(WriterProperties::builder().set_compression(Compression::SNAPPY).build())
}

fn schema(names: &StringRecord, kinds: &[Kind]) -> io::Result<TypePtr> {
    let field = |(name, kind): (&str, &Kind)| {
        let (physical, converted) = match kind {
            Kind::Text => (Physical::BYTE_ARRAY, ConvertedType::UTF8),
            Kind::Date => (Physical::INT32, ConvertedType::DATE),
            Kind::Decimal => (Physical::DOUBLE, ConvertedType::NONE),
            Kind::Whole => (Physical::INT64, ConvertedType::NONE),
        };
        // A text may be empty; a number may be missing, such as the error of a single winter.
        let repetition = if *kind == Kind::Text { Repetition::REQUIRED } else { Repetition::OPTIONAL };
        let field = Type::primitive_type_builder(name, physical).with_repetition(repetition);
        field.with_converted_type(converted).build().map(Arc::new)
    };
    let fields = names.iter().zip(kinds).map(field).collect::<Result<_, _>>().map_err(other)?;
    Type::group_type_builder("table").with_fields(fields).build().map(Arc::new).map_err(other)
}

fn write_group(writer: &mut SerializedFileWriter<Held>, kinds: &[Kind], rows: &[StringRecord]) -> io::Result<()> {
    let mut group = writer.next_row_group().map_err(other)?;
    for (at, kind) in kinds.iter().enumerate() {
        let cells = || rows.iter().map(move |row| row.get(at).unwrap_or_default());
        match kind {
            Kind::Text => {
                let values: Vec<ByteArray> = cells().map(ByteArray::from).collect();
                column::<ByteArrayType>(&mut group, &values, None)?;
            }
            Kind::Date => {
                let begin = Date::new(1970, 1, 1).map(Date::day_number).map_err(|error| invalid(&error.to_string()))?;
                let days = |cell: &str| {
                    let date: Date = cell.parse().ok()?;
                    i32::try_from(i64::from(date.day_number()) - i64::from(begin)).ok()
                };
                some::<Int32Type>(&mut group, cells(), days)?;
            }
            Kind::Decimal => some::<DoubleType>(&mut group, cells(), |cell| cell.parse().ok())?,
            Kind::Whole => some::<Int64Type>(&mut group, cells(), |cell| cell.parse().ok())?,
        }
    }
    group.close().map(|_| ()).map_err(other)
}

/// A column of which cells may be empty.
fn some<'c, T: parquet::data_type::DataType>(
    group: &mut SerializedRowGroupWriter<'_, Held>,
    cells: impl Iterator<Item = &'c str>,
    read: impl Fn(&str) -> Option<T::T>,
) -> io::Result<()> {
    let (mut values, mut there) = (Vec::new(), Vec::new());
    for cell in cells {
        there.push(i16::from(!cell.is_empty()));
        if !cell.is_empty() {
            values.push(read(cell).ok_or_else(|| invalid(cell))?);
        }
    }
    column::<T>(group, &values, Some(&there))
}

fn column<T: parquet::data_type::DataType>(
    group: &mut SerializedRowGroupWriter<'_, Held>,
    values: &[T::T],
    there: Option<&[i16]>,
) -> io::Result<()> {
    let Some(mut column) = group.next_column().map_err(other)? else { return Err(invalid("a column too many")) };
    column.typed::<T>().write_batch(values, there, None).map_err(other)?;
    column.close().map_err(other)
}

fn other(error: ParquetError) -> io::Error {
    io::Error::other(error)
}

fn invalid(what: &str) -> io::Error {
    io::Error::new(io::ErrorKind::InvalidData, what.to_owned())
}

/// What the writer has given out and nobody has taken yet: it wants to own what it writes to, and to send it to other threads.
#[derive(Clone, Default)]
struct Held(Arc<Mutex<Vec<u8>>>);

impl Held {
    /// Passes it on.
    fn pass(&self, to: &mut dyn Write) -> io::Result<()> {
        let held = self.0.lock().map(|mut held| std::mem::take(&mut *held));
        to.write_all(&held.map_err(|_| invalid("a thread that wrote has ended early"))?)
    }
}

impl Write for Held {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        let mut held = self.0.lock().map_err(|_| invalid("a thread that wrote has ended early"))?;
        held.extend_from_slice(bytes);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use parquet::file::reader::{FileReader, SerializedFileReader};
    use parquet::record::Field;

    #[test]
    fn what_is_read_back_is_what_the_parts_said() {
        let heading = "scenario,date,temperature_c,level,lost,error\n";
        let row =
            |at: usize| format!("\"A, b\",2026-11-{:02},-{}.50,{},{at},\n", at % 30 + 1, at % 9, ["", "grave"][at % 2]);
        let part = |from: usize, until: usize| heading.to_owned() + &(from..until).map(row).collect::<String>();
        // More than a group, and the second part begins within one.
        let texts = [part(0, 5000), part(5000, 20_000), part(0, 0)];
        let parts = texts.iter().map(|text| Box::new(text.as_bytes()) as Box<dyn Read>).collect();
        let mut bytes = Vec::new();
        columnar(parts, &mut bytes).unwrap_or_else(|error| panic!("{error}"));
        let mut file = tempfile::tempfile().unwrap_or_else(|error| panic!("{error}"));
        file.write_all(&bytes).unwrap_or_else(|error| panic!("{error}"));
        let reader = SerializedFileReader::new(file).unwrap_or_else(|error| panic!("{error}"));
        assert_eq!(reader.num_row_groups(), 3);
        let mut count = 0;
        for (at, row) in reader.get_row_iter(None).into_iter().flatten().enumerate() {
            let row = row.unwrap_or_else(|error| panic!("{error}"));
            let fields: Vec<&Field> = row.get_column_iter().map(|(_, field)| field).collect();
            // 1 November 2026 is 20,758 days after 1 January 1970.
            assert_eq!(*fields[0], Field::Str("A, b".to_owned()));
            assert_eq!(*fields[1], Field::Date(20_758 + (at % 30) as i32));
            assert_eq!(*fields[2], Field::Double(-((at % 9) as f64) - 0.5));
            assert_eq!(*fields[3], Field::Str(["", "grave"][at % 2].to_owned()));
            assert_eq!((fields[4], fields[5]), (&Field::Long(at as i64), &Field::Null));
            count += 1;
        }
        assert_eq!(count, 20_000);
        let wrong = b"lost\nmany\n";
        assert!(columnar(vec![Box::new(&wrong[..])], &mut Vec::new()).is_err());
    }
}
