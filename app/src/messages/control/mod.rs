//! The control desk: what waits with the most urgent first, one letter in two panes, the decision, and what controllers tell each
//! other. A look is written before anything is read.

mod answer;
mod api;
mod beside;
mod decide;
mod facts;
mod forms;
mod letter;
mod numbers;
mod paper;
mod parts;
mod queue;
mod reports;
mod sheet;
mod words;

pub use answer::AnswerPage;
pub use forms::FORMS;
pub use letter::LetterPage;
pub use numbers::NumbersPage;
pub use paper::PaperPage;
pub use queue::QueuePage;
pub use reports::ReportsPage;
pub use sheet::SheetPage;
