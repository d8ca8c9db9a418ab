//! What is exported as tables: one line each, under the names of their
//! fields.

use std::io::Write;

use anyhow::Context;
use rust_xlsxwriter::Workbook;
use serde::Serialize;

/// A line of a table.
pub(super) trait Line: Serialize {
    /// The fields, in their order.
    const NAMES: &'static [&'static str];
}

/// With commas, the names first.
pub(super) fn csv<T: Line>(lines: &[T], out: &mut impl Write) -> anyhow::Result<()> {
    // Written by hand, so that a day without any has its names too.
    let mut table = csv::WriterBuilder::new().has_headers(false).from_writer(out);
    table.write_record(T::NAMES)?;
    for line in lines {
        table.serialize(line)?;
    }
    Ok(table.flush()?)
}

/// For a spreadsheet, the names first; numbers stay numbers.
pub(super) fn xlsx<T: Line>(lines: &[T]) -> anyhow::Result<Vec<u8>> {
    let mut workbook = Workbook::new();
    let sheet = workbook.add_worksheet();
    sheet.set_freeze_panes(1, 0)?;
    for (column, name) in (0..).zip(T::NAMES) {
        sheet.write_string(0, column, *name)?;
    }
    for (row, line) in (1..).zip(lines) {
        let fields = serde_json::to_value(line).context("a line has string keys only")?;
        for (column, name) in (0..).zip(T::NAMES) {
            match &fields[*name] {
                serde_json::Value::String(text) => {
                    sheet.write_string(row, column, text)?;
                }
                serde_json::Value::Number(number) => {
                    sheet.write_number(row, column, number.as_f64().unwrap_or_default())?;
                }
                _ => {}
            }
        }
    }
    Ok(workbook.save_to_buffer()?)
}
