//! Where visits on a screen take place. No provider is known to the code: it is a link with a place for the room.

use serde::Deserialize;

#[derive(Clone, Debug, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct VideoSettings {
    /// With `{room}` in it, which is drawn anew for each visit and nobody can guess. Empty: in demo a page of the demo; elsewhere the
    /// page says to ask the unit.
    pub link: String,
    /// Where camera and sound can be tried before; empty: there is no such place.
    pub test: String,
}
