//! A QR code as one path of an image, with the quiet border that readers want. Black on white in every scheme of colours.

use leptos::prelude::*;
use qrcode::{Color, EcLevel, QrCode};

/// The border, in modules.
const QUIET: usize = 4;

/// Nothing for a text that is too long for any code.
pub(super) fn code(text: &str, label: String) -> Option<AnyView> {
    let (side, path) = drawn(text)?;
    let frame = format!("0 0 {side} {side}");
    Some(
        view! {
            <svg class="pass-code" viewBox=frame role="img" aria-label=label shape-rendering="crispEdges">
                <rect width=side height=side fill="#fff"></rect>
                <path d=path fill="#000"></path>
            </svg>
        }
        .into_any(),
    )
}

/// The side in modules, border and all, and the dark ones.
fn drawn(text: &str) -> Option<(usize, String)> {
    let code = QrCode::with_error_correction_level(text, EcLevel::Q).ok()?;
    let width = code.width();
    let dark = code.to_colors().into_iter().enumerate().filter(|(_, color)| *color == Color::Dark);
    let path =
        dark.map(|(at, _)| format!("M{} {}h1v1h-1z", at % width + QUIET, at / width + QUIET)).collect();
    Some((width + 2 * QUIET, path))
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Another program reads what we have drawn, from the path alone.
    #[test]
    fn a_reader_reads_what_was_written() {
        let text = "VARDE1-S4T820QK-0123456789ABCDEF0123";
        let (side, path) = drawn(text).unwrap();
        let dark: std::collections::HashSet<(usize, usize)> = path
            .split('M')
            .skip(1)
            .map(|cell| {
                let (x, rest) = cell.split_once(' ').unwrap();
                (x.parse().unwrap(), rest.split('h').next().unwrap().parse().unwrap())
            })
            .collect();
        let scale = 5;
        let mut seen = rqrr::PreparedImage::prepare_from_greyscale(side * scale, side * scale, |x, y| {
            if dark.contains(&(x / scale, y / scale)) { 0 } else { 255 }
        });
        let found = seen.detect_grids();
        assert_eq!(found.len(), 1);
        assert_eq!(found[0].decode().unwrap().1, text);
    }
}
