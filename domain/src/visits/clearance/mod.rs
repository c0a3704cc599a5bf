//! Clearance (besøkstillatelse): a person's leave to visit an inmate. Straffegjennomføringsloven §§ 27, 31.
//!
//! An application is answered one question at a time and kept as a draft; what comes out is one clearance for
//! the applicant and one for each child, each decided alone or together.

pub mod carry;
pub mod decide;
pub mod draft;
pub mod duty;
pub mod forms;
pub mod parent;
pub mod state;
pub mod term;

pub use carry::Ground;
pub use decide::{DecisionForm, Refusal};
pub use draft::{Answer, Application, Child, Contact, Draft, Need, Needs, Relation, Step, Whom};
pub use duty::{may_decide, may_read};
pub use parent::OtherParent;
pub use state::{Decided, Measure, PoliceOutcome, State};
pub use term::{Term, last_day, term};
