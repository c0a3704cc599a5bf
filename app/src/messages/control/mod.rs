//! The control desk: what waits with the most urgent first, one letter in two panes, the decision, and what controllers tell each
//! other. A look is written before anything is read.

mod answer;
mod api;
mod barcode;
mod beside;
mod decide;
mod facts;
mod forms;
mod letter;
mod numbers;
mod order_form;
mod orders;
mod paper;
mod parts;
mod queue;
mod reports;
mod rules_form;
mod settings_api;
mod settings_words;
mod sheet;
mod unit_rules;
mod watched;
mod words;

pub use answer::{AnswerPage, SheetAnswerPage};
pub use forms::FORMS;
pub use letter::LetterPage;
pub use numbers::NumbersPage;
pub use orders::{OrderPage, OrdersPage};
pub use paper::PaperPage;
pub use queue::QueuePage;
pub use reports::ReportsPage;
pub use rules_form::RulesFormPage;
pub use sheet::SheetPage;
pub use unit_rules::RulesPage;
pub use watched::WordsPage;
pub(in crate::messages) use words::due;
