//! One inmate, one page: found with a reason, opened with a reason, and all that is his in one order of time.

mod apart;
mod api;
mod appointments;
mod children;
mod find;
mod named;
mod one;
mod parts;
mod rows;
mod visitors;
mod wing;
mod words;

pub use apart::{ApartPage, FORMS as APART_FORMS};
pub use api::FORMS;
pub use appointments::{AppointmentsPage, FORMS as APPOINTMENT_FORMS};
pub use children::{ChildrenPage, csv as children_csv};
pub use find::FindPage;
pub use named::{FORMS as NAMED_FORMS, NamedPage};
pub use one::OnePage;
pub use visitors::{FORMS as VISITORS_FORMS, VisitorsPage};
pub use wing::{FORMS as WING_FORMS, WingPage};
