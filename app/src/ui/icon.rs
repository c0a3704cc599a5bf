//! Icons from the one sprite file. Always shown with a word; hidden from assistive technology.
use leptos::prelude::*;

/// Every drawing in `public/icons.svg`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[allow(missing_docs)]
pub enum IconName {
    Calendar,
    Mail,
    Doc,
    Phone,
    Check,
    Cross,
    Left,
    Right,
    Clock,
    Lock,
    Person,
    People,
    Pin,
    Upload,
    Print,
    Eye,
    Warn,
    Info,
    Search,
    Menu,
    Edit,
    Globe,
    Exit,
    Swap,
}

impl IconName {
    /// All icons, in the order of the style guide.
    pub const ALL: [Self; 24] = [
        Self::Calendar,
        Self::Mail,
        Self::Doc,
        Self::Phone,
        Self::Check,
        Self::Cross,
        Self::Left,
        Self::Right,
        Self::Clock,
        Self::Lock,
        Self::Person,
        Self::People,
        Self::Pin,
        Self::Upload,
        Self::Print,
        Self::Eye,
        Self::Warn,
        Self::Info,
        Self::Search,
        Self::Menu,
        Self::Edit,
        Self::Globe,
        Self::Exit,
        Self::Swap,
    ];

    /// The symbol's id in the sprite.
    pub const fn id(self) -> &'static str {
        match self {
            Self::Calendar => "calendar",
            Self::Mail => "mail",
            Self::Doc => "doc",
            Self::Phone => "phone",
            Self::Check => "check",
            Self::Cross => "cross",
            Self::Left => "left",
            Self::Right => "right",
            Self::Clock => "clock",
            Self::Lock => "lock",
            Self::Person => "person",
            Self::People => "people",
            Self::Pin => "pin",
            Self::Upload => "upload",
            Self::Print => "print",
            Self::Eye => "eye",
            Self::Warn => "warn",
            Self::Info => "info",
            Self::Search => "search",
            Self::Menu => "menu",
            Self::Edit => "edit",
            Self::Globe => "globe",
            Self::Exit => "exit",
            Self::Swap => "swap",
        }
    }
}

/// One icon, decorative: put the word beside it.
#[component]
pub fn Icon(
    /// Which drawing.
    name: IconName,
) -> impl IntoView {
    view! {
        <svg class="icon" aria-hidden="true" focusable="false">
            <use href=format!("/icons.svg#{}", name.id())></use>
        </svg>
    }
}
