//! The words for the codes of an application's life.

use backend::visits::clearance::Stage;
use domain::{kernel::Locale, visits::clearance::Measure};

use crate::i18n::visits_mine as t;

/// Where an application stands, in a few words.
pub(super) fn state(l: Locale, stage: Stage, granted: bool, over: bool) -> String {
    match stage {
        Stage::Received => t::state_received(l),
        Stage::AwaitingPolice => t::state_awaiting_police(l),
        Stage::AwaitingDecision => t::state_awaiting_decision(l),
        Stage::Decided if over => t::state_over(l),
        Stage::Decided if granted => t::state_granted(l),
        Stage::Decided => t::state_decided(l),
        Stage::NotProcessed => t::state_not_processed(l),
        Stage::Withdrawn => t::state_withdrawn(l),
    }
}

fn measure(l: Locale, measure: Measure) -> String {
    match measure {
        Measure::Observation => t::measure_observation(l),
        Measure::Listening => t::measure_listening(l),
        Measure::Search => t::measure_search(l),
        Measure::GlassWall => t::measure_glass_wall(l),
    }
}

pub(super) fn measures(l: Locale, measures: &[Measure]) -> String {
    together(l, measures.iter().map(|m| measure(l, *m)).collect())
}

/// `a, b og c`.
pub(super) fn together(l: Locale, mut words: Vec<String>) -> String {
    let last = words.pop().unwrap_or_default();
    if words.is_empty() { last } else { t::decision_and(l, words.join(", "), last) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn several_are_named_as_people_say_it() {
        let words = |n: usize| (1..=n).map(|n| n.to_string()).collect();
        assert_eq!(together(Locale::Nb, words(1)), "1");
        assert_eq!(together(Locale::Nb, words(2)), "1 og 2");
        assert_eq!(together(Locale::En, words(3)), "1, 2 and 3");
    }
}
