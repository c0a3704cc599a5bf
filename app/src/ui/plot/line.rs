//! A line over time, and above each point how far the rest reaches.
use leptos::prelude::*;

use super::{FOOT, Frame, HEIGHT, Look, Scale, percent, pixels, scale_lines, width, words_under, x};

/// One point of time. Without a value nothing is drawn for it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct LinePoint {
    /// Under the scale, short.
    pub label: String,
    pub value: Option<i64>,
    /// Above the value; drawn as a striped column from it.
    pub reach: Option<i64>,
}

/// The last point that is there stands out, with its number.
#[component]
pub fn LinePlot(
    /// Unique on the page.
    #[prop(into)]
    id: String,
    /// What it shows.
    #[prop(into)]
    title: String,
    /// The finding, for whoever does not see it.
    #[prop(into)]
    text: String,
    points: Vec<LinePoint>,
    /// What the line means, and what the stripes.
    key: [String; 2],
) -> impl IntoView {
    let highest = points.iter().flat_map(|point| [point.value, point.reach]).flatten().max();
    let scale = Scale::up_to(highest.unwrap_or_default());
    let [line, reach] = key;
    let mut key = vec![(Look::Line, line)];
    if points.iter().any(|point| point.reach.is_some()) {
        key.push((Look::Striped, reach));
    }
    let labels: Vec<String> = points.iter().map(|point| point.label.clone()).collect();
    let (lines, words) = (scale_lines(&scale), words_under(&labels));
    let (reaches, drawn) = (reaches(&id, &points, &scale), drawn(&points, &scale));
    view! {
        <Frame id=id title=title text=text height=HEIGHT key=key>
            {lines}
            {words}
            {reaches}
            {drawn}
        </Frame>
    }
}

fn reaches(id: &str, points: &[LinePoint], scale: &Scale) -> AnyView {
    let (count, wide) = (points.len(), width(points.len(), 0.6, 4.0));
    let fill = Look::Striped.fill(id);
    let one = |(at, value, reach): (usize, i64, i64)| {
        let (top, foot) = (scale.y(reach.max(value)), scale.y(value));
        let left = percent(x(at, count) - wide / 2.0);
        view! {
            <rect class="plot-striped" fill=fill.clone() x=left y=pixels(top) width=percent(wide)
                height=pixels((foot - top).clamp(0.0, FOOT))></rect>
        }
    };
    let there = points.iter().enumerate().filter_map(|(at, point)| Some((at, point.value?, point.reach?)));
    there.map(one).collect_view().into_any()
}

fn drawn(points: &[LinePoint], scale: &Scale) -> AnyView {
    let count = points.len();
    let there = points.iter().enumerate().filter_map(|(at, point)| Some((at, point.value?, point.reach)));
    let there: Vec<(usize, i64, Option<i64>)> = there.collect();
    let segment = |pair: &[(usize, i64, Option<i64>)]| {
        let [(a, from, _), (b, to, _)] = pair else { return ().into_any() };
        let (x1, x2) = (percent(x(*a, count)), percent(x(*b, count)));
        view! { <line class="plot-line" x1=x1 x2=x2 y1=pixels(scale.y(*from)) y2=pixels(scale.y(*to))></line> }
            .into_any()
    };
    let last = there.len().saturating_sub(1);
    let point = |(n, (at, value, _)): (usize, &(usize, i64, Option<i64>))| {
        let (class, r) = if n == last { ("plot-point plot-point--last", "6") } else { ("plot-point", "4") };
        view! { <circle class=class cx=percent(x(*at, count)) cy=pixels(scale.y(*value)) r=r></circle> }
    };
    let number = there.last().map(|(at, value, reach)| {
        let (x, y) = (percent(x(*at, count) + 2.8), pixels(scale.y(*value) + 5.0));
        // Where the two would stand in each other, the line's is the one.
        let reach = reach.filter(|reach| scale.y(*value) - scale.y(*reach) > 18.0);
        let reach = reach.map(|reach| {
            let (x, y) = (x.clone(), pixels(scale.y(reach) + 5.0));
            view! { <text class="plot-number" x=x y=y>{reach.to_string()}</text> }
        });
        view! { <text class="plot-number" x=x y=y>{value.to_string()}</text>{reach} }
    });
    let segments = there.windows(2).map(segment).collect_view();
    let dots = there.iter().enumerate().map(point).collect_view();
    view! { {segments}{dots}{number} }.into_any()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_line_goes_over_what_is_not_there_and_its_last_point_has_a_number() {
        let point =
            |value: Option<i64>, reach: Option<i64>| LinePoint { label: "uke 1".into(), value, reach };
        let points = vec![
            point(Some(31), Some(40)),
            point(None, None),
            point(Some(20), None),
            point(Some(19), Some(28)),
            point(None, None),
        ];
        let key = ["half".to_owned(), "nine".to_owned()];
        let owner = Owner::new();
        let html =
            owner.with(|| view! { <LinePlot id="p" title="t" text="d" points=points key=key/> }.to_html());
        assert_eq!(html.matches("class=\"plot-line\"").count(), 3, "two segments, and one in the key");
        assert_eq!(html.matches("plot-point--last").count(), 1);
        assert_eq!(html.matches("url(#p-stripes)").count(), 3, "two columns, and one in the key");
        assert!(html.contains(">19<") && html.contains(">28<"));
        assert!(html.contains("aria-labelledby=\"p-title p-text\""));
    }
}
