//! The site's files: hashed names of the bundle, read once at start from what the build wrote.

use std::path::Path;

use serde::Deserialize;

/// `target/site/pkg/manifest.json`. A site that is not built yet still serves pages, without style.
#[derive(Clone, Debug, Default, Deserialize)]
pub struct Manifest {
    #[serde(default)]
    pub css: String,
    #[serde(default)]
    pub js: String,
    #[serde(default)]
    pub wasm: String,
    #[serde(default)]
    pub islands: String,
    #[serde(default)]
    pub leave: String,
    #[serde(default)]
    pub live: String,
    #[serde(default)]
    pub upload: String,
}

impl Manifest {
    pub fn read(root: &Path) -> Self {
        let path = root.join("pkg/manifest.json");
        let parsed = std::fs::read_to_string(&path).ok().and_then(|text| serde_json::from_str(&text).ok());
        parsed.unwrap_or_else(|| {
            tracing::warn!(file = %path.display(), "no manifest: pages are served without their style and script");
            Self::default()
        })
    }
}
