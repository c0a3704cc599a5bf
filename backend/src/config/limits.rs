//! How much one address, one person and all together may ask for.

use serde::Deserialize;

#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Limits {
    pub requests_per_minute: u32,
    pub writes_per_minute: u32,
    pub concurrent_requests: usize,
    pub request_seconds: u64,
    pub feed_beat_milliseconds: u64,
    pub header_seconds: u64,
    pub live_streams: usize,
    pub live_each: usize,
    pub live_seconds: u64,
}

impl Default for Limits {
    fn default() -> Self {
        Self {
            requests_per_minute: 600,
            writes_per_minute: 120,
            concurrent_requests: 512,
            request_seconds: 20,
            feed_beat_milliseconds: 25,
            header_seconds: 10,
            live_streams: 500,
            live_each: 4,
            live_seconds: 10,
        }
    }
}
