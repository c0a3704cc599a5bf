//! A table as a file for a table program: one head, one line a row. A value that such a program would take for a formula has an
//! apostrophe before it.

/// Rows under a head, separated by commas.
pub(crate) fn written<const N: usize>(
    head: [String; N],
    rows: impl IntoIterator<Item = [String; N]>,
) -> Result<Vec<u8>, csv::Error> {
    let mut file = csv::Writer::from_writer(vec![]);
    file.write_record(head)?;
    for row in rows {
        file.write_record(row.map(harmless))?;
    }
    file.into_inner().map_err(|error| error.into_error().into())
}

fn harmless(text: String) -> String {
    if text.starts_with(['=', '+', '-', '@', '\t', '\r']) { format!("'{text}") } else { text }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_cell_is_a_formula_and_a_separator_stays_in_its_cell() {
        let cells = ["=1+1", "+1", "-1", "@a", "\tx", "\rx", "a, \"b\"", "5"].map(str::to_owned);
        let made = written(["a", "b", "c", "d", "e", "f", "g", "h"].map(str::to_owned), [cells]).unwrap();
        let mut read = csv::Reader::from_reader(made.as_slice());
        let row: Vec<String> = read.records().next().unwrap().unwrap().iter().map(str::to_owned).collect();
        assert_eq!(row, ["'=1+1", "'+1", "'-1", "'@a", "'\tx", "'\rx", "a, \"b\"", "5"]);
    }
}
