//! A unit's plan, edited by its staff: the rules and their versions, the times of the week, the closed days. Data with
//! validity dates; what was booked under the old plan stands until somebody cancels it.

mod api;
mod asked;
mod close;
mod fields;
mod forms;
mod names;
mod parts;
mod paused;
mod proposal;
mod rules;
mod several;
mod show;
mod tables;
mod text;
mod time;
mod time_new;
mod touched;
mod verdict_api;
mod watch;
mod wings;
pub(in crate::visits) mod words;

pub use close::ClosePage;
pub(crate) use fields::date_words;
pub use names::FORMS;
pub use proposal::ProposalPage;
pub use rules::RulesPage;
pub use several::SeveralPage;
pub use show::PlanPage;
pub use text::TextPage;
pub use time::TimePage;
pub use time_new::NewTimePage;
pub use touched::TouchedPage;
pub use watch::WatchPage;
pub use wings::{FORMS as WINGS_FORMS, WingsPage};
