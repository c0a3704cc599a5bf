//! The languages by their own names. A plain POST, since choosing a language changes a cookie.
use leptos::prelude::*;

/// One language.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Language {
    /// "nb", "nn", "en" or "se".
    pub code: String,
    /// Its own name.
    pub name: String,
    /// The page is in it now.
    pub current: bool,
}

/// Buttons that look like links, the current language as plain bold text.
#[component]
pub fn LanguageSwitch(
    /// Name of the group, such as "Språk".
    #[prop(into)]
    label: String,
    /// Local path to come back to.
    #[prop(into)]
    back: String,
    /// The languages in fixed order.
    languages: Vec<Language>,
    /// Address of the form.
    #[prop(default = "/language".to_owned(), into)]
    action: String,
) -> impl IntoView {
    let rows = languages.into_iter().map(|language| {
        let Language { code, name, current } = language;
        if current {
            view! { <li><span class="language language--here" lang=code aria-current="true">{name}</span></li> }
                .into_any()
        } else {
            view! {
                <li><button class="language" type="submit" name="locale" value=code.clone() lang=code>{name}</button></li>
            }
            .into_any()
        }
    });
    view! {
        <form class="languages" id="languages" method="post" action=action aria-label=label>
            <input type="hidden" name="back" value=back />
            <ul class="languages-list">{rows.collect_view()}</ul>
        </form>
    }
}
