//! The officers': the list, a new case, one case with those at home, the invitation on paper, and what may be told.

mod api;
mod forms;
mod list;
mod new;
mod one;
mod paper;
mod parent;
mod parts;
mod work;

pub use forms::FORMS;
pub use list::ListPage;
pub use new::NewPage;
pub use one::OnePage;
pub use paper::{InvitationPage, ToldPage};
pub use parent::ParentPage;
pub(crate) use parent::of_case;
