//! A barcode that any hand scanner reads: Code 128, set B (ISO/IEC 15417), drawn as lines. No library for so few lines. What
//! it says stands below it in letters, so the drawing itself is silent.

use leptos::prelude::*;

/// Widths of bar, space, bar, space, bar, space of each symbol, in modules; eleven together.
const SYMBOLS: [&str; 106] = [
    "212222", "222122", "222221", "121223", "121322", "131222", "122213", "122312", "132212", "221213",
    "221312", "231212", "112232", "122132", "122231", "113222", "123122", "123221", "223211", "221132",
    "221231", "213212", "223112", "312131", "311222", "321122", "321221", "312212", "322112", "322211",
    "212123", "212321", "232121", "111323", "131123", "131321", "112313", "132113", "132311", "211313",
    "231113", "231311", "112133", "112331", "132131", "113123", "113321", "133121", "313121", "211331",
    "231131", "213113", "213311", "213131", "311123", "311321", "331121", "312113", "312311", "332111",
    "314111", "221411", "431111", "111224", "111422", "121124", "121421", "141122", "141221", "112214",
    "112412", "122114", "122411", "142112", "142211", "241211", "221114", "413111", "241112", "134111",
    "111242", "121142", "121241", "114212", "124112", "124211", "411212", "421112", "421211", "212141",
    "214121", "412121", "111143", "111341", "131141", "114113", "114311", "411113", "411311", "113141",
    "114131", "311141", "411131", "211412", "211214", "211232",
];
const START_B: usize = 104;
const STOP: &str = "2331112";
/// White on each side, in modules.
const QUIET: u32 = 10;
/// A module and a bar in the drawing's units; the sheet's style says how large a unit is.
const HEIGHT: u32 = 60;

/// Widths, beginning with a bar. None: a character that the set does not have.
fn widths(text: &str) -> Option<Vec<u32>> {
    let value =
        |c: char| u8::try_from(c).ok().filter(|c| (32..=126).contains(c)).map(|c| usize::from(c) - 32);
    let values: Vec<usize> = text.chars().map(value).collect::<Option<_>>()?;
    let weighed: usize = values.iter().zip(1..).map(|(value, place)| value * place).sum();
    let check = (START_B + weighed) % 103;
    let symbols = [START_B].into_iter().chain(values).chain([check]);
    let drawn: Vec<&str> = symbols.map(|at| SYMBOLS.get(at).copied()).collect::<Option<_>>()?;
    let digits = drawn.into_iter().chain([STOP]).flat_map(str::chars);
    digits.map(|digit| digit.to_digit(10)).collect()
}

/// The bars as one path, each a rectangle, and how wide all of it is.
fn path(text: &str) -> Option<(String, u32)> {
    let (mut at, mut bars) = (QUIET, String::new());
    for (place, width) in widths(text)?.into_iter().enumerate() {
        if place % 2 == 0 {
            bars.push_str(&format!("M{at} 0h{width}v{HEIGHT}h-{width}z"));
        }
        at += width;
    }
    Some((bars, at + QUIET))
}

/// Nothing at all where the text cannot be drawn: the number still stands in letters.
#[component]
pub(super) fn Barcode(text: String) -> impl IntoView {
    path(&text).map(|(bars, width)| {
        view! {
            <svg class="barcode" viewBox=format!("0 0 {width} {HEIGHT}") aria-hidden="true" focusable="false">
                <path d=bars/>
            </svg>
        }
    })
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;

    #[test]
    fn every_symbol_is_eleven_wide_of_an_even_number_of_dark_modules_and_no_two_are_alike() {
        for symbol in SYMBOLS {
            let widths: Vec<u32> = symbol.chars().filter_map(|c| c.to_digit(10)).collect();
            let dark: u32 = widths.iter().step_by(2).sum();
            assert_eq!((widths.len(), widths.iter().sum::<u32>(), dark % 2), (6, 11, 0), "{symbol}");
        }
        assert_eq!(SYMBOLS.iter().collect::<BTreeSet<_>>().len(), SYMBOLS.len());
    }

    /// As a scanner does it: symbols out of widths, the check verified, letters out of symbols.
    fn scanned(widths: &[u32]) -> Option<String> {
        let told: String = widths.iter().filter_map(|w| char::from_digit(*w, 10)).collect();
        let body = told.strip_suffix(STOP)?;
        let symbol = |at: usize| SYMBOLS.iter().position(|s| Some(*s) == body.get(at..at + 6));
        let values: Vec<usize> = (0..body.len()).step_by(6).map(symbol).collect::<Option<_>>()?;
        let (check, rest) = values.split_last()?;
        let (start, letters) = rest.split_first()?;
        let sum: usize = letters.iter().zip(1..).map(|(value, place)| value * place).sum();
        let right = *start == START_B && (start + sum) % 103 == *check;
        let letter = |value: &usize| u8::try_from(value + 32).ok().map(char::from);
        right.then(|| letters.iter().filter_map(letter).collect())
    }

    #[test]
    fn what_is_drawn_is_what_is_scanned() {
        for text in ["S4T820QK", "00000000", "Wikipedia", "", "PJJ123C"] {
            assert_eq!(scanned(&widths(text).expect("drawn")).as_deref(), Some(text));
        }
        // Computed by hand: (104 + 33·1 + 34·2 + 35·3) mod 103 = 1.
        assert_eq!(widths("ABC").expect("drawn")[24..30], [2, 2, 2, 1, 2, 2]);
        assert_eq!(widths("æ"), None);
        let (bars, width) = path("S4T820QK").expect("drawn");
        assert_eq!((bars.matches('M').count(), width), (34, 11 * 10 + 13 + 20));
    }
}
