//! When the browser asked for the page, in milliseconds on its own clock: a little before the server's seconds began
//! to count, so what is counted from here ends a little early and never late. `islands.js` notes it.

/// Whole milliseconds: reading fractions would cost the Wasm more than an island.
pub(super) fn page_made() -> f64 {
    let body = web_sys::window().and_then(|window| window.document()).and_then(|document| document.body());
    let noted = body.and_then(|body| body.get_attribute("data-made"));
    noted
        .and_then(|text| text.parse::<u64>().ok())
        .map_or_else(web_sys::js_sys::Date::now, |made| made as f64)
}
