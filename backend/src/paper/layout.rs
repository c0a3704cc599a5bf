//! Where each line of a paper stands: A4, one column, cells beside each other. A row that does not fit on a page begins
//! the next.

use super::{
    Block, Paper, Table,
    letters::{self, Weight},
};
use crate::Result;

/// Points; 72 are an inch.
pub const PAGE: (f32, f32) = (595.28, 841.89);
pub const MARGIN: f32 = 62.0;
const WIDTH: f32 = PAGE.0 - 2.0 * MARGIN;
const BOTTOM: f32 = PAGE.1 - MARGIN - 14.0;
const BETWEEN_CELLS: f32 = 10.0;
const AROUND_ROW: f32 = 4.0;
/// Of the width, for the labels of facts.
const LABELS: u8 = 34;

/// How something is written.
#[derive(Clone, Copy, Debug)]
pub struct Style {
    pub size: f32,
    pub leading: f32,
    pub weight: Weight,
    /// Above it.
    pub gap: f32,
}

pub const TITLE: Style = Style { size: 20.0, leading: 26.0, weight: Weight::Bold, gap: 0.0 };
pub const HEADING: Style = Style { size: 13.0, leading: 18.0, weight: Weight::Bold, gap: 16.0 };
pub const TEXT: Style = Style { size: 10.5, leading: 15.0, weight: Weight::Regular, gap: 8.0 };
const LABEL: Style = Style { weight: Weight::Bold, ..TEXT };
pub const FOOT: Style = Style { size: 9.0, leading: 12.0, weight: Weight::Regular, gap: 0.0 };

/// A line of text in its place. `slot`: of which part of the reading order it is.
#[derive(Clone, Debug)]
pub struct Placed {
    pub page: usize,
    pub x: f32,
    /// Of its foot.
    pub y: f32,
    pub style: Style,
    pub text: String,
    pub slot: usize,
}

/// A line that is only looked at: its page and its height.
pub type Rule = (usize, f32);

/// A part of the reading order. Slots are counted as they come.
#[derive(Clone, Debug)]
pub enum Part {
    Title(usize),
    Heading(usize),
    Text(usize),
    /// Rows of cells; the cell is a heading of its column or its row, or none.
    Table(Vec<Vec<(usize, Cell)>>),
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Cell {
    OfColumn,
    OfRow,
    Plain,
}

#[derive(Debug, Default)]
pub struct Layout {
    pub lines: Vec<Placed>,
    pub rules: Vec<Rule>,
    pub parts: Vec<Part>,
    pub slots: usize,
    pub pages: usize,
    y: f32,
}

impl Layout {
    pub fn of(paper: &Paper) -> Result<Self> {
        let mut layout = Self { pages: 1, y: MARGIN, ..Self::default() };
        let slot = layout.paragraph(TITLE, &paper.title)?;
        layout.parts.push(Part::Title(slot));
        for block in &paper.blocks {
            let part = match block {
                Block::Heading(text) => Part::Heading(layout.paragraph(HEADING, text)?),
                Block::Text(text) => Part::Text(layout.paragraph(TEXT, text)?),
                Block::Facts(rows) => Part::Table(layout.facts(rows)?),
                Block::Table(table) => Part::Table(layout.table(table)?),
            };
            layout.parts.push(part);
        }
        Ok(layout)
    }

    fn slot(&mut self) -> usize {
        self.slots += 1;
        self.slots - 1
    }

    fn paragraph(&mut self, style: Style, text: &str) -> Result<usize> {
        let slot = self.slot();
        self.y += style.gap;
        // A heading at the foot of a page would stand alone.
        let least = if style.weight == Weight::Bold { 3.0 * style.leading } else { style.leading };
        self.room(least);
        for text in wrapped(style, text, WIDTH)? {
            self.room(style.leading);
            self.y += style.leading;
            self.lines.push(Placed { page: self.pages - 1, x: MARGIN, y: self.y, style, text, slot });
        }
        Ok(slot)
    }

    fn room(&mut self, high: f32) {
        if self.y + high > BOTTOM {
            self.pages += 1;
            self.y = MARGIN;
        }
    }

    fn facts(&mut self, rows: &[(String, String)]) -> Result<Vec<Vec<(usize, Cell)>>> {
        self.begin_table();
        let row = |(label, value): &(String, String)| {
            self.row(&[(label, LABELS, LABEL, Cell::OfRow), (value, 100 - LABELS, TEXT, Cell::Plain)])
        };
        rows.iter().map(row).collect()
    }

    fn table(&mut self, table: &Table) -> Result<Vec<Vec<(usize, Cell)>>> {
        self.begin_table();
        let head: Vec<_> =
            table.head.iter().map(|(text, share)| (text, *share, LABEL, Cell::OfColumn)).collect();
        let mut rows = vec![self.row(&head)?];
        for row in &table.rows {
            let cells =
                row.iter().zip(&table.head).map(|(text, (_, share))| (text, *share, TEXT, Cell::Plain));
            rows.push(self.row(&cells.collect::<Vec<_>>())?);
        }
        Ok(rows)
    }

    fn begin_table(&mut self) {
        self.y += TEXT.gap;
    }

    fn row(&mut self, cells: &[(&String, u8, Style, Cell)]) -> Result<Vec<(usize, Cell)>> {
        let mut columns = Vec::with_capacity(cells.len());
        for (text, share, style, _) in cells {
            let wide = WIDTH * f32::from(*share) / 100.0;
            columns.push((wrapped(*style, text, wide - BETWEEN_CELLS)?, wide));
        }
        let most = columns.iter().map(|(lines, _)| lines.len()).max().unwrap_or(1).max(1);
        let high = most as f32 * TEXT.leading + 2.0 * AROUND_ROW;
        self.room(high);
        let (top, page) = (self.y + AROUND_ROW, self.pages - 1);
        self.rules.push((page, self.y));
        self.y += high;
        let (mut x, mut slots) = (MARGIN, Vec::with_capacity(cells.len()));
        for ((lines, wide), (_, _, style, cell)) in columns.into_iter().zip(cells) {
            let slot = self.slot();
            slots.push((slot, *cell));
            for (n, text) in lines.into_iter().enumerate() {
                let y = top + (n + 1) as f32 * style.leading - 3.0;
                self.lines.push(Placed { page, x, y, style: *style, text, slot });
            }
            x += wide;
        }
        Ok(slots)
    }
}

/// In lines that are no wider than this. A word that is, such as a hash, is broken.
fn wrapped(style: Style, text: &str, wide: f32) -> Result<Vec<String>> {
    let (text, most) = (letters::kept(text)?, wide / style.size);
    let (mut lines, mut line) = (Vec::new(), String::new());
    for word in text.split_whitespace() {
        let longer = if line.is_empty() { word.to_owned() } else { format!("{line} {word}") };
        if letters::width(style.weight, &longer)? <= most {
            line = longer;
            continue;
        }
        if !line.is_empty() {
            lines.push(std::mem::take(&mut line));
        }
        for letter in word.chars() {
            line.push(letter);
            if letters::width(style.weight, &line)? > most && line.chars().count() > 1 {
                line.pop();
                lines.push(std::mem::replace(&mut line, letter.to_string()));
            }
        }
    }
    // Nothing is a line too: a cell without one would be no cell.
    if !line.is_empty() || lines.is_empty() {
        lines.push(if line.is_empty() { " ".to_owned() } else { line });
    }
    Ok(lines)
}
