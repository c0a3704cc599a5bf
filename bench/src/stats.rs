//! Medians, and how sure a ratio of medians is.

/// A ratio with its 95 % interval.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Ratio {
    pub ratio: f64,
    pub low: f64,
    pub high: f64,
}

const RESAMPLES: usize = 4_000;

/// The median of a ÷ the median of b. The interval draws whole rounds with replacement: the two sides of one round
/// were measured after each other and share the machine's mood.
pub fn ratio(a: &[f64], b: &[f64]) -> Ratio {
    let rounds = a.len().min(b.len());
    let mut chance = fastrand::Rng::with_seed(7);
    let mut drawn: Vec<f64> = (0..RESAMPLES)
        .map(|_| {
            let picked: Vec<usize> = (0..rounds).map(|_| chance.usize(..rounds)).collect();
            let of = |side: &[f64]| median(&picked.iter().map(|at| side[*at]).collect::<Vec<_>>());
            of(a) / of(b)
        })
        .collect();
    drawn.sort_by(f64::total_cmp);
    Ratio { ratio: median(a) / median(b), low: at(&drawn, 0.025), high: at(&drawn, 0.975) }
}

pub fn median(values: &[f64]) -> f64 {
    percentile(values, 0.5)
}

/// Of values in any order; 0 ≤ share ≤ 1.
pub fn percentile(values: &[f64], share: f64) -> f64 {
    let mut sorted = values.to_vec();
    sorted.sort_by(f64::total_cmp);
    at(&sorted, share)
}

/// Between two neighbours, as far along as the share says.
fn at(sorted: &[f64], share: f64) -> f64 {
    let Some(last) = sorted.len().checked_sub(1) else { return f64::NAN };
    let place = share * last as f64;
    let (below, part) = (place.floor() as usize, place.fract());
    sorted[below] + (sorted[(below + 1).min(last)] - sorted[below]) * part
}

/// Welch's t of two samples, each without its slowest tenth: a pause of the machine is nobody's secret.
pub fn welch(a: &[f64], b: &[f64]) -> f64 {
    let ((mean_a, error_a), (mean_b, error_b)) = (trimmed(a), trimmed(b));
    (mean_a - mean_b) / (error_a + error_b).sqrt()
}

/// Mean, and variance of the mean.
fn trimmed(values: &[f64]) -> (f64, f64) {
    let limit = percentile(values, 0.9);
    let kept: Vec<f64> = values.iter().copied().filter(|value| *value <= limit).collect();
    let n = kept.len() as f64;
    let mean = kept.iter().sum::<f64>() / n;
    let variance = kept.iter().map(|value| (value - mean).powi(2)).sum::<f64>() / (n - 1.0);
    (mean, variance / n)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_percentile_lies_between_its_neighbours() {
        let table = [(0.0, 1.0), (0.5, 2.5), (1.0, 4.0), (0.25, 1.75)];
        for (share, expected) in table {
            assert!((percentile(&[4.0, 1.0, 3.0, 2.0], share) - expected).abs() < 1e-9, "{share}");
        }
        assert!(median(&[]).is_nan());
    }

    #[test]
    fn a_ratio_lies_in_its_interval_and_noise_widens_it() {
        let b = [10.0; 7];
        let calm = ratio(&[5.0; 7], &b);
        assert_eq!(calm, Ratio { ratio: 0.5, low: 0.5, high: 0.5 });
        let noisy = ratio(&[3.0, 7.0, 5.0, 4.0, 6.0, 5.0, 5.0], &b);
        assert!(noisy.low < noisy.ratio && noisy.ratio < noisy.high, "{noisy:?}");
    }

    #[test]
    fn welch_tells_two_worlds_apart_and_one_from_itself_not() {
        let mut chance = fastrand::Rng::with_seed(1);
        let mut sample = |shift: f64| (0..2_000).map(|_| chance.f64() + shift).collect::<Vec<_>>();
        let (one, same, other) = (sample(0.0), sample(0.0), sample(0.1));
        assert!(welch(&one, &same).abs() < 4.5);
        assert!(welch(&one, &other).abs() > 4.5);
    }
}
