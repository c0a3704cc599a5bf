//! A paper to keep: a PDF with headings, paragraphs and tables that a screen reader reads as such (PDF/UA-1, as far as a
//! machine can tell), in a font of its own.
//!
//! Promises that the same paper is the same bytes, that nothing is drawn without a place in the reading order, and that it
//! tells no more of its making than its title, its language and that Varde made it. Letters that the font does not
//! have become `?`. Knows no words: who asks brings them.
//!
//! ```ignore
//! let paper = Paper { title, lang: "nb", foot: "Varde · K2M9-71DA".into(), page: |n, of| format!("Side {n} av {of}"), blocks };
//! let pdf: Vec<u8> = paper.pdf()?;
//! ```

mod draw;
mod layout;
mod letters;
#[cfg(test)]
mod tests;

/// What stands on it, in the order in which it is read. Its title is the first heading.
pub struct Paper {
    pub title: String,
    /// As HTML writes it.
    pub lang: &'static str,
    /// At the foot of each page.
    pub foot: String,
    /// "Page 1 of 2".
    pub page: Box<dyn Fn(usize, usize) -> String>,
    pub blocks: Vec<Block>,
}

#[derive(Clone, Debug)]
pub enum Block {
    /// Of the second level.
    Heading(String),
    Text(String),
    /// Labels and values; a label is the heading of its row.
    Facts(Vec<(String, String)>),
    Table(Table),
}

#[derive(Clone, Debug)]
pub struct Table {
    /// The columns' headings, and each one's share of the width in hundredths.
    pub head: Vec<(String, u8)>,
    /// As many cells as there are headings.
    pub rows: Vec<Vec<String>>,
}

impl Paper {
    pub fn pdf(&self) -> crate::Result<Vec<u8>> {
        draw::document(self)
    }
}
