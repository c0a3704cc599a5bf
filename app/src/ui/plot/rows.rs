//! Bars in rows: a name, what it comes to in words, and a bar of parts under both.
use leptos::prelude::*;

use super::{Frame, Look, percent, pixels};

/// Pixels of a row, and where the bar lies in it.
const ROW: u16 = 52;
const BAR: f64 = 26.0;
const THICK: f64 = 14.0;

/// One row.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct BarRow {
    pub name: String,
    /// In words, at the end of the line.
    pub value: String,
    /// In percent of the whole width, from the left; none: an open outline says that nothing is told.
    pub parts: Option<Vec<i64>>,
}

/// All bars have one measure.
#[component]
pub fn RowPlot(
    /// Unique on the page.
    #[prop(into)]
    id: String,
    /// What it shows.
    #[prop(into)]
    title: String,
    /// The finding, for whoever does not see it.
    #[prop(into)]
    text: String,
    rows: Vec<BarRow>,
    /// How each part looks, from the left.
    looks: Vec<Look>,
    /// What they mean; empty where the words of the rows say it.
    #[prop(optional)]
    key: Vec<(Look, String)>,
) -> impl IntoView {
    let height = ROW * u16::try_from(rows.len().max(1)).unwrap_or(1);
    let drawn = rows.into_iter().enumerate().map(|(at, row)| one(&id, at, row, &looks)).collect_view();
    view! { <Frame id=id title=title text=text height=height key=key>{drawn}</Frame> }
}

fn one(id: &str, at: usize, row: BarRow, looks: &[Look]) -> AnyView {
    let top = f64::from(ROW) * at as f64;
    let (words, bar) = (pixels(top + 16.0), pixels(top + BAR));
    let track = if row.parts.is_some() { "plot-track" } else { "plot-track plot-track--none" };
    let mut left = 0;
    let parts = row.parts.unwrap_or_default().into_iter().zip(looks).map(|(part, look)| {
        let from = left;
        left += part;
        let (x, width) = (percent(from as f64), percent(part as f64));
        let (class, fill) = (look.class(), look.fill(id));
        (part > 0).then(|| {
            view! { <rect class=class fill=fill x=x y=bar.clone() width=width height=pixels(THICK)></rect> }
        })
    });
    let parts = parts.collect_view();
    view! {
        <text class="plot-name" x="0" y=words.clone()>{row.name}</text>
        <text class="plot-value" x="100%" y=words>{row.value}</text>
        <rect class=track x="0" y=bar.clone() width="100%" height=pixels(THICK)></rect>
        {parts}
    }
    .into_any()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_bar_is_as_long_as_its_share_and_what_is_not_told_is_open() {
        let row =
            |name: &str, parts: Option<Vec<i64>>| BarRow { name: name.into(), value: "v".into(), parts };
        let rows = vec![row("a", Some(vec![30, 20])), row("b", None)];
        let html = Owner::new().with(|| {
            view! { <RowPlot id="p" title="t" text="d" rows=rows looks=vec![Look::Late, Look::Solid]/> }
                .to_html()
        });
        assert!(html.contains("x=\"0.00%\"") && html.contains("width=\"30.00%\""), "{html}");
        assert!(html.contains("x=\"30.00%\"") && html.contains("width=\"20.00%\""));
        assert_eq!(html.matches("plot-track--none").count(), 1);
    }
}
