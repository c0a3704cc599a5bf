//! The draft of an application: the answers given so far, and which question comes next.

use std::collections::BTreeMap;

use crate::kernel::{CivilDate, EmailAddress, NationalId, Phone};

/// The questions, in their order. One question, one page.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Step {
    Whom,
    Relation,
    Contact,
    Children,
    Needs,
    Police,
}

impl Step {
    pub const ALL: [Self; 6] =
        [Self::Whom, Self::Relation, Self::Contact, Self::Children, Self::Needs, Self::Police];

    /// As it stands in the address.
    pub fn code(self) -> &'static str {
        match self {
            Self::Whom => "whom",
            Self::Relation => "relation",
            Self::Contact => "contact",
            Self::Children => "children",
            Self::Needs => "needs",
            Self::Police => "police",
        }
    }

    pub fn parse(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|s| s.code() == code)
    }

    /// 1 for the first question.
    pub fn number(self) -> usize {
        Self::ALL.iter().position(|s| *s == self).map_or(0, |at| at + 1)
    }

    pub fn previous(self) -> Option<Self> {
        self.number().checked_sub(2).map(|at| Self::ALL[at])
    }

    pub fn next(self) -> Option<Self> {
        Self::ALL.get(self.number()).copied()
    }
}

/// The inmate as the applicant knows him: never compared aloud.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Whom {
    pub name: String,
    pub known_by: KnownBy,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub enum KnownBy {
    BirthDate(CivilDate),
    Number(NationalId),
}

/// What the applicant is to the inmate.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Relation {
    Spouse,
    Partner,
    Parent,
    Child,
    Sibling,
    OtherFamily,
    CoParent,
    Friend,
    Other,
}

impl Relation {
    pub const ALL: [Self; 9] = [
        Self::Spouse,
        Self::Partner,
        Self::Parent,
        Self::Child,
        Self::Sibling,
        Self::OtherFamily,
        Self::CoParent,
        Self::Friend,
        Self::Other,
    ];

    pub fn code(self) -> &'static str {
        match self {
            Self::Spouse => "spouse",
            Self::Partner => "partner",
            Self::Parent => "parent",
            Self::Child => "child",
            Self::Sibling => "sibling",
            Self::OtherFamily => "other_family",
            Self::CoParent => "co_parent",
            Self::Friend => "friend",
            Self::Other => "other",
        }
    }

    pub fn parse(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|r| r.code() == code)
    }
}

/// How the applicant is reached. The address is used once she has confirmed it by a code.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Contact {
    pub email: EmailAddress,
    pub phone: Phone,
}

/// A child who comes along.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Child {
    pub name: String,
    pub birth_date: CivilDate,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Need {
    Wheelchair,
    Interpreter,
    Hearing,
    Sight,
}

impl Need {
    pub const ALL: [Self; 4] = [Self::Wheelchair, Self::Interpreter, Self::Hearing, Self::Sight];

    pub fn code(self) -> &'static str {
        match self {
            Self::Wheelchair => "wheelchair",
            Self::Interpreter => "interpreter",
            Self::Hearing => "hearing",
            Self::Sight => "sight",
        }
    }

    pub fn parse(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|n| n.code() == code)
    }
}

/// What makes the visit possible for her. The language is there when an interpreter is.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Needs {
    pub needs: Vec<Need>,
    pub interpreter_language: Option<String>,
    pub note: Option<String>,
}

/// One answered question.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Answer {
    Whom(Whom),
    Relation(Relation),
    Contact(Contact),
    Children(Vec<Child>),
    Needs(Needs),
    /// She has read that the police are asked about her. [L] § 27(5).
    Police,
}

impl Answer {
    pub fn step(&self) -> Step {
        match self {
            Self::Whom(_) => Step::Whom,
            Self::Relation(_) => Step::Relation,
            Self::Contact(_) => Step::Contact,
            Self::Children(_) => Step::Children,
            Self::Needs(_) => Step::Needs,
            Self::Police => Step::Police,
        }
    }
}

/// The answers so far, by question. Answering again replaces.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Draft(BTreeMap<Step, Answer>);

/// A whole application.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Application {
    pub whom: Whom,
    pub relation: Relation,
    /// None: staff have taken it down for her, and she is reached as she was before.
    pub contact: Option<Contact>,
    pub children: Vec<Child>,
    pub needs: Needs,
}

impl Draft {
    pub fn new(answers: impl IntoIterator<Item = Answer>) -> Self {
        Self(answers.into_iter().map(|a| (a.step(), a)).collect())
    }

    #[must_use]
    pub fn with(mut self, answer: Answer) -> Self {
        self.0.insert(answer.step(), answer);
        self
    }

    pub fn get(&self, step: Step) -> Option<&Answer> {
        self.0.get(&step)
    }

    pub fn answers(&self) -> impl Iterator<Item = &Answer> {
        self.0.values()
    }

    /// The first question without an answer; none when all are answered.
    pub fn next(&self) -> Option<Step> {
        Step::ALL.into_iter().find(|s| !self.0.contains_key(s))
    }

    /// The application, or the question that still waits.
    pub fn complete(&self) -> Result<Application, Step> {
        if let Some(step) = self.next() {
            return Err(step);
        }
        let mut answers = self.0.values().cloned();
        match (answers.next(), answers.next(), answers.next(), answers.next(), answers.next()) {
            (
                Some(Answer::Whom(whom)),
                Some(Answer::Relation(relation)),
                Some(Answer::Contact(contact)),
                Some(Answer::Children(children)),
                Some(Answer::Needs(needs)),
            ) => Ok(Application { whom, relation, contact: Some(contact), children, needs }),
            _ => Err(Step::Whom),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn answers() -> Vec<Answer> {
        vec![
            Answer::Whom(Whom {
                name: "Even Fjellvik".into(),
                known_by: KnownBy::BirthDate(CivilDate::parse_iso("1990-02-03").unwrap()),
            }),
            Answer::Relation(Relation::Sibling),
            Answer::Contact(Contact {
                email: EmailAddress::parse("maja@eksempel.no").unwrap(),
                phone: Phone::parse("41234567").unwrap(),
            }),
            Answer::Children(vec![]),
            Answer::Needs(Needs::default()),
            Answer::Police,
        ]
    }

    #[test]
    fn the_first_gap_is_the_next_question_whatever_the_order_of_answers() {
        for gap in 0..6 {
            let mut some = answers();
            some.remove(gap);
            some.reverse();
            let draft = Draft::new(some);
            assert_eq!(draft.next(), Some(Step::ALL[gap]));
            assert_eq!(draft.complete(), Err(Step::ALL[gap]));
        }
        let whole = Draft::new(answers());
        assert_eq!(whole.next(), None);
        assert_eq!(whole.complete().map(|a| a.relation), Ok(Relation::Sibling));
    }

    #[test]
    fn questions_follow_each_other_and_codes_come_back() {
        for pair in Step::ALL.windows(2) {
            assert_eq!((pair[0].next(), pair[1].previous()), (Some(pair[1]), Some(pair[0])));
        }
        assert_eq!((Step::Whom.previous(), Step::Police.next()), (None, None));
        for step in Step::ALL {
            assert_eq!(Step::parse(step.code()), Some(step));
        }
    }
}
