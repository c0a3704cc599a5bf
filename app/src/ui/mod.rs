//! The components of every page. Each takes its texts ready made, so no component knows a
//! language; each form part ties label, hint and error to its control by id, so none can be used
//! without them. Only the islands (`CharacterCount`, `SessionWarning`) reach the browser as code.

mod character_count;
mod hold_countdown;
#[cfg(feature = "hydrate")]
mod page_made;
mod session_warning;

pub use character_count::CharacterCount;
pub use hold_countdown::HoldCountdown;
pub use session_warning::SessionWarning;

#[cfg(feature = "ssr")]
mod button;
#[cfg(feature = "ssr")]
mod checkbox;
#[cfg(feature = "ssr")]
mod data_table;
#[cfg(feature = "ssr")]
mod date_entry;
#[cfg(feature = "ssr")]
mod dialog;
#[cfg(feature = "ssr")]
mod empty_state;
#[cfg(feature = "ssr")]
mod error_summary;
#[cfg(feature = "ssr")]
mod field;
#[cfg(feature = "ssr")]
mod file;
#[cfg(feature = "ssr")]
mod form;
#[cfg(feature = "ssr")]
mod frame;
#[cfg(feature = "ssr")]
mod free_calendar;
#[cfg(feature = "ssr")]
mod front;
#[cfg(feature = "ssr")]
mod icon;
#[cfg(feature = "ssr")]
mod language_switch;
#[cfg(feature = "ssr")]
mod mark;
#[cfg(feature = "ssr")]
mod notice;
#[cfg(feature = "ssr")]
mod page_head;
#[cfg(feature = "ssr")]
mod pager;
#[cfg(feature = "ssr")]
mod panel;
#[cfg(feature = "ssr")]
pub mod plot;
#[cfg(feature = "ssr")]
mod print_button;
#[cfg(feature = "ssr")]
mod radio_group;
#[cfg(feature = "ssr")]
mod receipt;
#[cfg(feature = "ssr")]
mod select;
#[cfg(feature = "ssr")]
mod skip_link;
#[cfg(feature = "ssr")]
mod steps;
#[cfg(feature = "ssr")]
mod summary_list;
#[cfg(feature = "ssr")]
mod tag;
#[cfg(feature = "ssr")]
mod text;
#[cfg(feature = "ssr")]
mod text_area;
#[cfg(feature = "ssr")]
mod times;
#[cfg(feature = "ssr")]
mod tracker;

#[cfg(feature = "ssr")]
pub use button::{Actions, Button, ButtonKind, LinkButton, UnavailableButton};
#[cfg(feature = "ssr")]
pub use checkbox::{Checkbox, CheckboxGroup};
#[cfg(feature = "ssr")]
pub use data_table::{Cell, Column, DataTable, Row, TableGroup};
#[cfg(feature = "ssr")]
pub use date_entry::{DateEntry, DateLabels, DatePart, DateValue};
#[cfg(feature = "ssr")]
pub use dialog::{Details, Dialog};
#[cfg(feature = "ssr")]
pub use empty_state::EmptyState;
#[cfg(feature = "ssr")]
pub use error_summary::{ErrorSummary, FieldError};
#[cfg(feature = "ssr")]
pub use field::{Field, FieldMessage, Kind, Width};
#[cfg(feature = "ssr")]
pub use file::{FileForm, FileItem, FilePicker, FileRow, FileVerbs};
#[cfg(feature = "ssr")]
pub use form::{Form, HiddenInput};
#[cfg(feature = "ssr")]
pub use frame::{Account, MenuItem, QuickExit, SiteFooter, SiteHeader, StaffHeader};
#[cfg(feature = "ssr")]
pub use free_calendar::{CalendarDay, CalendarMonth, FreeCalendar};
#[cfg(feature = "ssr")]
pub use front::{CairnSteps, Door, Hero};
#[cfg(feature = "ssr")]
pub use icon::{Icon, IconName};
#[cfg(feature = "ssr")]
pub use language_switch::{Language, LanguageSwitch};
#[cfg(feature = "ssr")]
pub use mark::{Cairn, FallenCairn, Mark};
#[cfg(feature = "ssr")]
pub use notice::{Notice, NoticeKind};
#[cfg(feature = "ssr")]
pub use page_head::{BackLink, HeadRow, PageHead};
#[cfg(feature = "ssr")]
pub use pager::Pager;
#[cfg(feature = "ssr")]
pub use panel::{AsideBlock, LinkRow, LinkRows, PageGrid, Panel};
#[cfg(feature = "ssr")]
pub use print_button::PrintButton;
#[cfg(feature = "ssr")]
pub use radio_group::RadioGroup;
#[cfg(feature = "ssr")]
pub use receipt::Receipt;
#[cfg(feature = "ssr")]
pub use select::Select;
#[cfg(feature = "ssr")]
pub use skip_link::SkipLink;
#[cfg(feature = "ssr")]
pub use steps::Steps;
#[cfg(feature = "ssr")]
pub use summary_list::{SummaryList, SummaryRow};
#[cfg(feature = "ssr")]
pub use tag::{Count, Tag, TagKind};
#[cfg(feature = "ssr")]
pub use text::{Choice, Link, MaybeText, field_id};
#[cfg(feature = "ssr")]
pub use text_area::TextArea;
#[cfg(feature = "ssr")]
pub use times::{Day, Hold, Slot, Week};
#[cfg(feature = "ssr")]
pub use tracker::{TrackStep, Tracker};
