//! Who has a piece of work, and what may become of that.

/// Who has it, as whoever looks sees it. Somebody who is away has nothing.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Holder {
    Nobody,
    Me,
    Other,
}

/// What whoever looks does.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Step {
    /// From nobody: in passing, from the list.
    Take,
    /// To me, to a colleague or to nobody, from whoever has it: on a page of its own that says who that is.
    HandOver,
    /// Back to how it was before my last step, if nobody has done anything since.
    Undo { as_i_left_it: bool },
}

/// Why nothing was done.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Refusal {
    /// No such thing for whoever asks, or it is done.
    Hidden,
    /// A colleague has it.
    Taken,
    /// Somebody has done something since.
    MovedOn,
    /// Nobody of that unit whose duty it is, or somebody who is away.
    Whom,
}

impl Refusal {
    pub const ALL: [Self; 4] = [Self::Hidden, Self::Taken, Self::MovedOn, Self::Whom];

    pub fn code(self) -> &'static str {
        match self {
            Self::Hidden => "work_hidden",
            Self::Taken => "work_taken",
            Self::MovedOn => "work_moved_on",
            Self::Whom => "work_whom",
        }
    }
}

/// Whether the step is taken.
pub fn next(step: Step, holder: Holder) -> Result<(), Refusal> {
    match (step, holder) {
        (Step::Take, Holder::Other) => Err(Refusal::Taken),
        (Step::Undo { as_i_left_it: false }, _) => Err(Refusal::MovedOn),
        (Step::Take, Holder::Nobody | Holder::Me) | (Step::HandOver | Step::Undo { .. }, _) => Ok(()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_a_colleague_has_is_not_taken_in_passing() {
        use Holder::{Me, Nobody, Other};
        let (left, moved) = (Step::Undo { as_i_left_it: true }, Step::Undo { as_i_left_it: false });
        let table = [
            (Step::Take, [Ok(()), Ok(()), Err(Refusal::Taken)]),
            (Step::HandOver, [Ok(()), Ok(()), Ok(())]),
            (left, [Ok(()), Ok(()), Ok(())]),
            (moved, [Err(Refusal::MovedOn); 3]),
        ];
        for (step, expected) in table {
            assert_eq!([Nobody, Me, Other].map(|holder| next(step, holder)), expected, "{step:?}");
        }
    }
}
