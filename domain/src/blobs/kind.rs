//! What a file may be, and why one was not taken.

/// The types that can be taken; a rule says which of them are. Each can be shown by its own program, is recognised by
/// its content, and has a check here. Others have none, so they are told apart only to say what to do instead.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum FileType {
    Pdf,
    Jpeg,
    Png,
}

impl FileType {
    pub const ALL: [Self; 3] = [Self::Pdf, Self::Jpeg, Self::Png];

    pub fn code(self) -> &'static str {
        match self {
            Self::Pdf => "pdf",
            Self::Jpeg => "jpeg",
            Self::Png => "png",
        }
    }

    pub fn parse(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.code() == code)
    }

    /// As a download is named: never what the sender said.
    pub fn media_type(self) -> &'static str {
        match self {
            Self::Pdf => "application/pdf",
            Self::Jpeg => "image/jpeg",
            Self::Png => "image/png",
        }
    }

    /// The endings of names that mean this type, in lower case.
    pub fn endings(self) -> &'static [&'static str] {
        match self {
            Self::Pdf => &["pdf"],
            Self::Jpeg => &["jpg", "jpeg", "jpe", "jfif"],
            Self::Png => &["png"],
        }
    }
}

/// Why a whole file was not taken. The page tells its sender what to do instead.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Rejection {
    /// Content of no type that the rule takes.
    Type,
    /// The name says another type than the content.
    Name,
    /// A photograph as Apple keeps it: it can be sent as JPEG.
    Heic,
    /// A document of an office program, or another archive: it can be saved as PDF.
    Office,
    /// It ends too early, or is not what its first bytes say.
    Damaged,
    /// A PDF that asks for a password or forbids to be read.
    Encrypted,
    /// A PDF with script, or that starts programs, sends forms or plays media.
    Active,
    /// A PDF with other files inside.
    Attachment,
    /// A PDF whose parts are packed so that nobody can look into them.
    Unreadable,
    /// It would unfold to far more than it says.
    Bomb,
    /// More pixels than the rule takes.
    Pixels,
}

impl Rejection {
    pub const ALL: [Self; 11] = [
        Self::Type,
        Self::Name,
        Self::Heic,
        Self::Office,
        Self::Damaged,
        Self::Encrypted,
        Self::Active,
        Self::Attachment,
        Self::Unreadable,
        Self::Bomb,
        Self::Pixels,
    ];

    pub fn code(self) -> &'static str {
        match self {
            Self::Type => "type",
            Self::Name => "name",
            Self::Heic => "heic",
            Self::Office => "office",
            Self::Damaged => "damaged",
            Self::Encrypted => "encrypted",
            Self::Active => "active",
            Self::Attachment => "attachment",
            Self::Unreadable => "unreadable",
            Self::Bomb => "bomb",
            Self::Pixels => "pixels",
        }
    }

    pub fn parse(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|why| why.code() == code)
    }
}
