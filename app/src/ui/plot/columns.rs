//! Columns over time: what lies in each, one thing upon the other, within an outline of what there was room for.
use leptos::prelude::*;

use super::{Frame, HEIGHT, Look, Scale, percent, pixels, scale_lines, width, words_under, x};

/// One point of time.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Stack {
    /// Under the scale, short.
    pub label: String,
    /// All that there was room for.
    pub room: i64,
    /// From the ground up; one for each look of the plot.
    pub parts: Vec<i64>,
}

/// The outline is the first row of the key.
#[component]
pub fn ColumnPlot(
    /// Unique on the page.
    #[prop(into)]
    id: String,
    /// What it shows.
    #[prop(into)]
    title: String,
    /// The finding, for whoever does not see it.
    #[prop(into)]
    text: String,
    stacks: Vec<Stack>,
    /// What the outline means.
    #[prop(into)]
    room: String,
    /// How each part looks and what it means, from the ground up.
    parts: Vec<(Look, String)>,
) -> impl IntoView {
    let highest = stacks.iter().map(|stack| stack.room.max(stack.parts.iter().sum())).max();
    let scale = Scale::up_to(highest.unwrap_or_default());
    let labels: Vec<String> = stacks.iter().map(|stack| stack.label.clone()).collect();
    let looks: Vec<Look> = parts.iter().map(|(look, _)| *look).collect();
    let there = |at: usize| stacks.iter().any(|stack| stack.parts.get(at).is_some_and(|part| *part > 0));
    let mut key = vec![(Look::Outline, room)];
    key.extend(parts.into_iter().enumerate().filter(|(at, _)| there(*at)).map(|(_, part)| part));
    let (lines, words) = (scale_lines(&scale), words_under(&labels));
    let wide = width(stacks.len(), 0.7, 6.0);
    let columns = stacks.iter().enumerate().map(|(at, stack)| {
        let left = percent(x(at, stacks.len()) - wide / 2.0);
        column(&id, stack, &looks, &scale, (left, percent(wide)))
    });
    let columns = columns.collect_view();
    view! {
        <Frame id=id title=title text=text height=HEIGHT key=key>
            {lines}
            {words}
            {columns}
        </Frame>
    }
}

fn column(id: &str, stack: &Stack, looks: &[Look], scale: &Scale, (left, wide): (String, String)) -> AnyView {
    let shape = |look: Look, from: i64, to: i64| {
        let (top, foot) = (scale.y(to), scale.y(from));
        let (x, width, fill) = (left.clone(), wide.clone(), look.fill(id));
        view! { <rect class=look.class() fill=fill x=x y=pixels(top) width=width height=pixels(foot - top)></rect> }
    };
    let mut ground = 0;
    let parts = stack.parts.iter().zip(looks).map(|(part, look)| {
        let from = ground;
        ground += part;
        (*part > 0).then(|| shape(*look, from, ground))
    });
    let parts = parts.collect_view();
    let room = (stack.room > 0).then(|| shape(Look::Outline, 0, stack.room));
    view! { {parts}{room} }.into_any()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn parts_stand_upon_each_other_and_none_is_drawn_of_nothing() {
        let stacks = vec![
            Stack { label: "a".into(), room: 40, parts: vec![20, 10, 0] },
            Stack { label: "b".into(), room: 0, parts: vec![0, 0, 0] },
        ];
        let parts = vec![(Look::Solid, "s".into()), (Look::Striped, "t".into()), (Look::Dotted, "u".into())];
        let html = Owner::new().with(|| {
            view! { <ColumnPlot id="p" title="t" text="d" stacks=stacks room="r" parts=parts/> }.to_html()
        });
        // Of 160 pixels for 40: twenty are eighty, and ten lie upon them.
        assert!(html.contains("y=\"104.0\"") && html.contains("y=\"64.0\""), "{html}");
        assert_eq!(html.matches("class=\"plot-solid\"").count(), 2, "one column, and one in the key");
        assert!(!html.contains("class=\"plot-dotted\""), "what is nowhere has no key");
    }
}
