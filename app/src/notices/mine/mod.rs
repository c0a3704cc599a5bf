//! The victims' own area: her notices, what she has asked for, how she is reached and in which hours. Every title is the
//! same word, no address tells what it is about, nothing here needs script, and no page of another area leads here but
//! the one that tells of her rights.

pub mod api;
mod ask;
mod channel;
mod channels;
pub mod data;
mod entrance;
mod here;
mod home;
mod looks;
mod notice;
mod parts;
mod representatives;
mod wish_form;
mod wishes;
mod words;
mod write;

pub use ask::AskPage;
pub use channel::ChannelPage;
pub use channels::ChannelsPage;
pub use data::DataPage;
pub use home::HomePage;
pub use looks::LooksPage;
pub use notice::NoticePage;
pub(super) use notice::told;
pub(super) use parts::ring_now;
pub use representatives::RepresentativesPage;
pub use wishes::WishesPage;
pub use write::WritePage;
