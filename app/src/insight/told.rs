//! What page and file tell: read once, for what is chosen.

use std::collections::BTreeMap;

use backend::{
    Result,
    ctx::{Ctx, Staff},
    insight::{self, Figures, Known, KnownUnit},
    work::{self, Open},
};
use domain::{
    access::Unit,
    insight::{FormErrors, Grain, Span, month_of},
    kernel::{CivilDate, Id, Locale},
};

use super::chosen::Chosen;
use crate::{
    i18n::{dates, insight as t},
    request::Page,
};

pub struct Told {
    pub(super) known: Known,
    pub(super) chosen: Chosen,
    pub(super) today: CivilDate,
    /// By unit; nothing open: no row.
    pub(super) open: BTreeMap<Id<Unit>, Open>,
    /// None: the days of her own are no period yet.
    pub(super) figures: std::result::Result<(Span, Figures), FormErrors>,
}

/// Three reads. None: it is not there for her.
pub async fn told(ctx: &Ctx, staff: &Staff, page: &Page) -> Result<Option<Told>> {
    let Some(known) = insight::known(ctx, staff).await? else { return Ok(None) };
    let open = work::open(ctx, staff).await?;
    let chosen = Chosen::read(page, &known);
    let unit = chosen.unit.as_ref().map(|unit| &unit.id);
    let today = page.now.date();
    let figures = match chosen.form.parse(today, known.longest) {
        Ok(span) => Ok((span, insight::figures(ctx, staff, unit, span).await?)),
        Err(errors) => Err(errors),
    };
    Ok(Some(Told { known, chosen, today, open, figures }))
}

impl Told {
    /// The chosen unit, or all of hers.
    pub(super) fn units(&self) -> impl Iterator<Item = &KnownUnit> {
        let one = self.chosen.unit.as_ref().map(|unit| &unit.id);
        self.known.units.iter().filter(move |unit| one.is_none_or(|one| *one == unit.id))
    }

    pub(super) fn unit_name(&self, l: Locale) -> String {
        match (&self.chosen.unit, self.known.units.as_slice()) {
            (Some(unit), _) | (None, [unit]) => unit.name.clone(),
            (None, _) => t::all_units(l),
        }
    }

    /// Which file this is, for its trace; none: the days are no period.
    pub async fn exported(&self, ctx: &Ctx, staff: &Staff) -> Result<Option<()>> {
        if self.figures.is_err() {
            return Ok(None);
        }
        insight::exported(ctx, staff, self.chosen.unit.as_ref().map(|unit| &unit.id)).await.map(Some)
    }
}

/// A week or a month under a plot, short.
pub(super) fn label(l: Locale, span: Span, point: CivilDate) -> String {
    match span.grain() {
        Grain::Week => dates::week(l, point),
        Grain::Month => dates::month_short(l, point),
    }
}

/// The same in a table.
pub(super) fn name(l: Locale, span: Span, point: CivilDate) -> String {
    dates::capital(&match span.grain() {
        Grain::Week => {
            t::week_of(l, dates::week(l, point), dates::short(l, point), dates::short(l, point.plus_days(6)))
        }
        Grain::Month => dates::month_year(l, point),
    })
}

pub(super) fn column(l: Locale, span: Span) -> String {
    match span.grain() {
        Grain::Week => t::col_week(l),
        Grain::Month => t::col_month(l),
    }
}

/// First day and last of a point, in whole weeks.
pub(super) fn days(span: Span, point: CivilDate) -> (CivilDate, CivilDate) {
    match span.grain() {
        Grain::Week => (point, point.plus_days(6)),
        Grain::Month => {
            let weeks = (0..span.weeks()).map(|n| span.from.plus_days(7 * n));
            let within: Vec<CivilDate> = weeks.filter(|week| month_of(*week) == point).collect();
            let first = within.first().copied().unwrap_or(point);
            (first, within.last().copied().unwrap_or(point).plus_days(6))
        }
    }
}
