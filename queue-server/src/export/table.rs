//! Visits as tables: one line each, under the names of their fields.

use std::io::Write;

use anyhow::Context;
use rust_xlsxwriter::Workbook;

use super::Visit;

/// With commas, the names first.
pub(super) fn csv(visits: &[Visit], out: &mut impl Write) -> anyhow::Result<()> {
    // Written by hand, so that a day without visits has its names too.
    let mut table = csv::WriterBuilder::new().has_headers(false).from_writer(out);
    table.write_record(NAMES)?;
    for visit in visits {
        table.serialize(visit)?;
    }
    Ok(table.flush()?)
}

/// For a spreadsheet, the names first; numbers stay numbers.
pub(super) fn xlsx(visits: &[Visit]) -> anyhow::Result<Vec<u8>> {
    let mut workbook = Workbook::new();
    let sheet = workbook.add_worksheet();
    sheet.set_freeze_panes(1, 0)?;
    for (column, name) in (0..).zip(NAMES) {
        sheet.write_string(0, column, name)?;
    }
    for (line, visit) in (1..).zip(visits) {
        let fields = serde_json::to_value(visit).context("a visit has string keys only")?;
        for (column, name) in (0..).zip(NAMES) {
            match &fields[name] {
                serde_json::Value::String(text) => {
                    sheet.write_string(line, column, text)?;
                }
                serde_json::Value::Number(number) => {
                    sheet.write_number(line, column, number.as_f64().unwrap_or_default())?;
                }
                _ => {}
            }
        }
    }
    Ok(workbook.save_to_buffer()?)
}

/// The fields of a visit, in their order.
const NAMES: [&str; 14] = [
    "day", "number", "lane", "class", "priority", "matter", "source", "issued", "called",
    "arrived", "finished", "window", "state", "outcome",
];
