//! The health of the feed, for whoever looks after it: `/staff/feed`. No name of an inmate and no word of what was decided.

mod page;
mod tables;
mod words;

pub use page::FeedPage;
