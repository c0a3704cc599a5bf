//! Consent of those at home on pages: asked, answered and taken back by each of them; followed by the officers of the unit.

pub mod desk;
pub mod mine;
