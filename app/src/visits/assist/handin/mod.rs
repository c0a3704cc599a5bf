//! What was handed in without eID: what she wrote, and what the unit does with it. To register her leads to the pages of helping somebody,
//! where what she wrote stands in the forms.

mod api;
mod one;
mod prefill;
mod words;

pub use api::FORMS;
pub use one::OnePage;
pub(super) use prefill::{Beside, applied, begun, brought, hand_in, newcomer};
