//! What anybody may read: who can do what here, the prisons, how a visit goes, help, privacy, accessibility.
//! No page here depends on who reads it, but for the way in.

mod articles;
mod developers;
mod front;
mod lost;
mod paper_form;
pub mod queries;
mod units;
mod visiting;

pub use articles::{AccessibilityPage, ElectronicPage, HelpPage, HowPage, PrivacyPage};
pub use developers::DevelopersPage;
pub use front::FrontPage;
pub use lost::{BrokenPage, NotFound, broken};
pub use paper_form::PaperFormPage;
pub use units::{UnitPage, UnitsPage, unit_view};
