//! The portal as a browser without script sees it: forms posted, cookies kept, pages read. The real router,
//! the real listener, a fresh database; on PostgreSQL too when there is one.
#![allow(clippy::expect_used, reason = "a test may stop where it stands")]

mod appeals;
mod booking;
mod broken;
mod caching;
mod clearance;
mod consents;
mod contact;
mod counsel;
mod desk;
mod documents;
mod ended;
mod exchange;
mod feed;
mod full;
mod gate;
mod generated;
mod harness;
mod inside;
mod integration;
mod letters_set;
mod line;
mod live;
mod matrix;
mod messages;
mod notices_desk;
mod notices_mine;
mod oracle;
mod parents;
mod plan;
mod public;
mod related;
mod roles;
mod second_provider;
mod sign_in;
mod smtp_sink;
mod titles;
mod tls;
mod trail;
mod transfer;
mod transfer_faults;
mod two_worlds;
mod worlds;
mod worried;
mod writes;
