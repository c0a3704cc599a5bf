//! The four languages of the screens.

/// Bokmål and nynorsk are always complete together; English is complete; Northern Sámi covers the public pages.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum Locale {
    #[default]
    Nb,
    Nn,
    En,
    Se,
}

impl Locale {
    pub const ALL: [Self; 4] = [Self::Nb, Self::Nn, Self::En, Self::Se];

    /// The tag in `lang`, in file names and in the database.
    pub fn code(self) -> &'static str {
        match self {
            Self::Nb => "nb",
            Self::Nn => "nn",
            Self::En => "en",
            Self::Se => "se",
        }
    }

    pub fn parse(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|l| l.code() == code)
    }

    /// The first language of an `Accept-Language` header that Varde speaks; plain Norwegian is bokmål.
    pub fn negotiate(header: &str) -> Option<Self> {
        let mut wanted: Vec<(f32, &str)> = header.split(',').filter_map(weighted).collect();
        wanted.sort_by(|a, b| b.0.total_cmp(&a.0));
        wanted.into_iter().find_map(|(_, tag)| match tag.split('-').next()? {
            "no" => Some(Self::Nb),
            primary => Self::parse(primary),
        })
    }
}

fn weighted(part: &str) -> Option<(f32, &str)> {
    let (tag, q) = part.trim().split_once(";q=").unwrap_or((part.trim(), "1"));
    let q: f32 = q.trim().parse().ok()?;
    (q > 0.0).then_some((q, tag))
}

#[cfg(test)]
mod tests {
    use super::Locale;

    #[test]
    fn the_browser_is_listened_to() {
        let table = [
            ("nn-NO,nb;q=0.8", Some(Locale::Nn)),
            ("no", Some(Locale::Nb)),
            ("de,en;q=0.5,se;q=0.9", Some(Locale::Se)),
            ("fr,de", None),
            ("en;q=0", None),
            ("", None),
        ];
        for (header, expected) in table {
            assert_eq!(Locale::negotiate(header), expected, "{header}");
        }
    }
}
