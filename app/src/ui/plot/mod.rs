//! Plots that the server draws: lines with what lies above them, columns, and bars in rows. No script and no picture file: shapes
//! follow the width of the page in percent while words keep their size, so that a phone reads the same numbers. Each has a name
//! and a description, tells nothing by colour alone, and stands beside a table of the same numbers, which the page adds.

mod columns;
mod line;
mod rows;

pub use columns::{ColumnPlot, Stack};
pub use line::{LinePlot, LinePoint};
pub use rows::{BarRow, RowPlot};

use leptos::prelude::*;

/// Where the first and the last point stand, in percent of the width; beside them stand the numbers of the scale and the last.
const LEFT: f64 = 9.0;
const RIGHT: f64 = 92.0;
/// Pixels: the top of the scale, its foot, the words under it, and all of it.
const TOP: f64 = 24.0;
const FOOT: f64 = 184.0;
const WORDS: f64 = 206.0;
const HEIGHT: u16 = 216;
/// Words under the scale, at most.
const MOST_WORDS: usize = 5;

/// What a shape means, beside the plot in words.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Look {
    /// A line with points.
    Line,
    Solid,
    Striped,
    Dotted,
    Outline,
    /// What is too late.
    Late,
}

impl Look {
    fn class(self) -> &'static str {
        match self {
            Self::Line | Self::Solid => "plot-solid",
            Self::Striped => "plot-striped",
            Self::Dotted => "plot-dotted",
            Self::Outline => "plot-outline",
            Self::Late => "plot-late",
        }
    }

    /// The pattern of a plot's own; none is filled by its class.
    fn fill(self, id: &str) -> Option<String> {
        match self {
            Self::Striped => Some(format!("url(#{id}-stripes)")),
            Self::Dotted => Some(format!("url(#{id}-dots)")),
            _ => None,
        }
    }
}

/// From nothing to a round number above the highest, and the lines between.
struct Scale {
    top: f64,
    marks: Vec<i64>,
}

impl Scale {
    fn up_to(highest: i64) -> Self {
        let steps = [1, 2, 5, 10, 20, 25, 50, 100, 200, 250, 500, 1_000, 2_000, 5_000, 10_000];
        let highest = highest.max(1);
        let step = steps.into_iter().find(|step| highest <= step * 4).unwrap_or(highest / 4 + 1);
        let count = (highest + step - 1) / step;
        Self { top: (count * step) as f64, marks: (0..=count).map(|n| n * step).collect() }
    }

    fn y(&self, value: i64) -> f64 {
        FOOT - (FOOT - TOP) * value as f64 / self.top
    }
}

/// Where the point of this place stands among so many.
fn x(at: usize, count: usize) -> f64 {
    if count < 2 {
        f64::midpoint(LEFT, RIGHT)
    } else {
        LEFT + (RIGHT - LEFT) * at as f64 / (count - 1) as f64
    }
}

/// How wide a column may be among so many.
fn width(count: usize, share: f64, most: f64) -> f64 {
    ((RIGHT - LEFT) / count.max(1) as f64 * share).min(most)
}

fn percent(value: f64) -> String {
    format!("{value:.2}%")
}

fn pixels(value: f64) -> String {
    format!("{value:.1}")
}

/// The lines of the scale with their numbers.
fn scale_lines(scale: &Scale) -> AnyView {
    let line = |mark: &i64| {
        let (y, words) = (pixels(scale.y(*mark)), mark.to_string());
        let above = pixels(scale.y(*mark) - 4.0);
        let class = if *mark == 0 { "plot-foot" } else { "plot-grid" };
        view! {
            <line class=class x1="0" x2="100%" y1=y.clone() y2=y></line>
            <text class="plot-mark" x="0" y=above>{words}</text>
        }
    };
    scale.marks.iter().map(line).collect_view().into_any()
}

/// The words under the scale: some of them, the last always.
fn words_under(labels: &[String]) -> AnyView {
    let count = labels.len();
    let stride = count.saturating_sub(1).div_ceil(MOST_WORDS - 1).max(1);
    let shown = |at: usize| (count - 1 - at).is_multiple_of(stride);
    let word = |(at, label): (usize, &String)| {
        let (x, label) = (percent(x(at, count)), label.clone());
        view! { <text class="plot-word" x=x y=pixels(WORDS)>{label}</text> }
    };
    labels.iter().enumerate().filter(|(at, _)| shown(*at)).map(word).collect_view().into_any()
}

/// Stripes and dots, so that shapes differ where colours do not.
#[component]
fn Patterns(id: String) -> impl IntoView {
    let (stripes, dots) = (format!("{id}-stripes"), format!("{id}-dots"));
    view! {
        <defs>
            <pattern id=stripes width="6" height="6" patternUnits="userSpaceOnUse">
                <path class="plot-stripe" d="M-1 7L7 -1M-1 1L1 -1M5 7L7 5"></path>
            </pattern>
            <pattern id=dots width="6" height="6" patternUnits="userSpaceOnUse">
                <circle class="plot-dot" cx="3" cy="3" r="1.5"></circle>
            </pattern>
        </defs>
    }
}

/// The frame that all have: the drawing with its name and description, and under it what its shapes mean.
#[component]
fn Frame(
    id: String,
    title: String,
    text: String,
    height: u16,
    key: Vec<(Look, String)>,
    children: Children,
) -> impl IntoView {
    let (title_id, text_id) = (format!("{id}-title"), format!("{id}-text"));
    let labelled = format!("{title_id} {text_id}");
    let key = (!key.is_empty()).then(|| view! { <Key id=id.clone() rows=key/> });
    view! {
        <figure class="plot">
            <svg class="plot-drawing" width="100%" height=height role="img" aria-labelledby=labelled focusable="false">
                <title id=title_id>{title}</title>
                <desc id=text_id>{text}</desc>
                <Patterns id=id/>
                {children()}
            </svg>
            {key}
        </figure>
    }
}

#[component]
fn Key(id: String, rows: Vec<(Look, String)>) -> impl IntoView {
    let row = |(look, words): (Look, String)| {
        let (class, fill) = (look.class(), look.fill(&id));
        let shape = match look {
            Look::Line => view! {
                <line class="plot-line" x1="0" x2="24" y1="8" y2="8"></line>
                <circle class="plot-point" cx="12" cy="8" r="4"></circle>
            }
            .into_any(),
            _ => view! { <rect class=class fill=fill x="1" y="2" width="22" height="12"></rect> }.into_any(),
        };
        view! {
            <li><svg class="plot-swatch" width="24" height="16" aria-hidden="true" focusable="false">{shape}</svg>{words}</li>
        }
    };
    let rows = rows.into_iter().map(row).collect_view();
    view! { <figcaption><ul class="plot-key">{rows}</ul></figcaption> }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_scale_is_round_and_holds_the_highest() {
        let table: [(i64, &[i64]); 6] = [
            (0, &[0, 1]),
            (3, &[0, 1, 2, 3]),
            (31, &[0, 10, 20, 30, 40]),
            (40, &[0, 10, 20, 30, 40]),
            (41, &[0, 20, 40, 60]),
            (990, &[0, 250, 500, 750, 1_000]),
        ];
        for (highest, marks) in table {
            let scale = Scale::up_to(highest);
            assert_eq!(scale.marks, marks, "{highest}");
            assert!(scale.y(highest) >= TOP && scale.y(0) == FOOT, "{highest}");
        }
        assert!(*Scale::up_to(1_000_000).marks.last().unwrap() >= 1_000_000);
    }

    #[test]
    fn few_words_stand_under_many_points_and_the_last_always() {
        for count in 1..60 {
            let labels: Vec<String> = (0..count).map(|n| format!("uke {n}.")).collect();
            let drawn = words_under(&labels).to_html();
            assert!(drawn.matches("<text").count() <= MOST_WORDS, "{count}");
            assert!(drawn.contains(&format!("uke {}.", count - 1)), "{count}");
        }
    }

    #[test]
    fn points_stand_in_their_order_within_the_drawing() {
        for count in 1..60 {
            let all: Vec<f64> = (0..count).map(|at| x(at, count)).collect();
            assert!(all.windows(2).all(|pair| pair[0] < pair[1]), "{count}");
            assert!(all.iter().all(|x| (LEFT..=RIGHT).contains(x)), "{count}");
        }
    }
}
