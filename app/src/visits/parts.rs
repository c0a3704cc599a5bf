//! What pages about visits share with each other.

pub(crate) use crate::identity::here::{Here, failed, here, page, staff, staff_page};
