//! What letters about an application tell of.

/// What happened to an application after it came in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ClearanceNews {
    Decided,
    NotProcessed,
    Withdrawn,
    /// Her leave ends soon.
    Ending,
    /// She has given up her leave.
    GivenUp,
    /// He was moved, and her leave with him.
    Carried,
    /// The unit decides anew about her leave.
    Reconsidered,
    /// Her leave does not hold any more.
    Ended,
}

impl ClearanceNews {
    pub const ALL: [Self; 8] = [
        Self::Decided,
        Self::NotProcessed,
        Self::Withdrawn,
        Self::Ending,
        Self::GivenUp,
        Self::Carried,
        Self::Reconsidered,
        Self::Ended,
    ];

    /// As the slice writes it into its job.
    pub fn parse(event: &str) -> Option<Self> {
        match event {
            "decided" => Some(Self::Decided),
            "not_processed" => Some(Self::NotProcessed),
            "withdrawn" => Some(Self::Withdrawn),
            "ending" => Some(Self::Ending),
            "given_up" => Some(Self::GivenUp),
            "carried" => Some(Self::Carried),
            "reconsidered" => Some(Self::Reconsidered),
            "ended" => Some(Self::Ended),
            _ => None,
        }
    }
}
