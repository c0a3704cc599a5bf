//! The document: every line drawn with its place in the reading order, the order itself, and what a reader's program is
//! told. `krilla` refuses what PDF/UA-1 does not allow.

use std::num::NonZeroU16;

use krilla::{
    Document, SerializeSettings,
    configure::{Accessibility, Configuration, ConfigurationBuilder},
    destination::XyzDestination,
    geom::{PathBuilder, Point, Rect},
    metadata::Metadata,
    outline::{Outline, OutlineNode},
    page::PageSettings,
    surface::Surface,
    tagging::{
        Artifact, ArtifactType, ContentTag, Identifier, Node, SpanTag, TableHeaderScope, Tag, TagGroup,
        TagTree,
    },
};

use super::{
    Paper,
    layout::{Cell, FOOT, Layout, MARGIN, PAGE, Part, Placed, Style},
    letters,
};
use crate::{Error, Result};

/// As thin as a printer draws.
const THIN: f32 = 0.5;
const MAKER: &str = "Varde";

pub fn document(paper: &Paper) -> Result<Vec<u8>> {
    let layout = Layout::of(paper)?;
    let settings = SerializeSettings { configuration: accessible()?, ..SerializeSettings::default() };
    let mut document = Document::new_with(settings);
    let mut slots = vec![Vec::new(); layout.slots];
    for page in 0..layout.pages {
        let size = PageSettings::from_wh(PAGE.0, PAGE.1).ok_or(Error::Broken("the size of a paper"))?;
        let mut sheet = document.start_page_with(size);
        let mut surface = sheet.surface();
        for line in layout.lines.iter().filter(|line| line.page == page) {
            let place = surface.start_tagged(ContentTag::Span(SpanTag::empty()));
            write(&mut surface, (line.x, line.y), line.style, &line.text)?;
            surface.end_tagged();
            if let Some(slot) = slots.get_mut(line.slot) {
                slot.push(place);
            }
        }
        beside(&mut surface, paper, &layout, page)?;
        surface.finish();
        sheet.finish();
    }
    document.set_tag_tree(order(paper, &layout, slots));
    document.set_outline(outline(&layout));
    let about = Metadata::new().title(paper.title.clone()).language(paper.lang.to_owned());
    document.set_metadata(about.creator(MAKER.to_owned()).producer(MAKER.to_owned()));
    document.finish().map_err(|error| {
        tracing::error!(?error, "a paper could not be drawn");
        Error::Broken("a paper")
    })
}

fn accessible() -> Result<Configuration> {
    let builder = ConfigurationBuilder::new().with_accessibility_validator(Accessibility::UA1);
    builder.finish().map_err(|_| Error::Broken("the kind of a paper"))
}

fn write(surface: &mut Surface<'_>, (x, y): (f32, f32), style: Style, text: &str) -> Result<()> {
    let line = letters::line(style.weight, text)?;
    surface.draw_glyphs(Point::from_xy(x, y), &line.glyphs, line.font, &line.text, style.size, false);
    Ok(())
}

/// What nobody needs to hear: thin lines, and the foot of the page.
fn beside(surface: &mut Surface<'_>, paper: &Paper, layout: &Layout, page: usize) -> Result<()> {
    for (_, y) in layout.rules.iter().filter(|(on, _)| *on == page) {
        let mut path = PathBuilder::new();
        let rule = Rect::from_xywh(MARGIN, *y, PAGE.0 - 2.0 * MARGIN, THIN);
        path.push_rect(rule.ok_or(Error::Broken("a line of a paper"))?);
        if let Some(path) = path.finish() {
            surface.start_tagged(ContentTag::Artifact(Artifact::with_kind(ArtifactType::Layout)));
            surface.draw_path(&path);
            surface.end_tagged();
        }
    }
    let (left, right) = (letters::kept(&paper.foot)?, letters::kept(&(paper.page)(page + 1, layout.pages))?);
    let wide = letters::width(FOOT.weight, &right)? * FOOT.size;
    for (x, text) in [(MARGIN, left), (PAGE.0 - MARGIN - wide, right)] {
        surface.start_tagged(ContentTag::Artifact(Artifact::with_kind(ArtifactType::Footer)));
        write(surface, (x, PAGE.1 - MARGIN / 2.0), FOOT, &text)?;
        surface.end_tagged();
    }
    Ok(())
}

fn order(paper: &Paper, layout: &Layout, mut slots: Vec<Vec<Identifier>>) -> TagTree {
    let mut tree = TagTree::new().with_lang(Some(paper.lang.to_owned()));
    let mut taken = |slot: usize| -> Vec<Node> {
        slots.get_mut(slot).map(std::mem::take).unwrap_or_default().into_iter().map(Node::from).collect()
    };
    for part in &layout.parts {
        let group = match part {
            Part::Title(slot) => TagGroup::with_children(heading(1, words(layout, *slot)), taken(*slot)),
            Part::Heading(slot) => TagGroup::with_children(heading(2, words(layout, *slot)), taken(*slot)),
            Part::Text(slot) => TagGroup::with_children(Tag::P, taken(*slot)),
            Part::Table(rows) => {
                let mut table = TagGroup::new(Tag::Table);
                for row in rows {
                    let mut group = TagGroup::new(Tag::TR);
                    row.iter().for_each(|(slot, cell)| group.push(cell_of(*cell, taken(*slot))));
                    table.push(group);
                }
                table
            }
        };
        tree.push(group);
    }
    tree
}

fn heading(level: u16, words: String) -> Tag<krilla::tagging::kind::Hn> {
    Tag::Hn(NonZeroU16::new(level).unwrap_or(NonZeroU16::MIN), Some(words))
}

fn cell_of(cell: Cell, words: Vec<Node>) -> TagGroup {
    match cell {
        Cell::OfColumn => TagGroup::with_children(Tag::TH(TableHeaderScope::Column), words),
        Cell::OfRow => TagGroup::with_children(Tag::TH(TableHeaderScope::Row), words),
        Cell::Plain => TagGroup::with_children(Tag::TD, words),
    }
}

fn lines(layout: &Layout, slot: usize) -> impl Iterator<Item = &Placed> {
    layout.lines.iter().filter(move |line| line.slot == slot)
}

fn words(layout: &Layout, slot: usize) -> String {
    lines(layout, slot).map(|line| line.text.as_str()).collect::<Vec<_>>().join(" ")
}

/// Its headings, for whoever jumps.
fn outline(layout: &Layout) -> Outline {
    let mut outline = Outline::new();
    for part in &layout.parts {
        let (Part::Title(slot) | Part::Heading(slot)) = part else { continue };
        let Some(first) = lines(layout, *slot).next() else { continue };
        let top = Point::from_xy(first.x, first.y - first.style.leading);
        outline.push_child(OutlineNode::new(words(layout, *slot), XyzDestination::new(first.page, top)));
    }
    outline
}
