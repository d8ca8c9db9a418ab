//! Rows as tables: one line each, under the names of their fields.

use std::io::Write;

use anyhow::Context;
use rust_xlsxwriter::{Format, Workbook};
use serde::Serialize;
use serde_json::Value;

/// With commas, the names first; a table of no rows has its names, too.
pub(crate) fn csv(names: &[&str], rows: &[impl Serialize], out: impl Write) -> anyhow::Result<()> {
    let mut table = csv::Writer::from_writer(out);
    table.write_record(names)?;
    for row in rows {
        let fields = serde_json::to_value(row).context("a row has string keys only")?;
        table.write_record(names.iter().map(|name| match &fields[name] {
            Value::String(text) => text.clone(),
            Value::Null => String::new(),
            other => other.to_string(),
        }))?;
    }
    Ok(table.flush()?)
}

/// For a spreadsheet, the names first; numbers stay numbers.
pub(crate) fn xlsx(names: &[&str], rows: &[impl Serialize]) -> anyhow::Result<Vec<u8>> {
    let mut workbook = Workbook::new();
    let sheet = workbook.add_worksheet();
    sheet.set_freeze_panes(1, 0)?;
    let bold = Format::new().set_bold();
    for (column, name) in (0..).zip(names) {
        sheet.write_string_with_format(0, column, *name, &bold)?;
    }
    for (line, row) in (1..).zip(rows) {
        let fields = serde_json::to_value(row).context("a row has string keys only")?;
        for (column, name) in (0..).zip(names) {
            match &fields[name] {
                Value::String(text) => {
                    sheet.write_string(line, column, text)?;
                }
                Value::Number(number) => {
                    sheet.write_number(line, column, number.as_f64().unwrap_or_default())?;
                }
                _ => {}
            }
        }
    }
    sheet.autofit();
    Ok(workbook.save_to_buffer()?)
}
