//! Waiting for all rows instead of for each. SQLite's thread hands its rows over one by one; whoever is woken by the first one and asks at
//! once takes the processor from it, gets that one row, and waits again: as many changes of thread as rows.

use std::{
    future::Future,
    pin::Pin,
    task::{Context, Poll},
};

/// The same answer, with its rows waited for together.
pub(super) async fn patiently<F: Future>(answer: F) -> F::Output {
    Patient { answer: std::pin::pin!(answer), asked: 0 }.await
}

struct Patient<'a, F> {
    answer: Pin<&'a mut F>,
    asked: u32,
}

impl<F: Future> Future for Patient<'_, F> {
    type Output = F::Output;

    fn poll(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<F::Output> {
        self.asked = self.asked.saturating_add(1);
        if self.asked == 2 {
            // The first row is there. Where another processor brings the others this costs next to nothing.
            std::thread::yield_now();
        }
        self.answer.as_mut().poll(cx)
    }
}
