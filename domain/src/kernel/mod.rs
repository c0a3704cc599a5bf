//! Words every slice uses: ids, references, numbers, dates, languages. Parsing refuses; nothing is guessed.

mod date;
mod holidays;
mod id;
mod locale;
mod national_id;
mod quarter;
mod reference;
mod text;
mod time;

pub use date::{CivilDate, DateError};
pub use holidays::Holiday;
pub(crate) use id::crockford;
pub use id::{Id, Public};
pub use locale::Locale;
pub use national_id::{NationalId, NationalIdError, NumberKind};
pub use quarter::Quarter;
pub use reference::Reference;
pub use text::{EmailAddress, Phone, TextError, line, paragraph};
pub use time::{Clock, Instant, OSLO};
